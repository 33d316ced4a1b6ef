"""Policies: which one applies, when, and what bad input is told."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestPolicyScope(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["credit.group"].create({"name": "Family", "limit_type": "none"})
        cls.rating = cls.env["credit.rating"].create({"name": "T"})
        cls.customer = cls.make_customer(1000)

    def applied(self):
        profile = self.profile_of(self.customer)
        policy = self.env["credit.policy"]._get_for_profiles(profile, self.today)[profile.id]
        return policy and policy.name

    def test_customer_beats_group_beats_rating_beats_everyone(self):
        self.make_policy(name="everyone", sequence=1)
        self.make_policy(name="rating", scope="rating", rating_ids=self.rating.ids)
        self.make_policy(name="group", scope="group", group_ids=self.group.ids)
        own = self.make_policy(name="customer", scope="customer")
        profile = self.profile_of(self.customer)
        found = [self.applied()]
        for values in ({"rating_id": self.rating.id}, {"group_id": self.group.id}, {"policy_id": own.id}):
            profile.write(values)
            found.append(self.applied())
        self.assertEqual(found, ["everyone", "rating", "group", "customer"])

    def test_of_two_policies_the_lowest_number_applies(self):
        self.make_policy(name="second", sequence=2)
        self.make_policy(name="first", sequence=1)
        self.assertEqual(self.applied(), "first")

    def test_a_policy_that_is_off_or_archived_does_not_apply(self):
        policy = self.make_policy(name="on")
        policy.action_deactivate()
        self.assertIsNone(self.applied())
        policy.action_activate()
        policy.active = False
        self.assertIsNone(self.applied())

    def test_a_policy_applies_from_its_first_to_its_last_day(self):
        day = timedelta(days=1)
        self.make_policy(name="season", date_from=self.today + day, date_to=self.today + 2 * day)
        order = self.make_order(self.customer, 1500)
        found = []
        for number in range(4):
            with freeze_time(self.today + number * day):
                found.append(order._credit_decide("order")[order].verdict)
        self.assertEqual(found, ["pass", "hold", "hold", "pass"])

    def test_a_policy_of_another_company_does_not_apply(self):
        other = self.setup_other_company(name="Other company")["company"]
        self.make_policy(name="theirs", company_id=other.id)
        self.assertIsNone(self.applied())
        self.make_policy(name="everywhere", company_id=False)
        self.assertEqual(self.applied(), "everywhere")

    def test_a_change_of_a_rule_counts_at_once(self):
        policy = self.make_policy()
        self.make_held(self.customer, 1500)
        policy.rule_ids.effect_order = "warn"
        self.assertConfirmed(self.make_confirmed(self.customer, 1500))

    def test_when_all_rules_must_be_hit_one_is_not_enough(self):
        self.make_policy("limit_exceeded", {"criterion": "overdue_days", "days": 0}, is_match_all=True)
        self.assertConfirmed(self.make_confirmed(self.customer, 1500))
        self.make_invoice(self.customer, 1, days_overdue=1)
        self.make_held(self.customer, 1500)

    def test_an_own_condition_on_customers_is_a_rule(self):
        self.make_policy({"criterion": "domain", "domain": "[('partner_id.name', '=', 'Trouble')]"})
        self.assertConfirmed(self.make_confirmed(self.customer, 1))
        self.make_held(self.make_customer(name="Trouble"), 1)

    def test_each_criterion_reads_its_facts(self):
        self.make_invoice(self.customer, 100, days_overdue=40)
        profile = self.profile_of(self.customer)
        profile.write({"account_status": "watch", "date_review_next": self.today - timedelta(days=1)})
        for rule in (
            {"criterion": "overdue_days", "days": 39},
            {"criterion": "overdue_amount", "amount": 100, "percent": 100},
            {"criterion": "oldest_item", "days": 39},
            {"criterion": "account_status", "is_status_watch": True},
            {"criterion": "review_expired"},
            {"criterion": "limit_expired", "is_blank_hit": True},
            {"criterion": "document_amount", "amount": 5},
            {"criterion": "utilisation", "percent": 10.5},
            {"criterion": "no_payment", "days": 39},
        ):
            with self.subTest(rule["criterion"]):
                policy = self.make_policy(rule)
                order = self.make_held(self.customer, 5)
                self.assertTrue(order.credit_hold_reason)
                policy.action_deactivate()

    def test_a_missing_deposit_holds_and_says_how_much(self):
        self.make_policy("deposit_missing", percent_deposit=30)
        order = self.make_held(self.customer, 1000)
        self.assertIn("300.00", order.credit_hold_reason)

    def test_a_better_discount_holds(self):
        self.make_policy("discount_better", percent_discount_max=10)
        self.assertConfirmed(self.make_confirmed(self.customer, lines=[self.line(100, discount=10)]))
        order = self.make_order(self.customer, lines=[self.line(100, discount=10.5)])
        self.confirm(order)
        self.assertHeld(order)


@tagged("post_install", "-at_install")
class TestPolicyInput(CreditCommon):
    def test_installed_with_nothing_configured_no_policy_is_on(self):
        shipped = [self.env.ref(f"credit_management.policy_{name}") for name in ("cautious", "balanced", "generous")]
        self.assertEqual([policy.state for policy in shipped], ["draft"] * 3)
        self.assertTrue(all(policy.rule_ids for policy in shipped))

    def test_the_shipped_policies_do_what_they_say(self):
        customer = self.make_customer(1000)
        verdicts = {}
        for name in ("cautious", "balanced", "generous"):
            policy = self.env.ref(f"credit_management.policy_{name}").copy({"company_id": self.company.id})
            policy.action_activate()
            orders = [self.make_order(customer, amount) for amount in (799, 800, 1000, 1001, 1099.99, 1100)]
            verdicts[name] = [order._credit_decide("order")[order].verdict for order in orders]
            policy.action_deactivate()
        self.assertEqual(verdicts["cautious"], ["pass", "warn", "warn", "hold", "hold", "hold"])
        self.assertEqual(verdicts["balanced"], ["pass", "pass", "warn", "hold", "hold", "hold"])
        self.assertEqual(verdicts["generous"], ["pass", "pass", "warn", "warn", "warn", "hold"])

    def test_a_policy_without_an_effect_cannot_be_switched_on(self):
        policy = self.make_policy(is_on=False)
        policy.rule_ids.unlink()
        with self.assertRaisesRegex(UserError, "no rule with an effect"):
            policy.action_activate()

    def test_a_policy_that_is_on_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, "Switch it off"):
            self.make_policy().unlink()

    def test_a_copy_of_a_policy_that_is_on_is_off(self):
        copy = self.make_policy().copy()
        self.assertEqual(copy.state, "draft")
        self.assertEqual(len(copy.rule_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_bad_values_get_clear_sentences(self):
        day = timedelta(days=1)
        for values, text in (
            ({"date_from": self.today, "date_to": self.today - day}, "cannot end before|dates_in_order"),
            ({"percent_deposit": 101}, "between 0 and 100"),
            ({"percent_deposit": -1}, "between 0 and 100"),
        ):
            with self.assertRaisesRegex((ValidationError, IntegrityError), text), self.env.cr.savepoint():
                self.make_policy(is_on=False, **values)
        for rule in ({"criterion": "overdue_days", "days": -1}, {"criterion": "utilisation", "percent": -1}):
            with self.assertRaisesRegex((ValidationError, IntegrityError), "negative"), self.env.cr.savepoint():
                self.make_policy(rule, is_on=False)
        with self.assertRaisesRegex(ValidationError, "cannot be understood"), self.env.cr.savepoint():
            self.make_policy({"criterion": "domain", "domain": "[('no_such_field', '=', 1)]"}, is_on=False)


@tagged("post_install", "-at_install")
class TestBounds(CreditCommon):
    """What is not bounded is said by a switch; the number behind it is nobody's concern."""

    def test_switching_a_bound_on_proposes_one_and_off_allows_any(self):
        with Form(self.make_policy("terms_longer", is_on=False)) as form:
            self.assertFalse(form.is_terms_bound)
            form.is_terms_bound = True
            self.assertEqual(form.days_terms_max, 30)
            form.days_terms_max = 14
            self.assertTrue(form.is_terms_bound)
            form.is_terms_bound = False
            self.assertEqual(form.days_terms_max, -1)
            form.is_discount_bound = True
            self.assertEqual(form.percent_discount_max, 0.0)
