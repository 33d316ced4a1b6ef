"""A customer is the own of who makes its orders; what is not checked is let go like what was released."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged

from ..change.test_loosening_kinds import KindsCommon


@tagged("post_install", "-at_install")
class TestOwnByDocuments(KindsCommon):
    """The manager sells, too; the customer has no salesperson."""

    def setUp(self):
        super().setUp()
        self.company.sudo().credit_second_person = "told"

    def sell(self, price, user=None):
        return self.env["sale.order"].with_user(user or self.manager).create(
            {"partner_id": self.customer.id, "user_id": False, "order_line": [self.line(price)]}
        )

    def test_nobody_frees_the_own_held_order_by_the_file_of_its_customer(self):
        order = self.sell(5000)
        self.confirm(order, self.manager)
        self.assertHeld(order)
        for values in ({"is_excluded": True}, {"date_ignore_until": self.today + timedelta(days=1)}):
            with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                self.profile.with_user(self.manager).write(values)
        self.assertHeld(order)
        self.profile.with_user(self.colleague).write({"date_ignore_until": self.today})
        self.commit()
        self.assertConfirmed(order)

    def test_nobody_frees_the_own_held_order_by_a_request_of_a_colleague(self):
        order = self.sell(3000)
        self.confirm(order, self.manager)
        request = self.env["credit.limit.request"].with_user(self.biller).create(
            {"profile_id": self.profile.id, "amount": 3000, "reason": "x"}
        )
        request.action_submit()
        with self.assertRaisesRegex(UserError, "the customer is yours"), self.env.cr.savepoint():
            request.with_user(self.manager).action_approve()
        request.with_user(self.colleague).action_approve()
        self.commit()
        self.assertConfirmed(order)

    def test_who_was_stopped_does_not_free_it(self):
        order = self.sold(1100)
        self.confirm(order, self.manager)
        self.assertHeld(order)
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            order.with_user(self.manager).credit_is_excluded = True
        order.with_user(self.colleague).credit_is_excluded = True

    def test_an_open_order_is_enough_and_one_that_is_over_is_not(self):
        order = self.sell(900)
        self.assertIn(self.manager, self.customer._credit_get_sellers())
        self.confirm(order, self.manager)
        self.assertIn(self.manager, self.customer._credit_get_sellers())
        order.sudo()._action_cancel()
        self.assertNotIn(self.manager, self.customer._credit_get_sellers())

    def test_whoever_forces_a_hold_sells_nothing(self):
        order = self.sold(100)
        self.env["credit.hold"].with_user(self.colleague).sudo()._force(
            order.sudo(), {order: self.profile}, {order: 100}, "order", "Look at it"
        )
        self.assertNotIn(self.colleague, self.customer._credit_get_sellers())
        self.assertIn(self.seller, self.customer._credit_get_sellers())


@tagged("post_install", "-at_install")
class TestNotCheckedInSteps(KindsCommon):
    """Limit 1,000; the boss decides on any amount, the colleague on 400 over."""

    def setUp(self):
        super().setUp()
        self.authority.sudo().amount_over_max = 400

    def free(self, order):
        change = self.ask(order, {"credit_is_excluded": True})
        change.with_user(self.colleague).action_apply()

    def test_orders_that_are_not_checked_are_added_up_before_they_go_on(self):
        orders = [self.sold(400) for _number in range(4)]
        for order in orders[:3]:
            self.free(order)  # 1,200 for 1,000
        with self.assertRaisesRegex(UserError, "400.00.*600.00"), self.env.cr.savepoint():
            self.free(orders[3])
        self.confirm(orders[0])
        with self.assertRaisesRegex(UserError, "400.00.*600.00"), self.env.cr.savepoint():
            self.free(orders[3])  # what has gone on is owed, and counts once
        orders[1].sudo()._action_cancel()
        self.free(orders[3])

    def test_a_release_is_measured_on_top_of_what_is_not_checked(self):
        for _number in range(3):
            self.free(self.sold(400))
        order = self.sold(1100)
        self.confirm(order, self.seller)
        with self.assertRaisesRegex(UserError, "400.00.*1,300.00"), self.env.cr.savepoint():
            self.release(order, self.colleague)

    def test_the_day_of_a_release_is_that_of_its_company(self):
        self.company.sudo().credit_tz = "Asia/Shanghai"
        release = self.env["credit.release"].sudo().create(
            {"profile_id": self.profile.id, "reason_id": self.reason.id, "amount_max": 5, "date_until": self.today}
        )
        self.env.cr.execute(  # the morning of the 2nd in Shanghai
            "UPDATE credit_release SET create_date = '2026-03-01 20:00' WHERE id = %s", [release.id]
        )
        release.invalidate_recordset()
        days = []
        reach = lambda _self, _user, _file, day: days.append(day)  # noqa: E731
        with patch.object(self.registry["credit.authority"], "_get_reach", reach):
            release._get_reach(self.today)
        self.assertEqual(str(days[0]), "2026-03-02")
