"""Undo what a dunning run sent, with the reason."""

from odoo import fields, models


class CreditDunningUndo(models.TransientModel):
    _name = "credit.dunning.undo"
    _description = "Undo a Dunning Run"

    run_id = fields.Many2one("credit.dunning.run", required=True, readonly=True)
    reason = fields.Char(required=True, help="Kept with the run and each of its notices.")

    def action_apply(self):
        """Undo the run.

        :raise AccessError: without the rights to run
        """
        self.ensure_one()
        self.run_id._undo(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
