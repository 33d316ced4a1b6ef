"""What the document itself asks for: its amount, its terms, its discount, its deposit."""

from ..deposit import Ordered, get_deposit
from ..money import is_at_least
from ..policy import Rule
from .registry import Case, Figures, criterion


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


@criterion("terms_ceiling")
def terms_ceiling(rule: Rule, case: Case) -> Figures | None:
    """Hit when the payment terms run longer than a law allows, grace days included."""
    ceiling, days = case.policy.terms_ceiling, case.request.days_terms
    if ceiling is None or days is None or days <= ceiling.days + rule.days_grace:
        return None
    return {"days": days, "days_allowed": ceiling.days, "law": ceiling.name}


@criterion("terms_blocked")
def terms_blocked(rule: Rule, case: Case) -> Figures | None:
    """Hit by payment terms that the policy does not allow, however short they are."""
    return {"terms_id": case.request.terms_id} if case.request.terms_id in case.policy.terms_blocked_ids else None


@criterion("cash_discount_better")
def cash_discount_better(rule: Rule, case: Case) -> Figures | None:
    """Hit when the discount for paying early is better than the policy allows."""
    allowed, percent = case.policy.percent_cash_discount_max, case.request.percent_cash_discount
    if allowed is None or percent <= allowed:
        return None
    return {"discount": percent, "percent": allowed}


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
    """Hit when the discount, of a line or of the whole document against the price list, is better than the policy
    allows."""
    allowed = case.policy.percent_discount_max
    if allowed is None:
        return None
    percent = float(case.request.percent_discount)  # only worked out here
    if percent <= allowed:
        return None
    return {"discount": percent, "percent": allowed}


@criterion("deposit_missing")
def deposit_missing(rule: Rule, case: Case) -> Figures | None:
    """Hit when more than the tolerance is missing of the deposit; never what asks for the deposit."""
    asked = case.request
    ordered = asked.ordered or Ordered(asked.amount_document, asked.amount_prepaid, rounding=case.facts.rounding)
    deposit = get_deposit(case.policy.deposits, ordered, case.facts)
    if asked.is_collecting or not deposit.is_missing(rule.amount_tolerance * ordered.rate):
        return None
    found = {"deposit": deposit.required, "prepaid": deposit.received, "missing": deposit.missing}
    figures = {**{name: value / ordered.rate for name, value in found.items()}, "percent": deposit.percent}
    return {**figures, "rule": deposit.rule.words} if deposit.rule and deposit.rule.words else figures
