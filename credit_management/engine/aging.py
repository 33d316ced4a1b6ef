"""Columns of an aging: which of them an open item stands in on a day.

Lateness counts days since an item was due; age counts days, months or years since it arose. Both run through the same
edges: with the edges 0, 30 and 60 the columns are "up to 0", "1 to 30", "31 to 60" and "over 60". Months and years end
on anniversaries, which belong to them: what arose on 31 December 2023 is one year old on 31 December 2024, and older
the day after.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

MAX_COLUMNS = 12  # what fits on a screen and on a page that lies on its side
EDGE_MOST = {"days": 36_500, "months": 1_200, "years": 100}  # a century: dates stay dates

Unit = Literal["days", "months", "years"]


class EdgeError(ValueError):
    """The edges of columns are none; ``reason`` says why: `REASONS`, ``edges`` which."""

    def __init__(self, reason: str, edges: Sequence[int] = ()):
        super().__init__(f"{reason}: {edges}")
        self.reason, self.edges = reason, tuple(edges)


REASONS = ("no_edge", "not_a_number", "too_many", "not_rising", "negative", "too_far")


@dataclass(frozen=True)
class Column:
    """The items that are more than ``above`` and up to ``until`` units old; None: without end."""

    above: int | None
    until: int | None
    unit: Unit

    @property
    def is_due(self) -> bool:
        """Tell whether what stands in it is past its day."""
        return self.above is not None and self.above >= 0


@dataclass(frozen=True)
class BucketSet:
    """Edges of columns, rising; of days they may be negative, for what comes due later."""

    edges: tuple[int, ...]
    unit: Unit = "days"

    def __post_init__(self):
        check_edges(self.edges, self.unit)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns, the youngest first.

        >>> [(column.above, column.until) for column in BucketSet((0, 30)).columns]
        [(None, 0), (0, 30), (30, None)]
        """
        return tuple(Column(above, until, self.unit) for above, until in pairwise((None, *self.edges, None)))

    def first_days(self, as_of: date) -> tuple[date, ...]:
        """Return, for each edge, the first day of which an item is not older than the edge.

        An item stands in the first column whose first day is not after its own; else in the last column.

        >>> [str(day) for day in BucketSet((0, 30)).first_days(date(2026, 6, 30))]
        ['2026-06-30', '2026-05-31']
        """
        return tuple(first_day(as_of, edge, self.unit) for edge in self.edges)

    def column_of(self, day: date, as_of: date) -> int:
        """Return the number of the column that an item of a day stands in: always exactly one.

        >>> BucketSet((0, 30)).column_of(date(2026, 5, 30), date(2026, 6, 30))
        2
        """
        firsts = self.first_days(as_of)
        return next((number for number, first in enumerate(firsts) if day >= first), len(firsts))


def check_edges(edges: Sequence[int], unit: Unit) -> None:
    """Refuse edges that leave an item without a column, or in two.

    :raise EdgeError: naming the reason
    """
    if not edges:
        raise EdgeError("no_edge")
    if len(edges) >= MAX_COLUMNS:
        raise EdgeError("too_many", edges)
    for one, next_one in pairwise(edges):
        if next_one <= one:
            raise EdgeError("not_rising", (one, next_one))
    if unit != "days" and edges[0] < 0:
        raise EdgeError("negative", edges[:1])
    far = [edge for edge in edges if abs(edge) > EDGE_MOST[unit]]
    if far:
        raise EdgeError("too_far", far)


def first_day(as_of: date, edge: int, unit: Unit) -> date:
    """Return the first day of which an item is at most ``edge`` units old.

    What arose on the 31st is a month old on the last day of a shorter month, and so is what arose on that day's number:
    of those that become a month old on or after a day, the first one is looked for.

    >>> str(first_day(date(2026, 3, 31), 1, "months")), str(first_day(date(2025, 2, 28), 1, "years"))
    ('2026-03-01', '2024-02-28')
    """
    if unit == "days":
        return as_of - timedelta(days=edge)
    months = edge * (12 if unit == "years" else 1)
    day = add_months(as_of, -months)
    while add_months(day, months) < as_of:
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, or its last one.

    >>> str(add_months(date(2026, 1, 31), 1)), str(add_months(date(2024, 2, 29), -12))
    ('2026-02-28', '2023-02-28')
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def parse_edges(text: str) -> tuple[int, ...]:
    """Return the edges of a text such as "0, 30, 60"; of a Chinese comma too.

    :raise EdgeError: when a part is not a whole number

    >>> parse_edges("0, 30，60")
    (0, 30, 60)
    """
    parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    try:
        return tuple(int(part) for part in parts if part)
    except ValueError as error:
        raise EdgeError("not_a_number") from error


def format_edges(edges: Iterable[int]) -> str:
    """Return edges as they are typed."""
    return ", ".join(map(str, edges))
