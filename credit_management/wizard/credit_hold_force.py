"""Force a hold on orders, one or many; it never falls by itself."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class CreditHoldForce(models.TransientModel):
    _name = "credit.hold.force"
    _description = "Force a Credit Hold"

    order_ids = fields.Many2many(
        "sale.order", required=True, default=lambda self: self.env.context.get("active_ids"), string="Orders"
    )
    reason = fields.Char(required=True, help="Shown to the salesperson and kept with the hold.")

    def action_force(self):
        """Hold the chosen orders until somebody releases them.

        :raise AccessError: without the rights of a credit controller
        :raise UserError: for an order that is cancelled
        """
        self.ensure_one()
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers force a hold."))
        self.order_ids.check_access("read")
        # the mark is written on orders that the controller may not write
        self.env["credit.hold"].sudo()._force(self.order_ids.sudo(), self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _force(self, orders, reason):
        """Open forced holds, or turn the open ones into forced ones."""
        cancelled = orders.filtered(lambda order: order.state == "cancel")
        if cancelled:
            raise UserError(
                self.env._("%(document)s is cancelled: there is nothing to hold.", document=cancelled[0].name)
            )
        existing = self._get_open(orders)
        profiles = orders._credit_get_profiles()
        for order in orders:
            values = {**self._prepare_forced(order, profiles[order]), "forced_reason": reason}
            hold = existing.get(order.id)
            if hold:
                hold.write(values)
            else:
                hold = self.create(values)
            order._credit_mark(hold, "held")
            hold._void_releases(order)
            hold._notify_opened()

    def _void_releases(self, document):
        """A forced hold ends what was released before."""
        self.env["credit.release"]._get_running([document._credit_key()], self.env["credit.profile"])._void()

    def _prepare_forced(self, order, profile):
        return {
            "profile_id": profile.id,
            "company_id": order.company_id.id,
            "res_model": order._name,
            "res_id": order.id,
            "document_name": order.display_name,
            "checkpoint": "order",
            "is_forced": True,
            "is_ahead": False,
            "amount": order._credit_get_amount(),
            "requester_id": order.user_id.id,
            "salesperson_id": order.user_id.id,
            "controller_id": self.env.uid,
        }
