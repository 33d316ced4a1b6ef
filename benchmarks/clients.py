"""One client of a server: `python -m benchmarks.clients URL DATABASE SECONDS NUMBER FIRST CUSTOMERS`.

It creates and confirms orders until the time is over, and prints what it saw as JSON.

Talks as an outside program does (`environment/rpc.py`); needs no Odoo of its own.
"""

import json
import random
import sys
import time
import xmlrpc.client

from environment.rpc import Session

LOGIN = "admin"


def main():
    """Work for some seconds; print ``{"confirmed", "held", "errors", "milliseconds"}``."""
    url, database, *numbers = sys.argv[1:]
    seconds, number, first, customers = map(int, numbers)
    session, chance = Session(url, database, LOGIN), random.Random(number)
    names = [f"BENCH-{first + index}" for index in range(customers)]
    partners = [row["id"] for row in session.search("res.partner", [("ref", "in", names)], "id")]
    [product] = session.search("product.product", [("name", "=", "Product 2")], "id", limit=1)
    _confirm(session, partners[number % len(partners)], product["id"])  # whatever a process does only once
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(_work(session, partners, product["id"], chance, time.monotonic() + seconds)))


def _work(session, partners, product, chance, end):
    """Create and confirm orders until the end; an error counts and does not stop the client."""
    seen = {"confirmed": 0, "held": 0, "errors": [], "milliseconds": []}
    while time.monotonic() < end:
        try:
            milliseconds, result = _confirm(session, chance.choice(partners), product)
        except xmlrpc.client.Fault as fault:
            seen["errors"].append(fault.faultString.strip().splitlines()[-1])
            continue
        seen["confirmed" if result is True else "held"] += 1
        seen["milliseconds"].append(milliseconds)
    return seen


def _confirm(session, partner, product):
    """Create an order and confirm it; return the milliseconds of the confirmation and what it answered."""
    line = (0, 0, {"product_id": product, "product_uom_qty": 1, "price_unit": 1.0})
    order = session.create("sale.order", {"partner_id": partner, "order_line": [line]})
    started = time.perf_counter()
    result = session.call("sale.order", "action_confirm", [order])
    return 1000 * (time.perf_counter() - started), result


if __name__ == "__main__":
    main()
