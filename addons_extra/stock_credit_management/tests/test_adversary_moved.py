"""A storekeeper writes on what has left, moves it between transfers, and invents what came back."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_adversary_goods import GoodsAdversaryCommon


@tagged("post_install", "-at_install")
class TestWhatHasLeftStaysWhereItIs(GoodsAdversaryCommon):
    """What an order counts is where its move goes; what is checked is in which transfer it left."""

    def make_inside(self, picking_type=None):
        return self.make_free(self.poor, 1, self.stock, picking_type or self.warehouse.int_type_id)

    def get_loss(self):
        places = [("usage", "=", "inventory"), ("company_id", "in", (False, self.company.id))]
        return self.env["stock.location"].search(places, limit=1)

    def test_a_transfer_that_has_left_goes_to_the_inventory(self):
        transfer = self.make_done()
        order = transfer.sale_id
        self.assertExposure(self.poor, 900.0, delivered=900.0)
        self.assertRefused(transfer.write, {"location_dest_id": self.get_loss().id})
        self.assertRefused(transfer.move_ids.write, {"location_dest_id": self.get_loss().id})
        self.assertEqual(order.order_line.qty_delivered, 9.0)
        self.attempt(order.with_user(self.salesperson).order_line.write, {"product_uom_qty": 0})
        self.assertExposure(self.poor, 900.0, delivered=900.0)

    def test_a_move_that_has_left_goes_to_another_transfer(self):
        transfer, inside = self.make_done(), self.make_inside()
        self.assertRefused(transfer.move_ids.write, {"picking_id": inside.id})
        self.assertRefused(inside.write, {"move_ids": [(4, transfer.move_ids.id)]})
        self.assertEqual(transfer.sale_id.order_line.qty_delivered, 9.0)
        self.assertExposure(self.poor, 900.0, delivered=900.0)

    def test_a_move_that_will_leave_by_its_line_only(self):
        transfer = self.make_delivery(self.poor, 9).with_user(self.storekeeper)
        order = transfer.sale_id
        self.attempt(transfer.move_ids.write, {"location_dest_id": self.get_loss().id})
        self.attempt(transfer.move_line_ids.write, {"location_dest_id": self.customers.id})
        self.try_to_validate(transfer)
        self.assertEqual(order.order_line.qty_delivered, self.at_customers())

    def test_a_first_step_whose_line_leaves(self):
        self.warehouse.delivery_steps = "pick_ship"
        pick = self.make_delivery(self.poor, 9).filtered(lambda picking: picking.location_id == self.stock)
        pick = pick.with_user(self.storekeeper)
        pick.move_line_ids.write({"location_dest_id": self.customers.id})
        self.try_to_validate(pick)
        self.assertNotEqual(pick.state, "done")
        self.assertEqual(self.at_customers(), 0.0)

    def test_what_left_is_made_more_from_another_transfer(self):
        done, waiting = self.make_free(self.poor, 9), self.make_free(self.poor, 1)
        self.try_to_validate(done)
        move, line = done.move_ids, done.move_line_ids
        self.assertRefused(move.write, {"picking_id": waiting.id})
        self.assertRefused(line.write, {"quantity": 100})
        self.assertEqual(self.at_customers(), 9.0)

    def test_what_left_of_a_transfer_is_made_more_before_the_rest_leaves(self):
        transfer = self.make_free(self.poor, 9)
        other = transfer.move_ids.copy({"product_uom_qty": 1})
        other._action_confirm(merge=False)
        move = transfer.move_ids - other
        self.assertTrue(self.attempt(move.with_user(self.storekeeper).write, {"state": "done"}))
        self.assertEqual((move.state, transfer.state == "done"), ("done", False))
        self.assertRefused(move.move_line_ids.with_user(self.storekeeper).write, {"quantity": 100})
        self.assertEqual(move.quantity, 9.0)

    def test_the_move_that_is_asked_about_is_not_the_one_picked(self):
        transfer = self.make_free(self.poor, 50)
        small = transfer.move_ids.copy({"product_uom_qty": 1})
        small._action_confirm(merge=False)
        (transfer.move_ids - small).picked = False
        small.write({"quantity": 1, "picked": True})
        self.assertRefused((transfer.move_ids - small).with_user(self.storekeeper).write, {"state": "done"})

    def test_the_warehouse_reads_no_figures(self):
        transfer = self.make_held()
        move = transfer.move_ids
        self.assertTrue(self.attempt(move.write, {"picking_id": False}))
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            move.write({"state": "done"})
        self.assertEqual(
            str(refusal.exception),
            "The customer's credit does not allow this delivery for now. Ask a credit controller to release it.",
        )

    def test_less_has_left_than_was_said(self):
        """900, of which 300 stay: 600 are taken off, and somebody is told."""
        transfer = self.make_done()
        order = transfer.sale_id.sudo()
        self.assertTrue(self.attempt(transfer.move_line_ids.write, {"quantity": 3}))
        self.assertEqual((order.order_line.qty_delivered, order.credit_amount_lowered), (3.0, 600.0))
        logged = self.env["credit.log"].sudo().search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertIn("900.00", str(logged.mapped("summary")))
        self.assertTrue(self.attempt(transfer.move_ids.write, {"quantity": 2}))
        self.assertEqual(order.credit_amount_lowered, 700.0)

    def test_less_has_left_where_two_persons_say_so(self):
        transfer = self.make_done()
        self.company.sudo().credit_second_person = "required"
        self.assertRefused(transfer.move_line_ids.write, {"quantity": 3})
        self.assertRefused(transfer.move_ids.write, {"quantity": 0})
        self.assertExposure(self.poor, 900.0, delivered=900.0)


@tagged("post_install", "-at_install")
class TestComeBackForTheSalesperson(GoodsAdversaryCommon):
    """That goods came back is the word of the warehouse: whoever sold them has no word in it."""

    def setUp(self):
        super().setUp()
        self.transfer = self.make_done().sudo()
        self.order, self.line = self.transfer.sale_id.sudo(), self.transfer.move_ids.sale_line_id
        self.company.sudo().credit_second_person = "required"

    def get_return(self, **values):
        return {
            "product_id": self.goods.id, "product_uom_qty": 9, "quantity": 9, "location_id": self.customers.id,
            "location_dest_id": self.stock.id, "sale_line_id": self.line.id, "to_refund": True,
            "origin_returned_move_id": self.transfer.move_ids.id, **values,
        }

    def make_receipt(self, **values):
        """Let the salesperson make a receipt of what the customer got."""
        move = self.get_return(picked=True, **values)
        places = {name: move[name] for name in ("location_id", "location_dest_id")}
        return self.env["stock.picking"].with_user(self.salesperson).create(
            {
                **places, "picking_type_id": self.warehouse.in_type_id.id, "partner_id": self.poor.id,
                "move_ids": [Command.create(move)],
            }
        )

    def assertOwed(self):  # noqa: N802
        self.assertEqual(self.line.qty_delivered, 9.0)
        self.assertExposure(self.poor, 900.0, delivered=900.0)

    def test_a_return_that_is_created_as_done(self):
        for user in (self.salesperson, self.storekeeper):
            moves = self.env["stock.move"].with_user(user)
            self.assertRefused(moves.create, self.get_return(state="done"))
            self.assertRefused(moves.with_context(default_sale_line_id=self.line.id, default_state="done").create, {
                name: value for name, value in self.get_return().items() if name != "sale_line_id"
            })
        self.assertOwed()

    def test_a_return_that_the_salesperson_receives(self):
        receipt = self.make_receipt()
        self.assertRefused(receipt.button_validate)
        self.assertRefused(receipt.move_ids.write, {"state": "done"})
        self.assertOwed()
        self.company.sudo().credit_second_person = "told"
        self.assertRefused(receipt.button_validate)  # it is the own sale
        self.assertOwed()
        colleague = self.make_user("sales", login="colleague")
        self.assertTrue(self.attempt(receipt.with_user(colleague).button_validate))
        self.assertEqual(self.order.credit_amount_lowered, 900.0)

    def test_a_return_that_the_warehouse_receives(self):
        receipt = self.make_receipt()
        self.assertTrue(self.attempt(receipt.with_user(self.storekeeper).button_validate))
        self.assertExposure(self.poor, 0.0)

    def test_what_came_back_is_not_made_more(self):
        receipt = self.make_receipt(quantity=1, product_uom_qty=1)
        self.assertTrue(self.attempt(receipt.with_user(self.storekeeper).button_validate))
        self.assertEqual(self.line.qty_delivered, 8.0)
        self.assertRefused(receipt.move_ids.write, {"quantity": 9})
        self.assertRefused(receipt.move_line_ids.write, {"quantity": 9})
        more = {"move_id": receipt.move_ids.id, "picking_id": receipt.id, "product_id": self.goods.id, "quantity": 8}
        places = {"location_id": self.customers.id, "location_dest_id": self.stock.id}
        self.assertRefused(self.env["stock.move.line"].with_user(self.salesperson).create, {**more, **places})
        self.assertRefused(receipt.move_line_ids.copy, {"quantity": 8})
        self.assertEqual(self.line.qty_delivered, 8.0)

    def test_what_came_back_and_is_to_be_invoiced_all_the_same(self):
        receipt = self.make_receipt(to_refund=False)
        self.assertTrue(self.attempt(receipt.with_user(self.storekeeper).button_validate))
        self.assertEqual(self.line.qty_delivered, 9.0)
        self.assertRefused(receipt.move_ids.write, {"to_refund": True})
        self.assertOwed()


@tagged("post_install", "-at_install")
class TestTheWayBack(GoodsAdversaryCommon):
    """Only what had left to a customer goes back to him without a check."""

    def make_left(self, partner, quantity=9):
        """Let goods leave without an order."""
        transfer = self.make_free(partner, quantity)
        self.try_to_validate(transfer)
        self.assertDelivered(transfer)
        return transfer.move_ids

    def bring(self, partner, quantity, left=None):
        """Receive goods from a customer."""
        receipt = self.make_free(
            partner, quantity, self.stock, self.warehouse.in_type_id, location_id=self.customers.id,
            move={"location_id": self.customers.id, "origin_returned_move_id": left.id if left else False},
        )
        self.try_to_validate(receipt)
        self.assertEqual(receipt.state, "done")
        return receipt.move_ids

    def give_back(self, partner, quantity, came):
        transfer = self.make_free(partner, quantity, move={"origin_returned_move_id": came.id})
        self.try_to_validate(transfer)
        return transfer

    def stop(self, partner):
        """Let nothing that is checked pass any more."""
        self.set_limit(partner, 1)

    def test_what_had_left_goes_back_once(self):
        came = self.bring(self.poor, 9, self.make_left(self.poor))
        self.stop(self.poor)
        self.assertWaits(self.give_back(self.poor, 10, came))
        back = self.give_back(self.poor, 9, came)
        self.assertDelivered(back)
        self.assertWaits(self.give_back(self.poor, 9, came))
        self.assertRefused(back.move_line_ids.write, {"quantity": 0})
        self.assertRefused(back.move_ids.write, {"state": "draft"})

    def test_another_customers_goods(self):
        came = self.bring(self.rich, 50, self.make_left(self.rich, 50))
        self.assertRefused(came.picking_id.write, {"partner_id": self.poor.id})
        self.assertWaits(self.give_back(self.poor, 50, came))

    def test_a_receipt_that_was_invented(self):
        self.assertWaits(self.give_back(self.poor, 50, self.bring(self.poor, 50)))

    def test_a_receipt_of_more_than_had_left(self):
        left = self.make_left(self.poor)
        self.assertWaits(self.give_back(self.poor, 50, self.bring(self.poor, 50, left)))

    def test_several_receipts_of_what_had_left(self):
        left = self.make_left(self.poor)
        came, again = self.bring(self.poor, 9, left), self.bring(self.poor, 9, left)
        self.stop(self.poor)
        self.assertDelivered(self.give_back(self.poor, 9, came))
        self.assertWaits(self.give_back(self.poor, 9, again))

    def test_a_receipt_that_never_was(self):
        came = self.bring(self.poor, 9, self.make_left(self.poor))
        self.assertDelivered(self.give_back(self.poor, 9, came))
        self.assertRefused(came.move_line_ids.write, {"quantity": 0})
        self.assertRefused(came.write, {"quantity": 8})
        self.assertEqual(came.quantity, 9.0)

    def test_goods_of_an_order_do_not_go_back_without_it(self):
        left = self.make_done(self.poor).move_ids
        self.stop(self.poor)
        self.assertWaits(self.give_back(self.poor, 9, self.bring(self.poor, 9, left)))
