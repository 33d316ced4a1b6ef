"""Statements from the customer: who gets them, and the way to a new one."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _credit_get_accounting_contact(self):
        """Return to whom statements go: the customer's address for invoices."""
        return self.browse(self.address_get(["invoice"])["invoice"])

    def action_make_credit_statement(self):
        """Open the dialog that makes statements of these customers."""
        return self.env["credit.statement"]._get_make_action(self.commercial_partner_id)


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def action_make_statement(self):
        """Open the dialog that makes statements of these customers."""
        self.check_access("read")
        return self.env["credit.statement"]._get_make_action(self.partner_id)
