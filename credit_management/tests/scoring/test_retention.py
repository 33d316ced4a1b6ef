"""Old scores are deleted but for those that something stands on."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import LATE, ScoringCommon


@tagged("post_install", "-at_install")
class TestRetention(ScoringCommon):
    def setUp(self):
        super().setUp()
        self.env["credit.score"].sudo().search([]).unlink()
        self.profile = self.profile_of(self.make_customer(10_000))
        self.make_card(self.factor("days_late", 50, LATE), classes=[("A", 70), ("D", 0)])

    def make_scores(self, *months, profile=None):
        """Make scores that held until so many months ago, oldest first."""
        scores = self.env["credit.score"]
        for number in months:
            day = self.today - relativedelta(months=number)
            score = (profile or self.profile)._credit_score(self.today)
            score.sudo().write({"date": day, "date_to": day, "previous_id": scores[-1:].id})
            scores += score
        return scores

    def purge(self, scores):
        """Return which of some scores are left, by their place."""
        self.env.flush_all()
        self.run_cron("cron_purge_scores")
        return [number for number, score in enumerate(scores) if score.exists()]

    def test_scores_go_that_ended_longer_ago_than_the_company_keeps_them(self):
        """24 months: 30 and 25 are over; the one of 25 is what the first that stays is compared with."""
        scores = self.make_scores(30, 26, 25, 23, 1)
        self.assertEqual(self.purge(scores), [2, 3, 4])

    def test_on_the_first_day_of_the_period_it_still_is_there(self):
        scores = self.make_scores(30, 30, 24)
        self.assertEqual(self.purge(scores), [1, 2])
        self.on(str(self.today + timedelta(days=32)))
        self.assertEqual(self.purge(scores), [2], "the last one of a customer stays, however old")

    def test_scores_stay_that_something_followed_from_or_that_were_assessed(self):
        scores = self.make_scores(40, 39, 38, 37, 36, 35, 1)
        scores[1].sudo().follow_up = "changed"
        assessment = self.env["credit.assessment"].create({"profile_id": self.profile.id})
        assessment.sudo().score_id = scores[4]
        self.assertEqual(self.purge(scores), [0, 1, 3, 4, 5, 6], "and what each of them was compared with")

    def test_each_company_keeps_its_own(self):
        self.company.credit_months_score_keep = 13
        scores = self.make_scores(16, 15, 14, 1)
        self.assertEqual(self.purge(scores), [2, 3])

    def test_looking_back_at_a_year_stays_possible(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.company.credit_months_score_keep = 12
            self.env.flush_all()
