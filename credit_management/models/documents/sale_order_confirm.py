"""Confirmation: the one place where an order is decided, in front of everything that `action_confirm` does."""

import functools

from odoo import models

from .sale_order import OPEN_STATES


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _register_hook(self):
        """Override to check before every other override of `action_confirm`, whatever its add-on.

        Add-ons that are loaded later (loyalty points, event registrations, print on demand) act
        before and after their ``super()`` on all the orders they were called with. Held orders
        must not be among them, or they are printed, registered and rewarded while they wait.

        There is no ordinary override of `action_confirm` beside it: before the registry is complete, and on
        every other path into state 'sale', the guard in `write` refuses what was not decided here.
        """
        super()._register_hook()
        model = type(self)
        if not hasattr(model.action_confirm, "credit_origin"):
            model.action_confirm = _check_first(model.action_confirm)

    def _credit_hold_waiting(self):
        """Decide the quotations that nobody has decided yet; return those that were put on hold.

        :raise UserError: when one does not pass and nobody could be shown the hold
        """
        waiting = self.filtered(lambda order: order.state in OPEN_STATES)._credit_without_pass("order")
        return waiting - waiting._credit_gate("order", is_held=self._credit_is_interactive())

    def _validate_order(self):
        """Override of `sale` to keep what a customer signed or paid: the order is held, not refused."""
        return super(SaleOrder, self.with_context(credit_interactive="customer"))._validate_order()


def _check_first(origin):
    """Return `action_confirm` with the check in front of it."""

    @functools.wraps(origin)
    def action_confirm(self):
        held = self._credit_hold_waiting()
        passed = self - held
        try:
            result = origin(passed) if passed or not self else True
        finally:
            passed._credit_forget_pass("order")
        return held._credit_get_notification() or result

    action_confirm.credit_origin = origin
    return action_confirm
