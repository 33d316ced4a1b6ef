"""Confirmed orders of a customer that turns bad are stopped at their next step, and never taken back."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestConfirmedOrders(CreditCommon):
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
