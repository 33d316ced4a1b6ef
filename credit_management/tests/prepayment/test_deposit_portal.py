"""The deposit at the portal: what the page of the quotation says, and what its routes accept."""

from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import DepositCommon


@tagged("post_install", "-at_install")
class TestDepositPortal(DepositCommon, HttpCase):
    """A quotation of 1,000, of which 300 are asked for; its page is opened by its token."""

    def setUp(self):
        super().setUp()
        self.order = self.make_for(self.customer, 1000)
        self.order.action_quotation_sent()
        self.order._portal_ensure_token()

    def page(self, query=""):
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self.url_open(f"/my/orders/{self.order.id}?access_token={self.order.access_token}{query}").text

    def transact(self, amount):
        """Return what the route of the payment answers to an amount: its error, if any."""
        self.env.flush_all()
        return self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/transaction",
            {"access_token": self.order.access_token, "amount": amount, "provider_id": self.provider.id,
             "payment_method_id": self.method.id, "token_id": None, "flow": "redirect", "tokenization_requested": False,
             "landing_route": "/my"},
        )

    def test_the_page_says_what_is_asked_received_and_missing(self):
        self.do_wire(self.order, 100)
        page = self.page()
        for text in ("Deposit (30 %)", "300.00", "100.00", "200.00", "your order is confirmed as soon as it is here"):
            self.assertIn(text, page)
        self.assertNotIn("o_credit_deposit_part", page)

    def test_a_part_is_offered_where_the_company_accepts_it(self):
        self.company.credit_is_deposit_in_parts = True
        self.assertIn("o_credit_deposit_part", self.page())
        self.assertIn("120.00", self.page("&payment_amount=120"))

    def test_a_part_is_not_asked_for_where_the_company_accepts_none(self):
        self.assertNotIn("120.00", self.page("&payment_amount=120"))

    @mute_logger("odoo.http")
    def test_the_server_looks_at_the_amount_that_the_page_sends(self):
        for amount in (120, 1200):
            with self.subTest(amount), self.assertRaisesRegex(JsonRpcException, "ValidationError"):
                self.transact(amount)
        self.assertFalse(self.order.transaction_ids)

    def test_what_came_is_not_paid_for_again(self):
        self.do_wire(self.order, 300)
        self.do_confirm(self.order)
        self.do_wire(self.order, 100)
        self.assertEqual(self.order._credit_get_rest(), 600)

    def test_a_signature_waits_for_its_money_and_goes_on_with_it(self):
        self.order.require_signature = True
        self.env.flush_all()
        self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {"access_token": self.order.access_token, "name": "Customer", "signature": (
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
            )},
        )
        self.env.invalidate_all()
        order = self.order
        self.assertEqual((order.state, order.credit_hold_state, bool(order.signature)), ("sent", "held", True))
        self.assertIn("Please pay", self.page())
        self.do_wire(self.order, 300)
        self.settle()
        self.assertEqual(self.order.state, "sale")
