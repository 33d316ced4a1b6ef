"""Scores: ranges, coverage, and pages that add up; the figures are worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.scoring import Band, Card, Factor, Value, class_of, defects, gains, points_of, score

LATE = Factor("late", 50, (Band(100, high=0), Band(80, 0, 15), Band(60, 15, 30), Band(20, 30)))
INDUSTRY = Factor("industry", 30, listed={"food": 80, "construction": 20})
YEARS = Factor("years", 20, (Band(40, 0, 5), Band(100, 5, 10)))
CARD = Card((LATE, INDUSTRY, YEARS), coverage_min=75)


def test_c01_what_has_no_data_is_left_out_of_both_sums():
    """(80 × 50 + 40 × 20) ÷ 70 = 68.57; not 48.00."""
    found = score(CARD, {"late": Value(3), "years": Value(2)})
    assert (found.score, found.coverage, found.is_covered) == (68.57, 70.0, False)
    assert [(line.key, line.points, line.share, line.reason) for line in found.lines] == [
        ("late", 80, 57.14, ""), ("industry", None, 0.0, "no_data"), ("years", 40, 11.43, ""),
    ]
    assert round(sum(line.share for line in found.lines), 2) == 68.57


@pytest.mark.parametrize(
    ("days", "points"), [(-30, 100), (-0.01, 100), (0, 80), (14.96, 80), (15, 60), (29.99, 60), (30, 20), (900, 20)]
)
def test_c02_the_lower_end_of_a_range_is_its_own(days, points):
    assert points_of(LATE, Value(days)) == (points, "")


def test_c02_no_data_is_not_a_number():
    assert points_of(LATE, Value(None, "No invoice was settled.")) == (None, "No invoice was settled.")


@pytest.mark.parametrize(("years", "points"), [(5, 100), (10, 100), (10.01, None), (-1, None)])
def test_the_last_range_has_its_upper_end_and_nothing_beyond(years, points):
    assert points_of(YEARS, Value(years)) == (points, "" if points else "outside")


def test_a_word_is_looked_up_in_the_list():
    assert points_of(INDUSTRY, Value("food")) == (80, "")
    assert points_of(INDUSTRY, Value("mining")) == (None, "outside")


def test_fixed_points_for_no_data_count_in_the_score_and_not_in_the_coverage():
    """Who refuses figures must not profit: (80 × 50 + 0 × 30) ÷ 80 = 50."""
    strict = Factor("statement", 30, (Band(100),), points_missing=0)
    found = score(Card((LATE, strict)), {"late": Value(3)})
    assert (found.score, found.coverage) == (50.0, 62.5)


@pytest.mark.parametrize(("minimum", "is_covered"), [(70, True), (70.01, False)])
def test_a_minimum_is_reached_when_it_is_met_exactly(minimum, is_covered):
    found = score(Card(CARD.factors, minimum), {"late": Value(3), "years": Value(2)})
    assert found.is_covered is is_covered


def test_without_any_data_there_is_no_score():
    found = score(CARD, {})
    assert (found.score, found.coverage, found.is_covered) == (None, 0.0, False)


def test_a_card_without_weights_has_no_score():
    assert score(Card((Factor("a", 0, (Band(50),)),)), {"a": Value(1)}).score is None
    assert score(Card(()), {}).score is None


def test_three_thirds_add_up_to_the_score():
    """3 × 33.33 would be 99.99."""
    card = Card(tuple(Factor(key, 1, (Band(100),)) for key in "abc"))
    found = score(card, dict.fromkeys("abc", Value(1)))
    assert found.score == 100.0
    assert [line.share for line in found.lines] == [33.34, 33.33, 33.33]


def test_what_would_raise_the_score_most_comes_first():
    """Now (60 × 50 + 20 × 30 + 40 × 20) ÷ 100 = 44."""
    values = {"late": Value(20), "industry": Value("construction"), "years": Value(2)}
    assert [(gain.key, gain.gain, gain.is_missing) for gain in gains(CARD, values)] == [
        ("late", 20.0, False), ("industry", 18.0, False), ("years", 12.0, False),
    ]


def test_what_is_not_known_may_raise_it_too():
    """Now 68.57; with food (80 × 50 + 80 × 30 + 40 × 20) ÷ 100 = 72, with the best years (80 × 50 + 100 × 20) ÷ 70."""
    found = gains(CARD, {"late": Value(3), "years": Value(2)})
    assert [(gain.key, gain.gain, gain.is_missing) for gain in found] == [
        ("years", 17.14, False), ("late", 14.29, False), ("industry", 3.43, True),
    ]


@pytest.mark.parametrize(
    ("found", "rating"), [(100, "A"), (80, "A"), (79.99, "B"), (50, "B"), (49.99, "C"), (0, "C"), (None, None)]
)
def test_a_rating_has_its_lower_end(found, rating):
    assert class_of(found, [("B", 50), ("A", 80), ("C", 0)]) == rating


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ((Band(1, high=0), Band(2, 0, 5), Band(3, 5)), ()),
        ((Band(1, 0, 5), Band(2, 6)), (("gap", 6),)),
        ((Band(1, 0, 5), Band(2, 4)), (("overlap", 4),)),
        ((Band(1, 0), Band(2, 4)), (("overlap", 4),)),
        ((Band(1, 5, 5),), (("reversed", 5),)),
    ],
)
def test_ranges_neither_leave_a_gap_nor_overlap(bands, expected):
    assert defects(Factor("a", 1, bands)) == expected


points = st.one_of(st.none(), st.floats(0, 100))
weights = st.integers(0, 100)


@given(st.lists(st.tuples(points, weights), min_size=1, max_size=12))
def test_every_score_adds_up_to_itself(parts):
    """The slow, obvious way: the weighted mean; and the shares in whole hundredths."""
    factors = (Factor(str(number), weight, (Band(value or 0.0),)) for number, (value, weight) in enumerate(parts))
    card = Card(tuple(factors))
    values = {str(number): Value(None if value is None else 1) for number, (value, _weight) in enumerate(parts)}
    found = score(card, values)
    weight = sum(weight for value, weight in parts if value is not None)
    if not weight:
        assert found.score is None
        return
    assert sum(round(line.share * 100) for line in found.lines) == round(found.score * 100)
    assert abs(found.score - sum((value or 0.0) * part for value, part in parts) / weight) <= 0.005001
    assert 0 <= found.score <= 100


def test_what_could_not_be_better_has_the_best_points_and_is_known():
    factor = Factor("z", 50, (Band(0, None, 1), Band(90, 1)), points_missing=20)
    found = score(Card((factor,), 75), {"z": Value(None, "best:nothing is owed")})
    assert (found.score, found.coverage, found.is_covered) == (90.0, 100.0, True)
    assert found.lines[0].reason == "best:nothing is owed"
    assert gains(Card((factor,), 75), {"z": Value(None, "best:nothing is owed")}) == ()


def test_a_score_is_rounded_commercially_and_its_lines_add_up():
    """(62.5 × 1 + 62.51 × 1) ÷ 2 = 62.505 → 62.51; (0.01 × 1 + 0 × 1) ÷ 2 = 0.005 → 0.01."""
    for first, second, total in ((62.5, 62.51, 62.51), (0.01, 0.0, 0.01), (1.005, 1.005, 1.01)):
        card = Card((Factor("a", 1, (Band(first),)), Factor("b", 1, (Band(second),))))
        found = score(card, {"a": Value(1.0), "b": Value(1.0)})
        assert found.score == total
        assert round(sum(line.share for line in found.lines), 2) == total


def test_a_coverage_is_rounded_commercially():
    """1 of 800 is 0.125 %."""
    card = Card((Factor("a", 1, (Band(50),)), Factor("b", 799, (Band(50),))))
    assert score(card, {"a": Value(1.0)}).coverage == 0.13
