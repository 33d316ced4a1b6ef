"""The job of dunning sends the text messages whose hour has come."""

from odoo import api, models


class CreditDunningRun(models.Model):
    _inherit = "credit.dunning.run"

    @api.model
    def _cron_work(self):
        """Override: with the text messages, also of runs that are done."""
        super()._cron_work()
        self.env["credit.notice.channel"]._send_due_texts()
