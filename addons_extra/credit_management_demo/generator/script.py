"""What is written by hand: the documents that the README tells a story about.

Amounts at home include 23 % VAT: a shelving bay is 500.00 and costs the customer 615.00.
"""

from dataclasses import dataclass

from .plan import PlannedInvoice, PlannedOrder


@dataclass(frozen=True)
class Quotation:
    """An open quotation, and what the README says of it."""

    customer: str
    lines: tuple[tuple[str, int], ...]
    reference: str
    """The customer's reference, by which a reader finds the quotation in the list."""
    seller: str = "sales"
    is_sent: bool = False
    is_held: bool = False
    """Somebody has tried to confirm it already: the list of holds is not empty at the start."""
    is_of_branch: bool = False
    """It belongs to the branch in Galway."""


def _open_invoice(customer, bays, invoiced):
    """An order of shelving, delivered and invoiced that many days ago, not paid."""
    invoice = PlannedInvoice(invoiced, (bays,))
    return PlannedOrder(customer, invoiced + 5, (("shelving", bays),), (bays,), (invoice,))


ORDERS = (
    _open_invoice("bantry", 10, 15),
    _open_invoice("youghal", 8, 10),
    _open_invoice("kinsale", 8, 65),
    _open_invoice("dingle", 8, 12),
    _open_invoice("lismore", 10, 20),
    _open_invoice("lough_ree", 12, 18),
    _open_invoice("lough_derg", 8, 11),
    _open_invoice("achill", 4, 430),
    _open_invoice("burren", 6, 75),
    # The customers say that something is wrong with these.
    _open_invoice("castlebar", 6, 75),
    _open_invoice("quayside", 9, 100),
    # Delivered, and nobody has written the invoice.
    PlannedOrder("nore", 16, (("pallet_truck", 3),), (3,)),
    PlannedOrder("castlebar", 22, (("cold_box", 12), ("assembly", 1)), (12, 1)),
    # A notice asks for it, and brings the money: see `dunning.py`.
    PlannedOrder("tramore", 89, (("heater", 4),), (4,), (PlannedInvoice(84, (4,)),)),
    # Ordered for the next season: beyond any horizon of some weeks.
    PlannedOrder("wicklow", 9, (("garden_set", 6),), (0,), promised_in=80),
    PlannedOrder("tramore", 12, (("heater", 8),), (0,), promised_in=120),
)
"""Orders beside those of the plan."""

QUOTATIONS = {
    "over_limit": Quotation("bantry", (("shelving", 10),), "BANTRY-07"),
    "branch": Quotation("bantry", (("shelving", 8),), "BANTRY-GALWAY", "galway", is_of_branch=True),
    "within_limit": Quotation("youghal", (("shelving", 10),), "YOUGHAL-12"),
    "until_paid": Quotation("kinsale", (("shelving", 10),), "KINSALE-03"),
    "batch_1": Quotation("dingle", (("shelving", 4),), "DINGLE-A"),
    "batch_2": Quotation("dingle", (("shelving", 4),), "DINGLE-B"),
    "batch_3": Quotation("dingle", (("shelving", 4),), "DINGLE-C"),
    "portal": Quotation("lismore", (("shelving", 10),), "LISMORE-05", "sales2", is_sent=True),
    "cash": Quotation("piernine", (("gloves", 4),), "PIER-31"),
    "group": Quotation("celtic_online", (("boots", 10),), "CRO-118", "sales2", is_held=True),
    "stopped": Quotation("galtee", (("heater", 4),), "GALTEE-2", is_held=True),
    "assessed": Quotation("valentia", (("shelving", 20),), "VALENTIA-14", is_held=True),
    "dollars": Quotation("lonestar", (("forklift_battery", 6),), "LS-4471", is_held=True),
    "renminbi": Quotation("yuanyang", (("cable", 8),), "YY-2209", "sales2"),
    "shortened": Quotation("lanwan", (("cable", 4),), "LW-0330", "sales2"),
    "unlimited": Quotation("munster", (("coffee_machine", 4),), "MRH-77"),
    "dunned": Quotation("atlantic", (("gloves", 4),), "ATLANTIC-15"),
    "promised": Quotation("greenway", (("gloves", 4),), "GREENWAY-20"),
    "uncovered": Quotation("maas", (("gloves", 4),), "MAAS-90", "sales2"),
    "at_limit": Quotation("lough_derg", (("gloves", 1),), "LOUGH-1"),
    "prepaid": Quotation("rosslare", (("gloves", 4),), "ROSSLARE-8", "sales2"),
    "old_debt": Quotation("achill", (("gloves", 4),), "ACHILL-6", "sales2"),
    "bounced": Quotation("burren", (("gloves", 4),), "BURREN-3"),
    "credit_balance": Quotation("lagan", (("shelving", 10),), "LAGAN-2", "sales2"),
    "deposit": Quotation("saltmill", (("shelving", 2),), "SALTMILL-1", is_sent=True),
    "no_limit": Quotation("clonmel", (("drill", 20),), "CLONMEL-9", "sales2"),
}


@dataclass(frozen=True)
class DownPayment:
    """An order of which a share was invoiced before delivery."""

    customer: str
    lines: tuple[tuple[str, int], ...]
    percent: float
    days_ago: int
    """Day of the down-payment invoice; the order is two days older."""
    is_paid: bool
    final_days_ago: int | None = None
    """Day of the final invoice; None while the goods are not delivered."""


DOWN_PAYMENTS = {
    "to_deliver": DownPayment("skellig", (("coffee_machine", 2), ("assembly", 2)), 30, 26, True),
    "unpaid": DownPayment("wicklow", (("garden_set", 8),), 50, 14, False),
    "finished": DownPayment("kilbride", (("forklift_battery", 4),), 20, 60, True, 18),
}

UNALLOCATED = {
    "atlantic": (1500.0, 20),
    "corrib": (1000.0, 9),
    "ballymore": (800.0, 4),
    "rheinbau": (1200.0, 12),
    "hudson": (2000.0, 30),
    "rosslare": (442.80, 2),
    "lagan": (1230.0, 6),
}
"""Payments that nobody has matched with an invoice: customer: (amount, days ago)."""

BOUNCED = {"burren": 40}
"""Payments of the only invoice that came so many days ago, and that the bank sent back."""

CREDIT_NOTES = {
    "castlebar": (0.25, 15, True),
    "rathmore": (0.10, 8, True),
    "quayside": (0.30, 2, False),
}
"""Credit notes that are not matched: customer: (share of the last invoice's first line, days ago, posted)."""

DRAFT_INVOICES = {
    "liffey": ("Storage of pallets, last month", 480.0),
    "boyne": ("Hire of cold boxes", 350.0),
}
"""Draft invoices without an order: customer: (text, amount without tax)."""
