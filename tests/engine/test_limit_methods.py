"""Methods of limits, side by side; the figures are worked out by hand."""

import pytest

from credit_management.engine.limit_methods import (
    Band,
    Proposed,
    combine,
    lower_of,
    need,
    net_worth,
    own_cap,
    payment_history,
    rating_table,
    round_down,
    trade_reference,
    turnover,
    working_capital,
)

C05 = (net_worth(1_234_000), working_capital(590_000), payment_history(47_500, 30, 85))


def test_turnover_is_a_share_of_sales():
    assert turnover(500_000, 15).amount == 75_000


def test_the_highest_month_for_as_long_as_the_terms_run():
    assert payment_history(62_000, 60, 80).amount == 124_000


def test_c05_combine_then_cap_then_round_down():
    assert [proposed.amount for proposed in C05] == [123_400, 118_000, 47_500]
    capped = combine(C05, cap=own_cap((400_000, 10)), step=5_000)
    assert (capped.raw, capped.cap, capped.amount, capped.is_capped) == (47_500, 40_000, 40_000, True)
    free = combine(C05, step=5_000)
    assert (free.amount, free.is_capped) == (45_000, False)


def test_c05_who_pays_late_gets_no_more_by_its_history():
    late = payment_history(47_500, 30, 72)
    assert (late.amount, late.reason) == (None, "late")
    assert combine((*C05[:2], late), step=5_000).amount == 115_000  # 118,000 of the two others


def test_a_cap_between_two_steps_is_rounded_down_too():
    assert combine(C05, cap=43_999, step=5_000).amount == 40_000


def test_mean_and_weights_are_of_the_methods_that_answer():
    methods = (Proposed("a", 10_000, {}), Proposed("b", 40_000, {}), Proposed("c", None, {}))
    assert combine(methods, "mean").amount == 25_000
    assert combine(methods, "weights", {"a": 1, "b": 3, "c": 100}).amount == 32_500
    assert combine(methods, "weights", {"c": 100}).amount is None


def test_without_an_answer_nothing_is_proposed():
    found = combine([net_worth(None)], cap=40_000, step=5_000)
    assert (found.raw, found.amount, found.is_capped) == (None, None, False)


def test_a_negative_net_worth_proposes_nothing_and_says_so():
    found = net_worth(-100_000)
    assert (found.amount, found.reason) == (0.0, "negative")


def test_the_lower_of_net_worth_and_net_current_assets():
    """2.0 m × 10 % = 200,000 and 0.6 m × 20 % = 120,000: the rule of the United Kingdom says 120,000."""
    found = lower_of(net_worth(2_000_000), working_capital(600_000))
    assert (found.amount, found.inputs) == (120_000, {"net_worth": 200_000, "working_capital": 120_000})
    assert lower_of(net_worth(-1), working_capital(600_000)).reason == "negative"
    assert lower_of(net_worth(None), working_capital(600_000)).reason == "missing"
    unused = lower_of(net_worth(2_000_000), working_capital(600_000, 0))
    assert (unused.amount, unused.reason) == (None, "unused")


def test_a_share_of_0_percent_is_no_proposal():
    found = (net_worth(2_000_000, 0), working_capital(600_000, 0), turnover(500_000, 0))
    assert {(proposed.amount, proposed.reason) for proposed in found} == {(None, "unused")}


def test_what_is_needed_for_the_terms_and_some_days_more():
    """182,500 a year are 500 a day: 30 days of terms and 10 of safety need 20,000."""
    assert need(182_500 / 365, 30, 10).amount == 20_000
    assert need(None, 30, 10).reason == need(500, None, 10).reason == "missing"


def test_what_other_suppliers_grant_in_the_middle():
    assert trade_reference((10_000, 90_000, 20_000)).amount == 20_000
    assert trade_reference((10_000, 20_000)).amount == 15_000


BANDS = (Band(5_000), Band(20_000, turnover_from=100_000), Band(50_000, turnover_from=100_000, years_from=3))


@pytest.mark.parametrize(
    ("turnover", "years", "expected"),
    [(99_999.99, 9, 5_000), (100_000, 2.9, 20_000), (100_000, 3, 50_000), (None, None, 5_000), (200_000, None, 20_000)],
)
def test_the_highest_line_of_a_rating_that_is_reached(turnover, years, expected):
    assert rating_table(BANDS, turnover, years).amount == expected


def test_a_rating_of_which_no_line_is_reached_and_no_rating():
    assert rating_table((Band(5_000, years_from=1),), 1_000, None).reason == "no_row"
    assert rating_table((), 1_000, 1).reason == "no_row"
    assert rating_table(None, 1_000, 1).reason == "missing"


@pytest.mark.parametrize(
    "proposed",
    [net_worth(None), working_capital(None), turnover(None, 10), payment_history(None, 30, 85),
     payment_history(47_500, 30, None)],
)
def test_a_method_without_its_inputs_has_no_answer(proposed):
    assert (proposed.amount, proposed.reason) == (None, "missing")


def test_the_own_cap_is_the_lowest_that_is_known():
    assert own_cap((400_000, 10), (2_000_000, 1), (None, 5)) == 20_000
    assert own_cap((None, 10)) is None


@pytest.mark.parametrize(
    ("amount", "step", "expected"),
    [(47_500, 5_000, 45_000), (45_000, 5_000, 45_000), (44_999.99, 5_000, 40_000), (0.3, 0.1, 0.3), (4_999, 5_000, 0),
     (1_234, 0, 1_234)],
)
def test_a_limit_is_rounded_down_to_its_step(amount, step, expected):
    assert round_down(amount, step) == expected
