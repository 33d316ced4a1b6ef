"""Nobody assesses alone (双重审核): proven for each role, over every method that a client can call."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestNobodyAlone(AssessmentCommon):
    def assertRefused(self, assessment, user, message):  # noqa: N802
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            assessment.with_user(user).action_approve()
        self.assertEqual((assessment.state, self.profile.rating_id), ("submitted", self.rating("C")))

    def test_who_prepared_it_does_not_approve_it(self):
        self.preparer.group_ids += self.env.ref("credit_management.group_credit_manager")
        self.assertRefused(self.submitted(), self.preparer, "somebody else has to decide")

    def test_who_has_written_in_the_draft_does_not_approve_it(self):
        self.ask_for(("Seen", "tick", {"is_required": False}))
        writer, ticker = self.make_user("manager", login="writer"), self.make_user("manager", login="ticker")
        assessment = self.assess(rating_id=self.rating("A").id, override_reason="–")
        assessment.with_user(writer).reason = "Pays on time, as I see it"
        assessment.item_ids.with_user(ticker).is_ticked = True
        assessment.action_submit()
        for user in (writer, ticker):
            self.assertRefused(assessment, user, "somebody else has to decide")
        self.approve(assessment)

    def test_a_kind_that_is_archived_asks_for_less_of_nobody(self):
        """A manager makes an archived kind alone, and changes its checklist."""
        self.company.credit_second_person = "required"
        kind = self.env["credit.review.kind"].with_user(self.manager).create({"name": "Nothing asked", "active": False})
        assessment = self.assess()
        with self.assertRaisesRegex(ValidationError, "Nothing asked is archived"), self.env.cr.savepoint():
            assessment.kind_id = kind
        other = self.profile_of(self.make_customer(100, "Other"))
        with self.assertRaisesRegex(ValidationError, "Nothing asked is archived"), self.env.cr.savepoint():
            assessment.create({"profile_id": other.id, "kind_id": kind.id})

    def test_who_sells_to_the_customer_or_ever_did_does_not_approve_it(self):
        self.customer.user_id = self.manager
        self.customer.user_id = False
        self.assertRefused(self.submitted(), self.manager, "the customer is yours")

    def test_a_controller_and_a_salesperson_approve_nothing(self):
        assessment = self.submitted()
        for role in ("controller", "credit_user", "sales"):
            with self.subTest(role), self.assertRaises(AccessError):
                assessment.with_user(self.make_user(role, login=f"no-{role}")).action_approve()
            with self.subTest(role), self.assertRaises(AccessError):
                wizard = self.env["credit.assessment.refuse"].with_user(self.make_user(role, login=f"no2-{role}"))
                wizard.create({"assessment_ids": assessment.ids, "reason": "–"}).action_apply()

    def test_a_decision_is_not_written(self):
        assessment = self.submitted()
        for user in (self.preparer, self.manager):
            for values in (
                {"state": "approved"}, {"approver_id": user.id}, {"preparer_id": self.manager.id},
                {"date_valid_to": self.today}, {"rating_model_id": self.rating("A").id}, {"data": {}},
                {"rating_present_id": self.rating("A").id}, {"amount_proposed": 9}, {"score_id": False},
            ):
                with self.subTest(values), self.assertRaises(AccessError), self.env.cr.savepoint():
                    assessment.with_user(user).write(values)

    def test_what_is_asked_for_is_not_written_once_it_was_submitted(self):
        assessment = self.submitted()
        for user in (self.preparer, self.manager):
            for values in ({"rating_id": self.rating("AAA").id}, {"amount": 9}, {"limit_kind": "unlimited"},
                           {"date_review": self.today}, {"reason": "–"}, {"item_ids": [Command.clear()]}):
                with self.subTest(values), self.assertRaises(UserError), self.env.cr.savepoint():
                    assessment.with_user(user).write(values)
        with self.assertRaisesRegex(UserError, "Only drafts are deleted"):
            assessment.with_user(self.manager).unlink()

    def test_a_new_one_is_a_draft_whatever_the_caller_says(self):
        values = {
            "profile_id": self.profile.id, "state": "approved", "approver_id": self.manager.id, "data": {"methods": 1},
            "rating_model_id": self.rating("AAA").id, "preparer_id": self.manager.id, "name": "CA/1",
        }
        assessment = self.env["credit.assessment"].with_user(self.preparer).create(values)
        self.assertEqual((assessment.state, assessment.data, assessment.rating_model_id.name), ("draft", False, False))
        self.assertFalse(assessment.approver_id + assessment.preparer_id)
        self.assertNotEqual(assessment.name, "CA/1")
        with self.assertRaisesRegex(UserError, "Nothing is known yet"):
            assessment.action_submit()

    def test_a_default_of_somebody_decides_nothing(self):
        assessment = (
            self.env["credit.assessment"].with_user(self.preparer).with_context(default_state="approved")
            .create({"profile_id": self.profile.id})
        )
        self.assertEqual(assessment.state, "draft")

    def test_it_stays_with_its_customer(self):
        other = self.profile_of(self.make_customer(name="Other"))
        with self.assertRaisesRegex(UserError, "stays with its customer"):
            self.assess().profile_id = other

    def test_only_who_submitted_it_takes_it_back_and_stays_its_author(self):
        assessment = self.submitted()
        with self.assertRaisesRegex(AccessError, "Only who submitted"):
            assessment.with_user(self.make_user("controller", login="other")).action_take_back()
        assessment.action_take_back()
        self.assertEqual(assessment.state, "draft")
        second = self.make_user("controller", login="second")
        assessment.with_user(second).action_submit()
        self.preparer.group_ids += self.env.ref("credit_management.group_credit_manager")
        self.assertRefused(assessment, self.preparer, "somebody else has to decide")

    def test_what_is_decided_is_not_decided_again(self):
        assessment = self.submitted()
        self.approve(assessment)
        for step in (assessment.action_approve, lambda: assessment._refuse("–"), assessment.action_cancel,
                     assessment.action_submit):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                step()

    def test_a_direct_change_of_rating_limit_and_review_is_refused_as_before(self):
        self.submitted()
        for values in ({"rating_id": self.rating("A").id}, {"amount_limit": 9000},
                       {"date_review_next": self.today.replace(year=self.today.year + 3)}):
            with self.subTest(values), self.assertRaises(UserError), self.env.cr.savepoint():
                self.profile.with_user(self.preparer).sudo(False).write(values)


@tagged("post_install", "-at_install")
class TestAuthority(AssessmentCommon):
    """The manager approves limits up to 5,000; the boss decides on any amount."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.make_user("manager", login="boss")
        for user, values in ((cls.manager, {"amount_limit_max": 5000}), (cls.boss, {"is_unlimited": True})):
            cls.env["credit.authority"].create({"name": user.name, "user_ids": [Command.set(user.ids)], **values})

    def test_a_limit_is_bounded_by_the_authority(self):
        same = {"rating_id": self.rating("C").id, "limit_kind": "amount"}
        assessment = self.submitted(amount=5001, **same)
        self.assertEqual(assessment.decider_id, self.boss, "the first who may decide is asked")
        with self.assertRaisesRegex(UserError, r"5,000\.00.*5,001\.00"), self.env.cr.savepoint():
            self.approve(assessment)
        self.approve(assessment, self.boss)
        self.assertEqual(self.profile.amount_limit, 5001)

    def test_up_to_the_authority_it_passes(self):
        day = self.today.replace(day=1)  # the next review does not move: that would be any amount
        self.profile.date_review_next = day.replace(year=day.year + 1)
        self.approve(
            self.submitted(rating_id=self.rating("C").id, limit_kind="amount", amount=5000,
                           date_review=self.profile.date_review_next)
        )
        self.assertEqual(self.profile.amount_limit, 5000)

    def test_another_rating_may_make_any_amount_possible(self):
        assessment = self.submitted()
        with self.assertRaisesRegex(UserError, "any amount"), self.env.cr.savepoint():
            self.approve(assessment)
        self.assertEqual(assessment.state, "submitted")
        self.approve(assessment, self.boss)
        self.assertEqual(self.profile.rating_id, self.rating("A"))

    def test_where_a_part_is_refused_nothing_is_done(self):
        other = self.make_user("manager", login="half")
        self.env["credit.authority"].create(
            {"name": "Half", "user_ids": [Command.set(other.ids)], "amount_limit_max": 2000}
        )
        self.profile.date_review_next = self.today
        assessment = self.submitted(rating_id=self.rating("C").id, limit_kind="amount", amount=1500)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.approve(assessment, other)  # the limit is within the authority, a later review is any amount
        self.env.invalidate_all()
        self.assertEqual((assessment.state, self.profile.amount_limit), ("submitted", 1000))
