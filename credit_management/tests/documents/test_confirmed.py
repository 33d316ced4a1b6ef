"""Confirmed orders of a customer that turns bad are stopped at their next step, and never taken back."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


class ConfirmedCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_user("sales")
        cls.policy = cls.make_policy(
            {"criterion": "overdue_days", "days": 30, "effect_confirmed": "hold", "effect_change": "none"},
            {"criterion": "limit_exceeded", "effect_change": "none", "effect_invoice": "none"},
        )
        cls.customer = cls.make_customer(10000)
        cls.order = cls.make_confirmed(cls.customer, 500, user_id=cls.seller.id)

    def turn_bad(self):
        self.invoice = self.make_invoice(self.customer, 100, days_overdue=31)
        self.night()

    def night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("credit_management.cron_confirmed_orders").method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestConfirmedOrders(ConfirmedCommon):
    def test_nothing_happens_while_the_customer_is_good(self):
        self.night()
        self.assertFalse(self.order.credit_hold_state)

    def test_it_is_marked_listed_and_told_and_stays_confirmed(self):
        self.turn_bad()
        hold = self.hold_of(self.order)
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("sale", "held"))
        self.assertEqual((hold.state, hold.checkpoint), ("open", "confirmed"))
        self.assertIn("overdue", hold.reason)
        told = self.order.message_ids.filtered(lambda message: "On credit hold" in (message.body or ""))
        self.assertIn(self.seller.partner_id, told.notified_partner_ids)
        holds = self.env["credit.hold"].search_count([("res_id", "=", self.order.id)])
        self.night()
        self.assertEqual(self.env["credit.hold"].search_count([("res_id", "=", self.order.id)]), holds)

    def test_it_does_not_grow_and_may_shrink(self):
        self.turn_bad()
        with self.assertRaises(UserError):
            self.order.with_user(self.seller).order_line.price_unit = 501
        self.order.with_user(self.seller).order_line.price_unit = 400

    def test_a_payment_frees_it(self):
        self.turn_bad()
        self.pay(self.invoice)
        self.commit()
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("sale", False))
        self.order.with_user(self.seller).order_line.price_unit = 501

    def test_a_release_frees_it(self):
        self.turn_bad()
        self.release(self.order, self.make_user("manager"), date_until=self.today)
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("sale", "released"))
        self.night()
        self.assertEqual(self.order.credit_hold_state, "released")

    def test_rule_by_rule_where_the_policy_says_so(self):
        self.policy.rule_ids[0].effect_confirmed = "none"
        self.set_limit(self.customer, 100)
        self.turn_bad()
        self.assertFalse(self.order.credit_hold_state)


@tagged("post_install", "-at_install")
class TestInvoicesOfStoppedOrders(ConfirmedCommon):
    """10 at 50 were ordered; then the customer is 31 days late and the order is stopped at its next step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")
        cls.policy.rule_ids.effect_invoice = "none"
        line = cls.line(50, 10, cls.article)
        cls.order = cls.make_confirmed(cls.customer, lines=[line], user_id=cls.seller.id)

    def make_draft(self, quantity):
        draft = self.bill(self.order, post=False)
        draft.invoice_line_ids.quantity = quantity
        return draft

    def test_what_is_not_delivered_is_not_invoiced(self):
        self.turn_bad()
        draft = self.make_draft(10)
        with self.assertRaisesRegex(UserError, "the order is on credit hold.*What was delivered of it can be invoiced"):
            draft.with_user(self.biller).action_post()
        draft.with_user(self.biller).with_context(credit_interactive=True).action_post()
        self.assertEqual((draft.state, draft.credit_hold_state), ("draft", "held"))

    def test_what_is_delivered_is_invoiced_and_no_more(self):
        """4 of 10 were delivered: 5 are stopped, 4 post, and then 1 more is stopped."""
        self.deliver(self.order.order_line, 4)
        self.turn_bad()
        draft = self.make_draft(5)
        with self.assertRaisesRegex(UserError, "is on credit hold"):
            draft.with_user(self.biller).action_post()
        draft.invoice_line_ids.quantity = 4
        draft.with_user(self.biller).action_post()
        self.assertEqual((draft.state, draft.amount_total), ("posted", 200.0))
        with self.assertRaisesRegex(UserError, "is on credit hold"):
            self.make_draft(1).with_user(self.biller).action_post()

    def test_another_draft_does_not_stand_in_the_way_of_what_was_delivered(self):
        self.deliver(self.order.order_line, 4)
        self.turn_bad()
        first, second = self.make_draft(6), self.make_draft(4)
        second.with_user(self.biller).action_post()
        self.assertEqual((first.state, second.state), ("draft", "posted"))

    def test_a_down_payment_asks_for_money_and_posts(self):
        self.turn_bad()
        invoice = self.bill_down_payment(self.order, 100, post=False)
        invoice.with_user(self.biller).action_post()
        self.assertEqual(invoice.state, "posted")

    def test_a_payment_frees_the_order_and_its_invoice(self):
        self.turn_bad()
        draft = self.make_draft(10)
        draft.with_context(credit_interactive=True).action_post()
        self.assertEqual(draft.credit_hold_state, "held")
        self.pay(self.invoice)
        self.commit()
        self.assertFalse(self.order.credit_hold_state)
        self.assertEqual((draft.state, draft.credit_hold_state), ("posted", False))

    def test_a_release_of_the_order_covers_its_invoice(self):
        self.turn_bad()
        self.release(self.order, self.make_user("manager"), date_until=self.today)
        draft = self.make_draft(10)
        draft.with_user(self.biller).action_post()
        self.assertEqual(draft.state, "posted")

    def test_a_forced_hold_of_a_confirmed_order_stops_it_too(self):
        self.order.with_user(self.make_user("controller"))._credit_force_hold("Suspicious")
        draft = self.make_draft(10)
        with self.assertRaisesRegex(UserError, "Suspicious"):
            draft.with_user(self.biller).action_post()
