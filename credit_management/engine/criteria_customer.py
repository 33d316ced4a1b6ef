"""The criteria that judge the customer: how it pays, what it promised, what covers it."""

from .criteria import Case, Figures, criterion, expired
from .money import is_above
from .policy import Rule


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


@criterion("dunning_level")
def dunning_level(rule: Rule, case: Case) -> Figures | None:
    """Hit when the customer has reached a dunning level."""
    level = case.facts.dunning_level
    return {"level": level, "level_allowed": rule.level} if level >= rule.level else None


@criterion("broken_promise")
def broken_promise(rule: Rule, case: Case) -> Figures | None:
    """Hit when more than the tolerance is missing of promises that were due longer ago than the grace days."""
    broken = [promise for promise in case.facts.promises_broken if promise.days > rule.days_grace]
    missing = sum(promise.amount for promise in broken)
    if not is_above(missing, rule.amount_tolerance, case.facts.rounding):
        return None
    return {"missing": missing, "promises": len(broken), "days": max(promise.days for promise in broken)}


@criterion("cover_expired")
def cover_expired(rule: Rule, case: Case) -> Figures | None:
    """Hit when the last cover has lapsed by more than the grace days, or lapses within the days ahead."""
    return expired(case.facts.date_cover_expiry, rule, case)
