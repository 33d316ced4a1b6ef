from odoo import Command
from odoo.tests import TransactionCase, tagged

MODULE = "credit_management_demo"


@tagged("post_install", "-at_install")
class TestShop(TransactionCase):
    """The portal's buyer can buy on account in the shop of the demo, within the limit."""

    def ref(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    def test_articles_are_published(self):
        articles = [self.ref(f"product_{key}") for key in ("shelving", "drill", "gloves")]
        self.assertTrue(all(article.is_published and article.sale_ok for article in articles))

    def test_pay_on_account_is_offered_for_what_fits(self):
        """6,150.00 are owed of 10,000.00; a bay is 615.00 with VAT."""
        for bays, is_offered in ((1, True), (10, False)):
            self.assertEqual(self.is_offered(bays), is_offered, bays)

    def is_offered(self, bays):
        """Tell whether the checkout of a cart with so many shelving bays offers the provider."""
        buyer, shelving = self.ref("user_portal"), self.ref("product_shelving")
        website = self.env["website"].search([("company_id", "=", self.env.ref("base.main_company").id)], limit=1)
        cart = self.env["sale.order"].create({
            "partner_id": buyer.partner_id.id, "website_id": website.id, "company_id": website.company_id.id,
            "order_line": [Command.create({"product_id": shelving.id, "product_uom_qty": bays, "price_unit": 500.0})],
        })
        providers = self.env["payment.provider"].with_user(buyer).sudo()._get_compatible_providers(
            cart.company_id.id, buyer.partner_id.id, cart.amount_total, currency_id=cart.currency_id.id,
            sale_order_id=cart.id, website_id=website.id,
        )
        return self.env.ref("website_sale_credit_management.payment_provider_on_account") in providers
