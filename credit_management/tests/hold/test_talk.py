"""Sales asks for a release in words, the controller asks sales: both stay on the hold, and their tasks end with it."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import html2plaintext, mute_logger
from psycopg2 import IntegrityError

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestTalk(CreditCommon):
    """A limit of 1,000; an order of 1,500 is held: over by 500."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.make_policy("limit_exceeded")
        cls.seller = cls.make_user("sales", name="Sam")
        cls.controller = cls.make_user("controller", name="Clara")
        cls.company.credit_controller_id = cls.controller

    def setUp(self):
        super().setUp()
        self.order = self.make_held(self.customer, 1500, self.seller, user_id=self.seller.id)
        self.hold = self.hold_of(self.order)

    def ask(self, user=None, **values):
        values = {"res_model": "sale.order", "res_id": self.order.id, "reason": "The bank confirmed", **values}
        return self.env["credit.hold.ask"].with_user(user or self.seller).create(values).action_ask()

    def question(self, text="Has the customer said when it pays?", user=None):
        values = {"hold_ids": [Command.set(self.hold.ids)], "question": text}
        return self.env["credit.hold.question"].with_user(user or self.controller).create(values).action_ask()

    def get_tasks(self, user):
        return (self.order.activity_ids + self.hold.activity_ids).filtered(lambda task: task.user_id == user)

    # -- sales asks --------------------------------------------------------------------------------

    def test_the_dialog_proposes_what_has_to_come_in(self):
        action = self.order.with_user(self.seller).action_credit_ask_release()
        Wizard = self.env["credit.hold.ask"].with_user(self.seller).with_context(**action["context"])
        with Form(Wizard) as form:
            form.reason = "They pay on Friday"
            form.date_payment = self.today + timedelta(days=3)
            self.assertEqual(form.amount_payment, 500)
        form.record.action_ask()
        self.assertEqual(self.hold.promise_id.amount, 500)

    def test_the_reason_stays_on_the_hold_and_whoever_has_it_on_the_desk_is_named(self):
        told = self.ask()
        self.assertEqual(told["params"]["message"], f"Clara has been asked to release {self.order.name}.")
        self.assertEqual((self.hold.request_note, self.hold.requester_id), ("The bank confirmed", self.seller))
        self.assertIn("Sam asks for a release. The bank confirmed", self.hold.message_ids[0].body)
        self.assertEqual(html2plaintext(self.get_tasks(self.controller).note), "The bank confirmed")

    def test_a_day_of_payment_is_a_promise_in_the_name_of_who_passes_it_on(self):
        day = self.today + timedelta(days=5)
        self.ask(date_payment=day, amount_payment=500)
        promise = self.hold.promise_id
        self.assertEqual((promise.amount, promise.date_promised, promise.user_id), (500, day, self.seller))
        self.assertEqual((promise.profile_id, promise.state), (self.profile_of(self.customer), "open"))
        self.assertRegex(self.hold.request_words, r"Sam asks for a release. The customer pays \$.500.00 by ")

    def test_a_promise_frees_nothing_by_itself(self):
        self.ask(date_payment=self.today, amount_payment=100000)
        self.commit()
        self.confirm(self.order, self.seller)
        self.assertHeld(self.order)

    @mute_logger("odoo.sql_db")
    def test_a_day_without_an_amount_is_no_promise(self):
        with self.assertRaisesRegex(IntegrityError, "amount_positive"), self.env.cr.savepoint():
            self.ask(date_payment=self.today)

    def test_what_is_attached_belongs_to_the_hold(self):
        own = self.env["ir.attachment"].with_user(self.seller).create({"name": "Transfer.pdf", "raw": b"1"})
        other = self.env["ir.attachment"].create(
            {"name": "Contract.pdf", "raw": b"2", "res_model": "sale.order", "res_id": self.order.id}
        )
        self.ask(attachment_ids=[Command.set((own + other).ids)])
        self.assertEqual((own.res_model, own.res_id), ("credit.hold", self.hold.id))
        self.assertEqual((other.res_model, other.res_id), ("sale.order", self.order.id))

    def test_nothing_is_asked_where_nothing_is_held_or_may_be_read(self):
        self.order = self.make_order(self.customer, 10)
        with self.assertRaisesRegex(UserError, "not on credit hold"):
            self.ask()
        for model in ("res.partner", "no.model"):
            with self.assertRaisesRegex(UserError, "Nothing is held there"):
                self.ask(res_model=model)
        with self.assertRaises(AccessError):
            self.ask(user=new_test_user(self.env, "employee", "base.group_user"))

    # -- the controller asks -----------------------------------------------------------------------

    def test_the_question_is_a_task_on_the_order_with_its_text(self):
        told = self.question()["params"]
        self.assertEqual(
            self.hold.question_words,
            "Clara asks the salesperson, no answer yet: Has the customer said when it pays?",
        )
        self.assertEqual((told["type"], told["message"]), ("success", "A task was given to Sam."))
        [task] = self.get_tasks(self.seller)
        self.assertEqual((task.res_model, task.summary), ("sale.order", "Credit hold: what does the customer say?"))
        self.assertIn("Has the customer said when it pays?", task.note)
        panel = self.order.with_user(self.seller).credit_panel
        self.assertEqual(panel["hold"]["question"], "Clara asks: Has the customer said when it pays?")

    def test_asking_again_takes_the_place_of_the_first_question(self):
        self.question()
        self.question("And the cheque?")
        [task] = self.get_tasks(self.seller)
        self.assertIn("And the cheque?", task.note)

    def test_the_answer_comes_back_on_the_hold(self):
        self.question()
        self.get_tasks(self.seller).with_user(self.seller).action_feedback("On Friday")
        self.assertIn("Sam answers: On Friday", self.hold.message_ids[0].body)
        self.assertFalse(self.hold.question_activity_id)
        self.assertFalse(self.order.credit_panel["hold"]["question"])

    def test_asking_for_a_release_answers_it_too(self):
        self.question()
        self.ask()
        self.assertFalse(self.get_tasks(self.seller))

    def test_both_tasks_end_with_the_hold(self):
        self.ask()
        self.question()
        reason = self.env["credit.reason"].search([("kind", "=", "reject")], limit=1)
        self.hold.with_user(self.controller)._reject(reason)
        self.assertFalse(self.get_tasks(self.seller) + self.get_tasks(self.controller))

    def test_only_controllers_ask_and_only_about_what_waits(self):
        with self.assertRaises(AccessError):
            self.hold.with_user(self.seller)._ask_salespeople("Why?")
        self.release(self.order, self.controller)
        with self.assertRaisesRegex(UserError, "no longer on credit hold"):
            self.question()
