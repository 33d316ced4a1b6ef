"""A score of 0 to 100 from weighted factors, with every point explained.

One function finds the score and what is shown of it: the page adds up because the lines are made to.

All of it is rounded commercially, half up, in decimal numbers: a score and a coverage to hundredths, a figure to the
decimals with which it is shown. The figure that is shown is the one that has the points.
"""

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

NO_DATA = "no_data"
OUTSIDE = "outside"  # there is a value, and no range or list of the factor has it
BEST = "best:"  # begins the reason of what has no figure for it could not be better: its best points, and it is known
FULL = 100.0
ONE, HUNDREDTH = Decimal(1), Decimal("0.01")


@dataclass(frozen=True)
class Band:
    """A range of values and its points: the lower end is included, the upper excluded. ``None``: without an end."""

    points: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Factor:
    """One criterion of a card: ranges for figures, a list for words.

    ``points_missing``: what no data is worth; ``None``, as a rule: it is left out, and lowers the coverage.
    """

    key: str
    weight: float
    bands: tuple[Band, ...] = ()
    listed: Mapping[str, float] | None = None
    points_missing: float | None = None

    @property
    def best(self) -> float:
        """Return the most points that can be had."""
        return max([band.points for band in self.bands] + list((self.listed or {}).values()))


class Value(NamedTuple):  # there is one for each factor of each customer
    """What is known of a factor: a figure, a word, or ``None`` with the reason."""

    value: float | str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Card:
    """Factors with their weights, and how much of the weight must have data before anything acts by itself."""

    factors: tuple[Factor, ...]
    coverage_min: float = 0.0


class Line(NamedTuple):
    """One factor in a score: ``points`` of 100 for its value, ``share`` is what it adds to the score."""

    key: str
    value: Value
    weight: float
    points: float | None = None
    share: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class Score:
    """A score with its lines; ``score`` is ``None`` where no factor has data."""

    lines: tuple[Line, ...]
    score: float | None
    coverage: float
    is_covered: bool


@dataclass(frozen=True)
class Gain:
    """By how much the score would rise if a factor had its best points."""

    key: str
    gain: float
    is_missing: bool


def points_of(factor: Factor, value: Value) -> tuple[float | None, str]:
    """Return the points of a value, and why there are none.

    >>> late = Factor("late", 1, (Band(100, high=0), Band(80, 0, 15), Band(60, 15, 30), Band(20, 30)))
    >>> [points_of(late, Value(days))[0] for days in (-1, 14.96, 15, 29.99, 30)]
    [100, 80, 60, 60, 20]
    """
    if value.value is None and value.reason.startswith(BEST):
        return factor.best, value.reason
    if value.value is None:
        return factor.points_missing, value.reason or NO_DATA
    points = _look_up(factor, value.value)
    return (factor.points_missing, OUTSIDE) if points is None else (points, "")


def band_of(factor: Factor, value: float) -> Band | None:
    """Return the range of a factor that has a figure."""
    return next((band for band in reversed(factor.bands) if _holds(factor, band, value)), None)


def _look_up(factor, value):
    if isinstance(value, str):
        return (factor.listed or {}).get(value)
    band = band_of(factor, value)
    return None if band is None else band.points


def _holds(factor, band, value):
    """The upper end of the last range is its own: nothing follows that could have it."""
    is_above = band.low is None or value >= band.low
    is_last = band == factor.bands[-1]
    return is_above and (band.high is None or value < band.high or (is_last and value == band.high))


def score(card: Card, values: Mapping[str, Value]) -> Score:
    """Return the score of a card: Σ(points × weight) ÷ Σ(weight of the factors that have points).

    What has no data is left out of both sums, and lowers the coverage. A factor that gives fixed points to no data
    counts in the score, and not in the coverage.

    >>> card = Card((Factor("a", 50, (Band(80),)), Factor("b", 30, (Band(0),)), Factor("c", 20, (Band(40),))), 75)
    >>> found = score(card, {"a": Value(1), "c": Value(1)})
    >>> found.score, found.coverage, found.is_covered
    (68.57, 70.0, False)
    """
    lines = tuple(_line(factor, values.get(factor.key, Value())) for factor in card.factors)
    coverage = _coverage(lines)
    lines, total = _shared(lines)
    return Score(lines, total, coverage, total is not None and coverage >= card.coverage_min)


def _line(factor, value):
    points, reason = points_of(factor, value)
    return Line(factor.key, value, factor.weight, points, reason=reason)


def round_half_up(value: float, digits: int) -> float:
    """Return a figure with so many decimals, commercially.

    >>> round_half_up(14.95, 1), round_half_up(14.94, 1), round_half_up(0.125, 2), round_half_up(-2.5, 0)
    (15.0, 14.9, 0.13, -3.0)
    """
    scale = 10**digits
    # what a float loses (1.005 × 100 is 100.49999999999999) is half of nothing
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)


@functools.lru_cache(maxsize=4096)
def _exact(value):
    """Return points or a weight as they were typed; cards have few of them."""
    return Decimal(str(value))


def _coverage(lines):
    total = sum(_exact(line.weight) for line in lines)
    known = sum(_exact(line.weight) for line in lines if _is_known(line))
    return float((100 * known / total).quantize(HUNDREDTH, ROUND_HALF_UP)) if total > 0 else 0.0


def _is_known(line):
    return not line.reason or line.reason.startswith(BEST)


def _shared(lines):
    """Share the score out among its lines in hundredths, so that they add up to it exactly: what rounding leaves over
    goes to the lines that lost most by it."""
    weight = sum(_exact(line.weight) for line in lines if line.points is not None)
    if weight <= 0:
        return lines, None
    worth = [100 * _exact(line.points or 0.0) * _exact(line.weight) for line in lines]
    total = int((sum(worth) / weight).quantize(ONE, ROUND_HALF_UP))
    exact = [part / weight for part in worth]
    cents = [math.floor(part) for part in exact]
    order = sorted(range(len(lines)), key=lambda index: (cents[index] - exact[index], index))
    for index in order[: total - sum(cents)]:
        cents[index] += 1
    return tuple(line._replace(share=cent / 100) for line, cent in zip(lines, cents, strict=True)), total / 100


def gains(card: Card, values: Mapping[str, Value]) -> tuple[Gain, ...]:
    """Return what would raise the score most: each factor with its best points, the others as they are."""
    found = score(card, values)
    best = [_gain(card, found, number) for number in range(len(card.factors))]
    return tuple(sorted((gain for gain in best if gain.gain > 0), key=lambda gain: -gain.gain))


def _gain(card, found, number):
    lines = list(found.lines)
    is_missing = not _is_known(lines[number])
    lines[number] = lines[number]._replace(points=card.factors[number].best)
    raised = _shared(tuple(lines))[1]
    return Gain(lines[number].key, round((raised or 0.0) - (found.score or 0.0), 2), is_missing)


def class_of(found: float | None, classes: Sequence[tuple[str, float]]) -> str | None:
    """Return the rating whose range has a score: the highest lower end that it reaches; nothing below them all.

    :param classes: ratings with the lower end of their range

    >>> [class_of(score, [("A", 80), ("B", 50)]) for score in (100, 80, 79.99, 49.99, None)]
    ['A', 'A', 'B', None, None]
    """
    reached = [(low, name) for name, low in classes if found is not None and found >= low]
    return max(reached)[1] if reached else None


def defects(factor: Factor) -> tuple[tuple[str, float], ...]:
    """Return where the ranges of a factor leave a gap, overlap, or end before they begin, with the value."""
    wrong = [("reversed", band.low) for band in factor.bands
             if band.low is not None and band.high is not None and band.low >= band.high]
    for before, after in zip(factor.bands, factor.bands[1:], strict=False):
        if before.high is None or after.low is None:
            wrong.append(("overlap", after.low if after.low is not None else before.high))
        elif before.high != after.low:
            wrong.append(("gap" if before.high < after.low else "overlap", after.low))
    return tuple(wrong)
