"""The night: everybody is scored, what changed is kept with its reasons, and what follows is allowed."""

from datetime import timedelta
from unittest.mock import patch

from odoo.addons.credit_management.models.scoring import credit_score_job
from odoo.fields import Command
from odoo.tests import tagged

from .common import NightCommon


@tagged("post_install", "-at_install")
class TestScoreJob(NightCommon):
    def scores(self, profile=None):
        return (profile or self.profile).score_ids.sudo()

    def night(self, days=0):
        """Let the job run, some days later."""
        self.on(str(self.today + timedelta(days=days)))
        self.run_cron("cron_score")

    def make_worse(self):
        """Score 80 today, and 20 tomorrow: a big invoice is paid 60 days late."""
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.make_paid(self.customer, 10_000, 60, days_ago=1)

    # -- what is kept ----------------------------------------------------------------------------------

    def test_every_customer_is_scored_once_a_night(self):
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.night()
        score = self.scores()
        self.assertEqual((score.score, score.date, score.date_to), (80.0, self.today, self.today))
        self.assertEqual((score.follow_up, score.delta), ("none", 0.0))

    def test_a_night_without_other_points_confirms_the_score(self):
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.night(1)
        score = self.scores()
        self.assertEqual((score.date, score.date_to), (self.today, self.today + timedelta(days=1)))

    def test_what_changed_is_kept_with_its_reason(self):
        """100 were 5 days late; with 10,000 that were 60 days late it is 59.5 days."""
        self.make_worse()
        self.night(1)
        score = self.scores()[0]
        self.assertEqual((score.score, score.delta, score.previous_id), (20.0, -60.0, self.scores()[1]))
        self.assertEqual(score.change_text, "Days Late, by Amount: 5.0 days → 59.5 days (80 → 20 points)")
        worse = self.env["credit.score"].search([("is_worse_today", "=", True)])
        self.assertEqual(worse, score)
        self.assertEqual((worse.is_worse_today, self.scores()[1].is_worse_today), (True, False))

    def test_a_changed_card_makes_new_scores(self):
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.card.coverage_min = 50
        self.night(1)
        self.assertEqual([score.card_version for score in self.scores()], [2, 1])

    def test_scores_that_postgresql_has_not_seen_are_counted_before_they_are_looked_up(self):
        """It had looked while they were written, and took a table of thousands for an empty one."""
        Score = self.registry["credit.score"]
        counted = "SELECT reltuples FROM pg_class WHERE oid = 'credit_score'::regclass"
        self.make_paid(self.customer, 100, 5)
        self.night()
        with patch.object(Score, "_is_uncounted", return_value=True):
            self.night(1)
        self.env.cr.execute(counted)
        self.assertGreater(self.env.cr.fetchone()[0], 0)
        self.assertFalse(self.env["credit.score"]._is_uncounted())

    def make_five(self):
        """Return five customers that paid; a batch is one of them."""
        profiles = self.profile.union(*(self.profile_of(self.make_customer(name=f"C{n}")) for n in range(4)))
        for profile in profiles:
            self.make_paid(profile.partner_id, 100, 5)
        self.patch(credit_score_job, "BATCH", 1)
        return profiles

    def run_out_of_time(self, after):
        """Run the job, whose time is over after so many commits; return how many figures were read for."""
        read, commits = [], []
        factors = self.registry["credit.factor"]
        fetch = factors._fetch

        def note(factor, profiles, *args):
            read.append(len(profiles))
            return fetch(factor, profiles, *args)

        def stop(_cron, processed=0, **_options):
            commits.append(processed)
            return 0 if len(commits) >= after else 9

        with patch.object(self.registry["ir.cron"], "_commit_progress", stop), patch.object(factors, "_fetch", note):
            self.env["credit.score"]._cron_score()
        return read

    def count_scores(self, profiles):
        return [len(self.scores(profile)) for profile in profiles]

    def test_a_job_that_was_stopped_goes_on_where_it_was(self):
        profiles = self.make_five()
        self.patch(credit_score_job, "LONGEST", 0)
        self.run_out_of_time(after=3)
        self.assertLess(sum(self.count_scores(profiles)), 5)
        self.run_out_of_time(after=1000)
        self.assertEqual(self.count_scores(profiles), [1] * 5)

    def test_figures_of_all_are_read_once_and_used_within_a_minute_though_time_is_over(self):
        """Odoo gives a job ten seconds: who stops then reads everybody's figures again for each batch."""
        profiles = self.make_five()
        read = self.run_out_of_time(after=2)
        self.assertEqual(len(read), 1)
        self.assertEqual(self.count_scores(profiles), [1] * 5)

    def test_who_is_gone_between_two_commits_is_not_scored(self):
        profiles = self.make_five()
        scored = self.env["credit.score"]._score_fetched(profiles.ids, self.today)
        next(scored)
        profiles[3].unlink()
        self.assertEqual(len(list(scored)), 4)
        self.assertEqual(self.count_scores(profiles.exists()), [1] * 4)

    def test_who_was_scored_by_a_person_meanwhile_keeps_that_score(self):
        """The night has older figures: 10,000 more were paid 60 days late since it read them."""
        profiles = self.make_five()
        scored = self.env["credit.score"]._score_fetched(profiles.ids, self.today)
        next(scored)
        self.make_paid(profiles[4].partner_id, 10_000, 60)
        score = profiles[4]._credit_score()
        list(scored)
        self.assertEqual((self.scores(profiles[4]), score.score), (score, 20.0))

    def test_a_job_without_time_passes_by_who_has_no_card(self):
        """It begins with them each time: who stops there never comes to the others."""
        profiles = self.make_five()
        self.patch(credit_score_job, "FETCHED", 1)
        self.card.category_ids = self.env["res.partner.category"].create({"name": "Scored"})
        profiles[4].partner_id.category_id = self.card.category_ids
        read = self.run_out_of_time(after=1)
        self.assertEqual(self.count_scores(profiles), [0, 0, 0, 0, 1])
        self.assertEqual(sum(read), 1)

    def test_a_factor_that_a_card_got_between_two_commits_is_read_for_the_rest(self):
        profiles = self.make_five()
        scored = self.env["credit.score"]._score_fetched(profiles.ids, self.today)
        next(scored)
        self.card.write({"factor_ids": [Command.create({
            "factor": "months_customer", "weight": 10,
            "band_ids": [Command.create({"has_low": False, "has_high": False, "points": 30})],
        })]})
        list(scored)
        self.assertEqual([score.card_version for score in self.scores(profiles[0])], [1])
        last = self.scores(profiles[4])
        self.assertEqual(last.card_version, 2)
        self.assertIn(30.0, last.line_ids.mapped("points"))

    def test_a_night_that_finds_scores_of_the_day_is_done(self):
        """Odoo runs a job again at once as long as it says that something remains."""
        self.make_paid(self.customer, 100, 5)
        self.profile._credit_score()
        remaining = []

        def note(_cron, processed=0, remaining=None, said=remaining):
            said.append(max(said[-1] - processed, 0) if remaining is None else remaining)
            return 9

        with patch.object(self.registry["ir.cron"], "_commit_progress", note):
            self.env["credit.score"]._cron_score()
        self.assertGreater(remaining[0], 0)
        self.assertEqual(remaining[-1], 0)

    def test_the_job_asks_as_little_of_many_as_of_few(self):
        for number in range(12):
            self.make_paid(self.make_customer(name=f"C{number}"), 100, 5)
        profiles = self.env["credit.profile"].sudo().search([("company_id", "=", self.company.id)])
        self.card._get_version()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            self.env["credit.score"].sudo()._score_batch(profiles, self.today)

    # -- what follows ----------------------------------------------------------------------------------

    def worsen(self, rating="A", allowed="down", **values):
        """Return the last score after a night in which the customer got worse."""
        self.company.credit_score_change = allowed
        self.profile.write({"rating_id": self.rating(rating).id, **values})
        self.make_worse()
        self.night(1)
        return self.scores()[0]

    def test_a_rating_is_lowered_by_one_class_at_most(self):
        """The score proposes D: of A it makes B."""
        score = self.worsen()
        self.assertEqual((score.rating_id, self.profile.rating_id), (self.rating("D"), self.rating("B")))
        self.assertEqual((score.follow_up, score.change_id.state), ("changed", "applied"))
        self.assertEqual(score.change_id.requester_id, self.env.ref("base.user_root"))
        self.assertIn("Score 20.00 by the scorecard Card", score.change_id.reason)
        self.assertIn("Days Late, by Amount: 80 → 20 points", score.change_id.reason)
        self.assertFalse(score.change_id.activity_ids)
        self.night(1)
        self.assertEqual(self.profile.rating_id, self.rating("B"), "the same night does nothing twice")

    def test_a_rating_goes_down_one_class_a_night_until_it_fits(self):
        """AA, and the score proposes D all the time: A, B, C, D, and there it stays."""
        score = self.worsen(rating="AA")
        changes = [score.change_id]
        names = [self.profile.rating_id.name]
        for day in range(2, 7):
            self.night(day)
            names.append(self.profile.rating_id.name)
            changes.append(score.change_id)
        self.assertEqual(names, ["A", "B", "C", "D", "D", "D"])
        self.assertEqual(len({change.id for change in changes}), 4, "one change for each class")
        self.assertEqual((len(self.scores()), score.follow_up), (2, "changed"))

    def test_a_rating_goes_on_when_the_next_score_is_a_little_better(self):
        """20 points, then 30 with other payments: both propose D, which is two classes away."""
        self.card.factor_ids.band_ids.filtered(lambda band: band.points == 60).points = 30
        self.worsen(rating="A")
        self.make_paid(self.customer, 30_000, 10, days_ago=1)  # (500 + 600,000 + 300,000) ÷ 40,100 = 22.5 days
        self.night(2)
        self.assertEqual((self.scores()[0].score, self.profile.rating_id), (30.0, self.rating("C")))

    def test_a_rating_goes_no_further_once_a_person_has_rated(self):
        self.worsen(rating="AAA")
        self.on(str(self.today + timedelta(days=2)))
        self.profile.rating_id = self.rating("A")
        self.night(3)
        self.night(4)
        self.assertEqual(self.profile.rating_id, self.rating("A"))

    def test_what_the_last_score_says_is_followed_once_the_company_lets_it(self):
        score = self.worsen(allowed="none")
        self.assertEqual((score.follow_up, self.profile.rating_id), ("none", self.rating("A")))
        self.company.credit_score_change = "down"
        self.assertEqual((score.follow_up, self.profile.rating_id), ("due", self.rating("A")), "not before the night")
        self.night(2)
        self.assertEqual((score.follow_up, self.profile.rating_id), ("changed", self.rating("B")))

    def test_what_was_rated_after_the_score_stays_when_the_company_lets_scores_act(self):
        score = self.worsen(allowed="none")
        self.on(str(self.today + timedelta(days=2)))
        self.profile.rating_id = self.rating("AA")
        self.company.credit_score_change = "down"
        self.night(2)
        self.assertEqual((score.follow_up, self.profile.rating_id), ("none", self.rating("AA")))

    def test_what_was_scored_during_the_day_is_followed_at_night_once(self):
        """Scored twice in the day and once after the night, with the same points: one class lower in all."""
        self.company.credit_score_change = "down"
        self.profile.rating_id = self.rating("A")
        self.make_worse()
        self.on(str(self.today + timedelta(days=1)))
        first, second = self.profile._credit_score(), self.profile._credit_score()
        self.assertEqual((first.follow_up, second.follow_up), ("due", "none"))
        self.night(1)
        self.assertEqual((first.follow_up, self.profile.rating_id), ("changed", self.rating("B")))
        self.profile._credit_score()
        self.night(1)
        self.assertEqual(self.profile.rating_id, self.rating("B"))
        self.night(2)
        self.assertEqual(self.profile.rating_id, self.rating("C"), "the next class is the next night's")

    def test_a_score_of_a_past_day_is_not_followed(self):
        self.company.credit_score_change = "down"
        self.profile.rating_id = self.rating("A")
        self.make_paid(self.customer, 100, 60)
        self.assertEqual(self.profile._credit_score(self.today - timedelta(days=1)).follow_up, "none")

    def test_without_the_company_nothing_changes(self):
        score = self.worsen(allowed="none")
        self.assertEqual((score.follow_up, self.profile.rating_id), ("none", self.rating("A")))

    def test_below_the_minimum_coverage_nothing_changes(self):
        self.card.write({"factor_ids": [(0, 0, self.factor("altman", 60, [(None, None, 50)]))]})
        score = self.worsen()
        self.assertEqual((score.coverage, score.is_covered), (45.45, False))
        self.assertEqual(self.profile.rating_id, self.rating("A"))

    def test_who_has_no_rating_gets_none_by_itself(self):
        self.company.credit_score_change = "both"
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.assertFalse(self.profile.rating_id)

    def test_a_rating_is_raised_only_where_the_company_says_so(self):
        self.make_paid(self.customer, 100, 5)
        self.profile.rating_id = self.rating("C")
        self.company.credit_score_change = "down"
        self.night()
        self.assertEqual((self.scores().rating_id, self.profile.rating_id), (self.rating("AA"), self.rating("C")))
        self.company.credit_score_change = "both"
        self.make_paid(self.customer, 10_000, -5)  # on average 4.9 days early: 100 points
        self.night(1)
        self.assertEqual((self.scores()[0].score, self.scores()[0].follow_up), (100.0, "changed"))
        self.assertEqual(self.profile.rating_id, self.rating("B"))

    def test_another_card_raises_no_rating_by_itself(self):
        self.make_paid(self.customer, 100, 5)
        self.profile.rating_id = self.rating("C")
        self.night()
        self.company.credit_score_change = "both"
        self.card.coverage_min = 50  # another version: all are scored anew
        self.night(1)
        self.assertEqual((self.scores()[0].follow_up, self.profile.rating_id), ("proposed", self.rating("C")))
        self.assertEqual(self.profile.activity_ids.summary, "Score proposes rating B")

    def test_what_a_person_has_entered_raises_no_rating_by_itself(self):
        """Who may enter the class of a customer does not decide its rating by it."""
        self.card.write({"factor_ids": [(0, 0, self.factor("legal_class", 50, [("sme", 20), ("large", 100)]))]})
        self.make_paid(self.customer, 100, 5)
        self.profile.write({"rating_id": self.rating("C").id, "legal_class": "sme"})
        self.company.credit_score_change = "both"
        self.night()
        self.profile.activity_ids.unlink()
        self.profile.legal_class = "large"
        self.night(1)
        self.assertEqual((self.scores()[0].score, self.scores()[0].follow_up), (90.0, "proposed"))
        self.assertEqual(self.profile.rating_id, self.rating("C"))

    def test_what_a_person_has_rated_stays_while_the_score_gets_better(self):
        """40 days late are 20 points, on time 30 by this card: both propose D."""
        self.card.factor_ids.band_ids.filtered(lambda band: band.points in (60, 80, 100)).points = 30
        self.company.credit_score_change = "down"
        self.make_paid(self.customer, 100, 40)
        self.profile.rating_id = self.rating("D")
        self.night()
        self.profile.rating_id = self.rating("A")
        self.make_paid(self.customer, 10_000, 0)
        self.night(1)
        self.assertEqual((self.scores()[0].score, self.scores()[0].delta), (30.0, 10.0))
        self.assertEqual((self.scores()[0].follow_up, self.profile.rating_id), ("none", self.rating("A")))

    def test_what_got_worse_during_the_day_is_followed_though_it_got_better_again(self):
        """80, then 20, then 60 points within a day: worse than what was followed last."""
        self.company.credit_score_change = "down"
        self.profile.rating_id = self.rating("AAA")
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.profile.rating_id = self.rating("AA")
        self.on(str(self.today + timedelta(days=1)))
        self.make_paid(self.customer, 10_000, 60, days_ago=1)
        self.profile._credit_score()
        self.make_paid(self.customer, 30_000, 10, days_ago=1)  # (500 + 600,000 + 300,000) ÷ 40,100 = 22.5 days
        self.assertEqual(self.profile._credit_score().score, 60.0)
        self.night(1)
        self.assertEqual(self.scores().mapped("follow_up"), ["changed", "none", "changed"])
        self.assertEqual(self.profile.rating_id, self.rating("A"))

    def test_a_file_that_somebody_has_keeps_no_other_waiting(self):
        self.company.credit_score_change = "down"
        other = self.profile_of(self.make_customer(name="Other"))
        for profile in (self.profile, other):
            self.make_paid(profile.partner_id, 100, 60)
            profile.rating_id = self.rating("A")

        def lock_first(profiles, busy=self.profile):
            return profiles != busy

        with patch.object(self.registry["credit.profile"], "_lock_first", lock_first):
            self.night()
        self.assertEqual((self.scores().follow_up, self.scores(other).follow_up), ("due", "changed"))
        self.night()
        self.assertEqual((self.scores().follow_up, self.profile.rating_id), ("changed", self.rating("B")))

    def test_nothing_adverse_happens_to_a_person_by_itself(self):
        controller = self.make_user("controller")
        score = self.worsen(legal_class="sole", controller_id=controller.id)
        self.assertEqual((score.follow_up, self.profile.rating_id), ("proposed", self.rating("A")))
        activity = self.profile.activity_ids
        self.assertEqual((activity.user_id, activity.summary), (controller, "Score proposes rating B"))
        self.assertEqual(activity.date_deadline, self.today + timedelta(days=8))
        self.assertIn("Days Late, by Amount: 80 → 20 points", activity.note)

    def test_a_rating_that_somebody_has_given_since_stays(self):
        self.company.credit_score_change = "down"
        self.profile.rating_id = self.rating("A")
        self.make_worse()
        with patch.object(self.registry["credit.score"], "_follow_due", lambda _scores: True):
            self.night(1)
        self.profile.rating_id = self.rating("D")
        self.night(1)
        self.assertEqual((self.scores()[0].follow_up, self.profile.rating_id), ("none", self.rating("D")))

    def test_the_log_says_what_the_night_changed(self):
        self.make_policy("limit_exceeded")
        self.company.credit_second_person = "required"
        score = self.worsen()
        self.assertEqual((score.follow_up, self.profile.rating_id), ("changed", self.rating("B")))
