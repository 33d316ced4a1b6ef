"""Whoever applies what acts in several companies works in each of them, and decides on as much there.

A rating acts in both companies. The manager decides on limits up to 5,000 here, and on any amount in the other company.
"""

import json

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged

from .test_loosening_whole import WholeCommon


@tagged("post_install", "-at_install")
class TestSeveralCompanies(WholeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other", "currency_id": cls.company.currency_id.id})
        cls.authority.sudo().company_id = cls.company
        cls.policy.sudo().company_id = False
        cls.colleague.sudo().company_ids += cls.other
        cls.env["credit.authority"].sudo().create(
            {"name": "There", "user_ids": [Command.set(cls.colleague.ids)], "is_unlimited": True,
             "company_id": cls.other.id}
        )

    def test_the_company_that_is_looked_at_does_not_choose_the_authority(self):
        change = self.ask(self.rating, {"amount_limit": 5001})
        there = change.with_user(self.colleague).with_context(allowed_company_ids=self.other.ids)
        with self.assertRaisesRegex(UserError, "5,000"), self.env.cr.savepoint():
            there.action_apply()
        self.assertEqual(self.rating.amount_limit, 1000)
        self.ask(self.rating, {"amount_limit": 4000}).with_user(self.colleague).action_apply()
        self.assertEqual(self.rating.amount_limit, 4000)

    def test_where_nothing_is_checked_it_asks_for_no_authority(self):
        self.policy.sudo().company_id = self.company
        self.authority.sudo().user_ids = self.manager
        self.env["credit.authority"].sudo().create(
            {"name": "Here", "user_ids": [Command.set(self.colleague.ids)], "amount_limit_max": 9000,
             "company_id": self.company.id}
        )
        self.env["credit.authority"].sudo().search([("name", "=", "There")]).active = False
        self.env["credit.authority"].sudo().create(
            {"name": "Nobody's", "user_ids": [Command.set(self.boss.ids)], "company_id": self.other.id}
        )
        self.ask(self.rating, {"amount_limit": 8000}).with_user(self.colleague).action_apply()
        self.assertEqual(self.rating.amount_limit, 8000)

    def test_whoever_does_not_work_everywhere_cannot_apply_what_acts_everywhere(self):
        self.authority.sudo().amount_limit_max = 9000
        self.colleague.sudo().company_ids -= self.other
        change = self.ask(self.rating, {"amount_limit": 5001})
        refusal = "acts in Other, where you do not work. Somebody who works in all"
        with self.assertRaisesRegex(UserError, refusal), self.env.cr.savepoint():
            change.with_user(self.colleague).action_apply()
        self.assertEqual(self.rating.amount_limit, 1000)
        self.assertNotIn(self.colleague, change._get_able())
        self.policy.sudo().company_id = self.company  # nothing is checked in the other one
        change.with_user(self.colleague).action_apply()
        self.assertEqual(self.rating.amount_limit, 5001)

    def test_whoever_does_not_work_everywhere_changes_nothing_alone_either_that_acts_everywhere(self):
        (self.company | self.other).sudo().credit_second_person = "told"
        steps = (
            lambda: self.rating.with_user(self.manager).write({"amount_limit": 1100}),
            lambda: self.policy.rule_ids.with_user(self.manager).write({"effect_order": "warn"}),
            lambda: self.policy.with_user(self.manager).action_deactivate(),
            lambda: self.group.with_user(self.manager).write({"amount_limit": 1100}),
        )
        for step in steps:
            with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                step()
        self.manager.sudo().company_ids += self.other
        for step in steps:
            step()
        self.assertEqual((self.rating.amount_limit, self.policy.state, self.group.amount_limit), (1100, "draft", 1100))

    def test_who_moves_another_companys_customer_between_groups_decides_there_too(self):
        """There it was bound by 10; the group here has 1,000."""
        strict = self.env["credit.group"].sudo().create({"name": "Strict", "amount_limit": 10})
        customer = self.make_customer("unlimited", "There", company=self.other)
        there = self.profile_of(customer, self.other)
        there.group_id, self.profile.sudo().group_id = strict, self.group
        self.manager.sudo().company_ids += self.other
        everywhere = {"allowed_company_ids": (self.company | self.other).ids}
        values = {"res_model": "credit.group", "res_id": self.group.id, "reason": "x",
                  "values": json.dumps({"profile_ids": [Command.link(there.id)]})}
        change = self.env["credit.change"].with_user(self.manager).with_context(**everywhere).create(values)
        self.assertFalse(change.company_id, "it acts in both")
        self.env.invalidate_all()
        change = self.env["credit.change"].browse(change.id)
        with self.assertRaisesRegex(UserError, "acts in Other"), self.env.cr.savepoint():
            change.with_user(self.boss).action_apply()
        self.assertEqual(there.group_id, strict)
        self.boss.sudo().company_ids += self.other
        change.with_user(self.boss).with_context(**everywhere).action_apply()
        self.assertEqual(there.group_id, self.group)

    def test_who_takes_a_customer_out_of_a_group_decides_for_its_members_elsewhere(self):
        """What it owes is no longer in the way of the member in the other company."""
        there = self.profile_of(self.make_customer("unlimited", "There", company=self.other), self.other)
        there.group_id = self.profile.sudo().group_id = self.group
        change = self.ask(self.profile, {"group_id": False})
        with self.assertRaisesRegex(UserError, "acts in Other"), self.env.cr.savepoint():
            change.with_user(self.boss).action_apply()
        self.assertEqual(self.profile.group_id, self.group)
        self.boss.sudo().company_ids += self.other
        change.with_user(self.boss).action_apply()
        self.assertFalse(self.profile.group_id)

    def test_what_a_change_makes_possible_is_measured_by_the_rates_of_each_company(self):
        """3,000 euros are 6,000 here; the other company has no rate of the euro, and would call them 3,000."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "company_id": self.company.id, "name": "2020-01-01", "rate": 0.5}
        )
        self.manager.sudo().company_ids += self.other
        self.rating.sudo().write({"currency_id": euro.id, "amount_limit": 100})
        there = {"allowed_company_ids": self.other.ids}
        asked = {"res_model": "credit.rating", "res_id": self.rating.id, "values": '{"amount_limit": 3000}'}
        Change = self.env["credit.change"].with_user(self.manager).with_context(**there)
        change = Change.create({**asked, "reason": "x"})
        with self.assertRaisesRegex(UserError, "5,000.00; this needs.*6,000.00"), self.env.cr.savepoint():
            change.with_user(self.colleague).with_context(**there).action_apply()
        self.assertEqual(self.rating.amount_limit, 100)

    def test_an_administrator_without_a_colleague_works_everywhere_too(self):
        """Nobody else is left; a week later he applies it alone, but not where he does not work."""
        admin = self.env.ref("base.user_admin")
        admin.company_ids -= self.other
        with freeze_time(fields.Datetime.now()) as clock:
            others = self.env.ref("credit_management.group_credit_manager").all_user_ids - admin
            others.sudo().active = False
            change = self.ask(self.rating, {"amount_limit": 1100}, admin)
            clock.tick(15 * 24 * 3600)
            with self.assertRaisesRegex(UserError, "acts in Other, where you do not work"), self.env.cr.savepoint():
                change.with_user(admin).action_apply()
            admin.sudo().company_ids += self.other
            change.with_user(admin).action_apply()
        self.assertEqual(self.rating.amount_limit, 1100)
