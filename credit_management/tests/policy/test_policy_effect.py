"""A policy shows what it would do before it is switched on; odd set-ups are named."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestPreview(CreditCommon):
    """Two quotations: 600 fits a limit of 1,000, 1,500 does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sale.order"].search([("state", "in", ("draft", "sent"))]).action_cancel()
        cls.customer = cls.make_customer(1000, "Preview Ltd")
        cls.fits = cls.make_order(cls.customer, 600)
        cls.over = cls.make_order(cls.customer, 1500)

    def preview(self, policy, **changes):
        self.env.invalidate_all()  # each look is a request of its own
        action = policy.action_preview(changes)
        return self.env["credit.policy.preview"].browse(action["res_id"])

    def test_a_policy_that_is_off_says_what_it_would_hold(self):
        preview = self.preview(self.make_policy("limit_exceeded", is_on=False))
        self.assertEqual((preview.order_count, preview.held_count, preview.amount_held), (2, 1, 1500))
        self.assertEqual(preview.held_count_now, 0)
        self.assertEqual(preview.line_ids.order_id, self.over)
        self.assertIn("over by $ 500.00", preview.line_ids.reasons.replace("\xa0", " "))

    def test_it_compares_with_the_policies_in_force(self):
        self.make_policy("limit_exceeded")
        preview = self.preview(self.make_policy({"criterion": "document_amount", "amount": 500}, is_on=False))
        self.assertEqual((preview.held_count, preview.held_count_now), (2, 1))

    def test_it_counts_the_customers_that_could_not_order_at_all(self):
        self.make_invoice(self.customer, 1000)
        preview = self.preview(self.make_policy("limit_exceeded", is_on=False))
        self.assertEqual(preview.customer_held_count, 1)

    def test_whatever_a_rule_asks_is_known_before_it_is_on(self):
        profile = self.profile_of(self.customer)
        profile.sudo()._set_dunning_level(3, "Typed")
        self.env["credit.promise"].create(
            {
                "profile_id": profile.id, "amount": 100, "date_noted": self.today - timedelta(days=30),
                "date_promised": self.today - timedelta(days=1),
            }
        )
        self.env["credit.cover"].create(
            {
                "profile_id": profile.id, "date_from": self.today - timedelta(days=30),
                "date_to": self.today - timedelta(days=1),
            }
        )
        self.make_invoice(self.customer, 100, days_overdue=50)
        (self.fits | self.over).payment_term_id = self.env.ref("account.account_payment_term_30days")
        rules = (
            {"criterion": "dunning_level", "level": 3}, {"criterion": "broken_promise"}, {"criterion": "cover_expired"},
            {"criterion": "terms_better"}, {"criterion": "oldest_item", "days": 49},
            {"criterion": "no_payment", "days": 49},
            {"criterion": "domain", "domain": "[('partner_id.name', '=', 'Preview Ltd')]"},
        )
        for rule in rules:
            preview = self.preview(self.make_policy(rule, is_on=False))
            self.assertEqual((preview.held_count, preview.held_count_now), (2, 0), rule["criterion"])

    def test_orders_the_policy_does_not_check_are_not_counted_as_held(self):
        self.over.client_order_ref = "SAMPLE"
        policy = self.make_policy(
            "limit_exceeded", is_on=False, exclusion_domain="[('client_order_ref', '=', 'SAMPLE')]"
        )
        self.assertEqual(self.preview(policy).held_count, 0)
        policy.action_activate()
        self.assertEqual(self.preview(policy, exclusion_domain="[]").held_count, 1)

    def test_it_gives_way_to_policies_of_a_narrower_scope(self):
        policy = self.make_policy("limit_exceeded", is_on=False)
        self.profile_of(self.customer).policy_id = self.make_policy(
            {"criterion": "dunning_level", "level": 9}, name="Own", scope="customer"
        )
        preview = self.preview(policy)
        self.assertEqual((preview.order_count, preview.held_count, preview.customer_count), (0, 0, 0))

    def test_a_policy_for_named_customers_counts_theirs_only(self):
        self.make_order(self.make_customer(100, "Elsewhere Ltd"), 1500)
        policy = self.make_policy("limit_exceeded", is_on=False)
        self.assertEqual(self.preview(policy).held_count, 2)
        named = [Command.link(self.profile_of(self.customer).id)]
        self.assertEqual(self.preview(policy, scope="customer", profile_ids=named).held_count, 1)

    def test_a_policy_that_starts_later_shows_what_it_will_do(self):
        starts = self.today + timedelta(days=30)
        policy = self.make_policy("limit_exceeded", is_on=False, date_from=starts)
        self.assertEqual(self.preview(policy).held_count, 1)
        policy.write({"date_from": starts - timedelta(days=90), "date_to": starts - timedelta(days=60)})
        self.assertEqual(self.preview(policy).order_count, 0)

    def test_looking_changes_nothing(self):
        decisions = self.env["credit.log"].search_count([])
        self.preview(self.make_policy("limit_exceeded", is_on=False))
        self.assertEqual(self.env["credit.log"].search_count([]), decisions)
        self.assertFalse(self.over.credit_hold_state)

    def test_changes_on_the_screen_are_tried_out_and_not_saved(self):
        policy = self.make_policy("limit_exceeded")
        rule = policy.rule_ids
        preview = self.preview(policy, rule_ids=[Command.update(rule.id, {"amount_tolerance": 500})])
        self.assertEqual((preview.held_count, preview.held_count_now, preview.is_unsaved), (0, 1, True))
        added = {"criterion": "domain", "domain": "[('partner_id.name', '=', 'Preview Ltd')]", "effect_order": "hold"}
        self.assertEqual(self.preview(policy, rule_ids=[Command.create(added)]).held_count, 2)
        self.assertEqual(self.preview(policy, rule_ids=[Command.delete(rule.id)]).held_count, 0)
        self.env.invalidate_all()
        self.assertEqual((policy.rule_ids, rule.amount_tolerance), (rule, 0))
        self.assertEqual(self.over._credit_decide("order")[self.over].verdict, "hold")
        self.assertFalse(self.preview(policy).is_unsaved)

    def test_a_policy_that_was_never_saved_shows_what_it_would_do(self):
        before = self.env["credit.policy"].search_count([])
        rules = [Command.create({"criterion": "document_amount", "amount": 500, "effect_order": "hold"})]
        preview = self.preview(self.env["credit.policy"], name="New", scope="all", rule_ids=rules)
        self.assertEqual((preview.held_count, preview.amount_held), (2, 2100))
        self.assertEqual(self.env["credit.policy"].search_count([]), before)

    def test_values_that_are_not_possible_are_refused_before_they_are_tried_out(self):
        with self.assertRaisesRegex(ValidationError, "between 0 and 100"):
            self.preview(self.make_policy("limit_exceeded"), percent_deposit=150)

    def test_only_who_may_write_a_policy_tries_changes_out(self):
        policy = self.make_policy("limit_exceeded").with_user(self.make_user("controller"))
        self.assertEqual(self.preview(policy).held_count, 1)
        with self.assertRaises(AccessError):
            self.preview(policy, date_to=self.today)

    def test_nobody_tries_a_policy_out_on_a_company_he_is_not_in(self):
        other = self.env["res.company"].create({"name": "Not Yours"})
        policy = self.make_policy("limit_exceeded").with_user(self.make_user("manager"))
        with self.assertRaises(AccessError):
            self.preview(policy, company_id=other.id)


@tagged("post_install", "-at_install")
class TestScope(CreditCommon):
    """Customer beats credit group beats rating beats everyone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rating = cls.env.ref("credit_management.rating_b")
        cls.customer = cls.make_customer(1000, "Scope Ltd", rating_id=cls.rating.id)
        cls.order = cls.make_order(cls.customer, 500)

    def get_policy(self):
        return self.order._credit_decide("order")[self.order].policy_name

    def test_the_most_specific_policy_applies_whatever_its_sequence(self):
        profile = self.profile_of(self.customer)
        self.make_policy(name="Everyone", sequence=1)
        self.assertEqual(self.get_policy(), "Everyone")
        self.make_policy(name="Rating", scope="rating", rating_ids=[Command.set(self.rating.ids)], sequence=2)
        self.assertEqual(self.get_policy(), "Rating")
        group = self.env["credit.group"].create({"name": "Family", "amount_limit": 9999})
        profile.group_id = group
        self.make_policy(name="Group", scope="group", group_ids=[Command.set(group.ids)], sequence=3)
        self.assertEqual(self.get_policy(), "Group")
        profile.policy_id = self.make_policy(name="Own", scope="customer", sequence=4)
        self.assertEqual(self.get_policy(), "Own")

    def test_a_policy_outside_its_dates_does_not_apply(self):
        policy = self.make_policy(name="Season", date_to=self.today)
        self.assertEqual(self.get_policy(), "Season")
        policy.write({"date_from": "2020-01-01", "date_to": "2020-12-31"})
        self.assertEqual(self.get_policy(), "")

    def test_orders_that_match_the_exclusion_are_not_checked(self):
        self.make_policy("limit_exceeded", exclusion_domain="[('client_order_ref', '=', 'SAMPLE')]")
        order = self.make_order(self.customer, 5000, client_order_ref="SAMPLE")
        order.action_confirm()
        self.assertConfirmed(order)

    def test_an_exclusion_that_cannot_be_understood_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be understood"):
            self.make_policy(exclusion_domain="[('no_such_field', '=', 1)]")

    def test_only_a_manager_frees_one_order_of_the_check(self):
        self.make_policy("limit_exceeded")
        order = self.make_order(self.customer, 5000)
        with self.assertRaises(AccessError):
            order.with_user(self.make_user("sales")).credit_is_excluded = True
        order.with_user(self.make_user("sales", "manager")).credit_is_excluded = True
        order.action_confirm()
        self.assertConfirmed(order)

    def test_all_rules_must_be_hit_where_the_policy_says_so(self):
        self.make_policy("limit_exceeded", {"criterion": "overdue_days", "days": 30}, is_match_all=True)
        self.assertConfirmed(self.make_confirmed(self.customer, 5000))
        self.make_invoice(self.customer, 10, days_overdue=31)
        order = self.make_order(self.customer, 5000)
        self.confirm(order)
        self.assertHeld(order)


@tagged("post_install", "-at_install")
class TestSetup(CreditCommon):
    def checks(self):
        setup = self.env["credit.setup"].create({"company_id": self.company.id})
        return {check.name: check.state for check in setup.check_ids}

    def test_it_says_that_checks_are_off_until_a_policy_is_on(self):
        self.assertIn("off", self.checks().values())
        self.make_policy("limit_exceeded")
        self.assertNotIn("off", self.checks().values())

    def test_rules_that_can_never_fire_are_named(self):
        self.make_policy("limit_exceeded", {"criterion": "terms_longer"}, {"criterion": "deposit_missing"})
        odd = " ".join(name for name, state in self.checks().items() if state == "odd")
        self.assertIn("terms of any length", odd)
        self.assertIn("no deposit", odd)

    def test_a_policy_that_never_gets_its_turn_is_named(self):
        self.make_policy(name="First", sequence=1)
        self.make_policy(name="Second", sequence=2)
        self.assertTrue(any("Second never applies" in name for name in self.checks()))

    def test_the_starting_policy_is_switched_on_from_the_set_up(self):
        policy = self.env.ref("credit_management.policy_cautious")
        self.env["credit.setup"].create({"policy_id": policy.id}).action_switch_on()
        self.assertEqual(policy.state, "on")
        self.assertTrue(self.company._is_credit_checked())

    def test_a_policy_without_effects_is_not_switched_on(self):
        checkpoints = self.env["credit.policy.rule"]._get_checkpoints()
        effects = {f"effect_{checkpoint}": "none" for checkpoint, _label in checkpoints}
        with self.assertRaisesRegex(UserError, "never stop anything"):
            self.make_policy({"criterion": "limit_exceeded", **effects})

    def test_a_policy_that_is_on_cannot_be_deleted(self):
        policy = self.make_policy("limit_exceeded")
        with self.assertRaisesRegex(UserError, "Switch it off"):
            policy.unlink()

    def test_switching_on_asks_with_what_it_would_do_and_with_what_is_odd(self):
        self.env["sale.order"].search([("state", "in", ("draft", "sent"))]).action_cancel()
        self.make_order(self.make_customer(1000), 1500)
        self.company.credit_controller_id = False
        policy = self.make_policy("limit_exceeded", is_on=False)
        question = self.env["credit.policy.preview"].browse(policy.action_ask_activate()["res_id"])
        self.assertEqual((question.order_count, question.held_count, question.amount_held), (1, 1, 1500))
        self.assertIn("Nobody is told of holds", question.doubts)
        self.assertEqual(policy.state, "draft", "asking changes nothing")
        question.action_switch_on()
        self.assertEqual(policy.state, "on")

    def test_switching_on_says_that_there_is_no_limit_to_be_tested(self):
        for model in ("credit.profile", "credit.group", "credit.rating"):
            self.env[model].search([("limit_type", "=", "amount")]).limit_type = "none"
        limit, late = self.make_policy("limit_exceeded", is_on=False), self.make_policy("overdue_days", is_on=False)
        self.assertIn("hit nobody", "".join(limit._get_doubts(self.company)))
        self.assertNotIn("hit nobody", "".join(late._get_doubts(self.company)))
        self.make_customer(1000)
        self.assertNotIn("hit nobody", "".join(limit._get_doubts(self.company)))

    def test_the_set_up_asks_the_same_question(self):
        policy = self.env.ref("credit_management.policy_cautious")
        setup = self.env["credit.setup"].create({"policy_id": policy.id})
        question = self.env["credit.policy.preview"].browse(setup.action_ask_switch_on()["res_id"])
        self.assertEqual(policy.state, "draft")
        question.action_switch_on()
        self.assertTrue(self.company._is_credit_checked())

    def test_who_may_not_write_policies_is_not_asked(self):
        controller = self.make_user("controller")
        policy = self.make_policy("limit_exceeded", is_on=False)
        with self.assertRaises(AccessError):
            policy.with_user(controller).action_ask_activate()

    def test_each_finding_has_a_fix_and_no_row_calls_anything_else(self):
        self.make_policy(name="First", sequence=1)
        self.make_policy(name="Second", sequence=2)
        setup = self.env["credit.setup"].create({"company_id": self.company.id})
        self.assertTrue(all(setup.check_ids.mapped("fix_label")), setup.check_ids.mapped("name"))
        [row] = setup.check_ids.filtered(lambda check: "Second never applies" in check.name)
        self.assertEqual(row.action_fix()["res_model"], "credit.policy")
        row.fix = "unlink"
        with self.assertRaises(KeyError):
            row.action_fix()

    def test_a_finding_that_stays_keeps_its_row(self):
        self.make_policy(name="First", sequence=1)
        self.make_policy(name="Second", sequence=2)
        setup = self.env["credit.setup"].create({"company_id": self.company.id})
        rows = setup.check_ids
        setup.credit_days_horizon = 9
        self.assertEqual(setup.check_ids, rows)


@tagged("post_install", "-at_install")
class TestTurn(CreditCommon):
    """For whom a policy decides stands beside it."""

    def count(self, policy):
        self.env.invalidate_all()
        return policy.customer_count, policy.decides_for

    def test_the_first_of_two_for_everyone_decides_and_the_second_is_behind_it(self):
        first = self.make_policy(name="Cautious", sequence=1)
        second = self.make_policy(name="Balanced", sequence=2)
        before, _text = self.count(first)
        self.make_customer()
        self.make_customer()
        self.assertEqual(self.count(first), (before + 2, f"{before + 2} customers"))
        self.assertEqual(self.count(second), (0, "never reached, behind Cautious"))

    def test_a_narrower_policy_takes_its_customers_from_the_one_for_everyone(self):
        everyone = self.make_policy(name="Everyone")
        own = self.make_policy(name="Own", scope="customer")
        self.make_customer(policy_id=own.id)
        self.make_customer(is_excluded=True)
        total, _text = self.count(everyone)
        self.make_customer(policy_id=own.id)
        self.make_customer()
        self.assertEqual(self.count(everyone)[0], total + 1)
        self.assertEqual(self.count(own), (2, "2 customers"))

    def test_a_policy_without_customers_says_so(self):
        self.make_policy(name="Everyone")
        rating = self.env["credit.rating"].create({"name": "Nobody's"})
        policy = self.make_policy(scope="rating", rating_ids=[Command.set(rating.ids)])
        self.assertEqual(self.count(policy), (0, "no customer"))

    def test_a_policy_that_is_to_come_or_has_ended_says_when(self):
        to_come = self.make_policy(date_from=self.today + timedelta(days=10))
        ended = self.make_policy(date_to=self.today - timedelta(days=1))
        self.assertTrue(self.count(to_come)[1].startswith("from "))
        self.assertTrue(self.count(ended)[1].startswith("ended on "))

    def test_the_list_asks_once_for_all_policies(self):
        policies = self.env["credit.policy"].union(*(self.make_policy(sequence=number) for number in range(10)))
        self.count(policies[0])
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            policies.mapped("decides_for")
