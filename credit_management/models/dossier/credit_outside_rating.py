"""What somebody else says of a customer (外部评级): typed, with its source, its date and its file."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..setup.credit_day import of_today


class CreditOutsideRating(models.Model):
    _name = "credit.outside.rating"
    _description = "Outside Rating"
    _inherit = ["credit.evidence"]
    _order = "date desc, id desc"

    source = fields.Char(
        required=True, tracking=True, help="Who says it: an agency, a credit insurer, a bank, a trade reference."
    )
    date = fields.Date(
        required=True, tracking=True, help="The day of the report.",
        default=lambda self: self.env.company._credit_today(),
    )
    date_to = fields.Date("Valid Until", tracking=True, help="The last day on which it counts. Empty: without end.")
    is_valid = of_today(
        "is_valid", "Valid Today",
        lambda day: (Domain("date_to", "=", False) | Domain("date_to", ">=", day)) & Domain("date", "<=", day),
        "It has not run out.", ("date", "date_to"),
    )
    grade = fields.Char("Rating", required=True, tracking=True, help="As the source says it: 'BB+', '235', '2B2'.")
    amount_recommended = fields.Monetary(
        "Recommended Limit", tracking=True, help="What the source would grant the customer. 0: it names no amount."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, compute="_compute_currency_id", store=True, readonly=False, precompute=True,
        help="The currency of the recommended limit.",
    )
    note = fields.Text("What It Says", help="What else matters of it.")

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date <= date_to)", "An outside rating cannot end before its day."
    )
    _points_in_range = models.Constraint(
        "CHECK (points IS NULL OR points BETWEEN 0 AND 100)", "Points are a number from 0 to 100."
    )
    _amount_recommended_not_negative = models.Constraint(
        "CHECK (amount_recommended >= 0)", "A recommended limit cannot be negative."
    )

    @api.depends("profile_id")
    def _compute_currency_id(self):
        for rating in self:
            company = rating.profile_id.company_id or self.env.company
            rating.currency_id = rating.currency_id or company.currency_id

    @api.depends("source", "grade")
    def _compute_display_name(self):
        super()._compute_display_name()

    def _get_name_parts(self):
        return [self.source, self.grade, self.date and format_date(self.env, self.date)]
