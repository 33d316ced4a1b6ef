"""The way from an invoice to its disputes."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_dispute_count = fields.Integer(compute="_compute_credit_dispute_count", string="Dispute Count")

    def _compute_credit_dispute_count(self):
        # a number only; the disputes themselves open for whoever may read them
        counts = dict(
            self.env["credit.dispute"].sudo()._read_group([("move_id", "in", self.ids)], ["move_id"], ["__count"])
        )
        for move in self:
            move.credit_dispute_count = counts.get(move._origin, 0)

    def action_credit_dispute(self):
        """Open a new dispute of the invoice with its open amount."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispute"),
            "res_model": "credit.dispute",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_move_id": self.id, "default_amount": self.amount_residual},
        }

    def action_open_credit_disputes(self):
        """Open the disputes of the invoice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Disputes"),
            "res_model": "credit.dispute",
            "views": [(False, "list"), (False, "form")],
            "domain": [("move_id", "=", self.id)],
        }
