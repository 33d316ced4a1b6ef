"""Who may release and approve how much, and who stands in for whom."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestAuthority(CreditCommon):
    """Limit 1,000; an order of 1,400 is over by 400."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(1000, "Over Ltd")
        cls.controller = cls.make_user("controller")
        cls.manager = cls.make_user("manager")
        cls.rating_c = cls.env.ref("credit_management.rating_c")

    def make_authority(self, users, amount=0.0, **values):
        return self.env["credit.authority"].create(
            {"name": "Test", "user_ids": users.ids, "amount_over_max": amount, "amount_limit_max": amount, **values}
        )

    def make_over_by_400(self):
        return self.make_held(self.customer, 1400, self.make_user("sales", login="sales-400"))

    def test_without_any_authority_every_controller_releases(self):
        order = self.make_over_by_400()
        self.release(order, self.controller)
        self.assertConfirmed(order)

    def test_an_authority_of_exactly_the_amount_over_is_enough(self):
        self.make_authority(self.controller, 400)
        order = self.make_over_by_400()
        self.release(order, self.controller)
        self.assertConfirmed(order)

    def test_one_cent_less_is_not_enough_and_the_message_names_both_amounts(self):
        self.make_authority(self.controller, 399.99)
        order = self.make_over_by_400()
        with self.assertRaisesRegex(UserError, "399.99.*400.00"):
            self.release(order, self.controller)
        self.assertHeld(order)

    def test_what_counts_is_what_is_over_now_not_when_it_was_stopped(self):
        self.make_authority(self.controller, 400)
        order = self.make_over_by_400()
        self.make_invoice(self.customer, 0.01)
        self.assertEqual(self.hold_of(order).amount_over, 400)
        with self.assertRaisesRegex(UserError, "400.00.*400.01"):
            self.release(order, self.controller)
        self.assertHeld(order)

    def test_an_authority_is_not_stretched_by_releasing_orders_one_after_the_other(self):
        self.make_authority(self.controller, 400)
        first = self.make_over_by_400()
        second = self.make_held(self.customer, 1200, self.make_user("sales", login="second"))
        self.release(first, self.controller)
        self.assertConfirmed(first)
        with self.assertRaisesRegex(UserError, "400.00.*1,600.00"):  # 1,400 + 1,200 for a limit of 1,000
            self.release(second, self.controller)

    def test_growth_asked_for_in_advance_is_measured_when_it_is_released(self):
        self.make_authority(self.controller, 300)
        order = self.make_confirmed(self.customer, 900)
        order._credit_ask_ahead(1300, "Second truck")
        hold = self.env["credit.hold"].sudo().search([("res_id", "=", order.id), ("is_ahead", "=", True)])
        self.assertEqual(hold.amount_over, 300)
        self.make_invoice(self.customer, 50)
        with self.assertRaisesRegex(UserError, "300.00.*350.00"):
            hold.with_user(self.controller)._release(self.reason, self.today)

    def test_a_hold_tells_its_reader_whether_it_is_theirs_to_release(self):
        order = self.make_over_by_400()
        hold = self.hold_of(order)
        seller = hold.requester_id
        self.assertEqual(hold.with_user(self.controller).release_note, "You may release it.")
        self.make_authority(self.controller, 399.99)
        self.make_authority(self.manager, 5000)
        self.env.invalidate_all()
        refused, allowed = hold.with_user(self.controller), hold.with_user(self.manager)
        self.assertEqual((refused.may_release, allowed.may_release), (False, True))
        self.assertIn("reaches $\xa0399.99; this needs $\xa0400.00", refused.release_note)
        self.assertIn("reaches $\xa05,000.00", allowed.release_note)
        seller.group_ids += self.env.ref("credit_management.group_credit_manager")
        self.assertIn("or you asked for it", hold.with_user(seller).release_note)

    def test_a_controller_without_authority_is_refused_once_others_have_one(self):
        self.make_authority(self.manager, 10000)
        order = self.make_over_by_400()
        with self.assertRaisesRegex(UserError, "no authority"):
            self.release(order, self.controller)

    def test_an_authority_for_other_ratings_does_not_count(self):
        self.make_authority(self.controller, 10000, rating_ids=[Command.set(self.rating_c.ids)])
        order = self.make_over_by_400()
        with self.assertRaises(UserError):
            self.release(order, self.controller)
        self.profile_of(self.customer).rating_id = self.rating_c
        self.release(order, self.controller)
        self.assertConfirmed(order)

    def test_any_amount_is_any_amount(self):
        self.make_authority(self.controller, is_unlimited=True)
        order = self.make_over_by_400()
        self.release(order, self.controller)
        self.assertConfirmed(order)

    def test_a_substitute_has_the_authority_of_the_absent_during_the_absence_only(self):
        self.make_authority(self.manager, 10000)
        absence = self.env["credit.substitute"].create(
            {
                "user_id": self.manager.id,
                "substitute_id": self.controller.id,
                "date_from": self.today - timedelta(days=9),
                "date_to": self.today - timedelta(days=1),
            }
        )
        order = self.make_over_by_400()
        with self.assertRaises(UserError):
            self.release(order, self.controller)
        absence.date_to = self.today
        self.release(order, self.controller)
        self.assertConfirmed(order)

    def test_an_absence_cannot_end_before_it_starts_and_nobody_replaces_themselves(self):
        with self.assertRaises(ValidationError):
            self.env["credit.substitute"].create(
                {"user_id": self.manager.id, "substitute_id": self.manager.id, "date_to": self.today}
            )

    def test_a_limit_above_the_authority_is_not_approved(self):
        self.make_authority(self.manager, 4999.99)
        request = self.make_request(5000)
        with self.assertRaisesRegex(UserError, "4,999.99.*5,000.00"):
            request.with_user(self.manager).action_approve()
        self.assertEqual(request.state, "submitted")

    def test_unlimited_needs_the_authority_for_any_amount(self):
        authority = self.make_authority(self.manager, 1000000)
        request = self.make_request(0, limit_type="unlimited")
        with self.assertRaises(UserError):
            request.with_user(self.manager).action_approve()
        authority.is_unlimited = True
        request.with_user(self.manager).action_approve()
        self.assertEqual(self.profile_of(self.customer).limit_type, "unlimited")

    def test_a_salesperson_writes_no_authority(self):
        seller = self.make_user("sales", "credit_user", login="greedy")
        with self.assertRaises(AccessError):
            self.env["credit.authority"].with_user(seller).create({"name": "Mine", "user_ids": seller.ids})

    def make_request(self, amount, **values):
        seller = self.make_user("sales", "credit_user", login=f"asks-{amount}")
        request = (
            self.env["credit.limit.request"]
            .with_user(seller)
            .create({"profile_id": self.profile_of(self.customer).id, "amount": amount, "reason": "Growth", **values})
        )
        request.action_submit()
        return request


@tagged("post_install", "-at_install")
class TestManyLimits(CreditCommon):
    """Limits of 1,000 and 2,500, and a customer without one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls.profile_of(cls.make_customer(1000, "Small"))
        cls.large = cls.profile_of(cls.make_customer(2500, "Large"))
        cls.none = cls.profile_of(cls.make_customer(None, "None"))
        cls.manager = cls.make_user("manager")

    def change(self, profiles, **values):
        wizard = self.env["credit.limit.change"].create(
            {"profile_ids": profiles.ids, "reason": "Yearly review", **values}
        )
        return self.env["credit.limit.request"].search(wizard.action_request()["domain"], order="id")

    def test_ten_percent_more_is_requested_for_each_limit_and_rounded(self):
        requests = self.change(self.small | self.large | self.none, percent=10, rounding=100)
        self.assertEqual(sorted(requests.mapped("amount")), [1100, 2800])
        self.assertEqual(set(requests.mapped("state")), {"submitted"})
        self.assertEqual(self.small.amount_limit, 1000)

    def test_the_limits_change_when_somebody_else_approves(self):
        requests = self.change(self.small | self.large, method="fixed", amount=500, rounding=1)
        requests.with_user(self.manager).action_approve()
        self.assertEqual((self.small.amount_limit, self.large.amount_limit), (1500, 3000))

    def test_lowering_never_goes_below_zero(self):
        self.assertEqual(self.change(self.small, method="fixed", amount=-5000).amount, 0)

    def test_customers_without_a_limit_can_only_be_set_to_an_amount(self):
        with self.assertRaisesRegex(UserError, "Set to amount"):
            self.change(self.none, percent=10)
        self.assertEqual(self.change(self.none, method="value", amount=700).amount, 700)

    def test_a_temporary_increase_is_the_change_itself(self):
        request = self.change(
            self.small, kind="increment", percent=20, rounding=1,
            date_from=self.today, date_to=self.today + timedelta(days=10),
        )
        self.assertEqual(request.amount, 200)
        request.with_user(self.manager).action_approve()
        self.assertEqual(self.figures(self.small.partner_id)["amount_limit_effective"], 1200)

    def test_the_step_of_rounding_must_be_above_zero(self):
        with self.assertRaisesRegex(ValidationError, "above zero"):
            self.change(self.small, rounding=0)
