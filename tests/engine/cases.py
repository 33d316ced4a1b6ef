"""Small builders for the engine's tests: only what a test is about is written in it."""

from datetime import date, timedelta

from credit_engine.criteria.registry import CRITERIA, Case
from credit_engine.decision import decide_batch
from credit_engine.facts import Facts, GroupFacts, OverdueItem
from credit_engine.limits import AMOUNT, Limit
from credit_engine.policy import HOLD, Policy, Rule
from credit_engine.request import Request

TODAY = date(2026, 3, 16)
CENT = 0.01


def days_ago(days):
    return TODAY - timedelta(days=days)


def rule(criterion, effect=HOLD, checkpoint="order", rule_id=1, **values):
    return Rule(rule_id, criterion, CRITERIA[criterion], {checkpoint: effect}, **values)


def policy(*rules, **values):
    return Policy(policy_id=1, name="Test", rules=rules, **values)


def limit(amount):
    return Limit(AMOUNT, amount)


def facts(profile_id=1, **values):
    values.setdefault("limit", limit(100.0))
    return Facts(profile_id=profile_id, as_of=TODAY, currency_id=1, rounding=CENT, **values)


def overdue(*items):
    """Build the ladder of what is overdue from (days, amount) pairs."""
    return tuple(OverdueItem(days, amount) for days, amount in items)


def group(amount=100.0, exposure=0.0, rate=1.0, rounding=CENT, group_id=7, kind=AMOUNT):
    return GroupFacts(group_id, "Family", Limit(kind, amount), exposure, rate, rounding, currency_id=2)


def request(amount=40.0, key=1, profile_id=1, **values):
    values.setdefault("amount_document", amount)
    return Request(("sale.order", key), profile_id, "order", amount, **values)


def figures(tested, fact=None, exposure_after=0.0, group_exposure_after=0.0, asked=None, **policy_values):
    """Return what one criterion says of a case: its figures, or None."""
    case = Case(
        asked or request(), fact or facts(), policy(**policy_values), exposure_after, group_exposure_after
    )
    return tested.test(tested, case)


def is_hit(tested, fact=None, **values):
    return figures(tested, fact, **values) is not None


LIMIT_RULE = rule("limit_exceeded")


def decide(*requests, fact=None, on=None):
    """Decide requests of one customer; the policy tests the limit unless another one is given."""
    known = fact or facts()
    return decide_batch(requests, {known.profile_id: known}, {known.profile_id: on or policy(LIMIT_RULE)})


def verdicts(*requests, **values):
    return [decision.verdict for decision in decide(*requests, **values)]
