"""A company and its branches are one legal company: one file, one policy, one limit, one debt, one day."""

from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import CreditCommon
from .test_queries import QueryCommon


class BranchCommon(CreditCommon):
    """A company with two branches; its customer may owe 1,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch, cls.second = cls.env["res.company"].create(
            [{"name": name, "parent_id": cls.company.id} for name in ("Branch North", "Branch South")]
        )
        cls.env.user.company_ids += cls.branch + cls.second
        cls.env.cr.precommit.run()  # core gives branches the chart of their company then
        cls.customer = cls.make_customer(1000, "March Ltd")

    @classmethod
    def make_branch_user(cls, *roles, company=None, **values):
        """Create a user who has nothing but a branch among his companies."""
        return cls.make_user(*roles, company_id=(company or cls.branch).id, **values)

    @classmethod
    def bill_in(cls, company, amount, **values):
        """Post an invoice of a company."""
        journal = cls.company_data["default_journal_bank"].search(
            [("company_id", "=", cls.company.id), ("type", "=", "sale")], limit=1
        )
        values = {"company_id": company.id, "journal_id": journal.id, **values}
        invoice = cls.make_invoice(cls.customer, amount, post=False, **values)
        invoice.action_post()
        assert invoice.company_id == company
        return invoice

    def order_in(self, company, amount, **values):
        return self.make_order(self.customer, amount, company_id=company.id, **values)


@tagged("post_install", "-at_install")
class TestBranches(BranchCommon):
    def confirm_by(self, user, order):
        """Confirm an order at the screen, as somebody who has only his branch."""
        companies = user.company_ids.ids
        mine = order.with_user(user).with_context(allowed_company_ids=companies, credit_interactive=True)
        mine.action_confirm()

    # -- the cases of the issue --------------------------------------------------------------------

    def test_an_order_of_a_branch_is_held_for_the_debt_of_the_parent_and_released_there(self):
        self.make_policy("limit_exceeded")
        self.bill_in(self.company, 900)
        order = self.order_in(self.branch, 500)
        self.confirm_by(self.make_branch_user("sales"), order)
        self.assertHeld(order)
        hold = self.hold_of(order)
        self.assertEqual((hold.profile_id, hold.company_id), (self.profile_of(self.customer), self.company))
        self.assertEqual((hold.amount, hold.amount_over), (500, 400))
        controller = self.make_branch_user("manager", "controller", login="controller of the branch")
        self.release(order, controller)
        self.assertConfirmed(order)

    def test_an_order_of_the_parent_is_held_for_the_debt_of_a_branch(self):
        self.make_policy("limit_exceeded")
        self.bill_in(self.branch, 900)
        order = self.order_in(self.company, 500)
        self.confirm_by(self.make_user("sales"), order)
        self.assertHeld(order)
        self.assertEqual(self.hold_of(order).amount_over, 400)

    def test_an_order_of_a_branch_is_held_for_the_debt_of_another_branch(self):
        self.make_policy("limit_exceeded")
        self.bill_in(self.second, 900)
        order = self.order_in(self.branch, 500)
        self.confirm_by(self.make_branch_user("sales"), order)
        self.assertHeld(order)

    def test_a_policy_of_every_company_sees_the_whole_company_in_a_branch(self):
        self.make_policy("limit_exceeded", company_id=False)
        self.bill_in(self.company, 900)
        order = self.order_in(self.branch, 500)
        self.confirm_by(self.make_branch_user("sales"), order)
        self.assertHeld(order)

    def test_who_confirms_by_code_in_a_branch_is_refused(self):
        self.make_policy("limit_exceeded")
        self.bill_in(self.company, 900)
        order = self.order_in(self.branch, 500)
        with self.assertRaisesRegex(UserError, "on credit hold"):
            order.with_user(self.make_branch_user("sales")).action_confirm()

    def test_a_held_order_of_a_branch_goes_on_when_the_parents_invoice_is_paid(self):
        self.make_policy("limit_exceeded")
        invoice = self.bill_in(self.company, 900)
        order = self.order_in(self.branch, 500)
        self.confirm(order)
        self.assertHeld(order)
        self.pay(invoice)
        self.commit()
        self.assertConfirmed(order)

    def test_an_invoice_of_a_branch_is_refused_by_the_policy_of_the_parent(self):
        self.make_policy("limit_exceeded")
        self.bill_in(self.company, 900)
        with self.assertRaisesRegex(UserError, "on credit hold"):
            self.bill_in(self.branch, 200)

    # -- the figures -------------------------------------------------------------------------------

    def test_the_exposure_adds_up_the_documents_of_the_whole_company(self):
        self.bill_in(self.company, 100)
        self.bill_in(self.branch, 20, days_overdue=5)
        self.order_in(self.second, 3).action_confirm()
        self.assertExposure(self.customer, 123, overdue=20, not_due=100, orders=3)
        profile = self.profile_of(self.customer)
        self.assertEqual(self.profile_of(self.customer, self.branch), profile)
        self.assertEqual((profile.amount_overdue, profile.days_overdue_max), (20, 5))

    def test_a_payment_in_a_branch_is_netted_against_what_is_overdue_in_the_parent(self):
        self.bill_in(self.company, 100, days_overdue=5)
        self.receive(self.customer, 40, company_id=self.branch.id)
        self.assertEqual(self.profile_of(self.customer).amount_overdue, 60)

    def test_the_lines_of_the_exposure_are_those_of_all_branches(self):
        self.bill_in(self.company, 100)
        self.bill_in(self.branch, 20)
        self.order_in(self.second, 3).action_confirm()
        user = self.make_branch_user("credit_user", "biller")
        profile = self.profile_of(self.customer).with_user(user)
        action = profile.action_open_exposure()
        lines = profile.env["credit.exposure.line"].with_context(**action["context"]).search(action["domain"])
        self.assertEqual(sorted(lines.mapped("amount_counted")), [3, 20, 100])
        self.assertEqual(profile.amount_exposure, 123)
        self.assertEqual(lines.company_id, self.company)
        named = {line.amount: line.document_name for line in lines}
        self.assertEqual((named[3], named[100]), ("(no access)", "(no access)"))
        self.assertNotEqual(named[20], "(no access)")

    def test_a_promise_is_kept_by_a_payment_in_a_branch(self):
        profile = self.profile_of(self.customer)
        self.bill_in(self.company, 100, days_overdue=5)
        invoice = self.bill_in(self.branch, 50)
        promise = self.env["credit.promise"].create({
            "profile_id": profile.id, "amount": 50, "date_promised": self.today,
            "invoice_ids": [Command.set(invoice.ids)],
        })
        self.assertEqual(promise.state, "open")
        self.pay(invoice)
        self.env.flush_all()
        promise.invalidate_recordset()
        self.assertEqual(promise.state, "kept")

    def test_a_dispute_of_a_branchs_invoice_counts_in_the_file(self):
        invoice = self.bill_in(self.branch, 50, days_overdue=5)
        self.env["credit.dispute"].create(
            {"move_id": invoice.id, "amount": 20, "reason": "Wrong price"}
        )
        profile = self.profile_of(self.customer)
        self.assertEqual((profile.amount_disputed, profile.amount_overdue), (20, 30))

    def test_the_day_of_a_branch_is_its_companys(self):
        self.company.credit_tz = "Pacific/Auckland"
        self.branch.partner_id.tz = "Pacific/Honolulu"
        with patch.object(self.env.cr.__class__, "now", lambda _cursor: datetime(2026, 6, 15, 20, 0)):
            self.assertEqual(str(self.branch._credit_today()), "2026-06-16")

    # -- settings ----------------------------------------------------------------------------------

    def test_a_branch_counts_what_its_company_counts(self):
        self.company.write({"credit_count_orders": False, "credit_days_horizon": 7})
        self.assertFalse(self.branch.credit_count_orders)
        self.assertEqual(self.second.credit_days_horizon, 7)
        third = self.env["res.company"].create({"name": "Branch West", "parent_id": self.company.id})
        self.assertEqual((third.credit_count_orders, third.credit_days_horizon), (False, 7))
        with self.assertRaises(ValidationError):
            self.branch.credit_count_orders = True

    def test_what_the_company_changes_is_logged_once(self):
        self.make_policy("limit_exceeded")
        before = self.env["credit.log"].search([("kind", "=", "change")])
        self.company.credit_days_horizon = 7
        rows = self.env["credit.log"].search([("kind", "=", "change")]) - before
        self.assertEqual((len(rows), rows.company_ref), (1, self.company.id))

    # -- whose is what -----------------------------------------------------------------------------

    def test_files_policies_and_authorities_belong_to_the_company_not_to_a_branch(self):
        for model, values in (
            ("credit.profile", {"partner_id": self.env["res.partner"].create({"name": "New"}).id}),
            ("credit.policy", {"name": "Of a branch"}),
            ("credit.authority", {"name": "Of a branch", "user_ids": [Command.set(self.env.user.ids)]}),
        ):
            with self.subTest(model), self.assertRaisesRegex(ValidationError, "Branch North is a branch of"):
                self.env[model].create({**values, "company_id": self.branch.id})

    def test_a_policy_that_is_made_in_a_branch_is_its_companys(self):
        policy = self.env["credit.policy"].with_company(self.branch).create({"name": "Made there"})
        self.assertEqual(policy.company_id, self.company)

    def test_cores_limit_is_the_same_in_the_company_and_its_branches(self):
        for company in (self.company, self.branch, self.second):
            self.assertEqual(self.customer.with_company(company).credit_limit, 1000)
        self.customer.with_company(self.branch).credit_limit = 700
        self.assertEqual(self.profile_of(self.customer).amount_limit, 700)
        self.assertEqual(self.customer.with_company(self.second).credit_limit, 700)

    # -- who sees it -------------------------------------------------------------------------------

    def test_who_has_only_a_branch_works_with_the_file_of_the_company(self):
        policy = self.make_policy("limit_exceeded")
        self.bill_in(self.company, 900)
        order = self.order_in(self.branch, 500)
        user = self.make_branch_user("sales", "manager", "biller")
        self.confirm_by(user, order)
        env = self.env(user=user, context={"allowed_company_ids": self.branch.ids})
        profile = env["credit.profile"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(profile.id, self.profile_of(self.customer).id)
        self.assertEqual((profile.amount_exposure, profile.amount_available), (900, 100))
        self.assertEqual(env["credit.hold"].search([("profile_id", "=", profile.id)]), self.hold_of(order))
        self.assertIn(policy, env["credit.policy"].search([]))
        self.assertTrue(env["credit.log"].search([("customer_ref", "=", self.customer.id)]))
        customer = env["res.partner"].browse(self.customer.id)
        self.assertEqual(customer.credit_profile_id, profile)
        self.assertEqual(customer.credit_amount_exposure, 900)
        panel = env["sale.order"].browse(order.id)._credit_get_panel()
        self.assertIn("1,000.00", str(panel))

    def test_who_has_another_company_sees_nothing_of_it(self):
        self.make_policy("limit_exceeded")
        self.bill_in(self.company, 900)
        order = self.order_in(self.branch, 500)
        self.confirm(order)
        other = self.env["res.company"].create({"name": "Other"})
        user = self.make_user("manager", "biller", login="stranger", company_id=other.id)
        env = self.env(user=user, context={"allowed_company_ids": other.ids})
        for model in ("profile", "hold", "exposure.line", "snapshot", "limit.request", "release"):
            with self.subTest(model):
                self.assertFalse(env[f"credit.{model}"].search([]))
        self.assertFalse(env["credit.policy"].search([("company_id", "!=", False)]))
        self.assertFalse(env["credit.log"].search([("customer_ref", "=", self.customer.id)]))


@tagged("post_install", "-at_install")
class TestQueriesOfBranches(BranchCommon, QueryCommon):
    def test_a_check_in_a_branch_costs_what_it_costs_in_the_company(self):
        self.make_policy("limit_exceeded", "overdue_days")
        orders = [self.order_in(company, 10) for company in (self.company, self.branch)]
        for order in orders:
            order._credit_gate("order")  # what is read once per server
        of_company, of_branch = (self.statements(lambda o=order: o._credit_gate("order")) for order in orders)
        self.assertLessEqual(of_branch, of_company)

    def test_a_list_costs_the_same_whoever_looks(self):
        counts = []
        for company in (self.company, self.branch):
            user = self.make_user("manager", login=f"of {company.name}", company_id=company.id)
            Profile = self.env["credit.profile"].with_user(user).with_context(allowed_company_ids=company.ids)
            names = {"partner_id": {"fields": {"display_name": {}}}, "amount_exposure": {}, "currency_id": {}}

            def look(Profile=Profile, names=names):  # noqa: N803
                Profile.web_search_read([], names, limit=80)

            look()
            counts.append(self.statements(look))
        self.assertLessEqual(counts[1], counts[0] + 1)  # core asks once what the branch is a branch of
