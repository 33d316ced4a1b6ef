"""What goes wrong with a run of one company stops no other company's, and is told to a person."""

import logging

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class CreditDunningRun(models.Model):
    _inherit = "credit.dunning.run"

    @api.model
    def _start_daily(self, company):
        """Override: where the plans of a company could not be sent, somebody is told once that day."""
        try:
            return super()._start_daily(company)
        except UserError as error:
            return self._note_not_started(company, str(error))

    def _note_not_started(self, company, text):
        """Keep why there is no run on this day, and make mending it a task."""
        run = self.create(
            {"name": self.env._("Not started"), "company_id": company.id, "date": company._credit_today(),
             "state": "cancelled", "note": text}
        )
        user = company.credit_controller_id or self.env.ref("base.user_admin")
        run.activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id, date_deadline=run.date, note=text,
            summary=run.with_context(lang=user.lang).env._("Nobody is dunned today: mend the dunning plans"),
        )

    def _prepare(self):
        """Override: a run that cannot be prepared is tried again by the next job; nothing of it was sent."""
        try:
            super()._prepare()
        except Exception:
            self.env.cr.rollback()
            _logger.exception("The dunning run %s could not be prepared", self.id)
