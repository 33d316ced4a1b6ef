"""Every criterion just below, at and just above its threshold."""

from dataclasses import replace

import pytest
from cases import TODAY, days_ago, facts, figures, group, is_hit, limit, overdue, request, rule

from credit_management.engine.criteria.registry import CRITERIA
from credit_management.engine.facts import BrokenPromise, Terms
from credit_management.engine.limits import Cap, Limit
from credit_management.engine.terms import Ceiling

# {criterion: (thresholds of the rule, a case at its threshold, a case just beyond it)}
EDGES = {
    "limit_exceeded": ({}, {"exposure_after": 100.0}, {"exposure_after": 100.01}),
    "group_limit_exceeded": (
        {},
        {"fact": facts(group=group(100.0)), "group_exposure_after": 100.0},
        {"fact": facts(group=group(100.0)), "group_exposure_after": 100.01},
    ),
    "utilisation": ({"percent": 80}, {"exposure_after": 79.99}, {"exposure_after": 80.0}),
    "own_cap": (
        {"amount_tolerance": 0.5},
        {"asked": request(40.5), "fact": facts(caps=(Cap("document", amount=40.0),))},
        {"asked": request(40.51), "fact": facts(caps=(Cap("document", amount=40.0),))},
    ),
    "limit_missing": ({}, {}, {"fact": facts(limit=Limit("none"))}),
    "overdue_days": (
        {"days": 30}, {"fact": facts(overdue=overdue((30, 1.0)))}, {"fact": facts(overdue=overdue((31, 1.0)))}
    ),
    "overdue_amount": (
        {"amount": 100.0},
        {"fact": facts(overdue=overdue((1, 99.99)))},
        {"fact": facts(overdue=overdue((1, 100.0)))},
    ),
    "oldest_item": ({"days": 90}, {"fact": facts(days_oldest_item=90)}, {"fact": facts(days_oldest_item=91)}),
    "broken_promise": (
        {"amount_tolerance": 1.0},
        {"fact": facts(promises_broken=(BrokenPromise(1, 1.0),))},
        {"fact": facts(promises_broken=(BrokenPromise(1, 1.01),))},
    ),
    "account_status": (
        {"statuses": frozenset({"stop"})},
        {"fact": facts(account_status="watch")},
        {"fact": facts(account_status="stop")},
    ),
    "review_expired": ({}, {"fact": facts(date_review_next=TODAY)}, {"fact": facts(date_review_next=days_ago(1))}),
    "limit_expired": ({}, {"fact": facts(date_limit_expiry=TODAY)}, {"fact": facts(date_limit_expiry=days_ago(1))}),
    "cover_expired": ({}, {"fact": facts(date_cover_expiry=TODAY)}, {"fact": facts(date_cover_expiry=days_ago(1))}),
    "dunning_level": ({"level": 3}, {"fact": facts(dunning_level=2)}, {"fact": facts(dunning_level=3)}),
    "no_payment": (
        {"days": 60},
        {"fact": facts(days_since_payment=60, exposure=1.0)},
        {"fact": facts(days_since_payment=61, exposure=1.0)},
    ),
    "payment_index": (
        {"percent": 70.0}, {"fact": facts(payment_index=70.0)}, {"fact": facts(payment_index=69.9)}
    ),
    "domain": ({"rule_id": 12}, {}, {"fact": facts(matched_rule_ids=frozenset({12}))}),
    "document_amount": ({"amount": 5000.0}, {"asked": request(4999.99)}, {"asked": request(5000.0)}),
    "terms_longer": (
        {},
        {"asked": request(days_terms=30), "days_terms_max": 30},
        {"asked": request(days_terms=31), "days_terms_max": 30},
    ),
    "terms_ceiling": (
        {},
        {"asked": request(days_terms=60), "terms_ceiling": Ceiling("Law", 60)},
        {"asked": request(days_terms=61), "terms_ceiling": Ceiling("Law", 60)},
    ),
    "terms_blocked": (
        {},
        {"asked": request(terms_id=7), "terms_blocked_ids": frozenset({8})},
        {"asked": request(terms_id=8), "terms_blocked_ids": frozenset({8})},
    ),
    "cash_discount_better": (
        {},
        {"asked": request(percent_cash_discount=2.0), "percent_cash_discount_max": 2.0},
        {"asked": request(percent_cash_discount=2.1), "percent_cash_discount_max": 2.0},
    ),
    "terms_better": (
        {},
        {"fact": facts(terms=Terms(30)), "asked": request(days_terms=30)},
        {"fact": facts(terms=Terms(30)), "asked": request(days_terms=31)},
    ),
    "discount_better": (
        {},
        {"asked": request(percent_discount=10.0), "percent_discount_max": 10.0},
        {"asked": request(percent_discount=10.1), "percent_discount_max": 10.0},
    ),
    "deposit_missing": (
        {},
        {"asked": request(1000.0, amount_prepaid=300.0), "percent_deposit": 30.0},
        {"asked": request(1000.0, amount_prepaid=299.99), "percent_deposit": 30.0},
    ),
}


@pytest.mark.parametrize("name", sorted(CRITERIA))
def test_every_criterion_is_missed_up_to_its_threshold_and_hit_beyond_it(name):
    thresholds, up_to_it, beyond_it = EDGES[name]
    tested = rule(name, **thresholds)
    assert not is_hit(tested, **up_to_it)
    assert is_hit(tested, **beyond_it)


@pytest.mark.parametrize(
    ("exposure", "amount", "tolerance", "hit"),
    [
        (99.99, 100.0, 0.0, False),
        (100.00, 100.0, 0.0, False),
        (100.004, 100.0, 0.0, False),
        (100.01, 100.0, 0.0, True),
        (105.00, 100.0, 5.0, False),
        (105.01, 100.0, 5.0, True),
        (0.00, 0.0, 0.0, False),
        (0.01, 0.0, 0.0, True),
        (-50.0, 0.0, 0.0, False),
        (0.1 + 0.2, 0.3, 0.0, False),
    ],
)
def test_the_limit_is_exceeded_from_one_cent_above_it(exposure, amount, tolerance, hit):
    tested = rule("limit_exceeded", amount_tolerance=tolerance)
    assert is_hit(tested, facts(limit=limit(amount)), exposure_after=exposure) is hit


@pytest.mark.parametrize("kind", ["none", "unlimited"])
def test_a_limit_that_is_no_amount_is_never_exceeded(kind):
    assert not is_hit(rule("limit_exceeded"), facts(limit=Limit(kind, 0.0)), exposure_after=1e12)


def test_the_limit_is_compared_at_the_rounding_of_its_currency():
    yen = replace(facts(limit=limit(100.0)), rounding=1.0)
    assert not is_hit(rule("limit_exceeded"), yen, exposure_after=100.4)
    assert is_hit(rule("limit_exceeded"), yen, exposure_after=101.0)


def test_the_figures_of_the_limit_say_by_how_much():
    found = figures(rule("limit_exceeded"), facts(limit=limit(10000.0)), exposure_after=12400.0)
    assert found == {"exposure": 12400.0, "limit": 10000.0, "over": 2400.0}


def test_the_tolerance_does_not_shrink_what_is_over():
    found = figures(rule("limit_exceeded", amount_tolerance=50.0), facts(limit=limit(100.0)), exposure_after=151.0)
    assert found["over"] == 51.0


@pytest.mark.parametrize(
    ("exposure", "tolerance", "hit"),
    [(99.99, 0.0, False), (100.0, 0.0, False), (100.01, 0.0, True), (110.0, 10.0, False), (110.01, 10.0, True)],
)
def test_the_group_limit_is_exceeded_from_one_cent_above_it(exposure, tolerance, hit):
    tested = rule("group_limit_exceeded", amount_tolerance=tolerance)
    assert is_hit(tested, facts(group=group(100.0)), group_exposure_after=exposure) is hit


@pytest.mark.parametrize("member_of", [None, group(kind="unlimited"), group(kind="none")])
def test_without_a_group_amount_no_group_limit_is_exceeded(member_of):
    assert not is_hit(rule("group_limit_exceeded"), facts(group=member_of), group_exposure_after=1e9)


@pytest.mark.parametrize(
    ("exposure", "amount", "percent", "hit"),
    [
        (79.99, 100.0, 80, False),
        (80.00, 100.0, 80, True),
        (80.01, 100.0, 80, True),
        (110.0, 100.0, 110, True),
        (109.99, 100.0, 110, False),
        (0.0, 100.0, 0, False),  # nothing used is not a use of 0 %
        (0.01, 0.0, 80, True),  # cash only: any exposure uses all of it
        (0.0, 0.0, 80, False),
    ],
)
def test_utilisation_is_hit_at_its_percentage(exposure, amount, percent, hit):
    tested = rule("utilisation", percent=percent)
    assert is_hit(tested, facts(limit=limit(amount)), exposure_after=exposure) is hit


def test_utilisation_says_how_much_is_used():
    found = figures(rule("utilisation", percent=80), facts(limit=limit(200.0)), exposure_after=170.0)
    assert found == {"utilisation": 85.0, "percent": 80, "limit": 200.0}


@pytest.mark.parametrize(("kind", "hit"), [("none", True), ("unlimited", False), ("amount", False)])
def test_only_a_limit_that_was_not_set_up_is_missing(kind, hit):
    assert is_hit(rule("limit_missing"), facts(limit=Limit(kind, 0.0))) is hit


@pytest.mark.parametrize(
    ("days", "amount", "hit"),
    [
        (30, 500.0, False),
        (31, 500.0, False),
        (33, 500.0, False),  # 30 days and 3 of grace
        (34, 500.0, True),
        (34, 1.00, False),  # tolerance
        (34, 1.01, True),
    ],
)
def test_overdue_counts_after_the_days_and_the_grace_above_the_tolerance(days, amount, hit):
    tested = rule("overdue_days", days=30, days_grace=3, amount_tolerance=1.0)
    assert is_hit(tested, facts(overdue=overdue((days, amount)))) is hit


def test_overdue_days_adds_only_what_is_late_enough():
    found = figures(rule("overdue_days", days=30), facts(overdue=overdue((90, 10.0), (31, 5.0), (30, 700.0))))
    assert found == {"overdue": 15.0, "days": 90, "days_allowed": 30}


@pytest.mark.parametrize(
    ("amount", "exposure", "hit"),
    [
        (99.99, 200.0, False),
        (100.0, 500.0, True),
        (100.0, 501.0, False),  # 19.96 % of the exposure
        (100.0, 0.0, True),  # no exposure left to share: all of it is overdue
    ],
)
def test_overdue_amount_needs_both_amount_and_share(amount, exposure, hit):
    tested = rule("overdue_amount", amount=100.0, percent=20)
    assert is_hit(tested, facts(overdue=overdue((5, amount)), exposure=exposure)) is hit


@pytest.mark.parametrize(("days", "hit"), [(4, False), (5, False), (6, True)])
def test_overdue_amount_ignores_what_is_within_the_grace(days, hit):
    tested = rule("overdue_amount", amount=1.0, days_grace=5)
    assert is_hit(tested, facts(overdue=overdue((days, 100.0)), exposure=100.0)) is hit


def test_cents_do_not_keep_a_customer_overdue():
    tested = rule("overdue_amount", amount_tolerance=0.05)
    assert not is_hit(tested, facts(overdue=overdue((50, 0.05)), exposure=0.05))
    assert is_hit(tested, facts(overdue=overdue((50, 0.06)), exposure=0.06))


@pytest.mark.parametrize(("days", "hit"), [(89, False), (90, False), (91, True)])
def test_the_oldest_item_may_reach_its_age(days, hit):
    assert is_hit(rule("oldest_item", days=90), facts(days_oldest_item=days)) is hit


@pytest.mark.parametrize(
    ("status", "statuses", "hit"),
    [("normal", {"watch", "stop"}, False), ("watch", {"watch"}, True), ("watch", {"stop"}, False)],
)
def test_the_status_hits_only_where_the_rule_names_it(status, statuses, hit):
    tested = rule("account_status", statuses=frozenset(statuses))
    assert is_hit(tested, facts(account_status=status)) is hit


@pytest.mark.parametrize(
    ("criterion", "field"),
    [
        ("review_expired", "date_review_next"),
        ("limit_expired", "date_limit_expiry"),
        ("cover_expired", "date_cover_expiry"),
    ],
)
@pytest.mark.parametrize(("late", "hit"), [(-1, False), (0, False), (3, False), (4, True)])
def test_a_date_has_expired_after_its_grace(criterion, field, late, hit):
    tested = rule(criterion, days_grace=3)
    assert is_hit(tested, facts(**{field: days_ago(late)})) is hit


@pytest.mark.parametrize("criterion", ["review_expired", "limit_expired", "cover_expired"])
def test_an_empty_date_expires_only_where_the_rule_says_so(criterion):
    assert not is_hit(rule(criterion), facts())
    assert is_hit(rule(criterion, is_blank_hit=True), facts())


@pytest.mark.parametrize("criterion", ["review_expired", "limit_expired", "cover_expired"])
@pytest.mark.parametrize(("days_left", "hit"), [(31, False), (30, False), (29, True), (0, True), (-1, True)])
def test_a_date_is_near_when_fewer_than_the_days_ahead_are_left(criterion, days_left, hit):
    near = days_ago(-days_left)
    fact = facts(date_review_next=near, date_limit_expiry=near, date_cover_expiry=near)
    assert is_hit(rule(criterion, days_ahead=30), fact) is hit


def test_a_cover_that_lapsed_says_when():
    assert figures(rule("cover_expired"), facts(date_cover_expiry=days_ago(10))) == {"date": "2026-03-06", "days": 10}


@pytest.mark.parametrize(("amount", "hit"), [(4999.99, False), (5000.0, True), (5000.01, True)])
def test_a_document_is_large_at_its_amount(amount, hit):
    assert is_hit(rule("document_amount", amount=5000.0), asked=request(amount)) is hit


@pytest.mark.parametrize(
    ("days", "allowed", "hit"),
    [(30, 30, False), (32, 30, False), (33, 30, True), (400, None, False), (None, 30, False), (1, 0, False)],
)
def test_terms_are_too_long_after_the_grace(days, allowed, hit):
    tested = rule("terms_longer", days_grace=2)
    assert is_hit(tested, asked=request(days_terms=days), days_terms_max=allowed) is hit


@pytest.mark.parametrize(
    ("days", "discount", "hit"),
    [
        (30, 2.0, False),
        (32, 2.0, False),  # 30 days and 2 of grace
        (33, 2.0, True),
        (0, 2.1, True),  # shorter, but with a bigger cash discount
        (0, 0.0, False),
        (None, 9.0, False),
    ],
)
def test_terms_are_better_when_later_or_with_a_bigger_cash_discount(days, discount, hit):
    asked = request(days_terms=days, percent_cash_discount=discount)
    assert is_hit(rule("terms_better", days_grace=2), facts(terms=Terms(30, 2.0)), asked=asked) is hit


def test_without_known_terms_of_the_customer_none_are_better():
    assert not is_hit(rule("terms_better"), facts(), asked=request(days_terms=90))


def test_better_terms_are_named_with_those_agreed():
    asked = request(days_terms=60, percent_cash_discount=3.0)
    found = figures(rule("terms_better"), facts(terms=Terms(30, 2.0)), asked=asked)
    assert found == {"days": 60, "days_allowed": 30, "discount": 3.0, "percent": 2.0}


@pytest.mark.parametrize(
    ("given", "allowed", "hit"), [(9.9, 10.0, False), (10.0, 10.0, False), (10.1, 10.0, True), (99.0, None, False)]
)
def test_a_discount_is_better_only_above_the_allowed_one(given, allowed, hit):
    tested = rule("discount_better")
    assert is_hit(tested, asked=request(percent_discount=given), percent_discount_max=allowed) is hit


@pytest.mark.parametrize(
    ("prepaid", "hit"), [(299.99, True), (300.0, False), (300.01, False)]
)
def test_a_deposit_of_thirty_percent_is_missing_below_it(prepaid, hit):
    asked = request(1000.0, amount_prepaid=prepaid)
    assert is_hit(rule("deposit_missing"), asked=asked, percent_deposit=30.0) is hit


def test_a_missing_deposit_says_how_much_is_missing():
    asked = request(1000.0, amount_prepaid=100.0)
    found = figures(rule("deposit_missing"), asked=asked, percent_deposit=30.0)
    assert found == {"deposit": 300.0, "percent": 30.0, "prepaid": 100.0, "missing": 200.0}


@pytest.mark.parametrize(
    ("days", "exposure", "hit"),
    [(60, 10.0, False), (61, 10.0, True), (61, 0.0, False), (None, 10.0, False)],
)
def test_no_payment_counts_while_something_is_open(days, exposure, hit):
    tested = rule("no_payment", days=60)
    assert is_hit(tested, facts(days_since_payment=days, exposure=exposure)) is hit


@pytest.mark.parametrize(("index", "hit"), [(69.9, True), (70.0, False), (70.1, False), (None, False)])
def test_a_payment_index_is_hit_below_its_value_and_never_without_one(index, hit):
    assert is_hit(rule("payment_index", percent=70.0), facts(payment_index=index)) is hit


@pytest.mark.parametrize(("reached", "hit"), [(0, False), (2, False), (3, True), (9, True)])
def test_a_dunning_level_is_hit_from_the_level_of_the_rule(reached, hit):
    assert is_hit(rule("dunning_level", level=3), facts(dunning_level=reached)) is hit


def test_a_dunning_level_is_named_with_the_level_of_the_rule():
    assert figures(rule("dunning_level", level=2), facts(dunning_level=3)) == {"level": 3, "level_allowed": 2}


@pytest.mark.parametrize(
    ("days", "amount", "hit"),
    [
        (1, 50.0, False),
        (3, 50.0, False),
        (4, 50.0, True),  # one day beyond the grace
        (4, 1.00, False),  # tolerance
        (4, 1.01, True),
    ],
)
def test_a_promise_counts_as_broken_after_the_grace_above_the_tolerance(days, amount, hit):
    tested = rule("broken_promise", days_grace=3, amount_tolerance=1.0)
    assert is_hit(tested, facts(promises_broken=(BrokenPromise(days, amount),))) is hit


def test_without_a_broken_promise_there_is_nothing_to_say():
    assert not is_hit(rule("broken_promise"))


def test_broken_promises_are_added_up_without_those_within_the_grace():
    broken = (BrokenPromise(40, 100.0), BrokenPromise(9, 20.5), BrokenPromise(3, 700.0))
    found = figures(rule("broken_promise", days_grace=3), facts(promises_broken=broken))
    assert found == {"missing": 120.5, "promises": 2, "days": 40}


def test_an_own_condition_is_hit_by_its_own_customers():
    tested = rule("domain", rule_id=12)
    assert is_hit(tested, facts(matched_rule_ids=frozenset({12})))
    assert not is_hit(tested, facts(matched_rule_ids=frozenset({13})))
