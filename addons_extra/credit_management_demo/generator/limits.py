"""Limits and own caps that somebody asks for; some are approved, others wait."""

from dataclasses import dataclass
from datetime import timedelta

WEEKS_MORE = 6
"""How long a customer may owe more."""


@dataclass(frozen=True)
class Asked:
    """A limit that somebody asks for; what is approved runs for some weeks."""

    login: str
    amount: float
    reason: str
    approver: str = ""


@dataclass(frozen=True)
class Capped:
    """A cap that somebody asks for: an amount for a single document, or a share of the limit for a component."""

    login: str
    subject: str
    bound: float
    reason: str
    approver: str = ""


LIMITS = {
    "ballymore": Asked("sales2", 3000.0, "The spring range is ordered before the summer is paid for.", "manager"),
    "skellig": Asked("sales", 30000.0, "Two hotels more from March on; the balance sheet is attached to the file."),
}
"""Customer: what was asked for; approved for a while, or waiting for a new limit."""

CAPS = (
    ("skellig", Capped("controller", "document", 8000.0, "A hotel at a time.", "manager")),
    ("skellig", Capped("controller", "orders", 60.0, "The rest of the limit is for what was delivered.", "manager")),
    ("skellig", Capped("sales", "document", 10000.0, "The kitchen of Kenmare is one order.")),
)
"""Customer: a cap that was given, or is waiting."""


REFERENCES = {
    "skellig": (("Atlantic Linen", 15000.0, 40), ("Kerry Wholesale", 30000.0, 75), ("Munster Catering", 22000.0, 110)),
}
"""Customer: (supplier, what it grants, how many days ago it said so)."""

PLANNED = {"skellig": 90000.0}
"""What customers plan to buy in a year."""

BANDS = {
    "a": ((0.0, 0.0, 10000.0), (25000.0, 1.0, 25000.0), (100000.0, 3.0, 75000.0)),
    "b": ((0.0, 0.0, 4000.0), (20000.0, 1.0, 12000.0), (125000.0, 1.0, 60000.0)),
}
"""Rating: (sales from, years from, what is proposed)."""

def write(env, profiles, users, today):
    """Ask for limits and caps, and approve what is approved; what the methods read; a revaluation that waits."""
    for ref, asked in LIMITS.items():
        values = {"amount": asked.amount}
        if asked.approver:
            values |= {"kind": "increment", "date_from": today, "date_to": today + timedelta(weeks=WEEKS_MORE)}
        _ask(env, profiles[ref], users, asked, values)
    for ref, capped in CAPS:
        bound = "amount" if capped.subject == "document" else "cap_percent"
        values = {"kind": "cap", "cap_subject": capped.subject, bound: capped.bound}
        _ask(env, profiles[ref], users, capped, values)
    _write_inputs(env, profiles, today)
    _revalue(env, users)


def _write_inputs(env, profiles, today):
    """What other suppliers grant, what customers plan to buy, the lines of ratings."""
    env["credit.trade.reference"].create([
        {"profile_id": profiles[ref].id, "supplier": supplier, "amount": amount, "date": today - timedelta(days=days)}
        for ref, said in REFERENCES.items() for supplier, amount, days in said
    ])
    for ref, amount in PLANNED.items():
        profiles[ref].amount_planned = amount
    env["credit.rating.band"].create([
        {"rating_id": env.ref(f"credit_management.rating_{rating}").id, "amount_turnover_from": sales,
         "years_from": years, "amount": amount}
        for rating, lines in BANDS.items() for sales, years, amount in lines
    ])


def _revalue(env, users):
    """The controller lowers the limits of the lower ratings; the manager finds who would be over."""
    ratings = env.ref("credit_management.rating_b") | env.ref("credit_management.rating_c")
    journal = env["credit.revaluation"].with_user(users["controller"]).create({
        "name": "Lower ratings before the winter", "reason": "Insolvencies in the trade have doubled since spring.",
        "method": "percent", "percent": -15.0, "amount_step": 100.0, "rating_ids": ratings.ids,
    })
    journal.action_find()
    journal.action_submit()


def _ask(env, profile, users, asked, values):
    values |= {"profile_id": profile.id, "reason": asked.reason}
    request = env["credit.limit.request"].with_user(users[asked.login]).create(values)
    request.action_submit()
    if asked.approver:
        request.with_user(users[asked.approver]).action_approve()
