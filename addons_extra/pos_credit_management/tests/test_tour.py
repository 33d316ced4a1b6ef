"""The counter in a real browser: stopped, paid otherwise, released, asked for, sold without a connection."""

from odoo.tests import HttpCase, tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestTour(PosCommon, HttpCase):
    @classmethod
    def open(cls, config):
        """The screen opens its session itself."""
        return cls.env["pos.session"]

    def setUp(self):
        super().setUp()
        # the counter offers these goods only
        self.env["product.template"].search([("available_in_pos", "=", True)]).available_in_pos = False
        self.goods.write({"available_in_pos": True, "list_price": 150.0})
        self.cashier.password = "cashier-1"
        self.customer = self.make_customer(100, name="Counter Customer", controller_id=self.boss.id)
        self.customer.is_company = False  # Odoo invoices companies at once

    def tour(self, name, login="cashier"):
        user = self.env["res.users"].search([("login", "=", login)])
        self.config.with_user(user).open_ui()
        self.start_tour(f"/pos/ui/{self.config.id}", name, login=login)
        self.env.invalidate_all()
        return self.env["pos.order"].search([("config_id", "=", self.config.id)], limit=1, order="id desc")

    def test_a_sale_over_the_limit_is_stopped_and_paid_in_cash_and_another_one_asked_for(self):
        waiting = self.tour("pos_credit_cash_then_asked_for")
        paid = self.env["pos.order"].search([("config_id", "=", self.config.id)]) - waiting
        self.assertSold(paid)
        self.assertEqual(paid.payment_ids.payment_method_id, self.cash)
        self.assertFalse(self.decisions(paid))
        self.assertExposure(self.customer, 0)
        self.assertEqual((waiting.state, waiting.credit_hold_state), ("draft", "held"))
        self.assertTrue(self.hold_of(waiting).is_requested)

    def test_a_sale_without_a_connection_is_kept_and_marked(self):
        order = self.tour("pos_credit_offline")
        self.assertSoldBeyond(order)
        self.assertEqual(self.hold_of(order).activity_ids.user_id, self.boss)

    def test_a_salesperson_reads_figures_and_a_manager_releases_the_sale_at_the_counter(self):
        self.make_cashier("seller", "point_of_sale.group_pos_user,sales_team.group_sale_salesman", password="seller")
        order = self.tour("pos_credit_released_at_counter", "seller")
        self.assertSold(order)
        self.assertEqual(order.payment_ids.payment_method_id, self.account)
        self.assertEqual(self.hold_of(order).release_ids.user_id, self.boss)
        self.assertEqual(self.decisions(order).mapped("verdict"), ["hold", "released"])
        self.assertExposure(self.customer, 150, pos=150)
