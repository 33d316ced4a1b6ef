"""Online payments: money taken is never undone by a credit check."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _credit_for_customer(self):
        """Return the transactions with what chooses a hold instead of an error (see the gate)."""
        return self.with_context(credit_interactive="customer")

    def _cron_post_process(self):
        """Override of `payment`: whatever an add-on confirms while it processes a payment is held,
        never refused. The controller does the same for payments that a customer waits for."""
        return super(PaymentTransaction, self._credit_for_customer())._cron_post_process()

    def _post_process(self):
        """Override of `payment`: see `_cron_post_process`."""
        return super(PaymentTransaction, self._credit_for_customer())._post_process()

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: orders that are held after a payment are not among the confirmed ones."""
        transactions = self._credit_for_customer()
        orders = super(PaymentTransaction, transactions)._check_amount_and_confirm_order()
        return orders.filtered(lambda order: order.state == "sale")
