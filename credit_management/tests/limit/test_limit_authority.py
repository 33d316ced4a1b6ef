"""What an approval makes possible at most is what an authority is compared with; who wrote a request approves none."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestLimitAuthority(CreditCommon):
    """Limit 1,000; the manager approves limits up to 5,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.writer = cls.make_user("credit_user", login="writer")
        cls.manager, cls.boss = cls.make_user("manager", login="small"), cls.make_user("manager", login="boss")
        for user, values in ((cls.manager, {"amount_limit_max": 5000}), (cls.boss, {"is_unlimited": True})):
            cls.env["credit.authority"].create({"name": user.name, "user_ids": [Command.set(user.ids)], **values})

    def ask(self, amount, kind="permanent", days=(1, 10), is_submitted=True, **values):
        if kind != "permanent":
            first, last = (self.today + timedelta(days=number) for number in days)
            values |= {"date_from": first, "date_to": last}
        values = {"profile_id": self.profile.id, "kind": kind, "amount": amount, "reason": "More", **values}
        request = self.env["credit.limit.request"].with_user(self.writer).create(values)
        if is_submitted:
            request.action_submit()
        return request

    def assertRefused(self, request, user=None, message="authority"):  # noqa: N802
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            request.with_user(user or self.manager).action_approve()
        self.assertEqual(request.state, "submitted")

    def approve(self, *requests, user=None):
        for request in requests:
            request.with_user(user or self.manager).action_approve()

    def test_no_limit_set_up_is_any_amount(self):
        request = self.ask(0, limit_type="none")
        self.assertRefused(request, message="any amount")
        self.approve(request, user=self.boss)

    def test_increases_from_tomorrow_are_measured_with_each_other(self):
        self.approve(self.ask(4000, "increment"))
        self.assertRefused(self.ask(4000, "increment"), message="5,000.00.*9,000.00")
        self.assertRefused(self.ask(0.01, "increment", days=(0, 0)), message="5,000.00.*5,000.01")

    def test_increases_that_are_approved_in_one_go_are_measured_with_each_other(self):
        requests = self.ask(3500, "increment") + self.ask(3500, "increment")
        with self.assertRaisesRegex(UserError, "5,000.00.*8,000.00"), self.env.cr.savepoint():
            requests.with_user(self.manager).action_approve()  # 1,000 + 3,500 + 3,500
        self.assertEqual(requests.mapped("state"), ["submitted", "submitted"])
        requests.with_user(self.boss).action_approve()

    def test_an_approval_waits_for_another_one_of_the_same_customer(self):
        before = self.profile.lock_count
        self.approve(self.ask(2000))
        self.profile.invalidate_recordset()
        self.assertEqual(self.profile.lock_count, before + 1)

    def test_a_new_limit_is_measured_with_the_increases_on_top_of_it(self):
        self.approve(self.ask(4000, "increment"))
        self.assertRefused(self.ask(1001), message="5,001.00")
        self.approve(self.ask(900))

    def test_an_increase_is_measured_on_a_temporary_limit_to_come(self):
        self.approve(self.ask(4900, "replacement"))
        self.assertRefused(self.ask(101, "increment"), message="5,001.00")
        self.approve(self.ask(100, "increment"))

    def test_what_has_ended_is_not_measured(self):
        self.approve(self.ask(4000, "increment", days=(-9, -1)))
        self.approve(self.ask(4000, "increment"))

    def test_an_increase_on_the_limit_of_the_rating(self):
        rating = self.env["credit.rating"].create({"name": "Q", "limit_type": "amount", "amount_limit": 4500})
        self.profile.sudo().write({"rating_id": rating.id, "limit_type": "none"})
        self.assertRefused(self.ask(501, "increment"), message="5,001.00")

    def test_what_was_submitted_is_not_written(self):
        request = self.ask(1000000)
        hold_id = self.env["credit.hold"].search([], limit=1).id
        for user, values in (
            (self.manager, {"amount_company": 1}), (self.manager, {"company_id": self.company.id}),
            (self.manager, {"limit_type_before": "unlimited"}), (self.manager, {"hold_id": hold_id}),
            (self.writer, {"amount": 2}),
        ):
            with self.subTest(values), self.assertRaises(UserError), self.env.cr.savepoint():
                request.with_user(user).write(values)
        self.assertRefused(request, message="5,000.00.*1,000,000.00")

    def test_what_the_system_works_out_is_not_written_in_a_draft(self):
        request = self.ask(1000000, is_submitted=False, amount_company=1)
        self.assertEqual(request.amount_company, 1000000)
        with self.assertRaises(AccessError):
            request.amount_company = 1

    def test_who_has_written_the_draft_does_not_approve_it(self):
        request = self.ask(1100, is_submitted=False)
        request.with_user(self.manager).amount = 4900
        request.action_submit()
        self.assertRefused(request, message="somebody else")
        self.approve(request, user=self.boss)

    def test_who_ever_sold_to_the_customer_does_not_approve_it(self):
        self.customer.user_id = self.manager
        self.customer.user_id = False
        request = self.ask(1100)
        self.assertRefused(request, message="somebody else")
        self.assertEqual(request.sudo().activity_ids.user_id, self.boss)
