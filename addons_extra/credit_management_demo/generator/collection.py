"""What customers promised, what covers them, how far dunning has come; and the rules that look at it."""

from dataclasses import dataclass
from datetime import timedelta

from odoo import Command

from .records import load

DAYS_CLAIMED = 20
"""How far back claims for late payment are reckoned."""

INSURER = "Atlantic Seaboard Credit Insurance plc"

POLICY = "credit_management.policy_balanced"

RULES = (
    {"criterion": "dunning_level", "level": 3, "effect_order": "hold"},
    {"criterion": "broken_promise", "days_grace": 3, "amount_tolerance": 1.0, "effect_order": "hold"},
    {"criterion": "cover_expired", "days_ahead": 30, "effect_order": "warn"},
    {"criterion": "deposit_missing", "amount_tolerance": 0.05, "effect_order": "hold"},
)
"""Added to those of the policy; a warning is shown while the quotation is written, too."""

DEPOSITS = (
    {"percent": 30.0, "ratings": ("c", "d"), "amount_from": 1000.0},
    {"percent": 50.0, "is_overdue": True, "days_overdue": 30, "amount_from": 10000.0, "amount_step": 10.0},
)
"""What the policy asks for first: of the weaker ratings, and of large orders of customers that are late."""

DUNNING_LEVELS = {
    "atlantic": (3, "Third letter sent, no answer"),
    "bray": (1, "Friendly reminder"),
}
"""Customer: (level, why)."""


@dataclass(frozen=True)
class Promise:
    """A promise to pay: so many days ago, for so many days ago (negative: still to come)."""

    amount: float
    given: int
    due: int
    note: str


PROMISES = {
    "greenway": Promise(6000.0, 12, 5, "The bookkeeper: as soon as the bank has paid out the loan"),
    "quayside": Promise(1500.0, 4, -6, "The owner, by phone"),
}

COVERS = {
    "rheinbau": (18000.0, 160, -205, "ASC-2201"),
    "maas": (15000.0, 380, 15, "ASC-1874"),
}
"""Customer: (amount, begun days ago, ended days ago, number of the policy)."""


def write(env, profiles, users, today):
    """Write levels, promises and covers, and add the rules that look at them to the policy."""
    for ref, (level, reason) in DUNNING_LEVELS.items():
        profiles[ref]._set_dunning_level(level, reason)
    _write_promises(env, profiles, users["controller"], today)
    _write_covers(env, profiles, today)
    effects = {"effect_quotation": "warn", "effect_change": "none"}
    rules = [Command.create({"sequence": 100 + number, **effects, **rule}) for number, rule in enumerate(RULES)]
    env.ref(POLICY).write({"rule_ids": rules, "deposit_rule_ids": [*_prepare_deposits(env)]})
    env.company.credit_is_deposit_in_parts = True
    _plan_mailing(env, users)
    _set_up_dunning(env, today)


def _prepare_deposits(env):
    """Return the commands that add the deposits to a policy."""
    for deposit in DEPOSITS:
        values = {name: value for name, value in deposit.items() if name != "ratings"}
        ratings = [env.ref(f"credit_management.rating_{rating}").id for rating in deposit.get("ratings", ())]
        yield Command.create({**values, "rating_ids": [Command.set(ratings)]})


def claim_late(env, today):
    """The company claims what the European law says; what was paid late lately waits for the accountant's decision."""
    law = env.ref("credit_management.interest_eu")
    law.reference_id.date_checked = today
    env.company.write({"credit_interest_id": law.id, "credit_late_is_automatic": True})
    items = env["credit.profile"]._find_paid_late(env.company, today - timedelta(days=DAYS_CLAIMED))
    for profile in env["credit.profile"]._ensure(items.partner_id.commercial_partner_id, env.company):
        profile._reckon_paid(items, today)


def _set_up_dunning(env, today):
    """The company duns by the normal plan, whose last notice claims a fee and interest. Nothing is sent by itself."""
    [income] = env["account.account"].search([("account_type", "=", "income_other")], limit=1) or env[
        "account.account"].search([("account_type", "=", "income")], limit=1)
    plan = env.ref("credit_management.dunning_plan_normal")
    env.company.write({
        "credit_dunning_plan_id": plan.id, "credit_fee_account_id": income.id, "credit_interest_account_id": income.id,
    })
    rates = load(env, "credit.interest", "interest", {"business": {
        "name": "Late payments between businesses",
        "company_id": env.company.id,
        "rate_ids": [Command.create({
            "date_from": today.replace(month=1, day=1) - timedelta(days=366 * 2), "percent": 10.15,
            "source": "The central bank's rate and eight points",
        })],
    }})
    plan.level_ids.sorted("number")[-1].write({"amount_fee": 40.0, "interest_id": rates["business"].id})


def _plan_mailing(env, users):
    """The manager gets aged receivables on the first of each month; the accountant has planned it."""
    quiet = env(context={**env.context, "mail_auto_subscribe_no_notify": True})
    load(quiet, "credit.aging.schedule", "mailing", {"manager": {
        "name": "Aging of the month for the manager",
        "user_id": users["accountant"].id,
        "company_id": env.company.id,
        "company_ids": [Command.set(env.company.ids)],
        "partner_ids": [Command.set(users["manager"].partner_id.ids)],
        "is_xlsx": True,
    }})
    load(quiet, "credit.statement.schedule", "statements", {"monthly": {
        "name": "Open items of the month",
        "company_id": env.company.id,
    }})


def _write_promises(env, profiles, controller, today):
    load(env, "credit.promise", "promise", {
        ref: {
            "profile_id": profiles[ref].id,
            "amount": promise.amount,
            "date_noted": today - timedelta(days=promise.given),
            "date_promised": today - timedelta(days=promise.due),
            "note": promise.note,
            "user_id": controller.id,
        }
        for ref, promise in PROMISES.items()
    })


def _write_covers(env, profiles, today):
    insurer = env["res.partner"].create({"name": INSURER, "is_company": True})
    load(env, "credit.cover", "cover", {
        ref: {
            "profile_id": profiles[ref].id,
            "kind": "insurance",
            "insurer_id": insurer.id,
            "number": number,
            "amount": amount,
            "date_from": today - timedelta(days=begun),
            "date_to": today - timedelta(days=ended),
        }
        for ref, (amount, begun, ended, number) in COVERS.items()
    })
