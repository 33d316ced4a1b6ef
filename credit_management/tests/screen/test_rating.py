"""The page with the rating: what a controller sees of the last score, and who sees nothing of it."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..scoring.common import LATE, ScoringCommon


@tagged("post_install", "-at_install")
class TestRatingPage(ScoringCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(10_000)
        self.profile = self.profile_of(self.customer)
        self.controller = self.make_user("controller")

    def test_the_page_adds_up_and_says_what_would_raise_the_score(self):
        self.make_paid(self.customer, 100, 20)
        self.make_card(
            self.factor("days_late", 50, LATE), self.factor("share_on_time", 30, [(0, 50, 20), (50, 100, 90)]),
            classes=[("B", 40)],
        )
        profile = self.profile.with_user(self.controller)
        profile.action_score()
        self.assertEqual(profile.score_text, "45.00 of 100 · coverage 100 %")
        self.assertEqual(profile.score_advice, "Paid on Time (%) (+26.25) · Days Late, by Amount (+25.00)")
        self.assertEqual(round(sum(profile.score_line_ids.mapped("share")), 2), profile.score_id.score)
        self.assertEqual((profile.score_rating_id, profile.rating_id), (self.rating("B"), self.rating("B").browse()))

    def test_the_trend_has_the_payment_index_where_the_card_has_it(self):
        for number in range(3):
            self.make_paid(self.customer, 100, 0, days_ago=40 + number)
        self.make_card(self.factor("payment_index", 50, [(None, 50, 10), (50, None, 90)]))
        for days in (20, 10, 0):
            self.profile._credit_score(self.today - timedelta(days=days))
        trend = self.profile.score_trend
        self.assertEqual(
            [(series["name"], series["data"]) for series in trend["series"]],
            [("score", [90.0] * 3), ("index", [80.0] * 3)],
        )
        self.assertEqual(len(trend["labels"]), 3)

    def test_without_a_card_it_says_so(self):
        with self.assertRaisesRegex(UserError, "No scorecard is for this customer"):
            self.profile.with_user(self.controller).action_score()

    def test_salespeople_see_no_score_and_score_nobody(self):
        self.make_card(self.factor("days_late", 50, LATE))
        score = self.profile._credit_score()
        seller = self.make_user("sales", "credit_user")
        for act in (
            lambda: score.with_user(seller).read(["score", "coverage"]),
            lambda: score.with_user(seller).line_ids, lambda: score.line_ids.with_user(seller).mapped("value"),
            lambda: score.with_user(seller).lines, lambda: self.profile.with_user(seller).score_advice,
            lambda: self.profile.with_user(seller).action_score(),
            lambda: self.env["credit.score"].with_user(seller).create({"profile_id": self.profile.id}),
            lambda: score.with_user(self.make_user("manager", login="m2")).unlink(),
        ):
            with self.assertRaises(AccessError):
                act()
