"""Values that no caller writes: they come as defaults of the context or of the user."""

from odoo import Command
from odoo.tests import tagged

from .adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestTricksByDefaults(AdversaryCommon):
    def create_and_confirm(self, price=5000, pricelist=False, **defaults):
        """Create an order with defaults in the context and confirm it; return whether that went through."""
        Order = self.env["sale.order"].with_user(self.sneak)
        context = {f"default_{name}": value for name, value in defaults.items()}
        values = {"partner_id": self.poor.id, "order_line": [self.line(price)]}
        if pricelist:
            values["pricelist_id"] = pricelist.id
        return self.attempt(lambda: Order.with_context(**context).create(values).with_context({}).action_confirm())

    def test_a_default_that_frees_the_order_of_the_check(self):
        self.assertFalse(self.create_and_confirm(credit_is_excluded=True))
        self.assertKept()

    def test_a_default_total_or_rate(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 0.01)])  # one is 100 dollars
        pricelist = self.make_pricelist(currency)
        for rate in (1000.0, 1.0, 0.0):
            self.assertFalse(self.create_and_confirm(900, pricelist, currency_rate=rate), rate)
        for name in ("amount_total", "amount_untaxed"):
            for value in (1.0, 0.0):
                self.assertFalse(self.create_and_confirm(5000, **{name: value}))
        self.assertKept()

    def test_default_marks(self):
        self.assertFalse(self.create_and_confirm(credit_hold_state="released"))

    def test_a_default_of_the_user(self):
        self.attempt(self.env["ir.default"].with_user(self.sneak).set, "sale.order", "credit_is_excluded", True, True)
        self.attempt(self.env["ir.default"].with_user(self.sneak).set, "sale.order", "currency_rate", 1000.0, True)
        self.assertFalse(self.create_and_confirm())
        self.assertKept()

    def test_default_figures_of_lines(self):
        for name, value in (
            ("qty_invoiced", 1.0),
            ("price_total", 0.01),
            ("price_total", 0.0),
            ("price_subtotal", 0.0),
        ):
            customer = self.make_customer(1000, name=f"{name} {value}")
            Order = self.env["sale.order"].with_user(self.sneak).with_context(**{f"default_{name}": value})
            values = {"partner_id": customer.id, "order_line": [self.line(900)]}
            self.attempt(lambda env=Order, vals=values: env.create(vals).with_context({}).action_confirm())
            second = self.make_order(customer, 900).with_user(self.sneak)
            self.attempt(second.action_confirm)
            self.assertKept(customer)

    def test_a_line_added_with_default_figures(self):
        order = self.my_confirmed(900)
        for name in ("price_total", "qty_invoiced", "qty_delivered"):
            Line = self.env["sale.order.line"].with_user(self.sneak).with_context(**{f"default_{name}": 1.0})
            self.attempt(Line.create, {"order_id": order.id, **self.line_values(5000)})
            self.assertKept()

    def test_a_default_status(self):
        Order = self.env["sale.order"].with_user(self.sneak).with_context(default_invoice_status="invoiced")
        values = {"partner_id": self.poor.id, "order_line": [self.line(900)]}
        self.attempt(lambda: Order.create(values).with_context({}).action_confirm())
        self.attempt(self.my_order(900).action_confirm)
        self.assertKept()

    def test_an_invoice_that_is_posted_by_default(self):
        biller = self.make_user("biller", login="biller")
        Move = self.env["account.move"].with_user(biller).with_context(default_state="posted")
        values = {
            "move_type": "out_invoice", "partner_id": self.poor.id,
            "invoice_line_ids": [Command.create({"name": "Line", "price_unit": 5000, "tax_ids": [Command.clear()]})],
        }
        self.attempt(Move.create, values)
        self.assertLessEqual(self.exposure(self.poor), 1000.0)

    def test_a_profile_that_is_free_by_default(self):
        partner = self.env["res.partner"].create({"name": "Third", "is_company": True})
        for name, value in (("is_excluded", True), ("date_ignore_until", "2099-01-01"), ("limit_type", "unlimited")):
            Profile = self.env["credit.profile"].with_user(self.controller).with_context(**{f"default_{name}": value})
            self.assertRefused(Profile.create, {"partner_id": partner.id})

    def test_a_forced_hold_survives_cancelling_and_reopening(self):
        order = self.my_order(100)
        self.env["credit.hold.force"].with_user(self.controller).create(
            {"order_ids": order.ids, "reason": "Lawyer"}
        ).action_force()
        self.assertRefused(order.action_confirm)
        order._action_cancel()
        order.action_draft()
        self.assertRefused(order.action_confirm)

    def test_nor_does_a_duplicate_get_past_it(self):
        order = self.my_order(100)
        self.env["credit.hold.force"].with_user(self.controller).create(
            {"order_ids": order.ids, "reason": "Lawyer"}
        ).action_force()
        duplicate = order.copy()
        self.assertRefused(duplicate.action_confirm)
        hold = self.hold_of(duplicate)
        self.assertEqual((hold.is_forced, hold.forced_reason, hold.controller_id), (True, "Lawyer", self.controller))
        self.assertEqual(self.my_order(100).copy().credit_hold_state, False)
