"""What customers see in a real browser: their account, a signature over the limit, the shop's payment page.

Everything is bought on account by a customer with a limit of 1,000, of which an invoice that is late uses 300.
"""

from datetime import date, timedelta

import pytest
from pictures import Camera

CUSTOMERS = {"en_US": "Harbour Fitters", "zh_CN": "海港装饰"}
LIMIT = 1000.0
INVOICED = 300.0
PRICE = 250.0  # two fit into what is available, three do not


class Shop:
    """What the trading company has set up for the customer of one language."""

    def __init__(self, server, language):
        self.admin, self.manager = server.login("admin"), server.login("manager")
        self.language = language
        self.login = f"buyer_{language.lower()}"
        self.company = self.admin.read("res.users", [self.admin.user_id], "company_id")[0]["company_id"][0]
        self.open_the_shop()
        self.partner = self.make_customer()
        self.product = self.make_product()

    def open_the_shop(self):
        """Show customers their credit, publish payment on account and let the shop be checked."""
        shown = {"credit_is_portal_limit_shown": True, "credit_is_shop_shown": True, "portal_confirmation_sign": True}
        self.admin.call("res.company", "write", [self.company], shown)
        website = self.admin.search("website", [], "id", limit=1)[0]["id"]
        languages = [found["id"] for found in self.admin.search("res.lang", [], "id")]
        self.admin.call("website", "write", [website], {"language_ids": [(6, 0, languages)]})
        provider = self.admin.search("payment.provider", [("custom_mode", "=", "credit")], "id")[0]["id"]
        self.admin.call("payment.provider", "write", [provider], {"state": "test", "is_published": True})
        method = [("code", "=", "on_account"), ("active", "in", [True, False])]
        methods = self.admin.search("payment.method", method, "id")
        self.admin.call("payment.method", "write", [methods[0]["id"]], {"active": True})
        rules = self.admin.search("credit.policy.rule", [("criterion", "=", "limit_exceeded")], "id")
        self.manager.call("credit.policy.rule", "write", [rule["id"] for rule in rules], {"effect_shop": "hold"})

    def make_customer(self):
        """Create the company, its buyer with a sign-in, its limit and its late invoice; return the company's id."""
        values = {"name": CUSTOMERS[self.language], "is_company": True, "lang": self.language}
        partner = self.admin.create("res.partner", values)
        self.make_buyer(partner)
        controller = self.admin.search("res.users", [("login", "=", "controller")], "id")[0]["id"]
        profile = self.manager.create("credit.profile", {"partner_id": partner, "controller_id": controller})
        values = {"profile_id": profile, "limit_type": "amount", "amount": LIMIT, "reason": "Agreed"}
        request = self.admin.create("credit.limit.request", values)
        self.admin.call("credit.limit.request", "action_submit", [request])
        self.manager.call("credit.limit.request", "action_approve", [request])
        self.invoice(partner)
        return partner

    def make_buyer(self, partner):
        """Create the person who signs in at the portal and the shop."""
        country = self.admin.search("res.country", [("code", "=", "IE")], "id")[0]["id"]
        address = {"street": "1 Quay Street", "city": "Cork", "zip": "T12", "country_id": country}
        person = {"email": f"{self.login}@example.com", "phone": "+353 1 555 0100", "lang": self.language}
        contact = self.admin.create("res.partner", {"name": "Kim Buyer", "parent_id": partner, **address, **person})
        group = self.admin.call("ir.model.data", "check_object_reference", "base", "group_portal")[1]
        values = {"login": self.login, "password": self.login, "partner_id": contact, "group_ids": [(6, 0, [group])]}
        self.admin.create("res.users", {**values, "company_id": self.company, "company_ids": [(6, 0, [self.company])]})

    def invoice(self, partner):
        """Post an invoice that is twenty days late."""
        due = date.today() - timedelta(days=20)
        line = {"name": "Timber", "price_unit": INVOICED, "tax_ids": [(5,)]}
        values = {"partner_id": partner, "move_type": "out_invoice", "invoice_line_ids": [(0, 0, line)]}
        days = {"invoice_date": str(due), "invoice_date_due": str(due), "invoice_payment_term_id": False}
        move = self.admin.create("account.move", {**values, **days})
        self.admin.call("account.move", "action_post", [move])

    def make_product(self):
        """Publish what is bought; return its template."""
        values = {"name": "Oak door", "list_price": PRICE, "type": "service", "is_published": True, "taxes_id": [(5,)]}
        return self.admin.create("product.template", values)

    def send_quotation(self, amount):
        """Create a quotation that the customer can sign; return its id."""
        product = self.admin.read("product.template", [self.product], "product_variant_id")[0]["product_variant_id"][0]
        line = {"product_id": product, "price_unit": amount, "tax_ids": [(5,)]}
        values = {"partner_id": self.partner, "require_signature": True, "require_payment": False}
        order = self.admin.create("sale.order", {**values, "order_line": [(0, 0, line)]})
        self.admin.call("sale.order", "action_quotation_sent", [order])
        return order

    def read_last_order(self):
        """Return state and credit status of the customer's last order."""
        found = self.admin.search(
            "sale.order", [("partner_id", "child_of", self.partner)], "state", "credit_hold_state", "signed_by",
            order="id desc", limit=1,
        )
        return found[0]


class Visitor(Camera):
    """The customer at the pages of the website."""

    def _note(self, text):
        """Override: the website's template links to pages outside, which tests do not reach."""
        if "Failed to load resource" not in text:
            super()._note(text)

    def go(self, path, ready):
        """Open a page of the website."""
        self.page.goto(f"{self.url}{path}")
        self.wait(ready)


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.xdist_group("bridges")) for name in CUSTOMERS])
def language(request):
    """Return the language of the customer."""
    return request.param


@pytest.fixture
def shop(bridges, language):
    """Return what was set up for the customer."""
    return Shop(bridges, language)


@pytest.fixture
def visitor(bridges, log_in, screenshots, shop):
    """Return the customer, signed in."""
    page = log_in(bridges, shop.login, shop.language)
    return Visitor(page, bridges.url, screenshots, shop.language)


def test_a_customer_reads_its_account_signs_and_buys_on_account(shop, visitor):
    read_the_account_and_ask_for_more(visitor)
    assert shop.admin.search("credit.limit.request", [("profile_id.partner_id", "=", shop.partner)], "state")

    sign_a_quotation(visitor, shop.send_quotation(LIMIT))
    order = shop.read_last_order()
    assert (order["state"], order["credit_hold_state"]) == ("sent", "held")
    assert order["signed_by"] == CUSTOMERS[shop.language]

    buy_on_account(visitor, shop.product)
    assert shop.read_last_order()["state"] == "sale"

    cannot_buy_on_account(visitor, shop.product)
    assert not visitor.tell_errors()


def read_the_account_and_ask_for_more(visitor):
    """Open the account from the portal's first page; ask for a higher limit."""
    visitor.go("/my", "a[href$='/my/credit']")
    visitor.click("a[href$='/my/credit']", ".o_credit_limit")
    visitor.take("70_customer_account")
    visitor.page.fill(".o_credit_request input[name=amount]", "2500")
    visitor.page.fill(".o_credit_request textarea[name=reason]", "Hotel")
    visitor.click(".o_credit_request button[type=submit]", ".alert-success")
    visitor.take("71_customer_asked_for_more")


def sign_a_quotation(visitor, order):
    """Sign a quotation that is over the limit."""
    visitor.go(f"/my/orders/{order}", "#o_sale_portal_accept, [data-bs-target='#modalaccept']")
    visitor.click("[data-bs-target='#modalaccept']", "#modalaccept .o_web_sign_auto_button, #modalaccept canvas")
    visitor.page.locator("#modalaccept .o_portal_sign_submit:enabled").click()
    visitor.wait(".o_credit_held")
    visitor.take("72_customer_signed")


def fill_the_cart(visitor, product, quantity):
    """Put goods into the cart and go to the payment page."""
    visitor.go(f"/shop/product-{product}", "#add_to_cart")
    visitor.page.fill("input[name=add_qty]", str(quantity))
    with visitor.page.expect_response(lambda response: "/shop/cart/add" in response.url):
        visitor.click("#add_to_cart")
    visitor.go("/shop/checkout?try_skip_step=true", "#payment_method, .o_credit_shop")


def buy_on_account(visitor, product):
    """Buy what fits into the available credit."""
    fill_the_cart(visitor, product, 2)
    visitor.page.locator("input[name=o_payment_radio][data-payment-method-code=on_account]").check(force=True)
    visitor.take("73_shop_on_account")
    visitor.click("button[name=o_payment_submit_button]", "#order_name")
    visitor.take("74_shop_confirmed")


def cannot_buy_on_account(visitor, product):
    """Try to buy more than that."""
    fill_the_cart(visitor, product, 3)
    visitor.wait(".o_credit_notice")
    visitor.take("75_shop_not_on_account")
