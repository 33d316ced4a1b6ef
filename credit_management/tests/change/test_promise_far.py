"""A promise for a day far away is time that is given: nothing is dunned until then."""

from datetime import timedelta

from odoo.exceptions import RedirectWarning
from odoo.tests import tagged

from .test_loosening import LooseningCommon


@tagged("post_install", "-at_install")
class TestPromiseFarAway(LooseningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("credit_user")

    def note(self, days):
        return self.env["credit.promise"].with_user(self.user).create(self.get_values(days))

    def get_values(self, days):
        day = self.today + timedelta(days=days)
        return {"profile_id": self.profile.id, "amount": 700, "date_promised": str(day)}

    def test_up_to_90_days_a_credit_user_notes_it_alone(self):
        self.assertEqual(self.note(90).amount, 700)

    def test_from_91_days_on_it_takes_a_second_person(self):
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.note(91)
        change = self.ask(self.env["credit.promise"], self.get_values(91), self.user, "create")
        self.assertEqual((change.amount_most, change.is_any), (700, False))
        self.authority.sudo().amount_over_max = 700
        change.with_user(self.colleague).action_apply()
        self.assertEqual(self.profile.promise_ids.mapped("amount"), [700])

    def test_where_it_is_told_it_is_logged(self):
        self.company.sudo().credit_second_person = "told"
        promise = self.note(36500)
        rows = [("kind", "=", "change"), ("res_model", "=", "credit.promise"), ("res_id", "=", promise.id)]
        row = self.env["credit.log"].search(rows)
        self.assertEqual((row.verdict, row.amount_most, row.person_ref), ("looser", 700, self.user.id))
