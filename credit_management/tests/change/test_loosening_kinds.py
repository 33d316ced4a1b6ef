"""Every way of letting more pass than before goes through the one mechanism, and nobody frees what is their own."""

import json
from datetime import timedelta

from odoo import Command
from odoo.addons.credit_management.hooks import bound_exclusions
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from .test_loosening import LooseningCommon


class KindsCommon(LooseningCommon):
    """The managers decide up to 100 over the limit, and on limits up to 5,000; the boss on any amount."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.make_user("manager", login="boss")
        cls.env["credit.authority"].sudo().create(
            {"name": "Boss", "user_ids": [Command.set(cls.boss.ids)], "is_unlimited": True}
        )
        cls.biller = cls.make_user("biller", "credit_user", login="biller")
        cls.seller = cls.make_user("sales", login="seller")
        (cls.manager + cls.colleague + cls.boss).group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def assertGuarded(self, step):  # noqa: N802
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            step()

    def assertAsked(self, record, vals, most, user=None, operation="write", decider=None):  # noqa: N802
        """Ask for a change, look at what it makes possible at most, and let the boss apply it."""
        change = self.ask(record, vals, user or self.manager, operation)
        self.assertEqual(None if change.is_any else change.amount_most, most)
        if most is None or most > 100:
            with self.assertRaisesRegex(UserError, "authority"), self.env.cr.savepoint():
                change.with_user(self.colleague).action_apply()
        change.with_user(decider or self.boss).action_apply()
        self.env.invalidate_all()
        return change

    def ask_by(self, step, user=None):
        """Take a step that is refused, and the way forward that the refusal offers."""
        with self.assertRaises(RedirectWarning) as refusal, self.env.cr.savepoint():
            step()
        context = {**refusal.exception.args[3], "default_reason": "It is needed"}
        return self.env["credit.change"].with_user(user or self.manager).with_context(**context).create({})

    def sold(self, price, **values):
        return self.make_order(self.customer, price, user_id=self.seller.id, **values)


@tagged("post_install", "-at_install")
class TestOrderNotChecked(KindsCommon):
    def test_an_order_is_freed_by_two_persons_up_to_its_amount(self):
        order = self.sold(1100)
        self.assertAsked(order, {"credit_is_excluded": True}, 1100)
        self.assertEqual((order.credit_amount_excluded, order.credit_excluded_by_id), (1100, self.boss))
        self.confirm(order)
        self.assertConfirmed(order)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.with_user(self.seller).order_line.price_unit = 500000
        self.assertEqual(order.amount_total, 1100)

    def test_an_order_that_grew_before_it_is_confirmed_is_checked(self):
        order = self.sold(1100)
        order.sudo().credit_is_excluded = True
        order.order_line.price_unit = 1100.01
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_saying_it_once_more_does_not_raise_it(self):
        order = self.sold(1100)
        order.sudo().credit_is_excluded = True
        order.order_line.price_unit = 90000
        order.with_user(self.boss).credit_is_excluded = True
        self.assertEqual(order.credit_amount_excluded, 1100)

    def test_up_to_what_is_nobodys_to_write(self):
        order = self.sold(1100)
        order.sudo().credit_is_excluded = True
        for values in ({"credit_amount_excluded": 9e6}, {"credit_excluded_by_id": False}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.with_user(self.boss).write(values)

    def test_nobody_frees_their_own_order_also_where_it_is_only_told(self):
        self.company.sudo().credit_second_person = "told"
        self.sold(1100).with_user(self.boss).credit_is_excluded = True
        order = self.sold(1100)
        order.user_id = self.boss
        order.user_id = self.seller
        self.assertGuarded(lambda: order.with_user(self.boss).write({"credit_is_excluded": True}))

    def test_whoever_freed_it_does_not_take_it_over(self):
        order = self.sold(1100)
        order.with_user(self.boss).sudo().credit_is_excluded = True
        order.user_id = self.boss
        self.confirm(order)
        self.assertHeld(order)

    def test_what_was_freed_for_one_customer_is_not_freed_for_another(self):
        """400 were freed of the one's check; the other, whose limit is 100, is checked."""
        self.profile.sudo().amount_limit = 100
        other = self.make_customer(100, "Other")
        order = self.sold(400)
        order.sudo().credit_is_excluded = True
        order.with_user(self.seller).write({"partner_id": other.id, "partner_invoice_id": other.id})
        self.assertEqual(
            (order.credit_is_excluded, order.credit_amount_excluded, order.credit_excluded_by_id.id), (False, 0, False)
        )
        row = self.assertLogged(order, "Yes", "No")
        self.assertEqual((row.verdict, row.person_ref), ("tighter", self.seller.id))
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_it_falls_when_its_invoice_address_becomes_another_customers(self):
        other = self.make_customer(100, "Other")
        address = self.env["res.partner"].create({"name": "Payables", "parent_id": self.customer.id, "type": "invoice"})
        order = self.sold(400, partner_invoice_id=address.id)
        order.sudo().credit_is_excluded = True
        address.parent_id = other
        self.assertEqual((order.credit_is_excluded, order.credit_excluded_by_id.id), (False, False))

    def test_it_is_measured_on_whoever_owes_it_after_the_same_write(self):
        """The other owes 900 of 100: with the 400 it is 1,200 above its limit."""
        self.company.sudo().credit_second_person = "told"
        other = self.make_customer(1000, "Other")
        self.make_invoice(other, 900)
        self.profile_of(other).sudo().amount_limit = 100
        order = self.sold(400)
        values = {"partner_id": other.id, "partner_invoice_id": other.id, "credit_is_excluded": True}
        order.with_user(self.boss).write(values)
        self.assertTrue(order.credit_is_excluded)
        self.assertEqual(self.assertLogged(order, "No", "Yes").amount_most, 1200)

    def test_it_falls_with_the_customer_or_the_invoice_address_and_does_not_come_back(self):
        other = self.make_customer(100, "Other")
        for values in ({"partner_id": other.id}, {"partner_invoice_id": other.id}):
            with self.subTest(values):
                order = self.sold(400)
                order.sudo().credit_is_excluded = True
                order.with_user(self.seller).write(values)
                order.with_user(self.seller).write({"partner_id": self.customer.id})
                self.assertFalse(order.credit_is_excluded)

    def test_another_address_of_the_same_customer_keeps_it(self):
        address = self.env["res.partner"].create({"name": "Office", "type": "invoice", "parent_id": self.customer.id})
        order = self.sold(400)
        order.sudo().credit_is_excluded = True
        order.with_user(self.seller).partner_invoice_id = address
        self.assertEqual((order.credit_is_excluded, order.credit_amount_excluded), (True, 400))

    def test_a_confirmed_order_that_gets_another_customer_is_decided_for_that_one(self):
        other = self.make_customer(100, "Other")
        order = self.sold(400)
        order.sudo().credit_is_excluded = True
        self.confirm(order)
        self.assertConfirmed(order)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.with_user(self.seller).partner_invoice_id = other

    def test_orders_of_before_the_upgrade_stay_free_up_to_their_amount(self):
        order = self.sold(1100)
        order.sudo().credit_is_excluded = True
        order.sudo().write({"credit_amount_excluded": 0, "credit_excluded_by_id": False})
        bound_exclusions(self.env(su=True))
        self.assertEqual(order.credit_amount_excluded, 1100)
        self.confirm(order)
        self.assertConfirmed(order)


@tagged("post_install", "-at_install")
class TestWhatRidesAlong(KindsCommon):
    """A change is applied with all rights: nothing comes with it that nobody has measured."""

    def make_change(self, record, vals, user=None):
        return self.env["credit.change"].with_user(user or self.manager).create(
            {"res_model": record._name, "res_id": record.id, "values": json.dumps(vals), "reason": "x"}
        )

    def test_only_what_was_measured_is_written(self):
        other = self.make_customer(5)
        change = self.make_change(self.profile, {"account_status": "normal", "is_excluded": True,
                                                 "controller_id": self.biller.id, "partner_id": other.id,
                                                 "status_reason": "Paid"})
        change.with_user(self.boss).action_apply()
        self.assertEqual((self.profile.is_excluded, self.profile.status_reason), (True, "Paid"))
        self.assertEqual((self.profile.partner_id, self.profile.controller_id), (self.customer, self.biller.browse()))

    def test_a_credit_manager_asks_for_settings_and_for_nothing_else_of_a_company(self):
        change = self.make_change(self.company, {"credit_count_orders": False, "name": "Mine"})
        name = self.company.name
        change.with_user(self.boss).action_apply()
        self.assertEqual((self.company.credit_count_orders, self.company.name), (False, name))
        with self.assertRaises(AccessError):
            self.make_change(self.company, {"credit_count_drafts": False}, self.biller)

    def test_the_page_of_setting_up_asks_as_well(self):
        setup = self.env["credit.setup"].with_user(self.manager)
        self.assertGuarded(lambda: setup.create({"company_id": self.company.id, "credit_count_orders": False}))
        self.assertTrue(self.company.credit_count_orders)

    def test_setting_up_proposes_what_waits_for_a_word(self):
        self.company.sudo().write({"credit_second_person": "told", "credit_is_tz_confirmed": False})
        self.profile.sudo()._set_dunning_level(2, "Typed")
        self.env["credit.release"].sudo().create(
            {"profile_id": self.profile.id, "reason_id": self.reason.id, "amount_max": 5, "date_until": self.today,
             "is_measured": False}
        )
        setup = self.env["credit.setup"].with_user(self.manager).create({"company_id": self.company.id})
        self.assertLessEqual({"tz", "second", "releases", "levels"}, set(setup.check_ids.mapped("fix")))
        self.assertEqual(self.env["credit.release"].search(setup.action_show_releases()["domain"]).amount_max, 5)
        self.assertEqual(self.env["credit.profile"].search(setup.action_show_levels()["domain"]), self.profile)
        setup.action_confirm_tz()
        setup.action_require_second()
        self.assertEqual((self.company.credit_is_tz_confirmed, self.company.credit_second_person), (True, "required"))
        self.assertFalse({"tz", "second"} & set(setup.check_ids.mapped("fix")))

    def test_no_order_is_created_by_a_change(self):
        vals = {"partner_id": self.customer.id, "credit_is_excluded": True, "credit_hold_state": "released"}
        with self.assertRaisesRegex(UserError, "Save the order first"):
            self.env["credit.change"].with_user(self.boss).create(
                {"res_model": "sale.order", "operation": "create", "values": json.dumps(vals), "reason": "x"}
            )

    def test_a_file_that_is_created_with_a_limit_is_measured(self):
        partner = self.env["res.partner"].create({"name": "New", "is_company": True})
        vals = {"partner_id": partner.id, "company_id": self.company.id, "limit_type": "amount", "amount_limit": 9000,
                "date_ignore_until": "2199-01-01"}
        change = self.env["credit.change"].with_user(self.manager).create(
            {"res_model": "credit.profile", "operation": "create", "values": json.dumps(vals), "reason": "x"}
        )
        self.assertTrue(change.is_any)


@tagged("post_install", "-at_install")
class TestFacts(KindsCommon):
    def test_a_dispute_that_is_opened_raised_or_opened_again(self):
        invoice = self.make_invoice(self.customer, 500, days_overdue=60)
        values = {"move_id": invoice.id, "amount": 80, "reason": "Broken"}
        change = self.assertAsked(self.env["credit.dispute"], values, 80, self.biller, "create", self.colleague)
        self.assertEqual(change.state, "applied")
        dispute = self.env["credit.dispute"].search([("move_id", "=", invoice.id)])
        self.assertAsked(dispute, {"amount": 300}, 300, self.biller)
        dispute.with_user(self.biller).amount = 200
        dispute.with_user(self.biller).action_settle()
        self.assertAsked(dispute, {"state": "open"}, 200, self.biller)

    def test_who_sold_it_accepts_no_dispute(self):
        self.company.sudo().credit_second_person = "told"
        self.customer.user_id = self.colleague
        self.customer.user_id = False
        invoice = self.make_invoice(self.customer, 500, days_overdue=60)
        vals = {"move_id": invoice.id, "amount": 80, "reason": "Broken"}
        self.colleague.group_ids += self.env.ref("account.group_account_invoice")
        self.assertGuarded(lambda: self.env["credit.dispute"].with_user(self.colleague).create(vals))
        self.env["credit.dispute"].with_user(self.biller).create(vals)

    def test_a_promise_that_is_withdrawn(self):
        first, last = self.today - timedelta(days=9), self.today - timedelta(days=3)
        promise = self.env["credit.promise"].create(
            {"profile_id": self.profile.id, "amount": 90, "date_noted": first, "date_promised": last}
        )
        change = self.ask_by(lambda: promise.with_user(self.manager)._withdraw("Mistake"))
        self.assertEqual((change.amount_most, promise.is_withdrawn), (90, False))
        change.with_user(self.colleague).action_apply()
        self.assertEqual((promise.state, change.state), ("withdrawn", "applied"))

    def test_a_dunning_level_that_is_lowered(self):
        self.profile.sudo()._set_dunning_level(3, "Typed")
        self.assertGuarded(lambda: self.profile.with_user(self.manager)._set_dunning_level(2, "They called"))
        self.profile.with_user(self.manager)._set_dunning_level(4, "No answer")

    def test_a_customer_that_is_taken_out_of_dunning(self):
        for values in (
            {"is_dunning_blocked": True, "dunning_blocked_reason": "Friends"},
            {"proceedings_kind": "court", "proceedings_reason": "File 7"},
            {"dunning_plan_id": self.env["credit.dunning.plan"].create({"name": "Soft"}).id},
        ):
            self.assertGuarded(lambda values=values: self.profile.with_user(self.manager).write(values))
        self.profile.sudo().write({"is_dunning_blocked": True, "date_dunning_blocked_to": self.today})
        later = self.today + timedelta(days=9)
        self.assertGuarded(lambda: self.profile.with_user(self.manager).write({"date_dunning_blocked_to": later}))
        self.profile.with_user(self.manager).write({"is_dunning_blocked": False})

    def test_a_dunning_plan_that_somebody_has_and_that_writes_later_or_never(self):
        plan = self.env["credit.dunning.plan"].create(
            {"name": "Ours", "level_ids": [Command.create({"name": "First", "days": 7, "amount_min": 10})]}
        )
        level = plan.level_ids
        mine = plan.with_user(self.manager)
        mine.write({"days_quiet": 9, "level_ids": [Command.update(level.id, {"days": 9})]})  # nobody has it
        self.company.sudo().credit_dunning_plan_id = plan
        for values in ({"days": 10}, {"days_deadline": 30}, {"amount_min": 11}, {"timing": "month_end"}):
            self.assertGuarded(lambda values=values: level.with_user(self.manager).write(values))
        for values in ({"active": False}, {"days_quiet": 10}, {"level_ids": [Command.delete(level.id)]}):
            self.assertGuarded(lambda values=values: mine.write(values))
        self.assertGuarded(lambda: mine.level_ids.create({"plan_id": plan.id, "name": "Sooner", "sequence": 1}))
        self.assertGuarded(mine.unlink)
        least = self.env["credit.dunning.minimum"].with_user(self.manager)
        values = {"level_id": level.id, "currency_id": self.company.currency_id.id}
        self.assertGuarded(lambda: least.create({**values, "amount": 20}))
        least = least.sudo().create({**values, "amount": 20}).with_user(self.manager)
        self.assertGuarded(lambda: least.write({"amount": 30}))
        self.assertGuarded(least.unlink)
        least.amount = 15
        mine.level_ids.create({"plan_id": plan.id, "name": "Last", "sequence": 99, "days": 30})
        level.with_user(self.manager).days = 6
        self.assertEqual((plan.active, plan.level_count, level.days), (True, 2, 6))

    def test_a_cover_that_is_new_higher_or_longer(self):
        yesterday = self.today - timedelta(days=1)
        values = {"profile_id": self.profile.id, "amount": 5000, "date_to": str(yesterday),
                  "date_from": str(yesterday)}
        self.assertAsked(self.env["credit.cover"], values, 5000, operation="create")
        cover = self.env["credit.cover"].search([("profile_id", "=", self.profile.id)])
        self.assertAsked(cover, {"amount": 6000}, 6000)
        self.assertAsked(cover, {"date_to": False}, 6000)
        cover.with_user(self.manager).write({"amount": 10, "date_to": yesterday})

    def test_the_risk_period_of_a_payment_method(self):
        method = self.inbound_payment_method_line
        method.sudo().credit_days_risk = 30
        admin = self.env.ref("base.user_admin")
        self.assertGuarded(lambda: method.with_user(admin).write({"credit_days_risk": 29}))
        method.with_user(admin).credit_days_risk = 31

    def test_the_limit_that_new_customers_start_with(self):
        admin = self.env.ref("base.user_admin")
        defaults = self.env["ir.default"].with_user(admin)

        def start_with(amount):
            defaults.set("res.partner", "credit_limit", amount, company_id=self.company.id)

        self.assertGuarded(lambda: start_with(77777.0))
        self.env["ir.default"].sudo().set("res.partner", "credit_limit", 500.0, company_id=self.company.id)
        self.assertGuarded(lambda: start_with(501.0))
        self.assertGuarded(lambda: start_with(0.0))
        start_with(400.0)
        self.assertGuarded(lambda: self.company.with_user(admin).write({"account_use_credit_limit": True}))
        defaults.set("res.partner", "lang", "en_US")

    def test_a_default_limit_that_two_persons_want(self):
        admin = self.env.ref("base.user_admin")
        field = self.env["ir.model.fields"]._get("res.partner", "credit_limit")
        values = {"field_id": field.id, "company_id": self.company.id, "json_value": "77777.0"}
        self.assertAsked(self.env["ir.default"], values, 77777, admin, "create")
        profile = self.env["res.partner"].with_company(self.company)
        self.assertEqual(profile._fields["credit_limit"].get_company_dependent_fallback(profile), 77777)


@tagged("post_install", "-at_install")
class TestCustomerReleaseByTwo(KindsCommon):
    def test_a_customer_is_released_by_two_persons(self):
        until = self.today + timedelta(days=7)
        change = self.ask_by(lambda: self.profile.with_user(self.boss)._release(self.reason, until, 90, 90), self.boss)
        self.assertEqual((change.amount_most, change.is_any), (90, False))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            change.action_apply()
        change.with_user(self.colleague).action_apply()
        release = self.profile.release_ids
        self.assertEqual((release.user_id, release.amount_total, release.amount_over), (self.colleague, 90, 0))

    def test_it_is_measured_once_more_when_it_is_applied(self):
        until = self.today + timedelta(days=7)
        change = self.ask_by(lambda: self.profile.with_user(self.boss)._release(self.reason, until, 90, 90), self.boss)
        self.make_invoice(self.customer, 1000)
        self.profile.sudo()._apply_limit({"amount_limit": 900})
        with self.assertRaisesRegex(UserError, "100.00.*190.00"):
            change.with_user(self.colleague).action_apply()

    def test_nobody_else_asks_for_it(self):
        with self.assertRaises(AccessError):
            self.env["credit.change"].with_user(self.biller).create(
                {"res_model": "credit.release", "operation": "create", "reason": "x", "values": "{}"}
            )


@tagged("post_install", "-at_install")
class TestOwnCustomers(KindsCommon):
    """Where it is only told, nobody exempts the customers they sell to, or sold to a moment ago."""

    def test_exemptions_of_a_file(self):
        self.company.sudo().credit_second_person = "told"
        self.profile.sudo().account_status = "stop"
        self.customer.user_id = self.manager
        self.customer.user_id = self.seller
        tomorrow = self.today + timedelta(days=1)
        for values in ({"is_excluded": True}, {"date_ignore_until": tomorrow}, {"account_status": "normal"}):
            with self.subTest(values):
                self.assertGuarded(lambda values=values: self.profile.with_user(self.manager).write(values))
                self.profile.with_user(self.colleague).write(values)

    def test_whoever_stands_in_does_not_say_so_alone(self):
        self.company.sudo().credit_second_person = "told"
        absence = {"user_id": self.boss.id, "substitute_id": self.manager.id,
                   "date_from": self.today, "date_to": self.today}
        self.assertGuarded(lambda: self.env["credit.substitute"].with_user(self.manager).create(absence))
        self.env["credit.substitute"].with_user(self.colleague).create(absence)
