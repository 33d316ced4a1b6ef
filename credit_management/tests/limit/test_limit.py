"""Limits: three states, core's own field in step, requests, temporary limits, groups."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestLimit(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()
        cls.profile = cls.profile_of(cls.customer)

    def core_limit(self):
        self.customer.invalidate_recordset()
        return self.customer.credit_limit

    def test_core_s_limit_follows_the_three_states(self):
        for values, core in (
            ({"limit_type": "amount", "amount_limit": 500}, 500.0),
            ({"limit_type": "none"}, 0.0),
            ({"limit_type": "amount", "amount_limit": 0}, 0.01),  # cash only: 0 would be no check in core
            ({"limit_type": "unlimited"}, 0.0),
        ):
            self.profile.write(values)
            self.assertEqual(self.core_limit(), core)

    def test_core_s_limit_is_in_company_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        self.profile.write({"limit_type": "amount", "amount_limit": 500, "limit_currency_id": currency.id})
        self.assertEqual(self.core_limit(), 250.0)

    def test_a_limit_written_in_core_s_field_arrives_here(self):
        self.customer.credit_limit = 700
        self.assertEqual((self.profile.limit_type, self.profile.amount_limit), ("amount", 700.0))
        self.customer.credit_limit = 0
        self.assertEqual(self.profile.limit_type, "none")

    def test_a_limit_that_stood_in_core_is_taken_over(self):
        self.company.account_use_credit_limit = True
        partner = self.env["res.partner"].create({"name": "Old", "is_company": True, "credit_limit": 900})
        profile = self.profile_of(partner)
        self.assertEqual((profile.limit_type, profile.amount_limit), ("amount", 900.0))

    def test_zero_is_cash_only_and_not_unlimited(self):
        self.set_limit(self.customer, 0)
        self.make_invoice(self.customer, 5)
        figures = self.figures(self.customer)
        self.assertEqual((figures["limit_state"], figures["amount_limit_effective"]), ("amount", 0.0))
        self.assertEqual((figures["amount_available"], figures["amount_over_limit"]), (-5.0, 5.0))

    def test_the_available_amount_is_the_limit_less_the_exposure(self):
        self.set_limit(self.customer, 1000)
        self.make_invoice(self.customer, 800)
        figures = self.figures(self.customer)
        self.assertEqual((figures["amount_available"], figures["percent_utilisation"]), (200.0, 80.0))

    @mute_logger("odoo.sql_db")
    def test_a_negative_limit_gets_a_clear_sentence(self):
        with self.assertRaisesRegex((ValidationError, IntegrityError), "negative"), self.env.cr.savepoint():
            self.profile.write({"limit_type": "amount", "amount_limit": -1})

    def test_a_limit_in_letters_gets_a_clear_sentence(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.profile.write({"limit_type": "amount", "amount_limit": "a lot"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.env["credit.limit.request"].create(
                {"profile_id": self.profile.id, "amount": "a lot", "reason": "They grow"}
            )
        result = self.env["credit.profile"].load([".id", "amount_limit"], [[str(self.profile.id), "a lot"]])
        self.assertIn("a lot", result["messages"][0]["message"])

    def test_a_contact_has_no_profile_of_its_own(self):
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        with self.assertRaisesRegex(ValidationError, "contact"):
            self.env["credit.profile"].create({"partner_id": contact.id})
        self.assertEqual(self.profile_of(contact), self.profile)

    def test_direct_writes_are_refused_once_a_policy_is_on(self):
        manager = self.make_user("manager")
        self.profile.with_user(manager).write({"limit_type": "amount", "amount_limit": 10})
        self.make_policy()
        for values in ({"amount_limit": 20}, {"limit_type": "unlimited"}):
            with self.assertRaisesRegex(UserError, "request"), self.env.cr.savepoint():
                self.profile.with_user(manager).write(values)
        with self.assertRaisesRegex(UserError, "request"), self.env.cr.savepoint():
            partner = self.env["res.partner"].create({"name": "New", "is_company": True})
            Profile = self.env["credit.profile"].with_user(manager)
            Profile.create({"partner_id": partner.id, "limit_type": "unlimited"})
        self.assertEqual(self.profile.amount_limit, 10.0)

    def test_a_rating_s_limit_is_in_the_currency_of_each_company_unless_one_is_chosen(self):
        rating = self.env["credit.rating"].create({"name": "T", "limit_type": "amount", "amount_limit": 300})
        self.assertFalse(rating.currency_id)
        self.assertEqual(rating.shown_currency_id, self.company.currency_id)
        self.profile.rating_id = rating
        self.assertEqual(self.profile.amount_limit_effective, 300.0)

    def test_a_rating_s_limit_applies_to_who_has_none(self):
        rating = self.env["credit.rating"].create({"name": "T", "limit_type": "amount", "amount_limit": 300})
        self.profile.rating_id = rating
        self.assertEqual(self.figures(self.customer)["amount_limit_effective"], 300.0)
        self.set_limit(self.customer, 50)
        self.assertEqual(self.figures(self.customer)["amount_limit_effective"], 50.0)


@tagged("post_install", "-at_install")
class TestLimitRequests(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.make_policy()
        cls.asker = cls.make_user("credit_user")
        cls.manager = cls.make_user("manager")

    def ask(self, user=None, **values):
        Request = self.env["credit.limit.request"].with_user(user or self.asker)
        return Request.create({"profile_id": self.profile.id, "amount": 2000, "reason": "They grow", **values})

    def approved(self, **values):
        request = self.ask(**values)
        request.action_submit()
        request.with_user(self.manager).action_approve()
        return request

    def temporary(self, kind, amount, first, last):
        day = timedelta(days=1)
        return self.approved(
            kind=kind, amount=amount, date_from=self.today + first * day, date_to=self.today + last * day
        )

    def limit_on(self, days):
        with freeze_time(self.today + timedelta(days=days)):
            return self.figures(self.customer)["amount_limit_effective"]

    def test_an_approved_request_changes_the_limit_and_keeps_its_history(self):
        self.make_confirmed(self.customer, 400)
        request = self.approved()
        self.assertEqual(self.profile.amount_limit, 2000.0)
        self.assertEqual((request.state, request.approver_id), ("approved", self.manager))
        self.assertEqual((request.amount_before, request.amount_exposure), (1000.0, 400.0))

    def test_an_approved_request_can_make_unlimited_or_cash_only(self):
        self.approved(limit_type="unlimited", amount=0)
        self.assertEqual(self.profile.limit_type, "unlimited")
        self.approved(amount=0)
        self.assertEqual((self.profile.limit_type, self.profile.amount_limit), ("amount", 0.0))

    def test_a_draft_or_submitted_or_rejected_request_changes_nothing(self):
        request = self.ask()
        request.action_submit()
        self.assertEqual(self.profile.amount_limit, 1000.0)
        request.with_user(self.manager).action_reject()
        self.assertEqual(self.profile.amount_limit, 1000.0)

    def test_nobody_approves_the_own_request(self):
        request = self.ask(self.manager)
        request.action_submit()
        with self.assertRaisesRegex(UserError, "somebody else"):
            request.action_approve()

    def asked(self, user=None, **values):
        """Return who gets the task to decide on a request."""
        request = self.ask(user, **values)
        request.action_submit()
        return request.activity_ids.user_id

    def test_the_customer_s_controller_is_asked(self):
        self.profile.controller_id = self.make_user("manager", login="responsible")
        self.assertEqual(self.asked(), self.profile.controller_id)

    def test_a_controller_who_may_not_decide_is_not_asked(self):
        self.profile.controller_id = self.make_user("controller")
        self.assertEqual(self.asked(), self.manager)

    def test_nobody_is_asked_about_the_own_request(self):
        self.profile.controller_id = self.manager
        second = self.make_user("manager", login="second")
        self.assertEqual(self.asked(self.manager), second)

    def test_whoever_has_not_enough_authority_is_not_asked(self):
        second = self.make_user("manager", login="second")
        for user, most in ((self.manager, 1999.99), (second, 2000)):
            values = {"name": user.name, "user_ids": user.ids, "amount_limit_max": most}
            self.env["credit.authority"].create(values)
        self.assertEqual(self.asked(), second)

    def test_nobody_who_is_absent_is_asked(self):
        self.profile.controller_id = self.manager
        second = self.make_user("manager", login="second")
        absence = {"user_id": self.manager.id, "substitute_id": second.id, "date_to": self.today}
        self.env["credit.substitute"].create(absence)
        self.assertEqual(self.asked(), second)

    def test_a_request_without_a_customer_yet_is_named_by_its_kind(self):
        Request = self.env["credit.limit.request"]
        self.assertEqual(Request.new({"kind": "permanent"}).display_name, "New limit")
        self.assertEqual(self.ask(kind="permanent").display_name, "Customer: New limit")

    def test_only_managers_decide(self):
        request = self.ask()
        request.action_submit()
        with self.assertRaises(AccessError):
            request.with_user(self.make_user("controller")).action_approve()

    def test_a_request_is_decided_once(self):
        request = self.approved()
        for step in (request.action_submit, request.with_user(self.manager).action_approve):
            with self.assertRaises(UserError):
                step()

    def test_a_decided_request_is_neither_changed_nor_deleted(self):
        request = self.approved()
        with self.assertRaises(UserError):
            request.write({"amount": 1})
        with self.assertRaises(UserError):
            request.unlink()

    def test_a_temporary_increase_runs_from_its_first_to_its_last_day(self):
        self.temporary("increment", 500, 2, 4)
        self.assertEqual([self.limit_on(day) for day in (1, 2, 4, 5)], [1000.0, 1500.0, 1500.0, 1000.0])

    def test_a_temporary_limit_stands_in_for_the_limit(self):
        self.temporary("replacement", 300, 0, 1)
        self.assertEqual([self.limit_on(day) for day in (0, 1, 2)], [300.0, 300.0, 1000.0])

    def test_increases_add_up_and_the_highest_replacement_counts(self):
        self.temporary("increment", 500, 0, 0)
        self.temporary("increment", 70, 0, 0)
        self.assertEqual(self.limit_on(0), 1570.0)
        self.temporary("replacement", 2000, 0, 0)
        self.temporary("replacement", 1500, 0, 0)
        self.assertEqual(self.limit_on(0), 2570.0)

    @mute_logger("odoo.sql_db")
    def test_bad_temporary_limits_get_clear_sentences(self):
        with (
            self.assertRaisesRegex((ValidationError, IntegrityError), "cannot end before|dates_in_order"),
            self.env.cr.savepoint(),
        ):
            self.ask(kind="increment", date_from=self.today, date_to=self.today - timedelta(days=1))
        with self.assertRaisesRegex(ValidationError, "first and its last day"), self.env.cr.savepoint():
            self.ask(kind="increment", date_from=self.today)
        with self.assertRaisesRegex(ValidationError, "above zero"), self.env.cr.savepoint():
            self.ask(kind="increment", amount=0, date_from=self.today, date_to=self.today)
        with self.assertRaisesRegex((ValidationError, IntegrityError), "negative"), self.env.cr.savepoint():
            self.ask(amount=-5)

    def test_an_expired_limit_is_held_where_the_policy_says_so(self):
        self.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        self.make_policy("limit_expired")
        self.profile.date_limit_expiry = self.today
        self.assertConfirmed(self.make_confirmed(self.customer, 1))
        self.profile.date_limit_expiry = self.today - timedelta(days=1)
        self.make_held(self.customer, 1)


@tagged("post_install", "-at_install")
class TestGroupLimit(CreditCommon):
    def member(self, limit, group_limit, **values):
        group = self.env["credit.group"].create({"name": "Family", **self._limit_values(group_limit), **values})
        return self.make_customer(limit, group_id=group.id), group

    def effective(self, limit, group_limit, **values):
        customer, _group = self.member(limit, group_limit, **values)
        figures = self.figures(customer)
        return figures["limit_state"], figures["amount_limit_effective"]

    def test_the_lower_of_own_and_group_counts(self):
        self.assertEqual(self.effective(500, 300), ("amount", 300.0))
        self.assertEqual(self.effective(300, 500), ("amount", 300.0))

    def test_an_own_amount_of_zero_is_cash_only(self):
        self.assertEqual(self.effective(0, 500), ("amount", 0.0))

    def test_unlimited_under_a_group_amount_has_the_group_amount(self):
        self.assertEqual(self.effective("unlimited", 500), ("amount", 500.0))

    def test_without_an_own_limit_the_group_amount_counts(self):
        self.assertEqual(self.effective(None, 500), ("amount", 500.0))

    def test_without_a_group_amount_the_own_limit_counts(self):
        self.assertEqual(self.effective(500, None), ("amount", 500.0))
        self.assertEqual(self.effective(500, "unlimited"), ("amount", 500.0))

    def test_an_archived_group_no_longer_limits(self):
        customer, group = self.member(500, 300)
        group.active = False
        self.assertEqual(self.figures(customer)["amount_limit_effective"], 500.0)

    def test_members_share_the_limit_across_companies_and_currencies(self):
        self.make_policy("group_limit_exceeded")
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        other = self.setup_other_company(name="Other company")["company"]
        self.env.user.company_ids += other
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "1900-01-01", "rate": 2.0, "company_id": other.id}
        )
        # 1,000 in a currency of which two are a dollar: 500 dollars
        customer, group = self.member("unlimited", 1000, currency_id=currency.id)
        sister = self.make_customer("unlimited", name="Sister", company=other, group_id=group.id)
        self.make_invoice(sister.with_company(other), 300, company_id=other.id)
        group.invalidate_recordset()
        self.assertEqual((group.amount_exposure, group.amount_available), (600.0, 400.0))
        self.assertConfirmed(self.make_confirmed(customer, 200))
        order = self.make_held(customer, 0.01)
        self.assertIn("Family", order.credit_hold_reason)

    def test_two_members_in_one_call_share_the_limit(self):
        self.make_policy("group_limit_exceeded")
        customer, group = self.member("unlimited", 1000)
        sister = self.make_customer("unlimited", name="Sister", group_id=group.id)
        orders = self.make_order(customer, 600) + self.make_order(sister, 600)
        self.confirm(orders)
        self.assertEqual(orders.mapped("state"), ["sale", "draft"])
