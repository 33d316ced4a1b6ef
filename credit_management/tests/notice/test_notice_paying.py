"""The page of a notice: its token opens it for 60 days, it shows what it lists, and all or a part of that is paid."""

from datetime import timedelta

from odoo import fields
from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.tests import HttpCase, JsonRpcException, mute_logger, tagged

from .common import NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticePaying(AccountPaymentCommon, NoticeCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        self.first = self.bill_due(1000.0, self.ago(40))
        self.second = self.bill_due(250.0, self.ago(30))
        self.other = self.bill_due(77.0, self.ago(20))
        self.notice = self.make_notice(self.first + self.second, name="DN/1")
        self.notice._portal_ensure_token()
        self.notice._update_state("sending")
        self.notice._update_state("sent", date_sent=fields.Datetime.now())

    def ago(self, days):
        return (self.today - timedelta(days=days)).isoformat()

    def open(self, suffix="", token=None, **values):
        query = "".join(f"&{name}={value}" for name, value in values.items())
        token = token or self.notice.access_token
        return self.url_open(f"/my/notices/{self.notice.id}{suffix}?access_token={token}{query}")

    def page(self, *args, **kwargs):
        return self.open(*args, **kwargs).text.replace("\xa0", " ")

    def transact(self, amount, token=None):
        values = self.make_jsonrpc_request(
            f"/my/notices/{self.notice.id}/transaction",
            {
                "provider_id": self.provider.id, "payment_method_id": self.payment_method_id, "token_id": None,
                "amount": amount, "flow": "direct", "tokenization_requested": False, "landing_route": "/my",
                "payment_reference": "x", "access_token": token or self.notice.access_token,
            },
        )
        return self.env["payment.transaction"].search([("reference", "=", values["reference"])])

    def test_the_page_shows_what_the_notice_lists_and_nothing_else(self):
        page = self.page()
        self.assertIn(self.first.name, page)
        self.assertIn("1,250.00", page)
        self.assertNotIn(self.other.name, page)
        self.assertNotIn("77.00", page)

    def test_what_was_paid_since_is_settled(self):
        self.pay_on(self.first, 1000.0, self.today)
        page = self.page()
        self.assertIn("Settled", page)
        self.assertIn("250.00", page)
        self.pay_on(self.second, 250.0, self.today)
        self.assertIn("Nothing that this reminder lists is open any more", self.page())

    def test_what_a_rejected_payment_had_settled_is_open_again(self):
        payment = self.pay_on(self.first, 1000.0, self.today)
        payment.action_reject()
        self.assertEqual(self.notice.amount_open, 1250.0)

    def test_all_that_is_open_is_paid_and_matched(self):
        transaction = self.transact(1250.0)
        self.assertEqual((transaction.amount, transaction.invoice_ids), (1250.0, self.first + self.second))
        transaction._set_done()
        transaction._post_process()
        self.assertEqual((self.first.amount_residual, self.second.amount_residual), (0.0, 0.0))
        self.assertEqual(self.other.amount_residual, 77.0)

    def test_a_part_pays_the_oldest_first(self):
        transaction = self.transact(1100.0)
        transaction._set_done()
        transaction._post_process()
        self.assertEqual((self.first.amount_residual, self.second.amount_residual), (0.0, 150.0))

    def test_no_more_is_paid_than_is_open(self):
        self.pay_on(self.first, 400.0, self.today)
        self.assertEqual(self.transact(9999.0).amount, 850.0)

    def test_what_is_paid_beyond_settles_fee_and_interest_which_are_booked_then(self):
        self.set_accounts()
        self.level.amount_fee = 10.0
        self.notice._make_claims(self.today)._set_claimed()
        self.assertIn("1,260.00", self.page())
        transaction = self.transact(1260.0)
        self.assertEqual(transaction.amount, 1260.0)
        transaction._set_done()
        transaction._post_process()
        self.assertEqual(self.notice.claim_ids.mapped("state"), ["paid"])
        self.assertEqual((self.first.amount_residual, self.second.amount_residual), (0.0, 0.0))

    def test_a_part_leaves_the_claims_as_they_are(self):
        self.set_accounts()
        self.level.amount_fee = 10.0
        self.notice._make_claims(self.today)._set_claimed()
        transaction = self.transact(1200.0)
        transaction._set_done()
        transaction._post_process()
        self.assertEqual(self.notice.claim_ids.mapped("state"), ["claimed"])

    def test_where_costs_come_first_a_part_settles_them_before_the_oldest_invoice(self):
        self.set_accounts()
        self.company.credit_payment_order = "costs"
        self.level.amount_fee = 10.0
        self.notice._make_claims(self.today)._set_claimed()
        page = self.page()
        self.assertIn("Of a part, fee and interest are settled first, then the oldest invoice.", page)
        self.assertIn('value="1260.00"', page)
        transaction = self.transact(1100.0)
        transaction._set_done()
        transaction._post_process()
        self.assertEqual(self.notice.claim_ids.mapped("state"), ["paid"])
        # 10 of the 1,100 are the fee, 1,000 the oldest invoice
        self.assertEqual((self.first.amount_residual, self.second.amount_residual), (0.0, 160.0))
        self.assertEqual(transaction.invoice_ids, self.first + self.second)
        self.assertEqual(self.first.matched_payment_ids, transaction.payment_id)

    def test_a_claim_without_an_account_refuses_no_money(self):
        self.company.credit_payment_order = "costs"
        self.set_accounts()
        self.level.amount_fee = 10.0
        self.notice._make_claims(self.today)._set_claimed()
        self.company.credit_fee_account_id = False
        for amount in (1100.0, 160.0):
            transaction = self.transact(amount)
            transaction._set_done()
            transaction._post_process()
        self.assertEqual((self.first.amount_residual, self.second.amount_residual), (0.0, 0.0))
        self.assertEqual(self.notice.claim_ids.mapped("state"), ["claimed"])

    def test_the_token_opens_the_page_for_sixty_days(self):
        self.notice.sudo().date_sent = fields.Datetime.now() - timedelta(days=59)
        self.assertIn(self.first.name, self.page())
        self.notice.sudo().date_sent = fields.Datetime.now() - timedelta(days=60)
        self.assertNotIn(self.first.name, self.page())
        with mute_logger("odoo.http"), self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.transact(10.0)

    def test_without_the_token_nothing_is_shown_or_paid(self):
        self.assertNotIn(self.first.name, self.page(token="wrong"))
        with mute_logger("odoo.http"), self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.transact(10.0, token="wrong")

    def test_the_token_of_one_notice_opens_no_other(self):
        other = self.make_notice(self.other, name="DN/2")
        other._portal_ensure_token()
        self.assertNotIn(self.first.name, self.page(token=other.access_token))

    def test_a_draft_an_undone_and_a_test_notice_are_shown_to_nobody(self):
        for values in ({"state": "draft"}, {"state": "undone"}, {"state": "sent", "is_test": True}):
            self.notice.sudo().write(values)
            self.assertNotIn(self.first.name, self.page())

    def test_a_portal_user_sees_the_notices_of_its_customer_without_a_token(self):
        user = self._create_new_portal_user(login="payer")
        user.partner_id.parent_id = self.customer
        stranger = self._create_new_portal_user(login="stranger")
        self.authenticate("payer", "payer")
        self.assertIn("DN/1", self.url_open("/my/notices").text)
        self.assertIn(self.first.name, self.url_open(f"/my/notices/{self.notice.id}").text)
        self.pay_on(self.first, 1000.0, self.today)
        self.pay_on(self.second, 250.0, self.today)
        self.assertEqual(self.notice._get_open_totals(), {self.notice.id: 0.0})
        self.assertIn("0.00", self.url_open("/my/notices").text.replace("\xa0", " ").partition("DN/1")[2])
        self.authenticate("stranger", "stranger")
        self.assertNotIn("DN/1", self.url_open("/my/notices").text)
        self.assertNotIn(self.first.name, self.url_open(f"/my/notices/{self.notice.id}").text)
        self.assertTrue(stranger)
