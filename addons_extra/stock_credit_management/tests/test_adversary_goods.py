"""A storekeeper tries to get goods out on nobody's credit, or on somebody else's."""

from odoo import Command
from odoo.addons.credit_management.tests.gate.adversary import AttemptsMixin
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DeliveryCommon


class GoodsAdversaryCommon(AttemptsMixin, DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poor = cls.make_customer(1000, "Poor")
        cls.rich = cls.make_customer(1000000, "Rich")
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.vendors = cls.env.ref("stock.stock_location_suppliers")

    def try_to_validate(self, transfer):
        """Go on as a storekeeper would, whatever was refused before; what is refused now is refused."""
        self.attempt(transfer.with_user(self.storekeeper).action_confirm)
        self.attempt(transfer.with_user(self.storekeeper).action_assign)
        self.attempt(self.validate, transfer)

    def at_customers(self, product=None):
        """Count, by the stock, what customers have."""
        quants = self.env["stock.quant"].search(
            [("product_id", "=", (product or self.goods).id), ("location_id", "child_of", self.customers.id)]
        )
        return sum(quants.mapped("quantity"))

    def make_held(self, price=100, quantity=9):
        """Return the transfer of an order whose customer has too little credit meanwhile: 900 for a limit of 100."""
        transfer = self.make_delivery(self.poor, quantity, price)
        self.set_limit(self.poor, 100)
        self.try_to_validate(transfer)
        self.assertNotEqual(transfer.state, "done")
        return transfer.with_user(self.storekeeper)

    def make_free(self, partner, quantity=50, destination=None, picking_type=None, **values):
        """Return a transfer without an order, made by the storekeeper."""
        places = {"location_id": self.stock.id, "location_dest_id": (destination or self.customers).id}
        picking_type = picking_type or self.warehouse.out_type_id
        move = {"product_id": self.goods.id, "product_uom_qty": quantity, **places, **values.pop("move", {})}
        transfer = self.env["stock.picking"].with_user(self.storekeeper).create(
            {
                "picking_type_id": picking_type.id, "partner_id": partner.id, "move_ids": [Command.create(move)],
                **places, **values,
            }
        )
        self.attempt(transfer.action_confirm)
        self.attempt(transfer.action_assign)
        return transfer

    def make_done(self, partner=None, quantity=9):
        """Return the transfer of an order that has left."""
        transfer = self.make_delivery(partner or self.poor, quantity)
        self.validate(transfer)
        self.assertDelivered(transfer)
        return transfer.with_user(self.storekeeper)


@tagged("post_install", "-at_install")
class TestWhereGoodsReallyGo(GoodsAdversaryCommon):
    """The destination of a line is where its goods go."""

    def test_an_internal_move_whose_line_ends_at_a_customer(self):
        transfer = self.make_free(self.poor, 50, self.stock, self.warehouse.int_type_id)
        self.attempt(transfer.move_line_ids.write, {"location_dest_id": self.customers.id})
        self.try_to_validate(transfer)
        self.assertEqual(self.at_customers(), 0.0)
        self.assertWaits(transfer)
        self.assertEqual(self.hold_of(transfer).amount, 5000.0)

    def test_the_line_of_an_internal_move_that_is_done(self):
        transfer = self.make_free(self.poor, 50, self.stock, self.warehouse.int_type_id)
        self.try_to_validate(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertRefused(transfer.move_line_ids.write, {"location_dest_id": self.customers.id})
        self.assertEqual(self.at_customers(), 0.0)

    def test_a_line_for_customers_added_to_an_internal_move_that_is_done(self):
        transfer = self.make_free(self.poor, 50, self.stock, self.warehouse.int_type_id)
        self.try_to_validate(transfer)
        self.assertRefused(
            self.env["stock.move.line"].with_user(self.storekeeper).create,
            {
                "move_id": transfer.move_ids.id, "picking_id": transfer.id, "product_id": self.goods.id,
                "quantity": 50, "location_id": self.stock.id, "location_dest_id": self.customers.id,
            },
        )

    def test_a_held_delivery_whose_move_stays_in_the_house(self):
        transfer = self.make_held()
        lines = transfer.move_line_ids
        self.attempt(transfer.move_ids.write, {"location_dest_id": self.stock.id})
        self.attempt(lines.write, {"location_dest_id": self.customers.id})
        self.try_to_validate(transfer)
        self.assertEqual(self.at_customers(), 0.0)

    def test_a_held_delivery_that_goes_elsewhere(self):
        usages = [("usage", "in", ("production", "inventory")), ("company_id", "in", (False, self.company.id))]
        elsewhere = self.env["stock.location"].search(usages) | self.vendors
        transfer = self.make_held()
        for place in elsewhere:
            with self.subTest(place.name):
                self.attempt(transfer.write, {"location_dest_id": place.id})
                self.attempt(transfer.move_ids.write, {"location_dest_id": place.id})
                self.attempt(transfer.move_line_ids.write, {"location_dest_id": place.id})
                self.try_to_validate(transfer)
                self.assertWaits(transfer)

    def test_a_held_delivery_that_comes_from_customers(self):
        transfer = self.make_held()
        self.attempt(transfer.write, {"location_id": self.customers.id})
        self.attempt(transfer.move_ids.write, {"location_id": self.customers.id})
        self.attempt(transfer.move_line_ids.write, {"location_id": self.customers.id})
        self.try_to_validate(transfer)
        self.assertWaits(transfer)

    def test_another_shelf_is_nobodys_concern(self):
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        transfer = self.make_done()
        self.assertTrue(self.attempt(transfer.move_line_ids.write, {"location_id": shelf.id}))
        waiting = self.make_delivery(self.rich, 1).with_user(self.storekeeper)
        self.assertTrue(self.attempt(waiting.move_line_ids.write, {"location_id": shelf.id}))
        self.try_to_validate(waiting)
        self.assertDelivered(waiting)

    def test_a_move_without_a_transfer(self):
        Move = self.env["stock.move"].with_user(self.storekeeper)
        values = {
            "product_id": self.goods.id, "product_uom_qty": 50, "location_id": self.stock.id,
            "location_dest_id": self.customers.id, "partner_id": self.poor.id,
        }
        self.assertRefused(Move.create, {**values, "state": "done"})
        move = Move.create(values)
        self.attempt(move._action_confirm)
        move.write({"quantity": 50, "picked": True})
        self.assertRefused(move.write, {"state": "done"})
        self.assertRefused(move._action_done)
        self.assertEqual(self.at_customers(), 0.0)

    def test_stock_that_is_relocated_to_customers(self):
        keeper = self.make_user("sales", login="inventory_manager")
        keeper.group_ids = self.env.ref("base.group_user") + self.env.ref("stock.group_stock_manager")
        Quant = self.env["stock.quant"]
        quants = Quant.search([("product_id", "=", self.goods.id), ("location_id", "=", self.stock.id)])
        relocation = self.env["stock.quant.relocate"].with_user(keeper)
        for place, is_possible in ((self.customers, False), (self.warehouse.wh_input_stock_loc_id, True)):
            wizard = relocation.create({"quant_ids": [Command.set(quants.ids)], "dest_location_id": place.id})
            self.assertEqual(self.attempt(wizard.action_relocate_quants), is_possible)
        self.assertEqual(self.at_customers(), 0.0)


@tagged("post_install", "-at_install")
class TestMarksThatExempt(GoodsAdversaryCommon):
    """What is exempt is what has come back, or was sold elsewhere: no link says so by itself."""

    def test_a_return_of_something_else(self):
        other = self.make_done(self.rich, 50).move_ids
        by_creation = self.make_free(self.poor, move={"origin_returned_move_id": other.id})
        by_writing = self.make_free(self.poor)
        self.attempt(by_writing.move_ids.write, {"origin_returned_move_id": other.id})
        for transfer in (by_creation, by_writing):
            self.try_to_validate(transfer)
            self.assertWaits(transfer)
        self.assertEqual(self.at_customers(), 50.0)

    def test_a_session_of_the_counter_that_sold_nothing(self):
        if "pos_session_id" not in self.env["stock.picking"]._fields:
            self.skipTest("there is no counter here")
        config = self.env["pos.config"].create({"name": "Counter", "company_id": self.company.id})
        config.open_ui()
        transfer = self.make_free(self.poor)
        self.attempt(transfer.write, {"pos_session_id": config.current_session_id.id})
        self.try_to_validate(transfer)
        self.assertWaits(transfer)

    def test_a_held_delivery_without_its_order(self):
        transfer = self.make_held()
        self.attempt(transfer.write, {"sale_id": False})
        self.attempt(transfer.move_ids.write, {"sale_line_id": False})
        self.try_to_validate(transfer)
        self.assertWaits(transfer)
        self.assertEqual(transfer.sale_id.partner_id, self.poor)


@tagged("post_install", "-at_install")
class TestWhoseCredit(GoodsAdversaryCommon):
    """The debtor is the customer of the order lines that leave."""

    def test_a_held_delivery_under_anothers_order(self):
        transfer, rich = self.make_held(), self.make_delivery(self.rich, 60)
        self.attempt(transfer.write, {"sale_id": rich.sale_id.id})
        self.attempt(transfer.move_ids.write, {"sale_line_id": rich.sale_id.order_line.id})
        self.try_to_validate(transfer)
        self.assertWaits(transfer)
        self.assertEqual(self.hold_of(transfer).partner_id, self.poor)

    def test_goods_of_two_customers_in_one_transfer(self):
        transfer, rich = self.make_held(), self.make_delivery(self.rich, 60).with_user(self.storekeeper)
        self.attempt(transfer.move_ids.write, {"picking_id": rich.id})
        self.set_limit(self.poor, 1000)
        with self.assertRaisesRegex(UserError, "several customers: (Poor, Rich|Rich, Poor)"), self.env.cr.savepoint():
            rich.button_validate()
        self.env.invalidate_all()
        self.assertEqual(self.at_customers(), 0.0)

    def test_the_goods_of_one_of_them_leave(self):
        transfer, rich = self.make_held(), self.make_delivery(self.rich, 60).with_user(self.storekeeper)
        foreign, own = transfer.move_ids, rich.move_ids
        foreign.write({"picking_id": rich.id})
        own.picked, foreign.picked = True, False
        action = rich.with_context(skip_backorder=True).button_validate()
        self.assertIs(action, True)
        self.assertEqual((own.state, foreign.state), ("done", "assigned"))
        self.assertWaits_after(foreign.picking_id)

    def assertWaits_after(self, transfer):  # noqa: N802
        self.try_to_validate(transfer)
        self.assertWaits(transfer)
        self.assertEqual(self.hold_of(transfer).partner_id, self.poor)

    def test_what_has_left_was_for_whom_it_was_for(self):
        transfer = self.make_free(self.poor, 5)
        self.try_to_validate(transfer)
        self.assertDelivered(transfer)
        self.assertRefused(transfer.write, {"partner_id": self.rich.id})
        self.assertRefused(transfer.write, {"sale_id": self.make_delivery(self.rich).sale_id.id})

    def test_who_gets_a_transfer_is_asked_when_it_leaves(self):
        transfer = self.make_free(self.poor)
        self.try_to_validate(transfer)
        self.assertWaits(transfer)
        transfer.write({"partner_id": self.rich.id})
        self.try_to_validate(transfer)
        self.assertDelivered(transfer)
        self.assertRefused(transfer.write, {"partner_id": self.poor.id})

    def test_a_transfer_without_an_order_is_linked_to_one(self):
        order = self.make_delivery(self.rich, 60).sale_id
        transfer = self.make_free(self.rich, 5)
        self.assertTrue(self.attempt(transfer.write, {"sale_id": order.id}))
        self.try_to_validate(transfer)
        self.assertDelivered(transfer)
        self.assertEqual(order.order_line.qty_delivered, 5.0)


@tagged("post_install", "-at_install")
class TestWhatGoodsAreWorth(GoodsAdversaryCommon):
    """Goods are worth what their order line says only where they are its goods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expensive = cls._make_article("Expensive", "delivery", type="consu", is_storable=True, list_price=1000)
        cls.fill(cls.expensive, 1000)

    def make_cheap(self):
        """Return the transfer of an order of 9 pieces at 1."""
        return self.make_delivery(self.poor, 9, 1).with_user(self.storekeeper)

    def test_expensive_goods_under_a_cheap_line(self):
        transfer = self.make_cheap()
        values = {
            "product_id": self.expensive.id, "product_uom_qty": 50, "picking_id": transfer.id,
            "location_id": self.stock.id, "location_dest_id": self.customers.id,
            "sale_line_id": transfer.move_ids.sale_line_id.id,
        }
        Move = self.env["stock.move"].with_user(self.storekeeper)
        self.assertRefused(Move.create, values)
        self.assertRefused(Move.with_context(default_sale_line_id=values.pop("sale_line_id")).create, values)
        Move.create(values)
        self.try_to_validate(transfer)
        self.assertEqual(self.at_customers(self.expensive), 0.0)
        self.assertWaits(transfer)  # 9 × 1 + 50 × 1,000 at list price
        self.assertEqual(self.hold_of(transfer).amount, 50009.0)

    def test_a_cheap_line_that_becomes_expensive(self):
        transfer = self.make_cheap()
        self.assertRefused(transfer.move_ids.write, {"product_id": self.expensive.id})

    def test_a_line_of_other_goods(self):
        values = {
            "product_id": self.expensive.id, "quantity": 50, "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        waiting, done = self.make_cheap(), self.make_cheap()
        self.try_to_validate(done)
        self.assertEqual(done.state, "done")
        Line = self.env["stock.move.line"].with_user(self.storekeeper)
        for transfer in (waiting, done):
            move = transfer.move_ids
            self.assertRefused(Line.create, {**values, "move_id": move.id, "picking_id": transfer.id})
        self.assertEqual(self.at_customers(self.expensive), 0.0)

    def test_a_line_that_was_of_another_move(self):
        inside = self.make_free(self.poor, 50, self.stock, self.warehouse.int_type_id)
        self.try_to_validate(inside)
        done = self.make_done()
        self.attempt(inside.move_line_ids.write, {"move_id": done.move_ids.id})
        self.attempt(done.move_line_ids.write, {"location_dest_id": self.customers.id})
        self.assertEqual(self.at_customers(), 9.0)


@tagged("post_install", "-at_install")
class TestWhatHasLeft(GoodsAdversaryCommon):
    """What has left for an order stays delivered on it."""

    def test_the_links_of_what_has_left(self):
        transfer = self.make_done()
        move, line, order = transfer.move_ids, transfer.move_line_ids, transfer.sale_id
        self.assertExposure(self.poor, 900.0, delivered=900.0)
        other = self.make_delivery(self.rich)
        for record, values in (
            (move, {"sale_line_id": False}),
            (move, {"sale_line_id": other.move_ids.sale_line_id.id}),
            (move, {"origin_returned_move_id": other.move_ids.id}),
            (move, {"location_id": self.customers.id}),
            (move, {"location_dest_id": self.vendors.id}),
            (line, {"location_dest_id": self.stock.id}),
            (line, {"location_id": self.customers.id}),
            (transfer, {"location_dest_id": self.vendors.id}),
            (transfer, {"sale_id": False}),
        ):
            with self.subTest(str(values)):
                self.attempt(record.write, values)
                self.assertEqual(order.order_line.qty_delivered, 9.0)
                self.assertExposure(self.poor, 900.0, delivered=900.0)
        self.assertRefused(move.write, {"sale_line_id": False})
        order.with_user(self.env.user)._action_cancel()
        self.env.invalidate_all()
        self.assertExposure(self.poor, 900.0)

    def test_a_delivery_that_calls_itself_a_return(self):
        """`sale_stock` does not count what says that it gives something back."""
        done, waiting = self.make_done(quantity=1), self.make_delivery(self.poor, 1).with_user(self.storekeeper)
        move = waiting.move_ids.copy({"origin_returned_move_id": done.move_ids.id, "to_refund": False})
        move.picked, move.quantity = True, 1
        self.assertRefused(move._action_done)
        self.assertRefused(waiting.move_ids.write, {"origin_returned_move_id": done.move_ids.id})
        self.assertEqual(self.at_customers(), 1.0)

    def test_goods_come_back_by_a_return(self):
        transfer = self.make_done()
        wizard = self.env["stock.return.picking"].with_user(self.storekeeper).with_context(
            active_id=transfer.id, active_model="stock.picking"
        )
        wizard = wizard.create({})
        wizard.product_return_moves.quantity = 4
        back = transfer.browse(wizard.action_create_returns()["res_id"])
        self.assertRefused(back.move_ids.write, {"sale_line_id": self.make_delivery(self.rich).sale_id.order_line.id})
        self.try_to_validate(back)
        self.assertDelivered(back)
        self.assertExposure(self.poor, 900.0, orders=400.0, delivered=500.0)


@tagged("post_install", "-at_install")
class TestDeliveredWithoutOrder(GoodsAdversaryCommon):
    """A known limit: each is checked, and they do not add up. Whoever sets up is told."""

    def test_they_do_not_add_up_and_setting_up_says_so(self):
        manager = self.make_user("manager", login="setting_up")
        Setup = self.env["credit.setup"].with_user(manager)
        count = Setup.create({})._get_orderless_count()
        for _number in range(6):
            transfer = self.make_free(self.poor, 9)
            self.try_to_validate(transfer)
            self.assertDelivered(transfer)
        self.assertExposure(self.poor, 0.0)
        setup = Setup.create({})
        self.assertEqual(setup._get_orderless_count() - count, 6)
        self.assertIn(f"{count + 6} deliveries of the last 90 days have no order", str(setup.check_ids.mapped("name")))
