"""The server, or the process of it that does the work, is killed in the middle: nothing is left half-way."""

import contextlib
import os
import threading
import time

import pytest

from environment import odoo

BATCH = 25
TURNS = 10
KILLS = int(os.environ.get("CREDIT_KILLS", "0"))


pytestmark = pytest.mark.xdist_group("processes")


def moments(*few):
    """Return the delays of a few kills, or of `CREDIT_KILLS` kills from the first to the last of them."""
    first, last = few[0], few[-1]
    return [round(first + (last - first) * number / KILLS, 3) for number in range(KILLS)] or few


@pytest.fixture
def many_orders(processes):
    """Return the server and the quotations of a new customer with room for all of them."""
    return processes, make_orders(processes)


def make_orders(server):
    """Create the quotations of a new customer; return their ids."""
    admin = server.login("admin")
    partner = admin.create("res.partner", {"name": "Fault Ltd", "is_company": True})
    product = admin.search("product.product", [("sale_ok", "=", True)], "id", limit=1)[0]["id"]
    line = {"product_id": product, "product_uom_qty": 1, "price_unit": 10, "tax_ids": [(5, 0, 0)]}
    values = {"partner_id": partner, "order_line": [(0, 0, line)]}
    return admin.call("sale.order", "create", [dict(values) for _ in range(BATCH)])


def kill_during(kill, work, delay):
    """Call `kill` `delay` seconds after the start of `work`, and wait for both."""
    def attempt():
        with contextlib.suppress(Exception):
            work()

    thread = threading.Thread(target=attempt)
    thread.start()
    time.sleep(delay)
    kill()
    thread.join(30)


def count(server, states, orders):
    """Return how many of the orders are in one of the states."""
    ids = ", ".join(map(str, orders))
    names = ", ".join(f"'{state}'" for state in states)
    rows = server.query(f"SELECT count(*) FROM sale_order WHERE id IN ({ids}) AND state IN ({names})")
    return int(rows)


@pytest.mark.parametrize("delay", moments(0.05, 0.2, 0.6))
def test_a_batch_confirmation_that_is_killed_confirms_all_orders_or_none(many_orders, delay):
    server, orders = many_orders
    session = server.login("admin").again()  # what is killed may still wait for an answer while others ask
    kill_during(server.kill_workers, lambda: session.call("sale.order", "action_confirm", orders), delay)
    confirmed = count(server, ["sale"], orders)
    assert confirmed in (0, BATCH)
    decided = server.query(
        "SELECT count(DISTINCT res_id) FROM credit_log WHERE kind = 'check' AND res_model = 'sale.order' "
        f"AND res_id IN ({', '.join(map(str, orders))})"
    )
    assert int(decided) in (0, confirmed)


def test_a_server_that_comes_back_can_finish_the_work(new_server):
    server = new_server()
    orders = make_orders(server)
    session = server.login("admin").again()  # what is killed may still wait for an answer while others ask
    kill_during(server.kill, lambda: session.call("sale.order", "action_confirm", orders), 0.2)
    if count(server, ["sale"], orders):
        pytest.skip("The batch was faster than the kill")
    with odoo.serving(server.workplace, server.database, log_name="after-the-kill") as running:
        again = type(server)(running, server.workplace).login("admin")
        again.call("sale.order", "action_confirm", orders)
    assert count(server, ["sale"], orders) == BATCH


def test_a_release_that_is_killed_leaves_the_hold_open_or_the_order_confirmed(processes):
    server = processes
    held = server.login("controller").search(
        "credit.hold", [("state", "=", "open"), ("res_model", "=", "sale.order"), ("is_forced", "=", False)], "res_id"
    )
    if not held:
        pytest.skip("The demo company has no held order")
    hold = held[0]
    manager = server.login("manager").again()
    reason = manager.search("credit.reason", [("kind", "=", "release")], "id", limit=1)[0]["id"]
    wizard = manager.create("credit.hold.release", {"hold_ids": [(6, 0, [hold["id"]])], "reason_id": reason})
    kill_during(server.kill_workers, lambda: manager.call("credit.hold.release", "action_apply", [wizard]), 0.1)
    state = server.query(f"SELECT state FROM credit_hold WHERE id = {hold['id']}")
    confirmed = count(server, ["sale"], [hold["res_id"]])
    assert (state == "open" and not confirmed) or (state == "released" and confirmed)


@pytest.fixture
def freed_holds(many_orders):
    """Return a server and held orders whose cause is gone without anybody noticing: a sweep frees them."""
    server, orders = many_orders
    ids = ", ".join(map(str, orders))
    customers = f"(SELECT partner_id FROM sale_order WHERE id IN ({ids}))"
    server.login("admin").call("sale.order", "action_credit_check", orders[:1])  # it makes the profile
    server.query(f"UPDATE credit_profile SET limit_type = 'amount', amount_limit = 0 WHERE partner_id IN {customers}")
    server.login("admin").call("sale.order", "action_confirm", orders, context={"credit_interactive": True})
    assert count_holds(server, "open", orders) == BATCH
    server.query(f"UPDATE credit_profile SET amount_limit = 1000000 WHERE partner_id IN {customers}")
    server.query("UPDATE res_company SET credit_is_resumed = TRUE")
    return server, orders


def count_holds(server, state, orders):
    """Return how many of the orders have a hold in the state."""
    ids = ", ".join(map(str, orders))
    rows = server.query(
        f"SELECT count(DISTINCT res_id) FROM credit_hold WHERE res_model = 'sale.order' AND res_id IN ({ids}) "
        f"AND state = '{state}'"
    )
    return int(rows)


def sweep(server):
    admin = server.login("admin").again()  # it may be killed while it waits for an answer, and others ask
    cron = admin.search("ir.cron", [("name", "=", "Credit: look at all open holds again")], "id")[0]["id"]
    admin.call("ir.cron", "method_direct_trigger", [cron])


def count_half_way(server, orders):
    """Return how many orders do not fit their hold: free and not confirmed, or held and confirmed."""
    ids = ", ".join(map(str, orders))
    rows = server.query(
        f"""SELECT count(*) FROM sale_order o JOIN credit_hold h ON h.id = o.credit_hold_id
             WHERE o.id IN ({ids}) AND NOT (
                   (h.state = 'open' AND o.credit_hold_state = 'held' AND o.state IN ('draft', 'sent'))
                OR (h.state = 'cured' AND o.credit_hold_state IS NULL AND o.state = 'sale'))"""
    )
    return int(rows)


@pytest.mark.parametrize("delay", moments(0.1, 0.5, 1.0))
def test_a_sweep_that_is_killed_loses_no_hold_and_leaves_no_order_half_way(freed_holds, delay):
    server, orders = freed_holds
    kill_during(server.kill_workers, lambda: sweep(server), delay)
    assert count_half_way(server, orders) == 0
    assert count_holds(server, "open", orders) + count_holds(server, "cured", orders) == BATCH
    assert count(server, ["sale"], orders) == count_holds(server, "cured", orders)


def test_the_next_sweep_goes_on_where_a_killed_one_ended(freed_holds):
    server, orders = freed_holds
    kill_during(server.kill_workers, lambda: sweep(server), 0.5)
    for _turn in range(TURNS):  # a scheduled action stops after ten seconds and is called again
        if count_holds(server, "open", orders):
            sweep(server)
    assert count_holds(server, "cured", orders) == BATCH
    assert count(server, ["sale"], orders) == BATCH
    assert count_half_way(server, orders) == 0
