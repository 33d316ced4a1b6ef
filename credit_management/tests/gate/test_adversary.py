"""What a salesperson could try over RPC to get an order past the limit: refused, or checked."""

from odoo import Command
from odoo.tests import tagged

from .adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestTricksOnTheWayToConfirmation(AdversaryCommon):
    def test_writing_state_and_larger_lines_at_once(self):
        order = self.my_order(900)
        line = order.order_line
        self.assertRefused(
            order.write, {"state": "sale", "order_line": [Command.update(line.id, {"price_unit": 5000})]}
        )
        self.assertRefused(order.write, {"order_line": [Command.create(self.line_values(5000))], "state": "sale"})
        self.assertKept()

    def test_writing_state_and_another_customer_at_once(self):
        order = self.my_order(5000, self.rich)
        self.assertRefused(order.write, {"state": "sale", "partner_invoice_id": self.poor.id})
        self.assertKept()

    def test_writing_state_and_another_currency_at_once(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 0.01)])  # one is 100 dollars
        order = self.my_order(900)
        self.attempt(order.write, {"state": "sale", "pricelist_id": self.make_pricelist(currency).id})
        self.assertFalse(order.state == "sale" and order.currency_id == currency)

    def test_a_made_up_total(self):
        order = self.my_order(5000)
        for name in ("amount_total", "amount_untaxed", "amount_tax"):
            for value in (1.0, 0.0, -4999.0, False):
                self.attempt(order.write, {name: value})
                self.attempt(order.action_confirm)
        self.assertKept()

    def test_a_made_up_line_total(self):
        order = self.my_order(900)
        self.attempt(order.order_line.write, {"price_total": 0.01, "price_subtotal": 0.01, "price_tax": 0})
        order.action_confirm()
        self.attempt(order.order_line.write, {"price_total": 0.01, "price_subtotal": 0.01, "price_tax": 0})
        self.assertFalse(self.attempt(self.my_order(900).action_confirm), "the first order no longer counts")
        self.assertKept()

    def test_a_made_up_rate(self):
        order = self.my_order(5000)
        self.attempt(order.write, {"currency_rate": 1000.0})
        self.attempt(order.action_confirm)
        self.assertKept()
        sneaky = {"partner_id": self.poor.id, "order_line": [self.line(5000)], "currency_rate": 1000.0}
        self.attempt(lambda: self.env["sale.order"].with_user(self.sneak).create(sneaky).action_confirm())
        self.assertKept()

    def test_a_rate_of_nothing(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 0.01)])  # one is 100 dollars
        pricelist = self.make_pricelist(currency)
        order = self.my_order(900, pricelist_id=pricelist.id)
        for rate in (0, False, 1):
            self.attempt(order.write, {"currency_rate": rate})
            self.attempt(order.action_confirm)
            self.assertNotEqual(order.state, "sale")
            sneaky = {"partner_id": self.poor.id, "order_line": [self.line(900)], "pricelist_id": pricelist.id}
            Order = self.env["sale.order"].with_user(self.sneak)
            self.assertFalse(self.attempt(lambda: Order.create({**sneaky, "currency_rate": rate}).action_confirm()))  # noqa: B023

    def test_a_made_up_total_at_creation(self):
        sneaky = {"partner_id": self.poor.id, "order_line": [self.line(5000)], "amount_total": 1.0}
        self.attempt(lambda: self.env["sale.order"].with_user(self.sneak).create(sneaky).action_confirm())
        self.assertKept()

    def test_context_keys(self):
        keys = {
            "credit_interactive": False, "credit_skip": True, "skip_credit_check": True, "no_credit_check": True,
            "install_mode": True, "import_file": True, "tracking_disable": True, "from_orderline": True,
            "credit_management.passed": True, "validate_analytic": True, "disable_credit": True,
            "mail_notrack": True, "sale_write_from_compute": True,
        }
        order = self.my_order(5000).with_context(**keys)
        self.assertRefused(order.action_confirm)
        self.assertRefused(order.write, {"state": "sale"})
        self.assertKept()

    def test_another_active_company(self):
        other = self.setup_other_company(name="Elsewhere")["company"]
        self.sneak.company_ids += other
        order = self.my_order(5000).with_context(allowed_company_ids=[other.id, self.company.id])
        self.assertRefused(order.action_confirm)
        self.assertKept()

    def test_an_order_confirmed_in_an_unchecked_company_and_moved_here(self):
        other = self.setup_other_company(name="Elsewhere")["company"]
        self.sneak.company_ids += other
        order = self.make_order(self.poor, 5000, company_id=other.id).with_user(self.sneak)
        order = order.with_context(allowed_company_ids=[other.id, self.company.id])
        order.action_confirm()
        self.attempt(order.write, {"company_id": self.company.id})
        self.assertFalse(order.company_id == self.company and order.state == "sale")

    def test_somebody_else_s_payment_on_the_order(self):
        provider = self.env["payment.provider"].sudo().create({"name": "Dummy", "code": "none", "state": "test"})
        transaction = self.env["payment.transaction"].sudo().create(
            {
                "provider_id": provider.id, "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "amount": 5000, "currency_id": self.company.currency_id.id, "partner_id": self.rich.id,
                "state": "done", "reference": "Rich-1", "operation": "online_redirect",
            }
        )
        order = self.my_order(5000)
        for command in (Command.link(transaction.id), Command.set(transaction.ids)):
            self.attempt(order.write, {"transaction_ids": [command]})
            self.attempt(order.action_confirm)
        values = {"partner_id": self.poor.id, "order_line": [self.line(5000)]}
        values["transaction_ids"] = [Command.set(transaction.ids)]
        self.attempt(lambda: self.env["sale.order"].with_user(self.sneak).create(values).action_confirm())
        self.assertKept()

    def test_lines_of_zero_that_grow_afterwards(self):
        order = self.my_confirmed(0)
        self.assertRefused(order.order_line.write, {"price_unit": 5000})
        self.assertRefused(order.order_line.write, {"product_uom_qty": 100, "price_unit": 50})
        self.assertKept()

    def test_a_negative_line_that_vanishes_afterwards(self):
        order = self.my_confirmed(lines=[self.line(5000), self.line(-4500)], price=None)
        negative = order.order_line[1]
        self.assertRefused(negative.write, {"price_unit": 0})
        self.assertRefused(negative.write, {"product_uom_qty": 0})
        self.assertRefused(negative.unlink)
        self.assertRefused(order.write, {"order_line": [Command.delete(negative.id)]})
        self.assertRefused(order.write, {"order_line": [Command.clear()]})
        self.assertKept()

    def test_a_line_that_claims_to_be_a_down_payment_or_an_expense(self):
        for claim in ({"is_downpayment": True}, {"is_expense": True}):
            order = self.my_order(900)
            self.assertRefused(order.order_line.write, claim)
            order.sudo().order_line.write(claim)  # as it may have been before
            order.action_confirm()
            self.assertFalse(self.attempt(self.my_order(900).action_confirm), f"{claim}: the first no longer counts")
            order.sudo()._action_cancel()

    def test_claims_made_after_confirmation(self):
        order = self.my_confirmed(900)
        claims = [{"is_downpayment": True}, {"is_expense": True}, {"qty_invoiced": 1}, {"display_type": "line_note"}]
        for claim in claims:
            self.attempt(order.order_line.write, claim)
            self.assertFalse(self.attempt(self.my_order(900).action_confirm), f"{claim}: the first no longer counts")

    def test_an_order_that_borrows_somebody_s_invoice(self):
        borrowed = self.make_invoice(self.rich, 900).invoice_line_ids
        order = self.my_confirmed(900)
        for command in (Command.link(borrowed.id), Command.set(borrowed.ids)):
            self.assertRefused(order.order_line.write, {"invoice_lines": [command]})
            values = {"order_id": order.id, **self.line_values(900, invoice_lines=[command])}
            self.assertRefused(self.env["sale.order.line"].with_user(self.sneak).create, values)
            self.assertFalse(self.attempt(self.my_order(900).action_confirm), "the first order no longer counts")
        self.assertExposure(self.poor, 900.0, orders=900.0)

    def test_an_order_that_claims_to_be_invoiced(self):
        order = self.my_confirmed(900)
        self.attempt(order.write, {"invoice_status": "invoiced"})
        self.assertFalse(self.attempt(self.my_order(900).action_confirm), "the first order no longer counts")
        self.assertKept()

    def test_more_returned_than_ordered(self):
        order = self.my_confirmed(lines=[self.line(900), self.line(1, -1)], price=None)
        self.attempt(order.order_line[1].write, {"qty_delivered": -900})
        self.assertFalse(self.attempt(self.my_order(900).action_confirm), "the first order no longer counts")

    def test_a_negative_delivery(self):
        order = self.my_confirmed(900)
        self.attempt(order.order_line.write, {"qty_delivered": -1})
        self.assertExposure(self.poor, 900.0)

    def test_a_date_beyond_the_horizon_that_comes_nearer(self):
        self.company.credit_days_horizon = 30
        order = self.my_order(5000, commitment_date="2099-01-01 12:00:00")
        self.attempt(order.action_confirm)
        self.assertRefused(order.write, {"commitment_date": self.today})
        self.assertRefused(order.write, {"commitment_date": False})

    def test_cancel_draft_and_confirm_again(self):
        order = self.my_confirmed(900)
        order._action_cancel()
        order.action_draft()
        order.order_line.price_unit = 5000
        self.assertRefused(order.action_confirm)
        self.assertKept()

    def test_unlocking_a_locked_order_to_raise_it(self):
        order = self.my_confirmed(900)
        order.action_lock()
        self.attempt(order.action_unlock)
        self.assertRefused(order.order_line.write, {"price_unit": 1001})
        self.assertKept()

    def test_an_archived_profile_counts_on(self):
        self.profile_of(self.poor).active = False
        self.assertRefused(self.my_order(5000).action_confirm)

    def test_importing_into_a_confirmed_order(self):
        order = self.my_confirmed(900)
        Order = self.env["sale.order"].with_user(self.sneak)
        names = [".id", "order_line/product_id/.id", "order_line/product_uom_qty", "order_line/price_unit"]
        Order.load(names, [[str(order.id), str(self.article.id), "1", "5000"]])
        self.assertKept()
        Order.load([".id", "state"], [[str(self.my_order(5000).id), "Sales Order"]])
        self.assertKept()


@tagged("post_install", "-at_install")
class TestTricksOnLinesOfConfirmedOrders(AdversaryCommon):
    def test_moving_a_line_in_from_a_quotation(self):
        order, quotation = self.my_confirmed(900), self.my_order(5000)
        self.assertRefused(quotation.order_line.write, {"order_id": order.id})
        self.assertKept()

    def test_linking_a_line_of_a_quotation(self):
        order, quotation = self.my_confirmed(900), self.my_order(5000)
        self.assertRefused(order.write, {"order_line": [Command.link(quotation.order_line.id)]})
        self.assertRefused(order.write, {"order_line": [Command.set((order.order_line + quotation.order_line).ids)]})
        self.assertKept()

    def test_creating_a_line_with_the_order_in_the_context_only(self):
        order = self.my_confirmed(900)
        Line = self.env["sale.order.line"].with_user(self.sneak).with_context(default_order_id=order.id)
        self.assertRefused(Line.create, self.line_values(5000))
        self.assertKept()

    def test_moving_a_line_to_a_confirmed_order_of_a_richer_customer_and_back(self):
        order, rich = self.my_confirmed(900), self.my_confirmed(5000, self.rich)
        self.attempt(rich.order_line.write, {"order_id": order.id})
        self.assertKept()

    def test_copying_a_line_into_a_confirmed_order(self):
        order, quotation = self.my_confirmed(900), self.my_order(5000)
        self.assertRefused(quotation.order_line.copy, {"order_id": order.id})
        self.assertKept()

    def test_another_product_at_another_price(self):
        order = self.my_confirmed(900)
        dear = self._make_article("Dear", "order", list_price=5000)
        self.attempt(order.order_line.write, {"product_id": dear.id})
        self.attempt(order.order_line.write, {"product_id": dear.id, "price_unit": 5000})
        self.assertKept()

    def test_another_unit(self):
        order = self.my_confirmed(900)
        self.attempt(order.order_line.write, {"product_uom_id": self.uom_dozen.id})
        self.attempt(order.order_line.write, {"product_uom_id": self.uom_dozen.id, "price_unit": 10800})
        self.assertKept()

    def test_prices_and_taxes_of_a_confirmed_order_worked_out_again(self):
        order = self.my_confirmed(900)
        self.article.list_price = 5000
        self.attempt(order.action_update_prices)
        self.assertKept()

    def test_reversing_the_discount_after_another_order_used_the_room(self):
        order = self.my_confirmed(900)
        order.order_line.discount = 100
        self.my_confirmed(900)
        self.assertRefused(order.order_line.write, {"discount": 0})
        self.assertKept()
