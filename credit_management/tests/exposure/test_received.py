"""Money received that has no entry yet: counted once, for whoever it was paid, and before anything is overdue."""

from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..common import CreditCommon


class ReceivedCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")
        method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].sudo().create(
            {"name": "Dummy", "code": "none", "state": "test", "payment_method_ids": [Command.set(method.ids)]}
        )
        method.active = True
        cls.method = method

    def captured(self, orders, amount, state="done"):
        return self.env["payment.transaction"].sudo().create(
            {
                "provider_id": self.provider.id, "payment_method_id": self.method.id, "amount": amount,
                "currency_id": orders.currency_id.id, "partner_id": self.customer.id, "state": state,
                "reference": f"{orders[:1].name}-{amount}", "operation": "online_redirect",
                "sale_order_ids": [Command.set(orders.ids)],
            }
        )

    def receive_without_entry(self, partner, amount):
        """Register a payment as an accounting app does: no entry before the bank confirms it."""
        self.inbound_payment_method_line.payment_account_id = False
        with patch.object(type(self.env["account.move"]), "_get_invoice_in_payment_state", lambda _self: "in_payment"):
            payment = self.receive(partner, amount)
        self.assertEqual((payment.state, bool(payment.move_id)), ("in_process", False))
        return payment


@tagged("post_install", "-at_install")
class TestSharedTransactions(ReceivedCommon):
    def test_a_payment_of_two_orders_counts_once(self):
        orders = self.make_confirmed(self.customer, 300) + self.make_confirmed(self.customer, 500)
        self.captured(orders, 400)
        self.assertExposure(self.customer, 400.0, orders=800.0, received=-400.0)

    def test_the_first_order_is_served_first_and_the_last_one_takes_the_rest(self):
        first, last = self.make_order(self.customer, 300), self.make_order(self.customer, 500)
        self.captured(first + last, 900)
        self.assertEqual((first._credit_get_prepaid(), last._credit_get_prepaid()), (300.0, 600.0))
        third = self.make_order(self.customer, 100)
        self.captured(last + third, 450)
        self.assertEqual((last._credit_get_prepaid(), third._credit_get_prepaid()), (1050.0, 0.0))

    def test_an_order_whose_share_is_used_up_before_it_is_not_prepaid(self):
        self.set_limit(self.customer, 0)
        orders = self.make_order(self.customer, 500) + self.make_order(self.customer, 500)
        self.captured(orders, 500)
        self.confirm(orders)
        self.assertConfirmed(orders[0])
        self.assertHeld(orders[1])

    def test_a_cancelled_order_leaves_its_share_to_the_others(self):
        orders = self.make_confirmed(self.customer, 300) + self.make_confirmed(self.customer, 500)
        self.captured(orders, 400)
        orders[0]._action_cancel()
        self.assertExposure(self.customer, 100.0, orders=500.0, received=-400.0)

    def test_each_order_has_its_line_on_the_exposure_sheet(self):
        orders = self.make_confirmed(self.customer, 300) + self.make_confirmed(self.customer, 500)
        self.captured(orders, 400)
        lines = self.env["credit.exposure.line"].search(
            [("profile_id", "=", self.profile_of(self.customer).id), ("component", "=", "received")]
        )
        self.assertEqual(sorted(zip(lines.mapped("res_id"), lines.mapped("amount"), strict=True)),
                         [(orders[0].id, -300.0), (orders[1].id, -100.0)])

    def test_a_payment_that_was_booked_without_an_entry_counts_once_for_its_quotation(self):
        order = self.make_order(self.customer, 1400)
        self.captured(order, 300).payment_id = self.receive_without_entry(self.customer, 300)
        self.assertExposure(self.customer, -300.0, received=-300.0)
        self.confirm(order)
        self.assertHeld(order)  # 1,400 - 300 = 1,100 for a limit of 1,000


@tagged("post_install", "-at_install")
class TestReceivedBeforeOverdue(ReceivedCommon):
    def overdue(self):
        figures = self.figures(self.customer)
        return figures["amount_overdue"], figures["days_overdue_max"]

    def test_a_payment_without_an_entry_is_netted_against_the_oldest_items_first(self):
        self.make_invoice(self.customer, 100, days_overdue=90)
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.receive_without_entry(self.customer, 130)
        self.assertEqual(self.overdue(), (70.0, 10))
        self.assertExposure(self.customer, 70.0, overdue=200.0, received=-130.0)

    def test_a_captured_payment_is_netted_too(self):
        self.make_invoice(self.customer, 100, days_overdue=90)
        self.captured(self.make_confirmed(self.customer, 500), 100)
        self.assertEqual(self.overdue(), (0.0, 0))

    def test_a_payment_with_an_entry_is_not_netted_twice(self):
        self.make_invoice(self.customer, 100, days_overdue=90)
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.receive(self.customer, 100)
        self.assertEqual(self.overdue(), (100.0, 10))

    def test_decision_and_figures_agree(self):
        self.make_policy("overdue_days", sequence=0)
        self.make_invoice(self.customer, 100, days_overdue=90)
        order = self.make_held(self.customer, 10)
        self.receive_without_entry(self.customer, 100)
        order.action_confirm()
        self.assertConfirmed(order)
