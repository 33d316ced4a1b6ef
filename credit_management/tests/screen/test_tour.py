"""The main job in a real browser: a salesperson is held, a manager releases, the order is confirmed."""

from odoo.tests import HttpCase, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestTour(CreditCommon, HttpCase):
    def test_salesperson_is_held_and_manager_releases(self):
        self.make_user("sales", login="tour_salesperson")
        self.make_user("sales", "manager", login="tour_credit_manager")
        salesperson = self.env["res.users"].search([("login", "=", "tour_salesperson")])
        customer = self.make_customer(1000, name="Tour Customer")
        order = self.make_order(customer, 1200, user_id=salesperson.id)
        self.make_policy("limit_exceeded")

        self.start_tour(f"/odoo/sales/{order.id}", "credit_order_held", login="tour_salesperson")
        self.assertEqual((order.state, order.credit_hold_state), ("draft", "held"))
        self.assertTrue(order.credit_hold_id.is_requested)

        self.start_tour("/odoo/credit-holds", "credit_order_released", login="tour_credit_manager")
        self.assertEqual((order.state, order.credit_hold_state), ("sale", "released"))
        self.assertEqual(order.credit_hold_id.release_ids.reason_id, self.reason)

        self.start_tour(f"/odoo/sales/{order.id}", "credit_order_confirmed", login="tour_salesperson")
