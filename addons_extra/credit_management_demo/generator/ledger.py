"""What else the ledger holds of customers: something true in every column of aged receivables."""

from datetime import timedelta

from odoo import Command

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

REVALUED = ("hudson", 42.3, 26, "Dollars revalued at the rate of the month's end")
"""What a customer's dollars are worth more: (customer, amount, days ago, text). No dollars are owed for it."""

EXTENDED = {"nore": 30}
"""Customer: by how many days the oldest open invoice is due later than it was at first."""


def write(env, partners, today):
    """Book what has no document of a sale, and say of some invoices for which project they are."""
    accounts = _open_accounts(env)
    landlord = load(env, "res.partner", "customer", {"landlord": {"name": LANDLORD, "is_company": True}})
    _book(env, accounts, {**partners, **landlord}, today)
    _distribute(env, partners)
    _revalue(env, partners, today)
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


def _revalue(env, partners, today):
    """Book a difference of exchange: it stands beside the columns, and is no debt of the customer's."""
    ref, amount, days_ago, text = REVALUED
    receivable, gain = partners[ref].property_account_receivable_id, env.company.income_currency_exchange_account_id
    general = env["account.journal"].search([("type", "=", "general"), ("company_id", "=", env.company.id)], limit=1)
    [entry] = load(env, "account.move", "entry", {"revaluation": {
        "move_type": "entry", "journal_id": general.id, "date": today - timedelta(days=days_ago), "ref": text,
        "line_ids": [
            Command.create({
                "account_id": receivable.id, "partner_id": partners[ref].id, "currency_id": env.ref("base.USD").id,
                "amount_currency": 0.0, "balance": amount, "name": text,
            }),
            Command.create({"account_id": gain.id, "balance": -amount, "name": text}),
        ],
    }}).values()
    entry._post(soft=False)
