"""What is archived loosens nothing by that, and permits nothing, whatever the caller's context asks for."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_loosening_whole import WholeCommon

PERSONS = {("credit.authority", "user_ids")}  # who is no longer here decides on nothing


@tagged("post_install", "-at_install")
class TestArchivedRating(WholeCommon):
    """An archived rating can no longer be given; whoever has it is checked as before."""

    def archive(self):
        self.rating.with_user(self.manager).active = False
        self.env.invalidate_all()

    def test_its_policy_stays_its_customers(self):
        self.profile.sudo().rating_id = self.rating
        self.policy.sudo().write({"scope": "rating", "rating_ids": [Command.set(self.rating.ids)]})
        order = self.sold(5000)
        self.archive()
        self.env["credit.policy"]._clear_snapshots()
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_an_authority_for_it_becomes_none_for_all(self):
        self.env["credit.authority"].sudo().create(
            {"name": "Only Q", "user_ids": [Command.set(self.manager.ids)], "is_unlimited": True,
             "rating_ids": [Command.set(self.rating.ids)]}
        )
        self.archive()
        refusal = self.env["credit.authority"]._get_refusal(self.manager, self.profile, 5001, "limit")
        self.assertIn("reaches", refusal)

    def test_whatever_decides_by_records_counts_archived_ones(self):
        known = [self.env[name] for name, model in self.env.registry.items()
                 if hasattr(model, "_credit_get_loosening") and not model._abstract]
        for model in known:
            for name in model._credit_get_loosening():
                field = model._fields[name]
                if field.type != "many2many" or not self.env[field.comodel_name]._active_name:
                    continue
                with self.subTest(f"{model._name}.{name}"):
                    is_counted = field.context.get("active_test") is False
                    self.assertEqual(is_counted, (model._name, name) not in PERSONS)


@tagged("post_install", "-at_install")
class TestArchivedAuthority(WholeCommon):
    def setUp(self):
        super().setUp()
        self.company.sudo().credit_second_person = "told"
        self.of_boss = self.env["credit.authority"].search([("name", "=", "Boss")]).sudo()

    def assertStopped(self, order):  # noqa: N802
        self.of_boss.active = False
        self.env.invalidate_all()
        for context in ({}, {"active_test": False}):
            step = order.with_user(self.seller).with_context(**context).action_confirm
            with self.subTest(context), self.assertRaisesRegex(UserError, "on credit hold"), self.env.cr.savepoint():
                step()
            self.env.invalidate_all()

    def test_whom_it_exempted_is_checked_again(self):
        self.profile.with_user(self.boss).is_excluded = True
        order = self.sold(9000)
        self.assertStopped(order)
        self.assertTrue(self.profile.with_context(active_test=False).is_exemption_over)

    def test_an_order_that_it_freed_is_checked_again(self):
        order = self.sold(9000)
        order.with_user(self.boss).credit_is_excluded = True
        self.assertStopped(order)

    def test_what_it_released_goes_no_further(self):
        self.profile.with_user(self.boss)._release(self.reason, self.today, 9000, 9000)
        self.profile.release_ids.sudo().amount_over = 0
        self.assertStopped(self.sold(5000))


@tagged("post_install", "-at_install")
class TestArchivedFile(WholeCommon):
    def test_a_group_acts_where_an_archived_file_is_its_members(self):
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.company.currency_id.id})
        self.policy.sudo().company_id = False
        there = self.profile_of(self.make_customer(100, "There", company=other), other)
        (there | self.profile.sudo()).group_id = self.group
        there.active = False
        self.env.invalidate_all()
        change = self.make_change("credit.group", {"amount_limit": 1100}, record=self.group)
        with self.assertRaisesRegex(UserError, "acts in Other"):
            change.with_user(self.boss).action_apply()
