"""Writing the customers and the people who work there."""

import random

from odoo import Command

from .personas import PERSONAS
from .records import load

FIRST_NAMES = ("Aoife", "Brian", "Ciara", "Declan", "Emma", "Fergal", "Grace", "Hugh", "Jane", "Liam")
LAST_NAMES = ("Byrne", "Carroll", "Doyle", "Farrell", "Hayes", "Kelly", "Lynch", "Moran", "Walsh")
CHINESE_NAMES = ("王芳", "李强", "张敏", "刘洋", "陈静", "赵磊", "周婷", "吴刚")


def create_customers(env, customers, users, pricelists, terms):
    """Create companies and contacts.

    :param users: {login: user}
    :return: {reference: customer}
    """
    tags = _create_tags(env)
    partners = load(env, "res.partner", "customer", {
        ref: _customer_values(env, ref, customer, number, users, terms, tags)
        for number, (ref, customer) in enumerate(customers.items())
    })
    for ref, customer in customers.items():
        partners[ref].property_product_pricelist = pricelists[customer.currency]
    _create_contacts(env, customers, partners)
    return partners


def _create_tags(env):
    labels = sorted({persona.tag for persona in PERSONAS.values()})
    keys = {label: label.lower().replace(" ", "_") for label in labels}
    tags = load(env, "res.partner.category", "tag", {
        keys[label]: {"name": label, "color": color % 11 + 1} for color, label in enumerate(labels)
    })
    return {label: tags[keys[label]] for label in labels}


def _customer_values(env, ref, customer, number, users, terms, tags):
    persona = PERSONAS[customer.persona]
    return {
        "name": customer.name,
        "ref": f"C{1000 + number}",
        "is_company": True,
        "city": customer.city,
        "country_id": env.ref(f"base.{customer.country}").id,
        "lang": customer.lang,
        "email": f"office@{ref.replace('_', '-')}.example",
        "phone": _phone(customer.country, number),
        "user_id": users[customer.seller].id,
        "property_payment_term_id": terms[customer.terms or persona.terms].id,
        "category_id": [Command.set(tags[persona.tag].ids)],
    }


def _phone(country, number):
    """Numbers that the authorities keep free for fiction, where there are such."""
    known = {"ie": f"+353 20 91{number:05d}", "us": f"+1 212 555 01{number:02d}"}
    return known.get(country, False)


def _create_contacts(env, customers, partners):
    """A buyer everywhere, and a bookkeeper who gets the invoices at every other customer."""
    values = {}
    for number, (ref, customer) in enumerate(customers.items()):
        rng = random.Random(f"contacts/{ref}")
        values[f"{ref}_buyer"] = _contact_values(rng, ref, customer, partners[ref], "contact")
        if number % 2:
            values[f"{ref}_accounts"] = _contact_values(rng, ref, customer, partners[ref], "invoice")
    load(env, "res.partner", "contact", values)


def _contact_values(rng, ref, customer, parent, kind):
    is_buyer = kind == "contact"
    mailbox = "buyer" if is_buyer else "accounts"
    chinese = customer.lang == "zh_CN"
    full_name = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
    return {
        "name": rng.choice(CHINESE_NAMES) if chinese else full_name,
        "parent_id": parent.id,
        "type": kind,
        "function": _function(is_buyer, chinese),
        "lang": customer.lang,
        "email": f"{mailbox}@{ref.replace('_', '-')}.example",
    }


def _function(is_buyer, chinese):
    if chinese:
        return "采购" if is_buyer else "财务"
    return "Purchasing" if is_buyer else "Accounts payable"
