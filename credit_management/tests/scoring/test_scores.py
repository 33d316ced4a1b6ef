"""Scores of customers: by their card, as of a day, frozen, and adding up to themselves."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..upgrade import load_migration
from .common import LATE, ScoringCommon


@tagged("post_install", "-at_install")
class TestScores(ScoringCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(10_000)
        self.profile = self.profile_of(self.customer)

    def test_a_score_has_its_points_and_adds_up_to_itself(self):
        """(60 × 50 + 20 × 30) ÷ 80: 100 were paid 20 days late, so nothing of it on time."""
        self.make_paid(self.customer, 100, 20)
        self.make_card(
            self.factor("days_late", 50, LATE), self.factor("share_on_time", 30, [(0, 50, 20), (50, 100, 90)]),
            classes=[("B", 40), ("C", 0)],
        )
        score = self.profile._credit_score()
        self.assertEqual((score.score, score.coverage, score.has_score), (45.0, 100.0, True))
        self.assertEqual(score.rating_id, self.rating("B"))
        self.assertEqual(score.date, self.today)
        self.assertEqual(
            score.line_ids.mapped(lambda line: (line.key, line.value, line.points, line.weight, line.share)),
            [("days_late", 20.0, 60.0, 50.0, 37.5), ("share_on_time", 0.0, 20.0, 30.0, 7.5)],
        )
        self.assertEqual(round(sum(score.line_ids.mapped("share")), 2), score.score)

    def test_no_data_is_a_value_with_its_reason(self):
        self.make_card(self.factor("days_late", 50, LATE))
        score = self.profile._credit_score()
        self.assertEqual((score.has_score, score.coverage, score.is_covered), (False, 0.0, False))
        self.assertFalse(score.rating_id)
        self.assertEqual(score.line_ids.reason_text, "No invoice was paid in 12 months")
        self.assertEqual(score.line_ids.value_text, "–")

    def test_who_owes_nothing_has_the_best_points_and_the_line_says_why(self):
        amounts = {"assets": 1000, "assets_current": 500, "liabilities": 0, "liabilities_current": 0, "equity": 1000,
                   "retained_earnings": 300, "ebit": -10}
        self.env["credit.financials"].create({
            "profile_id": self.profile.id, "date_end": self.today,
            "line_ids": [Command.create({"item": item, "amount": amount, "is_known": True})
                         for item, amount in amounts.items()],
        })
        self.make_card(self.factor("altman", 50, [(None, 1.1, 0), (1.1, 2.61, 50), (2.61, None, 95)]))
        score = self.profile._credit_score()
        self.assertEqual((score.score, score.coverage, score.line_ids.gain), (95.0, 100.0, 0.0))
        self.assertEqual(score.line_ids.reason_text, "Safe: nothing is owed, so there is no figure")

    def test_the_figure_that_is_shown_is_the_one_that_has_the_points(self):
        """960 paid 15 days late and 40 paid 14 days late are 14.96 days, shown as 15.0: from 15 on it is 60 points."""
        self.make_paid(self.customer, 960, 15)
        self.make_paid(self.customer, 40, 14)
        self.make_card(self.factor("days_late", 50, LATE))
        line = self.profile._credit_score().line_ids
        self.assertEqual((line.value, line.value_text, line.points), (15.0, "15.0 days", 60.0))
        self.assertEqual(line.reason_text, "From 15.0 days to below 30.0 days")

    def test_points_and_coverage_show_their_decimals_so_that_the_page_adds_up(self):
        self.make_paid(self.customer, 100, 20)
        self.make_card(self.factor("days_late", 2, [(None, None, 62.5)]), self.factor("altman", 1, [(None, None, 50)]))
        score = self.profile._credit_score()
        self.assertEqual((score.score, score.line_ids.mapped("points_text")), (62.5, ["62.50", "–"]))
        self.assertEqual(score._write_result(), "62.50 of 100 · coverage 66.67 %")

    def test_who_has_no_card_has_no_score(self):
        self.assertFalse(self.profile._credit_score())

    def test_a_score_is_frozen_with_the_version_of_its_card(self):
        self.make_paid(self.customer, 100, 20)
        card = self.make_card(self.factor("days_late", 50, LATE))
        first = self.profile._credit_score()
        card.factor_ids.band_ids.filtered(lambda band: band.points == 60).points = 10
        second = self.profile._credit_score()
        self.assertEqual((first.score, second.score), (60.0, 10.0))
        self.assertEqual((first.card_version, second.card_version), (1, 2))
        self.assertEqual(first.line_ids.points, 60.0)
        with self.assertRaisesRegex(UserError, "stays as it was found"):
            first.with_user(self.make_user("manager")).write({"score": 99})

    def test_lines_of_before_are_kept_shorter_by_an_upgrade_and_say_the_same(self):
        """What a version says of a factor was repeated in each score; scores without a line stay so."""
        self.make_paid(self.customer, 100, 20)
        self.make_card(self.factor("days_late", 50, LATE), self.factor("altman", 50, LATE))
        score = self.profile._credit_score()
        names = ("key", "value", "has_data", "reason", "points", "has_points", "weight", "share")
        lines, kept = score.line_ids.read(names), score.lines
        self.assertEqual(kept, [[20, "", 60, 60], [None, "no_data", None, 0]])
        old = [{"key": line["key"], "label": "", "value": value, "reason": reason, "points": points,
                "weight": line["weight"], "share": share}
               for line, (value, reason, points, share) in zip(lines, kept, strict=True)]
        score.sudo().lines = old
        self.env.flush_all()
        load_migration("post-scores", "19.0.1.1.1").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual((score.lines, score.line_ids.read(names)), (kept, lines))

    def test_how_a_card_counts_is_for_controllers(self):
        self.make_paid(self.customer, 100, 20)
        self.make_card(self.factor("days_late", 50, LATE))
        score = self.profile._credit_score()
        controller, user = self.make_user("controller"), self.make_user("credit_user")
        of_score = [(score, name) for name in ("score", "fingerprint", "lines")]
        for record, name in (*of_score, (score.version_id, "definition")):
            record.with_user(controller).read([name])
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(user).read([name])
        self.assertEqual(score.with_user(controller).read(["card_version"])[0]["card_version"], 1)

    def test_the_first_card_that_is_for_a_customer_makes_its_score(self):
        french = self.make_customer(name="French")
        french.country_id = self.env.ref("base.fr")
        self.make_card(self.factor("days_late", 50, LATE), name="All", sequence=20)
        self.make_card(
            self.factor("days_late", 50, LATE), name="France", sequence=10,
            country_ids=self.env.ref("base.fr").ids,
        )
        scores = (self.profile | self.profile_of(french))._credit_score()
        self.assertEqual(scores.card_id.mapped("name"), ["All", "France"])

    def test_a_new_customer_has_a_card_of_its_own(self):
        """The first invoice of one is 200 days ago, the other has none."""
        self.make_invoice(self.customer, 100, 200)
        new = self.make_customer(name="New")
        self.make_card(self.factor("days_late", 50, LATE), name="New", customers="new", months_new=6)
        self.make_card(self.factor("days_late", 50, LATE), name="Known")
        scores = (self.profile | self.profile_of(new))._credit_score()
        self.assertEqual(scores.card_id.mapped("name"), ["Known", "New"])
