"""Deposits: what of an order is to be received first, and what is missing of it.

Amounts of a rule are in the currency of the company; what is asked and what came are in the currency of the order, for
they have to meet there: a deposit that was paid in full is paid, whatever has become of the rate.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .facts import Facts
from .money import is_above, to_units


@dataclass(frozen=True)
class Ordered:
    """What a deposit is asked of: an order as it is, in its own currency, tax included."""

    total: float
    received: float = 0.0
    rate: float = 1.0  # one unit of the company's currency in the order's
    rounding: float = 0.01
    term_id: int = 0
    get_category_ids: Callable[[], Iterable[int]] = frozenset  # of its products, and those above: read when asked for


@dataclass(frozen=True)
class DepositRule:
    """What is asked of which orders; what it does not name makes no difference."""

    rule_id: int = 0
    percent: float = 0.0
    amount: float = 0.0  # instead of a percentage
    amount_most: float = 0.0  # 0: no cap
    step: float = 0.0  # rounded up to a multiple of it, in the currency of the order; 0: to its smallest unit
    amount_from: float = 0.0
    amount_to: float = 0.0  # below this; 0: without end
    rating_ids: frozenset[int] = frozenset()
    category_ids: frozenset[int] = frozenset()
    term_ids: frozenset[int] = frozenset()
    days_overdue: int | None = None
    days_customer: int = 0  # a customer since fewer days; 0: any
    index: float = 0.0  # a payment index below this; 0: any
    words: dict[str, str] | str = ""  # for whom it is, in every language

    @property
    def needs(self) -> frozenset[str]:
        """Return the optional facts that it looks at; what is overdue is always known."""
        asked = {"days_customer": self.days_customer, "payment_index": self.index}
        return frozenset(name for name, value in asked.items() if value)

    def is_for(self, ordered: Ordered, facts: Facts) -> bool:
        """Tell whether the rule asks something of an order of this customer."""
        return (
            self._is_in_band(ordered)
            and (not self.rating_ids or facts.rating_id in self.rating_ids)
            and (not self.term_ids or ordered.term_id in self.term_ids)
            and self._is_history(facts)
            and (not self.category_ids or not self.category_ids.isdisjoint(ordered.get_category_ids()))
        )

    def _is_in_band(self, ordered: Ordered) -> bool:
        units, starts, ends = (
            to_units(amount, ordered.rounding)
            for amount in (ordered.total, self.amount_from * ordered.rate, self.amount_to * ordered.rate)
        )
        return starts <= units and (not self.amount_to or units < ends)

    def _is_history(self, facts: Facts) -> bool:
        """Who has no payment index has not shown to be a good payer; who was never invoiced is new."""
        if self.days_overdue is not None and facts.days_overdue_max <= self.days_overdue:
            return False
        if self.index and facts.payment_index is not None and facts.payment_index >= self.index:
            return False
        return not self.days_customer or facts.days_customer is None or facts.days_customer < self.days_customer

    def get_required(self, ordered: Ordered) -> float:
        """Return what is asked of an order, in its currency: capped, rounded, never more than its total.

        >>> DepositRule(percent=30, step=10).get_required(Ordered(1200.05))
        370.0
        >>> DepositRule(amount=500).get_required(Ordered(400))
        400.0
        """
        asked = self.amount * ordered.rate if self.amount else ordered.total * self.percent / 100
        if self.amount_most:
            asked = min(asked, self.amount_most * ordered.rate)
        asked = round_to(asked, ordered.rounding)
        if self.step:
            asked = round_to(math.ceil(round(asked / self.step, 6)) * self.step, ordered.rounding)
        return max(0.0, min(asked, round_to(ordered.total, ordered.rounding)))


@dataclass(frozen=True)
class Deposit:
    """What is asked of an order and what came, in its currency: received + missing - excess = required."""

    required: float = 0.0
    received: float = 0.0
    rounding: float = 0.01
    percent: float = 0.0  # of the total
    rule: DepositRule | None = None

    @property
    def missing(self) -> float:
        """Return what is still to come."""
        return max(0.0, round_to(self.required - self.received, self.rounding))

    @property
    def excess(self) -> float:
        """Return what came beyond it."""
        return max(0.0, round_to(self.received - self.required, self.rounding))

    def is_missing(self, tolerance: float = 0.0) -> bool:
        """Tell whether more is missing than is forgiven.

        >>> Deposit(360.0, 359.98).is_missing(0.05), Deposit(360.0, 359.94).is_missing(0.05)
        (False, True)
        """
        return is_above(self.missing, max(0.0, tolerance), self.rounding)


def round_to(amount: float, rounding: float) -> float:
    """Return an amount at the rounding of its currency, half away from zero.

    >>> round_to(0.125, 0.01), round_to(1.0005, 0.001), round_to(10.5, 1.0), round_to(-0.125, 0.01)
    (0.13, 1.001, 11.0, -0.13)
    """
    units = amount / rounding
    whole = math.floor(abs(units) + 0.5 + 1e-7)
    digits = max(0, -math.floor(math.log10(rounding) + 1e-9))
    return round(math.copysign(whole * rounding, units), digits) if whole else 0.0


def get_deposit(rules: Iterable[DepositRule], ordered: Ordered, facts: Facts) -> Deposit:
    """Return what is asked of an order by the strictest of the rules that are for it, the first of equals."""
    received = round_to(ordered.received, ordered.rounding)
    asked = [(rule.get_required(ordered), rule) for rule in rules if rule.is_for(ordered, facts)]
    required, rule = max(asked, key=lambda one: one[0], default=(0.0, None))
    if not required:
        return Deposit(received=received, rounding=ordered.rounding)
    percent = 100 * required / ordered.total
    exact = rule.percent if rule and not rule.amount and abs(rule.percent - percent) < 0.05 else percent
    return Deposit(required, received, ordered.rounding, exact, rule)
