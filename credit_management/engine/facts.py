"""The facts a decision stands on: what is known of one customer in one company on one day.

All amounts are in the currency of that company unless the name says otherwise.
"""

from dataclasses import dataclass, field
from datetime import date

from .limits import Cap, Limit


@dataclass(frozen=True)
class OverdueItem:
    """What is overdue since one day, after the customer's unallocated credits were netted."""

    days: int
    amount: float


@dataclass(frozen=True)
class BrokenPromise:
    """A promise to pay whose day has passed: how many days ago, and what is missing of it."""

    days: int
    amount: float


@dataclass(frozen=True)
class Terms:
    """Payment terms: days until the last installment is due, and the discount for paying early in percent."""

    days: int = 0
    percent_discount: float = 0.0


@dataclass(frozen=True)
class GroupFacts:
    """The credit group of a customer; amounts are in the currency of the group."""

    group_id: int
    name: str
    limit: Limit
    exposure: float
    rate: float  # one unit of the company's currency in the group's currency
    rounding: float
    currency_id: int


@dataclass(frozen=True)
class Facts:
    """Everything the criteria may ask about a customer; read once, however many rules ask."""

    profile_id: int
    as_of: date
    currency_id: int
    rounding: float
    limit: Limit = field(default_factory=Limit)
    exposure: float = 0.0
    components: dict[str, float] = field(default_factory=dict)
    caps: tuple[Cap, ...] = ()  # the customer's own
    overdue: tuple[OverdueItem, ...] = ()
    group: GroupFacts | None = None
    rating_id: int = 0
    account_status: str = "normal"
    is_excluded: bool = False
    date_ignore_until: date | None = None
    date_review_next: date | None = None
    date_limit_expiry: date | None = None
    date_cover_expiry: date | None = None  # last day of all covers that have begun; None without any
    dunning_level: int = 0
    promises_broken: tuple[BrokenPromise, ...] = ()
    terms: Terms | None = None  # agreed with the customer; None unless a rule asks
    days_oldest_item: int = 0
    days_since_payment: int | None = None
    payment_index: float | None = None
    days_customer: int | None = None  # since the first invoice; None without one, and unless a rule asks
    matched_rule_ids: frozenset[int] = frozenset()

    def amount_overdue(self, days_grace: int = 0) -> float:
        """Return the net amount that is overdue for more than ``days_grace`` days."""
        return sum(item.amount for item in self.overdue if item.days > days_grace)

    @property
    def days_overdue_max(self) -> int:
        """Return the lateness of the oldest net overdue item, in days; 0 when nothing is late."""
        return max((item.days for item in self.overdue), default=0)
