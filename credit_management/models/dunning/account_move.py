"""What an invoice says to dunning: a plan of its own, and when it was sent."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_dunning_plan_id = fields.Many2one(
        "credit.dunning.plan", "Dunning Plan", copy=False, index="btree_not_null",
        help="How this invoice is dunned. Empty: as its customer is. To leave it out, use “No Follow-Up”.",
    )
    credit_date_sent = fields.Date(
        "Sent to the Customer On", readonly=True, copy=False, help="Quiet days are counted from it."
    )

    def write(self, vals):
        """Override of `account`: the day on which it was sent is kept."""
        if vals.get("is_move_sent") and "credit_date_sent" not in vals:
            for company, moves in self.grouped("company_id").items():
                super(AccountMove, moves).write({**vals, "credit_date_sent": company._credit_today()})
            return True
        return super().write(vals)
