"""What the company sells and on which terms: tables only, written by masterdata.py."""

from dataclasses import dataclass

from .company import CURRENCIES


@dataclass(frozen=True)
class Product:
    """One article. `policy` says whether it is invoiced when ordered or when delivered."""

    name: str
    price: float
    policy: str = "delivery"
    kind: str = "consu"


PRODUCTS = {
    "shelving": Product("Warehouse shelving bay", 500.0),
    "forklift_battery": Product("Forklift battery 48 V", 2000.0),
    "pallet_truck": Product("Hand pallet truck", 400.0),
    "cold_box": Product("Insulated transport box", 125.0),
    "film": Product("Stretch film, pallet of 120", 800.0),
    "cable": Product("Steel cable 12 mm, 100 m reel", 250.0),
    "floodlight": Product("LED floodlight 50 W", 50.0),
    "drill": Product("Cordless drill 18 V", 160.0, "order"),
    "boots": Product("Safety boots, box of 10", 640.0),
    "gloves": Product("Work gloves, box of 100", 90.0, "order"),
    "garden_set": Product("Garden furniture set", 700.0),
    "heater": Product("Terrace heater", 320.0),
    "coffee_machine": Product("Coffee machine, two groups", 3200.0, "order"),
    "freight": Product("Freight and handling", 100.0, "order", "service"),
    "assembly": Product("Assembly on site, day", 600.0, "delivery", "service"),
}

INSTALMENTS = {
    "immediate": ((1.0, 0),),
    "15_days": ((1.0, 15),),
    "30_days": ((1.0, 30),),
    "60_days": ((1.0, 60),),
    "half_30_60": ((0.5, 30), (0.5, 60)),
}
"""Payment terms as (share, days after the invoice date)."""


def list_price(sku, currency="EUR"):
    """Price in the customer's currency, at a rate fixed for the whole price list."""
    return round(PRODUCTS[sku].price * CURRENCIES.get(currency, 1.0), 2)
