"""Orders of one customer at the same moment, taken by two processes of a server."""

import pytest
from test_concurrency import AT_THE_SCREEN, Trade

pytestmark = pytest.mark.xdist_group("processes")


def test_eight_parallel_orders_in_two_processes(processes):
    trade = Trade(processes)
    customer = trade.customer("Eight in two processes")
    orders = [trade.order(customer, 200) for _number in range(8)]
    assert trade.at_once(*trade.confirmations(orders, **AT_THE_SCREEN)) == []
    assert trade.states(orders) == {("sale", False): 5, ("draft", "held"): 3}


def test_who_waits_for_a_customer_goes_on_at_once_and_is_not_put_to_sleep(processes):
    """Odoo replays what met somebody else after up to some seconds of sleep, and says so in its log."""
    trade = Trade(processes)
    customer = trade.customer("Eight in a row")
    orders = [trade.order(customer, 100) for _number in range(8)]
    seen = len(processes.log.read_text())
    assert trade.at_once(*trade.confirmations(orders, **AT_THE_SCREEN)) == []
    assert trade.states(orders) == {("sale", False): 8}
    assert "try again in" not in processes.log.read_text()[seen:]
