"""Online payments of orders: counted as prepayment, kept whatever the check says, never an error."""

from odoo import Command
from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.tests import tagged

from .test_portal import NEUTRAL, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalPayment(AccountPaymentCommon, PortalCommon):
    def make_quotation(self, price, percent=1.0, **values):
        return self.make_order(
            self.customer, price, require_payment=True, require_signature=False, prepayment_percent=percent,
            state="sent", **values,
        )

    def pay_online(self, order, amount, state="done"):
        """Let the customer pay an amount online, up to the end of the processing."""
        tx = self._create_transaction(
            "redirect", amount=amount, currency_id=order.currency_id.id, partner_id=self.customer.id,
            reference=f"{order.name}-{len(order.transaction_ids)}", sale_order_ids=[Command.set(order.ids)],
        )
        getattr(tx.with_user(self.user).sudo(), f"_set_{state}")()
        tx.with_user(self.user).sudo()._post_process()
        self.commit()
        return tx

    def test_a_fully_paid_order_passes_whatever_the_limit(self):
        self.make_policy()
        self.set_limit(self.customer, 0.0)
        order = self.make_quotation(5000.0)
        tx = self.pay_online(order, 5000.0)
        self.assertConfirmed(order)
        self.assertTrue(tx.is_post_processed)
        self.assertEqual(tx.payment_id.amount, 5000.0)
        self.assertExposure(self.customer, 0.0)

    def test_a_deposit_leaves_the_rest_to_be_tested(self):
        self.make_policy()
        self.set_limit(self.customer, 700.0)
        order = self.make_quotation(1000.0, percent=0.3)
        self.pay_online(order, 300.0)
        self.assertConfirmed(order)
        self.assertEqual(self.env["credit.hold"].search_count([("res_id", "=", order.id)]), 0)
        self.assertExposure(self.customer, 700.0)

    def test_a_deposit_that_is_not_enough_is_kept_and_the_order_held(self):
        self.make_policy()
        self.set_limit(self.customer, 699.99)
        order = self.make_quotation(1000.0, percent=0.3)
        tx = self.pay_online(order, 300.0)
        self.assertHeld(order)
        self.assertEqual((tx.state, tx.is_post_processed, tx.payment_id.amount), ("done", True, 300.0))
        self.assertTrue(order.message_ids.filtered(lambda message: NEUTRAL in (message.body or "")))

    def test_the_rest_paid_later_confirms_the_held_order(self):
        self.make_policy()
        self.set_limit(self.customer, 100.0)
        order = self.make_quotation(1000.0, percent=0.3)
        self.pay_online(order, 300.0)
        self.assertHeld(order)
        self.pay_online(order, 700.0)
        self.assertConfirmed(order)

    def test_the_scheduled_action_holds_like_the_page_the_customer_waits_at(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_order": "refuse"})
        self.set_limit(self.customer, 699.99)
        orders = [self.make_quotation(price, percent=0.3) for price in (1000.0, 100.0)]
        transactions = [
            self._create_transaction(
                "redirect", amount=order.amount_total * 0.3, partner_id=self.customer.id, state="done",
                currency_id=order.currency_id.id, reference=order.name, sale_order_ids=[Command.set(order.ids)],
            )
            for order in orders
        ]
        with self.enter_registry_test_mode():
            self.env.ref("payment.cron_post_process_payment_tx").method_direct_trigger()
        self.env.invalidate_all()
        self.assertHeld(orders[0])
        self.assertConfirmed(orders[1])
        self.assertEqual([(tx.state, tx.is_post_processed) for tx in transactions], [("done", True)] * 2)

    def test_a_stopped_account_keeps_the_money_and_holds_the_order(self):
        self.make_policy()
        self.profile_of(self.customer).write({"account_status": "stop", "status_reason": "Insolvent"})
        order = self.make_quotation(100.0)
        tx = self.pay_online(order, 100.0)
        self.assertHeld(order)
        self.assertEqual((tx.state, tx.is_post_processed), ("done", True))

    def test_a_rule_that_refuses_never_fails_a_payment(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_order": "refuse"})
        order = self.make_quotation(3000.0, percent=0.1)
        tx = self.pay_online(order, 300.0)
        self.assertHeld(order)
        self.assertTrue(tx.is_post_processed)

    def test_a_pending_payment_is_no_money(self):
        self.make_policy()
        order = self.make_quotation(1500.0)
        self.pay_online(order, 1500.0, state="pending")
        self.assertEqual(order.state, "sent")
        self.confirm(order)
        self.assertHeld(order)

    def test_automatic_invoices_of_a_paid_order_are_posted(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_invoice": "hold"})
        self.set_limit(self.customer, 0.0)
        self.env["ir.config_parameter"].sudo().set_param("sale.automatic_invoice", "True")
        order = self.make_quotation(500.0)
        tx = self.pay_online(order, 500.0)
        self.assertConfirmed(order)
        self.assertEqual(tx.invoice_ids.mapped("state"), ["posted"])
        self.assertExposure(self.customer, 0.0)

    def test_automatic_down_payment_invoices_are_posted(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_invoice": "hold"})
        self.set_limit(self.customer, 700.0)
        self.env["ir.config_parameter"].sudo().set_param("sale.automatic_invoice", "True")
        order = self.make_quotation(1000.0, percent=0.3)
        tx = self.pay_online(order, 300.0)
        self.assertConfirmed(order)
        self.assertEqual(tx.invoice_ids.mapped("state"), ["posted"])

    def test_a_payment_link_of_a_held_order_opens_and_its_payment_frees_the_order(self):
        self.make_policy()
        order = self.make_held(self.customer, 1500.0, require_signature=False)
        wizard = self.env["payment.link.wizard"].create(
            {"res_model": "sale.order", "res_id": order.id, "amount": 1500.0, "amount_max": 1500.0,
             "partner_id": self.customer.id, "currency_id": order.currency_id.id}
        )
        page = self.url_open(wizard.link.split("://", 1)[1].split("/", 1)[1].join(("/", "")))
        self.assertEqual(page.status_code, 200)
        self.assertIn(NEUTRAL, page.text)
        self.pay_online(order, 1500.0)
        self.assertConfirmed(order)

    def test_an_invoice_paid_online_frees_the_held_order(self):
        self.make_policy()
        invoice = self.make_invoice(self.customer, 800.0)
        order = self.make_held(self.customer, 500.0)
        tx = self._create_transaction(
            "redirect", amount=800.0, currency_id=invoice.currency_id.id, partner_id=self.customer.id,
            reference=invoice.name, invoice_ids=[Command.set(invoice.ids)],
        )
        tx._set_done()
        tx._post_process()
        self.commit()
        self.assertConfirmed(order)


@tagged("post_install", "-at_install")
class TestPayTheStatement(AccountPaymentCommon, PortalCommon):
    def test_the_button_is_there_where_the_company_takes_payments_online(self):
        self.make_invoice(self.customer, 300.0, 10)
        code = self.company.currency_id.name
        link = f"/my/credit/{self.profile_of(self.customer).id}/pay/{code}"
        switch = self.env["ir.config_parameter"]
        switch.set_param("account_payment.enable_portal_payment", "False")
        self.assertNotIn(link, self.html())
        switch.set_param("account_payment.enable_portal_payment", "True")
        self.assertIn(link, self.html())
        self.assertIn("300.00", self.html(link))

    def transact(self, reference, part=""):
        """Pay what the page asks for; what it sends as amount counts for nothing."""
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        profile = self.profile_of(self.customer)
        self.authenticate(self.user.login, self.user.login)
        values = self.make_jsonrpc_request(
            f"/my/credit/{profile.id}/transaction/{self.company.currency_id.name}{part}",
            {
                "provider_id": self.provider.id, "payment_method_id": self.payment_method_id, "token_id": None,
                "amount": 1.0, "flow": "direct", "tokenization_requested": False, "landing_route": "/my/credit",
                "payment_reference": reference,
            },
        )
        return self.env["payment.transaction"].search([("reference", "=", values["reference"])])

    def test_what_is_paid_is_what_the_statement_asks_for(self):
        invoice = self.make_invoice(self.customer, 300.0, 10)
        tx = self.transact(invoice.name)
        self.assertEqual((tx.amount, tx.invoice_ids, tx.partner_id), (300.0, invoice, self.user.partner_id))

    def test_everything_open_is_paid_also_what_is_not_due(self):
        """300 late, 200 not due of which 50 are disputed, 80 came: 300 + 150 - 80 = 370."""
        late, later = self.make_invoice(self.customer, 300.0, 10), self.make_invoice(self.customer, 200.0, -10)
        self.env["credit.dispute"].create({"move_id": later.id, "amount": 50.0, "reason": "Damaged"})
        self.receive(self.customer, 80.0)
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        link = f"/my/credit/{self.profile_of(self.customer).id}/pay/{self.company.currency_id.name}/all"
        self.assertIn(link, self.html())
        self.assertIn("370.00", self.html(link))
        tx = self.transact("Everything", "/all")
        self.assertEqual((tx.amount, tx.invoice_ids), (370.0, late + later))

    def test_where_all_is_due_nothing_more_is_offered(self):
        self.make_invoice(self.customer, 300.0, 10)
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        self.assertNotIn("o_credit_pay_all", self.html())

    def test_nobody_pays_a_statement_that_asks_for_nothing(self):
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        profile = self.profile_of(self.customer)
        code = self.company.currency_id.name
        self.assertTrue(self.page(f"/my/credit/{profile.id}/pay/{code}").url.endswith("/my/credit"))
