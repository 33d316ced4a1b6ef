"""A part of the deposit that was paid: the order is accepted, and waits for the rest."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: what is not confirmed for want of the rest is held, and goes on by itself with it."""
        confirmed = super()._check_amount_and_confirm_order()
        for tx in self.filtered(lambda tx: tx.amount > 0 and len(tx.sale_order_ids) == 1):
            (tx.sale_order_ids - confirmed)._credit_accept()
        return confirmed
