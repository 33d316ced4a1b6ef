"""What the policy allows of payment terms by rating: weak customers have 30 days, or pay at once."""

from odoo import Command, fields

POLICY = "credit_management.policy_balanced"

DAYS = {"c": 30, "d": 0}
"""Rating: the longest terms, in days."""

SEASON = ("b", 45, (5, 1), (7, 31))
"""Rating, days, first and last day of next year: money is short while the summer is bought."""

SHORTENED = "shortened"
"""The quotation that gets shorter terms than its customer has."""


def write(env, today):
    """Write what the policy allows, with a rule that warns of longer terms."""
    policy = env.ref(POLICY)
    rows = [
        {"rating_ids": [Command.link(_rating(env, rating))], "days_max": days} for rating, days in DAYS.items()
    ]
    rating, days, first, last = SEASON
    year = today.year + 1
    rows.append({
        "rating_ids": [Command.link(_rating(env, rating))], "days_max": days,
        "date_from": fields.Date.to_date(f"{year}-{first[0]:02}-{first[1]:02}"),
        "date_to": fields.Date.to_date(f"{year}-{last[0]:02}-{last[1]:02}"),
    })
    policy.terms_ids = [Command.create({"sequence": 10 * number, **row}) for number, row in enumerate(rows, 1)]
    effects = {"effect_quotation": "warn", "effect_order": "warn", "effect_change": "none"}
    policy.rule_ids = [
        Command.create({"sequence": 200 + number, "criterion": name, **effects})
        for number, name in enumerate(("terms_longer", "terms_ceiling"))
    ]


def shorten(quotations):
    """Propose the terms anew: the quotation is older than the policy."""
    quotations[SHORTENED]._compute_payment_term_id()


def _rating(env, rating):
    return env.ref(f"credit_management.rating_{rating}").id
