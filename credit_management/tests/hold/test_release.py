"""Releases: a record of who, why, how much and until when; it dies with what it was given for."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import NotNullViolation

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestRelease(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")
        cls.salesperson = cls.make_user("sales")
        cls.controller = cls.make_user("controller")

    def setUp(self):
        super().setUp()
        self.order = self.make_held(self.customer, 1500, self.salesperson, user_id=self.salesperson.id)
        self.hold = self.hold_of(self.order)

    def allow(self, **values):
        """Release without taking the step."""
        self.release(self.order, self.controller, is_resumed=False, **values)

    def assertStopped(self):  # noqa: N802
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.order.action_confirm()
        self.assertNotEqual(self.order.state, "sale")

    def test_a_released_order_confirms_and_keeps_who_why_and_how_much(self):
        self.release(self.order, self.controller, note="They always pay")
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("sale", "released"))
        release = self.hold.release_ids
        self.assertEqual((release.user_id, release.requester_id), (self.controller, self.salesperson))
        self.assertEqual(
            (release.reason_id, release.note, release.amount_max), (self.reason, "They always pay", 1500.0)
        )
        self.assertEqual(release.date_until, self.today + timedelta(days=14))
        self.assertEqual(self.hold.state, "released")

    def test_the_decision_says_that_a_release_let_it_through(self):
        self.release(self.order, self.controller)
        of_order = [("res_model", "=", "sale.order"), ("res_id", "=", self.order.id), ("kind", "=", "check")]
        decision = self.env["credit.log"].search(of_order, limit=1)
        self.assertEqual((decision.verdict, decision.amount_over), ("released", 500.0))
        self.assertIn("over by", decision.findings_text)

    def test_the_salesperson_is_told(self):
        self.release(self.order, self.controller)
        messages = self.order.message_ids.filtered(lambda message: "Released by" in (message.body or ""))
        self.assertIn(self.salesperson.partner_id, messages.notified_partner_ids)

    def test_a_release_without_the_step_only_allows_it(self):
        self.allow()
        self.assertEqual(self.order.state, "draft")
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_nobody_releases_what_was_stopped_for_them(self):
        both = self.make_user("sales", "controller", login="both")
        order = self.make_held(self.customer, 1500, both)
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.release(order, both)
        own = self.make_held(self.customer, 1500, self.salesperson, user_id=both.id)
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.release(own, both)

    def test_who_only_sees_credit_does_not_release(self):
        with self.assertRaises(AccessError):
            self.release(self.order, self.make_user("credit_user"))

    def test_releasing_a_released_hold_gets_a_clear_sentence(self):
        self.allow()
        with self.assertRaisesRegex(UserError, "no longer on credit hold .*nothing to decide"):
            self.release(self.order, self.controller)

    @mute_logger("odoo.sql_db")
    def test_a_release_needs_a_reason(self):
        with self.assertRaisesRegex(NotNullViolation, "reason_id"), self.env.cr.savepoint():
            self.release(self.order, self.controller, reason_id=False)
        self.assertHeld(self.order)

    def test_a_release_cannot_end_before_it_starts(self):
        with self.assertRaisesRegex(ValidationError, "cannot end before it starts"):
            self.release(self.order, self.controller, date_until=self.today - timedelta(days=1))

    def test_a_tolerance_cannot_be_negative(self):
        with self.assertRaisesRegex(ValidationError, "cannot be negative"):
            self.release(self.order, self.controller, percent_tolerance=-1)

    def test_a_release_runs_until_the_end_of_its_last_day(self):
        self.allow(date_until=self.today)
        with freeze_time(self.today + timedelta(days=1)):
            self.assertStopped()
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_a_release_dies_when_the_order_grows_by_a_cent(self):
        self.allow()
        self.order.order_line.price_unit = 1500.01
        self.assertStopped()

    def test_the_tolerance_lets_a_confirmed_order_grow_that_far(self):
        self.release(self.order, self.controller, percent_tolerance=10)
        self.assertEqual(self.hold.release_ids.amount_max, 1650.0)
        line = self.order.order_line.with_user(self.salesperson)
        line.price_unit = 1650
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.price_unit = 1650.01
        self.assertEqual(self.order.amount_total, 1650.0)

    def test_a_smaller_order_stays_released(self):
        self.allow()
        self.order.order_line.price_unit = 1200
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_cancelling_the_order_voids_its_release(self):
        self.release(self.order, self.controller)
        self.order._action_cancel()
        self.assertEqual(self.hold.release_ids.state, "void")
        self.order.action_draft()
        self.assertStopped()

    def test_a_release_that_is_taken_back_no_longer_counts(self):
        self.allow()
        self.hold.release_ids.with_user(self.controller).action_void()
        self.assertStopped()
        with self.assertRaisesRegex(UserError, "already"):
            self.hold.release_ids.with_user(self.controller).action_void()

    def test_a_rejected_order_stays_unconfirmed(self):
        reject = self.env.ref("credit_management.reason_overdue_unpaid")
        self.release(self.order, self.controller, decision="reject", reason_id=reject.id)
        self.assertEqual((self.hold.state, self.order.state), ("rejected", "draft"))
        self.assertEqual(self.order.credit_hold_state, "rejected")
        self.assertStopped()

    def test_several_holds_are_released_at_once(self):
        other = self.make_held(self.make_customer(10, name="Other"), 20, self.salesperson)
        wizard = (
            self.env["credit.hold.release"]
            .with_user(self.controller)
            .create({"hold_ids": (self.hold + self.hold_of(other)).ids, "reason_id": self.reason.id})
        )
        wizard.action_apply()
        self.assertEqual((self.order + other).mapped("state"), ["sale", "sale"])

    def test_a_released_order_counts_for_the_next_one(self):
        self.release(self.order, self.controller)
        self.assertExposure(self.customer, 1500.0)
        self.make_held(self.customer, 0.01)

    def test_asking_for_the_release_calls_the_controller(self):
        self.hold.controller_id = self.controller
        self.order.with_user(self.salesperson).action_credit_request_release()
        self.assertTrue(self.hold.is_requested)
        self.assertEqual(self.hold.activity_ids.user_id, self.controller)

    def test_a_cancelled_order_leaves_the_list_of_holds(self):
        self.order._action_cancel()
        self.assertEqual(self.hold.state, "cancelled")

    def test_a_deleted_order_leaves_the_list_of_holds(self):
        self.order.unlink()
        self.assertEqual(self.hold.state, "cancelled")
