"""A criterion: its predicate, which is handed over by its entry, and the entry."""

from odoo import api, models
from odoo.addons.credit_management.models.policy.credit_criterion import MONEY, Criterion
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


def document_small(rule, case):
    """Hit when the document is below an amount."""
    amount = case.request.amount_document
    return {"document": amount, "amount": rule.amount} if amount < rule.amount else None


DOCUMENT_SMALL = Criterion(
    name="document_small",
    test=document_small,
    label=_lt("Document smaller than"),
    tag=_lt("Small document"),
    sentence=_lt("The document amounts to %(document)s; below %(amount)s it is not worth its risk."),
    figures={"document": MONEY, "amount": MONEY},
    uses=("amount",),
    threshold=lambda rule: f"{rule.amount:g}",
    defects=((lambda rule: not rule.amount, _lt("nothing is smaller than 0")),),
    cure=_lt("A larger document."),
)


class CreditCriterion(models.AbstractModel):
    _inherit = "credit.criterion"

    @api.model
    def _get_criteria(self):
        """Override to add the criterion of this add-on."""
        return (*super()._get_criteria(), DOCUMENT_SMALL)
