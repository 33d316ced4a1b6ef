"""Paying what a statement says is past due on its page: by its token, and never more than is still open."""

from datetime import timedelta

from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.tests import HttpCase, JsonRpcException, mute_logger, tagged

from .common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementPaying(AccountPaymentCommon, StatementCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        late = self.today - timedelta(days=30)
        self.first = StatementCommon.invoice(self, 1000.0, late.isoformat())
        self.second = StatementCommon.invoice(self, 250.0, late.isoformat())
        later = self.today + timedelta(days=30)
        self.not_due = StatementCommon.invoice(self, 70.0, late.isoformat(), due=later.isoformat())
        self.statement = self.sent(self.today.isoformat())
        self.code = self.company.currency_id.name

    def url(self, suffix="", token=None):
        return f"/my/statements/{self.statement.id}{suffix}?access_token={token or self.statement.access_token}"

    def pay(self, token=None):
        return self.make_jsonrpc_request(
            f"/my/statements/{self.statement.id}/transaction/{self.code}",
            {
                "provider_id": self.provider.id, "payment_method_id": self.payment_method_id, "token_id": None,
                "amount": 1.0, "flow": "direct", "tokenization_requested": False, "landing_route": "/my",
                "payment_reference": "x", "access_token": token or self.statement.access_token,
            },
        )

    def test_the_page_and_the_letter_have_the_link_where_the_company_takes_payments_online(self):
        link = f"/my/statements/{self.statement.id}/pay/{self.code}"

        def letter():
            return self.env["ir.actions.report"]._render_qweb_html(
                "credit_management.report_statement", self.statement.ids
            )[0].decode()

        self.assertIn(link, self.url_open(self.url()).text)
        self.assertIn(link, letter())
        self.assertIn("1,250.00", self.url_open(self.url(f"/pay/{self.code}")).text.replace("\xa0", " "))
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "False")
        self.assertNotIn(link, self.url_open(self.url()).text)
        self.assertNotIn(link, letter())

    def test_what_is_paid_is_what_was_past_due_and_is_still_open(self):
        self.pay_on(self.first, 400.0, self.today.isoformat())
        values = self.pay()
        tx = self.env["payment.transaction"].search([("reference", "=", values["reference"])])
        self.assertEqual((tx.amount, tx.invoice_ids), (850.0, self.first + self.second))
        self.assertEqual(tx.partner_id, self.customer)
        self.assertTrue(tx.reference.startswith(self.statement.name))

    def test_what_was_paid_since_is_not_asked_for_again(self):
        self.pay_on(self.first, 1000.0, self.today.isoformat())
        self.pay_on(self.second, 250.0, self.today.isoformat())
        self.assertTrue(self.url_open(self.url(f"/pay/{self.code}")).url.endswith(self.url()))
        with mute_logger("odoo.http"), self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.pay()

    def test_without_the_token_nothing_is_paid(self):
        with mute_logger("odoo.http"), self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.pay(token="wrong")
        self.assertNotIn("1,250.00", self.url_open(self.url(f"/pay/{self.code}", token="wrong")).text)
