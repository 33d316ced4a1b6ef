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


def write(env, profiles, users, today):
    """Ask for limits and caps, and approve what is approved."""
    for ref, asked in LIMITS.items():
        values = {"amount": asked.amount}
        if asked.approver:
            values |= {"kind": "increment", "date_from": today, "date_to": today + timedelta(weeks=WEEKS_MORE)}
        _ask(env, profiles[ref], users, asked, values)
    for ref, capped in CAPS:
        bound = "amount" if capped.subject == "document" else "cap_percent"
        values = {"kind": "cap", "cap_subject": capped.subject, bound: capped.bound}
        _ask(env, profiles[ref], users, capped, values)


def _ask(env, profile, users, asked, values):
    values |= {"profile_id": profile.id, "reason": asked.reason}
    request = env["credit.limit.request"].with_user(users[asked.login]).create(values)
    request.action_submit()
    if asked.approver:
        request.with_user(users[asked.approver]).action_approve()
