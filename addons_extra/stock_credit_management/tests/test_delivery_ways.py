"""Ways of the warehouse around the check: another kind of transfer, nobody as receiver, a state written by hand."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestWaysOfTheWarehouse(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(10000)
        cls.make_late(cls.customer)
        cls.customers = cls.env.ref("stock.stock_location_customers")

    def make_transfer(self, picking_type, partner=None, destination=None):
        transfer = self.env["stock.picking"].with_user(self.storekeeper).create(
            {
                "picking_type_id": picking_type.id,
                "partner_id": partner.id if partner else False,
                "location_id": self.stock.id,
                "location_dest_id": (destination or self.customers).id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.goods.id, "product_uom_qty": 5, "location_id": self.stock.id,
                            "location_dest_id": (destination or self.customers).id,
                        }
                    )
                ],
            }
        )
        transfer.action_confirm()
        transfer.action_assign()
        return transfer

    def test_an_internal_transfer_that_ends_at_the_customer(self):
        transfer = self.make_transfer(self.warehouse.int_type_id, self.customer)
        self.validate(transfer)
        self.assertWaits(transfer)

    def test_goods_for_nobody(self):
        for picking_type in (self.warehouse.int_type_id, self.warehouse.out_type_id):
            transfer = self.make_transfer(picking_type)
            with self.assertRaisesRegex(UserError, "to whom"):
                self.validate(transfer)
            transfer.partner_id = self.make_customer(10000, "Good")
            self.validate(transfer)
            self.assertDelivered(transfer)

    def test_goods_that_stay_in_the_house_need_no_customer(self):
        transfer = self.make_transfer(self.warehouse.int_type_id, destination=self.stock)
        self.validate(transfer)
        self.assertDelivered(transfer)

    def test_the_state_of_a_transfer_is_not_written(self):
        transfer = self.make_delivery(self.customer)
        with self.assertRaises(AccessError):
            transfer.with_user(self.storekeeper).write({"state": "done"})

    def test_goods_that_have_left_do_not_come_back_by_a_word(self):
        transfer = self.make_delivery(self.make_customer(10000, "Good"))
        self.validate(transfer)
        for state in ("draft", "assigned", "cancel"):
            with self.assertRaises(AccessError):
                transfer.move_ids.with_user(self.storekeeper).write({"state": state})

    def test_the_delivery_of_an_order_that_was_stopped_afterwards(self):
        customer = self.make_customer(10000, "Turns bad")
        transfer = self.make_delivery(customer)
        self.policy.rule_ids.write({"effect_delivery": "none", "effect_confirmed": "hold"})
        invoice = self.make_late(customer)
        transfer.sale_id._credit_look_again()
        self.validate(transfer)
        self.assertWaits(transfer)
        self.pay(invoice)
        self.commit()
        self.assertEqual((transfer.sale_id.state, transfer.sale_id.credit_hold_state), ("sale", False))
        self.assertNotEqual(transfer.credit_hold_state, "held")
