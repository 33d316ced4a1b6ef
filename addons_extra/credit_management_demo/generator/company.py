"""The company: name, country, chart of accounts, taxes, currencies and bank."""

import random
from datetime import timedelta

from .language import rename, translate_chart
from .records import load, name

CURRENCIES = {"USD": 1.09, "CNY": 7.80, "GBP": 0.86}
"""Units per euro, about which the rates wander."""

HISTORY_DAYS = 560
"""A little more than 18 months: every document of the history has a rate of its time."""

VAT_PERCENT = 23.0


def set_up(env, today):
    """Make the main company the trading company of this demo."""
    company = env.company
    _ensure_chart(env, company)
    translate_chart(env)
    _identify(env, company)
    _set_taxes(env, company)
    _open_currencies(env, company, today)
    _set_payment_methods(env, company)


def open_branch(env):
    """Open the branch in Galway: the same legal company, whose chart of accounts it shares."""
    [branch] = load(env, "res.company", "company", {
        "galway": {"name": "Harbour Trading Galway", "parent_id": env.company.id, "country_id": env.ref("base.ie").id},
    }).values()
    # `account` would do so when the installation is committed, which is too late for a quotation
    env["account.chart.template"]._load(env.company.chart_template, branch, install_demo=False)
    give_warehouse(env, branch, "GAL")
    return branch


def give_warehouse(env, company, code):
    """Give a further company a warehouse where goods are kept: Odoo makes one for the first company only."""
    if "stock.warehouse" in env:
        env["stock.warehouse"].create({"name": company.name, "code": code, "company_id": company.id})


def _ensure_chart(env, company):
    """Load the generic chart unless the database has it already.

    When everything is installed at once, `account` postpones its chart to the end of the
    whole installation. We need it now, so we take the postponed call over.
    """
    if not company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", company)
    if hasattr(env.registry, "_auto_install_template"):
        del env.registry._auto_install_template


def _identify(env, company):
    """Name, address and currency. Allowed while there are no entries."""
    ireland = env.ref("base.ie")
    company.write({
        "name": "Harbour Trading Co.",
        "currency_id": env.ref("base.EUR").id,
        "account_fiscal_country_id": ireland.id,
        "street": "4 Albert Quay",
        "city": "Cork",
        "zip": "T12 A1B2",
        "country_id": ireland.id,
        "email": "office@harbour-trading.example",
        "website": "https://harbour-trading.example",
        "phone": "+353 20 910 0100",
    })


def _set_taxes(env, company):
    """Irish VAT for customers at home, none for those abroad.

    The generic chart is made for the United States; country and group of a tax must
    change together, or Odoo picks another group.
    """
    chart = env["account.chart.template"].with_company(company)
    taxes = env["account.tax"].search([("company_id", "=", company.id)])
    taxes.tax_group_id.country_id = False
    for tax in taxes:
        tax.write({"country_id": env.ref("base.ie").id, "tax_group_id": tax.tax_group_id.id})
    taxes.tax_group_id.country_id = env.ref("base.ie")
    for xmlid in ("sale_tax_template", "purchase_tax_template"):
        chart.ref(xmlid).amount = VAT_PERCENT
        rename(env, chart.ref(xmlid), f"{VAT_PERCENT:.0f}%")
    rename(env, chart.ref("sale_tax_template").tax_group_id, f"VAT {VAT_PERCENT:.0f}%")
    chart.ref("template_generic_domestic_fiscal_position").country_id = env.ref("base.ie")


def _open_currencies(env, company, today):
    """Activate the foreign currencies and give each a weekly rate, oldest first."""
    rates = []
    for code, middle in CURRENCIES.items():
        currency = env.ref(f"base.{code}")
        currency.active = True
        rates += _weekly_rates(currency, middle, company, today)
    env["res.currency.rate"].search([("company_id", "in", (False, company.id))]).unlink()
    env["res.currency.rate"].create(rates)


def _weekly_rates(currency, middle, company, today):
    """A slow random walk that stays within some 6 % of the middle."""
    rng = random.Random(f"harbour/{currency.name}")
    drift, rates = 0.0, []
    for days_ago in range(HISTORY_DAYS, -1, -7):
        drift = 0.95 * drift + rng.uniform(-0.01, 0.01)
        rates.append({
            "name": today - timedelta(days=days_ago),
            "rate": round(middle * (1 + drift), 6),
            "currency_id": currency.id,
            "company_id": company.id,
        })
    return rates


def _set_payment_methods(env, company):
    """Three ways in: transfers seen on the bank account, transfers on their way, and bills.

    Without a bank account of its own, every payment of Community stays "in process" for
    ever, and 18 months of money would look as if the bank had never confirmed it.
    """
    domain = [("type", "=", "bank"), ("company_id", "=", company.id)]
    bank = env["account.journal"].search(domain, limit=1)
    transfer = bank.inbound_payment_method_line_ids[:1]
    transfer.write({"name": "Bank Transfer", "payment_account_id": bank.default_account_id.id})
    common = {"payment_method_id": transfer.payment_method_id.id, "journal_id": bank.id}
    load(env, "account.payment.method.line", "method", {
        "in_process": common | {"name": "Transfer on its Way", "sequence": transfer.sequence + 10},
        "bill": common | {
            "name": "Bill of Exchange",
            "sequence": transfer.sequence + 20,
            "payment_account_id": bank.default_account_id.id,
        },
    })
    name(env, "method", {"transfer": transfer})
