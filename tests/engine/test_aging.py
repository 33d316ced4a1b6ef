"""Each open item stands in exactly one column of an aging."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_management.engine.aging import (
    MAX_COLUMNS,
    REASONS,
    BucketSet,
    EdgeError,
    add_months,
    first_day,
    format_edges,
    parse_edges,
)

AS_OF = date(2026, 6, 30)
LATENESS = BucketSet((0, 30, 60, 90, 120))
AGE = BucketSet((1, 2, 3, 4, 5), "years")

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
units = st.sampled_from(["days", "months", "years"])


@st.composite
def bucket_sets(draw):
    unit = draw(units)
    lowest = -60 if unit == "days" else 0
    edges = draw(st.lists(st.integers(lowest, 150), min_size=1, max_size=MAX_COLUMNS - 1, unique=True))
    most = 30 if unit == "years" else 150
    edges = sorted({min(edge, most) for edge in edges})
    return BucketSet(tuple(edges), unit)


def is_at_most(day, as_of, edge, unit):
    """Tell, slowly, whether an item of a day is at most so old: its anniversary is not over."""
    if unit == "days":
        return (as_of - day).days <= edge
    return add_months(day, edge * (12 if unit == "years" else 1)) >= as_of


@given(bucket_sets(), days, st.integers(-400, 4000))
def test_an_item_stands_in_the_first_column_that_it_is_not_too_old_for(buckets, as_of, age):
    day = as_of - timedelta(days=age)
    slow = [number for number, edge in enumerate(buckets.edges) if is_at_most(day, as_of, edge, buckets.unit)]
    assert buckets.column_of(day, as_of) == (slow[0] if slow else len(buckets.edges))


@given(bucket_sets(), days)
def test_columns_follow_each_other_without_gap_and_overlap(buckets, as_of):
    columns = buckets.columns
    assert len(columns) == len(buckets.edges) + 1 <= MAX_COLUMNS
    assert columns[0].above is None and columns[-1].until is None
    assert all(one.until == other.above for one, other in pairwise(columns))
    firsts = buckets.first_days(as_of)
    assert list(firsts) == sorted(firsts, reverse=True)


@given(days, st.integers(0, 600))
def test_a_day_becomes_months_old_once(as_of, months):
    first = first_day(as_of, months, "months")
    assert add_months(first, months) >= as_of
    assert add_months(first - timedelta(days=1), months) < as_of


@pytest.mark.parametrize(
    ("due", "column"),
    [
        (date(2026, 6, 30), 0), (date(2026, 6, 29), 1), (date(2026, 5, 31), 1), (date(2026, 5, 30), 2),
        (date(2026, 5, 1), 2), (date(2026, 4, 30), 3), (date(2026, 4, 1), 3), (date(2026, 3, 31), 4),
        (date(2026, 3, 2), 4), (date(2026, 3, 1), 5), (date(1900, 1, 1), 5), (date(2099, 1, 1), 0),
    ],
)
def test_the_edges_of_lateness(due, column):
    """C24: due today is not due, 30 days late is the first column, 31 the second; the oldest and latest have one."""
    assert LATENESS.column_of(due, AS_OF) == column


@pytest.mark.parametrize(
    ("arose", "as_of", "column"),
    [
        (date(2023, 12, 31), date(2024, 12, 31), 0),  # 1年以内（含1年）
        (date(2023, 12, 31), date(2025, 1, 1), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2019, 12, 31), date(2024, 12, 31), 4),
        (date(2019, 12, 30), date(2024, 12, 31), 5),
        (date(2030, 1, 1), date(2024, 12, 31), 0),
    ],
)
def test_the_edges_of_age_are_anniversaries(arose, as_of, column):
    assert AGE.column_of(arose, as_of) == column


def test_what_is_not_due_may_be_split_into_weeks():
    buckets = BucketSet((-14, -7, 0, 30))
    due = [AS_OF + timedelta(days=number) for number in (15, 14, 8, 7, 1, 0, -1, -31)]
    assert [buckets.column_of(day, AS_OF) for day in due] == [0, 0, 1, 1, 2, 2, 3, 4]
    assert [column.is_due for column in buckets.columns] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("edges", "unit", "reason", "named"),
    [
        ((), "days", "no_edge", ()),
        (range(12), "days", "too_many", tuple(range(12))),
        ((0, 30, 30), "days", "not_rising", (30, 30)),
        ((0, 60, 30), "days", "not_rising", (60, 30)),
        ((-1, 1), "months", "negative", (-1,)),
        ((1, 101), "years", "too_far", (101,)),
        ((0, 36_501), "days", "too_far", (36_501,)),
    ],
)
def test_edges_that_overlap_or_fall_are_refused(edges, unit, reason, named):
    with pytest.raises(EdgeError) as caught:
        BucketSet(tuple(edges), unit)
    assert (caught.value.reason, caught.value.edges) == (reason, named)
    assert reason in REASONS


def test_edges_are_typed_with_commas_of_both_scripts():
    assert parse_edges(" 0, 30，60、90, ") == (0, 30, 60, 90)
    assert parse_edges("-14") == (-14,)
    assert format_edges((0, 30)) == "0, 30"
    with pytest.raises(EdgeError) as caught:
        parse_edges("0, thirty")
    assert caught.value.reason == "not_a_number"
