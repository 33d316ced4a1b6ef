"""What a rule can look at of a customer's own caps, and how it says so."""

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...engine.criteria import exposure
from ..policy.credit_criterion import LIMIT, MONEY, Criterion

_lt = LazyTranslate(__name__)

AFTER = "utilisation"  # where it is offered
CRITERIA = (
    Criterion(
        name="own_cap",
        test=exposure.own_cap,
        label=_lt("Own cap of the customer exceeded"),
        tag=_lt("Own cap"),
        found="%(own_cap)s",
        sentence=_lt("%(subject)s: %(amount)s for the customer's own cap of %(cap)s (over by %(over_cap)s)."),
        figures={"subject": "capped", "amount": MONEY, "cap": MONEY, "over_cap": MONEY},
        uses=("amount_tolerance",),
        defects=((lambda rule: not rule._has_any("credit.cap"), _lt("no customer has a cap of its own")),),
        cure=_lt("A document smaller by %(over_cap)s, or a higher cap of the customer."),
        cure_when="over_cap",
        about=LIMIT,
    ),
)


class CreditCriterion(models.AbstractModel):
    _inherit = "credit.criterion"

    @api.model
    def _get_criteria(self):
        known = super()._get_criteria()
        place = next(number for number, entry in enumerate(known, 1) if entry.name == AFTER)
        return (*known[:place], *CRITERIA, *known[place:])


class CreditFindingText(models.AbstractModel):
    _inherit = "credit.finding.text"

    @api.model
    def _format_capped(self, value, figures, company):
        """What is capped; of a component also the share of the limit."""
        label = dict(self.env["credit.cap"]._get_subjects()).get(value, value)
        if "percent" not in figures:
            return label
        percent = self._format_percent(figures["percent"], figures, company)
        return self.env._("%(component)s, at most %(percent)s of the limit", component=label, percent=percent)
