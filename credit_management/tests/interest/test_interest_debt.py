"""What was open of an item on each day, as the ledger says: what interest is reckoned on."""

from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from ...engine.interest import interest
from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestInterestDebt(CreditCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer()
        self.rates = self.env["credit.interest"].create(
            {"name": "9 %", "rate_ids": [Command.create({"date_from": "2025-01-01", "percent": 9.0})]}
        )

    def invoice(self, amount, due, **values):
        return self.make_invoice(self.customer, amount, invoice_date=due, date=due, invoice_date_due=due, **values)

    def pay_on(self, invoice, amount, day):
        return self._register_payment(invoice, payment_date=day, amount=amount)

    def reckon(self, invoice, until):
        item = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        debt = self.rates._read_debts(item.ids, date.fromisoformat(until))[item.id]
        return interest(self.rates._make_terms(), debt, date.fromisoformat(until), item.currency_id.rounding)

    def test_c11_interest_with_part_payments(self):
        invoice = self.invoice(1000.0, "2026-01-31")
        for amount, day in ((400.0, "2026-02-28"), (300.0, "2026-03-31"), (300.0, "2026-04-30")):
            self.pay_on(invoice, amount, day)
        self.assertEqual(self.reckon(invoice, "2026-06-30"), 13.71)

    def test_a_payment_of_later_does_not_count_yet(self):
        invoice = self.invoice(1000.0, "2026-01-31")
        self.pay_on(invoice, 400.0, "2026-03-31")
        self.assertEqual(self.reckon(invoice, "2026-02-28"), 6.90)  # 28 days of 1,000

    def test_what_a_credit_note_takes_back_never_cost_interest(self):
        invoice = self.invoice(1000.0, "2026-01-31")
        refund = self.make_refund(self.customer, 400.0, invoice_date="2026-02-14", date="2026-02-14")
        (invoice + refund).line_ids.filtered(lambda line: line.account_type == "asset_receivable").reconcile()
        self.assertEqual(self.reckon(invoice, "2026-02-28"), 4.14)  # 28 days of 600

    def test_interest_is_reckoned_in_the_currency_of_the_item(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        invoice = self.invoice(100000.0, "2026-01-31", currency_id=yen.id)
        self.assertEqual(self.reckon(invoice, "2026-02-28"), 690.0)

    def test_many_items_are_one_statement(self):
        items = self.env["account.move.line"]
        for _number in range(3):
            items += self.invoice(100.0, "2026-01-31").line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(len(self.rates._read_debts(items.ids, date(2026, 6, 30))), 3)
