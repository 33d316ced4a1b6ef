"""What a release lets through in all is what an authority is compared with, when it is given and when it is used."""


from odoo import Command
from odoo.addons.credit_management.hooks import mark_old_releases
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import CreditCommon


class ReleaseCommon(CreditCommon):
    """Limit 1,000; the controller may let 400 more pass, the boss any amount."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded", "group_limit_exceeded")
        cls.customer = cls.make_customer(1000, "Over Ltd")
        cls.profile = cls.profile_of(cls.customer)
        cls.seller = cls.make_user("sales", login="seller")
        cls.other_seller = cls.make_user("sales", login="other-seller")
        cls.controller = cls.make_user("controller")
        cls.manager = cls.make_user("manager")
        cls.boss = cls.make_user("manager", login="boss")
        cls.authorize(cls.controller, 400)
        cls.authorize(cls.manager, 1000)
        cls.authorize(cls.boss, is_unlimited=True)

    @classmethod
    def authorize(cls, user, amount=0.0, **values):
        return cls.env["credit.authority"].create(
            {"name": user.name, "user_ids": [Command.set(user.ids)], "amount_over_max": amount, **values}
        )

    def held(self, price, customer=None):
        order = self.make_order(customer or self.customer, price, user_id=self.seller.id)
        self.confirm(order, self.seller)
        self.assertHeld(order)
        return order

    def let(self, order, user=None, **values):
        """Release without taking the step."""
        return self.release(order, user or self.controller, is_resumed=False, **values)

    def release_customer(self, each, total=None, user=None, profile=None, **values):
        wizard = self.env["credit.profile.release"].with_user(user or self.manager).create(
            {
                "profile_id": (profile or self.profile).id, "reason_id": self.reason.id, "amount_max": each,
                "amount_total": each if total is None else total, **values,
            }
        )
        wizard.action_release()
        return (profile or self.profile).release_ids[:1]

    def assertUnreleased(self, step, message):  # noqa: N802
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            step()

    def goes(self, order):
        """Press Confirm; return whether the order went through."""
        self.confirm(order, self.other_seller)
        self.env.invalidate_all()
        return order.state == "sale"


@tagged("post_install", "-at_install")
class TestReleasedInAll(ReleaseCommon):
    def test_the_tolerance_is_part_of_what_is_released(self):
        order = self.held(1400)
        self.assertUnreleased(lambda: self.let(order, percent_tolerance=10), "400.00.*540.00")  # 1,540 for 1,000
        self.assertHeld(order)
        self.let(order)
        self.assertEqual(self.hold_of(order).release_ids.amount_max, 1400)

    def test_a_tolerance_of_500_percent_is_not_an_authority_of_1000(self):
        order = self.held(1900)
        self.assertUnreleased(lambda: self.let(order, self.manager, percent_tolerance=500), "1,000.00.*10,400.00")
        self.let(order, self.boss, percent_tolerance=500)

    def test_a_hold_is_released_for_what_its_document_has_become(self):
        order = self.held(90000)
        order.order_line.price_unit = 1100
        self.let(order)
        self.assertEqual(self.hold_of(order).release_ids.amount_max, 1100)
        order.order_line.price_unit = 90000
        self.assertFalse(self.goes(order))

    def test_a_document_that_grew_is_released_for_what_was_stopped(self):
        order = self.held(1100)
        order.order_line.price_unit = 1300
        self.let(order)
        self.assertEqual(self.hold_of(order).release_ids.amount_max, 1100)
        self.assertFalse(self.goes(order))

    def test_holds_that_are_released_without_the_step_are_measured_together(self):
        orders = [self.held(1400) for _number in range(4)]
        self.let(orders[0])
        self.assertUnreleased(lambda: self.let(orders[1]), "400.00.*1,800.00")
        self.assertUnreleased(lambda: self.let(orders[1], self.manager), "1,000.00.*1,800.00")
        self.let(orders[1], self.boss)

    def test_holds_that_are_released_in_one_go_are_measured_together(self):
        orders = self.held(1400) + self.held(1400)
        wizard = self.env["credit.hold.release"].with_user(self.controller).create(
            {"hold_ids": orders.sudo().credit_hold_id.ids, "reason_id": self.reason.id, "is_resumed": False}
        )
        self.assertEqual(wizard.amount_over, 1800)
        self.assertUnreleased(wizard.action_apply, "400.00.*1,800.00")

    def test_a_release_of_another_member_of_the_group_counts(self):
        group = self.env["credit.group"].create({"name": "Family", "amount_limit": 1000})
        sister = self.make_customer("unlimited", "Sister", group_id=group.id)
        self.profile.sudo().write({"group_id": group.id, "limit_type": "unlimited"})
        self.let(self.held(1400))
        order = self.held(1200, sister)
        self.assertUnreleased(lambda: self.let(order), "400.00.*1,600.00")

    def test_what_was_let_through_counts_once(self):
        self.release(self.held(1300), self.controller)
        self.release(self.held(100), self.controller)
        order = self.held(0.01)
        self.assertUnreleased(lambda: self.release(order, self.controller), "400.00.*400.01")

    def test_a_release_that_ended_or_was_taken_back_counts_no_more(self):
        first, second = self.held(1400), self.held(1300)
        self.let(first)
        self.hold_of(first).release_ids.with_user(self.controller).action_void()
        self.let(second)

    def test_the_release_says_how_far_it_was_measured(self):
        self.let(self.held(1400))
        self.assertEqual(self.profile.release_ids.amount_over, 400)


@tagged("post_install", "-at_install")
class TestCustomerRelease(ReleaseCommon):
    def test_the_total_is_used_up_by_the_documents_that_pass(self):
        release = self.release_customer(1000, 2500, self.boss)
        cash = self.profile
        cash.sudo()._apply_limit({"amount_limit": 0})
        orders = [self.make_order(self.customer, 1000) for _number in range(3)]
        self.assertEqual([self.goes(order) for order in orders], [True, True, False])
        self.assertEqual((release.amount_used, release.amount_total), (2000, 2500))
        orders[2].order_line.price_unit = 500
        self.assertTrue(self.goes(orders[2]))
        self.assertEqual(release.amount_used, 2500)

    def test_an_authority_of_1000_is_not_one_for_five_documents_of_1000(self):
        self.profile.sudo()._apply_limit({"amount_limit": 0})
        self.assertUnreleased(lambda: self.release_customer(1000, 5000), "1,000.00.*5,000.00")
        self.release_customer(1000, 1000)
        self.assertUnreleased(lambda: self.release_customer(1000, 1000), "1,000.00.*2,000.00")

    def test_what_is_within_the_limit_uses_nothing(self):
        release = self.release_customer(1000, 1000)
        self.assertTrue(self.goes(self.make_order(self.customer, 900)))
        self.assertEqual(release.amount_used, 0)
        self.assertTrue(self.goes(self.make_order(self.customer, 200)))
        self.assertEqual(release.amount_used, 200)

    def test_a_document_that_grows_uses_only_what_it_grew_by(self):
        release = self.release_customer(1000, 1000, self.boss)
        self.profile.sudo()._apply_limit({"amount_limit": 0})
        order = self.make_order(self.customer, 600)
        self.assertTrue(self.goes(order))
        order.with_user(self.other_seller).order_line.price_unit = 900
        self.assertEqual((order.amount_total, release.amount_used), (900, 900))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.with_user(self.other_seller).order_line.price_unit = 1001

    def test_orders_that_are_confirmed_together_use_it_up_together(self):
        self.release_customer(1000, 1500, self.boss)
        self.profile.sudo()._apply_limit({"amount_limit": 0})
        orders = self.make_order(self.customer, 800) + self.make_order(self.customer, 800)
        self.confirm(orders, self.other_seller)
        self.assertEqual(orders.mapped("state"), ["sale", "draft"])

    def test_a_cancelled_order_gives_nothing_back(self):
        release = self.release_customer(1000, 1000)
        self.profile.sudo()._apply_limit({"amount_limit": 0})
        order = self.make_order(self.customer, 1000)
        self.assertTrue(self.goes(order))
        order._action_cancel()
        self.assertFalse(self.goes(self.make_order(self.customer, 1)))
        self.assertEqual(release.amount_used, 1000)

    def test_a_total_is_needed_and_is_no_less_than_one_document(self):
        for total in (0, 999):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.release_customer(1000, total)

    def test_one_without_total_from_before_the_upgrade_goes_on(self):
        self.env["credit.release"].sudo().create(
            {"profile_id": self.profile.id, "reason_id": self.reason.id, "user_id": self.manager.id,
             "amount_max": 5000, "date_until": self.today, "is_measured": False}
        )
        for _number in range(2):
            self.assertTrue(self.goes(self.make_order(self.customer, 5000)))
        self.assertFalse(self.goes(self.make_order(self.customer, 5001)))


@tagged("post_install", "-at_install")
class TestUsed(ReleaseCommon):
    """An order of 1,400 was released by an authority of 400, and is confirmed later."""

    def setUp(self):
        super().setUp()
        self.order = self.held(1400)
        self.let(self.order)

    def test_a_release_is_used(self):
        self.assertTrue(self.goes(self.order))

    def test_a_release_does_not_reach_further_than_its_authority_when_it_is_used(self):
        self.make_invoice(self.customer, 0.01)
        self.assertFalse(self.goes(self.order))

    def test_a_higher_authority_that_looked_at_both_carries_both(self):
        second = self.held(1200)
        self.let(second, self.boss)  # 1,600 over, with the first one
        self.assertTrue(self.goes(second))
        self.assertTrue(self.goes(self.order))

    def test_a_lowered_authority_still_carries_what_it_looked_at(self):
        self.env["credit.authority"].search([("user_ids", "in", self.controller.ids)]).amount_over_max = 1
        self.assertTrue(self.goes(self.order))

    def test_a_lower_limit_ends_it(self):
        self.profile._apply_limit({"amount_limit": 999})
        self.assertFalse(self.goes(self.order))

    def test_an_order_that_went_on_is_not_asked_again(self):
        self.assertTrue(self.goes(self.order))
        self.profile._apply_limit({"amount_limit": 0})
        self.bill(self.order)
        self.assertExposure(self.customer, 1400)

    def test_one_from_before_the_upgrade_goes_on(self):
        self.hold_of(self.order).release_ids.sudo().is_measured = False
        self.make_invoice(self.customer, 0.01)
        self.assertTrue(self.goes(self.order))

    def test_the_upgrade_knows_them(self):
        release = self.hold_of(self.order).release_ids
        self.env.flush_all()
        self.env.cr.execute("UPDATE credit_release SET is_measured = NULL WHERE id = %s", [release.id])
        mark_old_releases(self.env.cr)
        release.invalidate_recordset()
        self.assertFalse(release.is_measured)

    def test_whoever_released_it_cannot_take_it_over(self):
        self.order.user_id = self.controller
        self.assertFalse(self.goes(self.order))

    def test_nor_have_had_it_for_a_moment(self):
        self.order.user_id = self.controller
        self.order.user_id = self.seller
        self.assertFalse(self.goes(self.order))

    def test_a_customer_release_does_not_carry_its_givers_own_orders(self):
        self.release_customer(5000, 5000, self.boss)
        own = self.make_order(self.customer, 5000, user_id=self.boss.id)
        self.assertFalse(self.goes(own))
        self.assertTrue(self.goes(self.make_order(self.customer, 5000)))


@tagged("post_install", "-at_install")
class TestWhoProfits(ReleaseCommon):
    """The manager sells, too: what was ever the manager's own is released by somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def own(self, **values):
        return self.make_order(self.customer, 1400, **values).with_user(self.manager)

    def assertOwn(self, order):  # noqa: N802
        self.assertHeld(order)
        self.assertUnreleased(lambda: self.release(order, self.manager), "somebody else")
        hold = self.hold_of(order).with_user(self.manager)
        self.assertFalse(hold.may_release)
        self.release(order, self.boss)
        self.assertEqual(order.state, "sale")

    def test_the_creator(self):
        order = self.env["sale.order"].with_user(self.manager).create(
            {"partner_id": self.customer.id, "user_id": self.seller.id, "order_line": [self.line(1400)]}
        )
        self.confirm(order, self.seller)
        self.assertOwn(order)

    def test_the_salesperson_who_hands_it_over_before_it_is_stopped(self):
        order = self.own(user_id=self.manager.id)
        order.user_id = self.seller
        self.confirm(order, self.seller)
        self.assertOwn(order)

    def test_the_salesperson_who_hands_it_over_when_it_is_stopped(self):
        order = self.own(user_id=self.seller.id)
        self.confirm(order, self.seller)
        order.user_id = self.manager
        order.user_id = self.seller
        self.assertOwn(order)

    def test_who_forces_a_hold_on_the_own_order(self):
        order = self.own(user_id=self.manager.id)
        order._credit_force_hold("look at it")
        order.user_id = self.seller
        self.assertOwn(order)

    def test_who_was_stopped_before_somebody_forced_the_hold(self):
        order = self.own(user_id=self.seller.id)
        self.confirm(order, self.manager)
        order.with_user(self.boss)._credit_force_hold("look at it")
        self.assertOwn(order)

    def test_every_person_who_asked(self):
        order = self.own(user_id=self.seller.id)
        self.confirm(order, self.seller)
        order.with_user(self.manager).action_credit_request_release()
        order.with_user(self.other_seller).action_credit_request_release()
        self.assertOwn(order)

    def test_whoever_forced_a_hold_on_somebody_elses_order_may_release_it(self):
        order = self.make_order(self.customer, 1400, user_id=self.seller.id)
        order.with_user(self.manager)._credit_force_hold("look at it")
        self.release(order, self.manager)
        self.assertEqual(order.state, "sale")

    def test_an_invoice_of_the_own_order(self):
        invoice = self.make_invoice(self.customer, 1400, post=False, invoice_user_id=self.manager.id)
        invoice.invoice_user_id = self.seller
        biller = self.make_user("biller")
        invoice.with_user(biller).with_context(credit_interactive=True).action_post()
        self.assertEqual(invoice.credit_hold_state, "held")
        self.assertUnreleased(lambda: self.release(invoice, self.manager), "somebody else")

    def test_the_customers_salesperson_of_a_moment_ago_releases_no_customer(self):
        self.customer.user_id = self.manager
        self.customer.user_id = self.seller
        self.assertUnreleased(lambda: self.release_customer(100, 100), "somebody else")
        self.release_customer(100, 100, self.boss)
