"""What was open on a day: worked cases, each figure by hand."""

from datetime import date

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import OpenItemCommon


@tagged("post_install", "-at_install")
class TestOpenItems(OpenItemCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    def invoice(self, amount, day, due, **values):
        return self.make_invoice(self.customer, amount, invoice_date=day, date=day, invoice_date_due=due, **values)

    def pay_on(self, invoice, amount, day, **values):
        return self._register_payment(invoice, payment_date=day, amount=amount, **values)

    def trade(self, day):
        return sum(amount for kind, amount, _amount_currency in self.open_on(day, self.customer) if kind == "trade")

    def test_later_payments_do_not_change_the_past(self):
        """C25: 1,200 of 5 January; 500 paid on 20 February, a credit note of 200 on 10 March, 500 on 2 April."""
        invoice = self.invoice(1200, "2026-01-05", "2026-02-04")
        self.pay_on(invoice, 500, "2026-02-20")
        refund = self.invoice(200, "2026-03-10", "2026-03-10", move_type="out_refund")
        (invoice + refund).line_ids.filtered(lambda item: item.account_type == "asset_receivable").reconcile()
        self.pay_on(invoice, 500, "2026-04-02")
        days = ("2026-01-04", "2026-01-31", "2026-02-19", "2026-02-28", "2026-03-31", "2026-04-01", "2026-04-30")
        self.assertEqual([self.trade(day) for day in days], [0.0, 1200.0, 1200.0, 700.0, 500.0, 500.0, 0.0])
        self.assertEqual(self.open_on("2026-04-30", self.customer), [])

    def test_a_match_counts_from_the_later_of_its_two_days(self):
        """C26: paid on 20 September, invoiced on 5 October, matched on 13 November."""
        payment = self.receive(self.customer, 1000, date="2025-09-20")
        invoice = self.invoice(1000, "2025-10-05", "2025-11-04")
        lines = (payment.move_id + invoice).line_ids
        lines.filtered(lambda item: item.account_type == "asset_receivable").reconcile()
        self.assertEqual(self.open_on("2025-09-19", self.customer), [])
        self.assertEqual(self.open_on("2025-09-30", self.customer), [("trade", -1000.0, -1000.0)])
        self.assertEqual(self.open_on("2025-10-04", self.customer), [("trade", -1000.0, -1000.0)])
        for day in ("2025-10-05", "2025-10-31", "2025-11-30"):
            self.assertEqual(self.open_on(day, self.customer), [], day)

    def make_foreign(self, *rates):
        """Return a currency of which the rates are units for one of the company's."""
        return self.setup_other_currency("EUR", rates=[("1900-01-01", rates[0]), *rates[1:]])

    def test_an_exchange_difference_is_a_row_of_its_own_until_it_is_booked(self):
        """C27 (a), (c): 1,000 at 1.25 are 800; paid at 1.20 they are 833.33. Odoo books the gain of 33.33 on 30 April:
        until then 33.33 more was received than was owed, and in the foreign currency nothing is open."""
        foreign = self.make_foreign(1.25, ("2026-04-01", 1.20))
        invoice = self.invoice(1000, "2026-03-01", "2026-03-31", currency_id=foreign.id)
        self.assertEqual(self.open_on("2026-04-14", self.customer), [("trade", 800.0, 1000.0)])
        self.pay_on(invoice, 1000, "2026-04-15", currency_id=foreign.id)
        self.assertEqual(self.open_on("2026-04-14", self.customer), [("trade", 800.0, 1000.0)])
        self.assertEqual(self.open_on("2026-04-20", self.customer), [("exchange", -33.33, 0.0)])
        [row] = self.read_items(date(2026, 4, 20), self.customer.ids)
        self.assertEqual(row["date_booked"], date(2026, 4, 30))
        self.assertEqual(self.open_on("2026-04-30", self.customer), [])

    def test_a_part_payment_in_a_foreign_currency_leaves_the_rest_at_its_own_rate(self):
        """C27 (b): 400 of 1,000 are paid at 1.20: 333.33 for 320; 600 are open, 480 at 1.25."""
        foreign = self.make_foreign(1.25, ("2026-04-01", 1.20))
        invoice = self.invoice(1000, "2026-03-01", "2026-03-31", currency_id=foreign.id)
        self.pay_on(invoice, 400, "2026-04-15", currency_id=foreign.id)
        self.assertCountEqual(
            self.open_on("2026-04-20", self.customer), [("trade", 480.0, 600.0), ("exchange", -13.33, 0.0)]
        )
        self.assertEqual(self.open_on("2026-04-30", self.customer), [("trade", 480.0, 600.0)])

    def test_money_that_stays_on_account_keeps_its_rate_until_the_difference_is_booked(self):
        """1,000 at 1.20 are 833.33, of which 400 pay 320: 600 are left, 500 at their rate, and 13.33 to be booked."""
        foreign = self.make_foreign(1.25, ("2026-04-01", 1.20))
        invoice = self.invoice(400, "2026-03-01", "2026-03-31", currency_id=foreign.id)
        payment = self.receive(self.customer, 1000, date="2026-04-15", currency_id=foreign.id)
        lines = (payment.move_id + invoice).line_ids
        lines.filtered(lambda item: item.account_type == "asset_receivable").reconcile()
        self.assertCountEqual(
            self.open_on("2026-04-20", self.customer), [("trade", -500.0, -600.0), ("exchange", -13.33, 0.0)]
        )
        self.assertEqual(self.open_on("2026-04-30", self.customer), [("trade", -500.0, -600.0)])

    def test_a_match_with_a_draft_settles_nothing(self):
        invoice = self.invoice(100, "2026-03-01", "2026-03-31")
        payment = self.pay_on(invoice, 100, "2026-04-15")
        self.assertEqual(self.trade("2026-04-20"), 0.0)
        payment.move_id.button_draft()
        self.assertTrue(payment.move_id.line_ids.filtered("matching_number"))
        self.assertEqual(self.open_on("2026-04-20", self.customer), [("trade", 100.0, 100.0)])
        self.assertEqual(self.open_on("2026-04-10", self.customer), [("trade", 100.0, 100.0)])

    def test_each_instalment_is_an_item(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 30)
                ],
            }
        )
        self.make_invoice(
            self.customer, 100, invoice_date="2026-03-01", date="2026-03-01", invoice_date_due=False,
            invoice_payment_term_id=term.id,
        )
        rows = self.read_items(date(2026, 3, 1), self.customer.ids)
        due = [(row["date_due"], float(row["amount"])) for row in rows]
        self.assertCountEqual(due, [(date(2026, 3, 1), 50.0), (date(2026, 3, 31), 50.0)])

    def test_an_account_without_reconciliation_holds_no_advances(self):
        account = self.make_account(self.company, "A9", "liability_current", reconcile=False)
        with self.assertRaisesRegex(ValidationError, "A9.*allows reconciliation"):
            self.company.credit_advance_account_ids = account
