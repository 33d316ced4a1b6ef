"""What a customer may be granted, by several methods side by side; combined, then capped, then rounded down."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MINIMUM, MEAN, WEIGHTS = "minimum", "mean", "weights"
MISSING = "missing"
NEGATIVE = "negative"
LATE = "late"  # who pays late gets no more by its history
NO_ROW = "no_row"  # no band of the rating is reached
UNUSED = "unused"  # a share of 0 is no proposal of 0
INDEX_MIN = 80.0
DAYS_OF_MONTH = 30


@dataclass(frozen=True)
class Proposed:
    """What one method proposes, with the inputs it read; no ``amount``: no answer, and ``reason`` says why.

    A proposal of 0 may have a reason, too: nothing is granted on a negative net worth.
    """

    key: str
    amount: float | None
    inputs: Mapping[str, float | None]
    reason: str = ""


@dataclass(frozen=True)
class Combined:
    """What the methods say together: ``raw``, at most ``cap``, rounded down to ``amount``; ``None``: no answer."""

    raw: float | None
    cap: float | None
    amount: float | None

    @property
    def is_capped(self) -> bool:
        """Tell whether the cap bound the proposal."""
        return self.raw is not None and self.cap is not None and self.cap < self.raw


@dataclass(frozen=True)
class Band:
    """A line of a rating: its amount from so much turnover with us and so many years as a customer on."""

    amount: float
    turnover_from: float = 0.0
    years_from: float = 0.0


def _method(key, reckon, **inputs):
    """Return what a method proposes, or that an input is missing; nothing negative is ever proposed."""
    if any(value is None for value in inputs.values()):
        return Proposed(key, None, inputs, MISSING)
    amount = reckon(**inputs)
    return Proposed(key, max(0.0, amount), inputs, NEGATIVE if amount < 0 else "")


def _share(key, percent, **base):
    """Return the share of an amount that a method proposes; a share of 0 percent is none."""
    [name] = base
    found = _method(key, lambda percent, **known: known[name] * percent / 100, **base, percent=percent)
    return found if percent else Proposed(key, None, found.inputs, UNUSED)


def net_worth(net_worth: float | None, percent: float = 10.0) -> Proposed:
    """Propose a share of the customer's net worth.

    >>> net_worth(2_000_000).amount
    200000.0
    """
    return _share("net_worth", percent, net_worth=net_worth)


def working_capital(working_capital: float | None, percent: float = 20.0) -> Proposed:
    """Propose a share of the customer's net current assets.

    >>> working_capital(600_000).amount
    120000.0
    """
    return _share("working_capital", percent, working_capital=working_capital)


def lower_of(first: Proposed, second: Proposed) -> Proposed:
    """Propose the lower of net worth and working capital: the rule that is common in the United Kingdom."""
    inputs = {first.key: first.amount, second.key: second.amount}
    if None in inputs.values():
        is_unused = UNUSED in (first.reason, second.reason)
        return Proposed("uk_rule", None, inputs, UNUSED if is_unused else MISSING)
    lowest = min((first, second), key=lambda proposed: proposed.amount)
    return Proposed("uk_rule", lowest.amount, inputs, lowest.reason)


def turnover(sales: float | None, percent: float) -> Proposed:
    """Propose a share of what we sold to the customer in the last 12 months."""
    return _share("turnover", percent, sales=sales)


def payment_history(month_max: float | None, days_terms: float | None, index: float | None,
                    index_min: float = INDEX_MIN) -> Proposed:
    """Propose the highest month of 12, for as long as the terms run; only for who pays on time.

    >>> payment_history(62_000, 60, 85).amount, payment_history(62_000, 60, 72).reason
    (124000.0, 'late')
    """
    inputs = {"month_max": month_max, "days_terms": days_terms, "index": index}
    if None in inputs.values():
        return Proposed("payment_history", None, inputs, MISSING)
    if index < index_min:
        return Proposed("payment_history", None, inputs, LATE)
    return Proposed("payment_history", max(0.0, month_max * days_terms / DAYS_OF_MONTH), inputs)


def need(daily: float | None, days_terms: float | None, days_safety: float = 0.0) -> Proposed:
    """Propose what the customer needs: planned purchases of a day, for the terms and some days more.

    >>> need(500, 30, 10).amount
    20000
    """
    return _method("need", lambda daily, days_terms, days_safety: daily * (days_terms + days_safety),
                   daily=daily, days_terms=days_terms, days_safety=days_safety)


def trade_reference(granted: Sequence[float]) -> Proposed:
    """Propose what other suppliers grant, in the middle.

    >>> trade_reference([10_000, 90_000, 20_000]).amount, trade_reference([]).reason
    (20000, 'missing')
    """
    inputs = {str(number): amount for number, amount in enumerate(granted, 1)}
    if not granted:
        return Proposed("trade_reference", None, inputs, MISSING)
    return Proposed("trade_reference", statistics.median(granted), inputs)


def rating_table(bands: Sequence[Band] | None, turnover: float | None, years: float | None) -> Proposed:
    """Propose the highest amount among the bands of a rating whose turnover and years are reached.

    What is not known reaches only what asks for nothing.

    :param bands: of the customer's rating; ``None`` without a rating

    >>> rating_table([Band(5_000), Band(20_000, 100_000, 2)], 100_000, 2).amount
    20000
    """
    inputs = {"turnover": turnover, "years": years}
    if bands is None:
        return Proposed("rating_table", None, inputs, MISSING)
    reached = [band.amount for band in bands
               if (turnover or 0.0) >= band.turnover_from and (years or 0.0) >= band.years_from]
    return Proposed("rating_table", max(reached), inputs) if reached else Proposed("rating_table", None, inputs, NO_ROW)


def own_cap(*bases: tuple[float | None, float]) -> float | None:
    """Return the ceiling for any customer: the lowest share of our sales, our equity, our receivables that are known.

    :param bases: pairs of the amount and the percent of it

    >>> own_cap((400_000, 10), (None, 5))
    40000.0
    """
    known = [max(0.0, base * percent / 100) for base, percent in bases if base is not None]
    return min(known, default=None)


def combine(methods: Sequence[Proposed], how: str = MINIMUM, weights: Mapping[str, float] | None = None,
            cap: float | None = None, step: float = 0.0) -> Combined:
    """Combine the methods that have an answer, cap the result, and round it down to the step.

    >>> combine([Proposed("a", 47_500, {})], cap=40_000, step=5_000).amount
    40000
    """
    answers = [proposed for proposed in methods if proposed.amount is not None]
    raw = _combined(answers, how, weights or {})
    if raw is None:
        return Combined(None, cap, None)
    return Combined(raw, cap, round_down(raw if cap is None else min(raw, cap), step))


def _combined(answers, how, weights):
    amounts = [proposed.amount for proposed in answers]
    if not amounts:
        return None
    if how == MINIMUM:
        return min(amounts)
    shares = [weights.get(proposed.key, 0.0) if how == WEIGHTS else 1.0 for proposed in answers]
    if sum(shares) <= 0:
        return None
    return sum(amount * share for amount, share in zip(amounts, shares, strict=True)) / sum(shares)


def round_down(amount: float, step: float) -> float:
    """Return the multiple of the step that is not above the amount.

    What a float loses (0.3 ÷ 0.1 is 2.9999999999999996) is not a step.

    >>> round_down(47_500, 5_000), round_down(0.3, 0.1), round_down(7, 0)
    (45000, 0.3, 7)
    """
    if step <= 0:
        return amount
    return round(math.floor(round(amount / step, 9)) * step, 6)
