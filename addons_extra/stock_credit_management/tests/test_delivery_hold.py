"""Held transfers: who is told what, how they get free, and what becomes of their stock."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryHold(DeliveryCommon):
    def make_waiting(self, customer=None, **values):
        """Return a transfer that was stopped for an overdue invoice, and the invoice."""
        customer = customer or self.make_customer(10000)
        transfer = self.make_delivery(customer, **values)
        invoice = self.make_late(customer)
        self.validate(transfer)
        self.assertWaits(transfer)
        return transfer, invoice

    # -- several at once -----------------------------------------------------------------------------

    def make_three(self):
        good, late = self.make_customer(10000, "Good"), self.make_customer(10000, "Late")
        transfers = self.make_delivery(good) + self.make_delivery(late) + self.make_delivery(good)
        self.make_late(late)
        return transfers

    def test_one_held_customer_does_not_stop_the_others(self):
        transfers = self.make_three()
        result = transfers.with_user(self.storekeeper).button_validate()
        self.assertDelivered(transfers[0], transfers[2])
        self.assertWaits(transfers[1])
        self.assertIn(transfers[1].name, result["params"]["message"])

    def test_a_customer_that_a_rule_refuses_does_not_stop_the_others_either(self):
        self.policy.rule_ids.effect_delivery = "refuse"
        transfers = self.make_three()
        transfers.with_user(self.storekeeper).button_validate()
        self.assertDelivered(transfers[0], transfers[2])
        self.assertWaits(transfers[1])

    def test_the_others_are_asked_about_their_backorders(self):
        transfers = self.make_three()
        transfers[0].move_ids.quantity = 4
        result = transfers.with_user(self.storekeeper).button_validate()
        self.assertWaits(transfers[1])
        question = result["params"]["next"]
        self.assertEqual(question["res_model"], "stock.backorder.confirmation")
        wizard = self.env["stock.backorder.confirmation"].with_context(**question["context"]).create({})
        wizard.process()
        self.assertDelivered(transfers[0], transfers[2])

    def test_a_batch_goes_on_without_what_is_held(self):
        if "stock.picking.batch" not in self.env:
            self.skipTest("stock_picking_batch is not installed")
        transfers = self.make_three()
        batch = self.env["stock.picking.batch"].create(
            {"picking_ids": transfers.ids, "picking_type_id": self.warehouse.out_type_id.id}
        )
        batch.action_confirm()
        batch.with_user(self.storekeeper).action_done()
        self.assertDelivered(transfers[0], transfers[2])
        self.assertWaits(transfers[1])
        self.assertEqual(batch.picking_ids, transfers[1])
        self.assertNotEqual(batch.state, "done")

    def test_a_selection_of_one_is_held_as_well(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.make_late(customer)
        action = self.env.ref("stock.action_validate_picking").with_user(self.storekeeper)
        action.with_context(active_model="stock.picking", active_ids=transfer.ids, active_id=transfer.id).run()
        self.assertWaits(transfer)

    def test_a_program_gets_an_error_and_no_hold(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.make_late(customer)
        with self.assertRaisesRegex(UserError, "on credit hold"):
            transfer.with_user(self.storekeeper).button_validate()
        self.assertFalse(transfer.credit_hold_state)

    # -- parts ---------------------------------------------------------------------------------------

    def test_a_part_leaves_and_the_rest_is_checked_again(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        rest = self.validate_part(transfer, 4)
        self.assertDelivered(transfer)
        self.assertEqual(rest.move_ids.product_uom_qty, 6.0)
        self.assertFalse(rest.credit_hold_state)
        self.make_late(customer)
        self.validate(rest)
        self.assertWaits(rest)
        self.assertEqual(self.hold_of(rest).amount, 600.0)

    # -- what the warehouse reads --------------------------------------------------------------------

    def test_the_warehouse_reads_no_amounts(self):
        transfer, _invoice = self.make_waiting()
        seen = transfer.with_user(self.storekeeper)
        neutral = "The customer's credit does not allow this delivery for now."
        self.assertEqual(seen.credit_hold_reason, neutral)
        self.assertEqual(seen.action_credit_check()["params"]["message"], neutral)
        texts = " ".join(transfer.message_ids.mapped("body"))
        self.assertIn("On credit hold", texts)
        self.assertNotIn("50.00", texts)
        self.assertNotIn("overdue", texts)

    def test_the_warehouse_reads_no_amounts_on_the_order_either(self):
        transfer, _invoice = self.make_waiting()
        order = transfer.sale_id.with_user(self.storekeeper)
        self.assertFalse(order.credit_panel)
        self.assertTrue(order.with_user(self.salesperson).credit_panel)

    def test_the_controller_reads_why(self):
        transfer, _invoice = self.make_waiting()
        self.controller.group_ids += self.env.ref("stock.group_stock_user")
        self.assertIn("50.00", transfer.with_user(self.controller).credit_hold_reason)

    def test_the_notification_and_the_refusal_have_no_amounts(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        self.make_late(customer)
        with self.assertRaises(UserError) as refusal:
            transfer.with_user(self.storekeeper).button_validate()
        self.assertNotIn("50.00", str(refusal.exception))
        self.assertNotIn("50.00", self.validate(transfer)["params"]["message"])

    def test_the_warehouse_asks_for_a_release(self):
        transfer, _invoice = self.make_waiting()
        transfer.with_user(self.storekeeper).action_credit_request_release()
        self.assertTrue(self.hold_of(transfer).is_requested)

    def test_the_banner_tells_the_warehouse_on_whose_desk_it_is_and_no_amount(self):
        self.company.credit_controller_id = self.controller
        transfer, _invoice = self.make_waiting()
        banner = transfer.with_user(self.storekeeper).credit_panel["hold"]
        self.assertEqual(banner["reason"], "The customer's credit does not allow this delivery for now.")
        self.assertIn(f"On the desk of {self.controller.name} since", banner["where"])
        self.controller.group_ids += self.env.ref("stock.group_stock_user")
        self.assertIn("50.00", transfer.with_user(self.controller).credit_panel["hold"]["reason"])

    def test_a_rejected_delivery_says_so_without_a_reason_and_stays_until_something_changes(self):
        transfer, invoice = self.make_waiting()
        reason = self.env["credit.reason"].search([("kind", "=", "reject")], limit=1)
        self.hold_of(transfer).with_user(self.controller)._reject(reason, "50.00 first")
        seen = transfer.with_user(self.storekeeper)
        self.assertEqual(transfer.credit_hold_state, "rejected")
        self.assertTrue(seen.credit_panel["rejection"]["is_kept"])
        told = self.validate(transfer)["params"]["message"]
        self.assertIn("Rejected by the credit department on", told)
        self.assertNotIn("50.00", told + seen.credit_panel["rejection"]["text"])
        self.assertEqual((transfer.state, transfer.credit_hold_state), ("assigned", "rejected"))
        self.pay(invoice)
        self.validate(transfer)
        self.assertDelivered(transfer)
        self.assertFalse(transfer.credit_hold_state)

    def test_the_salesperson_is_told(self):
        transfer, _invoice = self.make_waiting()
        self.assertEqual(self.hold_of(transfer).salesperson_id, self.salesperson)
        self.assertIn(self.salesperson.partner_id, transfer.message_ids.notified_partner_ids)

    # -- getting free --------------------------------------------------------------------------------

    def test_a_payment_frees_and_finishes_the_delivery(self):
        transfer, invoice = self.make_waiting()
        self.pay(invoice)
        self.commit()
        self.assertDelivered(transfer)
        self.assertEqual(self.hold_of(transfer).state, "cured")

    def test_whoever_had_pressed_the_button_is_told_to_look_at_the_shelf(self):
        """What was done, when, and by which payment."""
        transfer, invoice = self.make_waiting()
        payment = self.pay(invoice)
        self.commit()
        [task] = transfer.activity_ids.filtered(lambda task: task.user_id == self.storekeeper)
        self.assertEqual(task.summary, f"Check the shelf: {transfer.name} was validated")
        self.assertIn("still on the shelf", task.note)
        self.assertIn(f"Freed by {payment.name}", task.note)
        self.assertNotIn("50.00", task.note)
        told = " ".join(transfer.message_ids.mapped("body"))
        self.assertIn(f"{self.storekeeper.name} had pressed Validate", told)
        self.assertIn(f"Freed by {payment.name}", told)

    def test_whoever_presses_later_is_the_one_who_is_told(self):
        transfer, _invoice = self.make_waiting()
        other = self.storekeeper.copy({"name": "Other", "login": "other"})
        self.validate(transfer, other)
        self.release(transfer, self.controller)
        self.assertDelivered(transfer)
        self.assertIn(other, transfer.activity_ids.user_id)
        self.assertNotIn(self.storekeeper, transfer.activity_ids.user_id)

    def test_a_payment_only_frees_where_the_company_wants_that(self):
        self.company.credit_is_resumed = False
        transfer, invoice = self.make_waiting()
        self.pay(invoice)
        self.commit()
        self.assertEqual(transfer.state, "assigned")
        self.assertFalse(transfer.credit_hold_state)

    def test_a_delivery_that_would_ask_something_is_only_freed(self):
        customer = self.make_customer(10000)
        transfer = self.make_delivery(customer)
        invoice = self.make_late(customer)
        transfer.move_ids.quantity = 4
        self.validate(transfer)
        self.assertWaits(transfer)
        self.pay(invoice)
        self.commit()
        self.assertEqual(transfer.state, "assigned")
        self.assertFalse(transfer.credit_hold_state)
        self.assertEqual(transfer.move_ids.quantity, 4.0)

    def test_a_release_finishes_the_delivery(self):
        transfer, _invoice = self.make_waiting()
        self.release(transfer, self.controller)
        self.assertDelivered(transfer)

    def test_who_asked_does_not_release(self):
        self.storekeeper.group_ids += self.env.ref("credit_management.group_credit_controller")
        transfer, _invoice = self.make_waiting()
        with self.assertRaises(UserError):
            self.release(transfer, self.storekeeper)

    def test_the_release_of_the_order_covers_its_deliveries(self):
        self.policy.rule_ids.effect_order = "hold"
        customer = self.make_customer(500)
        order = self.make_order(customer, 100, 10, product=self.goods)
        self.confirm(order, self.salesperson)
        self.assertHeld(order)
        self.release(order, self.controller)
        self.assertConfirmed(order)
        rest = self.validate_part(order.picking_ids, 4)
        self.validate(rest)
        self.assertDelivered(*order.picking_ids)

    def test_the_release_of_the_order_does_not_cover_more_than_its_amount(self):
        self.policy.rule_ids.effect_order = "hold"
        order = self.make_order(self.make_customer(500), 100, 10, product=self.goods)
        self.confirm(order, self.salesperson)
        self.release(order, self.controller)
        rest = self.validate_part(order.picking_ids, 4)
        rest.move_ids.quantity = 7
        self.validate(rest)
        self.assertWaits(rest)  # 400 + 700 for a release of 1,000

    def test_a_release_of_a_forced_order_frees_its_delivery(self):
        transfer = self.make_delivery(self.make_customer(10000))
        both = self.make_user("controller", "sales", login="both")
        force = self.env["credit.hold.force"].with_user(both)
        force.create({"order_ids": transfer.sale_id.ids, "reason": "Wait for the boss"}).action_force()
        self.validate(transfer)
        self.assertWaits(transfer)
        self.release(transfer.sale_id, self.controller)
        self.commit()
        self.assertDelivered(transfer)

    def test_a_stopped_account_delivers_nothing_not_even_what_is_paid(self):
        customer = self.make_customer(10000)
        self.goods.invoice_policy = "order"
        transfer = self.make_delivery(customer)
        self.pay(self.bill(transfer.sale_id))
        self.profile_of(customer).write({"account_status": "stop", "status_reason": "Insolvent"})
        self.validate(transfer)
        self.assertWaits(transfer)
        self.profile_of(customer).account_status = "normal"
        self.commit()
        self.assertDelivered(transfer)

    def test_a_cancelled_transfer_closes_its_hold(self):
        transfer, _invoice = self.make_waiting()
        hold = self.hold_of(transfer)
        transfer.action_cancel()
        self.assertEqual(hold.state, "cancelled")
        self.assertFalse(transfer.credit_hold_state)

    def test_a_cancelled_order_closes_the_hold_of_its_transfer(self):
        transfer, _invoice = self.make_waiting()
        transfer.sale_id._action_cancel()
        self.assertEqual(transfer.state, "cancel")
        self.assertEqual(self.hold_of(transfer).state, "cancelled")

    # -- stock ---------------------------------------------------------------------------------------

    def test_held_goods_keep_their_stock(self):
        transfer, _invoice = self.make_waiting()
        self.assertEqual(transfer.state, "assigned")
        self.assertEqual(transfer.move_ids.quantity, 10.0)

    def test_held_goods_free_their_stock_where_the_company_wants_that(self):
        self.company.credit_is_reservation_kept = False
        transfer, invoice = self.make_waiting()
        self.assertEqual(transfer.move_ids.quantity, 0.0)
        transfer.action_assign()
        self.assertEqual(transfer.move_ids.quantity, 0.0, "nothing is reserved for what is on hold")
        self.pay(invoice)
        self.commit()
        self.assertFalse(transfer.credit_hold_state)
        self.assertEqual(transfer.move_ids.quantity, 10.0, "reserved again")
        self.assertEqual(transfer.state, "assigned", "and validated by a person: the goods went back to the shelf")

    def test_freed_stock_serves_another_customer(self):
        self.company.credit_is_reservation_kept = False
        self.env["stock.quant"]._update_available_quantity(self.goods, self.stock, -990)
        self.make_waiting()
        other = self.make_delivery(self.make_customer(10000, "Other"))
        self.assertEqual(other.move_ids.quantity, 10.0)


@tagged("post_install", "-at_install")
class TestReleasedOrders(DeliveryCommon):
    """An order of 10 × 150 for a limit of 1,000, released up to 1,650."""

    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(1000)
        self.policy.rule_ids.effect_order = "hold"
        self.order = self.make_held(
            self.customer, 150, self.salesperson, quantity=10, product=self.goods, user_id=self.salesperson.id
        )
        self.release(self.order, self.controller, percent_tolerance=10)
        self.transfer = self.order.picking_ids

    def deliver_part(self, transfer, quantity):
        rest = self.validate_part(transfer, quantity)
        self.assertDelivered(transfer)
        return rest

    def test_the_release_covers_its_deliveries_up_to_its_amount(self):
        self.transfer.move_ids.quantity = 11
        self.validate(self.transfer)
        self.assertDelivered(self.transfer)

    def test_deliveries_use_it_up_together(self):
        rest = self.deliver_part(self.transfer, 6)
        rest.move_ids.quantity = 6  # 12 in all: 1,800
        self.validate(rest)
        self.assertWaits(rest)
        rest.move_ids.quantity = 5
        self.validate(rest)
        self.assertDelivered(rest)

    def test_what_is_said_to_be_returned_gives_nothing_back(self):
        service = self._make_article("Service", "delivery")
        self.order.order_line.create({"order_id": self.order.id, **self.line_values(10, 0, service)})
        self.order.order_line[1].with_user(self.salesperson).qty_delivered = -100
        rest = self.deliver_part(self.transfer, 6)
        rest.move_ids.quantity = 6
        self.validate(rest)
        self.assertWaits(rest)

    def test_two_deliveries_in_one_call_use_it_up_too(self):
        extra = self.transfer.copy()
        extra.action_confirm()
        self.transfer.move_ids.quantity = 6
        extra.move_ids.quantity = 6
        both = self.transfer + extra
        both.move_ids.picked = True
        decisions = both._credit_decide("delivery", is_locked=False)
        self.assertEqual([decisions[transfer].verdict for transfer in both], ["pass", "hold"])

    def test_what_was_delivered_grows_within_the_release_only(self):
        self.validate(self.transfer)
        self.transfer.is_locked = False
        self.transfer.move_ids.quantity = 11
        with self.assertRaisesRegex(UserError, "on credit hold"):
            self.transfer.move_ids.quantity = 12
