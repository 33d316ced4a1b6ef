"""The server is killed in the middle of its work: nothing is left half-way, no hold is lost."""

import contextlib
import os
import signal
import threading
import time

import pytest

from environment import odoo

BATCH = 60


@pytest.fixture
def many_orders(new_server):
    """Return a server and the quotations of one customer with room for all of them."""
    server = new_server()
    admin = server.login("admin")
    partner = admin.create("res.partner", {"name": "Fault Ltd", "is_company": True})
    product = admin.search("product.product", [("sale_ok", "=", True)], "id", limit=1)[0]["id"]
    line = {"product_id": product, "product_uom_qty": 1, "price_unit": 10, "tax_ids": [(5, 0, 0)]}
    values = {"partner_id": partner, "order_line": [(0, 0, line)]}
    orders = admin.call("sale.order", "create", [dict(values) for _ in range(BATCH)])
    return server, orders


def kill_during(server, work, delay):
    """Kill the server `delay` seconds after the start of `work`, and wait for both."""
    def attempt():
        with contextlib.suppress(Exception):
            work()

    thread = threading.Thread(target=attempt)
    thread.start()
    time.sleep(delay)
    os.killpg(server.process.pid, signal.SIGKILL)
    thread.join(30)


def count(server, states, orders):
    """Return how many of the orders are in one of the states."""
    ids = ", ".join(map(str, orders))
    names = ", ".join(f"'{state}'" for state in states)
    rows = server.query(f"SELECT count(*) FROM sale_order WHERE id IN ({ids}) AND state IN ({names})")
    return int(rows)


@pytest.mark.parametrize("delay", [0.05, 0.4, 1.2])
def test_a_batch_confirmation_that_is_killed_confirms_all_orders_or_none(many_orders, delay):
    server, orders = many_orders
    session = server.login("admin")
    kill_during(server, lambda: session.call("sale.order", "action_confirm", orders), delay)
    confirmed = count(server, ["sale"], orders)
    assert confirmed in (0, BATCH)
    decided = server.query(
        "SELECT count(DISTINCT res_id) FROM credit_decision WHERE res_model = 'sale.order' "
        f"AND res_id IN ({', '.join(map(str, orders))})"
    )
    assert int(decided) in (0, confirmed)


def test_a_server_that_comes_back_can_finish_the_work(many_orders):
    server, orders = many_orders
    session = server.login("admin")
    kill_during(server, lambda: session.call("sale.order", "action_confirm", orders), 0.2)
    if count(server, ["sale"], orders):
        pytest.skip("The batch was faster than the kill")
    with odoo.serving(server.workplace, server.database, log_name="after-the-kill") as running:
        again = type(server)(running, server.workplace).login("admin")
        again.call("sale.order", "action_confirm", orders)
    assert count(server, ["sale"], orders) == BATCH


def test_a_release_that_is_killed_leaves_the_hold_open_or_the_order_confirmed(new_server):
    server = new_server()
    held = server.login("controller").search(
        "credit.hold", [("state", "=", "open"), ("res_model", "=", "sale.order"), ("is_forced", "=", False)], "res_id"
    )
    if not held:
        pytest.skip("The demo company has no held order")
    hold = held[0]
    manager = server.login("manager")
    reason = manager.search("credit.reason", [("kind", "=", "release")], "id", limit=1)[0]["id"]
    wizard = manager.create("credit.hold.release", {"hold_ids": [(6, 0, [hold["id"]])], "reason_id": reason})
    kill_during(server, lambda: manager.call("credit.hold.release", "action_apply", [wizard]), 0.1)
    state = server.query(f"SELECT state FROM credit_hold WHERE id = {hold['id']}")
    confirmed = count(server, ["sale"], [hold["res_id"]])
    assert (state == "open" and not confirmed) or (state == "released" and confirmed)
