"""Reactions of a profile to changes that may free held documents."""

from odoo import models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _queue_recheck(self):
        """Look at the holds of these customers again before the transaction commits."""
        self.env["credit.hold"]._queue_recheck(self.sudo().partner_id.ids)  # a limit frees whoever waits for it
