"""What the customer does at the portal, in the shop or by paying, and the place of the check."""

import functools

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _register_hook(self):
        """Override to check before every other override of `action_confirm`, whatever its add-on.

        Add-ons that are loaded later (loyalty points, event registrations, print on demand) act
        before and after their ``super()`` on all the orders they were called with. Held orders
        must not be among them, or they are printed, registered and rewarded while they wait.
        """
        super()._register_hook()
        model = type(self)
        if not hasattr(model.action_confirm, "credit_origin"):
            model.action_confirm = _check_first(model.action_confirm)

    def _validate_order(self):
        """Override of `sale` to keep what a customer signed or paid: the order is held, not refused."""
        return super(SaleOrder, self.with_context(credit_interactive="customer"))._validate_order()

    def _credit_hold(self, checkpoint, logged):
        """Override to tell the customer too, when it was the customer who took the step."""
        news = self.filtered(lambda order: order.credit_hold_state != "held")
        super()._credit_hold(checkpoint, logged)
        if self._credit_is_for_customer():
            news._credit_tell_customer()

    def _credit_tell_customer(self):
        """Tell customers, neutrally, that their order is being looked at.

        A cart becomes a sent quotation: the customer cannot go on changing what is being checked.
        """
        for order in self:
            if order.state == "draft":
                order.action_quotation_sent()
            author = order.user_id.partner_id or order.company_id.partner_id
            order.message_post(
                body=order._credit_get_customer_text(),
                message_type="comment",  # the only one that the portal shows
                subtype_xmlid="mail.mt_comment",
                author_id=author.id,
                partner_ids=order.partner_id.ids,
            )

    def _credit_get_customer_text(self):
        """Return all that a customer is told of a hold, in the language of the customer."""
        self.ensure_one()
        order = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return order.env._("We are checking your order and will be in touch.")


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
