"""What a customer says: on the page of the statement, or another way; and what becomes of it."""

import re
from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import StatementCommon

PNG = (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
       b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82")


@tagged("post_install", "-at_install")
class TestStatementAnswer(StatementCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.first = self.invoice(1000.0, "2026-04-01")
        self.second = self.invoice(250.0, "2026-06-15")
        self.statement = self.sent()
        self.line = self.statement.open_line_ids.filtered(lambda line: line.move_id == self.first)

    def url(self, suffix="", token=None):
        return f"/my/statements/{self.statement.id}{suffix}?access_token={token or self.statement.access_token}"

    def post(self, suffix, files=None, **values):
        page = self.url_open(self.url()).text
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        answer = self.url_open(self.url(suffix), data={"csrf_token": csrf, **values}, files=files)
        self.env.invalidate_all()
        return answer.text

    def test_the_customer_agrees_on_the_page(self):
        page = self.url_open(self.url()).text.replace("\xa0", " ")
        self.assertIn("1,250.00", page)
        self.assertIn("Principal only", page)
        text = self.post("/agree", name="Ann Li", function="Chief accountant")
        self.assertIn("Thank you. We have received your answer.", text)
        self.assertEqual(
            (self.statement.state, self.statement.answer_name, self.statement.answer_function,
             self.statement.answer_method),
            ("agreed", "Ann Li", "Chief accountant", "click"),
        )
        self.assertTrue(self.statement.answer_time)

    def test_a_sealed_copy_is_kept(self):
        self.post("/agree", files={"scan": ("seal.png", PNG, "image/png")}, name="Ann Li")
        self.assertEqual((self.statement.state, self.statement.answer_method), ("agreed", "signature"))
        self.assertEqual(self.statement.answer_scan_id.raw, PNG)

    def test_a_copy_that_is_neither_pdf_nor_picture_is_refused_and_nothing_kept(self):
        text = self.post("/agree", files={"scan": ("x.txt", b"hello", "text/plain")}, name="Ann Li")
        self.assertIn("as a PDF or a picture", text)
        self.assertEqual(self.statement.state, "sent")
        self.assertFalse(self.env["ir.attachment"].search([("name", "=", "x.txt")]))

    def test_the_customer_says_what_differs_line_by_line(self):
        self.post("/differ", name="Ann Li", **{f"amount_{self.line.id}": "900", f"words_{self.line.id}": "Short by 10"})
        self.assertEqual(self.statement.state, "differs")
        contested = self.statement.line_ids.filtered("is_contested")
        self.assertEqual(contested, self.line)
        self.assertEqual((contested.amount_answer, contested.amount_difference), (900.0, 100.0))
        self.assertEqual(self.statement.activity_ids.user_id, self.statement.user_id)
        self.assertFalse(contested.dispute_id)  # nobody takes own invoices out of the rules
        told = self.url_open(self.url()).text.partition("o_statement_told")[2].partition("</ul>")[0]
        self.assertIn("900.00", told)
        self.assertIn("Short by 10", told)

    def test_a_difference_needs_a_line_or_a_word(self):
        self.assertIn("Please say what differs", self.post("/differ", name="Ann Li"))
        wrong = self.post("/differ", name="Ann Li", **{f"amount_{self.line.id}": "nan"})
        self.assertIn("Please enter an amount beside", wrong)
        self.assertIn("Please enter the name", self.post("/differ", name=" ", note="Missing credit note"))
        self.assertEqual(self.statement.state, "sent")
        self.post("/differ", name="Ann Li", note="Missing credit note")
        self.assertEqual((self.statement.state, self.statement.answer_note), ("differs", "Missing credit note"))

    def test_an_answer_is_given_once(self):
        self.post("/agree", name="Ann Li")
        self.assertNotIn("statement_name", self.url_open(self.url()).text)
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.statement._note_differences({}, name="X", method="phone", note="x")

    def test_other_tokens_and_drafts_are_refused(self):
        self.assertNotIn(self.statement.name, self.url_open(self.url(token="wrong")).text)
        other = self.state("2026-06-30", kind="movements", date_from="2026-06-01")
        other._portal_ensure_token()
        self.assertNotIn(self.statement.name, self.url_open(self.url(token=other.access_token)).text)
        draft = f"/my/statements/{other.id}?access_token={other.access_token}"
        self.assertNotIn(other.name, self.url_open(draft).text)

    def test_a_customer_who_is_logged_in_sees_the_own_statement_and_no_other(self):
        def log_in(partner, login):
            contact = self.env["res.partner"].create({"name": login, "parent_id": partner.id})
            new_test_user(self.env, login, groups="base.group_portal", password=login, partner_id=contact.id,
                          company_id=self.company.id, company_ids=[Command.set(self.company.ids)])
            self.authenticate(login, login)

        url = f"/my/statements/{self.statement.id}"
        log_in(self.customer, "statement-own")
        self.assertIn(self.statement.name, self.url_open(url).text)
        log_in(self.make_customer(name="Stranger"), "statement-stranger")
        self.assertNotIn(self.statement.name, self.url_open(url).text)
        for file in ("/pdf", "/xlsx"):
            self.assertNotIn("Content-Disposition", self.url_open(url + file).headers)

    def test_files_are_those_that_went_out(self):
        answer = self.url_open(self.url("/pdf"))
        self.assertEqual(answer.content, b"%PDF-1.4")
        self.assertTrue(self.url_open(self.url("/xlsx")).content.startswith(b"PK"))

    def test_nobody_inside_answers_with_a_click(self):
        self.make_user("biller", login="inside-user", password="inside-user")
        self.authenticate("inside-user", "inside-user")
        page = self.url_open(self.url()).text
        self.assertIn("You see the page of the customer", page)
        self.assertNotIn("statement_name", page)

    def test_a_signed_letter_is_noted_with_its_copy(self):
        wizard = self.env["credit.statement.answer"].create({"statement_id": self.statement.id, "name": "Ann Li"})
        with self.assertRaisesRegex(UserError, "attach the signed copy"):
            wizard.action_note()
        wizard.write({"scan": b64encode(PNG), "scan_name": "seal.png"})
        wizard.action_note()
        self.assertEqual((self.statement.state, self.statement.answer_method), ("agreed", "seal"))
        self.assertEqual(self.statement.answer_user_id, self.env.user)

    def test_differences_become_disputes_by_whoever_may(self):
        wizard = self.env["credit.statement.answer"].create(
            {"statement_id": self.statement.id, "name": "Ann Li", "method": "phone", "result": "differs"}
        )
        self.assertEqual(wizard.line_ids.mapped("amount"), [1000.0, 250.0])
        wizard.line_ids[0].write({"amount": 880.0, "note": "Damaged"})
        wizard.action_note()
        self.assertTrue(self.statement.has_differences)
        self.assertEqual(len(self.statement.activity_ids), 1)
        with self.assertRaises(AccessError):
            self.statement.with_user(self.make_user("credit_user")).action_open_disputes()
        self.statement.with_user(self.make_user("controller")).action_open_disputes()
        dispute = self.env["credit.dispute"].search([("move_id", "=", self.first.id)])
        self.assertEqual((dispute.amount, dispute.reason), (120.0, "Damaged"))
        self.assertEqual(self.line.dispute_id, dispute)
        self.assertFalse(self.statement.has_differences)
        self.assertFalse(self.statement.activity_ids)  # somebody has looked
        self.statement.action_open_disputes()
        self.assertEqual(self.env["credit.dispute"].search_count([("move_id", "=", self.first.id)]), 1)
