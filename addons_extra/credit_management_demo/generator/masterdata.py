"""Writing the catalogue: products, price lists and payment terms."""

from odoo import Command

from .catalogue import INSTALMENTS, PRODUCTS
from .company import CURRENCIES
from .records import load

CORE_TERMS = {
    "immediate": "account.account_payment_term_immediate",
    "15_days": "account.account_payment_term_15days",
    "30_days": "account.account_payment_term_30days",
}
OWN_TERMS = {
    "60_days": "60 Days",
    "half_30_60": "Half in 30 Days, Half in 60 Days",
}


def set_up(env):
    """Create products, price lists and the terms that Odoo does not bring.

    :return: (products, price lists, terms), each {key: record}
    """
    return _create_products(env), _create_pricelists(env), _get_terms(env)


def _create_products(env):
    return load(env, "product.product", "product", {
        sku: {
            "name": product.name,
            "default_code": sku.upper().replace("_", "-"),
            "type": product.kind,
            "invoice_policy": product.policy,
            "list_price": product.price,
            "standard_price": round(product.price * 0.65, 2),
        }
        for sku, product in PRODUCTS.items()
    })


def _create_pricelists(env):
    """One list per currency: the currency of an order is that of its price list."""
    env.ref("base.group_user")._apply_group(env.ref("product.group_product_pricelist"))
    values = {"EUR": {"name": "Home prices", "currency_id": env.ref("base.EUR").id}}
    for code in CURRENCIES:
        values[code] = {
            "name": f"{code} prices",
            "currency_id": env.ref(f"base.{code}").id,
            "item_ids": [
                Command.create({
                    "applied_on": "3_global",
                    "compute_price": "formula",
                    "base": "list_price",
                }),
            ],
        }
    return load(env, "product.pricelist", "pricelist", values)


def _get_terms(env):
    terms = {key: env.ref(xmlid) for key, xmlid in CORE_TERMS.items()}
    terms |= load(env, "account.payment.term", "term", {
        key: {"name": label, "line_ids": _term_lines(INSTALMENTS[key])}
        for key, label in OWN_TERMS.items()
    })
    return terms


def _term_lines(instalments):
    return [
        Command.create({"value": "percent", "value_amount": share * 100, "nb_days": days})
        for share, days in instalments
    ]
