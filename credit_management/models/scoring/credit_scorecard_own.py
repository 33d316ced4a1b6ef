"""Own factors of a card: conditions on the credit file, run once for all, and formulas over its figures."""

import logging
import math
from ast import literal_eval

import psycopg2
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ...engine import formula
from ...engine.scoring import Value, round_half_up
from ..factor.factor import KEPT_NOT
from .credit_scorecard_factor import NO, YES

_logger = logging.getLogger(__name__)
DIGITS_OWN = 2  # with which the result of a formula is shown
NEEDS = "needs"  # begins the reason of a formula: which of its figures have no data
NO_RESULT = "no_result"  # a formula that divides by zero, for instance, or a condition that cannot be searched
# what a condition raises that was saved before, or names what is no more
UNSEARCHABLE = (
    ValueError, SyntaxError, KeyError, TypeError, UserError, psycopg2.DataError, psycopg2.ProgrammingError,
)


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
        true_of = self._find_true_of(company._credit_for_condition(profiles), definition["domain"])
        for profile_id in profiles.ids:
            found = Value(None, NO_RESULT) if true_of is None else Value(YES if profile_id in true_of else NO)
            values[profile_id][key] = found

    def _find_true_of(self, profiles, domain):
        """Return the ids of whom a condition is true, None where it cannot be searched: the others are scored."""
        try:
            with self.env.cr.savepoint():
                found = profiles.search(Domain("id", "in", profiles.ids) & Domain(literal_eval(domain or "[]")))
                return set(found.ids)
        except UNSEARCHABLE as error:
            _logger.warning("The condition %s of a scorecard cannot be searched: %s", domain, error)
            return None


def _reckon(expression, names, values):
    """Return the value of a formula, or why there is none."""
    numbers = {name: values[name].value for name in names if name in values}
    missing = sorted(name for name in names if not isinstance(numbers.get(name), (int, float)))
    if missing:
        return Value(None, f"{NEEDS}:{','.join(missing)}")
    try:
        result = float(safe_eval(expression.strip(), numbers))
    except (ZeroDivisionError, ValueError, OverflowError, TypeError):
        return Value(None, NO_RESULT)
    return Value(round_half_up(result, DIGITS_OWN)) if math.isfinite(result) else Value(None, NO_RESULT)
