"""Nobody makes a bill that runs honoured by saying later when, or by what, it was paid.

A bill of 500 with a risk of 30 days came ten days ago: it stays in the exposure.
"""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestPaymentStays(CreditCommon):
    def setUp(self):
        super().setUp()
        self.make_policy("limit_exceeded")
        self.customer = self.make_customer(1000)
        self.make_invoice(self.customer, 500)
        self.method = self.inbound_payment_method_line.copy({"name": "Bill", "credit_days_risk": 30})
        self.biller = self.make_user("biller", login="biller")
        day = self.today - timedelta(days=10)
        self.payment = self.receive(self.customer, 500, date=day, payment_method_line_id=self.method.id)

    def test_a_biller_changes_neither_the_day_nor_the_method_of_a_confirmed_payment(self):
        self.assertExposure(self.customer, 500)
        for values in (
            {"date": str(self.today - timedelta(days=40))},
            {"payment_method_line_id": self.inbound_payment_method_line.id},
        ):
            with self.assertRaisesRegex(AccessError, "stays as it is"), self.env.cr.savepoint():
                self.payment.with_user(self.biller).write(values)
        self.payment.with_user(self.biller).write({"date": str(self.payment.date), "memo": "Thanks"})
        self.assertExposure(self.customer, 500)

    def test_a_biller_changes_neither_whose_a_confirmed_payment_is_nor_how_much(self):
        """What the bank has not honoured yet would be another customer's debt, or nobody's."""
        other = self.make_customer(1000, "Other")
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.5)])
        for values in ({"partner_id": other.id}, {"amount": 1}, {"currency_id": euro.id}, {"payment_type": "outbound"},
                       {"partner_type": "supplier"}):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "stays as it is"), self.env.cr.savepoint():
                self.payment.with_user(self.biller).write(values)
        self.assertExposure(self.customer, 500)
        self.payment.with_user(self.biller).write({"partner_id": self.customer.id, "amount": 500.0})

    def test_nor_its_journal_nor_the_entry_that_waits_for_it(self):
        other = self.receive(self.customer, 1)
        for values in (
            {"journal_id": self.payment.journal_id.copy({"code": "BNK9"}).id}, {"move_id": other.move_id.id},
            {"move_id": False},
        ):
            with self.assertRaisesRegex(AccessError, "stays as it is"), self.env.cr.savepoint():
                self.payment.with_user(self.biller).write(values)

    def test_a_draft_is_the_billers(self):
        self.payment.action_draft()
        self.payment.with_user(self.biller).date = self.today
        self.assertEqual(self.payment.date, self.today)
