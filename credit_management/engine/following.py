"""What follows from a score by rules: whether a score hits a rule beside the one before it, and how far a limit falls.

What fell is compared with scores of the same version of a card: a card that was changed is no change of the customer.
Nothing that was found before is no fall: the first score of a customer hits no rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .limit_methods import round_down

FALL, BELOW, CLASS_DOWN, CLASS_UP = "fall", "below", "class_down", "class_up"
COVERAGE, WORST = "coverage", "worst"


@dataclass(frozen=True)
class Found:
    """What rules read of a score. ``rank``: the place of its class, 0 is the best; below all classes it is the last.

    ``worst``: the factors whose value has the fewest points that the factor gives.
    """

    version: int
    score: float | None
    coverage: float
    rank: int | None = None
    worst: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """When something follows: ``least`` is a number of points, of classes, or a threshold."""

    when: str
    least: float = 0.0
    factor: str = ""


def is_hit(rule: Rule, now: Found, before: Found | None, highest: float | None = None) -> bool:
    """Tell whether a score hits a rule that the one before it did not.

    :param highest: the highest score of the days that a fall is measured in

    >>> card = dict(version=1, coverage=90)
    >>> is_hit(Rule(BELOW, 40), Found(score=39.99, **card), Found(score=40, **card))
    True
    >>> is_hit(Rule(FALL, 10), Found(score=60, **card), Found(score=65, **card), highest=70)
    True
    """
    if before is None:
        return False
    return _HITS[rule.when](rule, now, before, highest)


def _falls(rule, now, before, highest):
    known = highest if highest is not None else before.score
    is_known = now.score is not None and known is not None and now.version == before.version
    return is_known and round(known - now.score, 2) >= rule.least


def _gets_below(rule, now, before, _highest):
    if now.score is None or before.score is None:
        return False
    return now.score < rule.least <= before.score


def _moves(rule, now, before, sign):
    is_known = now.rank is not None and before.rank is not None and now.version == before.version
    return is_known and sign * (now.rank - before.rank) >= rule.least


def _gets_uncovered(rule, now, before, _highest):
    return now.coverage < rule.least <= before.coverage


def _gets_worst(rule, now, before, _highest):
    return rule.factor in now.worst and rule.factor not in before.worst


_HITS = {
    FALL: _falls,
    BELOW: _gets_below,
    CLASS_DOWN: lambda rule, now, before, _highest: _moves(rule, now, before, 1),
    CLASS_UP: lambda rule, now, before, _highest: _moves(rule, now, before, -1),
    COVERAGE: _gets_uncovered,
    WORST: _gets_worst,
}


def worst_of(points: dict[str, float | None], given: dict[str, Iterable[float]]) -> frozenset[str]:
    """Return the factors that have the fewest points that each gives; what gives the same for everything has no worst.

    :param points: of each factor, None where it has none
    :param given: all points that each factor gives

    >>> sorted(worst_of({"late": 20, "age": 50, "same": 5}, {"late": [100, 20], "age": [0, 50], "same": [5]}))
    ['late']
    """
    return frozenset(
        key for key, own in points.items()
        if own is not None and len(set(given.get(key, ()))) > 1 and own <= min(given[key])
    )


def lowered(present: float | None, target: float, percent_most: float = 0.0, step: float = 0.0) -> float | None:
    """Return a lower limit: the target, rounded down to the step, but no lower than the bound allows; None: no lower.

    :param present: the limit of now; None where no amount bounds the customer
    :param percent_most: by how much of it it falls at most; 0: however far

    >>> lowered(50_000, 30_000, 25, 1_000), lowered(50_000, 42_300, 25, 1_000), lowered(50_000, 60_000)
    (38000, 42000, None)
    """
    amount = round_down(max(target, 0.0), step)
    if present is None:
        return amount
    lowest = present * (100 - percent_most) / 100 if percent_most else 0.0
    if amount < lowest:
        amount = _round_up(lowest, step)
    return amount if amount < present else None


def _round_up(amount, step):
    down = round_down(amount, step)
    return down if down >= amount else round(down + step, 6)
