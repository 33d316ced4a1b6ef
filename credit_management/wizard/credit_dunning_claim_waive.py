"""Waive what was claimed for late payment: nobody asks for it any more."""

from odoo import fields, models


class CreditDunningClaimWaive(models.TransientModel):
    _name = "credit.dunning.claim.waive"
    _description = "Waive Fees and Interest"

    claim_ids = fields.Many2many("credit.dunning.claim", string="Claims", required=True)
    reason = fields.Char(required=True, help="It stays in the history of the notice.")

    def action_apply(self):
        """Waive the claims.

        :raise AccessError: without the rights of a credit controller, or of an accountant
        """
        self.ensure_one()
        self.claim_ids._waive(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
