"""Setting up credit management, after the history: no document of the past is ever held."""

import json
from datetime import timedelta

from odoo import Command, fields

from . import (
    allowed,
    assessing,
    collection,
    confirming,
    dunning,
    financials,
    following,
    key_account,
    limits,
    scores,
)
from .customers import UNLIMITED
from .records import MODULE, load, name
from .script import QUOTATIONS
from .story import oldest_open_invoice

GROUPS = {
    "sales": "user",
    "sales2": "user",
    "galway": "user",
    "controller": "controller",
    "manager": "manager",
    "accountant": "user",
    "admin": "manager",
}
"""Who works with credit, by login."""

FAMILIES = {"celtic": ("Celtic Retail", 20000.0), "lough": ("Lough Foods", 12300.0)}
"""Companies that share a limit: (name, what they may owe together). Lough Foods owe all of it."""

DAYS_BILL_RISK = 60
"""A bill may bounce until then."""

WEEKS_OF_FIGURES = 78
"""How far the charts go back: the eighteen months of the history."""

DISPUTES = {
    "castlebar": (1.0, "Two transport boxes were cracked on arrival"),
    "quayside": (0.4, "The price is not the one that was agreed"),
}
"""Customer: (share of the oldest open invoice, what is contested)."""

DAYS_IGNORED = 14
CHANGES = (
    ("admin", "credit.group", "family_celtic", "amount_limit", 24000.0,
     "Celtic Online has the Christmas business before it; the bank reference of May is in the file."),
    ("controller", "credit.profile", "profile_galtee", "date_ignore_until", DAYS_IGNORED,
     "The bank has confirmed the transfer; it books it after the holidays."),
)
"""What a second person is asked for: (who asks, model, record, field, value, reason); a last day as days from today."""

POLICY = "credit_management.policy_balanced"


def set_up(env, customers, partners, users, quotations, today):
    """Roles, limits, disputes; then the policy, and the first holds under it."""
    assign_roles(env, users)
    profiles = _set_profiles(env, customers, partners, users, today)
    collection.write(env, profiles, users, today)
    _open_disputes(env, partners, users, today)
    env.ref("credit_management_demo.method_bill").credit_days_risk = DAYS_BILL_RISK
    env.company.credit_controller_id = users["controller"]
    _write_past_figures(env, today)
    allowed.write(env, today)
    collection.claim_late(env, today)
    allowed.retain(env, partners[allowed.RETAINED], today)
    env.ref(POLICY).action_activate()
    key_account.set_policy(env, profiles, today)
    allowed.shorten(quotations)
    _hold(quotations)
    _ask_for_changes(env, users, today)
    limits.write(env, profiles, users, today)
    financials.write(env, profiles, users, today)
    key_account.write(env, profiles, today)
    scores.write(env, profiles, today)
    assessing.write(env, profiles, users, today)
    following.write(env)
    key_account.send_accounts(env, profiles, today)
    confirming.write(env, partners, env.ref(f"{MODULE}.family_lough"), today)
    dunning.write(env, users, today)
    env["credit.dunning.run"].with_user(users["accountant"]).action_start()  # the job prepares it


def _ask_for_changes(env, users, today):
    """Nothing of it is done yet: a manager finds it among the changes to decide on."""
    people = users | {"admin": env.ref("base.user_admin")}
    for login, model, record, field, value, reason in CHANGES:
        is_day = field.startswith("date_")
        values = {field: fields.Date.to_string(today + timedelta(days=value)) if is_day else value}
        target = env.ref(f"{MODULE}.{record}")
        env["credit.change"].with_user(people[login]).create(
            {"res_model": model, "res_id": target.id, "values": json.dumps(values), "reason": reason},
        )


def _write_past_figures(env, today):
    """The figures of each week, as the nightly job would have kept them."""
    for number in range(1, WEEKS_OF_FIGURES + 1):
        env["credit.snapshot"]._take_past(today - timedelta(weeks=number))


def assign_roles(env, users):
    """Add the groups of credit management to the users' groups."""
    people = users | {"admin": env.ref("base.user_admin")}
    for login, group in GROUPS.items():
        group_id = env.ref(f"credit_management.group_credit_{group}").id
        people[login].group_ids = [Command.link(group_id)]


def _set_profiles(env, customers, partners, users, today):
    companies = env["res.partner"].concat(*partners.values())
    profiles = {
        profile.partner_id: profile for profile in env["credit.profile"]._ensure(companies, env.company)
    }
    families = _create_families(env)
    for number, (ref, customer) in enumerate(customers.items()):
        profiles[partners[ref]].write(
            _profile_values(env, customer, families, today + timedelta(days=number * 17 % 300 - 20)),
        )
    profiles = {ref: profiles[partner] for ref, partner in partners.items()}
    name(env, "profile", profiles)
    return profiles


def _create_families(env):
    return load(env, "credit.group", "family", {
        key: {"name": label, "limit_type": "amount", "amount_limit": limit} for key, (label, limit) in FAMILIES.items()
    })


def _profile_values(env, customer, families, review):
    values = _limit_values(customer) | {"account_status": customer.status}
    if customer.persona == "public":
        values["legal_class"] = "public"
    if customer.status != "normal":
        values["status_reason"] = customer.status_reason
    if customer.rating:
        values["rating_id"] = env.ref(f"credit_management.rating_{customer.rating}").id
        values["date_review_next"] = review
    if customer.group:
        values["group_id"] = families[customer.group].id
    return values


def _limit_values(customer):
    if customer.limit is None:
        return {"limit_type": "none"}
    if customer.limit == UNLIMITED:
        return {"limit_type": "unlimited"}
    return {"limit_type": "amount", "amount_limit": customer.limit}


def _open_disputes(env, partners, users, today):
    values = {}
    for ref, (share, reason) in DISPUTES.items():
        invoice = oldest_open_invoice(env, partners[ref])
        values[ref] = {
            "move_id": invoice.id,
            "amount": invoice.currency_id.round(invoice.amount_residual * share),
            "reason": reason,
            "user_id": users["controller"].id,
            "date_deadline": today + timedelta(days=14),
        }
    load(env, "credit.dispute", "dispute", values)


def _hold(quotations):
    """Confirm, as their salespeople would, quotations that credit does not allow."""
    # add-ons are still being loaded, and what stands in front of `action_confirm` comes after the last one
    quotations[next(iter(QUOTATIONS))]._register_hook()
    for key, quotation in QUOTATIONS.items():
        if quotation.is_held:
            order = quotations[key]
            order.with_user(order.user_id).with_context(credit_interactive=True).action_confirm()
