"""What another card would do is seen before it is saved: ratings, limits, documents; and nothing is written by looking.

Days late: 20 → 60 points, 40 → 20 points, -5 → 100 points. The share of what was paid on time: 0 % → 20, 100 % → 90.
"""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..proof.test_look_back import DAYS, LookBackCommon
from ..scoring.common import LATE, ScoringCommon

ON_TIME = [(0, 50, 20), (50, 100, 90)]


class SimulationCommon(ScoringCommon):
    """Three customers of rating B and a limit of 10,000: early pays 5 days early, middling 20 days late, late 40.

    The card weighs days late 90 and on time 10: (100 × 90 + 90 × 10) ÷ 100 = 99, (60 × 90 + 20 × 10) ÷ 100 = 56, and
    (20 × 90 + 20 × 10) ÷ 100 = 20; A from 80, B from 50, C from 10.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sale.order"].search([("state", "in", ("draft", "sent"))]).action_cancel()
        cls.env["credit.limit.basis"].search([]).active = False
        cls.card = cls.make_card(
            cls.factor("days_late", 90, LATE), cls.factor("share_on_time", 10, ON_TIME),
            classes=[("A", 80), ("B", 50), ("C", 10)],
        )
        cls.early, cls.middling, cls.late = (
            cls.make_rated(name, days) for name, days in (("Early", -5), ("Middling", 20), ("Late", 40))
        )
        cls.late_factor, cls.on_time_factor = cls.card.factor_ids
        cls.manager = cls.make_user("manager", login="simulating-manager")

    @classmethod
    def make_rated(cls, name, days_late, limit=10_000):
        partner = cls.make_customer(limit, name)
        cls.profile_of(partner).rating_id = cls.rating("B")
        cls.make_paid(cls, partner, 100, days_late)
        return partner

    def open(self, user=None, card=None, **values):
        action = (card or self.card).with_user(user or self.manager).action_simulate()
        page = self.env["credit.simulation"].with_user(user or self.manager).browse(action["res_id"])
        page.write({"limits_become": "granted", **values})
        return page

    def weigh(self, page, days_late, on_time):
        """Change the weights on the page."""
        page.factor_ids.filtered(lambda line: line.factor_id == self.late_factor).weight = days_late
        page.factor_ids.filtered(lambda line: line.factor_id == self.on_time_factor).weight = on_time

    def compare(self, page):
        self.env.flush_all()
        self.env.invalidate_all()
        page.action_compare()
        return page

    def found(self, page, partner):
        return page.line_ids.filtered(lambda line: line.profile_id == self.profile_of(partner))

    def ratings(self, page, side):
        found = page.figures["ratings"][side]
        return {self.env["credit.rating"].browse(int(key)).name: count for key, (count, _amount) in found.items()}


@tagged("post_install", "-at_install")
class TestRatings(SimulationCommon):
    def test_another_weight_moves_one_customer_to_a_worse_rating(self):
        """Middling under weights 60 and 40: (60 × 60 + 20 × 40) ÷ 100 = 44, so C; early 96 and late 20 stay."""
        page = self.open()
        self.weigh(page, 60, 40)
        self.compare(page)
        self.assertEqual(self.ratings(page, "today"), {"B": 3})
        self.assertEqual(self.ratings(page, "saved"), {"A": 1, "B": 1, "C": 1})
        self.assertEqual(self.ratings(page, "trial"), {"A": 1, "C": 2})
        moved = page.line_ids.filtered("is_moved")
        self.assertEqual(moved.profile_id, self.profile_of(self.middling))
        self.assertEqual(
            (moved.rating_id.name, moved.rating_saved_id.name, moved.rating_trial_id.name, moved.direction),
            ("B", "B", "C", "worse"),
        )
        self.assertEqual(moved.score_text, "56.0 → 44.0")
        self.assertEqual(page.figures["moved"], 1)
        others = page.line_ids - moved
        self.assertEqual(others.profile_id, self.profile_of(self.early) | self.profile_of(self.late))

    def test_another_edge_moves_customers(self):
        """A from 99 up: early has exactly 99; B from 57 up: middling with 56 becomes C."""
        page = self.open()
        lines = {line.rating_id.name: line for line in page.class_ids}
        lines["A"].score_from, lines["B"].score_from = 99, 57
        self.compare(page)
        self.assertEqual(self.ratings(page, "trial"), {"A": 1, "C": 2})

    def test_a_rating_may_be_added_and_taken_away(self):
        page = self.open()
        page.class_ids.filtered(lambda line: line.rating_id == self.rating("C")).unlink()
        page.write({"class_ids": [Command.create({"rating_id": self.rating("AAA").id, "score_from": 99})]})
        self.compare(page)
        self.assertEqual(self.ratings(page, "trial"), {"AAA": 1, "B": 2})  # below them all the rating stays

    def test_below_the_minimum_coverage_the_rating_stays(self):
        """Fresh was never invoiced: no factor has data. With 10 of 100 known coverage is 10 %."""
        self.make_rated("Other", 20)
        fresh = self.make_customer(10_000, "Fresh")
        page = self.compare(self.open())
        self.assertEqual(page.figures["uncovered"], {"today": 5, "saved": 1, "trial": 1})
        self.assertEqual(self.found(page, fresh), page.line_ids.browse())

    def test_without_changes_nobody_is_moved_by_them(self):
        page = self.compare(self.open())
        self.assertEqual(page.figures["moved"], 0)
        self.assertIn("The changes move none of 3 customers", " ".join(str(page.result).split()))

    def test_what_was_found_by_other_weights_is_forgotten(self):
        page = self.compare(self.open())
        self.assertTrue(page.figures and page.line_ids)
        self.weigh(page, 1, 1)
        page.write({"factor_ids": [Command.update(page.factor_ids[0].id, {"weight": 3})]})
        self.assertFalse(page.figures or page.line_ids or page.result)

    def test_only_customers_of_the_company_and_of_the_card_are_looked_at(self):
        french = self.make_rated("French", 20)
        french.country_id = self.env.ref("base.fr")
        self.make_card(self.factor("days_late", 1, LATE), classes=[("A", 0)], name="France", sequence=1,
                       country_ids=self.env.ref("base.fr").ids)
        other = self.company.create({"name": "Elsewhere"})
        self.make_customer(1, "Abroad", company=other)
        page = self.compare(self.open())
        self.assertEqual(page.figures["customers"], 3)


@tagged("post_install", "-at_install")
class TestLimits(SimulationCommon):
    """Ratings grant 8,000 (B) and 3,000 (C) where a customer has no limit of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rating("B").write({"limit_type": "amount", "amount_limit": 8_000})
        cls.rating("C").write({"limit_type": "amount", "amount_limit": 3_000})
        cls.set_limit(cls, cls.middling, None)

    def test_a_limit_of_the_rating_falls_with_it_and_the_order_would_be_held(self):
        """Middling owes 1,000 and wants 2,500: it fits into 8,000, and not into 3,000; over by 500."""
        self.make_policy("limit_exceeded")
        self.make_invoice(self.middling, 1_000)
        order = self.make_order(self.middling, 2_500)
        fits = self.make_order(self.middling, 2_000)
        page = self.open()
        self.weigh(page, 60, 40)
        self.compare(page)
        line = self.found(page, self.middling)
        self.assertEqual(line.limit_text, "8,000 → 8,000 → 3,000")
        self.assertEqual((line.amount_change, line.amount_exposure, line.amount_over), (-5_000, 1_000, 0))
        self.assertEqual(page.figures["limits"], {"today": 28_000, "saved": 28_000, "trial": 23_000})
        self.assertEqual(page.figures["held"], {"today": [0, 0], "saved": [0, 0], "trial": [1, 2_500]})
        document = page.document_ids
        self.assertEqual((document.name, document.amount, document.is_moved), (order.name, 2_500, True))
        self.assertEqual((document.verdict, document.verdict_saved, document.verdict_trial), ("pass", "pass", "hold"))
        self.assertIn("over by $ 500.00", document.reasons.replace("\xa0", " "))
        self.assertNotIn(fits.name, page.document_ids.mapped("name"))
        self.assertEqual(line.held_count, 1)
        self.assertEqual(order._credit_decide("order")[order].verdict, "pass")

    def test_who_owes_more_than_the_limit_of_the_trial_is_over(self):
        self.make_invoice(self.middling, 3_500)
        page = self.open()
        self.weigh(page, 60, 40)
        self.compare(page)
        self.assertEqual(page.figures["over"], {"today": [0, 0, 0], "saved": [0, 0, 0], "trial": [1, 3_500, 500]})

    def test_a_better_card_frees_what_waits(self):
        """Rated C today, middling has 3,000, and an order of 5,000 waits; the card says B, so 8,000."""
        self.make_policy("limit_exceeded")
        self.profile_of(self.middling).rating_id = self.rating("C")
        order = self.make_held(self.middling, 5_000)
        page = self.compare(self.open())
        self.assertEqual(page.figures["held"], {"today": [1, 5_000], "saved": [0, 0], "trial": [0, 0]})
        self.assertEqual(page.document_ids.name, order.name)
        self.assertHeld(order)

    def test_temporary_limits_and_groups_count_as_they_do_today(self):
        """1,500 more for today, and a group that grants 4,000 to all its members."""
        profile = self.profile_of(self.middling)
        self.env["credit.limit.request"].sudo().create({
            "profile_id": profile.id, "kind": "increment", "limit_type": "amount", "amount": 1_500,
            "date_from": self.today, "date_to": self.today, "reason": "Season",
        })._write({"state": "approved"})
        profile.group_id = self.env["credit.group"].create({"name": "Family", "amount_limit": 4_000})
        self.make_invoice(self.middling, 4_200)
        page = self.open()
        self.weigh(page, 60, 40)
        self.compare(page)
        self.assertEqual(self.found(page, self.middling).limit_text, "9,500 → 9,500 → 4,500")
        self.assertEqual(page.figures["over"]["trial"], [1, 4_200, 200])

    def test_policies_for_ratings_and_own_conditions_follow_the_rating(self):
        """Two policies: for C every order above 100 waits; for everyone one whose customer is rated C."""
        document = {"criterion": "document_amount", "amount": 100}
        rated = {"criterion": "domain", "domain": "[('rating_id.name', '=', 'C')]"}
        page = self.open()
        self.weigh(page, 60, 40)
        self.make_order(self.middling, 500)
        for values in ({"scope": "rating", "rating_ids": self.rating("C").ids, "rule": document}, {"rule": rated}):
            policy = self.make_policy(values.pop("rule"), **values)
            self.compare(page)
            self.assertEqual([page.figures["held"][side][0] for side in ("today", "saved", "trial")], [0, 0, 1])
            policy.action_deactivate()


@tagged("post_install", "-at_install")
class TestMethods(SimulationCommon):
    """Lines of ratings: B is proposed 6,000, C 2,000; of these customers nothing else is known but sales of 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"credit_percent_cap": 0, "credit_amount_step": 0})
        for name, amount in (("B", 6_000), ("C", 2_000)):
            cls.env["credit.rating.band"].create({"rating_id": cls.rating(name).id, "amount": amount})

    def choose(self, page, *methods, **values):
        commands = [Command.create({"method": name, "weight": weight}) for name, weight in methods]
        page.write({"methods": "chosen", "limits_become": "proposed", "method_ids": commands, **values})

    def test_chosen_methods_propose_in_the_simulation_only(self):
        """As set up: the lowest of 10 % of sales of 100, and the line of the rating. Chosen: the line alone."""
        page = self.open()
        self.weigh(page, 60, 40)
        self.choose(page, ("rating_table", 1))
        self.compare(page)
        line = self.found(page, self.middling)
        self.assertEqual(line.limit_text, "10,000 → 10 → 2,000")
        self.assertEqual(line.proposed_text, "10 → 2,000")
        self.assertEqual(self.found(page, self.early).proposed_text, "10 → –")  # A has no line
        self.assertEqual(self.found(page, self.early).limit_text, "10,000 → 10 → 10,000")

    def test_methods_are_weighed_capped_and_rounded(self):
        """(2,000 × 3 + 10 × 1) ÷ 4 = 1,502.50; rounded down to 100: 1,500. Of our sales of 300 at most 50 %: 100."""
        page = self.open()
        self.weigh(page, 60, 40)
        self.choose(page, ("rating_table", 3), ("turnover", 1), combined="weights", amount_step=100)
        self.assertEqual(self.found(self.compare(page), self.middling).proposed_text, "10 → 1,500")
        page.percent_cap = 50
        self.assertEqual(self.found(self.compare(page), self.middling).proposed_text, "10 → 100")

    def test_who_chooses_methods_is_shown_what_their_limits_do(self):
        with Form(self.open()) as form:
            self.assertEqual(form.limits_become, "granted")
            form.methods = "chosen"
            self.assertEqual(form.limits_become, "proposed")

    def test_methods_that_are_none_or_weigh_nothing_are_refused(self):
        page = self.open(methods="chosen")
        with self.assertRaisesRegex(ValidationError, "at least one method"):
            page.action_compare()
        self.choose(page, ("turnover", 0), combined="weights")
        with self.assertRaisesRegex(ValidationError, "all are 0"):
            page.action_compare()

    def test_a_basis_for_a_rating_counts_for_who_would_have_it(self):
        self.env["credit.limit.basis"].create({
            "name": "Weak", "rating_ids": self.rating("C").ids,
            "line_ids": [Command.create({"method": "rating_table"})],
        })
        page = self.open(limits_become="proposed")
        self.weigh(page, 60, 40)
        self.compare(page)
        self.assertEqual(self.found(page, self.middling).limit_text, "10,000 → 10 → 2,000")


@tagged("post_install", "-at_install")
class TestPage(SimulationCommon):
    def test_nothing_is_written_by_looking(self):
        """Every table of ours but those of the page itself is what it was."""
        self.make_policy("limit_exceeded")
        self.make_held(self.middling, 20_000)
        page = self.open(limits_become="proposed")
        self.weigh(page, 60, 40)
        before = self.contents()
        self.compare(page)
        self.env.flush_all()
        self.assertEqual(self.contents(), before)
        self.assertFalse(self.card.version_ids)

    def contents(self):
        """Return what stands in the tables of credit, of orders and of messages."""
        tables = [
            model._table for model in self.env.values() if model._auto and not model._transient and not model._abstract
            and (model._name.startswith("credit.") or model._name in ("sale.order", "mail.message", "mail.activity"))
        ]
        return {table: self.digest(table) for table in tables}

    def digest(self, table):
        self.env.cr.execute(f'SELECT COUNT(*), MD5(STRING_AGG(t::text, \'|\' ORDER BY t.id)) FROM "{table}" t')
        return self.env.cr.fetchone()

    def test_many_customers_take_as_many_statements_as_few(self):
        self.make_policy("limit_exceeded")

        def statements():
            page = self.open(limits_become="proposed")
            self.weigh(page, 60, 40)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page.action_compare()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        for number in range(4):
            self.make_order(self.make_rated(f"Few {number}", 20), 100)
        statements()
        few = statements()
        for number in range(36):
            self.make_order(self.make_rated(f"Many {number}", 20), 100)
        self.assertLessEqual(statements(), few + 4)

    def test_nobody_below_a_controller_simulates(self):
        for role in ("sales", "credit_user", "biller"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.open(self.make_user(role))
        page = self.compare(self.open(self.make_user("controller")))
        self.assertEqual(page.figures["customers"], 3)

    def test_nobody_simulates_a_company_he_does_not_work_in(self):
        other = self.company.create({"name": "Other"})
        page = self.open()
        page.company_id = other
        with self.assertRaisesRegex(ValidationError, "the companies that you work in"):
            page.action_compare()
        self.card.company_id = other
        with self.assertRaises(AccessError):
            self.open()

    def test_a_page_takes_no_weights_of_another_card(self):
        other = self.make_card(self.factor("days_late", 1, LATE), classes=[("A", 0)], name="Other")
        page = self.open()
        page.write({"factor_ids": [Command.create({"factor_id": other.factor_ids.id, "weight": 9})]})
        for press in (page.action_compare, page.action_keep):
            with self.assertRaisesRegex(ValidationError, "of another card"):
                press()

    def test_the_menu_opens_the_first_card_and_another_one_may_be_chosen(self):
        other = self.make_card(self.factor("days_late", 7, LATE), classes=[("A", 0)], name="Other", sequence=99)
        controller = self.make_user("controller")
        action = self.env["credit.scorecard"].with_user(controller).action_simulate_first()
        page = self.env["credit.simulation"].with_user(controller).browse(action["res_id"])
        self.assertEqual(page.card_id, self.card)
        with Form(page) as form:
            form.card_id = other
        self.assertEqual((page.factor_ids.factor_id, page.factor_ids.weight), (other.factor_ids, 7))
        self.assertEqual(page.class_ids.class_id, other.class_ids)
        self.env["credit.scorecard"].search([]).active = False
        with self.assertRaisesRegex(UserError, "no scorecard yet"):
            self.env["credit.scorecard"].with_user(controller).action_simulate_first()

    def test_a_card_that_would_not_be_possible_is_refused(self):
        page = self.open()
        self.weigh(page, 0, 0)
        with self.assertRaisesRegex(ValidationError, "All weights of Card are 0"):
            page.action_compare()
        page.action_begin_again()
        page.class_ids.filtered(lambda line: line.rating_id == self.rating("A")).score_from = 50
        with self.assertRaisesRegex(ValidationError, "A is a better rating than B, so it begins at a higher score"):
            page.action_compare()
        page.action_begin_again()
        page.class_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "gives no rating"):
            page.action_compare()

    def test_a_card_that_scores_nobody_says_so(self):
        page = self.open()
        self.card.active = False
        with self.assertRaisesRegex(UserError, "scores no customer"):
            page.action_compare()


@tagged("post_install", "-at_install")
class TestKeeping(SimulationCommon):
    def test_weights_and_edges_are_written_as_by_any_edit(self):
        """Both edges fall: A to 49, below the present edge of B, so B falls first."""
        page = self.open()
        self.weigh(page, 60, 40)
        for line in page.class_ids:
            line.score_from = {"A": 49, "B": 30, "C": 5}[line.rating_id.name]
        page.coverage_min = 50
        page.action_keep()
        self.assertEqual(self.card.factor_ids.mapped("weight"), [60, 40])
        self.assertEqual(self.card.class_ids.mapped("score_from"), [49, 30, 5])
        self.assertEqual(self.card.coverage_min, 50)

    def test_where_scores_change_ratings_a_second_person_applies_it(self):
        """What only tightens is done at once: C begins at 12 instead of 10."""
        self.make_policy("limit_exceeded")
        self.company.sudo().write({"credit_score_change": "down", "credit_second_person": "required"})
        page = self.open()
        self.weigh(page, 60, 40)
        page.class_ids.filtered(lambda line: line.rating_id == self.rating("C")).score_from = 12
        with self.assertRaisesRegex(UserError, "enter a reason"):
            page.action_keep()
        page.reason = "Paying on time tells more"
        told = page.action_keep()
        self.assertEqual(self.card.factor_ids.mapped("weight"), [90, 10])
        self.assertEqual(self.card.class_ids.mapped("score_from"), [80, 50, 12])
        changes = self.env["credit.change"].search([("res_model", "=", "credit.scorecard.factor")])
        self.assertEqual((changes.mapped("state"), set(changes.mapped("res_id"))),
                         (["waiting"] * 2, set(self.card.factor_ids.ids)))
        self.assertEqual(changes.requester_id, self.manager)
        self.assertEqual(told["params"]["message"], "Changes saved in Card: 1. Waiting for a second person: 2")
        with self.assertRaises(UserError):
            changes.with_user(self.manager).action_apply()
        changes.with_user(self.make_user("manager", login="second")).action_apply()
        self.assertEqual(sorted(self.card.factor_ids.mapped("weight")), [40, 60])

    def test_a_controller_sees_and_writes_nothing(self):
        page = self.open(self.make_user("controller"))
        self.weigh(page, 60, 40)
        with self.assertRaises(AccessError):
            page.action_keep()
        self.assertEqual(self.card.factor_ids.mapped("weight"), [90, 10])

    def test_nothing_to_write_is_said(self):
        with self.assertRaisesRegex(UserError, "says this already"):
            self.open().action_keep()


@tagged("post_install", "-at_install")
class TestForetelling(LookBackCommon):
    """Two customers of a year ago: Late paid 1,000 20 days late and all in time since, Small 100 in time and 70 days
    late since. Days late 60 and 80 points; sales below 500: 20 points, else 90."""

    def setUp(self):
        super().setUp()
        self.card = self.make_card(
            self.factor("days_late", 90, LATE), self.factor("turnover", 10, [(None, 500, 20), (500, None, 90)]),
            classes=[("A", 0)], sequence=1,
        )
        for name, amount, before, after in (("Late", 1_000, 20, 0), ("Small", 100, 0, 70)):
            partner = self.make_customer(name=name)
            self.make_paid(partner, amount, before, days_ago=DAYS + 30)
            self.make_paid(partner, 100, after, days_ago=30)

    def look_back(self):
        controller = self.make_user("controller")
        page = self.env["credit.simulation"].with_user(controller).browse(
            self.card.with_user(controller).action_simulate()["res_id"])
        for line, weight in zip(page.factor_ids, (10, 90), strict=True):
            line.weight = weight
        page.action_look_back()
        return page

    def test_weights_that_would_have_told_better(self):
        """As saved: (60 × 90 + 90 × 10) ÷ 100 = 63 of the good one, (80 × 90 + 20 × 10) ÷ 100 = 74 of the bad one: all
        wrong. Simulated: 87 and 26: all right."""
        self.enough(1)
        page = self.look_back()
        told = page.figures["foretold"]
        self.assertEqual((told["saved"], told["trial"]),
                         ({"gini": -1.0, "good": 1, "bad": 1}, {"gini": 1.0, "good": 1, "bad": 1}))
        text = " ".join(str(page.result).split())
        self.assertIn("that paid well: 1; that paid something 60 days late or more: 1.", text)
        self.assertFalse(self.card.version_ids)

    def test_with_few_customers_there_is_not_enough_to_say(self):
        self.assertIn("not enough to say", str(self.look_back().result))
