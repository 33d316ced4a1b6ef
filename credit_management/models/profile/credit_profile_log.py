"""Whose credit a row of the log is about."""

from odoo import models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_log_values(self):
        """Return customer and company as the log keeps them: as numbers, and as text beside them."""
        company, customer = self.company_id, self.partner_id
        return {
            "company_ref": company.id,
            "company_name": company.name,
            "customer_ref": customer.id,
            "customer_name": customer.name,
            "currency_ref": company.currency_id.id,
        }
