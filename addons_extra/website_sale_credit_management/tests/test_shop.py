"""The shop: payment on account, unpaid and paid web orders, what the customer sees."""

from odoo import Command
from odoo.addons.credit_management.tests.common import CreditCommon
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

NEUTRAL = "We are checking your order and will be in touch."


class ShopCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.company_id = cls.company
        cls.customer = cls.make_customer(1000.0, name="Shop customer")
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Shop buyer", "parent_id": cls.customer.id, "type": "contact", "email": "buyer@example.com",
                "phone": "+1 555 0100", "street": "1 Main Street", "city": "Springfield", "zip": "12345",
                "country_id": cls.env.ref("base.be").id,
            }
        )
        cls.buyer = new_test_user(
            cls.env, "shop-buyer", groups="base.group_portal", password="shop-buyer", partner_id=cls.contact.id,
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
        )
        cls.article.write({"is_published": True, "sale_ok": True})
        cls.on_account = cls.make_provider("website_sale_credit_management.payment_provider_on_account")

    @classmethod
    def make_provider(cls, xmlid, **values):
        """Copy a provider into the company of the test and publish it."""
        source = cls.env.ref(xmlid)
        provider = source.copy(
            {"company_id": cls.company.id, "state": "test", "is_published": True, "custom_mode": source.custom_mode,
             "redirect_form_view_id": cls.env.ref("payment_custom.redirect_form").id, **values}
        )
        methods = source.with_context(active_test=False).payment_method_ids
        methods.active = True
        provider.payment_method_ids = methods
        cls.env.invalidate_all()
        return provider

    @classmethod
    def make_cart(cls, price, **values):
        return cls.make_order(
            cls.contact, price, website_id=cls.website.id, partner_invoice_id=cls.contact.id,
            partner_shipping_id=cls.contact.id, **values,
        )

    def offered(self, order, user=None):
        """Return whether payment on account is offered for an order, and why not."""
        report = {}
        providers = (
            self.env["payment.provider"]
            .with_user(user or self.buyer)
            .sudo()
            ._get_compatible_providers(
                self.company.id, self.contact.id, order.amount_total, currency_id=order.currency_id.id,
                sale_order_id=order.id, report=report,
            )
        )
        entry = report.get("providers", {}).get(self.on_account, {})
        return self.on_account in providers, str(entry.get("reason", ""))

    def make_transaction(self, order, provider, state="pending"):
        tx = self.env["payment.transaction"].with_user(self.buyer).sudo().create(
            {
                "provider_id": provider.id, "payment_method_id": provider.payment_method_ids[:1].id,
                "amount": order.amount_total, "currency_id": order.currency_id.id, "partner_id": self.contact.id,
                "reference": f"{order.name}-{provider.id}-{state}", "operation": "online_redirect",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        if state == "pending":
            tx._set_pending()
        return tx


@tagged("post_install", "-at_install")
class TestShop(ShopCommon):
    def test_payment_on_account_is_offered_up_to_the_limit(self):
        self.make_policy()
        self.assertEqual(self.offered(self.make_cart(1000.0)), (True, ""))
        self.assertEqual(self.offered(self.make_cart(1000.01)), (False, "the order is above your available credit"))

    def test_payment_on_account_is_not_offered_while_invoices_are_late(self):
        self.make_policy({"criterion": "overdue_days", "days": 10})
        self.make_invoice(self.customer, 50.0, 11)
        self.assertEqual(self.offered(self.make_cart(10.0)), (False, "invoices are past due on your account"))

    def test_payment_on_account_needs_a_limit_checks_and_a_known_customer(self):
        cart = self.make_cart(10.0)
        self.assertFalse(self.offered(cart)[0], "checks are off")
        self.make_policy()
        self.assertTrue(self.offered(cart)[0])
        self.assertEqual(self.offered(cart, self.env.ref("base.public_user")), (False, "please sign in first"))
        self.set_limit(self.customer, None)
        self.assertEqual(self.offered(cart), (False, "no credit limit is set up for your account"))
        self.set_limit(self.customer, "unlimited")
        self.assertTrue(self.offered(cart)[0])

    def test_invoices_and_cards_on_file_cannot_be_put_on_account(self):
        self.make_policy()
        providers = (
            self.env["payment.provider"]
            .sudo()
            ._get_compatible_providers(self.company.id, self.contact.id, 10.0, currency_id=self.company.currency_id.id)
        )
        self.assertNotIn(self.on_account, providers)

    def test_the_server_refuses_payment_on_account_that_was_not_offered(self):
        self.make_policy()
        with self.assertRaisesRegex(ValidationError, "above your available credit"):
            self.make_transaction(self.make_cart(1000.01), self.on_account)

    def test_an_order_on_account_is_confirmed_and_counts_as_unpaid(self):
        self.make_policy()
        order = self.make_cart(600.0)
        self.make_transaction(order, self.on_account)._post_process()
        self.assertConfirmed(order)
        self.assertExposure(self.customer, 600.0)
        decision = self.env["credit.log"].search([("res_id", "=", order.id), ("res_model", "=", "sale.order")])
        self.assertEqual(decision.mapped("checkpoint"), ["shop"])

    def test_two_carts_on_account_that_fit_alone_do_not_fit_together(self):
        self.make_policy()
        first, second = self.make_cart(600.0), self.make_cart(600.0)
        transactions = [self.make_transaction(order, self.on_account) for order in (first, second)]
        for tx in transactions:
            tx._post_process()
        self.assertConfirmed(first)
        self.assertHeld(second)
        self.assertEqual(second.state, "sent")
        self.assertTrue(second.message_ids.filtered(lambda message: NEUTRAL in (message.body or "")))

    def test_the_rules_of_the_shop_are_those_of_the_shop(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_order": "hold", "effect_shop": "none"})
        order = self.make_cart(2000.0)
        self.confirm(order)
        self.assertConfirmed(order)

    def test_cash_on_delivery_is_unpaid_credit(self):
        self.make_policy()
        cash = self.make_provider("delivery.payment_provider_cod")
        fits, over = self.make_cart(900.0), self.make_cart(900.0)
        for order in fits + over:
            self.make_transaction(order, cash)._post_process()
        self.assertConfirmed(fits)
        self.assertHeld(over)

    def test_cash_on_delivery_waits_also_where_a_rule_refuses(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_shop": "refuse"})
        order = self.make_cart(1500.0)
        self.make_transaction(order, self.make_provider("delivery.payment_provider_cod"))._post_process()
        self.assertHeld(order)

    def on_site(self):
        """Return the provider of payment in the store; `website_sale_collect` is installed for these tests."""
        xmlid = "website_sale_collect.payment_provider_on_site"
        if not self.env.ref(xmlid, raise_if_not_found=False):
            self.skipTest("website_sale_collect is not installed")
        return self.make_provider(xmlid)

    def test_payment_on_site_is_unpaid_credit(self):
        self.make_policy()
        provider = self.on_site()
        fits, over = self.make_cart(900.0), self.make_cart(900.0)
        for order in fits + over:
            self.make_transaction(order, provider)._post_process()
        self.assertConfirmed(fits)
        self.assertHeld(over)
        self.assertTrue(over.message_ids.filtered(lambda message: NEUTRAL in (message.body or "")))

    def test_payment_on_site_waits_also_where_a_rule_refuses(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_shop": "refuse"})
        order = self.make_cart(1500.0)
        self.make_transaction(order, self.on_site())._post_process()
        self.assertHeld(order)

    def test_the_scheduled_action_holds_what_the_customer_did_not_wait_for(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_shop": "refuse"})
        order = self.make_cart(1500.0)
        tx = self.make_transaction(order, self.make_provider("delivery.payment_provider_cod"))
        with self.enter_registry_test_mode():
            self.env.ref("payment.cron_post_process_payment_tx").method_direct_trigger()
        self.env.invalidate_all()
        self.assertHeld(order)
        self.assertTrue(tx.is_post_processed)

    def test_a_wire_transfer_that_is_announced_is_not_paid(self):
        self.make_policy()
        order = self.make_cart(1500.0)
        self.make_transaction(order, self.make_provider("payment.payment_provider_transfer"))._post_process()
        self.assertEqual(order.state, "sent")
        self.confirm(order)
        self.assertHeld(order)

    def test_a_free_order_passes(self):
        self.make_invoice(self.customer, 5000.0)
        self.make_policy()
        order = self.make_cart(0.0)
        order.with_user(self.buyer).sudo()._validate_order()
        self.assertConfirmed(order)

    def test_express_checkout_never_offers_payment_on_account(self):
        self.make_policy()
        cart = self.make_cart(10.0)
        providers = (
            self.env["payment.provider"]
            .with_user(self.buyer)
            .sudo()
            ._get_compatible_providers(
                self.company.id, self.contact.id, 10.0, sale_order_id=cart.id, is_express_checkout=True
            )
        )
        self.assertNotIn(self.on_account, providers)


@tagged("post_install", "-at_install")
class TestShopPages(ShopCommon, HttpCase):
    def pay(self, order, provider):
        """Pay a cart through the real routes, as the payment form does; return the last page."""
        self.url_open("/shop/checkout?try_skip_step=true")
        values = self.make_jsonrpc_request(
            f"/shop/payment/transaction/{order.id}",
            {
                "access_token": order._portal_ensure_token(), "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids[:1].id, "token_id": None,
                "amount": order.amount_total, "flow": "redirect", "tokenization_requested": False,
                "landing_route": "/shop/payment/validate",
            },
        )
        self.url_open("/payment/custom/process", data={"reference": values["reference"]})
        status = self.make_jsonrpc_request("/payment/status/poll", {})
        self.assertEqual(status["state"], "pending")
        return self.url_open(status["landing_route"]).text

    def test_checkout_shows_credit_and_takes_the_order_on_account(self):
        self.make_policy()
        self.company.credit_is_shop_shown = True
        order = self.make_cart(100.0, quantity=4)
        self.authenticate("shop-buyer", "shop-buyer")
        page = self.url_open("/shop/payment").text
        self.assertIn("o_credit_shop", page)
        self.assertIn("1,000.00", page)
        self.assertIn("Pay on Account", page)
        self.assertNotIn("o_credit_notice", page)
        confirmation = self.pay(order, self.on_account)
        self.assertConfirmed(order)
        self.assertIn("Thank you for your order", confirmation)
        self.assertNotIn("o_credit_held", confirmation)

    def test_checkout_says_why_the_cart_cannot_be_put_on_account(self):
        self.make_policy()
        order = self.make_cart(100.0, quantity=11)
        self.authenticate("shop-buyer", "shop-buyer")
        page = self.url_open("/shop/payment").text
        self.assertIn("the order is above your available credit", page)
        self.assertNotIn("o_credit_shop", page, "the company does not show figures")
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.pay(order, self.on_account)
        self.assertEqual(order.state, "draft")

    def test_a_held_web_order_is_received_and_leaves_the_cart(self):
        self.make_policy()
        cash = self.make_provider("delivery.payment_provider_cod")
        order = self.make_cart(100.0, quantity=20)
        self.authenticate("shop-buyer", "shop-buyer")
        page = self.pay(order, cash)
        self.assertHeld(order)
        self.assertIn(NEUTRAL, page)
        self.assertNotIn("Shop - Confirmed", page)
        self.assertNotIn("1,000.00", page.replace("\xa0", " "))
        self.assertNotIn(order.order_line.name, self.url_open("/shop/cart").text)
