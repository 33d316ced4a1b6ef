"""What a batch of requests gets: order, precedence, exemptions, releases."""

from dataclasses import replace

import pytest
from cases import TODAY, days_ago, decide, facts, group, limit, overdue, policy, request, rule, verdicts

from credit_management.engine.decision import decide_batch, get_most_over
from credit_management.engine.limits import Limit
from credit_management.engine.policy import Policy


def test_with_100_free_three_orders_of_40_give_pass_pass_hold():
    orders = [request(40.0, key) for key in (1, 2, 3)]
    assert verdicts(*orders) == ["pass", "pass", "hold"]


def test_a_held_order_leaves_room_for_a_smaller_one_after_it():
    orders = [request(amount, key) for key, amount in enumerate((60.0, 50.0, 40.0))]
    assert verdicts(*orders) == ["pass", "hold", "pass"]


def test_the_limit_itself_passes_and_one_cent_more_does_not():
    assert verdicts(request(100.0)) == ["pass"]
    assert verdicts(request(100.01)) == ["hold"]


def test_what_is_already_owed_takes_from_the_limit():
    owing = facts(exposure=60.0)
    assert verdicts(request(40.0), fact=owing) == ["pass"]
    assert verdicts(request(40.01), fact=owing) == ["hold"]


def test_a_document_that_the_facts_contain_is_not_counted_twice():
    # a draft invoice of 40 within an exposure of 100
    full = facts(exposure=100.0)
    assert verdicts(request(40.0, amount_counted=40.0), fact=full) == ["pass"]
    assert verdicts(request(40.01, amount_counted=40.0), fact=full) == ["hold"]


def test_two_counted_documents_are_both_taken_out_before_the_first_is_decided():
    # 120 owed, two drafts of 60 in it, limit 100: the first passes, the second stays a draft and counts
    full = facts(exposure=120.0)
    drafts = [request(60.0, key, amount_counted=60.0) for key in (1, 2)]
    decisions = decide(*drafts, fact=full)
    assert [d.verdict for d in decisions] == ["pass", "hold"]
    assert [d.exposure_before for d in decisions] == [0.0, 60.0]
    assert [d.exposure_after for d in decisions] == [60.0, 120.0]


def test_a_stopped_document_keeps_the_weight_that_the_facts_gave_it():
    full = facts(exposure=90.0)
    grown, small = request(150.0, 1, amount_counted=90.0), request(11.0, 2)
    assert verdicts(grown, small, fact=full) == ["hold", "hold"]


def test_customers_do_not_take_from_each_other():
    known = {1: facts(1), 2: facts(2)}
    on = dict.fromkeys(known, policy(rule("limit_exceeded")))
    asked = [request(100.0, 1, 1), request(100.0, 2, 2), request(1.0, 3, 1)]
    assert [d.verdict for d in decide_batch(asked, known, on)] == ["pass", "pass", "hold"]


def test_members_of_a_group_share_its_limit_across_currencies():
    # group limit 1,000 EUR; member 1 in EUR; member 2 in a currency of which one unit is 0.5 EUR
    euro = facts(1, limit=limit(5000.0), group=group(1000.0, 200.0, rate=1.0))
    other = facts(2, limit=limit(5000.0), group=group(1000.0, 200.0, rate=0.5))
    on = dict.fromkeys((1, 2), policy(rule("group_limit_exceeded")))
    asked = [request(500.0, 1, 1), request(600.0, 2, 2), request(0.02, 3, 2), request(0.01, 4, 1)]
    # 200 + 500 = 700; + 600 × 0.5 = 1,000; one cent of euro more is too much
    assert [d.verdict for d in decide_batch(asked, {1: euro, 2: other}, on)] == ["pass", "pass", "hold", "hold"]


def test_a_member_must_pass_its_own_test_and_the_group_s():
    member = facts(limit=limit(100.0), group=group(50.0))
    both = policy(rule("limit_exceeded"), rule("group_limit_exceeded", rule_id=2))
    found = decide(request(120.0), fact=member, on=both)[0].findings
    assert [finding.criterion for finding in found] == ["limit_exceeded", "group_limit_exceeded"]
    assert verdicts(request(50.0), fact=member, on=both) == ["pass"]
    assert verdicts(request(50.01), fact=member, on=both) == ["hold"]


def test_an_own_limit_of_zero_is_cash_only_also_in_a_rich_group():
    member = facts(limit=limit(0.0), group=group(1000.0))
    both = policy(rule("limit_exceeded"), rule("group_limit_exceeded", rule_id=2))
    assert verdicts(request(0.01), fact=member, on=both) == ["hold"]


def test_an_unlimited_member_has_the_limit_of_its_group():
    member = facts(limit=Limit("unlimited"), group=group(1000.0))
    both = policy(rule("limit_exceeded"), rule("group_limit_exceeded", rule_id=2))
    assert verdicts(request(1000.0), fact=member, on=both) == ["pass"]
    assert verdicts(request(1000.01), fact=member, on=both) == ["hold"]


EXEMPT = [
    (facts(is_excluded=True), request(500.0), "customer_excluded"),
    (facts(date_ignore_until=TODAY), request(500.0), "ignored_until"),
    (facts(), request(500.0, amount_prepaid=500.0), "prepaid"),
    (facts(), request(500.0, exemption="from_order"), "from_order"),
]


@pytest.mark.parametrize(("known", "asked", "why"), EXEMPT)
def test_what_is_exempt_passes_and_says_why(known, asked, why):
    decision = decide(asked, fact=known)[0]
    assert (decision.verdict, decision.exemption, decision.findings) == ("pass", why, ())


def test_without_a_policy_everything_passes_and_says_so():
    decision = decide_batch([request(1e9)], {1: facts()}, {1: None})[0]
    assert (decision.verdict, decision.exemption, decision.policy_name) == ("pass", "no_policy", "")


def test_the_ignored_days_end_with_their_last_day():
    assert verdicts(request(500.0), fact=facts(date_ignore_until=days_ago(1))) == ["hold"]


def test_one_cent_less_than_the_whole_is_not_prepaid():
    assert verdicts(request(500.0, amount_prepaid=499.99)) == ["hold"]


def test_a_document_of_zero_is_not_prepaid_by_nothing():
    assert decide(request(0.0))[0].exemption == ""


def test_what_passed_by_exemption_still_counts_for_the_next():
    assert verdicts(request(90.0, 1, amount_prepaid=90.0), request(20.0, 2)) == ["pass", "hold"]


@pytest.mark.parametrize(("known", "asked", "why"), EXEMPT)
def test_a_forced_hold_beats_every_exemption(known, asked, why):
    forced = replace(asked, forced_hold="insolvent")
    decision = decide(forced, fact=known)[0]
    assert (decision.verdict, decision.exemption) == ("hold", "")
    assert decision.findings[-1].figures == {"reason": "insolvent"}


def test_a_forced_hold_needs_no_rule_and_no_policy():
    decision = decide_batch([request(1.0, forced_hold="insolvent")], {1: facts()}, {1: None})[0]
    assert decision.verdict == "hold"


def test_a_release_lets_the_document_go_on_and_keeps_the_findings():
    decision = decide(request(500.0, amount_released=500.0))[0]
    assert (decision.verdict, decision.is_allowed) == ("released", True)
    assert decision.amount_over == 400.0


def test_a_release_dies_one_cent_above_its_amount():
    assert verdicts(request(500.01, amount_released=500.0)) == ["hold"]


def test_documents_that_share_a_release_use_it_up_together():
    shared = {"amount_released": 500.0, "release_id": 9, "amount_used": 300.0}
    assert verdicts(request(300.0, 1, **shared), request(200.01, 2, **shared)) == ["released", "hold"]
    assert verdicts(request(300.0, 1, **shared), request(200.0, 2, **shared)) == ["released", "released"]


def test_what_is_held_uses_up_nothing_and_what_is_exempt_does():
    shared = {"amount_released": 500.0, "release_id": 9, "amount_used": 300.0}
    held, exempt = request(600.0, 1, **shared), request(300.0, 1, exemption="from_order", **shared)
    assert verdicts(held, request(500.0, 2, **shared)) == ["hold", "released"]
    assert verdicts(exempt, request(200.01, 2, **shared)) == ["pass", "hold"]


def test_a_release_reaches_as_far_over_the_limit_as_its_authority():
    assert verdicts(request(500.0, amount_released=500.0, amount_over_max=400.0)) == ["released"]
    assert verdicts(request(500.0, amount_released=500.0, amount_over_max=399.99)) == ["hold"]
    assert verdicts(request(500.0, amount_released=500.0, amount_over_max=400.0), fact=facts(exposure=0.01)) == ["hold"]


def test_what_has_gone_on_already_is_not_asked_for_its_authority_again():
    released = {"amount_released": 500.0, "amount_over_max": 1.0, "amount_counted": 500.0}
    assert verdicts(request(500.0, **released), fact=facts(exposure=900.0)) == ["released"]
    assert verdicts(request(500.01, **{**released, "amount_released": 600.0}), fact=facts(exposure=900.0)) == ["hold"]


def test_a_release_of_the_whole_customer_is_used_up_by_what_needs_it():
    shared = {"amount_released": 500.0, "release_id": 9, "is_used_when_needed": True}
    asked = ((1, 90), (2, 300), (3, 201))
    fits, needs, more = (request(amount, key, amount_used=amount, **shared) for key, amount in asked)
    assert verdicts(fits, needs, more) == ["pass", "released", "hold"]
    assert verdicts(fits, needs, replace(more, amount_document=200.0)) == ["pass", "released", "released"]


def test_the_most_that_a_release_lets_through_counts_what_may_still_come():
    used = facts(exposure=80.0)
    assert get_most_over(used, request(40.0)) == 20.0
    assert get_most_over(used, request(40.0), more=30.0) == 50.0
    assert get_most_over(used, request(40.0, amount_counted=40.0), more=30.0) == 10.0
    assert get_most_over(used, request(10.0)) == 0.0


def test_the_most_of_a_group_counts_what_may_still_come_of_its_members():
    member = facts(limit=Limit("unlimited"), group=group(exposure=90.0))
    assert get_most_over(member, request(20.0), more=5.0) == 15.0
    assert get_most_over(member, request(20.0), more=5.0, more_of_others=7.0) == 22.0


def test_a_release_of_the_whole_customer_is_used_up_by_nobody():
    asked = [request(500.0, key, amount_released=500.0, amount_used=500.0) for key in (1, 2)]
    assert verdicts(*asked) == ["released", "released"]


def test_a_release_also_answers_a_refusal():
    refusing = policy(rule("limit_exceeded", "refuse"))
    assert verdicts(request(500.0), on=refusing) == ["refuse"]
    assert verdicts(request(500.0, amount_released=500.0), on=refusing) == ["released"]


def test_a_release_does_not_turn_a_warning_into_a_release():
    warning = policy(rule("limit_exceeded", "warn"))
    assert verdicts(request(500.0, amount_released=500.0), on=warning) == ["warn"]


def test_a_released_document_counts_for_the_next():
    assert verdicts(request(500.0, 1, amount_released=500.0), request(1.0, 2)) == ["released", "hold"]


def test_the_strictest_effect_counts_and_all_reasons_are_shown_strictest_first():
    mixed = policy(
        rule("overdue_days", "warn", rule_id=1),
        rule("document_amount", "refuse", rule_id=2, amount=10.0),
        rule("limit_exceeded", "hold", rule_id=3),
    )
    decision = decide(request(500.0), fact=facts(overdue=overdue((3, 9.0))), on=mixed)[0]
    assert decision.verdict == "refuse"
    assert [f.criterion for f in decision.findings] == ["document_amount", "limit_exceeded", "overdue_days"]


def test_a_warning_lets_the_document_go_on():
    decision = decide(request(500.0), on=policy(rule("limit_exceeded", "warn")))[0]
    assert (decision.verdict, decision.is_allowed) == ("warn", True)


def test_a_rule_looks_only_at_its_checkpoints():
    elsewhere = policy(rule("limit_exceeded", checkpoint="delivery"))
    assert verdicts(request(500.0), on=elsewhere) == ["pass"]


@pytest.mark.parametrize(("days", "amount", "verdict"), [(1, 101.0, "hold"), (0, 101.0, "pass"), (1, 99.0, "pass")])
def test_when_all_rules_must_be_hit_one_is_not_enough(days, amount, verdict):
    rules = (rule("limit_exceeded"), rule("overdue_days", rule_id=2))
    known = facts(overdue=overdue((days, 5.0)))
    assert verdicts(request(amount), fact=known, on=policy(*rules, is_match_all=True)) == [verdict]


def test_match_all_counts_only_the_rules_of_the_checkpoint():
    rules = (rule("limit_exceeded"), rule("overdue_days", checkpoint="delivery", rule_id=2))
    assert verdicts(request(101.0), on=policy(*rules, is_match_all=True)) == ["hold"]


def test_a_policy_without_rules_stops_nothing():
    assert verdicts(request(1e9), on=Policy(1, "Empty")) == ["pass"]
    assert verdicts(request(1e9), on=Policy(1, "Empty", is_match_all=True)) == ["pass"]


def test_the_warning_of_utilisation_is_left_out_where_the_limit_is_exceeded():
    near = rule("utilisation", "warn", rule_id=2, percent=80, superseded_by="limit_exceeded")
    both = policy(rule("limit_exceeded"), near)
    assert [f.criterion for f in decide(request(101.0), on=both)[0].findings] == ["limit_exceeded"]
    assert [f.criterion for f in decide(request(100.0), on=both)[0].findings] == ["utilisation"]


def test_a_decision_carries_what_explains_it_later():
    decision = decide(request(500.0))[0]
    assert (decision.exposure_before, decision.exposure_after, decision.amount_over) == (0.0, 500.0, 400.0)
    assert (decision.policy_name, decision.facts.limit.amount) == ("Test", 100.0)
    assert decision.findings[0].rule_id == 1


def test_an_effect_that_a_rule_does_not_name_is_none():
    assert rule("limit_exceeded", checkpoint="invoice").effect_at("order") == "none"
