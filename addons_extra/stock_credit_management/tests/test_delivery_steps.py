"""Deliveries in several steps: checked when goods leave, and by policy at the first step and at reservation."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliverySteps(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.delivery_steps = "pick_pack_ship"

    def make_late_order(self):
        """Return an order whose customer is late since it was confirmed."""
        customer = self.make_customer(10000)
        order = self.make_confirmed(customer, 100, 10, product=self.goods)
        self.invoice = self.make_late(customer)
        return order

    def next_of(self, transfer):
        return transfer.move_ids.move_dest_ids.picking_id

    def test_goods_are_picked_and_packed_and_stopped_at_the_door(self):
        pick = self.make_late_order().picking_ids
        self.validate(pick)
        pack = self.next_of(pick)
        self.validate(pack)
        ship = self.next_of(pack)
        self.validate(ship)
        self.assertDelivered(pick, pack)
        self.assertWaits(ship)
        self.assertEqual(self.hold_of(ship).amount, 1000.0)

    def test_the_first_step_is_stopped_where_the_company_wants_that(self):
        self.company.credit_delivery_step = "first"
        pick = self.make_late_order().picking_ids
        self.assertEqual(pick.state, "assigned")
        self.validate(pick)
        self.assertWaits(pick)
        pick.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "on credit hold"):
            pick.move_ids._action_done()

    def test_what_is_picked_is_packed_and_the_door_is_checked_again(self):
        self.company.credit_delivery_step = "first"
        customer = self.make_customer(10000)
        pick = self.make_confirmed(customer, 100, 10, product=self.goods).picking_ids
        self.validate(pick)
        self.make_late(customer)
        pack = self.next_of(pick)
        self.validate(pack)
        self.assertDelivered(pick, pack)
        ship = self.next_of(pack)
        self.validate(ship)
        self.assertWaits(ship)

    def test_nothing_is_reserved_for_a_late_customer_where_the_company_wants_that(self):
        self.company.credit_delivery_step = "reservation"
        customer = self.make_customer(10000)
        invoice = self.make_late(customer)
        order = self.make_confirmed(customer, 100, 10, product=self.goods)
        self.assertEqual(order.state, "sale", "reservation holds, it does not refuse the order")
        pick = order.picking_ids
        self.assertWaits(pick)
        self.assertEqual(pick.move_ids.quantity, 0.0)
        self.env["stock.rule"]._run_scheduler_tasks(company_id=self.company.id)
        self.assertEqual(pick.move_ids.quantity, 0.0)
        self.pay(invoice)
        self.commit()
        self.assertFalse(pick.credit_hold_state)
        self.assertEqual(pick.move_ids.quantity, 10.0)
        self.assertEqual(pick.state, "assigned", "reserved, not validated: nobody asked for that")

    def test_a_rule_that_refuses_deliveries_does_not_refuse_the_order(self):
        self.company.credit_delivery_step = "reservation"
        self.policy.rule_ids.effect_delivery = "refuse"
        customer = self.make_customer(10000)
        self.make_late(customer)
        order = self.make_confirmed(customer, 100, 10, product=self.goods)
        self.assertEqual(order.state, "sale")
        self.assertWaits(order.picking_ids)

    def test_one_step_is_checked_at_reservation_too(self):
        self.warehouse.delivery_steps = "ship_only"
        self.company.credit_delivery_step = "reservation"
        customer = self.make_customer(10000)
        self.make_late(customer)
        self.assertWaits(self.make_delivery(customer))

    def test_a_chain_of_pull_rules_has_a_first_step_too(self):
        rules = self.warehouse.delivery_route_id.rule_ids
        rules[0].location_dest_id = rules[1].location_src_id
        rules[1:].write({"action": "pull"})
        self.company.credit_delivery_step = "first"
        order = self.make_late_order()
        pick = order.picking_ids.filtered(lambda picking: picking.location_id == self.stock)
        self.validate(pick)
        self.assertWaits(pick)
