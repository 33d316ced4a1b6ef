"""An order that orders goods back counts for less until they should leave; what has left is owed until they came."""

from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestOrderedBack(DeliveryCommon):
    """50 at 100, and 45 back: 500."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.policy.rule_ids.filtered(lambda rule: rule.criterion == "limit_exceeded").effect_invoice = "hold"

    def make_both(self):
        lines = [self.line(100, 50, self.goods), self.line(100, -45, self.goods)]
        order = self.make_confirmed(self.customer, lines=lines, user_id=self.salesperson.id)
        self.assertExposure(self.customer, 500.0, orders=500.0)
        out = order.picking_ids.filtered(lambda picking: picking.picking_type_code == "outgoing")
        return order, out, order.picking_ids - out

    def test_what_leaves_is_held_at_what_it_is_worth(self):
        _order, out, _back = self.make_both()
        self.validate(out)
        self.assertWaits(out)
        self.assertExposure(self.customer, 500.0, orders=500.0)

    def test_what_has_left_is_owed_until_it_came_back(self):
        self.set_limit(self.customer, 5000)
        order, out, back = self.make_both()
        self.validate(out)
        self.assertDelivered(out)
        self.assertExposure(self.customer, 5000.0, delivered=5000.0)
        self.validate(back)
        self.assertEqual(order.order_line.mapped("qty_delivered"), [50.0, -45.0])
        self.assertExposure(self.customer, 500.0, delivered=500.0)

    def test_what_has_left_can_be_invoiced(self):
        self.set_limit(self.customer, 5000)
        order, out, _back = self.make_both()
        self.validate(out)
        self.set_limit(self.customer, 1000)
        invoice = self.bill(order)
        self.assertEqual((invoice.state, invoice.amount_total), ("posted", 5000.0))
        self.assertExposure(self.customer, 5000.0, not_due=5000.0)
