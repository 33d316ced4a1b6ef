"""A customer's own caps: on a single document, on the share of the limit that one component may be."""

import pytest
from cases import CENT, decide, facts, limit, policy, request, rule, verdicts

from credit_management.engine.limits import Cap, Limit

RULE = rule("own_cap")
ORDERS = (Cap("orders", percent=40.0),)


def order(amount, key=1, **values):
    return request(amount, key, component="orders", **values)


@pytest.mark.parametrize(("amount", "verdict"), [(400.0, "pass"), (400.01, "hold")])
def test_open_orders_may_be_as_much_as_their_share_of_the_limit(amount, verdict):
    known = facts(limit=limit(1000.0), caps=ORDERS)
    assert verdicts(order(amount), fact=known, on=policy(RULE)) == [verdict]


def test_what_is_ordered_already_counts():
    known = facts(limit=limit(1000.0), caps=ORDERS, components={"orders": 250.0, "not_due": 500.0}, exposure=750.0)
    [decision] = decide(order(200.0), fact=known, on=policy(RULE))
    assert decision.findings[0].figures == {
        "subject": "orders", "amount": 450.0, "cap": 400.0, "over_cap": 50.0, "percent": 40.0
    }


def test_orders_of_one_batch_count_one_after_the_other_and_a_held_one_does_not():
    known = facts(limit=limit(1000.0), caps=ORDERS)
    asked = [order(300.0, 1), order(200.0, 2), order(100.0, 3)]
    assert verdicts(*asked, fact=known, on=policy(RULE)) == ["pass", "hold", "pass"]


def test_a_confirmed_order_that_grew_is_among_the_facts_already():
    for amount, verdict in ((400.0, "pass"), (400.01, "hold")):
        known = facts(limit=limit(1000.0), caps=ORDERS, components={"orders": amount}, exposure=amount)
        assert verdicts(order(amount, amount_counted=amount), fact=known, on=policy(RULE)) == [verdict]


def test_what_does_not_go_to_the_component_does_not_ask_for_its_cap():
    known = facts(limit=limit(1000.0), caps=ORDERS, components={"orders": 900.0}, exposure=900.0)
    invoice = request(50.0, component="not_due", amount_component=50.0)
    assert verdicts(invoice, fact=known, on=policy(RULE)) == ["pass"]


def test_a_draft_invoice_that_counts_already_is_a_document_all_the_same():
    known = facts(limit=limit(1000.0), caps=(Cap("document", amount=100.0),), exposure=500.0)
    invoice = request(500.0, amount_counted=500.0, component="not_due", amount_component=500.0)
    assert verdicts(invoice, fact=known, on=policy(RULE)) == ["hold"]


def test_a_share_of_no_limit_is_no_cap_but_an_amount_is():
    caps = (*ORDERS, Cap("document", amount=100.0))
    for kind in ("none", "unlimited"):
        known = facts(limit=Limit(kind), caps=caps)
        assert verdicts(order(100.0), order(100.01, 2), fact=known, on=policy(RULE)) == ["pass", "hold"]


def test_a_share_of_nothing_lets_nothing_pass():
    known = facts(limit=limit(1000.0), caps=(Cap("orders", percent=0.0),))
    assert verdicts(order(CENT), fact=known, on=policy(RULE)) == ["hold"]


def test_of_two_caps_the_one_that_is_exceeded_most_is_named():
    known = facts(limit=limit(1000.0), caps=(Cap("document", amount=450.0), *ORDERS))
    [decision] = decide(order(500.0), fact=known, on=policy(RULE))
    figures = decision.findings[0].figures
    assert (figures["subject"], figures["over_cap"]) == ("orders", 100.0)


def test_an_order_that_would_grow_is_tried_out_with_its_component():
    asked = order(100.0, amount_component=100.0).grown_to(130.0)
    assert (asked.amount_document, asked.growth) == (130.0, 130.0)
