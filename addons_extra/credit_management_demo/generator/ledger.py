"""What else the ledger holds of customers: something true in every column of aged receivables."""

from datetime import timedelta

from odoo import Command

from . import money
from .catalogue import list_price
from .history import receivable_lines
from .records import MODULE, load
from .story import oldest_open_invoice

ACCOUNTS = {
    "advances": ("219000", "Customers' Advances", "liability_current", False),
    "deposits": ("129000", "Rental Deposits", "asset_receivable", True),
}
"""Accounts of their own: (code, name, type, whether it is not trade)."""

ENTRIES = {
    "advance": ("advances", "kestrel", -1500.0, 12, "Paid in advance for the spring order"),
    "deposit": ("deposits", "landlord", 2400.0, 300, "Deposit for the warehouse on Albert Quay"),
    "unknown": (None, None, -184.5, 3, "Transfer without a name, text INV 77?"),
}
"""Entries by hand: (account; None: receivables, whose; None: nobody's, amount, days ago, text)."""

LANDLORD = "Albert Quay Properties"

PROJECTS = {"harbour": "Harbour refits", "retail": "Retail fit-outs", "hire": "Hire and service"}
SHARES = {
    "bantry": {"harbour": 100},
    "youghal": {"harbour": 70, "hire": 30},
    "kinsale": {"harbour": 50},
    "dingle": {"retail": 60, "hire": 40},
}
"""Customer: how the oldest open invoice is distributed over projects, in percent; the rest is of none."""

IN_DOLLARS = ("hudson", "forklift_battery", 2, 40)
"""An invoice in dollars, paid today at another rate: (customer, article, quantity, days ago)."""

EXTENDED = {"nore": 30}
"""Customer: by how many days the oldest open invoice is due later than it was at first."""


def write(env, partners, products, today):
    """Book what has no document of a sale, and say of some invoices for which project they are."""
    accounts = _open_accounts(env)
    landlord = load(env, "res.partner", "customer", {"landlord": {"name": LANDLORD, "is_company": True}})
    _book(env, accounts, {**partners, **landlord}, today)
    _distribute(env, partners)
    _pay_in_dollars(env, partners, products, today)
    for ref, days in EXTENDED.items():
        for item in receivable_lines(oldest_open_invoice(env, partners[ref])):
            item.date_maturity += timedelta(days=days)


def _open_accounts(env):
    accounts = load(env, "account.account", "account", {
        key: {"code": code, "name": name, "account_type": kind, "reconcile": True, "non_trade": is_other}
        for key, (code, name, kind, is_other) in ACCOUNTS.items()
    })
    env.company.credit_advance_account_ids = accounts["advances"]
    return accounts


def _book(env, accounts, partners, today):
    bank = env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1)
    general = env["account.journal"].search([("type", "=", "general"), ("company_id", "=", env.company.id)], limit=1)
    receivable = partners["bantry"].property_account_receivable_id
    load(env, "account.move", "entry", {
        key: {
            "move_type": "entry", "journal_id": general.id, "date": today - timedelta(days=days_ago), "ref": text,
            "line_ids": [
                Command.create({
                    "account_id": (accounts[account] if account else receivable).id, "name": text, "balance": amount,
                    "partner_id": partners[who].id if who else False,
                }),
                Command.create({"account_id": bank.default_account_id.id, "name": text, "balance": -amount}),
            ],
        }
        for key, (account, who, amount, days_ago, text) in ENTRIES.items()
    })
    for key in ENTRIES:
        env.ref(f"{MODULE}.entry_{key}")._post(soft=False)


def _distribute(env, partners):
    plan = env["account.analytic.plan"].search([("parent_id", "=", False)], limit=1)
    projects = load(env, "account.analytic.account", "project", {
        key: {"name": name, "plan_id": plan.id, "company_id": False} for key, name in PROJECTS.items()
    })
    for ref, shares in SHARES.items():
        lines = oldest_open_invoice(env, partners[ref]).invoice_line_ids
        lines.analytic_distribution = {str(projects[key].id): percent for key, percent in shares.items()}


def _pay_in_dollars(env, partners, products, today):
    """Odoo books the exchange difference at the end of the month: until then it stands beside the columns."""
    ref, sku, quantity, days_ago = IN_DOLLARS
    dollar = env.ref("base.USD")
    [invoice] = load(env, "account.move", "invoice", {ref: {
        "move_type": "out_invoice", "partner_id": partners[ref].id, "currency_id": dollar.id,
        "invoice_date": today - timedelta(days=days_ago),
        "invoice_line_ids": [Command.create({
            "product_id": products[sku].id, "quantity": quantity, "price_unit": list_price(sku, "USD"),
        })],
    }}).values()
    invoice._post(soft=False)
    payment = env["account.payment"].create(money.payment_values(
        money.get_method(env, "transfer"), partners[ref], invoice.amount_total, dollar, today, invoice.name,
    ))
    money.settle(env, payment, [receivable_lines(invoice)])
