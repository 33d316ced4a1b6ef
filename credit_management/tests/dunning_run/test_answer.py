"""What comes back to a notice: an answer pauses, an automatic one does not, a bounce takes another channel."""

from datetime import timedelta

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SendingCommon

ANSWER = """From: {sender}
To: credit@house.example
Subject: Re: payment reminder
Message-ID: <answer-{number}@bluepump.example>
In-Reply-To: {reference}
References: {reference}
Content-Type: text/plain
{headers}
We pay on Friday.
"""
BOUNCE = """From: MAILER-DAEMON@house.example
To: bounce@house.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

no such user

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; books@bluepump.example
Action: failed
Status: 5.1.1

--B
Content-Type: message/rfc822

To: books@bluepump.example
Message-Id: {reference}
Subject: payment reminder

--B--
"""


@tagged("post_install", "-at_install")
class TestAnswer(SendingCommon):
    def setUp(self):
        super().setUp()
        self.company.credit_days_answer = 5
        self.invoice_late = self.bill_late()
        self.notice = self.send_today().notice_ids

    def receive_mail(self, text, **values):
        values = {"sender": self.customer.email, "reference": self.notice.message_reference, "headers": "", **values}
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, text.format(number=id(values), **values))

    def test_an_answer_pauses_what_comes_next_and_somebody_reads_it(self):
        self.receive_mail(ANSWER)
        self.assertEqual(self.notice.date_answered, self.today)
        self.assertEqual(self.notice.date_paused_to, self.today + timedelta(days=5))
        self.assertIn("The customer has answered", self.notice.activity_ids.mapped("summary"))
        self.assertIn("We pay on Friday", self.notice.message_ids[0].body)

    def test_an_automatic_answer_pauses_nothing(self):
        for header in ("Auto-Submitted: auto-replied\n", "X-Autoreply: yes\n", "Precedence: auto_reply\n"):
            self.receive_mail(ANSWER.replace("answer-", f"auto-{len(header)}-"), headers=header)
        self.assertFalse(self.notice.date_paused_to)

    def test_what_a_colleague_writes_pauses_nothing(self):
        colleague = self.make_user("sales", email="colleague@house.example")
        self.receive_mail(ANSWER, sender=colleague.email)
        self.assertFalse(self.notice.date_paused_to)

    def test_a_bounce_is_answered_with_a_letter_and_pauses_nothing(self):
        self.receive_mail(BOUNCE)
        self.assertEqual(self.channels_of(self.notice), [("email", "bounced"), ("letter", "open")])
        self.assertTrue(self.notice.file_id)
        self.assertFalse(self.notice.date_paused_to)
        self.assertIn("came back", " ".join(self.notice.activity_ids.mapped("summary")))

    def test_an_answer_becomes_a_promise_in_one_click(self):
        controller = self.make_user("controller", "biller")
        action = self.notice.with_user(controller).action_make_promise()
        promise = Form(self.env["credit.promise"].with_user(controller).with_context(**action["context"]))
        self.assertEqual((promise.amount, promise.profile_id.partner_id), (500.0, self.customer))
        self.assertEqual(promise.invoice_ids[:].ids, self.invoice_late.ids)

    def test_an_answer_becomes_a_dispute_in_one_click(self):
        controller = self.make_user("controller", "biller")
        action = self.notice.with_user(controller).action_make_dispute()
        dispute = Form(self.env["credit.dispute"].with_user(controller).with_context(**action["context"]))
        self.assertEqual((dispute.amount, dispute.move_id.id), (500.0, self.invoice_late.id))
