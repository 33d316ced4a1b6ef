"""Several people at once, through a running server: nobody gets past a limit, nobody sees an error."""

import threading
import xmlrpc.client

import pytest

LIMIT = 1000
AT_THE_SCREEN = {"credit_interactive": True}
pytestmark = pytest.mark.xdist_group("threads")


class Trade:
    """Customers with a limit, and quotations of theirs, in the demo company."""

    article_type = "service"

    def __init__(self, server):
        self.server = server
        self.sales, self.controller, self.manager, self.admin = (
            server.login(login) for login in ("sales", "controller", "manager", "admin")
        )
        self.article = self._make_article()

    def _make_article(self):
        values = {"name": "Parallel article", "type": self.article_type, "taxes_id": [(5,)]}
        template = self.admin.create("product.template", values)
        return self.admin.read("product.template", [template], "product_variant_id")[0]["product_variant_id"][0]

    def customer(self, name, limit=LIMIT):
        """Create a customer; its limit is asked for by one person and approved by another one."""
        partner = self.admin.create("res.partner", {"name": name, "is_company": True})
        if limit is not None:
            profile = self.controller.create("credit.profile", {"partner_id": partner})
            values = {"profile_id": profile, "limit_type": "amount", "amount": limit, "reason": "Test"}
            request = self.controller.create("credit.limit.request", values)
            self.controller.call("credit.limit.request", "action_submit", [request])
            self.manager.call("credit.limit.request", "action_approve", [request])
        return partner

    def order(self, partner, amount):
        line = {"product_id": self.article, "product_uom_qty": 1, "price_unit": amount, "tax_ids": [(5,)]}
        return self.sales.create("sale.order", {"partner_id": partner, "order_line": [(0, 0, line)]})

    def confirm(self, session, orders, **context):
        session.call("sale.order", "action_confirm", orders, context=context)

    def states(self, orders):
        """Count the orders by state and mark: ``{("sale", False): 5, ("draft", "held"): 3}``."""
        counts = {}
        for order in self.sales.read("sale.order", orders, "state", "credit_hold_state"):
            key = (order["state"], order["credit_hold_state"])
            counts[key] = counts.get(key, 0) + 1
        return counts

    def at_once(self, *steps, login="sales"):
        """Take steps at the same moment, each over a connection of its own; return their errors."""
        barrier, errors = threading.Barrier(len(steps)), []
        session = self.server.login(login)
        sessions = [session.again() for _step in steps]

        def take(step, session):
            barrier.wait()
            try:
                step(session)
            except xmlrpc.client.Fault as fault:
                errors.append(fault.faultString)

        threads = [threading.Thread(target=take, args=pair) for pair in zip(steps, sessions, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        return errors

    def confirmations(self, orders, **context):
        """Return one step per order that confirms it."""
        return [lambda session, order=order: self.confirm(session, [order], **context) for order in orders]


@pytest.fixture(scope="module")
def trade(server):
    """Return the trade on the server that the tests share."""
    return Trade(server)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_of_eight_parallel_orders_of_200_exactly_five_pass_under_a_limit_of_1000(trade, number):
    customer = trade.customer(f"Eight at once {number}")
    orders = [trade.order(customer, 200) for _number in range(8)]
    errors = trade.at_once(*trade.confirmations(orders, **AT_THE_SCREEN))
    assert errors == []
    assert trade.states(orders) == {("sale", False): 5, ("draft", "held"): 3}


def test_of_two_parallel_orders_of_600_exactly_one_passes(trade):
    customer = trade.customer("Two at once")
    orders = [trade.order(customer, 600) for _number in range(2)]
    assert trade.at_once(*trade.confirmations(orders, **AT_THE_SCREEN)) == []
    assert trade.states(orders) == {("sale", False): 1, ("draft", "held"): 1}


def test_outside_programs_get_a_refusal_and_never_too_much_credit(trade):
    customer = trade.customer("Programs at once")
    orders = [trade.order(customer, 600) for _number in range(2)]
    errors = trade.at_once(*trade.confirmations(orders))
    assert len(errors) == 1
    assert "on credit hold" in errors[0]
    assert trade.states(orders) == {("sale", False): 1, ("draft", False): 1}


def test_one_call_on_eight_orders_lets_five_pass(trade):
    customer = trade.customer("Eight in one call")
    orders = [trade.order(customer, 200) for _number in range(8)]
    trade.confirm(trade.sales, orders, **AT_THE_SCREEN)
    assert trade.states(orders) == {("sale", False): 5, ("draft", "held"): 3}


def test_two_members_of_a_group_do_not_both_take_the_last_credit(trade):
    group = trade.manager.create("credit.group", {"name": "Parallel family", "amount_limit": LIMIT})
    members = [trade.customer(f"Member {number}", limit=5000) for number in range(2)]
    profiles = trade.manager.search("credit.profile", [("partner_id", "in", members)], "id")
    trade.manager.call("credit.profile", "write", [profile["id"] for profile in profiles], {"group_id": group})
    orders = [trade.order(member, 600) for member in members]
    assert trade.at_once(*trade.confirmations(orders, **AT_THE_SCREEN)) == []
    assert trade.states(orders) == {("sale", False): 1, ("draft", "held"): 1}


def test_a_confirmed_order_that_grows_and_a_new_one_do_not_both_take_the_last_credit(trade):
    customer = trade.customer("Growing at once")
    grown, new = trade.order(customer, 400), trade.order(customer, 600)
    trade.confirm(trade.sales, [grown])
    line = trade.sales.search("sale.order.line", [("order_id", "=", grown)], "id")[0]["id"]
    errors = trade.at_once(
        lambda session: session.call("sale.order.line", "write", [line], {"price_unit": 1000}),
        lambda session: trade.confirm(session, [new], **AT_THE_SCREEN),
    )
    amounts = {order["id"]: order for order in trade.sales.read("sale.order", [grown, new], "amount_total", "state")}
    used = sum(order["amount_total"] for order in amounts.values() if order["state"] == "sale")
    assert used == LIMIT
    assert len(errors) == (0 if amounts[grown]["amount_total"] == LIMIT else 1)


def test_the_first_two_orders_of_a_new_customer_meet_without_an_error(trade):
    customer = trade.customer("Nobody knows it yet", limit=None)
    orders = [trade.order(customer, 10) for _number in range(2)]
    assert trade.at_once(*trade.confirmations(orders, **AT_THE_SCREEN)) == []
    profiles = trade.manager.search("credit.profile", [("partner_id", "=", customer)], "id")
    assert len(profiles) == 1


def test_customers_do_not_wait_for_each_other(trade):
    customers = [trade.customer(f"Independent {number}") for number in range(4)]
    orders = [trade.order(customer, LIMIT) for customer in customers]
    assert trade.at_once(*trade.confirmations(orders, **AT_THE_SCREEN)) == []
    assert trade.states(orders) == {("sale", False): 4}
