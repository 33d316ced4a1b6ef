"""What the policy allows of payment terms by rating: weak customers have 30 days, or pay at once."""

from datetime import timedelta

from odoo import Command, fields

from .records import load

POLICY = "credit_management.policy_balanced"

DAYS = {"c": 30, "d": 0}
"""Rating: the longest terms, in days."""

SEASON = ("b", 45, (5, 1), (7, 31))
"""Rating, days, first and last day of next year: money is short while the summer is bought."""

RETAINED = "munster"
AMOUNT_RETAINED_OF = 8000.0
"""Who holds 5 % back for two years, and of which invoice."""

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


def retain(env, partner, today):
    """A hospital holds 5 % of an installation back until the warranty ends."""
    lines = [{"value_amount": 95.0, "nb_days": 30}, {"value_amount": 5.0, "nb_days": 730, "credit_is_retention": True}]
    terms = load(env, "account.payment.term", "term", {"retention": {
        "name": "95 % in 30 Days, 5 % after Two Years", "line_ids": [Command.create(line) for line in lines],
    }})["retention"]
    invoice = env["account.move"].create({
        "move_type": "out_invoice", "partner_id": partner.id, "invoice_date": today - timedelta(days=12),
        "invoice_payment_term_id": terms.id,
        "invoice_line_ids": [Command.create({
            "name": "Installation of a cold store", "price_unit": AMOUNT_RETAINED_OF, "tax_ids": [Command.clear()],
        })],
    })
    invoice.action_post()
    kept = invoice.line_ids.filtered("credit_is_retention")
    kept.credit_release_condition = "Final inspection without defects"


def shorten(quotations):
    """Propose the terms anew: the quotation is older than the policy."""
    quotations[SHORTENED]._compute_payment_term_id()


def _rating(env, rating):
    return env.ref(f"credit_management.rating_{rating}").id
