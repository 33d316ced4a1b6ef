"""How a notice goes out, and never twice: what becomes of it when something goes wrong, and when."""

import smtplib
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SendingCommon

QUIET = ("odoo.addons.mail.models.mail_mail", "odoo.addons.credit_management.models.dunning_run.credit_notice_delivery")


@tagged("post_install", "-at_install")
class TestDelivery(SendingCommon):
    def test_a_notice_goes_to_its_customer_and_is_marked(self):
        invoice = self.bill_late(500.0)
        notice = self.send_today().notice_ids
        [mail] = self.mails
        self.assertEqual(mail["To"], "Blue Pump Ltd <books@bluepump.example>")
        self.assertIn(invoice.name, self.body_of(mail))
        self.assertIn("500.00", self.body_of(mail))
        self.assertIn(notice.access_token, self.body_of(mail))
        self.assertEqual(mail["Message-Id"], notice.message_reference)
        self.assertEqual((notice.state, self.channels_of(notice)), ("sent", [("email", "sent")]))
        self.assertIn(notice.name, invoice.message_ids[0].body)

    def test_nothing_waits_in_the_queue_of_odoo(self):
        self.bill_late()
        notice = self.send_today().notice_ids
        mails = self.env["mail.mail"].search([("model", "=", "credit.notice")])
        self.assertEqual((mails.mapped("state"), mails.res_id), (["sent"], notice.id))

    def test_who_pays_between_preview_and_sending_is_not_written_to(self):
        paid, other = self.bill_late(), self.bill_late(partner=self.make_customer(name="Other"))
        other.partner_id.email = "other@house.example"
        run = self.prepare_today()
        self.paid(paid)
        self.send_today(run)
        self.assertEqual([mail["To"] for mail in self.mails], ["Other <other@house.example>"])

    def test_what_is_asked_for_is_what_is_due_when_it_is_sent(self):
        invoice = self.bill_late(500.0)
        run = self.prepare_today()
        self.paid(invoice, 450.0)
        notice = self.send_today(run).notice_ids
        self.assertEqual((notice.amount_prepared, notice.amount_total), (500.0, 50.0))
        self.assertIn("50.00", self.body_of(self.mails[0]))

    def test_without_a_mail_server_the_run_stops_and_nothing_is_lost(self):
        self.bill_late()
        run = self.prepare_today()
        down = patch.object(self.registry["ir.mail_server"], "_connect__", side_effect=OSError("no route to host"))
        with self.mock_smtplib_connection(), down, mute_logger(*QUIET):
            self.send(run)
        self.assertEqual((run.state, run.notice_ids.state), ("stopped", "draft"))
        self.assertIn("no route to host", " ".join(run.message_ids.mapped("body")))
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "credit.notice")]))
        self.send_today(run)
        self.assertEqual((run.state, run.notice_ids.state, len(self.mails)), ("done", "sent", 1))

    def test_a_connection_that_breaks_leaves_it_unknown_whether_it_arrived(self):
        self.bill_late()
        run = self.prepare_today()
        with self.mock_smtplib_connection(), self.failing(smtplib.SMTPServerDisconnected("bye")), mute_logger(*QUIET):
            self.send(run)
        notice = run.notice_ids
        self.assertEqual((run.state, notice.state), ("done", "unknown"))
        self.assertIn(notice.message_reference.strip("<>"), notice.activity_ids.note)
        again = self.send_today()
        self.assertEqual((self.mails, again.notice_ids.ids), ([], []))

    def test_what_may_have_arrived_is_sent_again_by_a_person_only(self):
        self.bill_late()
        run = self.prepare_today()
        with self.mock_smtplib_connection(), self.failing(smtplib.SMTPServerDisconnected("bye")), mute_logger(*QUIET):
            self.send(run)
        notice = run.notice_ids
        with self.assertRaises(AccessError):
            notice.with_user(self.make_user("credit_user")).action_send_again()
        notice.with_user(self.controller).action_send_again()
        with self.mock_smtplib_connection():
            self.run_cron("cron_dunning")
            self.assertEqual(len(self.emails), 1)
        self.assertEqual(notice.state, "sent")
        with self.assertRaisesRegex(UserError, "known to be sent"):
            notice.action_send_again()

    def test_what_may_have_arrived_is_decided_again_before_it_goes_again(self):
        invoice = self.bill_late()
        run = self.prepare_today()
        with self.mock_smtplib_connection(), self.failing(smtplib.SMTPServerDisconnected("bye")), mute_logger(*QUIET):
            self.send(run)
        self.paid(invoice)
        run.notice_ids.action_send_again()
        with self.mock_smtplib_connection():
            self.run_cron("cron_dunning")
            self.assertEqual(self.emails, [])
        self.assertEqual(run.notice_ids.state, "left_out")

    def test_a_server_that_was_killed_leaves_a_notice_unknown(self):
        self.bill_late()
        run = self.prepare_today()
        run.notice_ids._update_state("sending", name="NOT/1", message_reference="<1@house.example>")
        self.send_today(run)
        self.assertEqual((self.mails, run.notice_ids.state), ([], "unknown"))

    def test_one_bad_customer_does_not_stop_the_others(self):
        bad, good = self.make_customer(name="Bad"), self.make_customer(name="Good")
        self.bill_late(partner=bad), self.bill_late(partner=good)
        bad.email, good.email = "bad@house.example", "good@house.example"
        run = self.prepare_today()
        draw = self.registry["credit.notice"]._get_mail_values

        def fail(notice):
            if notice.partner_id == bad:
                raise ValueError("its text cannot be drawn")
            return draw(notice)

        with patch.object(self.registry["credit.notice"], "_get_mail_values", fail), mute_logger(*QUIET):
            self.send_today(run)
        states = {notice.partner_id.name: notice.state for notice in run.notice_ids}
        self.assertEqual(states, {"Bad": "left_out", "Good": "sent"})
        self.assertIn("its text cannot be drawn", run.notice_ids.filtered("reason").reason)
        self.assertEqual(run.state, "done")

    def test_nobody_sends_the_e_mail_of_a_notice_from_the_list_of_e_mails(self):
        self.bill_late()
        notice = self.send_today().notice_ids
        with self.assertRaisesRegex(UserError, "may have paid since"):
            self.mail_of(notice).mark_outgoing()

    def test_sending_takes_few_statements_for_each_customer(self):
        for number in range(4):
            customer = self.make_customer(name=f"Customer {number}")
            customer.email = f"{number}@house.example"
            self.bill_late(partner=customer)
        self.level.write({"is_notice_attached": False, "is_invoices_attached": False})
        run = self.prepare_today()
        counts = []
        send_one = self.registry["credit.notice"]._send_one

        def count(notice, ready):
            before = notice.env.cr.sql_log_count
            send_one(notice, ready)
            counts.append(notice.env.cr.sql_log_count - before)

        with patch.object(self.registry["credit.notice"], "_send_one", count):
            self.send_today(run)
        self.assertEqual(len(counts), 4)
        self.assertLessEqual(counts[-1], 15, counts)

    def test_an_undone_run_claims_nothing_and_has_no_tasks(self):
        self.level.write({"amount_fee": 10.0, "is_call": True})
        self.company.credit_fee_account_id = self.company_data["default_account_revenue"]
        self.bill_late()
        run = self.send_today()
        self.assertEqual(run.notice_ids.claim_ids.mapped("state"), ["claimed"])
        run._undo("Wrong day")
        self.assertEqual(run.notice_ids.claim_ids.mapped("state"), ["cancelled"])
        self.assertFalse(run.notice_ids.activity_ids)

    def test_what_was_booked_of_an_undone_run_stays_and_is_named(self):
        self.level.amount_fee = 10.0
        self.company.credit_fee_account_id = self.company_data["default_account_revenue"]
        self.bill_late()
        run = self.send_today()
        run.notice_ids.claim_ids.action_book()
        run._undo("Wrong day")
        self.assertEqual(run.notice_ids.claim_ids.state, "booked")
        self.assertIn("10.00", run.notice_ids.message_ids[0].body)
