"""The criteria: each is a predicate of a few lines that returns its figures, or nothing.

To add one, write a function, decorate it with its name, give it a text in
``models/credit_finding_text.py`` and a choice in ``credit.policy.rule``. Those that judge how the
customer behaves and what covers it are in ``criteria_customer.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .facts import Facts
from .money import is_above, is_at_least
from .policy import Policy, Rule
from .request import Request

Figures = dict[str, float | int | str]


@dataclass(frozen=True)
class Case:
    """What a criterion looks at: a request, the facts, and the exposure if it went on."""

    request: Request
    facts: Facts
    policy: Policy
    exposure_after: float
    group_exposure_after: float = 0.0


CRITERIA: dict[str, Callable[[Rule, Case], Figures | None]] = {}


def criterion(name: str):
    """Register a predicate under the name that ``credit.policy.rule`` stores."""

    def register(function):
        CRITERIA[name] = function
        return function

    return register


@criterion("limit_exceeded")
def limit_exceeded(rule: Rule, case: Case) -> Figures | None:
    """Hit when the exposure after the step is above the limit plus the tolerance."""
    limit = case.facts.limit
    if not limit.is_amount:
        return None
    if not is_above(case.exposure_after, limit.amount + rule.amount_tolerance, case.facts.rounding):
        return None
    return {
        "exposure": case.exposure_after,
        "limit": limit.amount,
        "over": case.exposure_after - limit.amount,
    }


@criterion("group_limit_exceeded")
def group_limit_exceeded(rule: Rule, case: Case) -> Figures | None:
    """Hit when the exposure of the whole credit group is above the group's limit."""
    group = case.facts.group
    if group is None or not group.limit.is_amount:
        return None
    if not is_above(case.group_exposure_after, group.limit.amount + rule.amount_tolerance, group.rounding):
        return None
    return {
        "group": group.name,
        "group_exposure": case.group_exposure_after,
        "group_limit": group.limit.amount,
        "group_over": case.group_exposure_after - group.limit.amount,
        "group_currency_id": group.currency_id,
    }


@criterion("utilisation")
def utilisation(rule: Rule, case: Case) -> Figures | None:
    """Hit when the exposure after the step is at or above a percentage of the limit."""
    limit = case.facts.limit
    if not limit.is_amount:
        return None
    threshold = limit.amount * rule.percent / 100
    if case.exposure_after <= 0 or not is_at_least(case.exposure_after, threshold, case.facts.rounding):
        return None
    used = 100 * case.exposure_after / limit.amount if limit.amount else 100.0
    return {"utilisation": used, "percent": rule.percent, "limit": limit.amount}


@criterion("limit_missing")
def limit_missing(rule: Rule, case: Case) -> Figures | None:
    """Hit when no limit was set up for the customer, its rating or its policy."""
    return {"exposure": case.exposure_after} if case.facts.limit.kind == "none" else None


@criterion("overdue_days")
def overdue_days(rule: Rule, case: Case) -> Figures | None:
    """Hit when more than the tolerance is overdue longer than the days plus the grace days."""
    days_allowed = rule.days + rule.days_grace
    amount = case.facts.amount_overdue(days_allowed)
    if not is_above(amount, rule.amount_tolerance, case.facts.rounding):
        return None
    return {"overdue": amount, "days": case.facts.days_overdue_max, "days_allowed": days_allowed}


@criterion("overdue_amount")
def overdue_amount(rule: Rule, case: Case) -> Figures | None:
    """Hit when what is overdue beyond the grace days reaches an amount and a share of the exposure."""
    amount = case.facts.amount_overdue(rule.days_grace)
    if not is_above(amount, rule.amount_tolerance, case.facts.rounding):
        return None
    share = 100 * amount / case.facts.exposure if case.facts.exposure > 0 else 100.0
    if not is_at_least(amount, rule.amount, case.facts.rounding) or share < rule.percent:
        return None
    return {"overdue": amount, "share": share, "amount": rule.amount, "percent": rule.percent}


@criterion("oldest_item")
def oldest_item(rule: Rule, case: Case) -> Figures | None:
    """Hit when the oldest open item is older than a number of days after its document date."""
    if case.facts.days_oldest_item <= rule.days:
        return None
    return {"days": case.facts.days_oldest_item, "days_allowed": rule.days}


@criterion("account_status")
def account_status(rule: Rule, case: Case) -> Figures | None:
    """Hit when the account has one of the statuses of the rule."""
    status = case.facts.account_status
    return {"status": status} if status in rule.statuses else None


def expired(value: date | None, rule: Rule, case: Case) -> Figures | None:
    """Tell when a last day has passed by more than the grace days, or comes within the days ahead."""
    if value is None:
        return {"date": ""} if rule.is_blank_hit else None
    days = (case.facts.as_of - value).days
    return {"date": value.isoformat(), "days": days} if days > rule.days_grace - rule.days_ahead else None


@criterion("review_expired")
def review_expired(rule: Rule, case: Case) -> Figures | None:
    """Hit when the next review is overdue by more than the grace days, or due within the days ahead."""
    return expired(case.facts.date_review_next, rule, case)


@criterion("limit_expired")
def limit_expired(rule: Rule, case: Case) -> Figures | None:
    """Hit when the limit has lapsed by more than the grace days, or lapses within the days ahead."""
    return expired(case.facts.date_limit_expiry, rule, case)


@criterion("document_amount")
def document_amount(rule: Rule, case: Case) -> Figures | None:
    """Hit when the document is at or above an amount."""
    amount = case.request.amount_document
    if not is_at_least(amount, rule.amount, case.facts.rounding):
        return None
    return {"document": amount, "amount": rule.amount}


@criterion("terms_longer")
def terms_longer(rule: Rule, case: Case) -> Figures | None:
    """Hit when the payment terms run longer than the policy allows, grace days included."""
    allowed, days = case.policy.days_terms_max, case.request.days_terms
    if allowed is None or days is None or days <= allowed + rule.days_grace:
        return None
    return {"days": days, "days_allowed": allowed}


@criterion("terms_better")
def terms_better(rule: Rule, case: Case) -> Figures | None:
    """Hit when the document's terms beat those agreed with the customer: a later last due date, grace
    days included, or a bigger cash discount."""
    agreed, asked = case.facts.terms, case.request
    if agreed is None or asked.days_terms is None:
        return None
    if asked.days_terms <= agreed.days + rule.days_grace and asked.percent_cash_discount <= agreed.percent_discount:
        return None
    return {
        "days": asked.days_terms,
        "days_allowed": agreed.days,
        "discount": asked.percent_cash_discount,
        "percent": agreed.percent_discount,
    }


@criterion("discount_better")
def discount_better(rule: Rule, case: Case) -> Figures | None:
    """Hit when a line's discount is better than the policy allows."""
    allowed, percent = case.policy.percent_discount_max, case.request.percent_discount
    if allowed is None or percent <= allowed:
        return None
    return {"discount": percent, "percent": allowed}


@criterion("deposit_missing")
def deposit_missing(rule: Rule, case: Case) -> Figures | None:
    """Hit when less than the policy's deposit was received for the document."""
    required = case.request.amount_document * case.policy.percent_deposit / 100
    if not is_above(required, case.request.amount_prepaid, case.facts.rounding):
        return None
    return {
        "deposit": required,
        "percent": case.policy.percent_deposit,
        "prepaid": case.request.amount_prepaid,
        "missing": required - case.request.amount_prepaid,
    }


@criterion("domain")
def own_domain(rule: Rule, case: Case) -> Figures | None:
    """Hit when the customer or the document matches the rule's own condition."""
    matched = case.facts.matched_rule_ids | case.request.matched_rule_ids
    return {"rule_id": rule.rule_id} if rule.rule_id in matched else None
