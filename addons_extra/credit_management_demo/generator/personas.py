"""The kinds of customers: how often they order, how much, and how they pay.

Every later screen should find its example here: the prompt and the slow, the one who
grows too fast, the one who has stopped paying. All days are relative to today.
"""

from dataclasses import dataclass

EVEN = (1.0,) * 12


@dataclass(frozen=True)
class Persona:
    """One kind of customer."""

    tag: str
    """Shown as the customer's tag."""
    orders_per_month: float = 1.0
    order_amount: float = 3000.0
    """Usual size of an order in euro, without tax."""
    terms: str = "30_days"
    days_late: int = 0
    """Usual lateness of a payment; negative is early."""
    days_late_spread: int = 4
    days_late_drift: int = 0
    """Days that the lateness has grown since the history began."""
    growth: float = 1.0
    """Size of today's orders compared with those at the beginning."""
    season: tuple[float, ...] = EVEN
    """Weight of each month, this month first and then backwards."""
    stragglers: float = 0.03
    """Share of instalments that lie about for one to five months longer."""
    part_payments: float = 0.03
    """Share of instalments that are paid in two parts."""
    credit_notes: float = 0.04
    """Share of invoices that are followed by a credit note."""
    first_order: int = 540
    last_order: int = 1
    stopped_paying: int = 0
    """Nothing has been paid in these last days."""
    pays_by: str = "transfer"
    """Key of the way of paying; see company.py."""


PERSONAS = {
    "prompt": Persona("Prompt payer", 0.9, 2600, days_late=-2, days_late_spread=3, stragglers=0.0),
    "steady": Persona("Steady payer", 0.9, 3200, days_late=5, days_late_spread=6, stragglers=0.06),
    "slow": Persona(
        "Slow payer", 0.85, 2800, days_late=36, days_late_spread=18, stragglers=0.2, part_payments=0.2,
    ),
    "growing": Persona(
        "Growing too fast", 1.2, 1800, days_late=4, days_late_spread=6,
        days_late_drift=14, growth=5.0, first_order=400,
    ),
    "seasonal": Persona(
        "Seasonal", 1.0, 2400, "60_days", days_late=6, days_late_spread=8,
        season=(0.2, 1.0, 2.4, 3.0, 2.2, 1.0, 0.4, 0.2, 0.2, 0.3, 0.5, 0.6),
    ),
    "disputed": Persona(
        "Disputes invoices", 0.8, 3400, days_late=12, days_late_spread=10,
        stragglers=0.25, part_payments=0.25, credit_notes=0.2,
    ),
    "insured": Persona("Insured", 0.8, 6500, "60_days", days_late=3, days_late_spread=5),
    "cash": Persona(
        "Cash only", 1.0, 450, "immediate", days_late=0, days_late_spread=0,
        stragglers=0.0, part_payments=0.0, credit_notes=0.0, last_order=6,
    ),
    "group": Persona("Group member", 0.9, 3000, "30_days", days_late=8, days_late_spread=6),
    "foreign": Persona("Foreign currency", 0.75, 4800, "60_days", days_late=4, days_late_spread=8),
    "chinese": Persona("Foreign currency", 0.75, 4200, "60_days", days_late=9, days_late_spread=9),
    "new": Persona("New customer", 1.6, 1500, "15_days", days_late=1, first_order=45, last_order=9),
    "stopped": Persona(
        "Stopped", 0.9, 2600, days_late=25, days_late_spread=15, days_late_drift=30,
        part_payments=0.3, last_order=130, stopped_paying=120,
    ),
    "public": Persona(
        "Public body", 0.8, 5200, days_late=24, days_late_spread=6, stragglers=0.1, part_payments=0.0,
    ),
    "instalments": Persona(
        "Pays in installments", 0.7, 5600, "half_30_60", days_late=3, days_late_spread=5,
    ),
    "key": Persona(
        "Key account", 1.2, 6600, "60_days", days_late=9, days_late_spread=4, growth=1.6, stragglers=0.0,
        part_payments=0.0, credit_notes=0.0,
    ),
    "declining": Persona(
        "Declining", 1.0, 3000, days_late=2, days_late_spread=5, days_late_drift=38, growth=0.35,
        part_payments=0.15, pays_by="bill",
    ),
    "story": Persona(
        "Prompt payer", 0.5, 2000, days_late=-1, days_late_spread=3, stragglers=0.0, credit_notes=0.0,
        last_order=75,
    ),
}
"""`story` customers are paid up: the documents they still owe are written in story.py."""
