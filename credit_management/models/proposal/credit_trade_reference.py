"""What other suppliers grant a customer: typed, with its source; and what the customer plans to buy."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

YEARS_VALID = 2  # what was granted before says nothing of today
CONTROLLER = "credit_management.group_credit_controller"


class CreditTradeReference(models.Model):
    _name = "credit.trade.reference"
    _description = "Trade Reference"
    _order = "date desc, id desc"
    _rec_name = "supplier"

    profile_id = fields.Many2one("credit.profile", "Customer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    currency_id = fields.Many2one(
        "res.currency", required=True, compute="_compute_currency_id", store=True, readonly=False, precompute=True,
        help="The currency of what the supplier grants.",
    )
    supplier = fields.Char("Other Supplier", required=True, help="Who grants the customer credit, too.")
    amount = fields.Monetary("Grants", help="How much credit the supplier grants.")
    date = fields.Date(
        "Said On", required=True, default=lambda self: self.env.company._credit_today(),
        help="When the supplier said so.",
    )
    note = fields.Char(help="Who said it, and how the customer pays there.")

    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "What a supplier grants is 0 or more.")

    @api.depends("profile_id")
    def _compute_currency_id(self):
        for reference in self:
            reference.currency_id = reference.currency_id or reference.profile_id.currency_id

    def _get_amounts(self, company):
        """Return what these references of the last years say, in the currency of a company."""
        today = company._credit_today()
        recent = self.filtered(lambda reference: reference.date >= today - relativedelta(years=YEARS_VALID))
        return [ref.currency_id._convert(ref.amount, company.currency_id, company, today) for ref in recent]


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    trade_reference_ids = fields.One2many(
        "credit.trade.reference", "profile_id", "Trade References", groups=CONTROLLER,
        help="What other suppliers grant: those of the last two years count, by the one in the middle.",
    )
    amount_planned = fields.Monetary(
        "Planned Purchases per Year", groups=CONTROLLER,
        help="What the customer plans to buy in a year. A method of limits proposes what it needs for its terms.",
    )

    _planned_not_negative = models.Constraint("CHECK (amount_planned >= 0)", "Planned purchases are 0 or more.")
