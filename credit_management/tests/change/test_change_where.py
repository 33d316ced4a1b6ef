"""Whoever applies what acts in several companies works in each of them, and decides on as much there.

A rating acts in both companies. The manager decides on limits up to 5,000 here, and on any amount in the other company.
"""

from odoo import Command
from odoo.exceptions import UserError
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
