"""What an event frees is freed each by itself; the cause stands, and nothing that waits is forgotten."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import SerializationFailure

from .test_recheck import RecheckCommon

RECHECK = "odoo.addons.credit_management.models.setup.credit_recheck"
GATE = "odoo.addons.credit_management.models.gate.recheck"


@tagged("post_install", "-at_install")
class TestEachByItself(RecheckCommon):
    def setUp(self):
        super().setUp()
        self.other = self.make_held(self.customer, 500, self.salesperson, user_id=self.salesperson.id)
        self.queue().unlink()
        self.commit()

    def queue(self):
        self.env.invalidate_all()
        return self.env["credit.recheck"].sudo().search([])

    @contextmanager
    def failing(self, method, order, error):
        """Let a method of orders fail for one of them."""
        Order = type(self.env["sale.order"])
        origin = getattr(Order, method)

        def fail(records, *arguments, **keywords):
            if order in records:
                raise error
            return origin(records, *arguments, **keywords)

        with patch.object(Order, method, fail), mute_logger(RECHECK, GATE):
            yield

    def work_off(self):
        """Run the job as if some hours had passed."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE credit_recheck SET date_next = date_next - INTERVAL '5 hours', made_in = 'earlier'")
        with self.enter_registry_test_mode():
            self.env.ref("credit_management.cron_recheck").method_direct_trigger()
        self.env.invalidate_all()

    def test_one_that_cannot_go_on_undoes_neither_the_payment_nor_the_other(self):
        for error in (RedirectWarning("Choose a warehouse", 1, "Choose"), UserError("No product"), KeyError("bug")):
            with self.subTest(error=type(error)), self.env.cr.savepoint() as savepoint:
                with self.failing("_credit_resume", self.order, error):
                    payment = self.pay(self.invoice)
                    self.commit()
                self.assertEqual(payment.state, "paid" if payment.move_id else payment.state)
                self.assertEqual(self.invoice.amount_residual, 0.0)
                self.assertConfirmed(self.other)
                self.assertEqual((self.order.state, self.order.credit_hold_state), ("draft", False))
                self.assertEqual(self.hold_of(self.order).state, "cured")
                bodies = "".join(self.order.message_ids.mapped("body"))
                self.assertIn("could not go on by itself", bodies)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_one_that_cannot_be_decided_stays_in_the_queue_and_is_looked_at_again(self):
        with self.failing("_credit_prepare_request", self.order, ValueError("bug")):
            self.pay(self.invoice)
            self.commit()
            self.assertConfirmed(self.other)
            self.assertHeld(self.order)
            self.assertEqual(self.queue().mapped(lambda row: (row.res_model, row.res_id, row.attempts)), [
                ("credit.hold", self.hold_of(self.order).id, 1),
            ])
            self.work_off()
            self.assertEqual(self.queue().attempts, 2)
            self.assertGreater(self.queue().date_next, fields.Datetime.now())
        self.work_off()
        self.assertFreed()
        self.assertFalse(self.queue())

    def test_what_never_works_is_left_to_the_sweep_in_the_end(self):
        with self.failing("_credit_prepare_request", self.order, ValueError("bug")):
            self.pay(self.invoice)
            self.commit()
            for _hour in range(7):
                self.work_off()
            self.assertFalse(self.queue())
        self.assertHeld(self.order)

    def test_what_odoo_replays_is_not_caught(self):
        failing = self.failing("_credit_resume", self.order, SerializationFailure())
        with failing, self.assertRaises(SerializationFailure):
            self.pay(self.invoice)
            self.commit()

    def test_a_policy_does_not_look_at_everything_in_the_click(self):
        self.assertEqual(self.hold_of(self.order).state, "open")
        with patch(f"{RECHECK}.BATCH", 1):
            self.policy.action_deactivate()
            self.commit()
        self.assertConfirmed(self.order)
        self.assertHeld(self.other)
        self.work_off()
        self.assertConfirmed(self.other)
        self.assertFalse(self.queue())

    def test_a_savepoint_that_is_rolled_back_takes_what_was_queued_in_it_only(self):
        self.pay(self.invoice)
        with self.env.cr.savepoint() as savepoint:
            self.env["credit.recheck"]._queue(self.make_customer(1, name="Gone"))
            savepoint.rollback()
        self.assertFreed()
        self.assertFalse(self.queue())

    def test_the_salesperson_reads_it_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.salesperson.lang = "zh_CN"
        self.pay(self.invoice)
        self.commit()
        bodies = "".join(self.order.message_ids.mapped("body"))
        self.assertNotIn("Free again", bodies)
        self.assertIn("冻结", bodies)


@tagged("post_install", "-at_install")
class TestOwnConditions(RecheckCommon):
    def test_a_condition_does_not_name_the_user(self):
        rule = {"criterion": "domain", "domain": "[('salesperson_id', '=', uid)]"}
        with self.assertRaises(ValidationError):
            self.make_policy(rule, is_on=False)

    def test_an_old_condition_with_the_user_says_the_same_to_everybody(self):
        policy = self.make_policy({"criterion": "domain", "domain": "[('salesperson_id', '!=', 0)]"}, sequence=0)
        self.policy.action_deactivate()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE credit_policy_rule SET domain = %s WHERE id = %s",
            ["[('partner_id.user_id', '=', uid)]", policy.rule_ids.id],
        )
        self.env.invalidate_all()
        customer = self.make_customer("unlimited", name="Own")
        customer.user_id = self.salesperson
        order = self.make_order(customer, 10)
        for user in (self.salesperson, self.make_user("controller", "sales")):
            decision = order.with_user(user)._credit_decide("order")[order.with_user(user)]
            self.assertEqual(decision.verdict, "pass")
