"""A limit is asked for from the document that needs it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestDocumentLimit(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")
        cls.seller = cls.make_user("sales", "credit_user")

    def test_a_quotation_asks_for_the_limit_with_which_it_passes(self):
        self.make_invoice(self.customer, 300)
        order = self.make_order(self.customer, 900).with_user(self.seller)
        self.assertTrue(order.credit_panel["is_limit_offered"])
        context = order.action_credit_request_limit()["context"]
        self.assertEqual((context["default_amount"], context["default_reason"]), (1200, f"For {order.name}."))
        request = self.env["credit.limit.request"].with_user(self.seller).with_context(**context).create({})
        request.action_submit()
        self.assertEqual((request.amount_asked, self.profile_of(self.customer).amount_limit), (1200, 1000))

    def test_a_held_order_asks_by_its_hold(self):
        order = self.make_held(self.customer, 1500)
        context = order.with_user(self.seller).action_credit_request_limit()["context"]
        self.assertEqual((context["default_hold_id"], context["default_amount"]), (self.hold_of(order).id, 1500))

    def test_what_fits_asks_for_nothing_and_who_may_not_ask_does_not(self):
        order = self.make_order(self.customer, 1000)
        self.assertFalse(order.credit_panel["is_limit_offered"])
        with self.assertRaisesRegex(UserError, "a higher one changes nothing"):
            order.with_user(self.seller).action_credit_request_limit()
        over = self.make_order(self.customer, 1001).with_user(self.make_user("sales"))
        self.assertFalse(over.credit_panel["is_limit_offered"])
        with self.assertRaises(AccessError):
            over.action_credit_request_limit()
