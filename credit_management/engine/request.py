"""What a document asks of the credit check."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Request:
    """One document at one checkpoint; amounts in the currency of its company.

    ``amount`` is what the document will weigh after the step, ``amount_counted`` the part of it
    that the facts already contain (a draft invoice, a confirmed order that grew). ``amount_released``
    is what is left of the release ``release_id``; ``amount_used`` is what the document takes from it
    when it goes on, whether it needs it or not. ``percent_discount`` may be worked out when a rule asks for it.
    """

    key: tuple[str, int]
    profile_id: int
    checkpoint: str
    amount: float
    amount_counted: float = 0.0
    amount_document: float = 0.0
    amount_prepaid: float = 0.0
    amount_released: float | None = None
    release_id: int = 0
    amount_used: float = 0.0
    days_terms: int | None = None
    percent_discount: float = 0.0
    percent_cash_discount: float = 0.0
    exemption: str = ""
    is_collecting: bool = False  # it asks for the deposit itself
    forced_hold: str = ""

    def grown_to(self, amount: float) -> "Request":
        """Return the request of the same document when it amounts to ``amount``, in company currency."""
        return replace(self, amount=self.amount + amount - self.amount_document, amount_document=amount)
