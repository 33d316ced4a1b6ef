"""The share that a customer holds back: a receivable that is due on its release, and neither late nor dunned before."""

import io

import openpyxl
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TermsCommon


@tagged("post_install", "-at_install")
class TestRetention(TermsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited")
        cls.terms = cls.make_retained(95, 5, 730)

    @classmethod
    def make_retained(cls, percent, retained, days):
        return cls.env["account.payment.term"].create({"name": "With retention", "line_ids": [
            Command.create({"value": "percent", "value_amount": percent, "nb_days": 30}),
            Command.create(
                {"value": "percent", "value_amount": retained, "nb_days": days, "credit_is_retention": True}
            ),
        ]})

    def bill(self):
        return self.make_invoice(
            self.customer, 100000.0, invoice_date="2026-02-01", date="2026-02-01", invoice_payment_term_id=self.terms.id
        )

    def test_five_percent_until_2028_leave_95_000_overdue(self):
        self.bill()
        profile = self.profile_of(self.customer)
        self.assertEqual(profile.amount_exposure, 100000.0)
        self.assertEqual(profile.amount_overdue, 95000.0)

    def test_the_list_knows_what_is_held_back_and_until_when(self):
        invoice = self.bill()
        domain = [("credit_is_retention", "=", True), ("move_id", "=", invoice.id)]
        item = self.env["account.move.line"].search(domain)
        self.assertEqual((str(item.date_maturity), item.balance), ("2028-02-01", 5000.0))
        biller = self.make_user("biller")
        item.with_user(biller).credit_release_condition = "Final inspection without defects"
        self.assertEqual(item.credit_release_condition, "Final inspection without defects")

    def test_terms_are_not_longer_by_it(self):
        self.assertEqual(self.terms.credit_days_max, 30)
        self.assertEqual(self.terms.credit_days_weighted, 28.5)  # 95 % of 30
        self.make_policy("terms_longer", days_terms_max=30)
        order = self.make_order(self.customer, 100, payment_term_id=self.terms.id)
        order.action_confirm()
        self.assertConfirmed(order)

    def test_what_is_more_than_a_fifth_is_no_retention(self):
        self.assertEqual(self.make_retained(80, 20, 365).credit_days_max, 30)
        with self.assertRaisesRegex(ValidationError, "hold back 21 %"):
            self.make_retained(79, 21, 365)

    def test_a_line_that_is_deleted_does_not_make_long_terms_short(self):
        self.terms.line_ids[0].unlink()
        self.assertEqual(self.terms.credit_days_max, 730)

    def test_a_fixed_amount_is_no_retention(self):
        with self.assertRaisesRegex(ValidationError, "is a percentage"):
            self.env["account.payment.term"].create({"name": "Fixed", "line_ids": [
                Command.create({"value": "fixed", "value_amount": 500, "nb_days": 730, "credit_is_retention": True}),
                Command.create({"value": "percent", "value_amount": 100, "nb_days": 30}),
            ]})

    def test_its_release_does_not_move_later_unseen(self):
        self.make_policy("limit_exceeded")
        item = self.bill().line_ids.filtered("credit_is_retention")
        biller = self.make_user("biller")
        item.with_user(biller).date_maturity = "2027-12-01"
        with self.assertRaises(UserError), self.env.cr.savepoint():
            item.with_user(biller).date_maturity = "2028-06-01"

    def audit_on(self, day):
        """Return the letter that an auditor's run as of a day has for the customer, the run drawn."""
        run = self.env["credit.confirmation"].create({
            "date": day, "auditor_name": "Lee & Partners", "auditor_email": "answers@lee.example",
            "sample": "amount", "sample_amount": 1.0,
        })
        run.action_draw()
        return run.letter_ids.filtered(lambda letter: letter.partner_id == self.customer)

    def test_an_auditors_letter_names_what_of_the_balance_is_held_back(self):
        invoice = self.bill()
        self._register_payment(invoice, payment_date="2026-03-01", amount=96000.0)  # 1,000 of the retention, too
        letter = self.audit_on("2026-03-31")
        self.assertEqual((letter.amount_total, letter.amount_retained), (4000.0, 4000.0))
        self.assertEqual(self.audit_on("2026-02-28").amount_retained, 5000.0)  # nothing was paid yet

    def test_what_was_due_for_release_is_held_back_no_more(self):
        self.terms = self.make_retained(95, 5, 60)
        self.bill()  # released on April 2
        self.assertEqual(self.audit_on("2026-04-01").amount_retained, 5000.0)
        self.assertEqual(self.audit_on("2026-04-02").amount_retained, 0.0)

    def test_the_auditors_workbook_has_a_column_of_it(self):
        self.bill()
        file = io.BytesIO()
        self.audit_on("2026-03-31").confirmation_id._write_xlsx(file)
        titles, *rows = openpyxl.load_workbook(file).worksheets[0].values
        column = titles.index("Retention")
        self.assertEqual([row[column] for row in rows if row[0] == self.customer.name], [5000])
