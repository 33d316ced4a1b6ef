"""What a salesperson could try over RPC to get an order past the limit: refused, or checked."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CreditCommon

REFUSED = (UserError, ValidationError, AccessError, ValueError)


class AdversaryCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poor = cls.make_customer(1000, name="Poor")
        cls.rich = cls.make_customer(100000, name="Rich")
        cls.make_policy("limit_exceeded")
        cls.sneak = cls.make_user("sales", login="sneak")
        cls.controller = cls.make_user("controller")

    def attempt(self, step, *arguments, **keywords):
        """Take a step as one RPC call would; return whether it went through."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                step(*arguments, **keywords)
                self.env.flush_all()
        except REFUSED:
            self.env.invalidate_all()
            return False
        self.env.invalidate_all()
        return True

    def assertRefused(self, step, *arguments, **keywords):  # noqa: N802
        self.assertFalse(self.attempt(step, *arguments, **keywords), "this went through")

    def my_order(self, price=5000, customer=None, **values):
        return self.make_order(customer or self.poor, price, **values).with_user(self.sneak)

    def my_confirmed(self, price=900, customer=None, **values):
        order = self.my_order(price, customer, **values)
        order.action_confirm()
        self.assertConfirmed(order)
        return order

    def owed(self, customer):
        """Add up, by hand, what the open orders of a customer are worth: no stored figure is read."""
        orders = self.env["sale.order"].search([("partner_invoice_id", "child_of", customer.id), ("state", "=", "sale")])
        return sum(
            line.product_uom_qty * line.price_unit * (1 - line.discount / 100) for line in orders.order_line
        )

    def assertKept(self, customer=None, limit=1000):  # noqa: N802
        """Check that nothing got past the limit, by hand and by the figure."""
        self.assertLessEqual(self.owed(customer or self.poor), limit)


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
        }  # fmt: skip
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
        )  # fmt: skip
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
            order.order_line.write(claim)
            order.action_confirm()
            self.attempt(order.order_line.write, claim)
            self.assertFalse(self.attempt(self.my_order(900).action_confirm), f"{claim}: the first no longer counts")
            order.sudo()._action_cancel()

    def test_claims_made_after_confirmation(self):
        order = self.my_confirmed(900)
        claims = [{"is_downpayment": True}, {"is_expense": True}, {"qty_invoiced": 1}, {"display_type": "line_note"}]
        for claim in claims:
            self.attempt(order.order_line.write, claim)
            self.assertFalse(self.attempt(self.my_order(900).action_confirm), f"{claim}: the first no longer counts")

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
        self.assertRefused(order.order_line.write, {"product_uom_qty": 9})
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


@tagged("post_install", "-at_install")
class TestTricksOnTheCustomer(AdversaryCommon):
    def test_the_invoice_goes_to_another_customer_after_confirmation(self):
        order = self.my_confirmed(5000, self.rich)
        self.assertRefused(order.write, {"partner_invoice_id": self.poor.id})
        self.assertRefused(order.write, {"partner_id": self.poor.id, "partner_invoice_id": self.poor.id})
        self.assertKept()

    def test_a_contact_of_the_customer_is_the_customer(self):
        contact = self.env["res.partner"].with_user(self.sneak).create({"name": "C", "parent_id": self.poor.id})
        self.assertRefused(self.my_order(5000, contact).action_confirm)

    def test_a_release_is_not_for_another_customer(self):
        order = self.make_held(self.rich, 200000, self.sneak)
        self.release(order, self.controller, is_resumed=False)
        order = order.with_user(self.sneak)
        order.partner_invoice_id = self.poor
        self.assertRefused(order.action_confirm)
        self.assertKept()

    def test_a_release_is_not_for_a_larger_order(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        self.release(order, self.controller, is_resumed=False)
        order.order_line.price_unit = 1500.01
        self.assertRefused(order.with_user(self.sneak).action_confirm)

    def test_raising_the_quotation_while_it_waits_for_the_release(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        order.with_user(self.sneak).order_line.price_unit = 50000
        self.attempt(self.release, order, self.controller)
        self.assertNotEqual(order.state, "sale")

    def test_core_s_limit_is_not_for_salespeople(self):
        partner = self.poor.with_user(self.sneak)
        self.assertRefused(partner.write, {"credit_limit": 1e6})
        self.assertRefused(partner.write, {"use_partner_credit_limit": True})
        self.assertEqual(self.profile_of(self.poor).amount_limit, 1000.0)

    def test_core_s_limit_is_not_for_accountants_either_while_checks_are_on(self):
        biller = self.make_user("biller", "sales", login="biller-sales")
        self.assertRefused(self.poor.with_user(biller).write, {"credit_limit": 1e6})
        self.attempt(self.poor.with_user(biller).write, {"use_partner_credit_limit": True})
        self.assertEqual(self.profile_of(self.poor).amount_limit, 1000.0)

    def test_a_new_customer_that_brings_its_own_limit(self):
        self.company.account_use_credit_limit = True
        biller = self.make_user("biller", "sales", login="biller-sales")
        Partner = self.env["res.partner"].with_user(biller)
        created = []
        self.attempt(lambda: created.append(Partner.create({"name": "New", "credit_limit": 1e6}).id))
        self.attempt(lambda: created.append(Partner.with_context(default_credit_limit=1e6).create({"name": "N"}).id))
        for partner in self.env["res.partner"].browse(created):
            profile = self.profile_of(partner)
            self.assertFalse(profile.limit_type == "amount" and profile.amount_limit == 1e6)

    def test_another_commercial_entity(self):
        self.assertNotHidden(owing=True)

    def test_another_commercial_entity_of_a_customer_that_owes_nothing_yet(self):
        self.assertNotHidden(owing=False)

    def assertNotHidden(self, owing):  # noqa: N802
        if owing:
            self.my_confirmed(900)
        partner = self.poor.with_user(self.sneak)
        for values in ({"commercial_partner_id": self.rich.id}, {"parent_id": self.rich.id, "is_company": False}):
            self.attempt(partner.write, values)
            self.attempt(self.my_order(5000).action_confirm)
        self.attempt(partner.write, {"parent_id": False, "is_company": True})
        self.assertKept()

    def test_the_own_company_s_customer_in_another_company(self):
        other = self.setup_other_company(name="Elsewhere")["company"]
        self.sneak.company_ids += other
        self.assertRefused(self.my_order(5000).with_company(other).action_confirm)


@tagged("post_install", "-at_install")
class TestTricksOnRecords(AdversaryCommon):
    def test_the_marks_of_a_hold_are_not_written_by_hand(self):
        order = self.make_held(self.poor, 1500, self.sneak).with_user(self.sneak)
        for values in (
            {"credit_hold_state": "released"}, {"credit_hold_state": False}, {"credit_hold_id": False},
        ):  # fmt: skip
            self.assertRefused(order.write, values)
        self.assertHeld(order)

    def test_the_marks_of_a_hold_are_not_created_by_hand(self):
        values = {"partner_id": self.poor.id, "order_line": [self.line(5000)], "credit_hold_state": "released"}
        self.assertRefused(self.env["sale.order"].with_user(self.sneak).create, values)

    def test_another_document_s_hold_or_release_helps_nobody(self):
        released = self.make_held(self.poor, 1500, self.sneak)
        self.release(released, self.controller, is_resumed=False)
        order = self.my_order(1500)
        self.attempt(order.write, {"credit_hold_id": self.hold_of(released).id, "credit_hold_state": "released"})
        self.assertRefused(order.action_confirm)

    def test_credit_records_are_not_for_salespeople(self):
        profile = self.profile_of(self.poor)
        order = self.make_held(self.poor, 1500, self.sneak)
        hold = self.hold_of(order)
        env = self.env(user=self.sneak)
        values = {
            "credit.release": {
                "profile_id": profile.id, "res_model": "sale.order", "res_id": order.id, "amount_max": 1e6,
                "reason_id": self.reason.id, "user_id": self.sneak.id, "date_until": "2099-01-01",
            },
            "credit.hold": {"profile_id": profile.id, "company_id": self.company.id, "res_model": "x", "res_id": 1},
            "credit.decision": {"profile_id": profile.id, "company_id": self.company.id, "verdict": "pass"},
            "credit.profile": {"partner_id": self.make_customer(name="Third").id, "limit_type": "unlimited"},
            "credit.policy": {"name": "Mine"},
            "credit.policy.rule": {"policy_id": self.env["credit.policy"].search([], limit=1).id, "criterion": "domain"},
            "credit.rating": {"name": "Best", "limit_type": "unlimited"},
            "credit.group": {"name": "Family", "limit_type": "unlimited"},
            "credit.reason": {"name": "Because"},
            "credit.dispute": {"move_id": 1, "amount": 1, "reason": "None"},
            "credit.limit.request": {"profile_id": profile.id, "reason": "I want", "amount": 1e6},
            "credit.hold.release": {"hold_ids": hold.ids, "reason_id": self.reason.id},
            "credit.snapshot": {"profile_id": profile.id, "company_id": self.company.id, "date": self.today},
        }  # fmt: skip
        for model, vals in values.items():
            with self.subTest(model):
                self.assertRefused(env[model].create, vals)
        for record, vals in (
            (profile, {"limit_type": "unlimited"}),
            (profile, {"is_excluded": True}),
            (hold, {"state": "released"}),
            (hold.decision_id, {"verdict": "pass"}),
            (self.env["credit.policy"].search([("state", "=", "on")], limit=1), {"state": "draft"}),
            (self.env["credit.policy.rule"].search([], limit=1), {"effect_order": "none"}),
        ):
            with self.subTest(str(record)):
                self.assertRefused(record.with_user(self.sneak).write, vals)
                self.assertRefused(record.with_user(self.sneak).unlink)

    def test_the_buttons_of_the_hold_are_not_for_salespeople(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        hold = self.hold_of(order).with_user(self.sneak)
        self.assertRefused(hold._release, self.reason, self.today)
        self.assertRefused(hold._reject, self.reason)
        self.attempt(hold.action_recheck)
        policy = self.env["credit.policy"].search([("state", "=", "on")], limit=1).with_user(self.sneak)
        self.assertRefused(policy.action_deactivate)
        self.assertHeld(order)

    def test_asking_for_the_release_of_what_is_free_is_refused(self):
        self.assertRefused(self.my_order(900).action_credit_request_release)

    def test_the_company_s_switches_are_not_for_salespeople(self):
        company = self.company.with_user(self.sneak)
        for values in ({"credit_count_orders": False}, {"credit_days_horizon": 1}):
            self.assertRefused(company.write, values)

    def test_the_policy_s_condition_cannot_run_code(self):
        rule = {"criterion": "domain", "domain": "[('id', '=', __import__('os').getpid())]"}
        self.assertRefused(self.make_policy, rule)

    def test_public_methods_of_the_gate_do_not_take_permissions_from_the_caller(self):
        names = [
            name for name in dir(type(self.env["sale.order"]))
            if "credit" in name and not name.startswith("_") and callable(getattr(type(self.env["sale.order"]), name))
        ]  # fmt: skip
        self.assertTrue(names)
        order = self.my_order(5000)
        for name in names:
            self.attempt(getattr(order, name))
        self.assertNotEqual(order.state, "sale")


@tagged("post_install", "-at_install")
class TestTricksOfControllersAndBillers(AdversaryCommon):
    def test_who_asked_cannot_be_rewritten(self):
        order = self.make_held(self.poor, 1500, self.controller)
        hold = self.hold_of(order).with_user(self.controller)
        for values in ({"requester_id": self.sneak.id}, {"salesperson_id": self.sneak.id}, {"amount": 1e6}):
            self.assertRefused(hold.write, values)
        self.assertRefused(self.release, order, self.controller)

    def test_a_colleague_who_asks_again_does_not_make_the_first_one_free(self):
        both = self.make_user("sales", "controller", login="both")
        order = self.make_held(self.poor, 1500, both)
        self.attempt(order.with_user(self.sneak).action_credit_request_release)
        self.attempt(self.confirm, order, self.sneak)
        self.assertRefused(self.release, order, both)

    def test_holds_and_releases_are_changed_by_their_buttons_only(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        hold = self.hold_of(order).with_user(self.controller)
        self.assertRefused(hold.write, {"state": "released"})
        self.release(order, self.controller, is_resumed=False)
        release = hold.release_ids
        for values in ({"amount_max": 1e6}, {"date_until": "2099-01-01"}, {"state": "void"}, {"res_id": 1}):
            self.assertRefused(release.write, values)

    def test_a_submitted_request_is_not_changed_under_the_approver_s_eyes(self):
        user = self.make_user("credit_user")
        request = self.env["credit.limit.request"].with_user(user).create(
            {"profile_id": self.profile_of(self.poor).id, "amount": 1100, "reason": "A little more"}
        )
        request.action_submit()
        self.assertRefused(request.write, {"amount": 1e6})
        manager = self.make_user("manager")
        self.assertRefused(request.with_user(manager).write, {"amount": 1e6})

    def test_a_request_is_never_created_approved(self):
        user = self.make_user("credit_user")
        Request = self.env["credit.limit.request"].with_user(user).with_context(default_state="approved")
        request = Request.create(
            {
                "profile_id": self.profile_of(self.poor).id, "amount": 1e6, "reason": "More", "state": "approved",
                "requester_id": self.controller.id,
            }
        )  # fmt: skip
        self.assertEqual((request.state, request.requester_id), ("draft", user))
        for values in ({"state": "approved"}, {"requester_id": self.controller.id}):
            self.assertRefused(request.write, values)

    def test_an_order_s_invoice_sent_to_another_customer_is_checked(self):
        biller = self.make_user("biller", "sales", login="biller-sales")
        order = self.my_confirmed(5000, self.rich)
        invoice = self.bill(order, post=False).with_user(biller)
        invoice.partner_id = self.poor
        self.assertRefused(invoice.action_post)

    def test_a_line_that_borrows_another_customer_s_order_is_checked(self):
        biller = self.make_user("biller", "sales", login="biller-sales")
        order = self.my_confirmed(5000, self.rich)
        invoice = self.make_invoice(self.poor, 5000, post=False).with_user(biller)
        self.attempt(invoice.invoice_line_ids.write, {"sale_line_ids": [Command.set(order.order_line.ids)]})
        self.assertRefused(invoice.action_post)

    def test_a_made_up_total_on_an_invoice(self):
        biller = self.make_user("biller", login="biller")
        invoice = self.make_invoice(self.poor, 5000, post=False).with_user(biller)
        for values in ({"amount_total_signed": 1.0}, {"amount_total": 1.0}, {"invoice_currency_rate": 1000.0}):
            self.attempt(invoice.write, values)
            self.attempt(invoice.action_post)
        self.assertEqual(invoice.state, "draft")

    def test_a_negative_credit_note_is_no_invoice(self):
        biller = self.make_user("biller", login="biller")
        refund = self.make_refund(self.poor, -5000, post=False).with_user(biller)
        self.assertRefused(refund.action_post)
