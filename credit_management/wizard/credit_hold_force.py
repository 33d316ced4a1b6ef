"""Force a hold on orders, one or many; it never falls by itself."""

from odoo import fields, models


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
        self.order_ids._credit_force_hold(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
