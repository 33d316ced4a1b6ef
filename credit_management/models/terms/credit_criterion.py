"""What a rule can look at of terms of payment: entries of the table of criteria."""

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...engine.criteria import document
from ..policy.credit_criterion import PERCENT, WORDS, Criterion

_lt = LazyTranslate(__name__)

BEFORE = "discount_better"  # where they are offered

CRITERIA = (
    Criterion(
        name="terms_longer",
        test=document.terms_longer,
        label=_lt("Payment terms longer than allowed"),
        found=_lt("%(terms)s days"),
        sentence=_lt("The payment terms run for %(days)s days; %(days_allowed)s are allowed."),
        uses=("days_grace",),
        defects=((lambda rule: not rule.policy_id._is_length_bound(), _lt("the policy allows terms of any length")),),
    ),
    Criterion(
        name="terms_ceiling",
        test=document.terms_ceiling,
        label=_lt("Payment terms longer than the law allows"),
        found=_lt("%(terms)s days"),
        sentence=_lt("The payment terms run for %(days)s days; %(law)s allows %(days_allowed)s."),
        figures={"law": WORDS},
        uses=("days_grace",),
        defects=((lambda rule: not rule._has_ceilings(), _lt("no ceiling of a law is set up")),),
        cure=_lt("Terms as short as the law says."),
    ),
    Criterion(
        name="terms_blocked",
        test=document.terms_blocked,
        label=_lt("Payment terms not allowed"),
        found=_lt("%(terms)s days"),
        sentence=_lt("The payment terms are among those that the policy does not allow."),
        defects=((lambda rule: not rule.policy_id.terms_blocked_ids, _lt("the policy names no such terms")),),
        cure=_lt("Other payment terms."),
    ),
    Criterion(
        name="cash_discount_better",
        test=document.cash_discount_better,
        label=_lt("Cash discount better than allowed"),
        found="%(cash_discount)s",
        sentence=_lt("A discount of %(discount)s is given for paying early; %(percent)s is allowed."),
        figures={"discount": PERCENT, "percent": PERCENT},
        defects=(
            (lambda rule: not any(rule.policy_id.terms_ids.mapped("is_discount_bound")),
             _lt("the policy allows any cash discount")),
        ),
    ),
    Criterion(
        name="terms_better",
        test=document.terms_better,
        label=_lt("Terms better than the customer's"),
        found=_lt("%(terms)s days; %(agreed)s days agreed"),
        sentence=_lt(
            "The payment terms run for %(days)s days with a cash discount of %(discount)s; "
            "%(days_allowed)s days and %(percent)s are agreed with the customer."
        ),
        figures={"discount": PERCENT, "percent": PERCENT},
        uses=("days_grace",),
        needs="terms",
        cure=_lt("The terms agreed with the customer."),
    ),
)


class CreditCriterion(models.AbstractModel):
    _inherit = "credit.criterion"

    @api.model
    def _get_criteria(self):
        known = super()._get_criteria()
        place = next(number for number, entry in enumerate(known) if entry.name == BEFORE)
        return (*known[:place], *CRITERIA, *known[place:])
