"""Ways around the check by a sale at the counter that names a sale order. The limit is 1,000."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SaleOrderCommon


@tagged("post_install", "-at_install")
class TestSalesThatNameAnOrder(SaleOrderCommon):
    def test_what_only_names_an_order_settles_nothing_of_it(self):
        """5,000 of other goods weighed nothing beside an order of 900."""
        order = self.make_confirmed(self.customer, 900)
        self.assertSoldBeyond(self.sell(self.customer, 5000, lines=[self.sold(5000, sale_order_origin_id=order.id)]))
        self.assertExposure(self.customer, 5900, orders=900, pos=5000)

    def test_nor_does_it_free_a_quotation(self):
        order = self.make_held(self.customer, 5000)
        self.sell(self.customer, 5000, [(self.cash, 5000)], lines=[self.sold(5000, sale_order_origin_id=order.id)])
        order.with_user(self.cashier).with_context(credit_interactive="form").action_confirm()
        self.assertHeld(order)

    def test_a_down_payment_takes_no_more_off_than_was_ordered(self):
        """5,000 on account weighed nothing beside an order of 900."""
        order = self.make_confirmed(self.customer, 900)
        sale = self.pay_down(order, 5000)
        self.assertSoldBeyond(sale)
        decision = self.decisions(sale)
        self.assertEqual((decision.amount_exposure_before, decision.amount_exposure_after), (0, 5000))

    def test_a_down_payment_that_was_not_paid_is_none(self):
        """5,000 less a discount of 4,990: 10 were paid, and the order was free."""
        order = self.make_held(self.customer, 5000)
        paid = self.pay_down_line(order, 5000)
        sale = self.sell(self.customer, 10, [(self.cash, 10)], lines=[paid, self.sold(-4990)])
        self.assertSold(sale)
        self.assertHeld(order)
        self.assertEqual(self.hold_of(order).amount_over, 3990)
        self.release(order, self.boss)
        self.assertConfirmed(order)
        self.assertExposure(self.customer, 4990, orders=4990)

    def test_a_sale_is_given_no_order_afterwards(self):
        """An order of 900 was 0, and a held one was free."""
        order, held = self.make_confirmed(self.customer, 900), self.make_held(self.customer, 5000)
        sale = self.sell(self.customer, 10, [(self.cash, 10)])
        for target in (order, held):
            for values in (
                {"sale_order_line_id": target.order_line.id},
                {"sale_order_origin_id": target.id, "sale_order_line_id": target.order_line.id},
            ):
                with self.subTest(values), self.assertRaisesRegex(AccessError, "was sold"), self.env.cr.savepoint():
                    sale.lines.with_user(self.cashier).write(values)
        self.env.invalidate_all()
        self.assertExposure(self.customer, 900, orders=900)
