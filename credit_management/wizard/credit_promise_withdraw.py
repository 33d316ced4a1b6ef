"""Withdraw promises to pay: noted by mistake, or replaced by another one."""

from odoo import fields, models


class CreditPromiseWithdraw(models.TransientModel):
    _name = "credit.promise.withdraw"
    _description = "Withdraw Promises"

    promise_ids = fields.Many2many(
        "credit.promise", required=True, default=lambda self: self.env.context.get("active_ids"), string="Promises"
    )
    reason = fields.Char(required=True, help="Kept in the history of the promise.")

    def action_apply(self):
        """Withdraw the promises.

        :raise AccessError: without the rights of a credit controller
        """
        self.ensure_one()
        self.promise_ids._withdraw(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
