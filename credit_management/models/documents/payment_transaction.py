"""Online payments: money taken is never undone by a credit check."""

import functools

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _register_hook(self):
        """Override to come before every other override of `_post_process`, whatever its add-on.

        Add-ons that are loaded later (payment in the store) confirm orders before their ``super()``:
        those must be held as well, never refused, whoever processes the payment.
        """
        super()._register_hook()
        model = type(self)
        if not hasattr(model._post_process, "credit_origin"):
            model._post_process = _hold_for_customer(model._post_process)

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: orders that are held after a payment are not among the confirmed ones."""
        transactions = self._credit_for_customer()
        orders = super(PaymentTransaction, transactions)._check_amount_and_confirm_order()
        return orders.filtered(lambda order: order.state == "sale")

    def _credit_for_customer(self):
        """Return the transactions with what chooses a hold instead of an error (see the gate)."""
        return self.with_context(credit_interactive="customer")


def _hold_for_customer(origin):
    """Return `_post_process` as a step of the customer: what does not pass is held."""

    @functools.wraps(origin)
    def _post_process(self):
        return origin(self._credit_for_customer())

    _post_process.credit_origin = origin
    return _post_process
