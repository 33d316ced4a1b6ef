"""Who may ask, and what cashiers are told."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestAccess(PosCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(100)

    def test_only_cashiers_ask_the_counter(self):
        order = self.enter(self.customer, 150)
        portal = new_test_user(self.env, "counter-portal", groups="base.group_portal")
        clerk = new_test_user(self.env, "counter-clerk", groups="base.group_user", company_id=self.company.id)
        for user in (portal, clerk):
            with self.assertRaises(AccessError):
                order.with_user(user).credit_check_counter()
            with self.assertRaises(AccessError):
                order.with_user(user).credit_ask_counter()
            with self.assertRaises(AccessError):
                order.with_user(user).credit_release_counter("boss", "boss-secret-1")
            with self.assertRaises(AccessError):
                self.config.with_user(user).credit_get_available(self.customer.id)

    def test_a_finished_sale_is_asked_for_nothing(self):
        order = self.sell(self.customer, 50)
        with self.assertRaisesRegex(UserError, "finished already"):
            self.ask(order).credit_check_counter()

    def test_a_cashier_sees_no_figures(self):
        self.assertEqual(self.config.with_user(self.cashier).credit_get_available(self.customer.id), "")
        order = self.sell(self.customer, 150)
        texts = [order.with_user(self.cashier).credit_hold_reason, *order.message_ids.mapped("body")]
        self.assertTrue(any("does not allow this sale on account" in text for text in texts))
        self.assertFalse([text for text in texts if "100.00" in text or "150.00" in text])

    def test_a_salesperson_at_the_counter_sees_what_is_available(self):
        seller = self.make_cashier("seller", "point_of_sale.group_pos_user,sales_team.group_sale_salesman")
        self.sell(self.customer, 30)
        text = self.config.with_user(seller).credit_get_available(self.customer.id)
        self.assertIn("70.00", text)

    def test_nothing_is_shown_without_a_limit_or_a_policy(self):
        config = self.config
        self.assertEqual(config.credit_get_available(self.make_customer("unlimited").id), "")
        self.policy.action_deactivate()
        self.assertEqual(config.credit_get_available(self.customer.id), "")

    def test_the_screen_asks_only_where_a_policy_is_on(self):
        def is_asking():
            return self.config.with_user(self.cashier)._load_pos_data_read(self.config, self.config)[0][
                "_credit_is_checked"
            ]

        self.assertTrue(is_asking())
        self.policy.action_deactivate()
        self.assertFalse(is_asking())

    def test_a_check_costs_a_fixed_number_of_statements(self):
        order = self.enter(self.customer, 50)
        self.ask(order).credit_check_counter()
        for _index in range(5):
            self.sell(self.customer, 1)
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            self.ask(order).credit_check_counter()
