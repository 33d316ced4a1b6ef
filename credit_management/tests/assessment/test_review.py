"""Reviews: when a customer is looked at again, and who is told when nobody does."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import AssessmentCommon


class ReviewCommon(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["credit.review.kind"].search([]).is_regular = False
        cls.kind.is_regular = True
        cls.profile.controller_id = cls.preparer
        cls.env["credit.profile"].search([("id", "!=", cls.profile.id)]).date_review_next = False

    def reviews(self):
        return self.env["credit.assessment"].search([("is_review", "=", True)])

    def run_job(self):
        self.run_cron("cron_open_reviews")
        return self.reviews()


@tagged("post_install", "-at_install")
class TestInterval(ReviewCommon):
    def test_the_interval_follows_from_the_rating_and_the_importance(self):
        self.company.credit_months_review_important = 3
        cases = (("AAA", False, 12), ("AAA", True, 3), ("B", False, 6), ("D", False, 1), ("D", True, 1))
        for name, is_vip, months in cases:
            self.profile.is_vip = is_vip
            with self.subTest(name, is_vip=is_vip):
                self.assertEqual(self.profile._get_review_months(self.rating(name)), months)
        self.assertEqual(self.profile._get_review_day(self.rating("D"), date(2026, 1, 31)), date(2026, 2, 28))

    def test_without_an_interval_there_is_no_next_review(self):
        rating = self.env["credit.rating"].create({"name": "Q", "months_review": 0})
        self.assertIsNone(self.profile._get_review_day(rating, self.today))
        self.profile.is_vip = True
        self.assertEqual(self.profile._get_review_months(rating), 3)

    def test_a_new_rating_plans_the_review_of_an_important_customer_sooner(self):
        self.profile.is_vip = True
        self.on("2026-11-26")
        self.profile.rating_id = self.rating("AAA")
        self.assertEqual(self.profile.date_review_next, date(2027, 2, 26))

    def test_a_new_rating_alone_never_postpones_a_review(self):
        self.on("2026-11-26")
        for before, after in ((date(2026, 11, 23), date(2026, 11, 23)), (date(2028, 1, 1), date(2027, 5, 26)),
                              (False, date(2027, 5, 26))):
            self.profile.write({"rating_id": self.rating("A").id, "date_review_next": before})
            self.profile.rating_id = self.rating("B")
            with self.subTest(before=before):
                self.assertEqual(self.profile.date_review_next, after)

    def test_a_customer_that_becomes_important_is_reviewed_earlier_never_later(self):
        self.on("2026-11-26")
        for before, after in ((date(2027, 6, 1), date(2027, 2, 26)), (date(2026, 12, 1), date(2026, 12, 1)),
                              (False, date(2027, 2, 26))):
            self.profile.sudo().write({"is_vip": False, "date_review_next": before})
            self.profile.is_vip = True
            with self.subTest(before=before):
                self.assertEqual(self.profile.date_review_next, after)


@tagged("post_install", "-at_install")
class TestReviewJob(ReviewCommon):
    def test_it_opens_a_review_so_many_days_before_and_gives_it_to_the_controller(self):
        self.profile.date_review_next = self.today + timedelta(days=15)
        self.assertFalse(self.run_job())
        self.profile.date_review_next = self.today + timedelta(days=14)
        review = self.run_job()
        self.assertEqual((review.profile_id, review.user_id, review.state), (self.profile, self.preparer, "draft"))
        self.assertEqual((review.date_due, review.data), (self.today + timedelta(days=14), False))
        task = review.activity_ids
        self.assertEqual((task.user_id, task.date_deadline, task.summary),
                         (self.preparer, review.date_due, "Review Customer"))
        self.assertEqual(self.run_job(), review, "running twice opens nothing twice")

    def test_the_company_s_controller_is_asked_where_the_customer_has_none(self):
        self.profile.controller_id = False
        self.company.credit_controller_id = self.preparer
        self.profile.date_review_next = self.today
        self.assertEqual(self.run_job().user_id, self.preparer)

    def test_excluded_customers_are_not_reviewed(self):
        self.profile.write({"date_review_next": self.today, "is_excluded": True})
        self.assertFalse(self.run_job())

    def test_what_is_assessed_already_is_not_opened_again(self):
        self.profile.date_review_next = self.today
        self.assess()
        self.assertFalse(self.run_job())

    def test_it_works_in_batches_and_goes_on_where_it_stopped(self):
        others = [self.make_customer(name=f"Customer {number}") for number in range(4)]
        for partner in (self.customer, *others):
            self.profile_of(partner).date_review_next = self.today
        room = "odoo.addons.credit_management.models.assessment.credit_review.BATCH"
        with patch(room, 2), patch.object(self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 0):
            self.env["credit.assessment"]._cron_open_reviews()
        self.assertEqual(len(self.reviews()), 2, "the server wanted to stop after the first batch")
        self.assertEqual(len(self.run_job()), 5)

    def test_a_late_review_is_put_before_a_manager_once(self):
        self.profile.date_review_next = self.today - timedelta(days=7)
        review = self.run_job()
        self.assertFalse(review.is_escalated, "it is late by exactly the days that are granted")
        review.sudo().date_due = self.today - timedelta(days=8)
        self.run_job()
        self.assertTrue(review.is_escalated)
        self.assertEqual(review.activity_ids.user_id, self.preparer + self.manager)
        self.run_job()
        self.assertEqual(len(review.activity_ids), 2)
        self.assertIn(review, self.reviews().search([("is_late", "=", True)]))

    def test_the_approval_sets_the_next_review_and_keeps_the_last_one(self):
        self.profile.date_review_next = self.today
        review = self.run_job().with_user(self.preparer)
        self.assertEqual(self.assess(), review, "Assess goes on with the review that is open")
        self.assertTrue(review.data)
        review.reason = "As before"
        review.action_submit()
        self.approve(review)
        self.profile.invalidate_recordset()
        self.assertEqual(self.profile.date_review_last, self.today)
        self.assertEqual(self.profile.date_review_next, self.profile._get_review_day(self.rating("C"), self.today))
        self.assertEqual(self.run_job(), review)
