"""A factor of another add-on: one entry with a method, and cards, scores and their words know it."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .common import GuaranteeCommon


@tagged("post_install", "-at_install")
class TestFactor(GuaranteeCommon):
    def setUp(self):
        super().setUp()
        self.env["credit.scorecard"].search([]).active = False
        bands = [{"has_low": False, "high": 1, "points": 100}, {"low": 1, "has_high": False, "points": 40}]
        self.card = self.env["credit.scorecard"].create(
            {"name": "Card", "factor_ids": [Command.create(
                {"factor": "guarantees", "weight": 10, "band_ids": [Command.create(band) for band in bands]})]}
        )
        self.customer = self.make_customer(10_000)
        self.profile = self.profile_of(self.customer)

    def test_it_can_be_chosen_on_a_card(self):
        factor = self.card.factor_ids
        self.assertEqual(dict(factor._fields["factor"]._description_selection(self.env))["guarantees"],
                         "Guarantees Given")
        self.assertEqual((factor.display_name, factor.points_text), ("Guarantees Given", "< 1 → 100 · ≥ 1 → 40"))

    def test_it_scores_and_the_page_explains_its_points(self):
        self.make_given(self.customer, 100)
        self.make_given(self.customer, 200)
        self.make_guarantee(self.customer, 300)  # not given
        score = self.profile._credit_score()
        line = score.line_ids
        self.assertEqual((score.score, score.coverage, line.share), (40.0, 100.0, 40.0))
        self.assertEqual((line.name, line.value_text, line.reason_text), ("Guarantees Given", "2", "From 1 on"))
        self.assertEqual(line.gain, 60.0)

    def test_of_many_customers_it_is_read_at_once(self):
        profiles = self.profile.union(*(self.profile_of(self.make_customer(name=f"C{n}")) for n in range(8)))
        self.card._get_version()
        profiles[:1]._credit_score()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            self.env["credit.score"].sudo()._score_batch(profiles, self.today)
        self.assertEqual(profiles.score_ids.sudo().mapped("score"), [100.0] * 9)

    def test_of_a_past_day_it_says_why_it_has_no_data(self):
        score = self.profile._credit_score(self.today - timedelta(days=30))
        self.assertFalse(score.has_score)
        self.assertEqual(score.line_ids.reason_text, "What stood there on that day was not kept")
