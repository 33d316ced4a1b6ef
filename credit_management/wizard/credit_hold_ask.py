"""Ask for credit before the step is taken: a confirmed order is to grow, a quotation will not fit."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CreditHoldAsk(models.TransientModel):
    _name = "credit.hold.ask"
    _description = "Ask for a Release"

    order_id = fields.Many2one("sale.order", "Order", required=True, readonly=True)
    company_id = fields.Many2one(related="order_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        "Order Amount Needed",
        required=True,
        help="The amount, in company currency, tax included, that the order is to reach.",
    )
    reason = fields.Text(required=True, help="What the credit controller should know to decide.")

    @api.constrains("amount")
    def _check_amount(self):
        for wizard in self:
            if wizard.amount <= 0:
                raise ValidationError(self.env._("Enter the amount that the order is to reach, above zero."))

    def action_ask(self):
        """Put the question on the credit controller's desk.

        :raise UserError: when the same question is waiting already
        """
        self.ensure_one()
        self.order_id.check_access("write")
        # the salesperson asks, the list of holds is the controllers'
        hold = self.env["credit.hold"].sudo()._ask_ahead(self.order_id, self.amount, self.reason)
        hold._request_release(self.env.user)
        return {"type": "ir.actions.act_window_close"}


class CreditHold(models.Model):
    _inherit = "credit.hold"

    @api.model
    def _ask_ahead(self, order, amount, reason):
        """Open a hold for a step that was not taken yet."""
        if self._get_open(order):
            raise UserError(
                self.env._("%(document)s is on the controller's desk already.", document=order.display_name)
            )
        profile = order._credit_get_profiles()[order]
        checkpoint = "change" if order.state == "sale" else "order"
        decision = order._credit_decide(checkpoint, is_locked=False, asked={order.id: amount})[order]
        return self.create(
            {
                "profile_id": profile.id,
                "company_id": order.company_id.id,
                "res_model": order._name,
                "res_id": order.id,
                "document_name": order.display_name,
                "checkpoint": checkpoint,
                "is_ahead": True,
                "forced_reason": reason,
                "amount": amount,
                "amount_over": decision.amount_over,
                "requester_id": self.env.uid,
                "salesperson_id": order.user_id.id,
                "controller_id": (profile.controller_id or order.company_id.credit_controller_id).id,
            }
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_credit_ask(self):
        """Ask for a release in advance, up to an amount."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a release"),
            "res_model": "credit.hold.ask",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_id": self.id, "default_amount": self._credit_get_amount()},
        }
