"""The limit requests of a customer, in its credit file."""

from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    limit_request_ids = fields.One2many("credit.limit.request", "profile_id", "Limit Requests")

    def _get_amount_rating(self):
        """Return the limit of the customer's rating, in company currency; None where it is no amount."""
        rating, company = self.rating_id, self.company_id
        if rating.limit_type != "amount":
            return None
        currency = rating.currency_id or company.currency_id
        return currency._convert(rating.amount_limit, company.currency_id, company, company._credit_today())
