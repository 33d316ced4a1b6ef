"""What the customer owes against what it may owe."""

from ..limits import SINGLE
from ..money import is_above, is_at_least
from ..policy import Rule
from .registry import Case, Figures, criterion


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


@criterion("own_cap")
def own_cap(rule: Rule, case: Case) -> Figures | None:
    """Hit when a single document is above the customer's own cap, or its component of the exposure above its share of
    the limit, by more than the tolerance; of several caps the one that is exceeded most."""
    found = [_beyond(cap, case) for cap in case.facts.caps]
    over = [figures for figures in found if figures and is_above(
        figures["over_cap"], rule.amount_tolerance, case.facts.rounding)]
    return max(over, key=lambda figures: figures["over_cap"], default=None)


def _beyond(cap, case):
    """Return by how much a document exceeds a cap, with the figures; ``None`` where it goes to another component."""
    most, asked = cap.get_most(case.facts.limit), case.request
    if most is None or cap.subject not in (SINGLE, asked.component):
        return None
    amount = asked.amount_document if cap.subject == SINGLE else case.component_after
    share = {} if cap.percent is None else {"percent": cap.percent}
    return {"subject": cap.subject, "amount": amount, "cap": most, "over_cap": amount - most, **share}
