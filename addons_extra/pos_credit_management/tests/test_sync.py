"""Sales that arrive at the server have taken place: kept, decided, marked, never refused."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestSync(PosCommon):
    def test_a_sale_on_account_within_the_limit_passes(self):
        customer = self.make_customer(1000)
        order = self.sell(customer, 1000)
        self.assertSold(order)
        self.assertExposure(customer, 1000, pos=1000)
        self.assertEqual(self.decisions(order).mapped("verdict"), ["pass"])
        self.assertEqual(self.decisions(order).checkpoint, "pos")

    def test_a_sale_beyond_the_limit_is_kept_marked_and_reported(self):
        customer = self.make_customer(1000, controller_id=self.boss.id)
        order = self.sell(customer, 1000.01)
        self.assertSoldBeyond(order)
        hold = self.hold_of(order)
        self.assertEqual((hold.amount, round(hold.amount_over, 2)), (1000.01, 0.01))
        self.assertEqual(hold.activity_ids.user_id, self.boss)
        self.assertIn("The sale has taken place", hold.message_ids[0].body)
        self.assertIn(order.pos_reference, hold.document_name)
        self.assertEqual(self.decisions(order).mapped("verdict"), ["hold"])

    def test_sales_of_one_customer_add_up_within_a_session(self):
        customer = self.make_customer(1000)
        self.assertSold(self.sell(customer, 600))
        self.assertSoldBeyond(self.sell(customer, 600))
        self.assertExposure(customer, 1200, pos=1200)

    def test_what_is_paid_at_once_is_not_checked(self):
        customer = self.make_customer(0)
        for payments in ([(self.cash, 500)], [(self.bank, 500)]):
            order = self.sell(customer, 500, payments)
            self.assertSold(order)
            self.assertFalse(self.decisions(order))
        self.assertExposure(customer, 0)

    def test_only_the_part_on_account_is_tested(self):
        customer = self.make_customer(400)
        order = self.sell(customer, 1000, [(self.cash, 600), (self.account, 400)])
        self.assertSold(order)
        self.assertEqual(self.decisions(order).amount, 400)
        self.assertExposure(customer, 400, pos=400)

    def test_a_contact_uses_the_credit_of_its_company(self):
        customer = self.make_customer(100)
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": customer.id})
        order = self.sell(contact, 150)
        self.assertSoldBeyond(order)
        self.assertEqual(self.hold_of(order).partner_id, customer)

    def test_a_sale_that_a_rule_refuses_is_kept_too(self):
        self.policy.rule_ids.effect_pos = "refuse"
        self.assertSoldBeyond(self.sell(self.make_customer(10), 20))

    def test_a_stopped_account_is_marked_whatever_the_amount(self):
        customer = self.make_customer(1000, account_status="stop")
        self.assertSoldBeyond(self.sell(customer, 1))
        self.assertSold(self.sell(customer, 1, [(self.cash, 1)]))

    def test_a_warning_stops_nothing(self):
        self.policy.rule_ids.effect_pos = "warn"
        order = self.sell(self.make_customer(10), 20)
        self.assertSold(order)
        self.assertEqual(self.decisions(order).verdict, "warn")

    def test_nothing_is_checked_without_a_policy(self):
        self.policy.action_deactivate()
        order = self.sell(self.make_customer(10), 20)
        self.assertSold(order)
        self.assertFalse(self.decisions(order))

    def test_a_sale_that_is_sent_twice_is_decided_once(self):
        customer = self.make_customer(10)
        data = self.sale_data(customer, 20)
        order = self.sync(dict(data))
        self.assertEqual(self.sync(dict(data)), order)
        self.assertEqual(len(self.decisions(order)), 1)

    def test_an_invoiced_sale_is_decided_once_and_its_invoice_is_posted(self):
        self.policy.rule_ids.effect_invoice = "refuse"
        customer = self.make_customer(100)
        order = self.sell(customer, 150, to_invoice=True)
        self.assertSoldBeyond(order)
        self.assertEqual(order.account_move.state, "posted")
        self.assertExposure(customer, 150, not_due=150)

    def test_an_invoice_of_the_counter_that_is_reopened_is_checked_like_any_other(self):
        customer = self.make_customer(100)
        order = self.sell(customer, 100, to_invoice=True)
        invoice = order.account_move
        invoice.button_draft()
        self.set_limit(customer, 50)
        with self.assertRaises(UserError):
            invoice._post()

    def test_a_failing_check_never_stops_the_sale(self):
        customer = self.make_customer(100)
        broken = patch.object(type(self.env["pos.order"]), "_credit_decide", side_effect=ZeroDivisionError)
        with broken, mute_logger("odoo.addons.pos_credit_management.models.pos_order"):
            order = self.sell(customer, 50)
        self.assertEqual(order.state, "paid")
        self.assertTrue(order.credit_is_beyond)

    def test_payments_that_are_changed_after_the_sale_are_decided(self):
        customer = self.make_customer(100)
        order = self.sell(customer, 150, [(self.cash, 150)])
        self.assertSold(order)
        order.payment_ids.payment_method_id = self.account
        self.env.invalidate_all()
        self.assertSoldBeyond(order)

    def test_the_mark_stays_when_the_hold_is_cured(self):
        customer = self.make_customer(100)
        order = self.sell(customer, 150)
        self.set_limit(customer, 200)
        self.hold_of(order).action_recheck()
        self.assertEqual(self.hold_of(order).state, "cured")
        self.assertFalse(order.credit_hold_state)
        self.assertTrue(order.credit_is_beyond)

    def test_a_controller_accepts_the_sale_afterwards(self):
        order = self.sell(self.make_customer(100), 150)
        self.release(order, self.boss)
        self.assertEqual(order.credit_hold_state, "released")
        self.assertEqual(self.hold_of(order).state, "released")

    def test_marks_from_a_screen_are_ignored(self):
        data = self.sale_data(self.make_customer(100), 150, credit_hold_state="released", credit_is_beyond=False)
        self.assertSoldBeyond(self.sync(data))

    def test_nobody_writes_the_marks_by_hand(self):
        order = self.sell(self.make_customer(100), 150)
        for values in ({"credit_is_beyond": False}, {"credit_hold_state": "released"}):
            with self.assertRaises(AccessError):
                order.with_user(self.cashier).write(values)

    def test_the_screen_is_told_nothing_of_the_marks(self):
        order = self.sell(self.make_customer(100), 150)
        [read] = order.with_user(self.cashier).read_pos_data([], self.config)["pos.order"]
        self.assertEqual(read["id"], order.id)
        self.assertFalse([name for name in read if name.startswith("credit_")])

    def test_the_hold_falls_with_a_cancelled_or_deleted_draft(self):
        orders = []
        for _index in range(2):
            order = self.enter(self.make_customer(100), 150)
            self.ask(order).credit_ask_counter()
            orders.append(order)
        holds = self.hold_of(orders[0]) + self.hold_of(orders[1])
        orders[0].action_pos_order_cancel()
        orders[1].unlink()
        self.assertEqual(holds.mapped("state"), ["cancelled", "cancelled"])
