"""Nobody makes himself alone: who could have applied a change within the last seven days still counts as a colleague.

The managers decide on limits up to 5,000, the boss on any amount. The administrator asks to raise 1,000 to 4,000, or to
make a rule warn, which has no amount.
"""

import inspect
from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_loosening_whole import WholeCommon


class AloneCommon(WholeCommon):
    def setUp(self):
        super().setUp()
        self.admin = self.env.ref("base.user_admin")
        self.others = self.env["res.company"]._credit_get_approvers() - self.admin
        self.managers = self.env.ref("credit_management.group_credit_manager")
        self.start = fields.Datetime.now()
        self.profile.sudo().group_id = self.group

    def at(self, **passed):
        return freeze_time(self.start + timedelta(**passed))

    def raise_limit(self):
        return self.ask(self.group, {"amount_limit": 4000}, user=self.admin)

    def assertApplied(self, change, is_applied=True):  # noqa: N802
        savepoint = self.env.cr.savepoint()
        try:
            change.with_user(self.admin).action_apply()
            self.assertTrue(is_applied)
        except UserError:
            self.assertFalse(is_applied)
        savepoint.close(rollback=True)
        self.env.invalidate_all()

    def assertCountsForSevenDays(self, change):  # noqa: N802
        for passed, is_applied in (({"hours": 25}, False), ({"days": 6, "hours": 23}, False), ({"days": 8}, True)):
            with self.subTest(**passed), self.at(**passed):
                self.assertApplied(change, is_applied)


@tagged("post_install", "-at_install")
class TestAlone(AloneCommon):
    def test_taking_something_away_first_makes_nobody_alone(self):
        """Lowered, ended, left out, for another company, for another rating, deleted; archived, out of the group, out
        of the company."""
        authorities = self.env["credit.authority"].sudo().search([])
        other = self.env["res.company"].create({"name": "Other"})
        unused = self.env["credit.rating"].create({"name": "Unused"})
        self.others.sudo().write({"company_ids": [Command.link(other.id)]})
        gone = self.others.sudo()
        for take_away in (
            lambda: authorities.write({"amount_limit_max": 10, "is_unlimited": False}),
            lambda: authorities.write({"active": False}) and self.first_authority(),
            lambda: authorities.write({"user_ids": [Command.set(self.admin.ids)]}),
            lambda: authorities.write({"company_id": other.id}) and self.first_authority(),
            lambda: authorities.write({"rating_ids": [Command.set(unused.ids)]}),
            lambda: self.first_authority() and authorities.unlink(),
            lambda: gone.write({"active": False}),
            lambda: gone.write({"group_ids": [Command.unlink(self.managers.id)]}),
            lambda: self.managers.sudo().write({"user_ids": [Command.unlink(user.id) for user in gone]}),
            lambda: gone.write({"company_id": other.id, "company_ids": [Command.set(other.ids)]}),
            lambda: self.company.sudo().write({"user_ids": [Command.unlink(user.id) for user in gone]}),
        ):
            savepoint = self.env.cr.savepoint()
            with self.subTest(inspect.getsource(take_away)):
                take_away()
                change = self.raise_limit()
                self.assertFalse(change.activity_ids)
                self.assertCountsForSevenDays(change)
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def first_authority(self):
        values = {"name": "Mine", "user_ids": [Command.set(self.admin.ids)], "is_unlimited": True}
        return self.env["credit.authority"].sudo().create(values)

    def test_a_colleague_who_is_deleted_counts_for_seven_days(self):
        self.env["credit.authority"].sudo().search([]).active = False
        self.others.sudo().active = False
        with self.at(days=8):
            self.make_user("manager", login="new")
        self.start += timedelta(days=9)
        with self.at():
            self.env["res.users"].search([("login", "=", "new")]).sudo().unlink()
            self.assertCountsForSevenDays(self.raise_limit())

    def test_the_group_that_made_them_managers_is_deleted(self):
        finance = self.env["res.groups"].create({"name": "Finance", "implied_ids": [Command.link(self.managers.id)]})
        self.others.sudo().write({"group_ids": [Command.unlink(self.managers.id), Command.link(finance.id)]})
        finance.sudo().unlink()
        self.assertCountsForSevenDays(self.raise_limit())

    def test_the_first_authority_takes_away_from_all_others(self):
        self.env["credit.authority"].sudo().search([]).active = False
        self.start += timedelta(days=30)
        with self.at():
            self.first_authority()
            change = self.ask(self.policy.rule_ids, {"effect_order": "warn"}, user=self.admin)
        self.assertCountsForSevenDays(change)

    def test_an_absence_that_was_written_down_now_makes_nobody_alone(self):
        someone = self.make_user("sales", login="someone")
        for user in self.others:
            self.env["credit.substitute"].sudo().create(
                {"user_id": user.id, "substitute_id": someone.id, "date_from": self.today - timedelta(days=40),
                 "date_to": self.today + timedelta(days=40)}
            )
        self.assertFalse(self.env["res.company"]._credit_get_approvers() & self.others)
        change = self.raise_limit()
        with self.at(hours=25):
            self.assertApplied(change, is_applied=False)
        self.env["credit.substitute"].sudo().search([]).flush_recordset()
        self.env.cr.execute("UPDATE credit_substitute SET write_date = write_date - INTERVAL '8 days'")
        self.env.invalidate_all()
        with self.at(hours=25):
            self.assertApplied(change)

    def test_who_is_made_the_seller_can_object_for_seven_days(self):
        """A colleague whose own it has become decides nothing; nor does that make anybody alone within a day."""
        (self.others - self.boss).sudo().active = False
        self.start += timedelta(days=8)
        self.customer.sudo().user_id = self.boss
        with self.at():
            change = self.ask(self.profile, {"is_excluded": True}, user=self.admin)
        with self.at(hours=25):
            self.assertApplied(change, is_applied=False)
        with self.at(days=7, hours=1):
            self.assertApplied(change)
        self.assertIn(self.boss.partner_id, change.sudo().message_ids.notified_partner_ids)

    def test_who_lost_it_is_told(self):
        self.others.sudo().write({"group_ids": [Command.unlink(self.managers.id)]})
        told = self.raise_limit().sudo().message_ids.notified_partner_ids
        self.assertLessEqual(self.others.partner_id, told)

    def test_the_form_and_the_refusal_say_from_when_on(self):
        self.others.sudo().active = False
        change = self.raise_limit()
        self.assertIn("7 days after", change.alone_text)
        with self.assertRaisesRegex(UserError, "24 hours after asking, and 7 days after"):
            change.action_apply()

    def test_a_colleague_whose_authority_does_not_reach_is_not_asked_and_leaves_nobody_locked_out(self):
        """Both colleagues decide up to 5,000; what has no amount waits a day for the administrator alone."""
        self.boss.sudo().active = False
        self.start += timedelta(days=8)
        with self.at():
            change = self.ask(self.policy.rule_ids, {"effect_order": "warn"}, user=self.admin)
            self.assertTrue(change.is_any)
            self.assertFalse(change.activity_ids)
            self.assertApplied(change, is_applied=False)
        with self.at(hours=25):
            self.assertApplied(change)

    def test_a_colleague_whose_authority_reaches_is_the_one_who_decides(self):
        change = self.ask(self.policy.rule_ids, {"effect_order": "warn"}, user=self.admin)
        self.assertEqual((change.alone_text, change.activity_ids.user_id), (False, self.boss))
        with self.at(days=30):
            self.assertApplied(change, is_applied=False)

    def test_nobody_becomes_alone_after_asking(self):
        change = self.raise_limit()
        self.others.sudo().active = False
        self.assertCountsForSevenDays(change)

    def test_a_colleague_who_was_there_in_between_could_have_decided(self):
        self.others.sudo().active = False
        self.start += timedelta(days=8)
        with self.at():
            change = self.raise_limit()
        with self.at(hours=24):
            self.others.sudo().active = True
        with self.at(hours=25):
            self.others.sudo().active = False
            self.assertApplied(change, is_applied=False)
        with self.at(days=8, hours=2):
            self.assertApplied(change)

    def test_what_nobody_has_noted_is_noted_when_somebody_asks(self):
        """Taken away in the database itself: the asking is the first that sees it."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET active = FALSE WHERE id IN %s", (tuple(self.others.ids),))
        self.env.invalidate_all()
        self.assertCountsForSevenDays(self.raise_limit())
