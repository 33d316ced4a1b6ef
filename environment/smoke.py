"""`make smoke`: the main job in one minute, without a browser.

A salesperson confirms one order within a customer's limit and one over it,
through the external API as any outside program would; the credit manager
releases the held one.
"""

import xmlrpc.client

from .errors import SetupError
from .machine import PDF
from .progress import Steps, say
from .rpc import Session
from .testrun import DATABASE_STEPS, TestRun
from .workplace import PREPARATION, prepared

LIMIT = 1000
WITHIN = 600
OVER = 700
CUSTOMER = "Smoke Test Trading"


def smoke():
    """Prepare a copy of the demo company, play the scene on a real server; return the exit code."""
    steps = Steps(PREPARATION + DATABASE_STEPS + 1)
    with prepared(steps, "test", (PDF,), throw_away=True) as workplace:
        test_run = TestRun(workplace, steps, [])
        with test_run.serving_demo("credit_test_smoke") as running:
            return show(_played(running))


def _played(running):
    """Play the scene and return its rows; a refusal that it does not expect is told."""
    try:
        scene = Scene(running)
        scene.play()
    except (xmlrpc.client.Fault, PermissionError) as refusal:
        raise SetupError(f"The scene stopped: {getattr(refusal, 'faultString', refusal)}") from refusal
    return scene.rows


class Scene:
    """What happened, row by row: who did what, what was expected, what came."""

    def __init__(self, running):
        """Log in as the people of the scene."""
        self.sales, self.controller, self.manager, self.admin = (
            Session(running.url, running.database, login) for login in ("sales", "controller", "manager", "admin")
        )
        self.rows = []

    def play(self):
        """Play the scene from the two orders to the release."""
        customer, article = self._customer(), self._article()
        within, over = (self._order(customer, article, amount) for amount in (WITHIN, OVER))
        self._confirm(within, WITHIN, "sale")
        self._confirm(over, OVER, "draft")
        self._hold(over)
        self._release(over, OVER)

    def _customer(self):
        """Create a customer and give it a limit as the house does: one asks, another one approves."""
        customer = self.admin.create("res.partner", {"name": CUSTOMER, "is_company": True})
        profile = self.controller.create("credit.profile", {"partner_id": customer})
        values = {"profile_id": profile, "limit_type": "amount", "amount": LIMIT, "reason": "Smoke test"}
        request = self.controller.create("credit.limit.request", values)
        self.controller.call("credit.limit.request", "action_submit", [request])
        self.manager.call("credit.limit.request", "action_approve", [request])
        return customer

    def _article(self):
        """Create an article without taxes and return its id."""
        values = {"name": "Smoke test article", "type": "service", "taxes_id": [(5,)]}
        template = self.admin.create("product.template", values)
        return self.admin.read("product.template", [template], "product_variant_id")[0]["product_variant_id"][0]

    def _order(self, customer, article, amount):
        """Create a quotation over `amount` and return its id."""
        line = {"product_id": article, "product_uom_qty": 1, "price_unit": amount, "tax_ids": [(5,)]}
        return self.sales.create("sale.order", {"partner_id": customer, "order_line": [(0, 0, line)]})

    def _confirm(self, order, amount, expected):
        """Confirm an order as an outside program does; keep what came of it."""
        why = "confirmed"
        try:
            self.sales.call("sale.order", "action_confirm", [order])
        except xmlrpc.client.Fault as refusal:
            why = refusal.faultString
        self._note(f"sales confirms {amount}", order, expected, why)

    def _hold(self, order):
        """Confirm an order as the web client does: it goes on hold."""
        self.sales.call("sale.order", "action_confirm", [order], context={"credit_interactive": True})
        state = self.sales.read("sale.order", [order], "credit_hold_state")[0]["credit_hold_state"]
        self.rows.append(("sales presses Confirm", "on hold", "on hold" if state == "held" else str(state), ""))

    def _release(self, order, amount):
        """Release the held order as the credit manager does, in the wizard."""
        of_order = [("res_model", "=", "sale.order"), ("res_id", "=", order)]
        hold = self.manager.search("credit.hold", of_order, "reason")[0]
        reason = self.manager.search("credit.reason", [("kind", "=", "release")], "name", limit=1)[0]
        values = {"hold_ids": [(6, 0, [hold["id"]])], "reason_id": reason["id"]}
        wizard = self.manager.create("credit.hold.release", values)
        self.manager.call("credit.hold.release", "action_apply", [wizard])
        self._note(f"manager releases {amount}", order, "sale", f"{reason['name']}: the order confirmed by itself")

    def _note(self, what, order, expected, why):
        """Keep one row of the table."""
        state = self.sales.read("sale.order", [order], "state")[0]["state"]
        self.rows.append((what, expected, state, why))


def show(rows):
    """Print what happened and why; return 0 when everything was as expected."""
    say(f"\n{'what':<26}{'expected':<12}{'came':<12}why")
    for what, expected, came, why in rows:
        first, *more = why.strip().splitlines() or [""]
        say(f"{what:<26}{expected:<12}{came:<12}{first}")
        for line in more:
            say(f"{'':<50}{line}")
    good = all(expected == came for _what, expected, came, _why in rows)
    say("\nAs expected." if good else "\nNot as expected.")
    return 0 if good else 1
