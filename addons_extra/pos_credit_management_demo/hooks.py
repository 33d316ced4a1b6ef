"""Installing the add-on opens the counter of the demo company, once."""

from odoo import Command
from odoo.addons.credit_management_demo.generator.records import MODULE, load

ARTICLES = ("shelving", "cold_box", "film", "cable", "floodlight", "drill", "boots", "gloves")
"""What the counter sells, by the keys of the demo's catalogue."""

PEOPLE = {"sales": "group_pos_user", "sales2": "group_pos_user", "manager": "group_pos_manager"}
"""Who works there, by login; and the administrator."""


def post_init_hook(env):
    """Write the counter with three ways to pay, its articles and its people."""
    company = env.ref("base.main_company")
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    products = env["product.product"].concat(*(env.ref(f"{MODULE}.product_{key}") for key in ARTICLES))
    products.product_tmpl_id.available_in_pos = True
    load(env, "pos.config", "counter", {
        "cork": {
            "name": "Trade Counter Cork", "company_id": company.id,
            "payment_method_ids": [Command.set(_write_methods(env, company).ids)],
        },
    })
    for login, group in PEOPLE.items():
        env.ref(f"{MODULE}.user_{login}").group_ids = [Command.link(env.ref(f"point_of_sale.{group}").id)]
    env.ref("base.user_admin").group_ids = [Command.link(env.ref("point_of_sale.group_pos_manager").id)]


def _write_methods(env, company):
    """Return cash, card, and the account of the customer, which has no journal."""
    journals = load(env, "account.journal", "journal", {
        "till": {"name": "Till", "type": "cash", "code": "TILL", "company_id": company.id},
        "cards": {"name": "Cards", "type": "bank", "code": "CARD", "company_id": company.id},
    })
    methods = load(env, "pos.payment.method", "counter_method", {
        "cash": {"name": "Cash", "journal_id": journals["till"].id, "company_id": company.id},
        "card": {"name": "Card", "journal_id": journals["cards"].id, "company_id": company.id},
        "account": {"name": "Customer Account", "split_transactions": True, "company_id": company.id},
    })
    return env["pos.payment.method"].concat(*methods.values())
