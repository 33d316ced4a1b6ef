"""The job of dunning: it starts the run of the day, prepares it, and sends what somebody has let go."""

from datetime import timedelta

import pytz
from odoo import api, fields, models

from .credit_notice_delivery import MailServerIsDownError

BATCH = 50  # notices whose e-mails are written before they are decided: a second's work


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
        self._send_again()
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
        self._note_lost()
        self.notice_ids._mark_emails()  # of those that a killed server had sent
        waiting = self.notice_ids.filtered(lambda notice: notice.state == "draft").sorted("id")
        # a job whose time is over is called some times more, and each time does a little
        size = BATCH if self.env["ir.cron"]._commit_progress(remaining=len(waiting)) else 1
        for start in range(0, len(waiting), size):
            if not self._send_batch(waiting[start:start + size]):
                break
        if self.state != "sending" or any(notice.state == "draft" for notice in waiting):
            return self.state != "sending"
        self._finish()
        return True

    def _note_lost(self):
        """Note the notices that are being sent by nobody. Hook: somebody else than this job may have them in hand."""
        self.notice_ids._note_unknown()

    def _send_batch(self, notices):
        """Send notices one by one; return whether the run goes on, and there is time left."""
        ready = notices._make_ready()
        try:
            for notice in notices:
                notice._send_one(ready[notice.id])
                if not self.env["ir.cron"]._commit_progress(1):
                    return False
        except MailServerIsDownError as error:
            self._stop_without_server(error)
        finally:
            notices._mark_emails()
            notices._tell_documents()
        self.env["ir.cron"]._commit_progress(0)
        return self.state == "sending"

    def _send_again(self):
        """Send what a person has asked for of what may have been lost; also of a run that was stopped since."""
        lost = self.env["credit.notice"].search([("state", "=", "sending"), ("run_id.state", "!=", "sending")])
        for run in lost.run_id:
            run._note_lost()
        asked = self.env["credit.notice"].search([("state", "=", "unknown"), ("is_sent_again", "=", True)])
        for notice in asked:
            try:
                notice._send_one()
                notice._mark_emails()
            except MailServerIsDownError as error:
                notice.run_id._stop_without_server(error)
                return

    def _stop_without_server(self, error):
        """Stop the run, as no e-mail can be sent at all; what was not sent stays prepared."""
        if self.state == "sending":
            self._update_state("stopped")
        self.message_post(body=self.env._("Stopped: no e-mail can be sent. %(error)s", error=error))

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
