"""An order, a delivery and an invoice of one customer at the same moment, through a running server."""

import pytest
from test_concurrency import AT_THE_SCREEN, LIMIT, Trade

PRICE = 300


class Warehouse(Trade):
    """The trade with goods that are delivered, and a policy that looks at every step."""

    article_type = "consu"

    def __init__(self, server):
        super().__init__(server)
        self.company = self.admin.search("res.company", [("parent_id", "=", False)], "id", limit=1)[0]["id"]
        effects = {f"effect_{step}": "hold" for step in ("order", "change", "delivery", "invoice")}
        values = {"name": "Every step", "sequence": 0, "company_id": self.company}
        rules = [(0, 0, {"criterion": "limit_exceeded", **effects})]
        self.policy = self.manager.create("credit.policy", {**values, "rule_ids": rules})

    def check_every_step(self):
        """Switch the policy on; drafts do not count: they would take their credit when they are written."""
        self.counted = self.admin.read("res.company", [self.company], "credit_count_drafts")[0]["credit_count_drafts"]
        self.count_drafts(False)
        self.manager.call("credit.policy", "action_activate", [self.policy])

    def check_as_before(self):
        """Leave the server as it was for others."""
        self.manager.call("credit.policy", "action_deactivate", [self.policy])
        self.count_drafts(self.counted)

    def count_drafts(self, is_counted):
        self.admin.call("res.company", "write", [self.company], {"credit_count_drafts": is_counted})

    def delivery(self, partner):
        """Return the transfer of a confirmed order of one piece, about to deliver two."""
        order = self.order(partner, PRICE)
        self.confirm(self.sales, [order])
        transfer = self.admin.search("stock.picking", [("sale_id", "=", order)], "id", "move_ids")[0]
        self.admin.call("stock.move", "write", transfer["move_ids"], {"quantity": 2, "picked": True})
        return transfer["id"]

    def invoice(self, partner):
        line = {"name": "Line", "price_unit": PRICE, "tax_ids": [(5,)]}
        values = {"move_type": "out_invoice", "partner_id": partner, "invoice_line_ids": [(0, 0, line)]}
        return self.admin.create("account.move", values)

    def exposure(self, partner):
        return self.manager.search("credit.profile", [("partner_id", "=", partner)], "amount_exposure")[0][
            "amount_exposure"
        ]

    def passed(self, *documents):
        """Return which of these (model, id, state of what went through) went through; the others are held."""
        found = []
        for model, record, done in documents:
            values = self.admin.read(model, [record], "state", "credit_hold_state")[0]
            assert values["state"] == done or values["credit_hold_state"] == "held", (model, values)
            found.append(values["state"] == done)
        return found


@pytest.fixture(scope="module")
def warehouse(bridges):
    """Return the trade on a demo company with the stock bridge."""
    warehouse = Warehouse(bridges)
    warehouse.check_every_step()
    yield warehouse
    warehouse.check_as_before()


@pytest.mark.xdist_group("bridges")
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_of_an_order_a_delivery_and_an_invoice_that_fit_two_by_two_exactly_two_pass(warehouse, number):
    """300 are ordered; each of the three adds 300: 900 fit under the limit of 1,000, 1,200 do not."""
    customer = warehouse.customer(f"All at once {number}")
    transfer, order, invoice = (
        warehouse.delivery(customer), warehouse.order(customer, PRICE), warehouse.invoice(customer)
    )
    steps = [
        ("stock.picking", "button_validate", transfer),
        ("sale.order", "action_confirm", order),
        ("account.move", "action_post", invoice),
    ]
    errors = warehouse.at_once(
        *(
            lambda session, model=model, method=method, record=record: session.call(
                model, method, [record], context=AT_THE_SCREEN
            )
            for model, method, record in steps
        ),
        login="admin",
    )
    assert errors == []
    passed = warehouse.passed(
        ("stock.picking", transfer, "done"), ("sale.order", order, "sale"), ("account.move", invoice, "posted")
    )
    assert sorted(passed) == [False, True, True]
    assert warehouse.exposure(customer) == 3 * PRICE <= LIMIT
