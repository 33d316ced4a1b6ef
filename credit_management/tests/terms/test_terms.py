"""Payment terms are as long as the due dates that they produce, not as a number of days on a line."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestTerms(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(100_000)
        cls.make_policy("terms_longer", days_terms_max=30)

    def assertRefused(self, step):  # noqa: N802
        with self.assertRaises(UserError), self.env.cr.savepoint():
            step()

    def make_terms(self, delay_type, days, **values):
        line = Command.create({"delay_type": delay_type, "nb_days": days, **values})
        return self.env["account.payment.term"].create({"name": delay_type, "line_ids": [line]})

    def assertLongest(self, days, *terms, **values):  # noqa: N802
        self.assertEqual(self.make_terms(*terms, **values)._credit_get_days(), days)

    def test_the_longest_run_is_that_of_the_worst_day_of_a_year(self):
        self.assertLongest(30, "days_after", 30)
        # 1 January to 31 January is 30 days, and 5 more
        self.assertLongest(35, "days_after_end_of_month", 5)
        # 1 July to 31 August is 61 days
        self.assertLongest(61, "days_after_end_of_next_month", 0)
        self.assertLongest(91, "days_after_end_of_next_month", 30)
        # 1 January and 30 days is 31 January; the 15th of the next month is 45 days away, from 2 July 31 + 14 = 75
        self.assertLongest(75, "days_end_of_month_on_the", 30, days_next_month="15")

    def test_every_way_of_delay_is_held_that_runs_longer_than_allowed(self):
        for terms in (
            self.make_terms("days_after_end_of_next_month", 30),
            self.make_terms("days_after_end_of_month", 30),
            self.make_terms("days_after_end_of_next_month", 0),
            self.make_terms("days_end_of_month_on_the", 30, days_next_month="15"),
        ):
            self.assertRefused(self.make_order(self.customer, 100, payment_term_id=terms.id).action_confirm)
        self.make_order(self.customer, 100, payment_term_id=self.make_terms("days_after", 30).id).action_confirm()

    def test_an_instalment_in_between_does_not_matter(self):
        first = Command.create({"value": "percent", "value_amount": 50, "nb_days": 10})
        last = Command.create({"value": "percent", "value_amount": 50, "nb_days": 45})
        terms = self.env["account.payment.term"].create({"name": "Two", "line_ids": [first, last]})
        self.assertEqual(terms._credit_get_days(), 45)

    def test_a_direct_invoice_is_measured_like_an_order(self):
        terms = self.make_terms("days_after_end_of_next_month", 10)
        invoice = self.make_invoice(self.customer, 100, post=False)
        invoice.invoice_payment_term_id = terms
        self.assertRefused(invoice.action_post)

    def test_an_invoice_dated_ahead_is_measured_from_today(self):
        ahead = self.today + timedelta(days=730)
        invoice = self.make_invoice(self.customer, 100, post=False)
        invoice.write({"invoice_date": ahead, "invoice_date_due": ahead})
        self.assertEqual(invoice._credit_get_days_terms(self.today), 730)
        self.assertRefused(invoice.action_post)
        invoice.write({"invoice_payment_term_id": self.make_terms("days_after", 10).id})
        self.assertEqual(invoice._credit_get_days_terms(self.today), 740)
