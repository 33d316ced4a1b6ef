"""What the scores of a past day told of who then paid late, or not at all; nothing of later is in them."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ...models.proof import credit_scorecard_look_back as look_back
from ..scoring.common import LATE, ScoringCommon

DAYS = 366  # a year and a day: what is looked at began on the day after the scores


class LookBackCommon(ScoringCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.factor("days_late", 1, LATE))
        cls.then = cls.today - timedelta(days=DAYS)

    def buy(self, partner, days_late_before, days_late_after=None):
        """Let a customer pay an invoice before the day of the scores, and one after it; None: not at all."""
        self.make_paid(partner, 100, days_late_before, days_ago=DAYS + 30)
        if days_late_after is None:
            self.make_invoice(partner, 100, 90)
        else:
            self.make_paid(partner, 100, days_late_after, days_ago=30)
        return partner

    def look(self, **values):
        company = self.company
        return self.card._look_back(company, values.get("day", self.then), values.get("days_bad", 60))

    def score_of(self, day):
        return self.card._score_of(self.card._draw_sample(self.company), day)

    def enough(self, number):
        moment = patch.object(look_back.engine, "look_back", lambda good, bad, origin=look_back.engine.look_back:
                              origin(good, bad, number))
        self.addCleanup(moment.stop)
        moment.start()


@tagged("post_install", "-at_install")
class TestLookBack(LookBackCommon):
    def test_a_score_that_told_and_one_that_did_not(self):
        """Good: 100 and 60 points then; bad: 60 and 20. Of four pairs three are won, one is equal: 3.5 ÷ 4."""
        self.enough(2)
        for name, before, after in (("A", -5, 0), ("B", 20, 59), ("C", 20, 60), ("D", 40, None)):
            self.buy(self.make_customer(name=name), before, after)
        found = self.look()
        self.assertEqual((found.result.good, found.result.bad, found.unknown), (2, 2, 0))
        self.assertEqual((found.result.auc, found.result.gini), (0.875, 0.75))
        known = [band[:3] for band in found.bands]
        self.assertEqual(known, [(0, 0, 0), (20, 0, 1), (40, 0, 0), (60, 1, 1), (80, 1, 0)])

    def test_of_very_many_customers_a_share_is_looked_at(self):
        for name in ("A", "B", "C", "D"):
            self.buy(self.make_customer(name=name), 20, 70)
        self.assertEqual((self.look().every, self.look().result.bad), (1, 4))
        self.assertEqual(len(self.card._draw_sample(self.company).profiles), 4)
        with patch.object(look_back, "LOOKED_AT", 2):
            found = self.look()
        self.assertEqual((found.every, found.result.bad), (2, 2))

    def test_with_few_customers_there_is_not_enough_to_say(self):
        self.buy(self.make_customer(), 20, 70)
        found = self.look()
        self.assertEqual((found.result.bad, found.result.gini, found.result.points), (1, None, ()))

    def test_of_who_had_nothing_to_pay_nothing_is_known(self):
        self.make_paid(self.make_customer(), 100, 10, days_ago=DAYS + 30)
        found = self.look()
        self.assertEqual((found.result.good, found.result.bad, found.unknown), (0, 0, 1))

    def test_who_became_a_customer_later_was_not_scored(self):
        self.make_paid(self.make_customer(), 100, 10, days_ago=30)
        found = self.look()
        self.assertEqual(sum(sum(band[1:4]) for band in found.bands), 0)
        self.assertEqual(sum(band[4] for band in found.bands), 1)

    def test_a_payment_of_the_day_is_in_the_score_and_one_of_the_day_after_is_not(self):
        """One invoice paid on time long before, one 40 days late: 200 of 100 each → 20 days late on the day, 60 points;
        the day before that payment only the first one is known, 80 points."""
        customer = self.make_customer()
        self.make_paid(customer, 100, 0, days_ago=DAYS + 60)
        self.make_paid(customer, 100, 40, days_ago=DAYS)
        profile = self.profile_of(customer)
        self.assertEqual(self.score_of(self.then), {profile.id: 60.0})
        before = self.then - timedelta(days=1)
        self.assertEqual(self.score_of(before), {profile.id: 80.0})

    def test_a_payment_of_the_day_is_no_outcome_and_one_of_the_day_after_is(self):
        on_the_day, after = self.make_customer(name="On the day"), self.make_customer(name="After")
        for customer, days_ago in ((on_the_day, DAYS), (after, DAYS - 1)):
            self.make_paid(customer, 100, 0, days_ago=DAYS + 60)
            self.make_paid(customer, 100, 70, days_ago=days_ago)
        found = self.look()
        self.assertEqual((found.result.good, found.result.bad, found.unknown), (0, 1, 1))

    def test_an_invoice_that_is_matched_later_was_still_open_then(self):
        customer = self.make_customer()
        self.make_paid(customer, 100, 0, days_ago=DAYS + 60)
        before = self.score_of(self.then)
        self.make_paid(customer, 900, 300, days_ago=5)  # it was invoiced and due before, and paid now
        self.assertEqual(self.score_of(self.then), before)

    def test_many_customers_take_as_many_statements_as_few(self):
        def statements():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.look()
            return self.env.cr.sql_log_count - before

        for number in range(3):
            self.buy(self.make_customer(name=f"Few {number}"), 10, 10)
        statements()
        few = statements()
        for number in range(9):
            self.buy(self.make_customer(name=f"Many {number}"), 10, 10)
        self.assertEqual(statements(), few)


@tagged("post_install", "-at_install")
class TestScreen(LookBackCommon):
    def open(self, user, **values):
        wizard = self.env["credit.scorecard.look.back"].with_user(user)
        return wizard.create({"card_id": self.card.id, "date": self.then, **values})

    def test_a_controller_sees_the_curve_or_that_there_is_not_enough(self):
        controller = self.make_user("controller")
        self.buy(self.make_customer(), 20, 70)
        self.assertIn("Not enough to say: it takes 10 customers", " ".join(str(self.open(controller).result).split()))
        self.enough(1)
        self.buy(self.make_customer(name="Good"), -5, 0)
        result = str(self.open(controller).result)
        self.assertIn("Gini <b>1.00</b>", result)
        self.assertIn("known to lie between 1.00 and 1.00 (in 19 of 20 cases)", result)
        self.assertIn('points="0.0,240.0 0.0,0.0 240.0,0.0"', result)

    def test_the_card_that_scores_most_customers_is_looked_at_first(self):
        few = self.make_card(self.factor("days_late", 1, LATE), name="Few", sequence=1)
        self.card.sequence = 2
        few.category_ids = self.env["res.partner.category"].create({"name": "Few"})
        profiles = self.profile_of(self.make_customer(name="One")) | self.profile_of(self.make_customer(name="Two"))
        profiles._credit_score()
        self.assertEqual(profiles.score_id.card_id, self.card)
        self.assertEqual(self.env["credit.scorecard.look.back"].new({}).card_id, self.card)

    def test_nobody_below_a_controller_and_no_day_to_come(self):
        for role in ("sales", "credit_user", "biller"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.open(self.make_user(role))
        controller = self.make_user("controller")
        with self.assertRaisesRegex(ValidationError, "that year must be over"):
            self.open(controller, date=self.then + timedelta(days=1))
        with self.assertRaisesRegex(ValidationError, "one day or more"):
            self.open(controller, days_bad=0)

    def test_nobody_looks_at_a_company_that_is_not_selected(self):
        """The company comes with the dialog, and anybody can send another one."""
        controller = self.make_user("controller")
        other = self.company.create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "the companies that you work in"):
            self.open(controller, company_id=other.id)
        wizard = self.env["credit.scorecard.look.back"].with_user(controller)
        asked = wizard.new({"card_id": self.card.id, "date": self.then, "company_id": other.id})
        self.assertIn("the companies that you work in", str(asked.result))
        self.assertNotIn("Gini", str(asked.result))
        asked.company_id = self.company
        self.assertIn("Not enough to say", str(asked.result))
