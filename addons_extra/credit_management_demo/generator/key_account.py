"""One large customer, from the score to the order that goes through: its card, its policy, its methods, its accounts.

Who assesses it finds a score of five factors without the one from financial statements, a limit that four methods
would raise, and an order that waits for both.
"""

import io
from datetime import date, timedelta

import openpyxl
from odoo import Command

from .records import load

CUSTOMER = "valentia"
RATED = (3, 12)
"""Month and day: rated B since March."""

DAYS_REVIEW = 10
"""The next review, in days: the calendar has opened it."""

FACTORS = (
    ("payment_index", 35, ((60, 20), (70, 50), (80, 70), (90, 90), (None, 100))),
    ("share_overdue", 25, ((1, 100), (10, 80), (30, 60), (50, 20), (None, 0))),
    ("payments_returned", 15, ((1, 100), (2, 20), (None, 0))),
    ("months_customer", 10, ((12, 30), (36, 60), (None, 100))),
    ("altman", 15, ((1.1, 0), (2.61, 50), (None, 100))),
)
"""Factor, weight, (values below this, points) from the lowest on."""

MONTHS_NEW = 3
"""The history has 18 months: looking back a year, everybody was a customer for longer than this."""

CLASSES = {"aaa": 90, "aa": 80, "a": 70, "b": 55, "c": 35, "d": 0}

TERMS = {"a": 60, "b": 45}
"""Rating: longest terms in days. Agreed with the customer are 60."""

DEPOSIT = {"percent": 20.0, "amount_from": 10000.0}
"""What is asked of large orders of customers rated B."""

METHODS = {"turnover": 1, "need": 1, "trade_reference": 2, "rating_table": 1}
"""What limits of key accounts are proposed by, with weights."""

PLANNED = 400000.0
REFERENCES = (
    ("Iveragh Cold Logistics", 70000.0, 35), ("Atlantic Packaging", 78000.0, 60), ("Kerry Seals", 90000.0, 90),
)
"""What the customer plans to buy in a year; other suppliers, what they grant, and how many days ago they said so."""

SHEET = "Valentia accounts.xlsx"
MESSAGE = "Our accounts of last year as a workbook. Marie Sugrue, finance, Valentia Island Foods"
ACCOUNTS = {
    "Current assets": 800000, "Trade receivables": 310000, "Inventories": 240000, "Total assets": 2000000,
    "Current liabilities": 400000, "Total liabilities": 1100000, "Retained earnings": 420000, "Total equity": 900000,
    "Sales": 5200000, "EBIT": 210000, "Interest expense": 38000, "Net profit": 128000, "Operating cash flow": 265000,
}
"""Z″ = 6.56 × 400 ÷ 2,000 + 3.26 × 420 ÷ 2,000 + 6.72 × 210 ÷ 2,000 + 1.05 × 900 ÷ 1,100 = 3.56: safe."""


def set_policy(env, profiles, today):
    """Give the customer the policy of key accounts: before it is on, nothing of the history was held."""
    balanced = env.ref("credit_management.policy_balanced")
    policy = balanced.copy({"name": "Key accounts", "description": "As Balanced, with terms and deposits of its own.",
                            "scope": "customer", "company_id": env.company.id})
    policy.terms_ids = [Command.clear()] + [
        Command.create({"rating_ids": _rating(env, rating).ids, "days_max": days}) for rating, days in TERMS.items()
    ]
    policy.deposit_rule_ids = [Command.clear(), Command.create({**DEPOSIT, "rating_ids": _rating(env, "b").ids})]
    profile, (month, day) = profiles[CUSTOMER], RATED
    profile.write({"policy_id": policy.id, "date_review_next": today + timedelta(days=DAYS_REVIEW)})
    rated = date(today.year, month, day)
    # a day of the past is nobody's to write
    profile.sudo().date_rating = rated if rated <= today else rated.replace(year=today.year - 1)
    policy.action_activate()
    load(env, "credit.limit.basis", "basis", {"key": {
        "name": "Key accounts", "policy_ids": policy.ids, "combined": "weights",
        "line_ids": [Command.create({"method": method, "weight": weight}) for method, weight in METHODS.items()],
    }})


def write(env, profiles, today):
    """Write its card, and what its limit is proposed by."""
    _make_card(env)
    profile = profiles[CUSTOMER]
    profile.write({"amount_planned": PLANNED, "legal_class": "large"})
    profile.trade_reference_ids = [
        Command.create({"supplier": supplier, "amount": amount, "date": today - timedelta(days=days)})
        for supplier, amount, days in REFERENCES
    ]


def send_accounts(env, profiles, today):
    """The review was opened by the calendar; the customer has sent its accounts, which only controllers read."""
    profile = profiles[CUSTOMER]
    review = env["credit.assessment"].search([("profile_id", "=", profile.id), ("is_review", "=", True)])
    review.message_post(
        body=MESSAGE,  # the customer's own words
        attachments=[(SHEET, _make_workbook(profile, today))], subtype_xmlid="mail.mt_note",
    )


def _make_card(env):
    env.ref("credit_management.scorecard_new").months_new = MONTHS_NEW
    tag = env.ref("credit_management_demo.tag_key_account")
    load(env, "credit.scorecard", "scorecard", {"key": {
        "name": "Key accounts", "sequence": 5, "customers": "known", "months_new": MONTHS_NEW, "category_ids": tag.ids,
        "description": "Few factors that everybody knows by heart: the largest customers are talked about.",
        "factor_ids": [
            Command.create({"sequence": number, "factor": factor, "weight": weight, "band_ids": _make_bands(bands)})
            for number, (factor, weight, bands) in enumerate(FACTORS, 1)
        ],
        "class_ids": [
            Command.create({"rating_id": _rating(env, rating).id, "score_from": score})
            for rating, score in CLASSES.items()
        ],
    }})


def _make_bands(bands):
    lows = [None, *(high for high, _points in bands[:-1])]
    return [
        Command.create({
            "has_low": low is not None, "low": low or 0.0, "has_high": high is not None, "high": high or 0.0,
            "points": points,
        })
        for low, (high, points) in zip(lows, bands, strict=True)
    ]


def _make_workbook(profile, today):
    """Return the accounts of last year as the customer sends them: titles as the mapping for English knows them."""
    book = openpyxl.Workbook()
    book.active.append(["Customer", "Year end", *ACCOUNTS])
    book.active.append([profile.partner_id.ref, date(today.year - 1, 12, 31), *ACCOUNTS.values()])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _rating(env, rating):
    return env.ref(f"credit_management.rating_{rating}")
