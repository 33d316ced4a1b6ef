"""A standing exemption goes as far as whoever gave it may decide, when it is given and again when it is used. (A
release is measured, and has an end: it carries what its person looked at, see `tests/hold/test_release_authority.py`.)

The limit is 1,000; the boss decides on any amount, until he does not any more.
"""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_loosening_kinds import KindsCommon


class GivenUpCommon(KindsCommon):
    def lose(self):
        """The boss's authority is lowered to 50 over, and limits of 50."""
        authority = self.env["credit.authority"].sudo().search([("user_ids", "in", self.boss.ids)])
        authority.write({"is_unlimited": False, "amount_over_max": 50, "amount_limit_max": 50})
        self.env.invalidate_all()

    def verdict(self, order):
        order = order.with_user(self.seller)
        return order._credit_decide("order", is_locked=False)[order].verdict

    def assertGivenUp(self, order):  # noqa: N802
        """An order passes, and does not once the boss decides no more; for whichever reason."""
        self.assertEqual(self.verdict(order), "pass")
        managers = self.env.ref("credit_management.group_credit_manager")
        for lose in (
            self.lose,
            lambda: self.boss.sudo().write({"group_ids": [Command.unlink(managers.id)]}),
            lambda: self.boss.sudo().write({"active": False}),
        ):
            savepoint = self.env.cr.savepoint()
            lose()
            self.env.invalidate_all()
            self.assertEqual(self.verdict(order), "hold")
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        self.assertEqual(self.verdict(order), "pass")


@tagged("post_install", "-at_install")
class TestGivenUp(GivenUpCommon):
    def test_an_order_that_is_not_checked(self):
        order = self.sold(1500)
        self.assertAsked(order, {"credit_is_excluded": True}, 1500)
        self.assertGivenUp(order)

    def test_a_customer_that_is_excluded(self):
        self.assertAsked(self.profile, {"is_excluded": True}, None)
        self.assertEqual((self.profile.exempted_by_id, self.profile.is_exemption_over), (self.boss, False))
        self.assertGivenUp(self.sold(1500))

    def test_a_customer_whose_checks_are_ignored_until_a_day(self):
        self.assertAsked(self.profile, {"date_ignore_until": str(self.today)}, None)
        self.assertGivenUp(self.sold(1500))

    def test_the_file_says_that_its_exemption_counts_no_more(self):
        self.assertAsked(self.profile, {"is_excluded": True}, None)
        self.lose()
        self.assertTrue(self.profile.with_user(self.manager).is_exemption_over)

    def test_who_takes_a_part_back_does_not_give_the_rest(self):
        """Ignored for two days by the boss; another manager makes it one, and lowers nothing by it."""
        until = self.today + timedelta(days=1)
        self.assertAsked(self.profile, {"date_ignore_until": str(until)}, None)
        self.profile.with_user(self.manager).date_ignore_until = self.today
        self.assertEqual(self.profile.exempted_by_id, self.boss)
        self.assertGivenUp(self.sold(1500))

    def test_somebody_else_gives_it_anew(self):
        self.assertAsked(self.profile, {"is_excluded": True}, None)
        self.lose()
        self.profile.with_user(self.manager).is_excluded = False
        chief = self.make_user("manager", login="chief")
        self.env["credit.authority"].sudo().create(
            {"name": "Chief", "user_ids": [Command.set(chief.ids)], "is_unlimited": True}
        )
        self.assertAsked(self.profile, {"is_excluded": True}, None, decider=chief)
        self.assertEqual(self.verdict(self.sold(1500)), "pass")

    def test_what_no_authority_was_asked_for_stands(self):
        """Before anything was checked, and by who has no authority: it was told, and nobody's authority bounds it."""
        self.company.sudo().credit_second_person = "told"
        self.profile.with_user(self.manager).is_excluded = True
        self.assertFalse(self.profile.exempted_by_id)
        order = self.sold(1500)
        self.assertEqual(self.verdict(order), "pass")
        self.manager.sudo().active = False
        self.env.invalidate_all()
        self.assertEqual(self.verdict(order), "pass")

    def test_nobody_says_whose_authority_it_was(self):
        self.assertAsked(self.profile, {"is_excluded": True}, None)
        with self.assertRaises(AccessError):
            self.profile.with_user(self.manager).exempted_by_id = False
