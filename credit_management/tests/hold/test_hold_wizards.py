"""Asking in advance, forced holds, the status of accounts, and releases of whole customers."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import CreditCommon


class HoldWizards(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(1000, "Wizard Ltd")
        cls.seller = cls.make_user("sales")
        cls.controller = cls.make_user("controller")
        cls.manager = cls.make_user("manager")

    def run_wizard(self, model, method, user, **values):
        return getattr(self.env[model].with_user(user).create(values), method)()


@tagged("post_install", "-at_install")
class TestAskInAdvance(HoldWizards):
    """A confirmed order of 900 is to grow to 1,300."""

    def ask(self, order, amount=1300):
        self.run_wizard(
            "credit.hold.ask", "action_ask", self.seller, res_model="sale.order", res_id=order.id, is_ahead=True,
            amount=amount, reason="Second truck",
        )
        return self.env["credit.hold"].search([("res_id", "=", order.id), ("is_ahead", "=", True)])

    def make_sold(self):
        return self.make_confirmed(self.customer, 900, user_id=self.seller.id)

    def test_a_release_asked_for_in_advance_lets_the_order_grow_that_far_and_no_further(self):
        order = self.make_sold()
        hold = self.ask(order)
        self.assertEqual((hold.state, hold.checkpoint, hold.amount_over), ("open", "change", 300))
        self.assertFalse(order.credit_hold_state)
        hold.with_user(self.controller)._release(self.reason, self.today + timedelta(days=3))
        order.with_user(self.seller).order_line.price_unit = 1300
        self.assertEqual(order.amount_total, 1300)
        with self.assertRaises(UserError):
            order.with_user(self.seller).order_line.price_unit = 1300.01

    def test_the_question_does_not_cure_itself(self):
        order = self.make_sold()
        hold = self.ask(order)
        self.receive(self.customer, 10)
        self.commit()
        self.assertEqual(hold.state, "open")

    def test_asking_twice_is_told(self):
        order = self.make_sold()
        self.ask(order)
        with self.assertRaisesRegex(UserError, "already"):
            self.ask(order)

    def test_an_amount_of_zero_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "above zero"):
            self.ask(self.make_sold(), 0)


@tagged("post_install", "-at_install")
class TestForcedHold(HoldWizards):
    def force(self, orders, user=None):
        self.run_wizard(
            "credit.hold.force", "action_force", user or self.controller,
            order_ids=[Command.set(orders.ids)], reason="Rumours of insolvency",
        )

    def test_orders_that_fit_are_held_with_the_reason(self):
        orders = self.make_order(self.customer, 100) + self.make_order(self.customer, 200)
        self.force(orders)
        self.confirm(orders)
        self.assertHeld(*orders)
        self.assertIn("Rumours", orders[0].credit_panel["hold"]["reason"])

    def test_a_payment_does_not_free_it(self):
        order = self.make_order(self.customer, 100)
        self.force(order)
        self.receive(self.customer, 5000)
        self.commit()
        self.assertHeld(order)

    def test_a_release_lets_it_go_on(self):
        order = self.make_order(self.customer, 100)
        self.force(order)
        self.release(order, self.manager)
        self.assertConfirmed(order)

    def test_it_ends_what_was_released_before(self):
        order = self.make_held(self.customer, 1500, self.seller)
        self.release(order, self.controller, is_resumed=False)
        self.force(order, self.manager)
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_a_salesperson_forces_nothing(self):
        with self.assertRaises(AccessError):
            self.force(self.make_order(self.customer, 100), self.seller)

    def test_a_cancelled_order_is_not_held(self):
        order = self.make_order(self.customer, 100)
        order.action_cancel()
        with self.assertRaisesRegex(UserError, "cancelled"):
            self.force(order)


@tagged("post_install", "-at_install")
class TestAccountStatus(HoldWizards):
    def set_status(self, status, user=None, **values):
        self.run_wizard(
            "credit.profile.status", "action_apply", user or self.controller,
            profile_ids=[Command.set(self.profile_of(self.customer).ids)], account_status=status,
            note="Cheque returned", **values,
        )

    def test_a_stop_holds_every_new_order_and_says_why(self):
        self.set_status("stop")
        order = self.make_order(self.customer, 1)
        self.confirm(order, self.seller)
        self.assertHeld(order)
        self.assertIn("Cheque returned", order.credit_hold_reason)

    def test_a_stop_opens_the_steps_of_the_emergency_plan(self):
        self.set_status("stop")
        steps = self.profile_of(self.customer).activity_ids
        self.assertEqual(len(steps), 3)
        self.assertEqual(
            sorted(step.date_deadline - self.today for step in steps), [timedelta(days=days) for days in (0, 1, 2)]
        )

    def test_back_to_normal_frees_what_the_stop_held(self):
        self.set_status("stop")
        order = self.make_order(self.customer, 1)
        self.confirm(order, self.seller)
        self.set_status("normal")
        self.commit()
        self.assertConfirmed(order)

    def test_a_watch_acts_only_where_a_policy_says_so(self):
        self.set_status("watch")
        self.assertConfirmed(self.make_confirmed(self.customer, 1))
        self.make_policy({"criterion": "account_status", "is_status_watch": True}, sequence=1)
        order = self.make_order(self.customer, 1)
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_the_emergency_plan_shows_its_steps_with_their_owners(self):
        self.company.credit_controller_id = self.controller
        wizard = self.env["credit.profile.status"].new({"profile_ids": self.profile_of(self.customer).ids})
        steps = wizard.plan_steps.split("\n")
        self.assertEqual(len(steps), 3)
        self.assertRegex(steps[1], ".+: Call the customer: reason and date of payment")
        self.assertIn(f"({self.controller.name})", steps[1])

    def test_a_reason_that_was_chosen_is_read_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        reason = self.env.ref("credit_management.reason_insolvency")
        reason.with_context(lang="fr_FR").name = "Insolvabilité"
        profile = self.profile_of(self.customer)
        profile.with_user(self.controller)._set_account_status("stop", "File 12", None, reason)
        order = self.make_order(self.customer, 1)
        self.confirm(order, self.seller)
        self.env.invalidate_all()
        for lang, said in (("en_US", "Insolvency or legal action: File 12"), ("fr_FR", "Insolvabilité: File 12")):
            self.assertEqual(profile.with_context(lang=lang).status_text, said)
            self.assertIn(said, order.with_context(lang=lang).credit_hold_reason)
            self.assertIn(said, self.hold_of(order).sudo().with_context(lang=lang).reason)

    def test_a_salesperson_changes_no_status(self):
        with self.assertRaises(AccessError):
            self.set_status("normal", self.seller)


@tagged("post_install", "-at_install")
class TestCustomerRelease(HoldWizards):
    def release_customer(self, user=None, **values):
        self.run_wizard(
            "credit.profile.release", "action_release", user or self.manager,
            profile_id=self.profile_of(self.customer).id, reason_id=self.reason.id, amount_max=2000, **values,
        )

    def test_documents_up_to_the_amount_pass_until_the_date(self):
        self.release_customer()
        self.assertConfirmed(self.make_confirmed(self.customer, 2000))
        order = self.make_order(self.customer, 2000.01)
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_it_proposes_the_biggest_open_quotation_and_all_of_them(self):
        self.make_order(self.customer, 1500)
        self.make_order(self.customer, 700)
        profile = self.profile_of(self.customer)
        wizard = self.env["credit.profile.release"].new({"profile_id": profile.id})
        self.assertEqual((wizard.amount_max, wizard.amount_total), (1500.0, 2200.0))

    def test_what_waits_is_freed_at_once(self):
        order = self.make_held(self.customer, 1500, self.seller)
        self.release_customer()
        self.commit()
        self.assertConfirmed(order)

    def test_it_ends_when_it_is_taken_back(self):
        self.release_customer()
        release = self.env["credit.release"].search([("profile_id", "=", self.profile_of(self.customer).id)])
        release.with_user(self.controller).action_void()
        with self.assertRaisesRegex(UserError, "already taken back"):
            release.with_user(self.controller).action_void()
        order = self.make_order(self.customer, 1500)
        self.confirm(order, self.seller)
        self.assertHeld(order)

    def test_only_managers_do_it_and_never_for_their_own_customers(self):
        with self.assertRaises(AccessError):
            self.release_customer(self.controller)
        self.customer.user_id = self.manager
        with self.assertRaisesRegex(UserError, "own customer"):
            self.release_customer()

    def test_a_release_that_ends_before_it_starts_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "before it starts"):
            self.release_customer(date_until=self.today - timedelta(days=1))


@tagged("post_install", "-at_install")
class TestAskTheSalesperson(HoldWizards):
    def held(self):
        order = self.make_order(self.customer, 1200, user_id=self.seller.id)
        order.with_context(credit_interactive=True).action_confirm()
        return order, order.credit_hold_id.with_user(self.controller)

    def test_without_a_salesperson_nobody_is_asked(self):
        order, hold = self.held()
        hold.sudo().salesperson_id = False
        self.assertEqual(hold._ask_salespeople("When?")["params"]["type"], "warning")
        self.assertFalse(order.activity_ids)

    def test_a_release_of_several_says_how_many(self):
        holds = self.held()[1] + self.held()[1]
        values = {"hold_ids": [Command.set(holds.ids)], "reason_id": self.reason.id}
        told = self.run_wizard("credit.hold.release", "action_apply", self.manager, **values)
        self.assertEqual(told["params"]["message"], "2 released.")


@tagged("post_install", "-at_install")
class TestDialog(HoldWizards):
    """Two held orders: one over by 400, one of a stopped account over by 600."""

    def setUp(self):
        super().setUp()
        stopped = self.make_customer(1000, "Galtee Ltd", account_status="stop", status_reason="At the agency")
        self.order = self.make_held(self.customer, 1400, self.seller)
        self.other = self.make_held(stopped, 1600, self.seller)

    def open(self, **values):
        holds = self.hold_of(self.order) | self.hold_of(self.other)
        values = {"hold_ids": holds.ids, "reason_id": self.reason.id, **values}
        return self.env["credit.hold.release"].with_user(self.controller).create(values)

    def test_it_names_who_is_not_in_good_standing_and_the_total_over(self):
        wizard = self.open()
        self.assertEqual((wizard.amount, wizard.amount_over), (3000, 1000))
        self.assertEqual(wizard.warning, "Not in good standing: Galtee Ltd – Stop – At the agency.")
        self.assertFalse(self.open(decision="reject").warning)

    def test_it_names_what_is_not_yours_to_release_and_lets_the_others_go_without_it(self):
        self.env["credit.authority"].create(
            {"name": "Small", "user_ids": self.controller.ids, "amount_over_max": 500}
        )
        wizard = self.open()
        self.assertRegex(wizard.warning, f"take them out of the list: {self.other.name}: .*500.00.*600.00")
        wizard.hold_ids -= self.hold_of(self.other)
        wizard.action_apply()
        self.assertConfirmed(self.order)
        self.assertHeld(self.other)

    def test_a_rejected_hold_keeps_who_rejected_it_and_why(self):
        reason = self.env["credit.reason"].search([("kind", "=", "reject")], limit=1)
        self.open(decision="reject", reason_id=reason.id, note="Pay first").action_apply()
        hold = self.env["credit.hold"].search([("res_id", "=", self.order.id), ("res_model", "=", "sale.order")])
        self.assertEqual(
            (hold.state, hold.rejected_by_id, hold.reject_reason_id, hold.reject_note),
            ("rejected", self.controller, reason, "Pay first"),
        )
