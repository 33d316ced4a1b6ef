"""What follows from a score by rules: reviews, tasks, lower limits, protective holds; each once, with its row."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..scoring.common import NightCommon


class FollowingCommon(NightCommon):
    def setUp(self):
        super().setUp()
        self.kind = self.env["credit.review.kind"].search([("is_regular", "=", True)], limit=1)
        self.company.credit_amount_step = 100

    def make_rule(self, action, when="fall", **values):
        return self.env["credit.score.rule"].create(
            {"name": "Rule", "company_id": self.company.id, "when": when, "action": action, "kind_id": self.kind.id,
             **values}
        )

    def night(self, days=0):
        """Let the job run, some days later."""
        self.on(str(self.today + timedelta(days=days)))
        self.run_cron("cron_score")

    def worsen(self, profile=None):
        """Score 80 today, and 20 tomorrow: a big invoice is paid 60 days late."""
        customer = (profile or self.profile).partner_id
        self.make_paid(customer, 100, 5)
        self.night()
        self.make_paid(customer, 10_000, 60, days_ago=1)
        self.night(1)

    def increase(self, amount):
        """Let the limit be higher for some days."""
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.profile.id, "kind": "increment", "amount": amount, "reason": "Season",
             "date_from": self.today, "date_to": self.today + timedelta(days=20)}
        )
        request.sudo().state = "approved"

    def acts(self, profile=None):
        return (profile or self.profile).score_act_ids.sudo()


@tagged("post_install", "-at_install")
class TestFollowing(FollowingCommon):
    # -- when ------------------------------------------------------------------------------------------

    def test_a_fall_opens_a_review_that_is_due_in_some_days(self):
        rule = self.make_rule("review", points=60, days_due=14)
        self.worsen()
        act, review = self.acts(), self.profile.assessment_ids
        self.assertEqual((act.rule_id, act.result, act.score_id.score), (rule, "done", 20.0))
        self.assertEqual((review.kind_id, review.state, review.is_review), (self.kind, "draft", True))
        self.assertEqual(review.date_due, self.today + timedelta(days=15), "14 days from the day after today")
        self.assertIn(f"Review {review.name} opened", act.name)
        self.assertEqual(
            act.rule_text, "When the score falls by at least 60 points within 30 days: open the review 'Regular "
            "review', due within 14 days.")

    def test_one_point_less_than_asked_for_hits_nothing(self):
        self.make_rule("review", points=60.01)
        self.worsen()
        self.assertFalse(self.acts())

    def test_the_first_score_of_a_customer_is_no_fall(self):
        self.make_rule("alert", "below", points=90)
        self.make_paid(self.customer, 100, 60)
        self.night()
        self.assertEqual((self.profile.score_ids.score, len(self.acts())), (20.0, 0))

    def test_the_same_score_never_acts_twice(self):
        self.make_rule("alert", points=10)
        self.worsen()
        self.night(1)
        self.night(2)
        self.profile._credit_score()
        self.night(2)
        self.assertEqual(len(self.acts()), 1)
        self.assertEqual(len(self.profile.activity_ids), 1)

    def test_a_slow_slide_is_a_fall_and_the_next_one_counts_from_there(self):
        """100, then 80, then 60: 40 points in three nights; from 60 to 20 it is 40 once more."""
        self.make_rule("alert", points=40)
        steps = ((100, -1), (1_000, 10), (10_000, 22), (100_000, 50))  # 100, 80, 60, 20 points
        for number, (amount, late) in enumerate(steps):
            self.make_paid(self.customer, amount, late, days_ago=1)
            self.night(number)
        self.assertEqual(self.profile.score_ids.sorted("id").mapped("score"), [100.0, 80.0, 60.0, 20.0])
        self.assertEqual(self.acts().score_id.mapped("score"), [20.0, 60.0])

    def test_what_fell_longer_ago_than_asked_for_is_no_fall(self):
        self.make_rule("alert", points=40, days_within=5)
        self.make_paid(self.customer, 100, -1)
        self.night()
        self.make_paid(self.customer, 1_000, 10, days_ago=1)
        self.night(1)
        self.make_paid(self.customer, 10_000, 22, days_ago=1)
        self.night(9)
        self.assertEqual(self.profile.score_ids.sorted("id").mapped("score"), [100.0, 80.0, 60.0])
        self.assertFalse(self.acts(), "the 100 were valid up to the day of the first score only")

    def test_a_changed_card_is_no_fall_of_the_customer(self):
        self.make_rule("alert", points=10)
        self.make_rule("alert", "class_down")
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.card.factor_ids.band_ids.filtered(lambda band: band.points == 80).points = 30
        self.night(1)
        self.assertEqual((self.profile.score_ids[0].score, len(self.acts())), (30.0, 0))

    def test_classes_points_coverage_and_worst_ranges_are_compared_with_the_score_before(self):
        """From AA to D it is four classes; from 80 to 20 points; the worst range of days late is from 30 on."""
        hits = {
            "class_down": ({"classes": 4}, {"classes": 5}),
            "below": ({"points": 80}, {"points": 80.01}),
            "worst": ({"factor": "days_late"}, {"factor": "dso"}),
        }
        rules = {when: [self.make_rule("alert", when, **values) for values in both] for when, both in hits.items()}
        self.worsen()
        for when, (hit, missed) in rules.items():
            with self.subTest(when):
                self.assertTrue(hit.act_ids)
                self.assertFalse(missed.act_ids)

    def test_a_class_that_rises_is_told(self):
        rule = self.make_rule("alert", "class_up")
        self.make_paid(self.customer, 100, 60)
        self.night()
        self.make_paid(self.customer, 10_000, 5, days_ago=1)
        self.night(1)
        self.assertEqual(rule.act_ids.result, "done")

    def test_scores_of_a_day_are_looked_at_together(self):
        """80, then 20, then 60 within a day: of 30 points it fell by 20 only."""
        self.make_rule("alert", points=30)
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.on(str(self.today + timedelta(days=1)))
        self.make_paid(self.customer, 10_000, 60, days_ago=1)
        self.profile._credit_score()
        self.make_paid(self.customer, 30_000, 10, days_ago=1)
        self.profile._credit_score()
        self.night(1)
        self.assertEqual(self.profile.score_ids.mapped("score"), [60.0, 20.0, 80.0])
        self.assertFalse(self.acts())

    def test_who_is_never_checked_is_left_alone(self):
        self.make_rule("alert")
        self.profile.is_excluded = True
        self.worsen()
        self.assertFalse(self.acts())

    # -- what ------------------------------------------------------------------------------------------

    def test_a_task_says_the_rule_and_what_moved_the_score(self):
        controller = self.make_user("controller")
        self.profile.controller_id = controller
        self.make_rule("alert", days_due=3)
        self.worsen()
        task = self.profile.activity_ids
        self.assertEqual((task.user_id, task.summary), (controller, "Rule"))
        self.assertEqual(task.date_deadline, self.today + timedelta(days=4))
        self.assertIn("When the score falls by at least 10 points within 30 days", task.note)
        self.assertIn("Days Late, by Amount: 80 → 20 points", task.note)

    def test_a_salesperson_is_told_no_figures(self):
        seller = self.make_user("sales")
        self.customer.user_id = seller
        self.make_rule("alert", recipient="salesperson")
        self.worsen()
        task = self.profile.activity_ids
        self.assertEqual((task.user_id, task.summary), (seller, "The credit standing of Customer got worse"))
        self.assertFalse(task.note)

    def test_a_lower_limit_is_proposed_within_the_bound(self):
        """Of 10,000, 40 % less would be 6,000; at most 25 % less is 7,500."""
        self.make_rule("propose", percent=40)
        self.worsen()
        request = self.profile.limit_request_ids
        self.assertEqual((request.state, request.amount, self.profile.amount_limit), ("submitted", 7500.0, 10_000.0))
        self.assertEqual(request.requester_id, self.env.ref("base.user_root"))
        self.assertIn("Score 20.00", request.reason)

    def test_the_limit_of_a_company_is_lowered_by_itself_with_its_change(self):
        self.make_policy("limit_exceeded")
        self.company.credit_second_person = "required"
        self.make_rule("lower")
        self.worsen()
        change = self.env["credit.change"].search([("res_id", "=", self.profile.id), ("state", "=", "applied")])
        self.assertEqual((self.profile.amount_limit, change.amount_most), (8000.0, 8000.0))
        self.assertEqual(self.acts().res_id, change.id)
        self.assertIn("→", change.summary)
        rows = self.env["credit.log"].search([("customer_ref", "=", self.customer.id), ("kind", "=", "change")])
        self.assertIn("Rule", rows.mapped("document_name"))
        self.assertTrue(all(row.verdict == "tighter" for row in rows))

    def test_the_limit_of_a_natural_person_is_proposed_instead(self):
        self.profile.legal_class = "sole"
        self.make_rule("lower")
        self.worsen()
        self.assertEqual((self.profile.amount_limit, self.profile.limit_request_ids.amount), (10_000.0, 8000.0))

    def test_below_the_minimum_coverage_no_limit_is_lowered(self):
        self.card.write({"factor_ids": [(0, 0, self.factor("altman", 60, [(None, None, 50)]))]})
        self.make_rule("lower")
        self.worsen()
        self.assertEqual((self.acts().result, self.profile.amount_limit), ("nothing", 10_000.0))

    def test_without_a_limit_nothing_is_lowered_and_the_row_says_so(self):
        self.profile.write({"limit_type": "unlimited", "amount_limit": 0})
        self.make_rule("lower")
        self.worsen()
        self.assertEqual(self.acts().name, "There is no limit that would be lower by this rule.")

    def test_what_is_temporary_becomes_no_lasting_limit(self):
        """The rating gives 1,000 and 4,000 for some days: a fifth less is 800, and 4,800 in those days, not 8,000."""
        rating = self.env["credit.rating"].create({"name": "Q", "limit_type": "amount", "amount_limit": 1000})
        self.profile.write({"limit_type": "none", "amount_limit": 0, "rating_id": rating.id})
        self.increase(4000)
        self.make_rule("lower")
        self.worsen()
        self.assertEqual((self.profile.limit_type, self.profile.amount_limit), ("amount", 800))

    def test_who_has_a_temporary_limit_only_has_none_to_be_lowered(self):
        self.profile.write({"limit_type": "none", "amount_limit": 0})
        self.increase(4000)
        self.make_rule("lower")
        self.worsen()
        self.assertEqual((self.acts().result, self.profile.limit_type), ("nothing", "none"))

    def test_a_limit_that_only_the_group_gives_is_lowered(self):
        group = self.env["credit.group"].create({"name": "Family", "amount_limit": 500})
        self.profile.write({"limit_type": "none", "amount_limit": 0, "group_id": group.id})
        self.make_rule("lower")
        self.worsen()
        self.assertEqual((self.profile.limit_type, self.profile.amount_limit), ("amount", 400))

    def test_a_review_that_is_open_is_enough(self):
        self.make_rule("review")
        self.make_paid(self.customer, 100, 5)
        self.night()
        self.profile.action_assess()
        self.make_paid(self.customer, 10_000, 60, days_ago=1)
        self.night(1)
        self.assertEqual((self.acts().result, len(self.profile.assessment_ids)), ("nothing", 1))

    # -- the night -------------------------------------------------------------------------------------

    def test_a_job_that_was_stopped_goes_on_with_who_was_not_done(self):
        self.make_rule("alert")
        profiles = self.profile.union(*(self.profile_of(self.make_customer(name=f"C{n}")) for n in range(3)))
        for profile in profiles:
            self.make_paid(profile.partner_id, 100, 5)
        self.night()
        for profile in profiles:
            self.make_paid(profile.partner_id, 10_000, 60, days_ago=1)
        done = []

        def stop(_cron, processed=0, **_options):
            done.append(sum(len(self.acts(profile)) for profile in profiles))
            return 0 if done[-1] == 2 else 9

        self.on(str(self.today + timedelta(days=1)))
        with patch.object(self.registry["ir.cron"], "_commit_progress", stop):
            self.env["credit.score"]._cron_score()
        self.assertEqual(sum(len(self.acts(profile)) for profile in profiles), 2)
        self.night(1)
        self.assertEqual([len(self.acts(profile)) for profile in profiles], [1] * 4)

    def test_a_file_that_somebody_has_keeps_no_other_waiting(self):
        self.make_rule("alert")
        other = self.profile_of(self.make_customer(name="Other"))
        for profile in (self.profile, other):
            self.make_paid(profile.partner_id, 100, 5)
        self.night()
        for profile in (self.profile, other):
            self.make_paid(profile.partner_id, 10_000, 60, days_ago=1)
        with patch.object(
            self.registry["credit.profile"], "_lock_first", lambda profiles, busy=self.profile: profiles != busy
        ):
            self.night(1)
        self.assertEqual((len(self.acts()), len(self.acts(other))), (0, 1))
        self.night(1)
        self.assertEqual(len(self.acts()), 1)

    def test_who_hits_no_rule_costs_no_statement(self):
        rules = self.make_rule("alert", points=90) | self.make_rule("alert", "worst", factor="dso")
        for number in range(12):
            self.make_paid(self.make_customer(name=f"C{number}"), 100, 5)
        self.night()
        scores = self.env["credit.score"].sudo().search([("company_id", "=", self.company.id)])
        scores.flush_recordset()
        self.env.cr.execute("UPDATE credit_score SET is_rules_due = TRUE WHERE id = ANY(%s)", [scores.ids])
        self.env.invalidate_all()
        commit = patch.object(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_options: 9)
        with commit, self.assertQueryCount(14):
            self.env["credit.score"].sudo()._follow_rules_due()
        self.assertFalse(rules.act_ids)

    # -- what of a rule is refused -----------------------------------------------------------------------

    def test_no_rule_lowers_because_a_class_rises_or_less_is_known(self):
        for when in ("class_up", "coverage"):
            for action in ("propose", "lower", "hold"):
                with self.subTest((when, action)), self.assertRaises(ValidationError):
                    self.make_rule(action, when)

    def test_a_salesperson_decides_on_no_hold(self):
        with self.assertRaises(ValidationError):
            self.make_rule("hold", recipient="salesperson")


@tagged("post_install", "-at_install")
class TestProtectiveHolds(FollowingCommon):
    def setUp(self):
        super().setUp()
        self.profile.legal_class = "sole"
        self.controller = self.make_user("controller", login="who-decides")
        self.rule = self.make_rule("hold", recipient="person", user_id=self.controller.id, days_due=5)

    def test_a_natural_person_is_stopped_until_a_named_person_decides(self):
        self.worsen()
        act = self.acts()
        self.assertEqual((act.result, act.user_id, self.profile.account_status), ("open", self.controller, "stop"))
        self.assertEqual(act.date_decide, self.today + timedelta(days=6))
        self.assertEqual(self.profile.status_reason, "Protective hold by the rule Rule")
        self.assertEqual(self.profile.activity_ids.summary, "Decide on the protective hold of Customer")

    def test_who_was_asked_lifts_it(self):
        self.worsen()
        self.acts().with_user(self.controller).action_lift()
        self.assertEqual((self.acts().result, self.profile.account_status), ("lifted", "normal"))
        self.assertEqual(self.acts().decided_by_id, self.controller)

    def test_who_was_asked_confirms_it(self):
        self.worsen()
        self.acts().with_user(self.controller).action_keep()
        self.assertEqual((self.acts().result, self.profile.account_status), ("kept", "stop"))

    def test_who_has_decided_is_asked_no_more_and_the_log_names_him(self):
        kept, lifted = ("action_keep", "Hold confirmed", "stop"), ("action_lift", "Hold lifted", "normal")
        for step, result, status in (kept, lifted):
            with self.subTest(step), self.env.cr.savepoint() as undo:
                self.worsen()
                self.assertTrue(self.profile.activity_ids)
                getattr(self.acts().with_user(self.controller), step)()
                self.assertEqual((bool(self.profile.activity_ids), self.profile.account_status), (False, status))
                rows = self.env["credit.log"].search([("res_model", "=", "credit.score.rule")])
                said = rows.filtered_domain([("value_after", "=", result)])
                self.assertEqual((said.document_name, said.person_name), ("Rule", self.controller.name))
                undo.rollback()

    def test_who_starts_the_account_again_has_lifted_its_hold(self):
        manager = self.make_user("manager", login="who-starts-it")
        self.worsen()
        self.assertIn("decides until", self.profile.protective_text)
        self.profile.with_user(manager)._set_account_status("normal", False, None)
        self.assertEqual((self.acts().result, self.acts().decided_by_id), ("lifted", manager))
        self.assertFalse(self.profile.activity_ids | self.profile._get_protective().activity_ids)
        self.assertFalse(self.profile.protective_text)

    def test_another_controller_does_not_decide(self):
        self.worsen()
        other = self.make_user("controller", login="who-does-not")
        for step in ("action_keep", "action_lift"):
            with self.assertRaises(AccessError):
                getattr(self.acts().with_user(other), step)()

    def test_nothing_lifts_it_by_itself_and_a_manager_is_told_once(self):
        manager = self.make_user("manager", login="who-is-told")
        self.worsen()
        self.profile.activity_ids.unlink()
        with patch.object(self.registry["res.company"], "_credit_get_approvers", lambda _companies: manager):
            self.night(6)
            self.assertFalse(self.profile.activity_ids, "the last day is not over")
            self.night(7)
            self.night(8)
        task = self.profile.activity_ids
        self.assertEqual((len(task), task.user_id), (1, manager))
        self.assertEqual((self.acts().result, self.profile.account_status), ("open", "stop"))
