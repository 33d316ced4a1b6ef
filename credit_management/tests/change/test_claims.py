"""Covers and disputes of one customer are measured together: many small ones are not decided on as small.

The managers decide up to 100 over the limit, the boss on any amount.
"""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_loosening_whole import WholeCommon


@tagged("post_install", "-at_install")
class TestTogether(WholeCommon):
    def cover(self, amount, **values):
        asked = {"profile_id": self.profile.id, "amount": amount, "effect": "limit", **values}
        return self.make_change("credit.cover", asked)

    def dispute(self, invoice, amount):
        return self.make_change("credit.dispute", {"move_id": invoice.id, "amount": amount, "reason": "x"}, self.biller)

    def assertBeyond(self, change, amount):  # noqa: N802
        with self.assertRaisesRegex(UserError, f"reaches.*100.00; this needs.*{amount}"), self.env.cr.savepoint():
            change.with_user(self.colleague).action_apply()

    def test_covers_that_raise_a_limit_are_added(self):
        self.cover(90).with_user(self.colleague).action_apply()
        self.assertBeyond(self.cover(11), "101.00")
        self.cover(10).with_user(self.colleague).action_apply()
        self.env.invalidate_all()
        self.assertEqual(self.profile.amount_limit_effective, 1100)

    def test_two_that_are_asked_for_at_once_are_measured_when_they_are_applied(self):
        first, second = self.cover(90), self.cover(90)
        first.with_user(self.colleague).action_apply()
        self.assertBeyond(second, "180.00")
        second.with_user(self.boss).action_apply()

    def test_a_cover_that_begins_later_is_added_and_one_that_is_over_or_raises_nothing_is_not(self):
        day = str(self.today + timedelta(days=30))
        self.cover(90, date_from=day).with_user(self.colleague).action_apply()
        self.assertBeyond(self.cover(20), "110.00")
        cover = self.env["credit.cover"].search([("profile_id", "=", self.profile.id)]).sudo()
        cover.effect = "none"
        self.cover(20).with_user(self.colleague).action_apply()
        cover.write({"effect": "limit", "date_from": self.today - timedelta(days=9),
                     "date_to": self.today - timedelta(days=1)})
        self.cover(80).with_user(self.colleague).action_apply()

    def test_a_cover_that_is_raised_is_not_added_to_itself(self):
        self.cover(60).with_user(self.colleague).action_apply()
        cover = self.env["credit.cover"].search([("profile_id", "=", self.profile.id)])
        self.ask(cover, {"amount": 100}).with_user(self.colleague).action_apply()
        self.assertBeyond(self.ask(cover, {"amount": 101}), "101.00")

    def test_disputes_of_a_customer_are_added(self):
        first, second = (self.make_invoice(self.customer, 90, days_overdue=60) for _number in range(2))
        self.dispute(first, 90).with_user(self.colleague).action_apply()
        self.assertBeyond(self.dispute(second, 11), "101.00")
        self.dispute(second, 10).with_user(self.colleague).action_apply()
        settled = self.env["credit.dispute"].search([("move_id", "=", first.id)])
        settled.with_user(self.biller).action_settle()
        third = self.make_invoice(self.customer, 90, days_overdue=60)
        self.dispute(third, 90).with_user(self.colleague).action_apply()

    def test_disputes_of_others_are_not_added(self):
        other = self.make_customer(1000, "Other")
        for customer in (self.customer, other):
            self.dispute(self.make_invoice(customer, 90, days_overdue=60), 90).with_user(self.colleague).action_apply()
