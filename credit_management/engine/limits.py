"""What a credit limit is: not set up, unlimited, or an amount (0 = cash only).

How the limit that applies today follows from the own limit, the rating, temporary limits and the
credit group is said once, in SQL, by ``credit.limit.source``: lists search and sort by it.
"""

from dataclasses import dataclass

NOT_SET = "none"
UNLIMITED = "unlimited"
AMOUNT = "amount"
# what a cap of a single document, and of the limit itself, is for; else the name of a component of the exposure
SINGLE, WHOLE = "document", "limit"


@dataclass(frozen=True)
class Limit:
    """A credit limit; ``amount`` counts only when ``kind`` is ``'amount'``."""

    kind: str = NOT_SET
    amount: float = 0.0

    @property
    def is_amount(self) -> bool:
        """Tell whether there is a figure to test against."""
        return self.kind == AMOUNT

    @property
    def is_unlimited(self) -> bool:
        """Tell whether somebody has said that there is no figure."""
        return self.kind == UNLIMITED


@dataclass(frozen=True)
class Cap:
    """A customer's own cap: an amount for a single document, or the share of the limit that one component may be."""

    subject: str
    amount: float | None = None
    percent: float | None = None

    def get_most(self, limit: Limit) -> float | None:
        """Return what the cap allows at most; ``None`` for a share of a limit that is no amount.

        >>> Cap("orders", percent=40).get_most(Limit("amount", 50_000))
        20000.0
        """
        if self.percent is None:
            return self.amount
        return limit.amount * self.percent / 100 if limit.is_amount else None
