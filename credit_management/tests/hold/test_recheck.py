"""Holds fall by themselves when their cause is gone, and only then."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..common import CreditCommon


class RecheckCommon(CreditCommon):
    """A customer with a limit of 1,000 owes 800 and wants 500 more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.policy = cls.make_policy("limit_exceeded")
        cls.salesperson = cls.make_user("sales")

    def setUp(self):
        super().setUp()
        self.invoice = self.make_invoice(self.customer, 800, days_overdue=40)
        self.order = self.make_held(self.customer, 500, self.salesperson, user_id=self.salesperson.id)
        self.commit()

    def assertFreed(self, order=None):  # noqa: N802
        order = order or self.order
        self.commit()
        self.assertConfirmed(order)
        self.assertEqual(self.hold_of(order).state, "cured")

    def assertStillHeld(self, order=None):  # noqa: N802
        self.commit()
        self.assertHeld(order or self.order)


@tagged("post_install", "-at_install")
class TestTakenAgain(RecheckCommon):
    """The salesperson presses Confirm once more while the order is held."""

    def setUp(self):
        super().setUp()
        self.policy.company_id.credit_controller_id = self.make_user("controller")

    def press(self):
        self.order.with_user(self.salesperson).with_context(credit_interactive=True).action_confirm()
        return [m.body for m in self.order.message_ids if "On credit hold" in (m.body or "")]

    def test_the_same_is_not_said_twice(self):
        said = self.press()
        self.assertEqual(self.press(), said)

    def test_what_is_new_is_said(self):
        said = self.press()
        self.make_invoice(self.customer, 100)
        self.assertEqual(len(self.press()), len(said) + 1)

    def test_what_was_asked_stays_in_the_controllers_task(self):
        self.press()
        hold = self.hold_of(self.order)
        hold._request_release(self.salesperson, "They pay on Friday")
        before = [task.note for task in hold.activity_ids]
        self.assertIn("They pay on Friday", "".join(before))
        self.press()
        self.assertEqual([task.note for task in hold.activity_ids], before)


@tagged("post_install", "-at_install")
class TestWhatFrees(RecheckCommon):
    def test_a_payment_frees_and_the_salesperson_is_told(self):
        self.pay(self.invoice)
        self.assertFreed()
        told = self.order.message_ids.filtered(lambda message: "Free again" in (message.body or ""))
        self.assertIn(self.salesperson.partner_id, told.notified_partner_ids)

    def test_the_system_confirms_it_and_names_the_payment_and_who_registered_it(self):
        biller = self.make_user("biller", "sales", login="Anna")
        confirmations = self.order.message_ids
        with patch.object(type(self.env["res.users"]), "_bus_send", autospec=True) as sent:
            payment = self.receive_as(biller)
            self.assertFreed()
        new = self.order.message_ids - confirmations
        self.assertEqual(new.author_id, self.env.ref("base.partner_root"))
        said = [html2plaintext(message.body) for message in new if "Freed by" in (message.body or "")]
        self.assertEqual(said, [f"Freed by {payment.name}, registered by {biller.name}."])
        shown = [call.args for call in sent.call_args_list if call.args[1] == "credit_management/freed"]
        [(user, _kind, message)] = shown
        self.assertEqual(user, biller)
        self.assertEqual(
            message, {"documents": [{"name": self.order.name, "model": "sale.order", "id": self.order.id}]}
        )

    def test_odoos_own_line_does_not_say_that_whoever_paid_has_confirmed(self):
        biller = self.make_user("biller", "sales", login="Anna")
        told = self.order.message_ids
        self.receive_as(biller, tracking_disable=False, mail_notrack=False)
        self.assertFreed()
        [line] = (self.order.message_ids - told).filtered(
            lambda message: "state" in message.sudo().tracking_value_ids.field_id.mapped("name")
        )
        self.assertEqual(line.author_id, self.env.ref("base.partner_root"))

    def receive_as(self, user, **context):
        payment = self.env["account.payment"].with_user(user).with_context(**context).create(
            {
                "payment_type": "inbound", "partner_type": "customer", "partner_id": self.customer.id, "amount": 300,
                "date": self.today, "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        return payment

    def test_a_payment_of_somebody_else_is_not_named(self):
        self.receive(self.make_customer(name="Somebody else"), 300)
        self.set_limit(self.customer, 1300)
        self.assertFreed()
        self.assertFalse([m for m in self.order.message_ids if "Freed by" in (m.body or "")])

    def test_a_payment_that_is_matched_with_nothing_frees(self):
        self.receive(self.customer, 300)
        self.assertFreed()

    def test_a_payment_of_a_cent_too_little_does_not(self):
        self.pay(self.invoice, 299.99)
        self.assertStillHeld()
        self.pay(self.invoice, 0.01)
        self.assertFreed()

    def test_a_payment_by_an_accountant_without_credit_rights_frees(self):
        biller = self.make_user("biller")
        wizard = (
            self.env["account.payment.register"]
            .with_user(biller)
            .with_context(active_model="account.move", active_ids=self.invoice.ids)
            .create({"payment_date": self.today})
        )
        wizard._create_payments()
        self.assertFreed()

    def test_a_credit_note_frees(self):
        self.make_refund(self.customer, 300)
        self.assertFreed()

    def test_a_draft_credit_note_does_not(self):
        self.make_refund(self.customer, 300, post=False)
        self.assertStillHeld()

    def test_a_raised_limit_frees(self):
        self.set_limit(self.customer, 1299.99)
        self.assertStillHeld()
        self.set_limit(self.customer, 1300)
        self.assertFreed()

    def test_an_unlimited_customer_is_freed(self):
        self.set_limit(self.customer, "unlimited")
        self.assertFreed()

    def test_an_approved_temporary_limit_frees(self):
        request = self.env["credit.limit.request"].with_user(self.make_user("credit_user")).create(
            {
                "profile_id": self.profile_of(self.customer).id, "kind": "increment", "amount": 300,
                "date_from": self.today, "date_to": self.today, "reason": "Season",
            }
        )
        request.action_submit()
        request.with_user(self.make_user("manager")).action_approve()
        self.assertFreed()

    def test_another_order_that_shrinks_or_is_cancelled_frees(self):
        for step in ("shrink", "cancel"):
            customer = self.make_customer(1000, name=step)
            first = self.make_confirmed(customer, 900)
            waiting = self.make_held(customer, 500)
            if step == "shrink":
                first.order_line.price_unit = 500
            else:
                first._action_cancel()
            self.assertFreed(waiting)

    def test_its_own_smaller_amount_frees_only_when_somebody_confirms(self):
        self.order.order_line.price_unit = 200
        self.commit()
        self.confirm(self.order)
        self.assertConfirmed(self.order)

    def test_a_cancelled_draft_invoice_frees(self):
        customer = self.make_customer(1000, name="Drafts")
        draft = self.make_invoice(customer, 900, post=False)
        waiting = self.make_held(customer, 500)
        draft.button_cancel()
        self.assertFreed(waiting)

    def test_switching_the_policy_off_frees(self):
        self.policy.action_deactivate()
        self.assertFreed()

    def test_a_milder_rule_frees(self):
        self.policy.rule_ids.amount_tolerance = 300
        self.assertFreed()

    def test_excluding_the_customer_frees(self):
        self.profile_of(self.customer).is_excluded = True
        self.assertFreed()

    def test_a_rating_with_a_limit_frees_who_has_none(self):
        self.make_policy("limit_missing", sequence=1)
        self.policy.action_deactivate()
        customer = self.make_customer(None, name="Unrated")
        waiting = self.make_held(customer, 500)
        rating = self.env["credit.rating"].create({"name": "T", "limit_type": "amount", "amount_limit": 500})
        self.profile_of(customer).rating_id = rating
        self.assertFreed(waiting)

    def test_a_raised_limit_of_the_rating_frees(self):
        rating = self.env["credit.rating"].create({"name": "T", "limit_type": "amount", "amount_limit": 400})
        waiting = self.make_held(self.make_customer(None, name="Rated", rating_id=rating.id), 500)
        rating.amount_limit = 500
        self.assertFreed(waiting)

    def test_a_raised_group_limit_frees(self):
        self.make_policy("group_limit_exceeded", sequence=1)
        self.policy.action_deactivate()
        group = self.env["credit.group"].create({"name": "Family", "amount_limit": 100})
        customer = self.make_customer("unlimited", name="Member", group_id=group.id)
        waiting = self.make_held(customer, 500)
        group.with_user(self.make_user("manager")).amount_limit = 500  # not who has made the order
        self.assertFreed(waiting)

    def test_a_payment_of_one_member_frees_another_one(self):
        self.make_policy("group_limit_exceeded", sequence=1)
        self.policy.action_deactivate()
        group = self.env["credit.group"].create({"name": "Family", "amount_limit": 1000})
        payer, member = (self.make_customer("unlimited", name=name, group_id=group.id) for name in ("Payer", "Member"))
        invoice = self.make_invoice(payer, 900)
        waiting = self.make_held(member, 500)
        self.pay(invoice)
        self.assertFreed(waiting)

    def test_two_held_orders_are_freed_oldest_first_as_far_as_the_credit_goes(self):
        second = self.make_held(self.customer, 600)
        self.pay(self.invoice)
        self.commit()
        self.assertConfirmed(self.order)
        self.assertHeld(second)


@tagged("post_install", "-at_install")
class TestWhatFreesTheOverdue(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited")
        cls.make_policy({"criterion": "overdue_days", "days": 30})

    def setUp(self):
        super().setUp()
        self.invoice = self.make_invoice(self.customer, 800, days_overdue=31)
        self.order = self.make_held(self.customer, 500)

    def test_thirty_days_are_not_more_than_thirty(self):
        customer = self.make_customer("unlimited", name="On the day")
        self.make_invoice(customer, 800, days_overdue=30)
        self.assertConfirmed(self.make_confirmed(customer, 500))

    def test_a_dispute_frees_and_settling_it_stops_the_next_order(self):
        biller = self.make_user("biller", "credit_user")  # not who has made the order
        Dispute = self.env["credit.dispute"].with_user(biller)
        dispute = Dispute.create({"move_id": self.invoice.id, "amount": 800, "reason": "Broken"})
        self.commit()
        self.assertConfirmed(self.order)
        dispute.action_settle()
        self.make_held(self.customer, 1)

    def test_a_payment_that_is_matched_with_nothing_frees_the_overdue(self):
        self.receive(self.customer, 800)
        self.commit()
        self.assertConfirmed(self.order)


@tagged("post_install", "-at_install")
class TestWhatStays(RecheckCommon):
    def force(self, order):
        self.hold_of(order).sudo().write({"is_forced": True, "forced_reason": "Lawyer"})

    def test_a_forced_hold_never_falls_by_itself(self):
        self.force(self.order)
        self.pay(self.invoice)
        self.assertStillHeld()
        self.confirm(self.order)
        self.assertStillHeld()

    def test_a_stopped_account_is_not_freed_by_a_payment(self):
        self.profile_of(self.customer).write({"account_status": "stop", "status_reason": "Insolvency"})
        self.pay(self.invoice)
        self.assertStillHeld()

    def test_where_freed_orders_do_not_confirm_they_wait_for_the_salesperson(self):
        self.company.credit_is_resumed = False
        self.pay(self.invoice)
        self.commit()
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("draft", False))
        self.assertEqual(self.hold_of(self.order).state, "cured")
        told = self.order.message_ids.filtered(lambda message: "Free again" in (message.body or ""))
        self.assertIn(self.salesperson.partner_id, told.notified_partner_ids)

    def test_a_rejected_order_is_not_confirmed_by_a_payment(self):
        controller = self.make_user("controller")
        reject = self.env.ref("credit_management.reason_overdue_unpaid")
        self.release(self.order, controller, decision="reject", reason_id=reject.id)
        self.pay(self.invoice)
        self.commit()
        self.assertEqual(self.order.state, "draft")

    def test_a_cancelled_order_is_not_confirmed_by_a_payment(self):
        self.order._action_cancel()
        self.pay(self.invoice)
        self.commit()
        self.assertEqual(self.order.state, "cancel")

    def test_the_sweep_frees_what_an_event_has_missed(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE credit_profile SET amount_limit = 5000 WHERE partner_id = %s", [self.customer.id])
        self.env.invalidate_all()
        with self.enter_registry_test_mode(), self.assertLogs("odoo.addons.credit_management", "WARNING"):
            self.env.ref("credit_management.cron_sweep_holds").method_direct_trigger()
        self.env.invalidate_all()
        self.assertFreed()

    def test_looking_again_changes_nothing_where_nothing_changed(self):
        self.hold_of(self.order).with_user(self.make_user("controller")).action_recheck()
        self.assertStillHeld()

    def test_holds_of_an_add_on_that_is_gone_fall_and_disturb_nobody(self):
        hold = self.hold_of(self.order)
        self.env.flush_all()
        # what uninstalling a bridge leaves behind: its documents are there, and no longer under control
        self.env.cr.execute(
            "UPDATE credit_hold SET res_model = 'res.partner', res_id = %s WHERE id = %s", [self.customer.id, hold.id]
        )
        self.env.invalidate_all()
        self.assertFalse(hold.credit_panel)
        self.pay(self.invoice)
        self.commit()
        self.assertEqual(hold.state, "cancelled")
