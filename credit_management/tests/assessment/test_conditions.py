"""What follows from the rating that is asked for: said before the approval by the policies, kept with the decision."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import AssessmentCommon

NAMES = ("rating", "limit", "policy", "terms", "documents", "deposit")


@tagged("post_install", "-at_install")
class TestConditions(AssessmentCommon):
    """C: 50 % first, at most 30 days. A: nothing first, up to 90 days. The customer agreed on 60."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        cls.terms = cls.make_terms(60)
        cls.customer.property_payment_term_id = cls.terms
        cls.policy = cls.make_policy(
            "limit_exceeded",
            name="Trade",
            terms_ids=[
                Command.create({"rating_ids": cls.rating("C").ids, "days_max": 0}),
                Command.create({"rating_ids": cls.rating("A").ids, "days_max": 90}),
            ],
            deposit_rule_ids=[Command.create({"rating_ids": cls.rating("C").ids, "kind": "percent", "percent": 50})],
        )

    @classmethod
    def make_terms(cls, days):
        line = {"value": "percent", "value_amount": 100, "nb_days": days}
        return cls.env["account.payment.term"].create({"name": f"In {days}", "line_ids": [Command.create(line)]})

    def told(self, assessment, side, names=NAMES):
        rows = {row["name"]: row[side] for row in assessment.follows["rows"]}
        return tuple(rows[name] for name in names)

    def test_terms_and_deposit_of_the_rating_are_said_before_the_approval(self):
        assessment = self.assess(rating_id=self.rating("A").id, limit_kind="amount", amount=2500)
        self.assertEqual(
            self.told(assessment, "now", ("rating", "policy", "terms", "deposit")),
            ("C", "Trade", "payment at once", "50 %: rated C"),
        )
        self.assertEqual(
            self.told(assessment, "then", ("rating", "policy", "terms", "documents", "deposit")),
            ("A", "Trade", "up to 90 days", "In 60", "none"),
        )
        self.assertIn("1,000.00", self.told(assessment, "now", ["limit"])[0])
        self.assertIn("2,500.00", self.told(assessment, "then", ["limit"])[0])

    def test_it_follows_what_is_chosen_before_it_is_saved(self):
        with Form(self.assess()) as form:
            self.assertIn("up to 90 days", str(self._choose(form, "A")))
            self.assertIn("50 %: rated C", str(self._choose(form, "C")))

    def _choose(self, form, rating):
        form.rating_id = self.rating(rating)
        return [row["then"] for row in form.follows["rows"]]

    def test_another_policy_of_the_rating_takes_over(self):
        self.make_policy("limit_exceeded", name="The best", scope="rating", rating_ids=self.rating("A").ids,
                         percent_deposit=10)
        assessment = self.assess(rating_id=self.rating("A").id)
        self.assertEqual(self.told(assessment, "then", ("policy", "terms", "deposit")),
                         ("The best", "of any length", "10 % of every order"))

    def test_without_a_policy_nothing_is_checked(self):
        self.policy.action_deactivate()
        self.assertEqual(self.told(self.assess(), "now", ["policy", "terms"]), ("None: nothing is checked", "–"))

    def test_a_limit_of_the_rating_is_said(self):
        self.rating("A").sudo().write({"limit_type": "amount", "amount_limit": 7000})
        assessment = self.assess(rating_id=self.rating("A").id, limit_kind="none")
        self.assertRegex(self.told(assessment, "then", ["limit"])[0], "7,000.00.* by the rating")

    def test_what_was_said_stays_with_the_decision_and_the_held_order_is_as_it_is(self):
        order = self.make_held(self.customer, 1500)
        assessment = self.submitted(limit_kind="amount", amount=2500)
        self.assertEqual(assessment.follows["rows"][-1]["then"], "is looked at again")
        self.approve(assessment)
        self.policy.terms_ids.unlink()
        self.commit()
        assessment.invalidate_recordset()
        self.assertEqual(self.told(assessment, "now", ("rating", "terms")), ("C", "payment at once"))
        self.assertEqual(self.told(assessment, "then", ("rating", "terms")), ("A", "up to 90 days"))
        held = assessment.follows["rows"][-1]
        self.assertEqual((held["label"], held["then"], assessment.follows["then"]),
                         (order.name, "Cured", "Since the approval"))

    def test_nothing_is_said_of_what_was_given_up(self):
        assessment = self.assess()
        assessment.action_cancel()
        self.assertFalse(assessment.follows)
