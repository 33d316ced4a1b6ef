"""What scores told of who paid late: worked out by hand, and against slow and obvious oracles."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.validation import (
    ENOUGH,
    get_area,
    get_auc,
    get_points,
    get_stability,
    get_standard_error,
    look_back,
)

SCORES = st.lists(st.integers(0, 100), min_size=1, max_size=30)


def test_by_hand_of_six_customers():
    """Good 90, 70, 60; bad 80, 60, 20: of nine pairs the good one is higher in 6 (90 three, 70 two, 60 one), equal in
    one (60): 6.5 ÷ 9."""
    auc = get_auc([90, 70, 60], [80, 60, 20])
    assert auc == pytest.approx(6.5 / 9)
    found = look_back([90, 70, 60], [80, 60, 20], enough=3)
    assert (found.auc, found.gini) == (pytest.approx(0.7222, abs=1e-4), pytest.approx(0.4444, abs=1e-4))
    third = 1 / 3
    assert found.points == ((0, 0), (0, third), (third, 2 * third), (2 * third, 2 * third), (2 * third, 1), (1, 1))


def test_what_chance_leaves_open_by_hand():
    """Of an AUC of 0.75 with 4 good and 3 bad: (0.1875 + 2 × (0.6 − 0.5625) + 3 × (0.642857 − 0.5625)) ÷ 12 = 0.041964,
    of which the root is 0.20485; the Gini coefficient has 2 × 1.96 times that to either side."""
    assert get_standard_error(0.75, 4, 3) == pytest.approx(0.20485, abs=1e-5)
    found = look_back([90, 80, 70, 66], [85, 65, 20], enough=3)
    assert (found.auc, found.margin) == (0.75, pytest.approx(0.80301, abs=1e-4))
    assert look_back([80] * 10, [20] * 10).margin == 0
    assert look_back([80] * 9, [20] * 9).margin is None


def test_of_five_thousand_customers_a_gini_is_known_to_a_few_percent():
    """One of five paid badly: (0.16 + 999 × 0.02667 + 3,999 × 0.07111) ÷ 4,000,000 has the root 0.00882."""
    assert 2 * 1.96 * get_standard_error(0.8, 4000, 1000) == pytest.approx(0.0346, abs=1e-4)


def test_a_perfect_score_a_useless_one_and_one_that_is_upside_down():
    assert look_back([80] * 10, [20] * 10).gini == 1
    assert look_back([50] * 10, [50] * 10).gini == 0
    assert look_back([20] * 10, [80] * 10).gini == -1


@pytest.mark.parametrize(("good", "bad", "is_enough"), [(10, 10, True), (9, 10, False), (10, 9, False), (0, 0, False)])
def test_below_ten_of_each_there_is_not_enough_to_say(good, bad, is_enough):
    assert ENOUGH == 10
    found = look_back([70] * good, [30] * bad)
    assert (found.is_enough, found.good, found.bad) == (is_enough, good, bad)
    assert (found.auc is None) == (found.points == ()) == (not is_enough)


def test_stability_by_hand():
    """30/50/20 % became 20/50/30 %: 2 × 0.1 × ln 1.5 = 0.0811. An empty class counts as 0.01 %."""
    assert get_stability([30, 50, 20], [20, 50, 30]) == pytest.approx(0.0811, abs=1e-4)
    assert get_stability([10, 10], [20, 20]) == 0
    assert get_stability([10, 0], [5, 5]) == pytest.approx(0.5 * math.log(2) + 0.4999 * math.log(5000), abs=1e-3)
    assert get_stability([], []) is get_stability([0, 0], [1, 1]) is get_stability([1, 1], [0, 0]) is None


@given(SCORES, SCORES)
def test_it_is_the_share_of_pairs(good, bad):
    pairs = [1 if high > low else 0.5 if high == low else 0 for high in good for low in bad]
    assert get_auc(good, bad) == pytest.approx(sum(pairs) / len(pairs))


@given(SCORES, SCORES)
def test_it_is_the_area_below_the_curve(good, bad):
    points = get_points(good, bad)
    assert points[0] == (0, 0) and points[-1] == (1, 1)
    assert points == tuple(sorted(points))
    assert get_area(points) == pytest.approx(get_auc(good, bad))


@given(SCORES, SCORES)
def test_scores_the_other_way_round_tell_the_other_way_round(good, bad):
    assert get_auc([-score for score in good], [-score for score in bad]) == pytest.approx(1 - get_auc(good, bad))


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3), st.lists(st.integers(0, 50), min_size=3, max_size=3))
def test_a_population_differs_from_itself_by_nothing_and_from_others_by_as_much_both_ways(before, now):
    found = get_stability(before, now)
    if found is not None:
        assert found >= 0
        assert found == pytest.approx(get_stability(now, before))
        assert get_stability(before, before) == 0
