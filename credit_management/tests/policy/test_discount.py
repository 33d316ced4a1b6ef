"""The discount, wherever it was given: what the goods cost by price list against what is charged for the document."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestDiscount(CreditCommon):
    """Best discount 10 %; the article costs 100 by price list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited")
        cls.policy = cls.make_policy("discount_better", percent_discount_max=10)
        cls.seller = cls.make_user("sales")
        cls.advice = cls._make_article("Advice", "order", list_price=0)

    def make(self, *lines):
        return self.make_order(self.customer, lines=list(lines))

    def assertStopped(self, order, discount):  # noqa: N802
        self.confirm(order)
        self.assertHeld(order)
        self.assertIn(discount, self.hold_of(order).reason)

    def test_a_typed_price_is_a_discount(self):
        self.assertStopped(self.make(self.line(60)), "40")
        self.assertConfirmed(self.make_confirmed(self.customer, 90))

    def test_a_negative_line_is_a_discount(self):
        order = self.make(self.line(100, 10), self.line(-400, product=self.advice))
        self.assertStopped(order, "40")
        order = self.make(self.line(100, 10), self.line(-100, product=self.advice))
        self.confirm(order)
        self.assertConfirmed(order)

    def test_odoo_s_own_discount_button(self):
        for values in (
            {"discount_type": "so_discount", "discount_percentage": 0.4},
            {"discount_type": "amount", "discount_amount": 400},
        ):
            order = self.make(self.line(100, 10))
            self.env["sale.order.discount"].create({"sale_order_id": order.id, **values}).action_apply_discount()
            self.assertEqual(order.amount_untaxed, 600)
            self.assertStopped(order, "40")

    def test_a_discount_in_the_column_of_one_line(self):
        self.assertStopped(self.make(self.line(100, 10), self.line(100, discount=20)), "20")

    def test_what_is_dear_elsewhere_and_what_has_no_list_price(self):
        order = self.make(self.line(100), self.line(1000, product=self.advice))
        self.confirm(order)
        self.assertConfirmed(order)
        self.assertStopped(self.make(self.line(60), self.line(50, product=self.advice)), "26.7")

    def test_the_price_of_the_customer_s_price_list_is_no_discount(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Wholesale",
                "item_ids": [Command.create({"compute_price": "fixed", "fixed_price": 60, "applied_on": "3_global"})],
            }
        )
        order = self.make_order(self.customer, 60, pricelist_id=pricelist.id)
        self.confirm(order)
        self.assertConfirmed(order)

    def test_a_line_that_is_added_to_a_confirmed_order(self):
        order = self.make_confirmed(self.customer, 100, 5).with_user(self.seller)
        with self.assertRaisesRegex(UserError, "50"):
            order.write({"order_line": [self.line(-250, product=self.advice)]})
        with self.assertRaises(UserError):
            order.order_line.price_unit = 50

    def test_a_direct_invoice(self):
        invoice = self.make_invoice(self.customer, 60, post=False)
        invoice.invoice_line_ids = [
            Command.clear(),
            Command.create({"product_id": self.article.id, "quantity": 1, "price_unit": 60, "tax_ids": False}),
        ]
        with self.assertRaisesRegex(UserError, "40"):
            invoice.action_post()

    def test_a_discount_on_the_invoice_of_an_order(self):
        order = self.make_confirmed(self.customer, 100, 5)
        invoice = self.bill(order, post=False)
        invoice.invoice_line_ids = [Command.create({"name": "Less", "price_unit": -250, "tax_ids": [Command.clear()]})]
        with self.assertRaisesRegex(UserError, "50"):
            invoice.action_post()

    def test_what_was_ordered_at_a_released_discount_can_be_invoiced(self):
        order = self.make_held(self.customer, 60, self.seller, user_id=self.seller.id)
        self.release(order, self.make_user("manager"), date_until=self.today)
        self.assertConfirmed(order)
        invoice = self.bill(order)
        self.assertEqual(invoice.state, "posted")

    def test_nothing_is_worked_out_where_no_rule_asks(self):
        self.policy.action_deactivate()
        self.make_policy("limit_exceeded", percent_discount_max=10)
        Line = type(self.env["sale.order.line"])
        with patch.object(Line, "_credit_get_list_price", side_effect=AssertionError):
            order = self.make_confirmed(self.customer, 60)
            order.order_line.price_unit = 50
