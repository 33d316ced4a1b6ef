"""Balance sheets of customers: a healthy hotel over three years, a builder in distress, one without its EBIT."""

from datetime import date

from odoo import Command

from .records import load

ITEMS = (
    "assets_current", "receivables", "inventories", "assets", "liabilities_current", "liabilities",
    "retained_earnings", "equity", "sales", "ebit", "interest", "profit", "cash_flow",
)
YEARS = {
    "skellig": (
        (610, 140, 60, 2480, 350, 1390, 420, 1090, 3150, 262, 48, 171, 330),
        (560, 150, 55, 2410, 380, 1450, 330, 960, 2890, 205, 52, 122, 285),
        (520, 160, 58, 2390, 410, 1510, 250, 880, 2640, 168, 55, 90, 240),
    ),
    "castlebar": (
        (300, 170, 110, 1000, 450, 1100, -200, -100, 1460, -50, 61, -118, -35),
        (390, 190, 130, 1120, 430, 1090, -60, 30, 1720, 12, 58, -50, 20),
    ),
    "quayside": ((480, 210, 160, 900, 300, 520, 190, 380, 1900, None, None, 74, None),),
}
"""Customer: its last years, the newest first, in thousands; None: not in what it gave us."""


def write(env, profiles, users, today):
    """Write the years of each customer, the newest of them being the last calendar year."""
    Financials = env["credit.financials"].with_user(users["controller"])
    load(Financials.env, Financials._name, "financials", {
        f"{ref}_{number}": _prepare(profiles[ref], date(today.year - 1 - number, 12, 31), amounts, number)
        for ref, years in YEARS.items() for number, amounts in enumerate(years)
    })


def _prepare(profile, day, amounts, number):
    known = [(item, amount) for item, amount in zip(ITEMS, amounts, strict=True) if amount is not None]
    return {
        "profile_id": profile.id,
        "date_end": day,
        "is_audited": number > 0,
        "auditor": "Shannon Audit" if number else "",
        "source": "Annual report" if number else "Draft from the customer",
        "line_ids": [
            Command.create({"item": item, "amount": amount * 1000.0, "is_known": True}) for item, amount in known
        ],
    }
