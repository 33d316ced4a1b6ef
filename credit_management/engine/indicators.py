"""Indicators of payment behaviour."""

from collections.abc import Iterable
from itertools import pairwise

# days late → index; linear between the points, 0 beyond the last
PAYMENT_INDEX_POINTS = (
    (-30, 100.0),
    (-20, 90.0),
    (0, 80.0),
    (15, 70.0),
    (22, 60.0),
    (30, 50.0),
    (60, 40.0),
    (90, 30.0),
    (120, 20.0),
)
MIN_SETTLED = 3


def index_of_lateness(days: float) -> float:
    """Return the payment index of one payment.

    >>> index_of_lateness(0), index_of_lateness(15), index_of_lateness(45), index_of_lateness(121)
    (80.0, 70.0, 45.0, 0.0)
    """
    first, last = PAYMENT_INDEX_POINTS[0], PAYMENT_INDEX_POINTS[-1]
    if days <= first[0]:
        return first[1]
    if days > last[0]:
        return 0.0
    for (days_from, index_from), (days_to, index_to) in pairwise(PAYMENT_INDEX_POINTS):
        if days <= days_to:
            share = (days - days_from) / (days_to - days_from)
            return index_from + share * (index_to - index_from)
    return last[1]


def payment_index(payments: Iterable[tuple[int, float]], settled_count: int) -> float | None:
    """Return the amount-weighted mean index of payments, or None when too few invoices were settled.

    :param payments: pairs of days late (negative: early) and amount; open overdue items at today's lateness
    :param settled_count: invoices that were settled

    >>> payment_index([(0, 100_000), (15, 50_000), (30, 50_000)], 3)
    70.0
    """
    payments = list(payments)
    total = sum(amount for _days, amount in payments)
    if settled_count < MIN_SETTLED or total <= 0:
        return None
    return sum(index_of_lateness(days) * amount for days, amount in payments) / total


def discount(lines: Iterable[tuple[float, float]]) -> float:
    """Return by how many percent a whole document is charged below the price list, in hundredths.

    :param lines: pairs of what the goods of a line cost by price list, and what is charged for it. What has no list
        price costs what is charged; a negative line is charged and costs nothing

    >>> discount([(100, 100), (0, -40)]), discount([(100, 60), (0, 1000)]), discount([(100, 120)])
    (40.0, 3.64, 0.0)
    """
    lines = [(price if price > 0 else max(charged, 0.0), charged) for price, charged in lines]
    cost, charged = sum(price for price, _charged in lines), sum(charged for _price, charged in lines)
    return round(max(0.0, 100 * (1 - charged / cost)), 2) if cost > 0 else 0.0
