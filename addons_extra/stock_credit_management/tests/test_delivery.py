"""What is checked when goods leave, on whose credit, for which amount."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDelivery(DeliveryCommon):
    def request_of(self, transfer):
        return transfer._credit_decide("delivery", is_locked=False)[transfer].request

    def test_a_delivery_within_the_limit_leaves(self):
        transfer = self.make_delivery(self.make_customer(1000))
        self.validate(transfer)
        self.assertDelivered(transfer)

    def test_delivering_what_the_order_counts_adds_nothing(self):
        customer = self.make_customer(1000)
        transfer = self.make_delivery(customer, 10, 100)
        self.assertExposure(customer, 1000.0, orders=1000.0)
        self.validate(transfer)
        self.assertDelivered(transfer)
        self.assertExposure(customer, 1000.0, delivered=1000.0)

    def test_delivering_more_than_ordered_is_new_exposure(self):
        customer = self.make_customer(1000)
        transfer = self.make_delivery(customer, 10, 100)
        transfer.move_ids.quantity = 11
        self.validate(transfer)
        self.assertWaits(transfer)
        self.assertEqual(self.hold_of(transfer).amount, 1100.0)
        self.assertEqual(self.hold_of(transfer).amount_over, 100.0)

    def test_what_is_delivered_and_not_invoiced_may_be_a_share_of_the_limit(self):
        self.make_policy({"criterion": "own_cap", **self.at_delivery("hold")}, sequence=0)
        customer = self.make_customer(1000)
        self.env["credit.cap"].create(
            {"profile_id": self.profile_of(customer).id, "subject": "delivered", "percent": 60}
        )
        first, second = self.make_delivery(customer, 4), self.make_delivery(customer, 3)
        self.validate(first)
        self.assertDelivered(first)
        self.validate(second)
        self.assertWaits(second)
        reason = self.hold_of(second).reason.replace("\xa0", " ")
        self.assertIn("$ 700.00 for the customer's own cap of $ 600.00 (over by $ 100.00)", reason)
        self.bill(first.sale_id)
        self.commit()
        self.validate(second)
        self.assertDelivered(second)

    def test_an_overdue_customer_waits(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.make_late(customer)
        self.validate(transfer)
        self.assertWaits(transfer)

    def test_without_a_policy_nothing_is_checked(self):
        customer = self.make_customer(10)
        self.policy.action_deactivate()
        transfer = self.make_delivery(customer)
        self.validate(transfer)
        self.assertDelivered(transfer)

    def test_the_tax_is_part_of_the_amount(self):
        order = self.make_order(self.make_customer(10000), 100, 10, product=self.goods)
        order.order_line.tax_ids = self.company_data["default_tax_sale"]  # 15 %
        order.action_confirm()
        self.assertEqual(self.request_of(order.picking_ids).amount, 1150.0)
        self.assertEqual(self.request_of(order.picking_ids).amount_counted, 1150.0)

    def test_the_amount_is_in_company_currency(self):
        dollars = self.setup_other_currency("CHF", rates=[("2016-01-01", 2.0)])
        pricelist = self.make_pricelist(dollars)
        order = self.make_confirmed(self.make_customer(10000), 100, 10, product=self.goods, pricelist_id=pricelist.id)
        self.assertEqual(self.request_of(order.picking_ids).amount, 500.0)

    def test_other_units_are_converted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        lines = [self.line(1200, 1, self.goods, product_uom_id=dozen.id)]
        transfer = self.make_confirmed(self.make_customer(10000), lines=lines).picking_ids
        transfer.move_ids.quantity = 6
        self.assertEqual(self.request_of(transfer).amount, 600.0)

    # -- whose credit --------------------------------------------------------------------------------

    def test_the_customer_is_who_is_invoiced_not_who_receives(self):
        customer, receiver = self.make_customer(10000), self.make_customer(0, "Building site")
        self.make_late(customer)
        transfer = self.make_delivery(customer, partner_shipping_id=receiver.id)
        self.assertEqual(transfer.partner_id, receiver)
        self.validate(transfer)
        self.assertWaits(transfer)
        self.assertEqual(self.hold_of(transfer).partner_id, customer)

    def test_a_late_receiver_does_not_stop_who_pays(self):
        customer, receiver = self.make_customer(10000), self.make_customer(0, "Late receiver")
        self.make_late(receiver)
        transfer = self.make_delivery(customer, partner_shipping_id=receiver.id)
        self.validate(transfer)
        self.assertDelivered(transfer)

    def test_a_delivery_without_an_order_is_checked_too(self):
        customer = self.make_customer(500)
        transfer = self.make_free_transfer(customer, self.warehouse.out_type_id, 6)
        self.validate(transfer)
        self.assertWaits(transfer)  # 6 × 100 at list price
        smaller = self.make_free_transfer(customer, self.warehouse.out_type_id, 5)
        self.validate(smaller)
        self.assertDelivered(smaller)

    def make_free_transfer(self, partner, picking_type, quantity, source=None, target=None):
        customers = self.env.ref("stock.stock_location_customers")
        transfer = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "partner_id": partner.id,
                "location_id": (source or self.stock).id,
                "location_dest_id": (target or customers).id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.goods.id,
                            "product_uom_qty": quantity,
                            "location_id": (source or self.stock).id,
                            "location_dest_id": (target or customers).id,
                        }
                    )
                ],
            }
        )
        transfer.action_confirm()
        transfer.action_assign()
        return transfer

    # -- what is exempt ------------------------------------------------------------------------------

    def test_a_receipt_passes(self):
        customer = self.make_customer(0)
        self.make_late(customer)
        receipt = self.make_free_transfer(
            customer, self.warehouse.in_type_id, 5, self.env.ref("stock.stock_location_suppliers"), self.stock
        )
        self.validate(receipt)
        self.assertDelivered(receipt)

    def test_an_internal_transfer_passes(self):
        customer = self.make_customer(0)
        self.make_late(customer)
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        internal = self.make_free_transfer(customer, self.warehouse.int_type_id, 5, self.stock, shelf)
        self.validate(internal)
        self.assertDelivered(internal)

    def test_scrap_passes(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.make_late(customer)
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.goods.id, "scrap_qty": 1, "picking_id": transfer.id, "location_id": self.stock.id}
        )
        scrap.action_validate()
        self.assertEqual(scrap.state, "done")

    def make_return(self, transfer, quantity, is_exchanged=False):
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=transfer.id, active_ids=transfer.ids, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = quantity
        action = wizard.action_create_exchanges() if is_exchanged else wizard.action_create_returns()
        return self.env["stock.picking"].browse(action["res_id"])

    def test_a_return_passes_and_lowers_the_exposure(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.validate(transfer)
        self.make_late(customer, 50)
        goods_back = self.make_return(transfer, 4)
        self.validate(goods_back)
        self.assertDelivered(goods_back)

    def make_replacement(self, quantity=4):
        """Return the return of delivered goods, and what replaces them; meanwhile the customer is late."""
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.validate(transfer)
        self.make_late(customer)
        goods_back = self.make_return(transfer, quantity, is_exchanged=True)
        replacement = transfer.sale_id.picking_ids.filtered(
            lambda picking: picking.state != "done" and picking.picking_type_id == self.warehouse.out_type_id
        )
        self.assertEqual(replacement.move_ids.mapped("credit_is_replacement"), [True])
        return goods_back, replacement

    def test_a_replacement_passes(self):
        goods_back, replacement = self.make_replacement()
        self.validate(goods_back)
        self.validate(replacement)
        self.assertDelivered(replacement)

    def test_what_has_not_come_back_is_not_replaced(self):
        _goods_back, replacement = self.make_replacement()
        self.validate(replacement)
        self.assertWaits(replacement)

    def test_a_replacement_is_not_more_than_what_came_back(self):
        goods_back, replacement = self.make_replacement(1)
        self.validate(goods_back)
        replacement.move_ids.with_user(self.storekeeper).write({"product_uom_qty": 500, "quantity": 500})
        self.validate(replacement)
        self.assertWaits(replacement)

    def test_nobody_calls_a_delivery_a_replacement_by_hand(self):
        transfer = self.make_delivery(self.make_customer(10000))
        transfer.move_ids.with_user(self.storekeeper).write({"credit_is_replacement": True})
        self.assertFalse(transfer.move_ids.credit_is_replacement)
        copied = transfer.move_ids.with_user(self.storekeeper).copy({"credit_is_replacement": True})
        self.assertFalse(copied.credit_is_replacement)

    def test_a_paid_order_leaves_though_the_customer_is_late(self):
        customer = self.make_customer(10000)
        self.goods.invoice_policy = "order"
        transfer = self.make_delivery(customer)
        self.pay(self.bill(transfer.sale_id))
        self.make_late(customer)
        self.validate(transfer)
        self.assertDelivered(transfer)

    def test_a_down_payment_covers_its_share_of_each_delivery(self):
        transfer = self.make_delivery(self.make_customer(10000))
        self.pay(self.bill_down_payment(transfer.sale_id, 300))
        transfer.move_ids.quantity = 4
        self.assertEqual(self.request_of(transfer).amount, 400.0)
        self.assertEqual(self.request_of(transfer).amount_prepaid, 120.0)

    def test_invoiced_goods_are_counted_once(self):
        customer = self.make_customer(1000)
        self.goods.invoice_policy = "order"
        transfer = self.make_delivery(customer)
        self.bill(transfer.sale_id)
        self.assertExposure(customer, 1000.0)
        self.validate(transfer)
        self.assertDelivered(transfer)

    def test_an_order_freed_of_the_check_delivers(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.make_late(customer)
        transfer.sale_id.with_user(self.make_user("manager", "sales")).credit_is_excluded = True
        self.validate(transfer)
        self.assertDelivered(transfer)

    def test_orders_that_do_not_count_are_new_exposure_when_they_leave(self):
        customer = self.make_customer(900)
        self.company.credit_count_orders = False
        transfer = self.make_delivery(customer, 10, 100)
        self.assertExposure(customer, 0.0)
        self.validate(transfer)
        self.assertWaits(transfer)

    # -- drop-shipping -------------------------------------------------------------------------------

    def test_a_drop_shipped_order_is_checked_on_who_is_invoiced(self):
        route = self.env.ref("stock_dropshipping.route_drop_shipping", raise_if_not_found=False)
        if not route:
            self.skipTest("stock_dropshipping is not installed")
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        self.goods.write(
            {"route_ids": [Command.link(route.id)], "seller_ids": [Command.create({"partner_id": vendor.id})]}
        )
        customer = self.make_customer(10000)
        order = self.make_confirmed(customer, 100, 10, product=self.goods)
        order._get_purchase_orders().button_confirm()
        self.assertEqual(order.picking_ids.picking_type_code, "dropship")
        self.make_late(customer)
        self.validate(order.picking_ids)
        self.assertWaits(order.picking_ids)
        self.assertEqual(self.hold_of(order.picking_ids).partner_id, customer)
