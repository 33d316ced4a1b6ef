"""Scorecards: what of them is refused, own factors, why a line has its points, and who may loosen them."""

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.scoring import credit_scorecard_own as own_factors
from .common import LATE, ScoringCommon


@tagged("post_install", "-at_install")
class TestScorecards(ScoringCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(10_000)
        self.profile = self.profile_of(self.customer)

    def line_of(self, score, key):
        return score.line_ids.filtered(lambda line: line.key == key)

    # -- what is refused -----------------------------------------------------------------------------

    def test_a_gap_between_ranges_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Days Late, by Amount leave a gap before 6"):
            self.make_card(self.factor("days_late", 50, [(None, 5, 100), (6, None, 0)]))

    def test_ranges_that_overlap_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Two ranges of Days Late, by Amount have 4"):
            self.make_card(self.factor("days_late", 50, [(None, 5, 100), (4, None, 0)]))
        with self.assertRaisesRegex(ValidationError, "Two ranges of Days Late, by Amount have"):
            self.make_card(self.factor("days_late", 50, [(None, None, 100), (4, None, 0)]))

    def test_a_range_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "begins at 9 and ends before it"):
            self.make_card(self.factor("days_late", 50, [(9, 5, 100)]))

    def test_a_change_that_makes_a_gap_is_refused(self):
        card = self.make_card(self.factor("days_late", 50, LATE))
        with self.assertRaisesRegex(ValidationError, "leave a gap before 15"):
            card.factor_ids.band_ids.filtered(lambda band: band.high == 15).high = 12

    def test_an_edge_between_two_ranges_is_moved_in_one_form(self):
        card = self.make_card(self.factor("days_late", 50, LATE))
        factor, bands = card.factor_ids, card.factor_ids.band_ids.sorted(lambda band: (band.has_low, band.low))
        edge = bands[0].high
        for write in (factor.write, lambda vals: card.write({"factor_ids": [Command.update(factor.id, vals)]})):
            edge -= 1
            lower, upper = Command.update(bands[0].id, {"high": edge}), Command.update(bands[1].id, {"low": edge})
            write({"band_ids": [lower, upper]})
            self.assertEqual((bands[0].high, bands[1].low), (edge, edge))
            with self.assertRaisesRegex(ValidationError, "leave a gap before"), self.env.cr.savepoint():
                write({"band_ids": [Command.update(bands[0].id, {"high": edge - 1})]})

    def test_two_ratings_begin_at_lower_scores_in_one_form(self):
        card = self.make_card(self.factor("days_late", 50, LATE), classes=[("A", 80), ("B", 60), ("C", 0)])
        first, second, _last = card.class_ids.sorted(lambda line: -line.score_from)
        card.class_ids = [Command.update(first.id, {"score_from": 60}), Command.update(second.id, {"score_from": 55})]
        self.assertEqual((first.score_from, second.score_from), (60, 55))
        with self.assertRaisesRegex(ValidationError, "A is a better rating than B"):
            card.class_ids = [Command.update(first.id, {"score_from": 50})]

    def test_words_are_those_of_the_factor(self):
        with self.assertRaisesRegex(ValidationError, "Legal Class has no word 'huge'. It has: consumer, sole, sme"):
            self.make_card(self.factor("legal_class", 50, [("huge", 100)]))
        with self.assertRaisesRegex(ValidationError, "is a figure, and has no word"):
            self.make_card(self.factor("days_late", 50, [("sme", 100)]))
        with self.assertRaisesRegex(ValidationError, "is no figure: each line of it is another word"):
            self.make_card(self.factor("legal_class", 50, [(0, 10, 100)]))

    def test_a_factor_has_points_and_is_on_a_card_once(self):
        with self.assertRaisesRegex(ValidationError, "has no points"):
            self.make_card(self.factor("days_late", 50, []))
        with self.assertRaisesRegex(ValidationError, "weighs Days Late, by Amount twice"):
            self.make_card(self.factor("days_late", 50, LATE), self.factor("days_late", 20, LATE))

    def test_a_better_rating_begins_at_a_higher_score(self):
        with self.assertRaisesRegex(ValidationError, "A is a better rating than B"):
            self.make_card(self.factor("days_late", 50, LATE), classes=[("A", 40), ("B", 60)])

    # -- own factors ---------------------------------------------------------------------------------

    def make_own(self, kind, points, **values):
        bands = [Command.create(self.band(*band)) for band in points]
        return {"kind": kind, "label": "Own", "weight": 50, "band_ids": bands, **values}

    def test_a_condition_says_yes_or_no(self):
        other = self.make_customer(name="Watched", account_status="watch")
        self.make_card(
            self.make_own("domain", [("yes", 0), ("no", 100)], domain="[('account_status', '=', 'watch')]")
        )
        scores = (self.profile | self.profile_of(other))._credit_score()
        self.assertEqual(scores.mapped("score"), [100.0, 0.0])
        self.assertEqual([(line.name, line.value_text) for line in scores.line_ids], [("Own", "No"), ("Own", "Yes")])

    def test_a_condition_is_one_search_for_all_customers(self):
        card = self.make_card(self.make_own("domain", [("yes", 0), ("no", 100)], domain="[('is_vip', '=', True)]"))
        profiles = self.profile | self.env["credit.profile"].union(
            *(self.profile_of(self.make_customer(name=f"C{number}")) for number in range(9))
        )
        card._get_version()
        with self.assertQueryCount(40):  # as for one
            profiles._credit_score()

    def test_a_formula_reckons_with_the_figures_of_its_card(self):
        """Sold 500, first 99 days ago; 60 days of it are open: 500 ÷ 60 = 8.33."""
        self.make_paid(self.customer, 200, 0, days_ago=99)
        self.make_invoice(self.customer, 300, 20)
        self.make_card(
            self.factor("dso", 0, [(None, None, 50)]), self.factor("turnover", 0, [(None, None, 50)]),
            self.make_own("expression", [(None, 8, 10), (8, None, 90)], expression="turnover / dso"),
        )
        score = self.profile._credit_score()
        self.assertEqual((score.score, round(score.line_ids[2].value, 2)), (90.0, 8.33))

    def test_a_formula_without_a_figure_has_no_data_and_names_it(self):
        self.make_card(
            self.factor("dso", 10, [(None, None, 50)]),
            self.make_own("expression", [(None, None, 10)], expression="100 / dso"),
        )
        self.assertEqual(self.profile._credit_score().line_ids[1].reason_text, "No data for Days Sales Outstanding")
        self.make_paid(self.customer, 200, 0, days_ago=99)
        self.assertEqual(
            self.profile._credit_score().line_ids[1].reason_text,
            "The formula has no result, for it divides by zero",
        )

    def test_a_formula_sees_figures_of_its_card_only(self):
        for expression in ("env", "dso.real", "2 ** 99", "turnover", "__import__('os')"):
            with self.assertRaisesRegex(ValidationError, "The formula of Own cannot have"):
                self.make_card(
                    self.factor("dso", 10, [(None, None, 50)]),
                    self.make_own("expression", [(None, None, 10)], expression=expression),
                )

    def test_a_condition_that_cannot_be_read_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "The condition of Own cannot be read"):
            self.make_card(self.make_own("domain", [("yes", 0), ("no", 1)], domain="[('nothing', '=', 1)]"))

    def test_a_condition_is_saved_only_by_who_may_search_it(self):
        manager = self.make_user("manager")
        card = self.make_card(self.make_own("domain", [("yes", 0), ("no", 1)], domain="[('legal_class', '=', 'sme')]"))
        own = card.factor_ids.with_user(manager)
        for domain in ("[('create_uid.password', '=', 'x')]", "[('partner_id.signup_type', '=', 'reset')]"):
            with self.assertRaisesRegex(ValidationError, "The condition of Own cannot be read"), \
                    self.env.cr.savepoint():
                own.domain = domain

    def test_a_condition_that_cannot_be_searched_keeps_nobody_from_a_score(self):
        self.make_paid(self.customer, 100, 20)
        card = self.make_card(self.factor("days_late", 50, LATE), self.make_own("domain", [("yes", 0), ("no", 1)]))
        self.env.cr.execute(
            "UPDATE credit_scorecard_factor SET domain = %s WHERE id = %s",
            ("[('create_uid.password', '=', 'x')]", card.factor_ids[1].id))  # as it was saved before
        self.env.invalidate_all()
        with mute_logger(own_factors.__name__):
            score = self.profile._credit_score()
        self.assertEqual((score.score, score.line_ids[1].has_points), (60.0, False))
        self.assertEqual(score.line_ids[1].reason_text, "The condition of the scorecard cannot be searched")

    # -- why -----------------------------------------------------------------------------------------

    def test_each_line_says_why(self):
        self.make_paid(self.customer, 100, 20)
        self.make_card(
            self.factor("days_late", 50, LATE), self.factor("altman", 30, [(0, 2, 20)], is_missing_fixed=True,
                                                            points_missing=10),
            self.factor("months_customer", 20, [(3, None, 20)]),
        )
        score = self.profile._credit_score()
        self.assertEqual(
            score.line_ids.mapped(lambda line: (line.value_text, line.points_text, line.reason_text)),
            [
                ("20.0 days", "60", "From 15.0 days to below 30.0 days"),
                ("–", "10", "No financial statements of the last two years: fixed points"),
                ("1 months", "–", "No range of the scorecard has this value")
                if score.line_ids[2].value == 1 else ("0 months", "–", "No range of the scorecard has this value"),
            ],
        )

    def test_what_would_raise_the_score_most(self):
        """Now (60 × 50 + 20 × 30) ÷ 80 = 45; on time (90 × 30 + 60 × 50) ÷ 80 = 71.25; late (100 × 50 + 600) ÷ 80."""
        self.make_paid(self.customer, 100, 20)
        self.make_card(
            self.factor("days_late", 50, LATE), self.factor("share_on_time", 30, [(0, 50, 20), (50, 100, 90)]),
        )
        score = self.profile._credit_score()
        self.assertEqual(score.line_ids.mapped("gain"), [25.0, 26.25])

    def test_the_cards_that_come_along_score_a_customer(self):
        self.env.ref("credit_management.scorecard_trade").active = True
        self.env.ref("credit_management.scorecard_new").active = True
        self.make_paid(self.customer, 100, 20, days_ago=300)
        new = self.make_customer(name="New")
        scores = (self.profile | self.profile_of(new))._credit_score()
        self.assertEqual(
            scores.card_id.get_external_id().values() and scores.mapped("card_id.name"),
            ["Trade customers", "New customers (probation)"],
        )
        for score in scores:
            self.assertEqual(round(sum(score.line_ids.mapped("share")), 2), score.score)

    # -- who may ---------------------------------------------------------------------------------------

    def test_nobody_makes_a_card_looser_alone_where_it_changes_ratings(self):
        card = self.make_card(self.factor("days_late", 50, LATE), classes=[("B", 60)])
        band = card.factor_ids.band_ids.filtered(lambda band: band.points == 20)
        manager = self.make_user("manager")
        band.with_user(manager).points = 25  # changes nothing by itself yet
        self.make_policy("limit_exceeded")
        self.company.write({"credit_score_change": "down", "credit_second_person": "required"})
        loosening = (
            (band, {"points": 60}), (card.class_ids, {"score_from": 10}), (card.factor_ids, {"weight": 5}),
            (card, {"coverage_min": 5}), (card, {"active": False}),
        )
        for record, values in loosening:
            with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                record.with_user(manager).write(values)
        band.with_user(manager).points = 5  # stricter
        for role in ("credit_user", "controller"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                band.with_user(self.make_user(role)).write({"points": 1})

    def test_what_is_prepared_on_an_archived_card_is_not_moved_to_a_live_one_alone(self):
        card = self.make_card(self.factor("days_late", 50, LATE), classes=[("B", 60)])
        spare = self.make_card(
            self.factor("dso", 50, [(None, None, 100)]), classes=[("AAA", 1)], name="Spare", active=False
        )
        manager = self.make_user("manager")
        self.make_policy("limit_exceeded")
        self.company.write({"credit_score_change": "down", "credit_second_person": "required"})
        for record in (spare.factor_ids, spare.class_ids, spare.factor_ids.band_ids):
            name = "factor_id" if record._name.endswith("band") else "card_id"
            target = card.factor_ids if name == "factor_id" else card
            with self.subTest(record._name), self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                record.with_user(manager).write({name: target.id})

    def test_nobody_reorders_the_ratings_alone_where_a_score_lowers_to_the_next_one(self):
        manager, rating = self.make_user("manager"), self.rating("AAA")
        rating.with_user(manager).sequence = 500  # nothing follows the order yet
        self.make_policy("limit_exceeded")
        self.company.write({"credit_score_change": "down", "credit_second_person": "required"})
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            rating.with_user(manager).sequence = 35

    def test_nobody_makes_a_company_a_natural_person_alone_where_scores_lower_ratings(self):
        controller = self.make_user("controller")
        self.customer.is_company = True
        self.make_policy("limit_exceeded")
        self.company.write({"credit_score_change": "down", "credit_second_person": "required"})
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.profile.with_user(controller).legal_class = "sole"
        self.profile.with_user(controller).legal_class = "sme"  # what it was taken for
