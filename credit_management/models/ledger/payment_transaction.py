"""Online payments: money taken is never undone by a credit check, and nobody writes that it was taken."""

import functools

from odoo import api, models

# what a payment starts with, where nobody says something else: no default of a user makes it paid, or another order's
BLANK = {"state": "draft", "sale_order_ids": [], "payment_id": False}


class PaymentTransaction(models.Model):
    _name = "payment.transaction"
    _inherit = ["payment.transaction", "credit.fact.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `payment`: defaults of the user or of the context say nothing about what was paid.

        Core creates these records with all rights, for the user who pays; rights leave the defaults as they are.
        """
        return super().create([{**BLANK, **vals} for vals in vals_list])

    def _credit_check_refused(self, vals):
        """Override: a payment that has none yet gets its entry, as whoever runs the post-processing."""
        if "payment_id" in vals and not self.payment_id:
            vals = {name: vals[name] for name in vals if name != "payment_id"}
        super()._credit_check_refused(vals)

    def _update_state(self, allowed_states, target_state, state_message):
        """Override of `payment`: the provider says what was paid, whoever asked it."""
        asking = self.sudo()  # no person writes states
        updated = super(PaymentTransaction, asking)._update_state(allowed_states, target_state, state_message)
        return updated.with_env(self.env)

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
