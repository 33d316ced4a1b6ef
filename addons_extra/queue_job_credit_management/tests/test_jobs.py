"""A run becomes jobs; the cron closes it, and sends itself where nobody runs jobs."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.credit_management.tests.dunning_run.common import SendingCommon
from odoo.tests import tagged
from odoo.tools import SQL

MODEL = "odoo.addons.queue_job_credit_management.models.credit_dunning_run"


@tagged("post_install", "-at_install")
class TestJobs(SendingCommon):
    def setUp(self):
        super().setUp()
        for number in range(3):
            customer = self.make_customer(name=f"Customer {number}")
            customer.email = f"{number}@house.example"
            self.bill_late(partner=customer)
        patched = patch(f"{MODEL}.BATCH", 2)
        patched.start()
        self.addCleanup(patched.stop)

    def jobs(self):
        return self.env["queue.job"].search([("method_name", "=", "_send_job")], order="id")

    def note(self, **values):
        """Let something have become of the jobs."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(SQL("UPDATE queue_job SET %s = %s", SQL.identifier(name), value))
        self.env.invalidate_all()

    def work(self, job):
        """Do what the runner lets a job do."""
        self.env.flush_all()
        with self.mock_smtplib_connection():
            with self.enter_registry_test_mode(), self.registry.cursor() as cr:
                job.records.with_env(self.env(cr=cr, su=True))._send_job(*job.args)
            self.env.invalidate_all()
            return len(self.emails)

    def test_a_run_becomes_a_job_for_each_batch_on_a_channel_of_its_own(self):
        run = self.send_today()
        self.assertEqual((run.state, self.mails, len(self.jobs())), ("sending", [], 2))
        self.assertEqual(set(self.jobs().mapped("channel")), {"root.credit_dunning"})
        self.run_cron("cron_dunning")
        self.assertEqual(len(self.jobs()), 2)

    def test_jobs_send_and_the_cron_closes_the_run(self):
        run = self.send_today()
        self.assertEqual([self.work(job) for job in self.jobs()], [2, 1])
        self.assertEqual(run.state, "sending")
        self.note(state="done")
        self.run_cron("cron_dunning")
        self.assertEqual((run.state, set(run.notice_ids.mapped("state"))), ("done", {"sent"}))

    def test_a_job_that_is_begun_again_sends_nothing_twice(self):
        self.send_today()
        job = self.jobs()[0]
        self.assertEqual((self.work(job), self.work(job)), (2, 0))

    def test_a_job_of_a_run_that_was_stopped_sends_nothing(self):
        run = self.send_today()
        run.action_stop()
        self.assertEqual(self.work(self.jobs()[0]), 0)

    def test_a_job_that_failed_is_made_anew(self):
        run = self.send_today()
        self.note(state="failed")
        self.run_cron("cron_dunning")
        self.assertEqual((len(self.jobs()), run.state), (4, "sending"))

    def test_where_nobody_runs_jobs_the_cron_sends(self):
        run = self.send_today()
        self.note(date_created=fields.Datetime.now() - timedelta(minutes=16))
        with self.mock_smtplib_connection():
            self.run_cron("cron_dunning")
            self.assertEqual((len(self.emails), run.state), (3, "done"))
