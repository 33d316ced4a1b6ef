"""What is late: by how long, by how much, and what was promised and not paid."""

from ..money import is_above, is_at_least
from ..policy import Rule
from .registry import Case, Figures, criterion


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


@criterion("broken_promise")
def broken_promise(rule: Rule, case: Case) -> Figures | None:
    """Hit when more than the tolerance is missing of promises that were due longer ago than the grace days."""
    broken = [promise for promise in case.facts.promises_broken if promise.days > rule.days_grace]
    missing = sum(promise.amount for promise in broken)
    if not is_above(missing, rule.amount_tolerance, case.facts.rounding):
        return None
    return {"missing": missing, "promises": len(broken), "days": max(promise.days for promise in broken)}
