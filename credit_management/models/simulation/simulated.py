"""What a simulation tells: plain values, of each customer and each document on three sides."""

from dataclasses import dataclass, field

from odoo import models

from ...engine.limits import Limit

TODAY, SAVED, TRIAL = "today", "saved", "trial"
SIDES = (TODAY, SAVED, TRIAL)  # as it is; if the card as saved decided; if the card as tried out did


@dataclass(frozen=True)
class Methods:
    """What proposes limits in place of bases and settings."""

    basis: models.BaseModel  # a `credit.limit.basis` in memory
    percent_cap: float  # of our own sales
    amount_step: float


@dataclass(frozen=True)
class Side:
    """A customer on one side: what it would be rated, and what it might owe."""

    rating_id: int | None
    limit: Limit  # the own one, as the policy tests it
    effective: Limit  # the lower of the own one and the credit group's
    proposed: float | None
    score: float | None = None
    is_covered: bool = False  # of today nothing is scored

    def get_over(self, exposure):
        """Return by how much an exposure is above the limit."""
        return max(exposure - self.effective.amount, 0.0) if self.effective.is_amount else 0.0


@dataclass(frozen=True)
class Customer:
    """A customer on the three sides."""

    profile: models.BaseModel
    exposure: float
    sides: dict[str, Side]


@dataclass(frozen=True)
class Asked:
    """A document with the decision of each side."""

    document: models.BaseModel
    profile_id: int
    decisions: dict


@dataclass(frozen=True)
class Simulation:
    """What was found of the customers of a card."""

    customers: list[Customer]
    documents: list[Asked] = field(default_factory=list)
    left_out: int = 0  # quotations that nobody has looked at
