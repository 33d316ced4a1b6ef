"""When terms begin, days that are no business days, and what was paid in advance: one date, wherever it is read."""

import contextlib
from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TermsCommon


@tagged("post_install", "-at_install")
class TestDates(TermsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited")

    def bill_on(self, day, terms, amount=100.0, post=True, **values):
        return self.make_invoice(
            self.customer, amount, invoice_date=day, date=day, invoice_payment_term_id=terms.id, post=post, **values
        )

    def due(self, invoice):
        items = invoice.line_ids.filtered(lambda item: item.display_type == "payment_term")
        return sorted((str(item.date_maturity), item.balance) for item in items)

    def test_an_invoice_received_on_8_june_is_due_on_8_july(self):
        terms = self.make_terms("Received, 30 days", 30, credit_start="received")
        invoice = self.bill_on("2026-06-01", terms, post=False)
        self.assertEqual(self.due(invoice), [("2026-07-01", 100.0)])
        invoice.credit_date_received = "2026-06-08"
        self.assertEqual(self.due(invoice), [("2026-07-08", 100.0)])
        self.assertEqual(str(invoice.invoice_date_due), "2026-07-08")
        invoice.action_post()
        [item] = self.env["credit.open.item"].search([("move_id", "=", invoice.id)])
        self.assertEqual(str(item.date_due), "2026-07-08")

    def test_a_later_receipt_of_a_posted_invoice_is_the_controllers(self):
        self.make_policy("limit_exceeded")
        invoice = self.bill_on("2026-06-01", self.make_terms("Received, 30 days", 30, credit_start="received"))
        with self.assertRaises(AccessError):
            invoice.with_user(self.make_user("biller")).credit_date_received = "2026-06-08"
        invoice.with_user(self.make_user("biller", "controller")).credit_date_received = "2026-06-08"
        self.assertEqual(self.due(invoice), [("2026-07-08", 100.0)])
        self.assertEqual(str(invoice.invoice_date_due), "2026-07-08")
        row = self.env["credit.log"].search([("res_model", "=", "account.move"), ("res_id", "=", invoice.id)], limit=1)
        self.assertEqual((row.value_before, row.value_after), ("2026-07-01", "2026-07-08"))

    def test_a_receipt_in_years_is_long_terms(self):
        self.make_policy("terms_longer", days_terms_max=30)
        terms = self.make_terms("Received, 30 days", 30, credit_start="received")
        invoice = self.make_invoice(self.customer, 100.0, post=False, invoice_payment_term_id=terms.id)
        invoice.write({"invoice_date": self.today, "credit_date_received": self.today + timedelta(days=1)})
        self.assertEqual(invoice._credit_get_days_terms(self.today), 31)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            invoice.action_post()
        invoice.credit_date_received = self.today
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_terms_may_begin_with_the_delivery(self):
        invoice = self.bill_on("2026-06-01", self.make_terms("Delivered", 30, credit_start="delivery"), post=False)
        invoice.delivery_date = "2026-05-20"
        self.assertEqual(self.due(invoice), [("2026-06-19", 100.0)])

    def test_a_delivery_that_is_noted_later_does_not_move_a_posted_debt_unseen(self):
        self.make_policy("limit_exceeded")
        invoice = self.bill_on("2026-06-01", self.make_terms("Delivered", 30, credit_start="delivery"))
        before = self.due(invoice)
        with contextlib.suppress(AccessError), self.env.cr.savepoint():
            invoice.with_user(self.make_user("biller")).delivery_date = "2026-08-20"
        self.assertEqual(self.due(invoice), before)

    def test_terms_may_begin_with_the_statement_day_and_run_longer_by_it(self):
        terms = self.make_terms("25th, 30 days", 30, credit_start="statement", credit_statement_day=25)
        self.assertEqual(self.due(self.bill_on("2026-06-10", terms)), [("2026-07-25", 100.0)])
        self.assertEqual(self.due(self.bill_on("2026-06-26", terms)), [("2026-08-24", 100.0)])
        # 26 January to 25 February are 30 days, and 30 more; in July and August it is 31 and 30
        self.assertEqual(terms.credit_days_max, 60)
        with self.assertRaises(ValidationError):
            terms.credit_statement_day = 32

    def test_a_saturday_is_moved_where_the_terms_say_so(self):
        """16 July and 30 days is Saturday, 15 August 2026."""
        for choice, day in (("as_is", "2026-08-15"), ("following", "2026-08-17"), ("preceding", "2026-08-14")):
            terms = self.make_terms(choice, 30, credit_business_days=choice)
            self.assertEqual(self.due(self.bill_on("2026-07-16", terms)), [(day, 100.0)])

    def test_a_public_holiday_of_the_root_company_is_no_business_day(self):
        calendar = self.company.root_id.resource_calendar_id
        self.env["resource.calendar.leaves"].create({
            "name": "Holiday", "calendar_id": calendar.id, "date_from": "2026-08-16 20:00:00",
            "date_to": "2026-08-17 22:00:00",
        })
        terms = self.make_terms("Following", 30, credit_business_days="following")
        self.assertEqual(self.due(self.bill_on("2026-07-16", terms)), [("2026-08-18", 100.0)])

    def test_c06_what_was_paid_in_advance_is_not_asked_for_again(self):
        terms = self.make_terms("70 % in advance", 0, 30)
        first, last = terms.line_ids
        first.write({"value_amount": 70, "credit_is_in_advance": True})
        last.value_amount = 30
        order = self.make_confirmed(self.customer, 10000.0, payment_term_id=terms.id)
        advance = self._create_down_payment_invoice(order, "fixed", 7000.0)
        advance.invoice_date = "2026-03-01"
        self.assertEqual(self.due(advance), [("2026-03-01", 7000.0)], "a down payment is in advance as a whole")
        advance.action_post()
        self.pay(advance)
        rest = order._create_invoices(final=True)
        rest.invoice_date = "2026-03-10"
        self.assertEqual(self.due(rest), [("2026-04-09", 3000.0)])
        rest.action_post()
        self.assertEqual(self.due(rest), [("2026-04-09", 3000.0)])

    def test_less_in_advance_than_agreed_is_due_at_once(self):
        terms = self.make_terms("70 % in advance", 0, 30)
        terms.line_ids[0].write({"value_amount": 70, "credit_is_in_advance": True})
        terms.line_ids[1].value_amount = 30
        order = self.make_confirmed(self.customer, 10000.0, payment_term_id=terms.id)
        advance = self._create_down_payment_invoice(order, "fixed", 5000.0)
        advance.invoice_date = "2026-03-01"
        advance.action_post()
        rest = order._create_invoices(final=True)
        rest.invoice_date = "2026-03-10"
        self.assertEqual(self.due(rest), [("2026-03-10", 2000.0), ("2026-04-09", 3000.0)])

    def test_each_installment_ages_and_is_paid_by_itself(self):
        """C09: 10,000 on 10 January 2026 in three parts; 4,000 paid on 19 February."""
        terms = self.env["account.payment.term"].create({"name": "Thirds", "line_ids": [
            Command.create({"value": "percent", "value_amount": share, "nb_days": days})
            for share, days in ((33.33, 30), (33.33, 60), (33.34, 90))
        ]})
        invoice = self.bill_on("2026-01-10", terms, 10000.0)
        self.assertEqual(
            self.due(invoice), [("2026-02-09", 3333.0), ("2026-03-11", 3333.0), ("2026-04-10", 3334.0)]
        )
        self._register_payment(invoice, payment_date=date(2026, 2, 19), amount=4000.0)
        found = {day: self.columns(invoice, day) for day in ("2026-02-15", "2026-03-31")}
        self.assertEqual(found["2026-02-15"], {"late": 3333.0, "not due": 6667.0})
        self.assertEqual(found["2026-03-31"], {"late": 2666.0, "not due": 3334.0})

    def columns(self, invoice, day):
        self.env.invalidate_all()  # a row has one day in a request
        items = self.env["credit.open.item"].with_context(credit_aging_as_of=day).search([("move_id", "=", invoice.id)])
        late = items.filtered(lambda item: str(item.date_due) < day)
        return {"late": sum(late.mapped("amount")), "not due": sum((items - late).mapped("amount"))}
