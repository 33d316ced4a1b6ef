"""What is asked of an order first, and what is missing of it; the figures are worked out by hand."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from cases import facts, figures, overdue, request, rule
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.deposit import Deposit, DepositRule, Ordered, get_deposit, round_to
from credit_management.engine.policy import Policy, get_strictness

ROUNDINGS = st.sampled_from([1.0, 0.01, 0.001, 0.05])
MONEY = st.floats(0, 1e7).map(lambda amount: round(amount, 4))
ROUGH = st.builds(
    DepositRule,
    percent=st.floats(0, 100), amount=st.one_of(st.just(0.0), MONEY), amount_most=st.one_of(st.just(0.0), MONEY),
    step=st.sampled_from([0.0, 1.0, 10.0, 250.0]),
)


@pytest.mark.parametrize(
    ("total", "rounding", "asked", "required"),
    [
        (1200.0, 0.01, {"percent": 30}, 360.0),
        (1001.0, 1.0, {"percent": 30}, 300.0),
        (1005.0, 1.0, {"percent": 30}, 302.0),  # 301.5
        (10.005, 0.001, {"percent": 30}, 3.002),  # 3.0015
        (99.99, 0.01, {"percent": 30}, 30.0),  # 29.997
        (1000.0, 0.01, {"amount": 250}, 250.0),
        (200.0, 0.01, {"amount": 250}, 200.0),
        (1000.0, 0.01, {"percent": 30, "amount_most": 200}, 200.0),
        (1030.0, 0.01, {"percent": 30, "step": 100}, 400.0),
        (1000.0, 0.01, {"percent": 30, "step": 100}, 300.0),
        (350.0, 0.01, {"percent": 30, "step": 1000}, 350.0),
        (0.0, 0.01, {"percent": 30}, 0.0),
        (-500.0, 0.01, {"percent": 30}, 0.0),
        (1000.0, 0.01, {"percent": 100}, 1000.0),
    ],
)
def test_what_is_asked_of_a_total(total, rounding, asked, required):
    assert DepositRule(**asked).get_required(Ordered(total, rounding=rounding)) == required


def test_amounts_of_a_rule_are_in_the_currency_of_the_company():
    dollars = Ordered(2000.0, rate=2.0)
    assert DepositRule(amount=300).get_required(dollars) == 600.0
    assert DepositRule(percent=30, amount_most=100).get_required(dollars) == 200.0
    assert DepositRule(amount_from=1000.0).is_for(dollars, facts())
    assert not DepositRule(amount_from=1000.01).is_for(dollars, facts())


@pytest.mark.parametrize(
    ("asked", "fact", "is_asked"),
    [
        ({"rating_ids": frozenset({3})}, {"rating_id": 3}, True),
        ({"rating_ids": frozenset({3})}, {"rating_id": 4}, False),
        ({"rating_ids": frozenset({3})}, {}, False),
        ({"term_ids": frozenset({5})}, {}, True),
        ({"term_ids": frozenset({6})}, {}, False),
        ({"category_ids": frozenset({8})}, {}, True),
        ({"category_ids": frozenset({9})}, {}, False),
        ({"days_overdue": 10}, {"overdue": overdue((10, 5.0))}, False),
        ({"days_overdue": 10}, {"overdue": overdue((11, 5.0))}, True),
        ({"days_overdue": 0}, {}, False),
        ({"index": 80.0}, {"payment_index": 80.0}, False),
        ({"index": 80.0}, {"payment_index": 79.9}, True),
        ({"index": 80.0}, {"payment_index": None}, True),
        ({"days_customer": 90}, {"days_customer": 89}, True),
        ({"days_customer": 90}, {"days_customer": 90}, False),
        ({"days_customer": 90}, {"days_customer": None}, True),
        ({"amount_from": 1000.0, "amount_to": 2000.0}, {}, True),
        ({"amount_from": 1000.01}, {}, False),
        ({"amount_to": 1000.0}, {}, False),
        ({"amount_to": 1000.01}, {}, True),
    ],
)
def test_of_whom_and_of_which_orders_it_is_asked(asked, fact, is_asked):
    ordered = Ordered(1000.0, term_id=5, get_category_ids=lambda: {7, 8})
    assert DepositRule(**asked).is_for(ordered, facts(**fact)) is is_asked


def test_the_strictest_counts_and_says_so():
    rules = [DepositRule(1, percent=30), DepositRule(2, amount=450, words="rated C"), DepositRule(3, percent=45)]
    found = get_deposit(rules, Ordered(1000.0, 100.0), facts())
    assert (found.required, found.missing, found.percent, found.rule.rule_id) == (450.0, 350.0, 45.0, 2)


def test_no_rule_asks_for_nothing():
    assert get_deposit([], Ordered(1000.0, 40.0), facts()) == Deposit(received=40.0)
    assert get_deposit([DepositRule(percent=30, amount_from=5000)], Ordered(1000.0), facts()).missing == 0.0


def test_the_policy_asks_every_order_and_some_orders():
    rich = Policy(1, "Test", percent_deposit=10, deposit_rules=(DepositRule(2, percent=50, amount_from=500),))
    assert get_deposit(rich.deposits, Ordered(400.0), facts()).required == 40.0
    assert get_deposit(rich.deposits, Ordered(600.0), facts()).required == 300.0


def test_what_a_deposit_looks_at_is_read():
    rules = (DepositRule(index=80), DepositRule(days_customer=90), DepositRule(index=70))
    assert [one.needs for one in Policy(1, "Test", deposit_rules=rules).asking] == ["days_customer", "payment_index"]


def test_the_missing_deposit_names_its_rule():
    tested = rule("deposit_missing", amount_tolerance=0.05)
    asked = request(1000.0, ordered=Ordered(2000.0, 599.89, rate=2.0))
    found = figures(tested, asked=asked, deposit_rules=(DepositRule(4, percent=30, words="rated C"),))
    assert found == {"deposit": 300.0, "percent": 30, "prepaid": 299.945, "missing": 0.055, "rule": "rated C"}
    near = request(1000.0, ordered=Ordered(2000.0, 599.90, rate=2.0))
    assert figures(tested, asked=near, deposit_rules=(DepositRule(4, percent=30),)) is None


def test_an_order_that_is_to_grow_is_asked_for_more():
    asked = request(1000.0, ordered=Ordered(2000.0, rate=2.0)).grown_to(1500.0)
    assert asked.ordered.total == 3000.0


def test_a_policy_is_as_strict_as_its_highest_deposit():
    tested = rule("deposit_missing")
    lax, strict = (Policy(1, "Test", (tested,), deposit_rules=(DepositRule(percent=share),)) for share in (20, 40))
    assert get_strictness(lax) < get_strictness(strict)


@given(st.lists(ROUGH, max_size=4), MONEY, MONEY, ROUNDINGS, st.sampled_from([1.0, 0.37, 158.4]))
def test_received_and_missing_less_too_much_is_what_is_required(rules, total, received, rounding, rate):
    found = get_deposit(rules, Ordered(total, received, rate, rounding), facts())
    units = [round(amount / rounding) for amount in (found.required, found.received, found.missing, found.excess)]
    required, came, missing, excess = units
    assert came + missing - excess == required
    assert min(missing, excess) == 0
    assert 0 <= required <= round(total / rounding + 0.5)


@given(st.lists(ROUGH, min_size=1, max_size=4), MONEY, ROUNDINGS)
def test_one_more_rule_never_asks_for_less(rules, total, rounding):
    ordered = Ordered(total, rounding=rounding)
    assert get_deposit(rules[1:], ordered, facts()).required <= get_deposit(rules, ordered, facts()).required


@given(st.integers(-10**9, 10**9), st.sampled_from(["1", "0.01", "0.001"]))
def test_amounts_are_rounded_half_away_from_zero(thousandths, rounding):
    amount = Decimal(thousandths) / 1000
    exact = amount.quantize(Decimal(rounding), ROUND_HALF_UP)
    assert round_to(float(amount), float(rounding)) == float(exact)
