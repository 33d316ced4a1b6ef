"""What a rating grants by turnover and years: lines that a method of limits reads."""

from odoo import fields, models

from ...engine.limit_methods import Band


class CreditRatingBand(models.Model):
    _name = "credit.rating.band"
    _description = "Line of a Rating"
    _order = "rating_id, amount_turnover_from, years_from, id"

    rating_id = fields.Many2one("credit.rating", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="rating_id.shown_currency_id")
    amount_turnover_from = fields.Monetary(
        "Sales From", help="Our sales to the customer of 12 months reach at least this amount. 0: whatever they are."
    )
    years_from = fields.Float(
        "Years From", digits=(16, 1),
        help="The customer has been invoiced for at least so many years. 0: a new customer, too.",
    )
    amount = fields.Monetary(
        "Proposed Limit", help="What the method proposes; of several lines that are reached the highest counts."
    )

    _not_negative = models.Constraint(
        "CHECK (amount >= 0 AND COALESCE(amount_turnover_from, 0) >= 0 AND COALESCE(years_from, 0) >= 0)",
        "Amounts and years of a line of a rating are 0 or more.",
    )

    def _to_engine(self, company):
        """Return these lines as the engine sees them, in the currency of a company."""
        today = company._credit_today()

        def convert(band, amount):
            currency = band.rating_id.currency_id or company.currency_id
            return currency._convert(amount, company.currency_id, company, today)

        return [Band(convert(band, band.amount), convert(band, band.amount_turnover_from), band.years_from)
                for band in self]


class CreditRating(models.Model):
    _inherit = "credit.rating"

    band_ids = fields.One2many(
        "credit.rating.band", "rating_id", "Lines", groups="credit_management.group_credit_user",
        help="What is proposed for customers of this rating by our sales to them and the years of trade.",
    )
