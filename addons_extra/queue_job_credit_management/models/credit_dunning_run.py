"""The notices of a run are sent by jobs, a batch each; the cron makes the jobs and closes the run."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import models
from odoo.addons.credit_management.models.dunning_run.credit_dunning_job import BATCH
from odoo.addons.queue_job.utils import must_run_without_delay
from odoo.tools import SQL, split_every

WAITING = ("wait_dependencies", "pending", "enqueued")
PATIENCE = timedelta(minutes=15)  # so long jobs wait for a runner


class CreditDunningRun(models.Model):
    _inherit = "credit.dunning.run"

    def _send_some(self):
        """Override: let jobs send; close the run when nothing waits and nothing is in hand."""
        if must_run_without_delay(self.env) or self._has_no_runner():
            return super()._send_some()
        if self.is_sent_by_itself and not self._is_working_time():
            return True  # deferred: the cron comes again
        self._note_lost()
        states = set(self.notice_ids.mapped("state"))
        if "draft" in states:
            self._enqueue()
        elif "sending" not in states:
            self.notice_ids._mark_emails()  # of those that a killed job had sent
            self._finish()
        self.env["ir.cron"]._commit_progress(0)
        return True

    def _has_no_runner(self):
        """Tell whether jobs of the run wait, and no job was begun for long: then nobody runs them."""
        since = self.env["credit.notice"]._get_moment() - PATIENCE
        Job = self.env["queue.job"].sudo()  # whoever sends need not see jobs
        own = [("model_name", "=", self._name), ("method_name", "=", "_send_job")]
        is_late = [*own, ("state", "in", WAITING), ("date_created", "<", since)]
        is_begun = [("date_started", ">=", since)]
        return bool(Job.search_count(is_late, limit=1)) and not Job.search_count(is_begun, limit=1)

    # -- jobs --------------------------------------------------------------------------------------

    def _enqueue(self):
        """Make a job of each batch in which something waits, unless it has one."""
        notices = self.notice_ids.sorted("id")
        batches = {
            f"{self._name}-{self.id}-{batch[0].id}": batch for batch in split_every(BATCH, notices.ids, notices.browse)
        }
        known = self.env["queue.job"].sudo().search(  # whoever sends need not see jobs
            [("identity_key", "in", list(batches)), ("state", "in", (*WAITING, "started"))]
        ).mapped("identity_key")
        text = self.env._("Notices of %(run)s", run=self.name)
        for key, batch in batches.items():
            if key not in known and "draft" in batch.mapped("state"):
                self.with_delay(identity_key=key, description=text)._send_job(batch.ids)

    def _send_job(self, notice_ids):
        """Send those of some notices that nobody has sent; commits by itself, after each.

        :param notice_ids: their ids
        """
        self.ensure_one()
        with self._in_hand():
            waiting = self.notice_ids.filtered(lambda notice: notice.id in notice_ids and notice.state == "draft")
            if waiting and self.state == "sending" and (not self.is_sent_by_itself or self._is_working_time()):
                self._send_batch(waiting.sorted("id"))
        self._trigger_job()  # which closes the run, or makes jobs of what is left

    # -- in hand -----------------------------------------------------------------------------------

    @contextmanager
    def _in_hand(self):
        """Hold the run in hand, beside other jobs; PostgreSQL lets go of it when the process is killed."""
        self._lock("pg_advisory_lock_shared")
        try:
            yield
        except BaseException:
            self.env.cr.rollback()
            raise
        finally:
            self._lock("pg_advisory_unlock_shared")

    def _lock(self, function):
        self.env.cr.execute(
            SQL("SELECT %s(hashtext('credit.dunning.run'), %s)", SQL.identifier(function), self.id)
        )
        return self.env.cr.fetchone()[0]

    def _note_lost(self):
        """Override: what is in a job's hand is not lost."""
        if not self._lock("pg_try_advisory_lock"):
            return
        try:
            self.env["ir.cron"]._commit_progress(0)  # what jobs have done until now is seen from here on
            self.notice_ids.invalidate_recordset()
            super()._note_lost()
        finally:
            self._lock("pg_advisory_unlock")
