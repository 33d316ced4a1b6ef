"""What was received for an order: by whatever way it came, each euro once."""

from datetime import timedelta
from unittest.mock import patch

from odoo.addons.credit_management.hooks import keep_served
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CreditCommon


class ReceivedCommon(CreditCommon):
    """A deposit of 30 % is asked for."""

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


@tagged("post_install", "-at_install")
class TestReceivedForAnOrder(ReceivedCommon):
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

    def test_an_order_that_is_invoiced_ahead_of_its_delivery_asks_for_no_deposit(self):
        """2,000 are invoiced and not due; of the 600 that they asked for nothing is kept from the next order."""
        ahead = self.make_waiting(2000, product=self._make_article("Ahead", "order"))
        self.receive(self.customer, 600, memo=ahead.name)
        self.assertFree(ahead)
        ahead._create_invoices().action_post()
        ahead.sudo().invoice_status = "to invoice"
        order = self.make_waiting(1000)
        self.receive(self.customer, 300, memo="thanks")
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


@tagged("post_install", "-at_install")
class TestOneEuroServesOneOrder(ReceivedCommon):
    """Order A of 1,000 was confirmed with the 300 that name it; a deposit of 30 % is asked for."""

    def setUp(self):
        super().setUp()
        self.biller = self.make_user("biller")
        self.first = self.make_waiting(1000)
        self.second = self.make_waiting(1000)
        self.payment = self.receive(self.customer, 300, memo=self.first.name)
        self.assertFree(self.first)
        self.assertWaiting(self.second)
        self.text = self.first.name

    def test_the_reference_of_another_order_does_not_take_it(self):
        """Deposits were 300 for two orders of 1,000, in a penetration test."""
        mine = self.second.with_user(self.salesperson)
        mine.write({"client_order_ref": self.text, "date_order": "2020-01-01"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            mine.action_confirm()
        self.assertWaiting(self.second)

    def test_nor_its_number(self):
        self.first.with_user(self.salesperson).name = "Renamed"
        self.second.with_user(self.salesperson).name = self.text
        self.assertWaiting(self.second)
        self.assertEqual(self.first._credit_get_received(), 300)

    def test_nor_when_the_first_one_is_invoiced(self):
        self.bill(self.first)
        self.second.with_user(self.salesperson).name = self.text
        self.assertEqual(self.second._credit_get_received(), 0)
        self.assertEqual(self.first._credit_get_received(), 300)

    def test_a_rename_settles_nothing_that_is_overdue(self):
        self.owe(300)
        self.assertEqual(self.profile_of(self.customer).amount_overdue, 300)
        self.first.with_user(self.salesperson).name = "Renamed"
        self.env.invalidate_all()
        self.assertEqual(self.profile_of(self.customer).amount_overdue, 300)

    def test_it_settles_the_invoice_of_its_order(self):
        """Invoiced, 1,000 are owed and 300 are there: 700 of what is due are overdue."""
        invoice = self.bill(self.first, post=False)
        invoice.write({"invoice_date_due": self.today - timedelta(days=1), "invoice_payment_term_id": False})
        invoice._credit_note_pass("invoice")
        invoice.action_post()
        self.assertEqual(self.profile_of(self.customer).amount_overdue, 700)

    def test_nobody_without_credit_rights_allots_it_anew(self):
        with self.assertRaisesRegex(AccessError, f"{self.text} was let through with this payment and keeps it"):
            self.payment.with_user(self.biller).credit_order_id = self.second
        with self.assertRaises(AccessError):
            self.payment.move_id.with_user(self.biller).credit_served_order_id = self.second
        controller = self.make_user("controller", "biller", login="both")
        self.payment.with_user(controller).credit_order_id = self.second
        self.assertFree(self.second)
        self.assertEqual(self.first._credit_get_received(), 0)

    def test_an_order_that_is_cancelled_keeps_nothing(self):
        self.first.action_cancel()
        self.second.client_order_ref = self.text
        self.assertFree(self.second)

    def test_a_number_is_nearer_than_a_reference(self):
        older = self.make_waiting(1000, client_order_ref="S-10077")
        newer = self.make_waiting(1000, name="S-10077")
        self.receive(self.customer, 300, memo="S-10077")
        self.settle()
        self.assertEqual((older.state, newer.state), ("draft", "sale"))

    def test_an_upgrade_keeps_what_confirmed_orders_are_named_by(self):
        self.payment.move_id.sudo().credit_served_order_id = False
        keep_served(self.env(su=True))
        self.assertEqual(self.payment.move_id.credit_served_order_id, self.first)


@tagged("post_install", "-at_install")
class TestTextsThatAnybodyWrites(ReceivedCommon):
    """No text stops a statement: salespeople write references, and customers do in the store."""

    def named_by(self, text, memo):
        """Return what an order with a reference has received of 300 with a memo."""
        order = self.make_order(self.customer, 1000, client_order_ref=text)
        self.receive(self.customer, 300, memo=memo)
        return order._credit_get_received()

    def test_a_long_reference_names_nothing_and_stops_nobody(self):
        """'ab1' 20,000 times was an invalid regular expression, after 13 seconds."""
        long = "ab1" * 20000
        self.make_order(self.customer, 10, client_order_ref=long)
        self.owe(200)
        self.receive(self.customer, 50, memo="ab1ab1")
        other = self.make_customer(1000, "Other")
        self.make_invoice(other, 100, days_overdue=5, post=False)._credit_note_pass("invoice")
        profiles = self.env["credit.profile"].search([("amount_overdue", ">", 0)])
        self.assertIn(self.profile_of(self.customer), profiles)
        self.assertEqual(self.named_by(long, long), 0)

    def test_a_reference_of_64_characters_is_one(self):
        for letter in ("P", "订"):
            self.assertEqual(self.named_by(letter * 64, f"for {letter * 64}."), 300)
            self.assertEqual(self.named_by(letter * 193, letter * 193), 0)

    def test_a_name_is_a_word_of_its_own_wherever_it_stands(self):
        for memo, received in (
            ("PO77", 300), ("po77", 300), ("for PO77, thanks", 300), ("PO771 and PO77", 300), ("xPO77 PO77x", 0),
            ("PO7", 0), ("", 0),
        ):
            with self.subTest(memo):
                customer = self.make_customer(1000, memo or "nothing")
                order = self.make_order(customer, 1000, client_order_ref="PO77")
                self.receive(customer, 300, memo=memo)
                self.assertEqual(order._credit_get_received(), received)

    def test_signs_are_no_patterns(self):
        for text in ("a+b(c", "[^x]{9}", "\\d\\d\\d\\d", "****", "a|b||c", "(?i)x", "%%__%%", "$&^~"):
            with self.subTest(text):
                self.assertEqual(self.named_by(text, "1234 abbc"), 0)
                self.assertEqual(self.named_by(f"{text}7", f"for {text}7!"), 300)


@tagged("post_install", "-at_install")
class TestReadTogether(ReceivedCommon):
    def test_what_is_named_for_many_orders_is_read_once_and_each_has_its_own(self):
        customers = [self.make_customer(1000, f"Customer {number}") for number in range(3)]
        orders = self.env["sale.order"]
        for number, customer in enumerate(customers, 1):
            order = self.make_order(customer, 1000)
            self.receive(customer, 100 * number, memo=order.name)
            orders += order
        Exposure = type(self.env["credit.exposure"])
        with patch.object(Exposure, "_read_named", autospec=True, side_effect=Exposure._read_named) as read:
            decisions = orders._credit_decide("confirm")
        self.assertEqual(read.call_count, 1)
        self.assertEqual([decisions[order].request.amount_prepaid for order in orders], [100, 200, 300])
