"""What the warehouse does every day goes on, whoever is allowed to do what: with nothing but a storekeeper's rights."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDaysWork(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(100000)

    def make_mine(self, quantity=10, product=None):
        goods = product or self.goods
        order = self.make_confirmed(self.customer, 100, quantity, product=goods, user_id=self.salesperson.id)
        return order.picking_ids.with_user(self.storekeeper)

    def delivered(self, transfer):
        return transfer.sudo().sale_id.order_line.mapped("qty_delivered")

    def return_of(self, transfer, quantity, is_exchanged=False):
        wizard = self.env["stock.return.picking"].with_user(self.storekeeper)
        wizard = Form(wizard.with_context(active_id=transfer.id, active_model="stock.picking")).save()
        wizard.product_return_moves.quantity = quantity
        action = wizard.action_create_exchanges() if is_exchanged else wizard.action_create_returns()
        return transfer.browse(action["res_id"])

    def test_a_part_and_its_backorder(self):
        transfer = self.make_mine()
        rest = self.validate_part(transfer, 4)
        self.validate(rest)
        self.assertDelivered(transfer, rest)
        self.assertEqual(self.delivered(transfer), [10.0])

    def test_a_return_of_a_return(self):
        transfer = self.make_mine()
        self.validate(transfer)
        back = self.return_of(transfer, 4)
        self.validate(back)
        self.assertEqual(self.delivered(transfer), [6.0])
        again = self.return_of(back, 3)
        self.validate(again)
        self.assertDelivered(again)
        self.assertEqual(self.delivered(transfer), [9.0])

    def test_a_return_for_exchange(self):
        transfer = self.make_mine()
        self.validate(transfer)
        back = self.return_of(transfer, 4, is_exchanged=True)
        self.validate(back)
        replacement = transfer.sudo().sale_id.picking_ids.filtered(lambda picking: picking.state != "done")
        self.validate(replacement)
        self.assertDelivered(replacement)
        self.assertEqual(self.delivered(transfer), [10.0])

    def test_goods_in_a_package(self):
        self.storekeeper.group_ids += self.env.ref("stock.group_tracking_lot")
        transfer = self.make_mine()
        transfer.action_put_in_pack()
        self.validate(transfer)
        self.assertDelivered(transfer)
        self.assertTrue(transfer.move_line_ids.result_package_id)

    def test_goods_with_lots_that_are_chosen(self):
        self.storekeeper.group_ids += self.env.ref("stock.group_production_lot")
        tracked = self._make_article("Tracked", "delivery", type="consu", is_storable=True, tracking="lot")
        lots = self.env["stock.lot"].create([{"name": name, "product_id": tracked.id} for name in ("A", "B")])
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(tracked, self.stock, 10, lot_id=lot)
        transfer = self.make_mine(10, tracked)
        transfer.move_line_ids.write({"lot_id": lots[1].id})
        self.validate(transfer)
        self.assertDelivered(transfer)
        self.assertEqual(self.delivered(transfer), [10.0])

    def test_another_lot_and_shelf_after_it_has_left(self):
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        transfer = self.make_mine()
        self.validate(transfer)
        transfer.move_line_ids.write({"location_id": shelf.id, "quantity": 10})
        self.assertEqual(self.delivered(transfer), [10.0])

    def test_three_steps(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        transfer = self.make_mine()
        while transfer:
            self.validate(transfer)
            self.assertDelivered(transfer)
            last, transfer = transfer, transfer.move_ids.move_dest_ids.picking_id
        self.assertEqual(self.delivered(last), [10.0])

    def test_a_product_added_in_the_warehouse(self):
        extra = self._make_article("Extra", "delivery", type="consu", is_storable=True)
        self.fill(extra, 10)
        transfer = self.make_mine()
        self.env["stock.move"].with_user(self.storekeeper).create(
            {
                "picking_id": transfer.id, "product_id": extra.id, "product_uom_qty": 2, "quantity": 2,
                "location_id": transfer.location_id.id, "location_dest_id": transfer.location_dest_id.id,
            }
        )
        self.validate(transfer)
        self.assertEqual(self.delivered(transfer), [10.0, 2.0])

    def test_a_batch_of_two_customers(self):
        if "stock.picking.batch" not in self.env:
            self.skipTest("there are no batches here")
        other = self.make_customer(100000, "Other")
        transfers = self.make_mine() | self.make_delivery(other).with_user(self.storekeeper)
        batch = self.env["stock.picking.batch"].with_user(self.storekeeper).create(
            {"picking_ids": [Command.set(transfers.ids)]}
        )
        batch.action_confirm()
        batch.action_assign()
        transfers.move_ids.picked = True
        batch.action_done()
        self.assertDelivered(*transfers)

    def test_an_order_that_is_changed_and_cancelled(self):
        transfer = self.make_mine()
        order = transfer.sudo().sale_id.with_user(self.make_user("manager", "sales", login="seller"))
        order = order.with_user(self.env.user)
        order.order_line.product_uom_qty = 12
        self.assertEqual(transfer.move_ids.product_uom_qty, 12.0)
        order._action_cancel()
        self.assertEqual(transfer.state, "cancel")

    def test_queries_do_not_grow_with_the_transfers(self):
        """Whose goods leave, and whether they do, is read for all transfers at once."""

        def count(size):
            transfers = self.env["stock.picking"].union(*(self.make_delivery(self.customer, 1) for _ in range(size)))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            transfers._credit_get_customers()
            for move in transfers.sudo().move_ids:
                move._credit_get_bond()
            return self.cr.sql_log_count - start

        count(2)
        self.assertEqual(count(12), count(2))

    def test_customers_are_where_the_warehouse_says(self):
        shared = self.env.ref("stock.stock_location_inter_company")
        self.env["stock.location"].create({"name": "Part", "location_id": shared.id, "usage": "transit"})
        places = self.env["stock.location"].with_context(active_test=False).search([])
        self.assertEqual(
            places.filtered(lambda place: place._is_outgoing()),
            places.filtered(lambda place: place._credit_is_customers()),
        )
