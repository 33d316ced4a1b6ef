"""What is special about orders on hold: the customer is told, and people hold and ask in advance."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..gate.buttons import RELOAD


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_mark(self, hold, state):
        """Override: an order that is released, or free again, frees the documents that follow from it."""
        super()._credit_mark(hold, state)
        if state != "held":
            self._credit_queue_recheck()

    def _credit_hold(self, checkpoint, decisions, logged):
        """Override to tell the customer too, when it was the customer who took the step."""
        news = self.filtered(lambda order: order.credit_hold_state != "held")
        super()._credit_hold(checkpoint, decisions, logged)
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
        return self.with_context(lang=self.partner_id.lang or self.env.lang)._credit_get_held_text()

    def _credit_get_held_text(self):
        """Return the sentence in the language of the environment, as the portal and the shop show it."""
        return self.env._("We are checking your order and will be in touch.")

    # -- by hand -----------------------------------------------------------------------------------

    def _credit_force_hold(self, reason):
        """Hold orders until somebody releases them: such a hold never falls by itself.

        :raise AccessError: without the rights of a credit controller
        :raise UserError: for an order that is cancelled
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers force a hold."))
        self.check_access("read")
        cancelled = self.filtered(lambda order: order.state == "cancel")
        if cancelled:
            raise UserError(
                self.env._("%(document)s is cancelled: there is nothing to hold.", document=cancelled[0].name)
            )
        self._credit_put_forced(reason)

    def _credit_put_forced(self, reason):
        orders = self.sudo()  # the mark is written on orders that the controller may not write
        amounts = {order: order._credit_get_amount(order.company_id._credit_today()) for order in orders}
        # the list of holds is written by the system
        self.env["credit.hold"].sudo()._force(orders, orders._credit_get_profiles(), amounts, "order", reason)

    def copy(self, default=None):
        """Override of `sale`: the duplicate of an order that somebody holds waits as it does, on the same desk."""
        copies = super().copy(default)
        for order, duplicate in zip(self.sudo(), copies, strict=True):  # the list of holds is the controllers'
            hold = order.credit_hold_id
            if hold._is_forced_open():
                duplicate.with_user(hold.controller_id or self.env.user)._credit_put_forced(hold.forced_reason)
        return copies

    def _credit_ask_ahead(self, amount, note="", **said):
        """Ask for a release before the step is taken: the order is to grow, or will not fit.

        :param str note: why
        :param said: what else the salesperson says, see `credit.hold._request_release`
        :return: the action that tells who was asked
        :raise UserError: when the same question is waiting already
        """
        self.ensure_one()
        self.check_access("write")
        checkpoint = self._credit_get_panel_checkpoint()
        decision = self._credit_decide(checkpoint, is_locked=False, asked={self.id: amount})[self]
        # the salesperson asks, the list of holds is the controllers'
        hold = self.env["credit.hold"].sudo()._ask_ahead(self, checkpoint, decision, note)
        hold._request_release(self.env.user, note, **said)
        return self._credit_notify(self._credit_get_asked_text(hold), type="success", next=RELOAD)

    def action_credit_ask(self):
        """Ask for a release in advance, up to an amount."""
        self.ensure_one()
        self.check_access("write")
        amount = self._credit_get_amount(self.company_id._credit_today())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a release"),
            "res_model": "credit.hold.ask",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_is_ahead": True,
                "default_amount": amount,
            },
        }
