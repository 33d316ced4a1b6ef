"""Whether scores told who would pay late: how well they order customers, and whether the customers are still the same.

A score is good when those who then paid badly had lower ones. The **AUC** is the chance that of a good and a bad
customer, drawn at random, the good one had the higher score, where equal ones count half: 0.5 says nothing, 1.0 is
perfect. The **Gini** coefficient is the same from 0 to 1. Some of either is chance: the true value is within the
**margin** in 19 of 20 cases (J. A. Hanley, B. J. McNeil, Radiology 143, 1982). The **population stability index**
compares shares of two days: who is scored by a card that was made for others is scored badly.
"""

import bisect
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 10  # of each kind: with fewer, one customer more or less moves the AUC by more than a twentieth
SHARE_LEAST = 0.0001  # an empty class has no logarithm: it counts as one in ten thousand
STABLE, SHIFTED = 0.1, 0.25
DEVIATIONS = 1.96  # standard errors to either side have 95 % between them


@dataclass(frozen=True)
class LookBack:
    """What scores told; ``auc`` and ``gini`` are None where there is not enough to say.

    ``points`` of the curve: the share of the good and of the bad that have at most a score, from the lowest on.
    ``margin``: how far from the Gini coefficient it may be by chance.
    """

    good: int
    bad: int
    auc: float | None
    gini: float | None
    points: tuple[tuple[float, float], ...]
    margin: float | None = None

    @property
    def is_enough(self) -> bool:
        """Tell whether there are as many of each kind as it takes."""
        return self.auc is not None


def get_auc(good: Sequence[float], bad: Sequence[float]) -> float:
    """Return the chance that a good one has the higher score than a bad one; neither may be empty.

    >>> get_auc([70, 80], [50, 70])  # 70>50, 70=70, 80>50, 80>70: (1 + ½ + 1 + 1) ÷ 4
    0.875
    """
    ordered = sorted(bad)
    won = sum(bisect.bisect_left(ordered, score) + bisect.bisect_right(ordered, score) for score in good)
    return won / 2 / (len(good) * len(bad))


def get_standard_error(auc: float, good: int, bad: int) -> float:
    """Return how far an AUC is from the true one on average, by the numbers of those that it was found with.

    >>> round(get_standard_error(0.893, 58, 51), 4)  # the example of Hanley and McNeil: 0.032
    0.0325
    """
    twice_bad, twice_good = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (bad - 1) * (twice_bad - auc**2) + (good - 1) * (twice_good - auc**2)
    return math.sqrt(max(spread, 0.0) / (good * bad))


def get_points(good: Sequence[float], bad: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return the points of the curve, from (0, 0) to (1, 1).

    >>> get_points([80], [50])
    ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0))
    """
    sorted_good, sorted_bad = sorted(good), sorted(bad)
    return ((0.0, 0.0), *(
        (bisect.bisect_right(sorted_good, score) / len(good), bisect.bisect_right(sorted_bad, score) / len(bad))
        for score in sorted({*good, *bad})
    ))


def get_area(points: Sequence[tuple[float, float]]) -> float:
    """Return the area below a curve of straight pieces."""
    return sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in itertools.pairwise(points))


def look_back(good: Sequence[float], bad: Sequence[float], enough: int = ENOUGH) -> LookBack:
    """Return what scores told of who then paid well and of who paid badly."""
    if len(good) < enough or len(bad) < enough:
        return LookBack(len(good), len(bad), None, None, ())
    auc = get_auc(good, bad)
    margin = 2 * DEVIATIONS * get_standard_error(auc, len(good), len(bad))
    return LookBack(len(good), len(bad), auc, 2 * auc - 1, get_points(good, bad), margin)


def get_stability(before: Sequence[int], now: Sequence[int]) -> float | None:
    """Return the population stability index of the numbers in each class on two days; None where one has nobody.

    >>> round(get_stability([50, 50], [60, 40]), 4)  # 0.1 × ln 1.2 − 0.1 × ln 0.8
    0.0405
    """
    if not sum(before) or not sum(now):
        return None
    pairs = [(_share(old, before), _share(new, now)) for old, new in zip(before, now, strict=True)]
    return sum((new - old) * math.log(new / old) for old, new in pairs)


def _share(number, numbers):
    return max(number / sum(numbers), SHARE_LEAST)
