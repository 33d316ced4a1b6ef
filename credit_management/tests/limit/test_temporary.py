"""Temporary limits begin and end at midnight of their company, in summer time as well, and earlier when asked."""

from datetime import date, timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CreditCommon


class TemporaryCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.make_policy("limit_exceeded")

    def grant(self, date_from, date_to, amount=500, **values):
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.profile.id, "kind": "increment", "amount": amount, "date_from": date_from,
             "date_to": date_to, "reason": "The season", **values}
        )
        request.sudo().state = "approved"
        return request

    def limit_at(self, moment, tz="Asia/Shanghai"):
        """Return the limit as somebody sees it who looks from far away at a moment, in UTC."""
        with freeze_time(moment):
            profile = self.profile.with_context(tz=tz)
            profile.invalidate_recordset()
            return profile.amount_limit_effective


@tagged("post_install", "-at_install")
class TestMidnight(TemporaryCommon):
    def test_in_the_night_to_summer_time(self):
        """In Dublin the clock goes from 01:00 to 02:00 on 29 March 2026: the day begins in winter time, and ends in
        summer time, an hour earlier in UTC."""
        self.company.credit_tz = "Europe/Dublin"
        self.grant("2026-03-29", "2026-03-29")
        for moment, limit in (
            ("2026-03-28 23:59:59", 1000), ("2026-03-29 00:00:00", 1500), ("2026-03-29 22:59:59", 1500),
            ("2026-03-29 23:00:00", 1000),
        ):
            for tz in ("Asia/Shanghai", "America/Los_Angeles"):
                with self.subTest(moment=moment, tz=tz):
                    self.assertEqual(self.limit_at(moment, tz), limit)

    def test_in_the_night_to_winter_time(self):
        """On 25 October 2026 the clock goes from 02:00 to 01:00: the day has 25 hours."""
        self.company.credit_tz = "Europe/Dublin"
        self.grant("2026-10-25", "2026-10-25", kind="replacement", amount=3000)
        for moment, limit in (
            ("2026-10-24 22:59:59", 1000), ("2026-10-24 23:00:00", 3000), ("2026-10-25 23:59:59", 3000),
            ("2026-10-26 00:00:00", 1000),
        ):
            with self.subTest(moment=moment):
                self.assertEqual(self.limit_at(moment), limit)


@tagged("post_install", "-at_install")
class TestBegun(TemporaryCommon):
    def test_what_waits_is_looked_at_within_the_hour_in_which_it_begins(self):
        order = self.make_held(self.customer, 1400)
        self.grant(self.today + timedelta(days=1), self.today + timedelta(days=3))
        cron = self.env.ref("credit_management.cron_begin_limits")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "hours"))
        self.run_cron("cron_begin_limits")
        self.assertHeld(order)
        self.on(str(self.today + timedelta(days=1)))
        self.run_cron("cron_begin_limits")
        self.commit()
        self.assertConfirmed(order)

    def test_a_cover_that_raises_the_limit_begins_as_well(self):
        order = self.make_held(self.customer, 1400)
        self.env["credit.cover"].sudo().create(
            {"profile_id": self.profile.id, "amount": 500, "effect": "limit", "percent_share": 100,
             "date_from": self.today + timedelta(days=1)}
        )
        self.on(str(self.today + timedelta(days=1)))
        self.run_cron("cron_begin_limits")
        self.commit()
        self.assertConfirmed(order)


@tagged("post_install", "-at_install")
class TestEnded(TemporaryCommon):
    def test_a_controller_ends_it_at_once_and_the_log_says_so(self):
        request = self.grant(self.today - timedelta(days=3), self.today + timedelta(days=9))
        self.assertEqual(self.profile.amount_limit_effective, 1500)
        self.assertTrue(request.is_lasting)
        request.with_user(self.make_user("controller", name="Clara")).action_end()
        self.profile.invalidate_recordset()
        self.assertEqual(self.profile.amount_limit_effective, 1000)
        self.assertEqual(request.date_to, self.today - timedelta(days=1))
        self.assertFalse(request.is_lasting)
        row = self.env["credit.log"].search([("res_model", "=", request._name), ("res_id", "=", request.id)])[:1]
        self.assertEqual((row.verdict, row.person_name), ("tighter", "Clara"))
        self.assertIn("ended it before its last day", request.message_ids[:1].body)

    def test_what_was_ended_still_says_from_when_until_when_it_was_granted(self):
        first, last = self.today, self.today + timedelta(days=9)
        request = self.grant(first, last)
        clara = self.make_user("controller", name="Clara")
        request.with_user(clara).action_end()
        self.assertEqual((request.date_from, request.date_to_granted), (first, last))
        self.assertEqual((request.ender_id, bool(request.date_ended)), (clara, True))
        self.assertFalse(self.limit_at(f"{first - timedelta(days=1)} 12:00:00", tz="UTC") > 1000, "it never counted")

    def test_one_that_has_not_begun_never_does(self):
        request = self.grant(self.today + timedelta(days=3), self.today + timedelta(days=9))
        request.with_user(self.make_user("controller")).action_end()
        self.on(str(self.today + timedelta(days=5)))
        self.profile.invalidate_recordset()
        self.assertEqual(self.profile.amount_limit_effective, 1000)

    def test_what_holds_a_higher_limit_down_is_not_ended_by_one_person(self):
        controller = self.make_user("controller")
        days = (self.today, self.today + timedelta(days=9))
        later = (self.today + timedelta(days=1), self.today + timedelta(days=9))
        rating = self.env["credit.rating"].create({"name": "Q", "limit_type": "amount", "amount_limit": 600})
        cases = (
            # limit that lasts, kind of the temporary one, days, refusal
            (1000, "replacement", days, r"has \D*1,000\.00 instead of \D*500\.00"),
            (1000, "replacement", later, "ask for a higher temporary limit"),
            (None, "replacement", days, "has no limit instead of"),
            (None, "increment", days, "has no limit instead of"),
            ("rating", "replacement", days, r"has \D*600\.00 instead of"),
            (500, "replacement", days, None),
            (1000, "increment", days, None),
            ("unlimited", "replacement", days, None),
        )
        for limit, kind, period, refusal in cases:
            self.profile.rating_id = rating if limit == "rating" else False
            self.set_limit(self.customer, None if limit == "rating" else limit)
            request = self.grant(*period, kind=kind).with_user(controller)
            with self.subTest(limit=limit, kind=kind, period=period):
                if refusal:
                    with self.assertRaisesRegex(UserError, refusal), self.env.cr.savepoint():
                        request.action_end()
                else:
                    request.action_end()
            request.sudo().date_from = request.sudo().date_to = self.today - timedelta(days=1)

    def test_of_two_temporary_limits_the_lower_one_can_be_ended(self):
        days = (self.today, self.today + timedelta(days=9))
        lower, higher = (self.grant(*days, kind="replacement", amount=amount) for amount in (400, 500))
        controller = self.make_user("controller")
        with self.assertRaisesRegex(UserError, "lets more pass"), self.env.cr.savepoint():
            (lower + higher).with_user(controller).action_end()
        lower.with_user(controller).action_end()
        self.profile.invalidate_recordset()
        self.assertEqual((self.profile.amount_limit_effective, higher.is_lasting), (500, True))

    def test_nothing_else_is_ended_and_by_nobody_else(self):
        controller = self.make_user("controller")
        over = self.grant(date(2026, 1, 1), self.today - timedelta(days=1))
        waiting = over.copy({"date_from": self.today, "date_to": self.today})
        for request in (over, waiting):
            with self.assertRaisesRegex(UserError, "Only a temporary limit"), self.env.cr.savepoint():
                request.with_user(controller).action_end()
        running = self.grant(self.today, self.today)
        for role in ("sales", "credit_user"):
            with self.subTest(role), self.assertRaises(AccessError), self.env.cr.savepoint():
                running.with_user(self.make_user(role)).action_end()
        with self.assertRaisesRegex(UserError, "submitted already"), self.env.cr.savepoint():
            running.with_user(controller).date_to = self.today + timedelta(days=30)
