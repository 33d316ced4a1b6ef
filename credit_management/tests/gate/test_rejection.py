"""A rejection stays on the document until something changes; nobody is asked the same question by a button."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestRejection(CreditCommon):
    """A limit of 1,000; an order of 1,500 was held and rejected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")
        cls.seller = cls.make_user("sales")
        cls.controller = cls.make_user("controller", name="Clara")
        cls.reject_reason = cls.env["credit.reason"].search([("kind", "=", "reject")], limit=1)

    def setUp(self):
        super().setUp()
        self.order = self.make_held(self.customer, 1500, self.seller, user_id=self.seller.id)
        self.hold = self.hold_of(self.order)
        self.hold.with_user(self.controller)._reject(self.reject_reason, "Pay the invoice of May first")

    def count_holds(self):
        return self.env["credit.hold"].search_count([("res_model", "=", "sale.order"), ("res_id", "=", self.order.id)])

    def test_it_stays_on_the_order_and_says_by_whom_and_why(self):
        panel = self.order.with_user(self.seller).credit_panel
        self.assertEqual(self.order.credit_hold_state, "rejected")
        self.assertRegex(panel["rejection"]["text"], "Rejected by Clara on .*: .*Pay the invoice of May first")
        self.assertTrue(panel["rejection"]["is_kept"])

    def test_confirming_it_unchanged_tells_the_rejection_again_and_opens_no_hold(self):
        told = self.confirm(self.order, self.seller)["params"]
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("draft", "rejected"))
        self.assertEqual(self.count_holds(), 1)
        self.assertRegex(told["message"], "(?s)Rejected by Clara .*Nothing has changed since")
        self.assertEqual(self.env["credit.log"].search([("res_id", "=", self.order.id)], limit=1).verdict, "hold")

    def test_a_caller_without_a_screen_is_refused_with_the_rejection(self):
        with self.assertRaisesRegex(UserError, "Rejected by Clara"):
            self.order.with_user(self.seller).action_confirm()

    def test_another_amount_opens_a_new_hold_that_names_it(self):
        self.order.order_line.price_unit = 1200
        self.confirm(self.order, self.seller)
        hold = self.hold_of(self.order)
        self.assertHeld(self.order)
        self.assertEqual(hold.rejected_hold_id, self.hold)
        self.assertRegex(hold.rejected_before, "Clara: .*: Pay the invoice of May first")

    def test_a_payment_that_is_not_enough_opens_a_new_one(self):
        self.make_invoice(self.customer, 300)
        order = self.make_held(self.customer, 1500, self.seller)  # over by 800
        self.hold_of(order).with_user(self.controller)._reject(self.reject_reason)
        self.receive(self.customer, 100)
        self.assertFalse(order.credit_panel["rejection"]["is_kept"])
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_what_became_worse_is_rejected_still(self):
        self.make_invoice(self.customer, 300)
        self.confirm(self.order, self.seller)
        self.assertEqual((self.count_holds(), self.order.credit_hold_state), (1, "rejected"))

    def test_once_it_fits_it_is_confirmed(self):
        self.set_limit(self.customer, 2000)
        self.confirm(self.order, self.seller)
        self.assertConfirmed(self.order)
        self.assertFalse(self.order.credit_hold_state)

    def test_who_has_something_new_to_say_asks_again(self):
        told = self.order.with_user(self.seller)._credit_request_release(note="The invoice of May is paid tomorrow")
        hold = self.hold_of(self.order)
        self.assertHeld(self.order)
        self.assertEqual((hold.rejected_hold_id, hold.request_note), (self.hold, "The invoice of May is paid tomorrow"))
        self.assertEqual(told["params"]["type"], "success")

    def test_what_fits_again_is_not_asked_for(self):
        self.set_limit(self.customer, 2000)
        with self.assertRaisesRegex(UserError, "Nothing stops"):
            self.order.with_user(self.seller)._credit_request_release(note="Please")

    def test_what_a_customer_signs_is_held_anew(self):
        self.order._validate_order()
        self.assertHeld(self.order)
        self.assertEqual(self.hold_of(self.order).rejected_hold_id, self.hold)

    def test_a_cancelled_order_forgets_it(self):
        self.order.action_cancel()
        self.assertFalse(self.order.credit_hold_state)

    def test_a_forced_hold_that_is_rejected_goes_on_stopping_it(self):
        order = self.make_order(self.customer, 100)
        order.with_user(self.controller)._credit_force_hold("Rumours")
        self.hold_of(order).with_user(self.make_user("manager"))._reject(self.reject_reason)
        self.confirm(order, self.seller)
        self.assertEqual((order.state, order.credit_hold_state), ("draft", "rejected"))
        order.with_user(self.seller)._credit_request_release(note="They are wrong")
        self.assertTrue(self.hold_of(order).is_forced)
