"""An online payment says what the provider said: nobody writes that it came, who has the right to bill either."""

from odoo import Command
from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..gate.adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestPaymentsThatNeverCame(AccountPaymentCommon, AdversaryCommon):
    """Poor, limit 1,000, started to pay 10 online for an order of 5,000, and gave up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")

    def setUp(self):
        super().setUp()
        self.order = self.my_order(5000)
        self.payment = self.make_payment(state="cancel", amount=10)

    def make_payment(self, reference="given up", user=None, **values):
        payment = self._create_transaction(
            "redirect", currency_id=self.company.currency_id.id, partner_id=self.poor.id, reference=reference,
            sale_order_ids=[Command.set(self.order.ids)], **values,
        )
        return payment.sudo(False).with_user(user or self.biller)

    def test_a_biller_does_not_write_that_money_came(self):
        other = self.make_order(self.poor, 1)
        for values in (
            {"state": "done"}, {"amount": 5000}, {"amount": 5000, "state": "done"},
            {"currency_id": self.env.ref("base.CHF").id}, {"sale_order_ids": [Command.link(other.id)]},
            {"provider_id": self.provider.copy().id}, {"last_state_change": "2020-01-01"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self.payment.write(values)
        self.assertRefused(self.order.action_confirm)
        self.assertEqual((self.payment.amount, self.payment.state), (10.0, "cancel"))

    def test_nor_creates_what_came(self):
        values = {
            "provider_id": self.provider.id, "payment_method_id": self.payment_method_id, "reference": "invented",
            "amount": 5000, "currency_id": self.company.currency_id.id, "partner_id": self.poor.id, "state": "done",
            "sale_order_ids": [Command.set(self.order.ids)],
        }
        with self.assertRaises(AccessError):
            self.env["payment.transaction"].with_user(self.biller).create(values)

    def test_a_payment_does_not_get_free_of_its_entry(self):
        """It would count as received for the order, and on account: 5,000 twice."""
        paid = self.make_payment(reference="paid", state="done", amount=5000)
        paid.sudo()._post_process()
        self.assertEqual(paid.payment_id.amount, 5000.0)
        with self.assertRaises(AccessError):
            paid.write({"payment_id": False})

    def test_a_default_of_the_user_pays_nothing(self):
        """Core creates the payment with all rights, and the defaults of whoever pays."""
        self.env["ir.default"].set("payment.transaction", "state", "done", user_id=self.sneak.id)
        payment = self.make_payment(reference="by default", user=self.sneak, amount=5000)
        created = self.env["payment.transaction"].with_user(self.sneak).sudo().create({
            "provider_id": self.provider.id, "payment_method_id": self.payment_method_id, "reference": "started",
            "amount": 5000, "currency_id": self.company.currency_id.id, "partner_id": self.poor.id,
        })
        self.assertEqual((payment.sudo().state, created.state), ("draft", "draft"))

    def test_the_post_processing_is_run_by_an_administrator(self):
        """It makes the entry of what came."""
        paid = self.make_payment(reference="paid", state="done", amount=5000)
        paid.with_user(self.env.user).action_post_process()
        self.assertEqual(paid.payment_id.amount, 5000.0)
        self.assertConfirmed(self.order)

    def test_a_provider_that_is_asked_by_a_person_says_what_came(self):
        started = self.make_payment(reference="started", state="pending", amount=5000)
        done = started._set_done()
        self.assertEqual((started.state, done, done.env.uid), ("done", started, self.biller.id))

    def test_while_nothing_is_checked_nothing_is_refused(self):
        self.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        self.assertTrue(self.attempt(self.payment.write, {"state": "done"}))
