"""Only the quantity has happened: prices and shipping are wishes, and what is taken off makes an order grow."""

from odoo.tests import tagged

from ..gate.adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestPrice(AdversaryCommon):
    def make_delivered(self, ordered=0.0, delivered=1.0, price=1.0):
        """Return the line of a confirmed order of which more was delivered than ordered."""
        order = self.my_order(lines=[self.line(price, ordered, self.delivered_article)], price=None)
        order.action_confirm()
        self.deliver(order.order_line.sudo(), delivered)
        self.commit()
        return order.order_line

    def test_goods_that_have_left_do_not_become_dearer(self):
        for ordered, delivered in ((0, 1), (1, 2)):
            line = self.make_delivered(ordered, delivered)
            self.assertRefused(line.write, {"price_unit": 50000})
            self.assertRefused(line.order_id.write, {"order_line": [(1, line.id, {"price_unit": 50000})]})
            self.assertEqual(line.price_unit, 1)

    def test_a_delivered_quantity_and_its_price_at_once(self):
        line = self.make_delivered(0, 0)
        self.assertRefused(line.write, {"qty_delivered": 1, "price_unit": 50000})

    def test_a_new_line_that_claims_to_be_delivered(self):
        order = self.make_delivered().order_id
        values = self.line_values(50000, 0, self.delivered_article, qty_delivered=1)
        self.assertRefused(order.write, {"order_line": [(0, 0, values)]})

    def test_a_quantity_that_was_delivered_beyond_the_order_is_counted(self):
        line = self.make_delivered(1, 1, 600)
        self.assertTrue(self.attempt(line.write, {"qty_delivered": 3}))
        self.assertExposure(self.poor, 1800.0, delivered=1800.0)

    def test_a_price_within_the_credit_can_be_raised(self):
        line = self.make_delivered(0, 1)
        self.assertTrue(self.attempt(line.write, {"price_unit": 900}))

    def test_taking_a_negative_line_off_is_growth(self):
        for claim in ("is_downpayment", "is_delivery"):
            if claim not in self.env["sale.order.line"]._fields:
                continue
            order = self.my_order(lines=[self.line(5000), self.line(-4500)], price=None)
            order.sudo().order_line[1].write({claim: True})
            order.action_confirm()
            negative = order.order_line[1]
            self.assertRefused(negative.unlink)
            self.assertEqual(order.amount_total, 500)
            order.sudo()._action_cancel()

    def test_a_shipping_cost_that_somebody_typed(self):
        if "choose.delivery.carrier" not in self.env:
            self.skipTest("no shipping here")
        product = self._make_article("Shipping", "order", type="service")
        carrier = self.env["delivery.carrier"].create({"name": "Cart", "product_id": product.id, "fixed_price": 10})
        order = self.my_confirmed(900)
        wizard = self.env["choose.delivery.carrier"].with_user(self.sneak).create(
            {"order_id": order.id, "carrier_id": carrier.id, "delivery_price": 50000}
        )
        self.assertRefused(wizard.button_confirm)
        wizard.delivery_price = 50
        self.assertTrue(self.attempt(wizard.button_confirm))
        self.assertEqual(order.amount_total, 950)
