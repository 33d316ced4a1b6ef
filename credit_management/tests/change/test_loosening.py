"""What loosens a check takes a second person, or is told: one mechanism for all that decides how much passes."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from ..common import CreditCommon


class LooseningCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", login="first")
        cls.colleague = cls.make_user("manager", login="second")
        cls.policy = cls.make_policy("limit_exceeded", days_terms_max=30)
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.rating = cls.env["credit.rating"].create({"name": "Q", "limit_type": "amount", "amount_limit": 1000})
        cls.group = cls.env["credit.group"].create({"name": "Family", "amount_limit": 1000})
        people = [Command.set((cls.manager + cls.colleague).ids)]
        cls.authority = cls.env["credit.authority"].create(
            {"name": "All", "user_ids": people, "amount_over_max": 100, "amount_limit_max": 5000}
        )
        cls.company.credit_second_person = "required"

    def ask(self, record, vals, user=None, operation="write"):
        """Write as a person, and take the way forward that the refusal offers."""
        steps = {"write": lambda r: r.write(vals), "unlink": lambda r: r.unlink(), "create": lambda r: r.create(vals)}
        with self.assertRaises(RedirectWarning) as refusal, self.env.cr.savepoint():
            steps[operation](record.with_user(user or self.manager))
        context = {**refusal.exception.args[3], "default_reason": "It is needed"}
        return self.env["credit.change"].with_user(user or self.manager).with_context(**context).create({})

    def assertLogged(self, record, before, after):  # noqa: N802
        domain = [("kind", "=", "change"), ("res_model", "=", record._name), ("res_id", "=", record.id)]
        row = self.env["credit.log"].search(domain, limit=1)
        self.assertEqual((row.value_before, row.value_after), (before, after))
        return row


@tagged("post_install", "-at_install")
class TestSecondPerson(LooseningCommon):
    def test_a_higher_limit_of_a_rating_waits_for_a_second_person(self):
        change = self.ask(self.rating, {"amount_limit": 4000})
        self.assertEqual(self.rating.amount_limit, 1000)
        self.assertEqual((change.amount_most, change.is_any, change.state), (4000, False, "waiting"))
        self.assertIn("1,000.00 → 4,000", change.summary)
        change.with_user(self.colleague).action_apply()
        self.assertEqual((self.rating.amount_limit, change.state), (4000, "applied"))
        row = self.assertLogged(self.rating, "1,000.00", "4,000.00")
        self.assertEqual((row.amount_most, row.person_ref), (4000, self.colleague.id))

    def test_a_lower_limit_is_written_at_once_and_logged(self):
        self.rating.with_user(self.manager).amount_limit = 500
        self.assertEqual(self.rating.amount_limit, 500)
        self.assertEqual(self.assertLogged(self.rating, "1,000.00", "500.00").verdict, "tighter")

    def test_nobody_applies_the_own_change(self):
        change = self.ask(self.rating, {"amount_limit": 4000})
        with self.assertRaises(UserError):
            change.action_apply()
        self.assertEqual(self.rating.amount_limit, 1000)

    def test_the_authority_must_reach_what_becomes_possible(self):
        change = self.ask(self.rating, {"amount_limit": 5001})
        with self.assertRaises(UserError):
            change.with_user(self.colleague).action_apply()
        change = self.ask(self.rating, {"limit_type": "unlimited"})
        self.assertTrue(change.is_any)
        with self.assertRaises(UserError):
            change.with_user(self.colleague).action_apply()

    def test_a_rejected_change_changes_nothing(self):
        change = self.ask(self.group, {"amount_limit": 2000})
        change.with_user(self.colleague).action_reject()
        self.assertEqual((self.group.amount_limit, change.state), (1000, "rejected"))
        with self.assertRaises(UserError):
            change.with_user(self.colleague).action_apply()

    def test_what_was_asked_for_cannot_be_rewritten(self):
        change = self.ask(self.rating, {"amount_limit": 2000})
        for vals in ({"values": '{"amount_limit": 4999}'}, {"requester_id": self.colleague.id}, {"state": "applied"}):
            with self.assertRaises(AccessError):
                change.write(vals)
        with self.assertRaises(UserError):
            change.sudo().unlink()

    def test_a_forged_amount_is_worked_out_anew(self):
        context = {"default_res_model": "credit.rating", "default_res_id": self.rating.id, "default_reason": "x",
                   "default_values": '{"amount_limit": 9000}', "default_amount_most": 1, "default_is_any": False}
        change = self.env["credit.change"].with_user(self.manager).with_context(**context).create({})
        self.assertEqual(change.amount_most, 9000)

    def test_other_models_and_harmless_changes_are_no_changes(self):
        Change = self.env["credit.change"].with_user(self.manager)
        for vals in (
            {"res_model": "res.users", "res_id": self.manager.id, "values": '{"name": "x"}', "reason": "x"},
            {"res_model": "credit.rating", "res_id": self.rating.id, "values": '{"name": "x"}', "reason": "x"},
        ):
            with self.assertRaises(UserError):
                Change.create(vals)

    def test_every_named_field_is_guarded(self):
        yesterday, tomorrow = self.today - timedelta(days=1), self.today + timedelta(days=1)
        profile = self.profile
        profile.sudo().write({"date_ignore_until": False, "date_limit_expiry": yesterday, "account_status": "stop"})
        for record, vals in (
            (profile, {"date_limit_expiry": False}),
            (profile, {"date_limit_expiry": tomorrow}),
            (profile, {"date_ignore_until": tomorrow}),
            (profile, {"is_excluded": True}),
            (profile, {"account_status": "normal"}),
            (profile, {"rating_id": self.rating.id}),
            (profile, {"group_id": self.group.id}),
            (profile, {"policy_id": self.policy.id}),
            (self.group, {"limit_type": "none"}),
            (self.group, {"active": False}),
            (self.policy, {"state": "draft"}),
            (self.policy, {"active": False}),
            (self.policy, {"days_terms_max": 31}),
            (self.policy, {"days_terms_max": -1}),
            (self.policy, {"scope": "rating"}),
            (self.policy, {"date_to": tomorrow}),
            (self.policy, {"rule_ids": [Command.update(self.policy.rule_ids.id, {"effect_order": "warn"})]}),
            (self.policy.rule_ids, {"amount_tolerance": 1}),
            (self.policy.rule_ids, {"days_grace": 1}),
            (self.authority, {"amount_over_max": 101}),
            (self.authority, {"is_unlimited": True}),
            (self.authority, {"user_ids": [Command.link(self.env.user.id)]}),
        ):
            with self.subTest(record=record, vals=vals), self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                record.with_user(self.manager).write(vals)

    def test_what_tightens_is_free(self):
        for record, vals in (
            (self.profile, {"account_status": "stop"}),
            (self.profile, {"date_limit_expiry": self.today}),
            (self.policy, {"days_terms_max": 10}),
            (self.policy.rule_ids, {"effect_order": "refuse"}),
            (self.authority, {"amount_over_max": 10}),
        ):
            with self.subTest(record=record, vals=vals):
                record.with_user(self.manager).write(vals)

    def test_a_deleted_rule_and_a_deleted_authority_are_guarded(self):
        self.ask(self.policy.rule_ids, {}, operation="unlink").with_user(self.env.ref("base.user_admin"))
        change = self.ask(self.authority, {}, operation="unlink")
        self.assertTrue(change.is_any)
        self.assertTrue(self.authority.exists())

    def test_a_new_authority_and_a_new_substitute_are_guarded(self):
        vals = {"name": "Mine", "user_ids": [Command.set(self.manager.ids)], "is_unlimited": True}
        change = self.ask(self.env["credit.authority"], vals, operation="create")
        self.assertTrue(change.is_any)
        absent = {"user_id": self.colleague.id, "substitute_id": self.manager.id,
                  "date_from": str(self.today), "date_to": str(self.today)}
        change = self.ask(self.env["credit.substitute"], absent, operation="create")
        # the substitute profits, and the colleague's authority does not reach "any amount"
        with self.assertRaises(UserError):
            change.with_user(self.colleague).action_apply()

    def test_a_new_record_is_made_when_it_is_applied(self):
        vals = {"name": "Small", "user_ids": [Command.set(self.manager.ids)], "amount_over_max": 50}
        change = self.ask(self.env["credit.authority"], vals, operation="create")
        change.with_user(self.colleague).action_apply()
        self.assertEqual(self.env["credit.authority"].search([("name", "=", "Small")]).amount_over_max, 50)

    def test_before_the_first_policy_everything_is_free_and_logged(self):
        self.policy.sudo().action_deactivate()
        self.rating.with_user(self.manager).amount_limit = 9000
        self.assertLogged(self.rating, "1,000.00", "9,000.00")

    def test_switching_the_first_policy_on_is_free(self):
        self.policy.sudo().action_deactivate()
        self.policy.with_user(self.manager).action_activate()
        self.assertEqual(self.policy.state, "on")

    def test_an_approver_gets_a_task(self):
        change = self.ask(self.rating, {"amount_limit": 4000})
        self.assertEqual(change.sudo().activity_ids.user_id, self.colleague)


@tagged("post_install", "-at_install")
class TestTold(LooseningCommon):
    def test_where_it_is_told_it_is_done_at_once_and_everybody_hears_of_it(self):
        self.company.sudo().credit_second_person = "told"
        self.rating.with_user(self.manager).amount_limit = 9000
        self.assertEqual(self.rating.amount_limit, 9000)
        self.assertLogged(self.rating, "1,000.00", "9,000.00")
        told = self.env["mail.message"].search([("subject", "=", "A credit check was loosened")], limit=1)
        self.assertIn(self.colleague.partner_id, told.sudo().notified_partner_ids)
        self.assertNotIn(self.manager.partner_id, told.sudo().notified_partner_ids)

    def test_a_company_of_one_person_can_still_work(self):
        managers = self.env["res.company"]._credit_get_approvers()
        alone = self.env.ref("base.user_admin")
        (managers - alone).sudo().active = False
        self.authority.sudo().write({"user_ids": [Command.set(alone.ids)], "is_unlimited": True})
        with freeze_time(fields.Datetime.now() + timedelta(days=8)):
            change = self.ask(self.rating, {"amount_limit": 4000}, user=alone)
            with self.assertRaises(UserError):
                change.action_apply()
        with freeze_time(fields.Datetime.now() + timedelta(days=9, hours=1)):
            change.action_apply()
        self.assertEqual(self.rating.amount_limit, 4000)

    def test_going_back_to_told_takes_a_second_person(self):
        admin = self.env.ref("base.user_admin")
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.company.with_user(admin).credit_second_person = "told"


@tagged("post_install", "-at_install")
class TestWhereItIsLogged(LooseningCommon):
    def test_what_acts_in_several_companies_is_read_in_each_of_them(self):
        """The authority is of no company, and a second company checks credit as well."""
        other = self.setup_other_company(name="Other company")["company"]
        self.env.user.company_ids += other
        domain = [("res_model", "=", "credit.authority"), ("res_id", "=", self.authority.id)]
        self.authority.sudo().amount_over_max = 90
        self.assertEqual(self.env["credit.log"].search(domain, limit=1).company_ref, self.company.id)
        self.env["credit.policy"].with_company(other).create(
            {"name": "Other", "company_id": other.id, "rule_ids": [Command.create({"criterion": "limit_exceeded"})]}
        ).action_activate()
        self.authority.sudo().amount_over_max = 80
        self.assertFalse(self.env["credit.log"].search(domain, limit=1).company_ref)


@tagged("post_install", "-at_install")
class TestUnclear(CreditCommon):
    def test_of_what_nobody_can_say_whether_it_loosens_the_log_does_not_say_that_it_did(self):
        """Another rating has other policies, limits and deposits: which one lets more pass depends on them."""
        profile = self.profile_of(self.make_customer(1000))
        profile.rating_id, other = self.env["credit.rating"].create([{"name": "Q"}, {"name": "R"}])
        profile.rating_id = other
        row = self.env["credit.log"].search([("res_model", "=", profile._name), ("res_id", "=", profile.id)], limit=1)
        self.assertEqual((row.value_before, row.value_after), ("Q", "R"))
        self.assertEqual((row.verdict, row.amount_most), ("changed", 0.0))
        self.assertIn("nobody can say whether more or less passes by it", row.story)
