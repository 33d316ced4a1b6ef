"""Payments of customers: each may free held documents, with or without an entry."""

from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def write(self, vals):
        """Override of `account`: a customer's payment counts once it is confirmed, with or without an entry."""
        result = super().write(vals)
        if vals.get("state") in ("in_process", "paid") or "credit_order_id" in vals:
            received = self.filtered(lambda payment: payment.payment_type == "inbound" and payment.partner_id)
            checked = received.filtered(lambda payment: payment.company_id._is_credit_checked())
            if checked:
                self.env["credit.recheck"]._queue(checked.sudo().partner_id)  # ids only
        return result
