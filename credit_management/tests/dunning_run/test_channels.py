"""By which channels a notice goes out, what each customer gets, and what goes instead where one does not work."""

import smtplib
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SendingCommon
from .test_delivery import QUIET


@tagged("post_install", "-at_install")
class TestChannels(SendingCommon):
    def test_c22_whose_attachments(self):
        expected = {}
        for count in (1, 2, 3):
            customer = self.make_customer(name=f"Customer {count}")
            customer.email = f"{count}@house.example"
            invoices = [self.bill_late(100.0 * count, customer) for _number in range(count)]
            expected[count] = {invoice._get_invoice_report_filename() for invoice in invoices}
        run = self.send_today()
        self.assertEqual(len(self.mails), 3)
        seen = []
        for mail in self.mails:
            count = int(mail["To"].split("<")[1][0])
            files = self.files_of(mail)
            self.assertEqual(len(files), 1 + count)
            self.assertTrue(expected[count] <= set(files))
            seen += files
        self.assertEqual(len(seen), len(set(seen)))
        self.assertEqual(len(run.notice_ids.file_id), 3)

    def test_the_letter_is_kept_with_its_fingerprint(self):
        self.bill_late()
        notice = self.send_today().notice_ids
        self.assertEqual(notice.file_id.raw, b"%PDF-1.4")
        self.assertEqual(len(notice.file_sha256), 64)

    def test_without_an_address_a_letter_goes_instead_and_it_is_said(self):
        self.customer.email = False
        self.bill_late()
        notice = self.send_today().notice_ids
        self.assertEqual(self.mails, [])
        self.assertEqual(self.channels_of(notice), [("email", "failed"), ("letter", "open")])
        self.assertIn("no e-mail address", notice.channel_ids[0].error)
        self.assertTrue(notice.channel_ids[1].is_fallback)
        self.assertIn(notice, self.env["credit.notice"].search([("has_problem", "=", True)]))

    def test_the_contact_for_invoices_gets_it(self):
        contact = self.env["res.partner"].create(
            {"name": "Bookkeeping", "type": "invoice", "parent_id": self.customer.id, "email": "inv@bluepump.example"}
        )
        self.bill_late()
        notice = self.send_today().notice_ids
        self.assertEqual(notice.recipient_id, contact)
        self.assertIn("inv@bluepump.example", self.mails[0]["To"])

    def test_an_address_from_which_something_came_back_is_not_used(self):
        self.customer.message_bounce = 1
        self.bill_late()
        notice = self.send_today().notice_ids
        self.assertEqual(self.mails, [])
        self.assertIn("came back", notice.channel_ids[0].error)

    def test_an_address_that_the_server_refuses_is_answered_with_a_letter(self):
        self.bill_late()
        run = self.prepare_today()
        error = smtplib.SMTPRecipientsRefused({"books@bluepump.example": (550, b"no such user")})
        with self.mock_smtplib_connection(), self.failing(error), mute_logger(*QUIET):
            self.send(run)
        notice = run.notice_ids
        self.assertEqual((notice.state, self.channels_of(notice)), ("sent", [("email", "failed"), ("letter", "open")]))
        self.assertEqual(self.mail_of(notice).state, "cancel")

    def test_the_salesperson_gets_a_copy_where_the_level_says_so(self):
        seller = self.make_user("sales", email="seller@house.example")
        self.customer.user_id = seller
        self.level.is_salesperson_in_copy = True
        self.bill_late()
        self.send_today()
        self.assertIn("seller@house.example", self.mails[0]["Cc"])

    def test_who_collects_from_the_customer_gets_a_copy_where_the_level_says_so(self):
        seller = self.make_user("sales", email="seller@house.example")
        self.customer.user_id = seller
        self.level.write({"is_salesperson_in_copy": True, "is_controller_in_copy": True})
        self.bill_late()
        self.send_today()
        self.assertEqual(self.mails[0]["Cc"], "sales <seller@house.example>, controller <credit@house.example>")

    def test_a_copy_of_a_test_goes_to_nobody(self):
        self.company.credit_dunning_test_email = "test@house.example"
        self.level.is_controller_in_copy = True
        self.bill_late()
        self.send_today()
        self.assertEqual((self.mails[0]["To"], self.mails[0]["Cc"]), ("test@house.example", None))

    def test_a_call_is_a_task_with_what_to_say(self):
        self.level.write({"is_call": True, "script": "<p>Ask for the day</p>"})
        self.bill_late()
        notice = self.send_today().notice_ids
        self.assertEqual(self.channels_of(notice), [("email", "sent"), ("call", "open")])
        self.assertIn("Ask for the day", notice.activity_ids.note)

    def test_letters_are_printed_in_the_order_of_the_post_and_count_as_sent(self):
        self.level.write({"is_email": False, "is_letter": True})
        for name, code in (("Later", "9000"), ("Sooner", "1000")):
            customer = self.make_customer(name=name)
            customer.zip = code
            self.bill_late(partner=customer)
        run = self.send_today()
        ordered = run.notice_ids.sorted(lambda notice: notice._get_postal_order())
        self.assertEqual(ordered.partner_id.mapped("name"), ["Sooner", "Later"])
        self.assertEqual(run.notice_ids.channel_ids.mapped("state"), ["open", "open"])

    def test_a_waybill_never_says_what_is_owed(self):
        self.level.write({"is_email": False, "is_registered": True})
        self.bill_late(500.0)
        notice = self.send_today().notice_ids
        [channel] = notice.channel_ids
        self.assertEqual((channel.kind, channel.state), ("registered", "open"))
        self.assertIn(notice.name, channel.waybill_text)
        self.assertNotIn("500", channel.waybill_text)
        channel.with_user(self.controller).write({"tracking": "EX123", "proof": "delivered"})

    def test_a_test_run_goes_to_one_address_and_counts_for_nothing(self):
        self.level.is_call = True
        invoice = self.bill_late()
        self.company.credit_dunning_test_email = "me@house.example"
        run = self.send_today()
        [mail] = self.mails
        self.assertEqual(mail["To"], "me@house.example")
        self.assertIn("books@bluepump.example", mail["Subject"])
        self.assertFalse(run.notice_ids.activity_ids)
        self.assertNotIn("Dunned", " ".join(invoice.message_ids.mapped("body")))
        self.company.credit_dunning_test_email = False
        self.assertEqual(self.send_today().notice_ids.level, 1)
        self.assertIn("books@bluepump.example", self.mails[0]["To"])

    def test_a_customer_is_written_to_in_its_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.level.mail_template_id
        template.with_context(lang="fr_FR").write({"subject": "Rappel", "body_html": "<p>Veuillez payer</p>"})
        self.customer.lang = "fr_FR"
        self.bill_late()
        self.send_today()
        self.assertEqual(self.mails[0]["Subject"], "Rappel")
        self.assertIn("Veuillez payer", self.body_of(self.mails[0]))

    def test_words_without_a_translation_are_refused_before_anything_is_sent(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.write({"lang": "fr_FR", "customer_rank": 1})
        self.level.mail_template_id = self.level.mail_template_id.copy()
        [text] = self.plan._get_defects()
        self.assertIn("not translated into French", text)

    def test_a_fee_without_an_account_is_refused_before_anything_is_sent(self):
        self.level.amount_fee = 10.0
        [text] = self.plan._get_defects()
        self.assertIn("has no account for fees", text)

    def test_interest_without_a_rate_of_today_is_refused_before_anything_is_sent(self):
        self.company.credit_interest_account_id = self.company_data["default_account_revenue"]
        self.level.interest_id = self.env["credit.interest"].create({
            "name": "Later", "rate_ids": [(0, 0, {"date_from": self.today + timedelta(days=1), "percent": 9.0})],
        })
        [text] = self.plan._get_defects()
        self.assertIn("has no rate for", text)
