"""The job of dunning: it starts the run of the day, prepares it, and sends what somebody has let go."""

import logging
from datetime import timedelta

import pytz
from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class CreditDunningRun(models.Model):
    _inherit = "credit.dunning.run"

    @api.model
    def _cron_work(self):
        """Do what is to be done, a transaction per customer; it goes on where it was stopped or killed."""
        self = self.sudo()  # noqa: PLW0642 - the job works for all companies
        for company in self._find_companies():
            self._start_daily(company)
        for run in self.search([("state", "in", ("draft", "preparing"))], order="id"):
            run._prepare()
        for run in self.search([("state", "=", "sending")], order="id"):
            if not run._send_some():
                return

    @api.model
    def _find_companies(self):
        return self.env["res.company"].search([("credit_dunning_is_automatic", "=", True), ("parent_id", "=", False)])

    @api.model
    def _start_daily(self, company):
        """Start the run of the day once; one that nobody has sent makes place for it."""
        today = company._credit_today()
        own = [("company_id", "=", company.id), ("date", "=", today), ("test_email", "in", (False, ""))]
        if self.search_count(own, limit=1):
            return
        waiting = self._find_open(company)
        if waiting.state in ("sending", "stopped"):
            return  # it goes on, or somebody has stopped it
        if waiting:
            waiting.action_cancel()
        if self._find_plans(company):
            self._start(company, is_sent_by_itself=company.credit_dunning_is_sent)

    # -- sending -----------------------------------------------------------------------------------

    def _send_some(self):
        """Send notices until all are sent, the run is stopped, or the time of the job is over.

        :return: whether there is time left
        """
        if self.is_sent_by_itself and not self._is_working_time():
            return True  # deferred: the job comes again
        waiting = self.notice_ids.filtered(lambda notice: notice.state == "draft").sorted("id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for notice in waiting:
            self.invalidate_recordset(["state"])
            if self.state != "sending":
                return True
            if notice.exists() and notice.state == "draft":
                self._send_safely(notice)
            if not self.env["ir.cron"]._commit_progress(1):
                return False
        self._finish()
        return True

    def _send_safely(self, notice):
        """Send one notice: what goes wrong with it stops no other."""
        notice._send_one()

    def _finish(self):
        """Close the run: everything of it was sent, or left out."""
        self._update_state("done")
        self.env["ir.cron"]._commit_progress(0)

    def _is_working_time(self):
        """Tell whether the company works now; without working hours it always does."""
        calendar = self.company_id.resource_calendar_id
        if not calendar:
            return True
        now = pytz.utc.localize(fields.Datetime.now())
        return bool(calendar._work_intervals_batch(now, now + timedelta(minutes=1))[False])
