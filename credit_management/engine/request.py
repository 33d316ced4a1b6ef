"""What a document asks of the credit check."""

from dataclasses import dataclass, replace

from .deposit import Ordered


@dataclass(frozen=True)
class Request:
    """One document at one checkpoint; amounts in the currency of its company.

    ``amount`` is what the document will weigh after the step, ``amount_counted`` the part of it
    that the facts already contain (a draft invoice, a confirmed order that grew). ``amount_released``
    is what is left of the release ``release_id``, ``amount_over_max`` by how much the limit may be exceeded by
    its authority (None: nobody measured it); ``amount_used`` is what the document takes from it when it goes on,
    whether it needs it or not (of the release of its order), or when it needs it (of its customer's).
    ``percent_discount`` may be worked out when a rule asks for it. ``component`` is where in the exposure the document
    is going to stand, ``amount_component`` what it adds there (None: all that it adds; a confirmed order that grew
    stands there already).
    """

    key: tuple[str, int]
    profile_id: int
    checkpoint: str
    amount: float
    amount_counted: float = 0.0
    amount_document: float = 0.0
    amount_prepaid: float = 0.0
    amount_released: float | None = None
    amount_over_max: float | None = None
    release_id: int = 0
    amount_used: float = 0.0
    is_used_when_needed: bool = False
    days_terms: int | None = None
    terms_id: int = 0
    percent_discount: float = 0.0
    percent_cash_discount: float = 0.0
    exemption: str = ""
    is_collecting: bool = False  # it asks for the deposit itself
    forced_hold: str = ""
    component: str = ""
    amount_component: float | None = None
    ordered: Ordered | None = None  # of what a deposit is asked, where it is not the document itself

    @property
    def growth(self) -> float:
        """Return what the step adds to the document's component."""
        return self.amount - self.amount_counted if self.amount_component is None else self.amount_component

    def grown_to(self, amount: float) -> "Request":
        """Return the request of the same document when it amounts to ``amount``, in company currency."""
        ordered = self.ordered and replace(self.ordered, total=amount * self.ordered.rate)
        weight = self.amount + amount - self.amount_document
        added = self.amount_component and self.amount_component + amount - self.amount_document
        return replace(self, amount=weight, amount_document=amount, amount_component=added, ordered=ordered)
