"""What a credit limit is: not set up, unlimited, or an amount (0 = cash only).

How the limit that applies today follows from the own limit, the rating, temporary limits and the
credit group is said once, in SQL, by ``credit.limit.source``: lists search and sort by it.
"""

from dataclasses import dataclass

NOT_SET = "none"
UNLIMITED = "unlimited"
AMOUNT = "amount"


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
