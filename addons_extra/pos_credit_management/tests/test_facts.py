"""A cashier writes what the exposure is read from: refused, or decided again."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
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
        for values in (
            {"price_subtotal_incl": 1000.0}, {"refunded_orderline_id": other.lines.id}, {"qty": 50}, {"price_unit": 1}
        ):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "was sold"):
                order.lines.write(values)

    def line(self, price, **values):
        """Return the values of a line, as a program writes them."""
        return self.sold(price, **values)[2]

    def test_nothing_is_added_to_what_was_sold(self):
        """900 were paid; 4,000 given back of an added line of 5,000 made room for 4,500."""
        order = self.sell(self.customer, 900, [(self.cash, 900)]).with_user(self.cashier)
        added = self.line(5000)
        lines, orders = order.lines, self.env["pos.order"].with_user(self.cashier)
        inside = self.line(1, combo_line_ids=[Command.create({**added, "order_id": order.id})])
        steps = (
            lambda: lines.create({**added, "order_id": order.id}),
            lambda: order.write({"lines": [Command.create(added)]}),
            lambda: lines.write({"combo_line_ids": [Command.create({**added, "order_id": order.id})]}),
            lambda: self.sell(self.customer, 1, [(self.cash, 1)], lines=[Command.create(inside)]),
            lambda: orders.create({**self.raw(1), "lines": [Command.create(inside)]}),
            lambda: self.other_line().write({"order_id": order.id}),
        )
        for number, step in enumerate(steps):
            with self.subTest(number), self.assertRaisesRegex(AccessError, "was sold"), self.env.cr.savepoint():
                step()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            lines.unlink()
        self.env.invalidate_all()
        self.assertEqual(order.lines.mapped("price_subtotal_incl"), [900.0])

    def raw(self, price):
        """Return a draft without payments, as a program creates it."""
        data = self.sale_data(self.customer, price, state="draft")
        return {**data, "payment_ids": [], "company_id": self.company.id}

    def other_line(self):
        return self.enter(self.customer, 5000).with_user(self.cashier).lines

    def test_a_refund_gives_back_what_was_paid(self):
        """900 were paid for lines of 5,900: 1,000 and 4,000 that come back are worth 900, and not 5,000."""
        lines = [self.sold(900), self.sold(5000)]
        order = self.sell(self.customer, 5900, [(self.cash, 5900)], lines=lines)
        order.payment_ids.amount = 900.0
        self.back(order.lines[1], 800)
        self.assertExposure(self.customer, -800.0, pos=-800.0)
        self.back(order.lines[1], 4000)
        self.assertExposure(self.customer, -900.0, pos=-900.0)

    def test_what_is_sold_again_makes_no_room_for_what_comes_back(self):
        """80 were sold, and 80 given back of it. A sale of 500 that says it refunds it takes nothing of that back."""
        order = self.sell(self.customer, 80, [(self.cash, 80)])
        self.back(order.lines, 80)
        more = self.sold(500, refunded_orderline_id=order.lines.id)
        self.sell(self.customer, 500, [(self.cash, 500)], lines=[more])
        self.back(order.lines, 500)
        self.assertExposure(self.customer, -80.0, pos=-80.0)

    def test_what_nobody_owed_is_not_given_back_to_the_customer(self):
        nobody = self.account.create({"name": "Later", "company_id": self.company.id})
        config = self.make_config("Later", payment_method_ids=[Command.set((self.account | nobody).ids)])
        session = self.open(config)
        order = self.sell(self.customer, 5000, [(nobody, 5000)], session=session)
        self.back(order.lines, 5000)
        self.assertExposure(self.customer, 0.0)

    def test_a_tip_is_added_after_the_payment(self):
        tip = self._make_article("Tip", "order", available_in_pos=True)
        values = {**self.line(5), "product_id": tip.id}
        order = self.sell(self.customer, 80, [(self.cash, 80)]).with_user(self.cashier)
        with self.assertRaisesRegex(AccessError, "was sold"), self.env.cr.savepoint():
            order.lines.create({**values, "order_id": order.id})
        self.config.write({"iface_tipproduct": True, "tip_product_id": tip.id})
        order.lines.create({**values, "order_id": order.id})
        self.assertEqual(order.lines.mapped("price_subtotal_incl"), [80.0, 5.0])

    def back(self, line, amount):
        """Give an amount of a line back, on account."""
        lines = [self.sold(-amount, -1, refunded_orderline_id=line.id)]
        return self.sell(self.customer, -amount, lines=lines, is_refund=True)

    def test_a_sale_that_gets_another_customer_is_decided_for_that_one(self):
        rich, poor = self.make_customer(1000, "Rich"), self.make_customer(100, "Poor")
        order = self.sell(rich, 500)
        self.assertSold(order)
        order.with_user(self.cashier).write({"partner_id": poor.id})
        self.assertSoldBeyond(order)
        self.assertExposure(poor, 500.0, pos=500.0)
