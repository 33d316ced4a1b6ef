"""A cashier writes what the exposure is read from: refused, or decided again."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestFactsAtTheCounter(PosCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(100)

    def test_the_rate_and_the_state_of_a_sale(self):
        order = self.sell(self.customer, 80).with_user(self.cashier)
        for values in ({"currency_rate": 1000.0}, {"state": "draft"}, {"state": "cancel"}):
            with self.subTest(values), self.assertRaises(AccessError):
                order.write(values)
        self.assertExposure(self.customer, 80.0, pos=80.0)

    def test_what_was_sold_stays_what_it_was_worth(self):
        order, other = (self.sell(self.customer, 10).with_user(self.cashier) for _index in range(2))
        for values in ({"price_subtotal_incl": 1000.0}, {"refunded_orderline_id": other.lines.id}):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "was sold"):
                order.lines.write(values)

    def test_a_sale_that_gets_another_customer_is_decided_for_that_one(self):
        rich, poor = self.make_customer(1000, "Rich"), self.make_customer(100, "Poor")
        order = self.sell(rich, 500)
        self.assertSold(order)
        order.with_user(self.cashier).write({"partner_id": poor.id})
        self.assertSoldBeyond(order)
        self.assertExposure(poor, 500.0, pos=500.0)
