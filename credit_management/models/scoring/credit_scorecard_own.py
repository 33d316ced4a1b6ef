"""Own factors of a card: conditions on the credit file, run once for all, and formulas over its figures."""

import math
from ast import literal_eval

from odoo import models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ...engine import formula
from ...engine.scoring import Value
from ..factor.factor import KEPT_NOT
from .credit_scorecard_factor import NO, YES

NEEDS = "needs"  # begins the reason of a formula: which of its figures have no data
NO_RESULT = "no_result"  # a formula that divides by zero, for instance


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _add_own_values(self, values, profiles, day, definitions):
        """Add the own factors of a version of the card to the ready ones of some customers."""
        for key, found in definitions.items():
            if found["kind"] == "domain":
                for own in profiles.grouped("company_id").values():
                    self._add_condition(values, own, day, key, found)
            elif found["kind"] == "expression":
                names = formula.names_of(found["expression"])
                for profile_id in profiles.ids:
                    values[profile_id][key] = _reckon(found["expression"], names, values[profile_id])

    def _add_condition(self, values, profiles, day, key, definition):
        """Add whether a condition is true of each customer: of today, for what it reads is not kept."""
        company = profiles.company_id[:1]
        if day < company._credit_today():
            for profile_id in profiles.ids:
                values[profile_id][key] = Value(None, f"{KEPT_NOT}:")
            return
        seen = company._credit_for_condition(profiles)
        condition = Domain(literal_eval(definition["domain"] or "[]"))
        true_of = set(seen.search(Domain("id", "in", profiles.ids) & condition).ids)
        for profile_id in profiles.ids:
            values[profile_id][key] = Value(YES if profile_id in true_of else NO)


def _reckon(expression, names, values):
    """Return the value of a formula, or why there is none."""
    numbers = {name: values[name].value for name in names if name in values}
    missing = sorted(name for name in names if not isinstance(numbers.get(name), (int, float)))
    if missing:
        return Value(None, f"{NEEDS}:{','.join(missing)}")
    try:
        result = float(safe_eval(expression.strip(), numbers))
    except (ZeroDivisionError, ValueError, OverflowError):
        return Value(None, NO_RESULT)
    return Value(result) if math.isfinite(result) else Value(None, NO_RESULT)
