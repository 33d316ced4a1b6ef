"""Say that what was delivered of orders that are confirmed no longer will not be invoiced."""

from odoo import fields, models


class CreditOrderWaive(models.TransientModel):
    _name = "credit.order.waive"
    _description = "Will Not Be Invoiced"

    order_ids = fields.Many2many(
        "sale.order", required=True, default=lambda self: self.env.context.get("active_ids"), string="Orders"
    )
    reason = fields.Char(required=True, help="Shown on the order, and kept in the log.")

    def action_apply(self):
        """Take what was delivered of the orders out of the credit exposure.

        :raise AccessError: without the rights of a credit manager
        :raise RedirectWarning: where the company asks for a second person
        """
        self.ensure_one()
        self.order_ids._credit_waive(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
