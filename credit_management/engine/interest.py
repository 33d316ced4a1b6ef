"""What late payment costs (逾期利息): simple interest on what was open of a debt, from dated rates, and what a payment
settles first.

Interest runs from the day after the due date to the day of payment, both included; a payment lowers the base from the
next day on. Everything is reckoned in fractions and rounded once, at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

# which day's rate counts
SPLIT, FIRST_DAY, LAST_DAY = METHODS = ("split", "first", "last")
BASES = ("365", "360", "actual")
COSTS, INTEREST, PRINCIPAL = "costs", "interest", "principal"
# what a payment is on, in the order of one day: what was paid on claims comes before what was paid on the debt
ON_CLAIMS, WAIVED, ON_DEBT = range(3)
# what a payment settles first within a debt
ORDERS = {"principal": (PRINCIPAL, COSTS, INTEREST), "costs": (COSTS, INTEREST, PRINCIPAL)}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rate:
    """A rate from a day on: percent per year, or percent of the amount for each day."""

    date_from: date
    percent: float
    is_daily: bool = False  # 万分之五 is 0.05 for each day: it never goes through a year


@dataclass(frozen=True)
class Terms:
    """How interest is reckoned: the dated rates, the days of a year, which day's rate counts."""

    rates: tuple[Rate, ...]
    basis: str = "365"
    method: str = SPLIT
    days_free: int = 0  # after the due date, without interest

    def rate_of(self, day: date) -> Rate | None:
        """Return the rate of a day; nothing before the first one."""
        known = (rate for rate in self.rates if rate.date_from <= day)
        return max(known, key=lambda rate: rate.date_from, default=None)


@dataclass(frozen=True)
class Debt:
    """An amount that was due on a day, and what lowered it since: ``[(day, amount)]``."""

    amount: float
    date_due: date
    paid: tuple[tuple[date, float], ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Days with one base and one rate."""

    first: date
    last: date
    base: Fraction
    rate: Rate
    amount: Fraction  # not rounded

    @property
    def days(self) -> int:
        """Return how many days it has, the first and the last included."""
        return (self.last - self.first).days + 1


def reckon(terms: Terms, debt: Debt, until: date) -> list[Stretch]:
    """Return the interest of a debt up to a day, in stretches."""
    start = debt.date_due + timedelta(days=1 + terms.days_free)
    days = _list_first_days(terms, debt, start, until)
    found = []
    for first, following in pairwise(days):
        last = following - DAY
        base = base_of(debt, first)
        rate = _choose_rate(terms, start, first, _find_end(debt, first, until))
        if base > 0 and rate:
            found.append(Stretch(first, last, base, rate, _reckon_days(terms, base, rate, first, last)))
    return found


def interest(terms: Terms, debt: Debt, until: date, rounding: float) -> float:
    """Return the interest of a debt up to a day, rounded once.

    >>> terms = Terms((Rate(date(2026, 1, 1), 9.0),))
    >>> paid = ((date(2026, 2, 28), 400), (date(2026, 3, 31), 300), (date(2026, 4, 30), 300))
    >>> interest(terms, Debt(1000, date(2026, 1, 31), paid), date(2026, 12, 31), 0.01)
    13.71
    """
    return round_half_up(sum(stretch.amount for stretch in reckon(terms, debt, until)), rounding)


def interest_since(terms: Terms, debt: Debt, until: date, claimed: float, rounding: float) -> float:
    """Return what is to be claimed besides what was claimed before: no day is claimed twice, and none is lost.

    The difference to all of it, not the days since: a payment that is booked late, or a dispute that is settled,
    changes days that were claimed before. Less than was claimed is nothing; it is not given back by itself.
    """
    return max(round_half_up(_exact(interest(terms, debt, until, rounding)) - _exact(claimed), rounding), 0.0)


def derive(percent: float, factor: float, margin: float) -> float:
    """Return a yearly rate from a reference rate: the reference times a factor, and a margin in percentage points.

    >>> derive(2.15, 1.0, 8.0), derive(3.0, 1.5, 0.0)
    (10.15, 4.5)
    """
    return float(_exact(percent) * _exact(factor) + _exact(margin))


def compensation(bands: Iterable[tuple[float, float]], amount: float) -> float:
    """Return the fixed compensation for a debt, of bands ``(from an amount on, compensation)``; 0.0 below the first.

    >>> british = [(0, 40), (1000, 70), (10000, 100)]
    >>> [compensation(british, amount) for amount in (999.99, 1000, 9999.99, 10000)]
    [40, 70, 70, 100]
    """
    reached = [band for band in bands if band[0] <= amount]
    return max(reached)[1] if reached else 0.0


def above(claimed: float, before: float, costs: float) -> float:
    """Return what of the costs of a reminder is claimed besides: only what all costs are above what was claimed.

    :param claimed: compensations, and costs of the reminders before, that were claimed
    :param before: costs of the reminders before

    >>> above(40, 0, 15), above(40, 0, 65), above(40, 30, 15), above(0, 0, 15), above(15, 15, 20)
    (0.0, 25.0, 5.0, 15.0, 20.0)
    """
    return float(min(max(before + costs - claimed, 0), costs))


def spread(debts: Iterable[Debt], credits: Iterable[tuple[date, float]]) -> list[Debt]:
    """Return debts that a customer's unmatched credits have lowered: each the oldest due that is still open.

    >>> spread([Debt(100, date(2026, 2, 1)), Debt(50, date(2026, 1, 1))], [(date(2026, 3, 1), 70)])[0].paid
    ((datetime.date(2026, 3, 1), 20.0),)
    """
    debts = list(debts)
    paid = [list(debt.paid) for debt in debts]
    oldest_first = sorted(range(len(debts)), key=lambda number: debts[number].date_due)
    left = [_exact(debt.amount) - sum(_exact(amount) for _day, amount in debt.paid) for debt in debts]
    for day, amount in sorted(credits):
        rest = _exact(amount)
        for number in oldest_first:
            taken = max(min(rest, left[number]), 0)
            if taken:
                paid[number].append((day, float(taken)))
                left[number] -= taken
                rest -= taken
    return [
        replace(debt, paid=tuple(sorted(parts))) if len(parts) > len(debt.paid) else debt
        for debt, parts in zip(debts, paid, strict=True)
    ]


def settle(amount: float, open_amounts: dict[str, float], order: Iterable[str], rounding: float) -> dict[str, float]:
    """Return what stays open of the parts of a debt when an amount is paid on them in an order.

    >>> debt = {"costs": 5.0, "interest": 0.25, "principal": 100.0}
    >>> settle(60.0, debt, ORDERS["costs"], 0.01)
    {'costs': 0.0, 'interest': 0.0, 'principal': 45.25}
    """
    left, still = _exact(amount), dict(open_amounts)
    for part in order:
        taken = min(left, _exact(still.get(part, 0.0)))
        if taken > 0:
            still[part] = round_half_up(_exact(still[part]) - taken, rounding)
            left -= taken
    return still


def impute(terms, debt, order, rounding, costs=(), settled=(), waived=()):
    """Return a debt whose payments lower the principal by what they leave after costs and interest that have arisen.

    What settles the whole debt in the books ends its interest: what is open then are claims, and bear none.

    :param order: a key of `ORDERS`
    :param costs: ``[(day, amount)]``, by the day on which they arose
    :param settled: ``[(day, amount)]`` of costs and interest that were paid besides
    :param waived: ``[(day, amount)]`` of those that were waived: no money, so only what payments of the debt have spent
        on them goes on to the principal

    >>> terms = Terms((Rate(date(2026, 1, 1), 7.3),))
    >>> debt = Debt(1000.0, date(2026, 1, 31), ((date(2026, 3, 22), 500.0),))  # after 50 days: 10.00
    >>> impute(terms, debt, "costs", 0.01).paid
    ((datetime.date(2026, 3, 22), 490.0),)
    """
    if order == PRINCIPAL:
        return debt
    left, paid, spent = _exact(debt.amount), [], dict.fromkeys((COSTS, INTEREST), Fraction(0))
    lent = Fraction(0)  # what payments of the debt have spent on costs and interest
    for day, kind, amount in _list_payments(debt, settled, waived):
        left -= _exact(amount) if kind == ON_DEBT else 0
        lowered = replace(debt, paid=tuple(paid))
        base = base_of(lowered, day + DAY)
        parts = {
            COSTS: sum((_exact(cost) for arisen, cost in costs if arisen <= day), Fraction(0)) - spent[COSTS],
            INTEREST: _exact(interest(terms, lowered, day, rounding)) - spent[INTEREST],
            PRINCIPAL: min(base, lent) if kind == WAIVED else base,
        }
        still = settle(amount, parts, ORDERS[order], rounding)
        taken = {part: parts[part] - _exact(still[part]) for part in parts}
        spent = {part: spent[part] + taken[part] for part in spent}
        lent = lent + taken[COSTS] + taken[INTEREST] if kind == ON_DEBT else max(lent - taken[PRINCIPAL], Fraction(0))
        principal = base if kind == ON_DEBT and left <= 0 else taken[PRINCIPAL]
        if principal > 0:
            paid.append((day, float(principal)))
    return replace(debt, paid=tuple(paid))


def round_half_up(amount: Fraction, rounding: float) -> float:
    """Return an amount rounded to the smallest unit of its currency, a half away from zero."""
    unit = _exact(rounding)
    units = abs(amount) / unit + Fraction(1, 2)
    return float((1 if amount >= 0 else -1) * (units.numerator // units.denominator) * unit)


def base_of(debt: Debt, day: date) -> Fraction:
    """Return what was open of a debt at the beginning of a day: a payment counts from the day after it."""
    return _exact(debt.amount) - sum(_exact(amount) for paid, amount in debt.paid if paid < day)


def _exact(amount):
    return Fraction(str(amount))  # 0.1 is a tenth here


def _list_payments(debt, settled, waived):
    """Return ``[(day, what it was paid on, amount)]``, in their order."""
    kinds = ((ON_CLAIMS, settled), (WAIVED, waived), (ON_DEBT, debt.paid))
    return sorted((day, kind, amount) for kind, amounts in kinds for day, amount in amounts)


def _list_first_days(terms, debt, start, until):
    """Return the days from which on something is different, and the day after the last one."""
    changes = {paid + DAY for paid, _amount in debt.paid}
    if terms.method == SPLIT:
        changes |= {rate.date_from for rate in terms.rates}
    end = until + DAY
    return sorted({day for day in changes if start < day < end} | {start, end}) if start < end else []


def _find_end(debt, first, until):
    """Return the day on which what is open on a day is paid next; the last day of all when it is not."""
    return min((paid for paid, _amount in debt.paid if first <= paid <= until), default=until)


def _choose_rate(terms, start, first, end):
    return terms.rate_of({SPLIT: first, FIRST_DAY: start, LAST_DAY: end}[terms.method])


def _reckon_days(terms, base, rate, first, last):
    share = base * _exact(rate.percent) / 100
    if rate.is_daily:
        return share * ((last - first).days + 1)
    if terms.basis != "actual":
        return share * ((last - first).days + 1) / int(terms.basis)
    return sum(share * days / in_year for days, in_year in _days_by_year(first, last))


def _days_by_year(first, last):
    """Yield (days, days of the year) of each calendar year."""
    for year in range(first.year, last.year + 1):
        begin, end = date(year, 1, 1), date(year, 12, 31)
        yield (min(last, end) - max(first, begin)).days + 1, (end - begin).days + 1
