"""Terms by their real due dates: how long they run, what is allowed, what is proposed."""

from datetime import date

from cases import policy

from credit_management.engine.terms import (
    Ceiling,
    Offer,
    Run,
    TermsRule,
    bound,
    is_allowed,
    measure,
    propose,
    share_out,
)

DAY = date(2026, 3, 16)
A, C = 1, 3
CASH, DAYS_14, DAYS_30, DAYS_60 = (Offer(number, days) for number, days in ((1, 0), (2, 14), (3, 30), (4, 60)))
THIRDS = Offer(5, 45, installments=3)
CHEAP = Offer(6, 45, percent_discount=2.0)
OFFERS = (CASH, DAYS_14, DAYS_30, DAYS_60, THIRDS, CHEAP)


def rule(days_max, *rating_ids, **values):
    return TermsRule(values.pop("rule_id", days_max), days_max, rating_ids=frozenset(rating_ids), **values)


def test_terms_without_lines_run_for_no_day():
    assert measure([]) == Run(0, 0.0)
    assert share_out([]) == []


def test_the_worst_day_counts_and_each_share_weighs():
    # on the first day 30 % at once and 70 % after 60 days: 42; on the second 30 % after 2 and 70 % after 61: 43.3
    assert measure([(0.3, [0, 2]), (0.7, [60, 61])]) == Run(61, 43.3)


def test_the_last_line_takes_the_rest_and_a_fixed_amount_has_no_share():
    assert share_out([50.0, None]) == [0.5, 0.5]
    assert share_out([None, 100.0]) == [0.0, 1.0]


def test_a_rule_is_for_its_ratings_and_its_days():
    tested = rule(30, C, date_from=date(2026, 3, 16), date_to=date(2026, 3, 20))
    assert tested.is_for(C, date(2026, 3, 16)) and tested.is_for(C, date(2026, 3, 20))
    assert not tested.is_for(A, date(2026, 3, 16))
    assert not tested.is_for(C, date(2026, 3, 15)) and not tested.is_for(C, date(2026, 3, 21))


def test_of_all_rules_the_strictest_counts_each_bound_for_itself():
    rules = (rule(60), rule(30, C, percent_discount_max=3.0), rule(45, C, percent_discount_max=1.0))
    applied = bound(policy(days_terms_max=90, terms_rules=rules), C, DAY)
    assert (applied.days_terms_max, applied.percent_cash_discount_max, applied.terms_rule_id) == (30, 1.0, 30)
    applied = bound(policy(days_terms_max=20, terms_rules=rules), A, DAY)
    assert (applied.days_terms_max, applied.percent_cash_discount_max) == (20, None)


def test_a_policy_without_rules_stays_the_same_one():
    untouched = policy(days_terms_max=30)
    assert bound(untouched, A, DAY) is untouched


def test_what_is_allowed_stays_and_what_is_not_becomes_the_longest_allowed():
    applied = policy(days_terms_max=30)
    assert propose(applied, DAYS_14, OFFERS) == DAYS_14
    assert propose(applied, DAYS_60, OFFERS) == DAYS_30
    # neither installments nor a discount by itself
    assert propose(policy(days_terms_max=50), DAYS_60, OFFERS) == DAYS_30


def test_named_terms_come_first_and_go_to_who_has_none():
    applied = bound(policy(terms_rules=(rule(45, C, proposed_id=5),)), C, DAY)
    assert propose(applied, DAYS_60, OFFERS) == THIRDS
    assert propose(applied, None, OFFERS) == THIRDS
    assert propose(applied, DAYS_30, OFFERS) == DAYS_30
    assert propose(policy(days_terms_max=30), None, OFFERS) is None


def test_blocked_terms_and_those_beyond_the_law_are_never_proposed():
    assert propose(policy(days_terms_max=30, terms_blocked_ids=frozenset({3})), DAYS_60, OFFERS) == DAYS_14
    assert propose(policy(terms_ceiling=Ceiling("Law", 30)), DAYS_60, OFFERS) == DAYS_30
    assert not is_allowed(policy(percent_cash_discount_max=1.0), CHEAP)


def test_where_nothing_fits_nothing_is_proposed():
    assert propose(policy(days_terms_max=10), DAYS_60, (DAYS_14, DAYS_30, DAYS_60)) is None
