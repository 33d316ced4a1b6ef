"""How the customer stands: its status, its dates, how it pays, what is thought of it."""

from datetime import date

from ..policy import Rule
from .registry import Case, Figures, criterion


def expired(value: date | None, rule: Rule, case: Case) -> Figures | None:
    """Tell when a last day has passed by more than the grace days, or comes within the days ahead."""
    if value is None:
        return {"date": ""} if rule.is_blank_hit else None
    days = (case.facts.as_of - value).days
    return {"date": value.isoformat(), "days": days} if days > rule.days_grace - rule.days_ahead else None


@criterion("account_status")
def account_status(rule: Rule, case: Case) -> Figures | None:
    """Hit when the account has one of the statuses of the rule."""
    status = case.facts.account_status
    return {"status": status} if status in rule.statuses else None


@criterion("review_expired")
def review_expired(rule: Rule, case: Case) -> Figures | None:
    """Hit when the next review is overdue by more than the grace days, or due within the days ahead."""
    return expired(case.facts.date_review_next, rule, case)


@criterion("limit_expired")
def limit_expired(rule: Rule, case: Case) -> Figures | None:
    """Hit when the limit has lapsed by more than the grace days, or lapses within the days ahead."""
    return expired(case.facts.date_limit_expiry, rule, case)


@criterion("cover_expired")
def cover_expired(rule: Rule, case: Case) -> Figures | None:
    """Hit when the last cover has lapsed by more than the grace days, or lapses within the days ahead."""
    return expired(case.facts.date_cover_expiry, rule, case)


@criterion("dunning_level")
def dunning_level(rule: Rule, case: Case) -> Figures | None:
    """Hit when the customer has reached a dunning level."""
    level = case.facts.dunning_level
    return {"level": level, "level_allowed": rule.level} if level >= rule.level else None


@criterion("no_payment")
def no_payment(rule: Rule, case: Case) -> Figures | None:
    """Hit when something is open and nothing was paid for more than a number of days."""
    days = case.facts.days_since_payment
    if days is None or days <= rule.days or case.facts.exposure <= 0:
        return None
    return {"days": days, "days_allowed": rule.days}


@criterion("payment_index")
def payment_index_low(rule: Rule, case: Case) -> Figures | None:
    """Hit when the payment index is below a value; never while the customer has none."""
    index = case.facts.payment_index
    if index is None or index >= rule.percent:
        return None
    return {"index": round(index), "index_allowed": round(rule.percent)}


@criterion("domain")
def own_domain(rule: Rule, case: Case) -> Figures | None:
    """Hit when the customer matches the rule's own condition."""
    return {"rule_id": rule.rule_id} if rule.rule_id in case.facts.matched_rule_ids else None
