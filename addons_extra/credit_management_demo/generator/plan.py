"""What happened in 18 months, worked out before anything is written.

Pure Python: no database, no clock. Days are counted back from today, so the same plan
holds whenever the add-on is installed, and each customer has random numbers of its own:
changing one customer leaves the others as they are.
"""

import random
from dataclasses import dataclass

from .catalogue import INSTALMENTS, PRODUCTS

SEED = "harbour"
MONTH = 30


@dataclass(frozen=True)
class PlannedPayment:
    """A payment of one instalment; `share` is of what is then left of it."""

    days_ago: int
    instalment: int
    share: float = 1.0


@dataclass(frozen=True)
class PlannedInvoice:
    """An invoice over some quantities of an order's lines."""

    days_ago: int
    quantities: tuple[int, ...]
    payments: tuple[PlannedPayment, ...] = ()
    credit_note: float = 0.0
    """Share of the first line's value that was credited a few days later."""
    draft: bool = False


@dataclass(frozen=True)
class PlannedOrder:
    """A confirmed order, what was delivered of it and its invoices."""

    customer: str
    days_ago: int
    lines: tuple[tuple[str, int], ...]
    delivered: tuple[int, ...]
    invoices: tuple[PlannedInvoice, ...] = ()
    pays_by: str = "transfer"
    promised_in: int | None = None
    """Days until the promised delivery, where one was promised."""


def plan_history(customers, personas, scripted=()):
    """All orders of all customers, oldest first.

    :param customers: {reference: Customer}
    :param scripted: PlannedOrders written by hand, put in their places
    :return: list of PlannedOrder
    """
    orders = list(scripted)
    for ref, customer in customers.items():
        rng = random.Random(f"{SEED}/{ref}")
        orders += _plan_customer(rng, ref, customer, personas[customer.persona])
    return sorted(orders, key=lambda order: (-order.days_ago, order.customer))


def _plan_customer(rng, ref, customer, persona):
    terms = customer.terms or persona.terms
    return [
        _plan_order(rng, ref, persona, terms, days_ago, customer.size)
        for days_ago in _order_days(rng, persona)
    ]


def _order_days(rng, persona):
    """Days of the orders; the gap follows the season of the month it falls in."""
    days, day = [], float(persona.first_order)
    while day >= persona.last_order:
        days.append(int(day))
        weight = persona.season[int(day) // MONTH % 12]
        gap = MONTH / (persona.orders_per_month * weight)
        day -= max(1.0, gap * rng.uniform(0.6, 1.4))
    return days


def _plan_order(rng, ref, persona, terms, days_ago, size):
    lines = _plan_lines(rng, _amount(rng, persona, days_ago) * size)
    batches = _plan_deliveries(rng, lines, days_ago)
    delivered = tuple(sum(batch[1][i] for batch in batches) for i in range(len(lines)))
    invoices = tuple(
        _plan_invoice(rng, persona, terms, day, quantities)
        for day, quantities in _plan_billing(rng, lines, batches, days_ago)
        if day >= 0 and any(quantities)
    )
    return PlannedOrder(ref, days_ago, lines, delivered, invoices, persona.pays_by)


def _amount(rng, persona, days_ago):
    """Usual size, grown in a straight line from the first order to today."""
    elapsed = 1 - days_ago / persona.first_order
    return persona.order_amount * (1 + (persona.growth - 1) * elapsed) * rng.uniform(0.6, 1.4)


def _plan_lines(rng, amount):
    """One or two articles that come near the amount together."""
    goods = [sku for sku, product in PRODUCTS.items() if product.price <= max(amount, 100)]
    chosen = rng.sample(sorted(goods), min(len(goods), rng.choice((1, 1, 2, 2))))
    share = amount / len(chosen)
    return tuple((sku, max(1, round(share / PRODUCTS[sku].price))) for sku in chosen)


def _plan_deliveries(rng, lines, days_ago):
    """Deliveries that have happened, as (days ago, quantities): one, sometimes two."""
    first = days_ago - rng.randint(2, 10)
    in_two = rng.random() < 0.15 and max(quantity for _sku, quantity in lines) > 1
    second = first - rng.randint(7, 21)
    if not in_two:
        batches = [(first, tuple(quantity for _sku, quantity in lines))]
    else:
        half = tuple((quantity + 1) // 2 for _sku, quantity in lines)
        rest = tuple(quantity - part for (_sku, quantity), part in zip(lines, half, strict=True))
        batches = [(first, half), (second, rest)]
    return [batch for batch in batches if batch[0] >= 0]


def _plan_billing(rng, lines, batches, days_ago):
    """Invoices as (days ago, quantities), by the policy of each article.

    What is invoiced when ordered goes on the first invoice, in full.
    """
    on_order = [PRODUCTS[sku].policy == "order" for sku, _quantity in lines]
    prepaid = tuple(q if early else 0 for (_s, q), early in zip(lines, on_order, strict=True))
    billing = []
    for day, quantities in batches:
        shipped = tuple(0 if early else q for q, early in zip(quantities, on_order, strict=True))
        billing.append((day - rng.randint(0, 4), tuple(map(sum, zip(shipped, prepaid, strict=True)))))
        prepaid = (0,) * len(lines)
    if not billing:
        billing.append((days_ago - rng.randint(1, 3), prepaid))
    return billing


def _plan_invoice(rng, persona, terms, days_ago, quantities):
    draft = days_ago <= 3 and rng.random() < 0.4
    credit_note = 0.25 if rng.random() < persona.credit_notes and days_ago > 12 else 0.0
    payments = () if draft else _plan_payments(rng, persona, terms, days_ago)
    return PlannedInvoice(days_ago, quantities, payments, credit_note, draft)


def _plan_payments(rng, persona, terms, invoiced):
    """The payments that have come in so far for an invoice of that day."""
    payments = []
    for instalment, (_share, days) in enumerate(INSTALMENTS[terms]):
        paid = invoiced - days - _lateness(rng, persona, invoiced)
        paid = min(paid, invoiced)  # nobody pays before the invoice exists
        if rng.random() < persona.part_payments:
            payments.append(PlannedPayment(paid, instalment, 0.5))
            paid -= rng.randint(10, 35)
        payments.append(PlannedPayment(paid, instalment))
    return tuple(payment for payment in payments if payment.days_ago >= max(persona.stopped_paying, 1))


def _lateness(rng, persona, days_ago):
    elapsed = 1 - days_ago / persona.first_order
    usual = persona.days_late + persona.days_late_drift * elapsed
    longer = rng.randint(30, 150) if rng.random() < persona.stragglers else 0
    return round(rng.gauss(usual, persona.days_late_spread)) + longer
