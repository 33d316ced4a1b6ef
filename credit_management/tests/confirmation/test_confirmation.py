"""An auditor's confirmation run: the sample, the letters, the answers that go to the auditor, and what is tested."""

import io
from datetime import timedelta
from unittest.mock import patch

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..statement.common import StatementCommon


class ConfirmationCommon(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = {}
        for name in ("Azure", "Birch", "Cedar", "Dune", "Elm"):
            partner = cls.make_customer(name=name)
            partner.email = f"books@{name.lower()}.example"
            cls.names[name] = partner
        cls.day = "2026-06-30"

    def setUp(self):
        super().setUp()
        own = self.company._credit_company()
        # what other tests and the demo have left is not what is counted here
        self.others = self.env["credit.confirmation"].create(
            {"date": self.day, "auditor_name": "x", "auditor_email": "x@audit.example"}
        )._read_population()
        self.assertFalse({key for key, balance in self.others.items() if balance}, own.name)
        self.invoices = {
            name: self.invoice(amount, "2026-05-01", partner=self.names[name])
            for name, amount in (("Azure", 500.0), ("Birch", 300.0), ("Cedar", 200.0))
        }
        settled = self.invoice(80.0, "2026-05-01", partner=self.names["Elm"])
        self.pay_on(settled, 80.0, "2026-05-20")
        self.pay_on(self.invoice(50.0, "2026-05-01", partner=self.names["Dune"]), 100.0, "2026-05-20")

    def make(self, **values):
        return self.env["credit.confirmation"].create(
            {"date": self.day, "auditor_name": "Lee & Partners", "auditor_email": "answers@lee.example", **values}
        )

    def asked(self, run):
        return [(letter.partner_id.name, letter.amount_total) for letter in run.letter_ids.sorted("id")]

    def letter(self, run, name):
        return run.letter_ids.filtered(lambda letter: letter.partner_id == self.names[name])


@tagged("post_install", "-at_install")
class TestConfirmationSample(ConfirmationCommon):
    def drawn(self, **values):
        run = self.make(**values)
        run.action_draw()
        return self.asked(run)

    def test_samples_by_value(self):
        self.assertEqual(self.drawn(sample="largest", sample_count=2), [("Azure", 500.0), ("Birch", 300.0)])
        self.assertEqual(self.drawn(sample="amount", sample_amount=200.0),
                         [("Azure", 500.0), ("Birch", 300.0), ("Cedar", 200.0)])
        self.assertEqual(self.drawn(sample="coverage", sample_percent=80.0), [("Azure", 500.0), ("Birch", 300.0)])
        self.assertEqual(self.drawn(sample="coverage", sample_percent=50.0), [("Azure", 500.0)])

    def test_chance_draws_the_same_with_the_same_seed(self):
        first, again = (self.drawn(sample="random", sample_count=2, seed=11) for _time in range(2))
        self.assertEqual(first, again)
        self.assertEqual(len(first), 2)

    def test_zero_and_credit_balances_are_drawn_as_well(self):
        found = self.drawn(sample="largest", sample_count=1, zero_count=1, credit_count=1)
        self.assertEqual(found, [("Azure", 500.0), ("Elm", 0.0), ("Dune", -50.0)])

    def test_what_was_booked_later_is_in_no_balance(self):
        self.invoice(9000.0, "2026-07-01", partner=self.names["Cedar"])
        self.pay_on(self.invoices["Azure"], 500.0, "2026-07-05")
        self.assertEqual(self.drawn(sample="largest", sample_count=1), [("Azure", 500.0)])

    def test_a_letter_has_balance_advances_and_sales_of_the_year(self):
        self.make_invoice(self.names["Azure"], 70.0, invoice_date="2025-12-31", date="2025-12-31")
        run = self.make(sample="largest", sample_count=1)
        run.action_draw()
        letter = run.letter_ids
        self.assertEqual((letter.amount_total, letter.amount_sales, letter.amount_advance), (570.0, 500.0, 0.0))
        html = self.env["ir.actions.report"]._render_qweb_html("credit_management.report_statement", letter.ids)[0]
        html = " ".join(html.decode().replace("\xa0", " ").split())
        for text in ("Confirmation of Balance", "Lee &amp; Partners", "You owe us", "570.00", "no request for payment",
                     "answers@lee.example", "The figures agree with our books.", "access_token="):
            self.assertIn(text, html)
        for text in ("Remittance slip", "Principal only"):
            self.assertNotIn(text, html)

    def test_a_letter_names_retention_where_something_knows_of_it(self):
        run, azure = self.make(sample="largest", sample_count=1), self.names["Azure"]
        with patch.object(type(run), "_read_retained", lambda _run, _partners: {azure.id: 25.0}):
            run.action_draw()
        letter = run.letter_ids
        self.assertEqual((letter.amount_total, letter.amount_retained), (500.0, 25.0))
        html = self.env["ir.actions.report"]._render_qweb_html("credit_management.report_statement", letter.ids)[0]
        self.assertIn("Of it, retention that you hold back", html.decode())

    def test_with_nobody_to_ask_it_says_so(self):
        with self.assertRaisesRegex(UserError, "Nobody is asked"):
            self.make(sample="amount", sample_amount=10_000.0).action_draw()
        with self.assertRaisesRegex(UserError, "or an earlier day"):
            self.make(date=self.today + timedelta(days=1)).action_draw()

    def test_an_auditor_without_an_address_is_refused(self):
        with self.assertRaisesRegex(UserError, "not to us"):
            self.make(auditor_email=False)
        with self.assertRaisesRegex(UserError, "is no e-mail address"):
            self.make(auditor_email="nonsense")

    def test_what_was_drawn_is_not_changed_and_is_drawn_anew_while_nothing_was_sent(self):
        run = self.make(sample="largest", sample_count=1)
        run.action_draw()
        with self.assertRaisesRegex(AccessError, "not changed by hand"):
            run.with_user(self.make_user("biller")).write({"seed": 5})
        run.action_discard()
        self.assertEqual((run.state, len(run.letter_ids)), ("draft", 0))
        run.write({"sample_count": 2})
        run.action_draw()
        run.letter_ids[0].action_send()
        with self.assertRaisesRegex(UserError, "were sent"):
            run.action_discard()
        with self.assertRaisesRegex(UserError, "were sent"):
            run.unlink()

    def test_accountants_make_runs_and_nobody_else_sees_them(self):
        biller = self.make_user("biller")
        run = self.make(sample="largest", sample_count=2).with_user(biller)
        run.action_draw()
        run.action_send()
        self.assertEqual(run.state, "sent")
        self.names["Azure"].user_id = seller = self.seller("confirmation-seller")
        for user in (seller, self.make_user("credit_user")):
            for records in (run, run.letter_ids, run.letter_ids.line_ids):
                with self.assertRaises(AccessError):
                    records.with_user(user).check_access("read")

    def test_a_run_cannot_claim_that_it_was_drawn(self):
        with self.assertRaisesRegex(AccessError, "draw its sample"):
            self.env["credit.confirmation"].with_user(self.make_user("biller")).create(
                {"date": self.day, "auditor_name": "x", "auditor_email": "x@audit.example", "state": "done"}
            )

    def test_runs_of_other_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user("biller", login="stranger-biller", company_id=other.id,
                                  company_ids=[Command.set(other.ids)])
        with self.assertRaises(AccessError):
            self.make().with_user(stranger).check_access("read")


@tagged("post_install", "-at_install")
class TestConfirmationAnswer(ConfirmationCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.audit = self.make(sample="largest", sample_count=3, zero_count=1)
        self.audit.action_draw()

    def test_letters_go_out_and_replies_go_to_the_auditor(self):
        self.audit.action_send()
        self.assertEqual(self.audit.state, "sent")
        letter = self.letter(self.audit, "Azure")
        message = letter.message_ids.filtered("attachment_ids")
        self.assertEqual((message.reply_to, message.partner_ids), ("answers@lee.example", self.names["Azure"]))
        self.assertIn("no request for payment", message.body)
        self.assertTrue(letter.pdf_sha256)

    def test_letters_without_an_address_are_printed(self):
        self.names["Birch"].email = False
        left = self.audit.action_send()
        self.assertIn("1 letters are left", left["params"]["message"])
        self.assertEqual((self.audit.state, self.letter(self.audit, "Birch").state), ("drawn", "draft"))
        with self.assertRaisesRegex(UserError, "Print them"):
            self.audit.action_send()
        self.audit.action_mark_sent()
        self.assertEqual(self.audit.state, "sent")

    def test_the_answer_of_the_page_goes_to_the_auditor(self):
        self.audit.action_send()
        letter = self.letter(self.audit, "Azure")
        line = letter.open_line_ids
        letter._note_differences({line: (420.0, "Credit note")}, name="Ann Li", method="click")
        mail = self.env["mail.mail"].search([("model", "=", letter._name), ("res_id", "=", letter.id),
                                             ("email_to", "=", "answers@lee.example")])
        self.assertEqual(len(mail), 1)
        self.assertIn("does not agree", mail.body_html)
        self.assertIn("420.00", mail.body_html)
        self.assertEqual(letter.amount_difference, 80.0)

    def test_a_customer_that_owes_nothing_says_what_its_books_say(self):
        self.audit.action_send()
        letter = self.letter(self.audit, "Elm")
        letter._note_differences({letter.open_line_ids: (30.0, "Old invoice")}, name="Eva", method="phone")
        self.assertEqual((letter.amount_total, letter.amount_difference), (0.0, -30.0))

    def test_the_figures_say_what_came_of_it(self):
        self.audit.action_send()
        audit = self.audit
        self.assertEqual((audit.letter_count, audit.amount_asked, audit.percent_coverage), (4, 1000.0, 100.0))
        self.letter(self.audit, "Azure")._note_agreed(name="Ann", method="phone")
        self.letter(self.audit, "Elm")._note_agreed(name="Eva", method="phone")
        birch = self.letter(self.audit, "Birch")
        birch._note_differences({birch.open_line_ids: (270.0, "")}, name="Bob", method="phone")
        self.env.invalidate_all()
        self.assertEqual(
            (self.audit.agreed_count, self.audit.amount_agreed, self.audit.differs_count, self.audit.amount_differs,
             self.audit.open_count, self.audit.amount_open),
            (2, 500.0, 1, 30.0, 1, 200.0),
        )
        self.assertEqual(self.audit.state, "sent")

    def test_without_an_answer_receipts_since_are_looked_at(self):
        self.audit.action_send()
        self.pay_on(self.invoices["Cedar"], 150.0, "2026-07-10")
        cedar = self.letter(self.audit, "Cedar")
        cedar.action_test_otherwise()
        self.assertEqual((cedar.amount_received_since, cedar.amount_unproved, cedar.is_tested), (150.0, 50.0, True))
        self.pay_on(self.invoices["Cedar"], 50.0, "2026-07-20")
        cedar.action_test_otherwise()  # again, with what has come meanwhile
        self.assertEqual((cedar.amount_received_since, cedar.amount_unproved), (200.0, 0.0))
        for name in ("Azure", "Birch", "Elm"):
            self.letter(self.audit, name)._note_agreed(name="A", method="phone")
        self.assertEqual((self.audit.state, self.audit.tested_count, self.audit.amount_tested), ("done", 1, 200.0))

    def test_what_was_agreed_or_not_sent_is_not_tested_otherwise(self):
        cedar = self.letter(self.audit, "Cedar")
        with self.assertRaisesRegex(UserError, "once it was sent"):
            cedar.action_test_otherwise()
        self.audit.action_send()
        cedar._note_agreed(name="A", method="phone")
        with self.assertRaisesRegex(UserError, "once it was sent"):
            cedar.action_test_otherwise()

    def test_the_workbook_has_letters_run_and_population(self):
        self.audit.action_send()
        self.letter(self.audit, "Azure")._note_agreed(name="Ann Li", method="phone")
        file = io.BytesIO()
        self.audit._write_xlsx(file)
        book = openpyxl.load_workbook(file)
        letters, about, population = (list(sheet.values) for sheet in book.worksheets)
        self.assertEqual((letters[1][0], letters[2][0], letters[2][2]), ("Agreed", "Azure", 500))
        self.assertIn(("Seed", self.audit.seed), [row[:2] for row in about])
        self.assertIn(("Cedar", self.names["Cedar"].id, 200), [row[:3] for row in population])

    def test_the_workbook_is_for_who_may_read_the_run(self):
        self.audit.action_send()
        url = f"/credit/confirmation/{self.audit.id}/xlsx"
        self.make_user("biller", login="run-biller", password="run-biller")
        self.authenticate("run-biller", "run-biller")
        self.assertTrue(self.url_open(url).content.startswith(b"PK"))
        new_test_user(self.env, "run-nobody", groups="base.group_user", password="run-nobody")
        self.authenticate("run-nobody", "run-nobody")
        self.assertFalse(self.url_open(url).content.startswith(b"PK"))

    def test_runs_are_in_no_menu_of_kinds(self):
        kinds = dict(self.env["credit.statement.make"]._fields["kind"]._description_selection(self.env))
        self.assertEqual(set(kinds), {"open", "movements", "delivered"})

    def test_without_the_auditors_e_mail_the_page_takes_no_answer(self):
        self.audit.write({"auditor_address": "7 Quay Street", "auditor_email": False})
        self.audit.action_mark_sent()
        letter = self.letter(self.audit, "Azure")
        self.assertNotIn("statement_name", self.url_open(letter.get_portal_url()).text)
        self.audit.auditor_email = "answers@lee.example"
        self.env.flush_all()
        self.assertIn("goes to the auditor", self.url_open(letter.get_portal_url()).text)
