"""Online payments: money taken is never undone by a credit check."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: an order that does not pass is held, never refused, after a payment."""
        orders = super(PaymentTransaction, self.with_context(credit_interactive=True))._check_amount_and_confirm_order()
        held = orders.filtered(lambda order: order.credit_hold_state == "held" and order.state != "sale")
        held._credit_tell_customer()
        return orders - held
