"""What was received for an order: by whatever way it came, each euro once."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestReceivedForAnOrder(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(100_000)
        rule = {"criterion": "deposit_missing", "effect_invoice": "hold"}
        cls.policy = cls.make_policy(rule, percent_deposit=30)
        cls.salesperson = cls.make_user("sales")

    def make_waiting(self, price, customer=None, **values):
        """Return an order that was held for its deposit."""
        order = self.make_order(customer or self.customer, price, user_id=self.salesperson.id, **values)
        order.with_user(self.salesperson).with_context(credit_interactive=True).action_confirm()
        self.assertEqual((order.state, order.credit_hold_state), ("draft", "held"))
        return order

    def owe(self, amount):
        """Post an overdue invoice past the rule, which stops invoices without an order too."""
        invoice = self.make_invoice(self.customer, amount, days_overdue=10, post=False)
        invoice._credit_note_pass("invoice")
        invoice.action_post()

    def settle(self):
        """Do what happens at the end of a request: holds are looked at again."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def assertFree(self, order):  # noqa: N802
        self.settle()
        self.assertEqual((order.state, order.credit_hold_state), ("sale", False))

    def assertWaiting(self, order):  # noqa: N802
        self.settle()
        self.assertEqual((order.state, order.credit_hold_state), ("draft", "held"))

    def test_a_bank_transfer_on_account_frees_the_order(self):
        order = self.make_waiting(1000)
        self.receive(self.customer, 299.99)
        self.assertWaiting(order)
        self.receive(self.customer, 0.01)
        self.assertFree(order)

    def test_a_paid_down_payment_invoice_frees_the_order(self):
        order = self.make_waiting(1000)
        invoice = self.bill_down_payment(order, 300)
        self.assertEqual(invoice.state, "posted", "what asks for the deposit is not stopped for want of it")
        self.assertWaiting(order)
        self.pay(invoice)
        self.assertFree(order)

    def test_a_confirmed_order_may_grow_as_far_as_its_down_payment_reaches(self):
        order = self.make_waiting(1000)
        self.pay(self.bill_down_payment(order, 600))
        self.assertFree(order)
        mine = order.with_user(self.salesperson)
        mine.order_line.filtered(lambda line: not line.is_downpayment).price_unit = 1100
        self.assertEqual(order.amount_total, 1100)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            mine.order_line.filtered(lambda line: not line.is_downpayment).price_unit = 2001  # 600.30 of 600

    def test_money_settles_what_is_overdue_first(self):
        self.owe(200)
        order = self.make_waiting(1000)
        self.receive(self.customer, 400)
        self.assertWaiting(order)  # 200 of it are the invoice's
        self.receive(self.customer, 100)
        self.assertFree(order)

    def test_money_that_names_the_order_is_the_orders(self):
        self.owe(200)
        order = self.make_waiting(1000)
        self.receive(self.customer, 300, memo=f"deposit for {order.name}, thank you")
        self.assertFree(order)
        # no euro serves twice: the invoice stays overdue in full
        self.assertEqual(self.profile_of(self.customer).amount_overdue, 200)

    def test_the_customers_reference_names_the_order_and_a_longer_number_does_not(self):
        order = self.make_waiting(1000, client_order_ref="PO-77123")
        self.owe(500)
        self.receive(self.customer, 300, memo="PO-771234")
        self.assertWaiting(order)
        self.receive(self.customer, 300, memo="po-77123")
        self.assertFree(order)

    def test_a_person_allots_a_payment_to_an_order(self):
        self.owe(500)
        order = self.make_waiting(1000)
        payment = self.receive(self.customer, 300)
        self.assertWaiting(order)
        payment.credit_order_id = order
        self.assertFree(order)

    def test_orders_are_served_by_age_and_no_euro_twice(self):
        older = self.make_waiting(1000)
        older.date_order -= timedelta(days=1)
        younger = self.make_waiting(1000)
        self.receive(self.customer, 500)
        self.settle()
        self.assertEqual((older.state, younger.state), ("sale", "draft"))
        self.receive(self.customer, 100)
        self.settle()
        self.assertEqual(younger.state, "sale")

    def test_money_of_an_order_that_is_cancelled_is_the_customers_again(self):
        self.owe(200)
        order = self.make_waiting(1000)
        self.receive(self.customer, 250, memo=order.name)
        self.assertEqual(self.profile_of(self.customer).amount_overdue, 200)
        order.action_cancel()
        self.env.invalidate_all()
        self.assertEqual(self.profile_of(self.customer).amount_overdue, 0)

    def test_a_deposit_that_is_given_back_is_asked_for_again(self):
        order = self.make_order(self.customer, 1000)
        invoice = self.bill_down_payment(order, 300)
        self.pay(invoice)
        self.assertEqual(order._credit_get_received(), 300)
        refund = invoice._reverse_moves([{"invoice_date": self.today}])
        refund.invoice_line_ids.price_unit = 100
        refund.action_post()
        self.pay(refund)
        self.assertEqual(order._credit_get_received(), 200)

    def test_a_direct_invoice_without_order_waits_for_the_deposit_as_before(self):
        invoice = self.make_invoice(self.customer, 100, post=False)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            invoice.action_post()
