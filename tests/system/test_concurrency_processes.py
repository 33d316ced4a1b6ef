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
