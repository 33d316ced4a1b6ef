"""What others do while notices wait, are sent, or may have arrived: nothing is said that is not true."""

import smtplib
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import SendingCommon
from .test_delivery import QUIET


@tagged("post_install", "-at_install")
class TestMeanwhile(SendingCommon):
    def lost(self):
        """Return a notice of which nobody knows whether it arrived."""
        run = self.prepare_today()
        with self.mock_smtplib_connection(), self.failing(smtplib.SMTPServerDisconnected("bye")), mute_logger(*QUIET):
            self.send(run)
        return run.notice_ids

    def test_a_level_that_took_the_place_of_another_one_says_how_the_notice_goes_out(self):
        self.bill_late()
        run = self.prepare_today()
        self.level.unlink()
        self.plan.level_ids = [Command.create({"name": "New", "days": 5, "is_email": False, "is_letter": True})]
        self.send_today(run)
        notice = run.notice_ids
        self.assertEqual((notice.state, notice.level_id.name), ("sent", "New"))
        self.assertEqual((self.channels_of(notice), self.mails), ([("letter", "open")], []))

    def test_who_got_another_plan_meanwhile_is_not_said_to_have_paid(self):
        invoice = self.bill_late()
        run = self.prepare_today()
        invoice.credit_dunning_plan_id = self.make_plan(90, is_used=False)
        self.send_today(run)
        row = run.omission_ids.filtered("is_sending")
        self.assertEqual((self.mails, row.reason), ([], "replanned"))

    def test_who_has_paid_meanwhile_is_said_to_have_paid(self):
        invoice = self.bill_late()
        run = self.prepare_today()
        self.paid(invoice)
        self.send_today(run)
        self.assertEqual(run.omission_ids.filtered("is_sending").reason, "paid")

    def test_what_did_arrive_has_claimed_what_it_says(self):
        self.company.credit_fee_account_id = self.company_data["default_account_revenue"]
        self.level.amount_fee = 5
        invoice = self.bill_late()
        notice = self.lost()
        self.assertEqual((notice.claim_ids.state, self.channels_of(notice)), ("shown", [("email", "open")]))
        notice.with_user(self.controller).action_note_arrived()
        self.assertEqual((notice.claim_ids.state, self.channels_of(notice)), ("claimed", [("email", "sent")]))
        self.assertIn(notice.name, invoice.message_ids[0].body)
        self.assertFalse(notice.activity_ids)

    def test_what_was_being_sent_when_somebody_stopped_the_run_becomes_unknown(self):
        self.bill_late()
        run = self.prepare_today()
        run._update_state("sending")
        run.notice_ids._update_state("sending", name="NOT/1", message_reference="<1@house.example>")
        run.with_user(self.controller).action_stop()
        self.run_cron("cron_dunning")
        self.assertEqual((run.state, run.notice_ids.state), ("stopped", "unknown"))

    def test_a_run_is_not_undone_while_a_notice_is_being_sent(self):
        self.bill_late()
        run = self.prepare_today()
        run._update_state("sending")
        run.notice_ids._update_state("sending", name="NOT/1", message_reference="<1@house.example>")
        run.with_user(self.controller).action_stop()
        with self.assertRaisesRegex(UserError, "NOT/1 is being sent"):
            run.with_user(self.controller)._undo("Wrong texts")

    def test_two_send_the_same_run_and_it_goes_out_once(self):
        self.bill_late()
        run = self.prepare_today()
        run.with_user(self.controller).action_send()
        with self.assertRaisesRegex(UserError, "cannot become"):
            run.with_user(self.make_user("biller")).action_send()
        with self.mock_smtplib_connection():
            self.run_cron("cron_dunning")
            self.run_cron("cron_dunning")
            self.assertEqual(len(self.emails), 1)

    def test_a_job_whose_time_is_over_with_the_last_notice_closes_the_run(self):
        """It stayed "being sent" until the job came again."""
        self.bill_late()
        run = self.prepare_today()
        run.with_user(self.controller).action_send()
        is_over = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 0)
        with self.mock_smtplib_connection(), is_over:
            self.run_cron("cron_dunning")
        self.assertEqual((run.notice_ids.state, run.state), ("sent", "done"))

    def test_what_a_salesperson_posts_in_the_name_of_the_customer_pauses_nothing(self):
        seller = self.make_user("sales")
        self.customer.user_id = seller
        self.bill_late()
        notice = self.send_today().notice_ids
        notice.with_user(seller).message_post(
            body="We pay soon", message_type="email", author_id=self.customer.id, subtype_xmlid="mail.mt_comment"
        )
        self.assertFalse(notice.date_paused_to)

    def test_days_beyond_the_calendar_are_refused(self):
        for record, values in (
            (self.level, {"days": 4_000_000}), (self.level, {"days_deadline": 4_000_000}),
            (self.plan, {"days_quiet": 4_000_000}), (self.company, {"credit_days_answer": 4_000_000}),
        ):
            with self.subTest(values), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), \
                    self.env.cr.savepoint():
                record.write(values)
                self.env.flush_all()
        self.level.days = 3650
        self.env.flush_all()
