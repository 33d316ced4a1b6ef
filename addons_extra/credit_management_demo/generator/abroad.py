"""The company in Dover: another legal company, which keeps its books and grants its credit in pounds."""

from dataclasses import dataclass
from datetime import timedelta

from odoo import Command

from .company import give_warehouse
from .records import load

RATES = {"EUR": 1.16, "USD": 1.27, "CNY": 9.07}
"""Units per pound, the same every day."""

DAYS_OF_RATES = 560
STAFF = ("controller", "manager", "accountant")
"""Who works in this company, too, by login; and the administrator."""


@dataclass(frozen=True)
class Buyer:
    """A customer of this company: its limit, what it owes, and its quotation, in pounds."""

    name: str
    city: str
    limit: float
    owed: float
    days_ago: int
    bays: int
    reference: str


BAY = 430.0
"""Price of a shelving bay in pounds; no tax is in it."""

BUYERS = {
    "thames": Buyer("Thames Chandlers Ltd", "Gravesend", 8000.0, 3000.0, 20, 10, "THAMES-4"),
    "medway": Buyer("Medway Boat Park Ltd", "Rochester", 5000.0, 1200.0, 12, 12, "MEDWAY-9"),
}


def open_company(env, staff, products, today):
    """Write company, customers, what they owe and what they want to order."""
    company = _create_company(env, today)
    for user in (env.ref("base.user_admin"), *(staff[login] for login in STAFF)):
        user.company_ids = [Command.link(company.id)]
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    partners = _create_customers(env, company)
    _write_invoices(env, partners, products, today)
    _write_quotations(env, partners, products, staff["manager"], today)
    return company


def set_limits(env, company):
    """Grant the limits of its customers, in its currency."""
    for ref, buyer in BUYERS.items():
        partner = env.ref(f"credit_management_demo.customer_{ref}")
        profile = env["credit.profile"]._ensure(partner, company)
        profile.write(
            {"limit_type": "amount", "amount_limit": buyer.limit, "limit_currency_id": company.currency_id.id}
        )


def _create_company(env, today):
    [company] = load(env, "res.company", "company", {
        "dover": {"name": "Harbour Trading UK Ltd", "country_id": env.ref("base.uk").id, "city": "Dover"},
    }).values()
    env["account.chart.template"]._load("generic_coa", company, install_demo=False)
    company.currency_id = env.ref("base.GBP")
    give_warehouse(env, company, "DOV")
    env["res.currency.rate"].create([
        {"name": today - timedelta(days=DAYS_OF_RATES), "rate": rate, "currency_id": env.ref(f"base.{code}").id,
         "company_id": company.id}
        for code, rate in RATES.items()
    ])
    return company


def _create_customers(env, company):
    [pricelist] = load(env, "product.pricelist", "pricelist", {
        "dover": {"name": "GBP, Dover", "currency_id": company.currency_id.id, "company_id": company.id},
    }).values()
    partners = load(env, "res.partner", "customer", {
        ref: {
            "name": buyer.name, "is_company": True, "city": buyer.city, "country_id": env.ref("base.uk").id,
            "company_id": company.id, "email": f"office@{ref}.example",
        }
        for ref, buyer in BUYERS.items()
    })
    for partner in partners.values():
        partner.property_product_pricelist = pricelist
    return partners


def _write_invoices(env, partners, products, today):
    moves = env["account.move"].create([
        {
            "move_type": "out_invoice", "partner_id": partners[ref].id,
            "invoice_date": today - timedelta(days=buyer.days_ago),
            "invoice_date_due": today + timedelta(days=30 - buyer.days_ago),
            "invoice_line_ids": [Command.create({
                "product_id": products["shelving"].id, "quantity": 1, "price_unit": buyer.owed, "tax_ids": [],
            })],
        }
        for ref, buyer in BUYERS.items()
    ])
    moves._post(soft=False)


def _write_quotations(env, partners, products, seller, today):
    load(env, "sale.order", "quotation", {
        ref: {
            "partner_id": partners[ref].id, "user_id": seller.id, "client_order_ref": buyer.reference,
            "validity_date": today + timedelta(days=30),
            "order_line": [Command.create({
                "product_id": products["shelving"].id, "product_uom_qty": buyer.bays, "price_unit": BAY, "tax_ids": [],
            })],
        }
        for ref, buyer in BUYERS.items()
    })
