"""Confirmation: what passes, what is held, what is refused, and what the user reads."""

from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestConfirmation(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.salesperson = cls.make_user("sales")

    def setUp(self):
        super().setUp()
        self.policy = self.make_policy("limit_exceeded")

    def test_an_order_at_the_limit_confirms(self):
        self.assertConfirmed(self.make_confirmed(self.customer, 1000))

    def test_an_order_one_cent_above_the_limit_is_refused_to_code(self):
        order = self.make_order(self.customer, 1000.01)
        with self.assertRaises(UserError):
            order.action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertFalse(self.hold_of(order))

    def test_the_refusal_names_document_figures_and_the_way_out(self):
        order = self.make_order(self.customer, 12400)
        with self.assertRaises(UserError) as caught:
            order.action_confirm()
        for part in (order.name, "12,400.00", "1,000.00", "11,400.00", "A payment of", "release"):
            self.assertIn(part, str(caught.exception))

    def test_at_the_screen_the_order_is_held_and_the_user_is_told(self):
        order = self.make_order(self.customer, 1500)
        action = self.confirm(order, self.salesperson)
        self.assertHeld(order)
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("1,500.00", action["params"]["message"])
        hold = self.hold_of(order)
        self.assertEqual((hold.amount, hold.amount_over, hold.checkpoint), (1500.0, 500.0, "order"))
        self.assertEqual(hold.requester_id, self.salesperson)
        self.assertIn("over by", order.with_user(self.salesperson).credit_hold_reason)

    def test_the_controller_finds_the_hold_on_the_desk(self):
        controller = self.make_user("controller")
        self.company.credit_controller_id = controller
        order = self.make_held(self.customer, 1500, self.salesperson)
        self.assertEqual(self.hold_of(order).activity_ids.user_id, controller)

    def test_pressing_confirm_twice_keeps_one_open_hold(self):
        order = self.make_held(self.customer, 1500)
        self.confirm(order)
        holds = self.env["credit.hold"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertEqual(len(holds), 1)

    def test_a_batch_is_decided_cumulatively(self):
        self.set_limit(self.customer, 100)
        orders = self.env["sale.order"].union(*(self.make_order(self.customer, 40) for _number in range(3)))
        self.confirm(orders)
        self.assertConfirmed(*orders[:2])
        self.assertHeld(orders[2])

    def test_a_batch_by_code_confirms_all_or_nothing(self):
        self.set_limit(self.customer, 100)
        orders = self.env["sale.order"].union(*(self.make_order(self.customer, 40) for _number in range(3)))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            orders.action_confirm()
        self.assertEqual(orders.mapped("state"), ["draft", "draft", "draft"])

    def test_one_call_on_eight_orders_lets_five_through(self):
        orders = self.env["sale.order"].union(*(self.make_order(self.customer, 200) for _number in range(8)))
        self.confirm(orders)
        self.assertEqual(orders.mapped("state"), ["sale"] * 5 + ["draft"] * 3)
        self.assertExposure(self.customer, 1000.0)

    def test_a_failing_customer_does_not_stop_another(self):
        other = self.make_customer(1000, name="Other")
        bad, good = self.make_order(self.customer, 2000), self.make_order(other, 900)
        self.confirm(bad + good)
        self.assertHeld(bad)
        self.assertConfirmed(good)

    def test_orders_of_one_customer_count_for_each_other_through_a_contact(self):
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        orders = self.make_order(self.customer, 600) + self.make_order(contact, 600)
        self.confirm(orders)
        self.assertEqual(orders.mapped("state"), ["sale", "draft"])

    def test_cash_only_holds_every_order(self):
        self.set_limit(self.customer, 0)
        self.make_held(self.customer, 0.01)

    def test_a_free_order_passes_though_the_limit_is_exceeded(self):
        self.set_limit(self.customer, 0)
        self.assertConfirmed(self.make_confirmed(self.customer, 0))

    def test_unlimited_and_unset_limits_are_not_exceeded(self):
        for limit in ("unlimited", None):
            customer = self.make_customer(limit, name=str(limit))
            self.assertConfirmed(self.make_confirmed(customer, 1e9))

    def test_the_rule_on_missing_limits_stops_who_has_none(self):
        self.make_policy("limit_missing")
        self.policy.action_deactivate()
        customer = self.make_customer(None, name="New")
        self.make_held(customer, 1)

    def test_with_no_policy_on_nothing_is_blocked_and_nothing_logged(self):
        self.policy.action_deactivate()
        order = self.make_confirmed(self.customer, 5000)
        self.assertConfirmed(order)
        self.assertFalse(self.env["credit.log"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)]))
        self.assertEqual(order.credit_panel["verdict"], "off")

    def test_a_warning_confirms_and_is_logged(self):
        self.policy.rule_ids.effect_order = "warn"
        order = self.make_confirmed(self.customer, 5000)
        self.assertConfirmed(order)
        decision = self.env["credit.log"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertEqual((decision.verdict, decision.amount_over), ("warn", 4000.0))

    def test_a_refusal_also_stops_a_person_at_the_screen(self):
        self.policy.rule_ids.effect_order = "refuse"
        order = self.make_order(self.customer, 5000)
        with self.assertRaises(UserError):
            self.confirm(order)
        self.assertEqual(order.state, "draft")

    def test_every_pass_is_logged_with_its_facts(self):
        order = self.make_confirmed(self.customer, 700)
        decision = self.env["credit.log"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertEqual((decision.verdict, decision.amount, decision.amount_limit), ("pass", 700.0, 1000.0))
        self.assertEqual((decision.amount_exposure_before, decision.amount_exposure_after), (0.0, 700.0))
        self.assertEqual(decision.facts["limit"], {"kind": "amount", "amount": 1000.0})

    def test_a_held_order_that_passes_later_is_no_longer_held(self):
        order = self.make_held(self.customer, 1500)
        order.order_line.price_unit = 900
        self.confirm(order)
        self.assertConfirmed(order)
        self.assertEqual(self.hold_of(order).state, "cured")

    def test_a_sent_quotation_is_checked_too(self):
        order = self.make_order(self.customer, 1500)
        order.action_quotation_sent()
        self.confirm(order)
        self.assertEqual((order.state, order.credit_hold_state), ("sent", "held"))

    def test_the_order_in_a_foreign_currency_is_tested_in_company_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        pricelist = self.make_pricelist(currency)
        self.assertConfirmed(self.make_confirmed(self.customer, 2000, pricelist_id=pricelist.id))
        self.make_held(self.customer, 0.02, pricelist_id=pricelist.id)

    def test_draft_invoices_of_the_customer_take_from_the_limit(self):
        self.make_invoice(self.customer, 600, post=False)
        self.make_held(self.customer, 401)

    def test_the_panel_says_before_confirming_what_will_happen(self):
        order = self.make_order(self.customer, 1500).with_user(self.salesperson)
        panel = order.credit_panel
        self.assertEqual((panel["limit"], panel["exposure"], panel["document"]), (1000.0, 0.0, 1500.0))
        self.assertEqual((panel["over"], panel["verdict"], panel["is_allowed"]), (500.0, "hold", False))
        self.assertIn("1,500.00", panel["reasons"][0])

    def test_a_stopped_account_holds_whatever_the_figures_say(self):
        self.profile_of(self.customer).write({"account_status": "stop", "status_reason": "Insolvency"})
        order = self.make_held(self.customer, 1)
        self.assertIn("Insolvency", order.credit_hold_reason)

    def test_excluded_customers_and_ignored_days_pass(self):
        self.profile_of(self.customer).is_excluded = True
        self.assertConfirmed(self.make_confirmed(self.customer, 5000))
        self.profile_of(self.customer).write({"is_excluded": False, "date_ignore_until": self.today})
        self.assertConfirmed(self.make_confirmed(self.customer, 5000))

    def test_a_duplicate_of_a_held_order_carries_neither_hold_nor_release(self):
        order = self.make_held(self.customer, 1500)
        copy = order.copy()
        self.assertFalse(copy.credit_hold_id or copy.credit_hold_state)


@tagged("post_install", "-at_install")
class TestEveryPathIntoAConfirmedOrder(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")

    def assertRefused(self, step, *arguments):  # noqa: N802
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            step(*arguments)
        self.assertIn("on credit hold", str(caught.exception))

    def test_writing_the_state_is_refused(self):
        order = self.make_order(self.customer, 1500)
        self.assertRefused(order.write, {"state": "sale"})
        self.assertRefused(order.sudo().write, {"state": "sale"})
        self.assertEqual(order.state, "draft")

    def test_writing_the_state_of_what_fits_passes_and_is_logged(self):
        order = self.make_order(self.customer, 900)
        order.write({"state": "sale"})
        self.assertTrue(self.env["credit.log"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)]))

    def test_writing_the_state_of_a_batch_is_cumulative(self):
        orders = self.make_order(self.customer, 600) + self.make_order(self.customer, 600)
        self.assertRefused(orders.write, {"state": "sale"})

    def test_creating_a_confirmed_order_is_refused(self):
        values = {"partner_id": self.customer.id, "state": "sale", "order_line": [self.line(1500)]}
        self.assertRefused(self.env["sale.order"].create, values)
        self.assertRefused(
            self.env["sale.order"].with_context(default_state="sale").create, {**values, "state": "sale"}
        )
        fits = self.env["sale.order"].create({**values, "order_line": [self.line(1000)]})
        self.assertEqual(fits.state, "sale")

    def test_a_default_in_the_context_is_no_way_in(self):
        values = {"partner_id": self.customer.id, "order_line": [self.line(1500)]}
        self.assertRefused(self.env["sale.order"].with_context(default_state="sale").create, values)

    def test_copying_into_the_confirmed_state_is_refused(self):
        order = self.make_order(self.customer, 1500)
        self.assertRefused(order.copy, {"state": "sale"})

    def test_importing_a_confirmed_order_is_refused(self):
        names = [
            "partner_id/.id",
            "state",
            "order_line/product_id/.id",
            "order_line/product_uom_qty",
            "order_line/price_unit",
        ]
        row = [str(self.customer.id), "Sales Order", str(self.article.id), "1", "1500"]
        result = self.env["sale.order"].load(names, [row])
        self.assertFalse(result["ids"])
        self.assertIn("on credit hold", result["messages"][0]["message"])

    def test_cancelling_and_reopening_is_no_way_in(self):
        order = self.make_confirmed(self.customer, 900)
        order._action_cancel()
        order.action_draft()
        order.order_line.price_unit = 1500
        self.assertRefused(order.action_confirm)

    def test_reopening_what_fits_confirms_again(self):
        order = self.make_confirmed(self.customer, 900)
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertConfirmed(order)

    def test_two_lines_below_the_limit_do_not_hide_the_sum(self):
        self.assertRefused(self.make_order(self.customer, lines=[self.line(600), self.line(600)]).action_confirm)

    def test_a_failed_confirmation_leaves_no_pass_behind(self):
        order = self.make_order(self.customer, 900)
        order.action_confirm()
        order._action_cancel()
        order.action_draft()
        order.order_line.price_unit = 1500
        self.assertRefused(order.write, {"state": "sale"})


@tagged("post_install", "-at_install")
class TestChangesOfConfirmedOrders(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.salesperson = cls.make_user("sales")
        cls.make_policy("limit_exceeded")

    def setUp(self):
        super().setUp()
        self.order = self.make_confirmed(self.customer, 100, 9).with_user(self.salesperson)

    def assertRefused(self, step, *arguments):  # noqa: N802
        with self.assertRaises(UserError), self.env.cr.savepoint():
            step(*arguments)
        self.order.invalidate_recordset()
        self.assertEqual(self.order.amount_total, 900.0)

    def test_growing_within_the_limit_passes_and_is_logged(self):
        self.order.order_line.product_uom_qty = 10
        self.assertEqual(self.order.amount_total, 1000.0)
        self.assertTrue(
            self.env["credit.log"].search([("res_id", "=", self.order.id), ("checkpoint", "=", "change")])
        )

    def test_more_quantity_is_refused(self):
        self.assertRefused(self.order.order_line.write, {"product_uom_qty": 10.01})

    def test_a_higher_price_is_refused(self):
        self.assertRefused(self.order.order_line.write, {"price_unit": 112})

    def test_a_smaller_discount_is_refused(self):
        self.order.order_line.discount = 50
        other = self.make_confirmed(self.customer, 550)
        self.assertConfirmed(other)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.order.order_line.discount = 0

    def test_a_tax_is_refused(self):
        tax = self.percent_tax(20.0)
        self.assertRefused(self.order.order_line.write, {"tax_ids": [Command.set(tax.ids)]})

    def test_a_new_line_is_refused_on_every_way(self):
        values = self.line_values(101)
        self.assertRefused(self.order.write, {"order_line": [Command.create(values)]})
        Line = self.env["sale.order.line"].with_user(self.salesperson)
        self.assertRefused(Line.create, {**values, "order_id": self.order.id})

    def test_a_decrease_is_never_checked(self):
        self.set_limit(self.customer, 100)
        self.order.order_line.product_uom_qty = 8
        self.assertEqual(self.order.amount_total, 800.0)

    def test_other_changes_are_never_checked(self):
        self.set_limit(self.customer, 100)
        self.order.write({"client_order_ref": "Their number", "note": "Handle with care"})

    def test_one_write_is_judged_by_its_end(self):
        # one line grows, another one shrinks
        line = self.order.order_line
        self.order.write(
            {"order_line": [Command.update(line.id, {"product_uom_qty": 19}), Command.create(self.line_values(-1000))]}
        )
        self.assertEqual(self.order.amount_total, 900.0)

    def test_another_invoiced_customer_is_checked(self):
        poor = self.make_customer(899, name="Poor")
        self.assertRefused(self.order.write, {"partner_invoice_id": poor.id})
        rich = self.make_customer(900, name="Rich")
        self.order.write({"partner_invoice_id": rich.id})
        self.assertExposure(rich, 900.0)
        self.assertExposure(self.customer, 0.0)

    def test_longer_terms_are_checked(self):
        self.make_policy({"criterion": "terms_longer"}, days_terms_max=30, sequence=1)
        short, long = (
            self.env["account.payment.term"].create(
                {"name": f"{days} days", "line_ids": [Command.create({"nb_days": days})]}
            )
            for days in (30, 60)
        )
        self.order.payment_term_id = short
        self.assertRefused(self.order.write, {"payment_term_id": long.id})

    def test_what_the_system_adds_is_counted_and_reported_not_refused(self):
        controller = self.make_user("controller")
        self.company.credit_controller_id = controller
        self.env["sale.order.line"].sudo().create({"order_id": self.order.id, **self.line_values(500)})
        self.assertExposure(self.customer, 1400.0)
        message = self.order.message_ids[0]
        self.assertIn("1,400.00", message.body)
        self.assertIn(controller.partner_id, message.notified_partner_ids)

    def test_delivering_more_than_ordered_is_counted_not_refused(self):
        self.order.order_line.qty_delivered = 30
        self.assertExposure(self.customer, 3000.0)

    def test_whoever_types_that_more_was_delivered_is_reported(self):
        controller = self.make_user("controller")
        self.company.credit_controller_id = controller
        for quantity, step in (
            (30, lambda line: line.write({"qty_delivered": 30})),
            (40, lambda line: line.order_id.write({"order_line": [Command.update(line.id, {"qty_delivered": 40})]})),
        ):
            step(self.order.order_line.with_user(self.salesperson))
            self.assertExposure(self.customer, quantity * 100.0)
            message = self.order.message_ids[0]
            self.assertIn(f"{quantity * 100:,}.00", message.body)
            self.assertIn(controller.partner_id, message.notified_partner_ids)

    def test_what_is_said_to_be_delivered_does_not_hide_what_is_ordered(self):
        line = self.order.order_line.with_user(self.salesperson)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.write({"qty_delivered": 30, "product_uom_qty": 30})

    def test_pulling_a_later_order_inside_the_horizon_is_checked(self):
        self.company.credit_days_horizon = 30
        later = datetime.combine(self.today, datetime.min.time()) + timedelta(days=90)
        order = self.make_confirmed(self.customer, 5000, commitment_date=later).with_user(self.salesperson)
        self.assertExposure(self.customer, 900.0)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.commitment_date = later - timedelta(days=80)
        self.assertExposure(self.customer, 900.0)
