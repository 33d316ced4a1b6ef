"""Rounding is not new debt: what Odoo adds to the invoice of an order by itself can be invoiced with it."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestRounding(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited")
        cls.tax = cls.env["account.tax"].create({"name": "21 %", "amount": 21.0, "type_tax_use": "sale"})
        account = cls.company_data["default_account_revenue"]
        cls.coin = cls.env["account.cash.rounding"].create(
            {
                "name": "Five cents", "rounding": 0.05, "strategy": "add_invoice_line", "rounding_method": "UP",
                "profit_account_id": account.id, "loss_account_id": account.id,
            }
        )

    def make_late(self, price=47.13, **values):
        """Return the draft invoice of delivered goods, rounded to coins; meanwhile the customer is late."""
        lines = [self.line(price, product=self.delivered_article, **values)]
        order = self.make_confirmed(self.customer, lines=lines)
        self.deliver(order.order_line, 1.0)
        self.make_invoice(self.customer, 100, days_overdue=30)
        self.make_policy({"criterion": "overdue_days", "days": 0})
        invoice = self.bill(order, post=False)
        invoice.invoice_cash_rounding_id = self.coin
        return invoice

    def test_delivered_goods_rounded_to_coins_can_be_invoiced(self):
        invoice = self.make_late()
        self.assertEqual(invoice.amount_total, 47.15)
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_coins_in_the_biggest_tax_too(self):
        self.coin.strategy = "biggest_tax"
        invoice = self.make_late(tax_ids=[Command.set(self.tax.ids)])
        self.assertEqual(invoice.amount_total, 57.05)
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_what_somebody_adds_beside_the_coins_is_new(self):
        invoice = self.make_late()
        invoice.invoice_line_ids = [Command.create({"name": "More", "price_unit": 5.0, "tax_ids": [Command.clear()]})]
        with self.assertRaises(UserError):
            invoice.action_post()

    def test_a_coin_that_is_none(self):
        self.coin.rounding = 5000.0
        invoice = self.make_late()
        self.assertEqual(invoice.amount_total, 5000.0)
        with self.assertRaises(UserError):
            invoice.action_post()

    def test_an_invoice_of_no_order_has_nothing_to_be_rounded(self):
        self.make_late()
        invoice = self.make_invoice(self.customer, 0.01, invoice_cash_rounding_id=self.coin.id, post=False)
        with self.assertRaises(UserError):
            invoice.action_post()
