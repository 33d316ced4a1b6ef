"""Terms of payment (账期): how long they really run, what a policy allows of them, what is proposed instead.

Terms are compared by the due dates that they produce, on the least favorable day, never by a number of days on a line.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)
DAYS_MOVED = 31  # no holiday lasts longer; a calendar without any working day moves nothing


@dataclass(frozen=True)
class Run:
    """How long terms run at most, in days from the document: to the last due date, and weighted by amount."""

    last: int = 0
    weighted: float = 0.0


@dataclass(frozen=True)
class Offer:
    """Terms that can be chosen: how long they run, their cash discount in percent, and in how many installments."""

    terms_id: int
    days: int = 0
    percent_discount: float = 0.0
    installments: int = 1


@dataclass(frozen=True)
class TermsRule:
    """What is allowed of terms for some ratings, between two days; what is proposed where others are longer."""

    rule_id: int
    days_max: int
    percent_discount_max: float | None = None
    rating_ids: frozenset[int] = frozenset()
    date_from: date | None = None
    date_to: date | None = None
    proposed_id: int = 0

    def is_for(self, rating_id: int, day: date) -> bool:
        """Tell whether the rule applies to a customer of a rating on a day; without ratings it is for everyone.

        >>> TermsRule(1, 30, date_to=date(2026, 12, 31)).is_for(7, date(2026, 12, 31))
        True
        """
        is_rated = not self.rating_ids or rating_id in self.rating_ids
        return is_rated and (self.date_from or day) <= day <= (self.date_to or day)


@dataclass(frozen=True)
class Ceiling:
    """The longest terms that a law allows; its name in every language."""

    name: str | dict[str, str]
    days: int


def measure(parts: Iterable[tuple[float, Sequence[int]]]) -> Run:
    """Return how long terms run on the least favorable day.

    :param parts: of each installment its share of the amount, and its days for each day of a document, in one order

    >>> measure([(0.5, [10, 12]), (0.5, [30, 31])])
    Run(last=31, weighted=21.5)
    """
    parts = list(parts)
    by_day = list(zip(*(days for _share, days in parts), strict=True))
    shares = [share for share, _days in parts]
    weighted = (sum(share * count for share, count in zip(shares, day, strict=True)) for day in by_day)
    return Run(max(map(max, by_day), default=0), max(weighted, default=0.0))


def share_out(lines: Sequence[float | None]) -> list[float]:
    """Return the share of each installment: percent lines have theirs, the last one takes the rest.

    A fixed amount (None) has no share of its own: of a large document it is next to nothing.

    >>> share_out([30.0, None, 70.0])
    [0.3, 0.0, 0.7]
    """
    first = [(percent or 0.0) / 100 for percent in lines[:-1]]
    return [*first, 1.0 - sum(first)] if lines else []


def strictest(values: Iterable[float | None]) -> float | None:
    """Return the lowest of the bounds that there are; None where there is none.

    >>> strictest([None, 60, 30]), strictest([None])
    (30, None)
    """
    return min((value for value in values if value is not None), default=None)


def bound(policy, rating_id: int, day: date, ceiling: Ceiling | None = None):
    """Return a policy as it applies to a customer of a rating on a day: of all its rules on terms the strictest."""
    rules = [rule for rule in policy.terms_rules if rule.is_for(rating_id, day)]
    if not rules and ceiling is None:
        return policy
    first = min(rules, key=lambda rule: rule.days_max, default=None)
    discounts = [rule.percent_discount_max for rule in rules]
    return replace(
        policy,
        days_terms_max=strictest([policy.days_terms_max, *(rule.days_max for rule in rules)]),
        percent_cash_discount_max=strictest([policy.percent_cash_discount_max, *discounts]),
        terms_rule_id=first.rule_id if first else 0,
        terms_proposed_id=first.proposed_id if first else 0,
        terms_ceiling=ceiling,
    )


def is_allowed(policy, offer: Offer) -> bool:
    """Tell whether a policy, as it applies to a customer, allows terms."""
    longest = strictest([policy.days_terms_max, policy.terms_ceiling and policy.terms_ceiling.days])
    discount = policy.percent_cash_discount_max
    return (
        offer.terms_id not in policy.terms_blocked_ids
        and (longest is None or offer.days <= longest)
        and (discount is None or offer.percent_discount <= discount)
    )


def propose(policy, own: Offer | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the terms to propose to a customer; its own where they are allowed.

    Where they are not: those that the rule names, else the longest allowed ones in one installment, the first of
    equals. None where nothing fits; whoever confirms is told why.

    :param own: the terms agreed with the customer; None without any: it gets what the rule names, or pays at once
    """
    if own and is_allowed(policy, own):
        return own
    fitting = [offer for offer in offers if is_allowed(policy, offer)]
    named = next((offer for offer in fitting if offer.terms_id == policy.terms_proposed_id), None)
    if named or not own:
        return named
    plain = [offer for offer in fitting if offer.installments == 1 and not offer.percent_discount]
    return max(plain, key=lambda offer: offer.days, default=None)


def next_statement_day(day: date, number: int) -> date:
    """Return the first statement day on or after a day: the number of a day of the month, its last one at most.

    >>> next_statement_day(date(2026, 2, 10), 31), next_statement_day(date(2026, 2, 26), 25)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 25))
    """
    found = day.replace(day=min(number, monthrange(day.year, day.month)[1]))
    return found if found >= day else next_statement_day((day.replace(day=1) + 31 * DAY).replace(day=1), number)


def move_to_working(day: date, is_working: Callable[[date], bool], step: int) -> date:
    """Return the next working day (step 1) or the one before (step -1); the day itself where it is one.

    >>> weekdays = lambda day: day.weekday() < 5
    >>> move_to_working(date(2026, 8, 15), weekdays, 1), move_to_working(date(2026, 8, 15), weekdays, -1)
    (datetime.date(2026, 8, 17), datetime.date(2026, 8, 14))
    """
    moved = (day + step * number * DAY for number in range(DAYS_MOVED + 1))
    return next((candidate for candidate in moved if is_working(candidate)), day)


def take_off(amounts: Sequence[float], in_advance: Sequence[bool], received: float) -> list[float]:
    """Return what is left of installments when something was invoiced before: first of those in advance, then in order.

    >>> take_off([7000, 3000], [True, False], 7000), take_off([3000, 7000], [False, True], 8000)
    ([0, 3000], [2000, 0])
    """
    left, rest = list(amounts), received
    for number in sorted(range(len(left)), key=lambda number: (not in_advance[number], number)):
        taken = max(min(left[number], rest), 0)
        left[number] -= taken
        rest -= taken
    return left
