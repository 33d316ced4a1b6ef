"""Installing the add-on opens the shop of the demo company, once."""

DEMO = "credit_management_demo"
ARTICLES = ("shelving", "pallet_truck", "cold_box", "drill", "boots", "gloves", "garden_set", "heater")
"""What the shop sells, by the keys of the demo's catalogue."""


def post_init_hook(env):
    """Publish articles, let customers pay on account, show them what is still available."""
    company = env.ref("base.main_company")
    products = env["product.product"].concat(*(env.ref(f"{DEMO}.product_{key}") for key in ARTICLES))
    products.product_tmpl_id.is_published = True
    env["website"].search([("company_id", "=", company.id)]).name = company.name
    provider = env.ref("website_sale_credit_management.payment_provider_on_account")
    provider.write({"state": "enabled", "is_published": True, "company_id": company.id})
    provider.with_context(active_test=False).payment_method_ids.active = True
    company.credit_is_shop_shown = True
    buyer = env.ref(f"{DEMO}.user_portal").partner_id
    # the checkout asks a buyer without an address for one first
    buyer.write(
        {"street": "3 Main Street", "city": "Lismore", "zip": "P51 X2Y3", "phone": "+353 20 910 0199",
         "country_id": env.ref("base.ie").id}
    )
    _put_on_the_map({company.partner_id: (51.8985, -8.4756), buyer: (52.1367, -7.9331)})


def _put_on_the_map(places):
    """Where goods are collected from the shop, Odoo asks a map server for a place without coordinates: the demo must
    not need the internet."""
    for partner, (latitude, longitude) in places.items():
        if "partner_latitude" in partner._fields:
            partner.write({"partner_latitude": latitude, "partner_longitude": longitude})
