"""What several methods propose as a limit, with what they read, and how it is asked for."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CreditCommon


class ProposalCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(30000)
        cls.profile = cls.profile_of(cls.customer)
        cls.customer.property_payment_term_id = cls.env.ref("account.account_payment_term_30days")
        cls.company.write({"credit_percent_cap": 0, "credit_amount_step": 5000, "credit_percent_turnover": 0})

    def enter(self, amounts, day=None):
        lines = [Command.create({"item": item, "amount": amount, "is_known": True}) for item, amount in amounts.items()]
        return self.env["credit.financials"].create(
            {"profile_id": self.profile.id, "date_end": day or date(self.today.year - 1, 12, 31), "line_ids": lines}
        )

    def enter_c05(self):
        return self.enter({"equity": 1_234_000, "assets_current": 790_000, "liabilities_current": 200_000})

    def sell(self, amount, days_ago):
        day = self.today - timedelta(days=days_ago)
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": day,
                "invoice_payment_term_id": False,
                "invoice_date_due": day,
                "invoice_line_ids": [
                    Command.create({"product_id": self.article.id, "price_unit": amount, "tax_ids": [Command.clear()]})
                ],
            }
        )
        invoice.action_post()
        return invoice

    def set_index(self, index):
        """Say how the customer pays, as the nightly job would keep it."""
        self.patch(
            self.registry["credit.profile"], "_get_payment_indexes",
            lambda profiles, _day: dict.fromkeys(profiles.ids, index),
        )

    def rows(self):
        return {row["name"]: row for row in self.profile._prepare_proposal()}


@tagged("post_install", "-at_install")
class TestProposal(ProposalCommon):
    def test_c05_side_by_side_the_lowest_rounded_down(self):
        self.enter_c05()
        self.sell(47_500, 40)
        self.set_index(85)
        proposal = self.profile._get_limit_proposal()
        self.assertEqual([method.amount for method in proposal.methods], [123_400, 118_000, 47_500])
        self.assertEqual((proposal.combined.raw, proposal.combined.amount), (47_500, 45_000))

    def test_c05_the_own_cap_binds_before_it_is_rounded(self):
        self.enter_c05()
        self.sell(47_500, 40)
        self.set_index(85)
        self.patch(self.registry["res.company"], "_credit_get_own_sales", lambda _company: 400_000)
        self.company.credit_percent_cap = 10
        combined = self.profile._get_limit_proposal().combined
        self.assertEqual((combined.cap, combined.amount), (40_000, 40_000))

    def test_c05_who_pays_late_gets_no_more_by_its_history(self):
        self.enter_c05()
        self.sell(47_500, 40)
        self.set_index(72)
        rows = self.rows()
        self.assertEqual(rows["payment_history"]["text"], "–")
        self.assertEqual(
            rows["payment_history"]["note"],
            "Payment index 72.0 is below 80.0: who pays late gets no more by its history",
        )
        self.assertEqual(self.profile._get_limit_proposal().combined.amount, 115_000)

    def test_each_method_says_what_it_read_and_what_is_granted(self):
        self.enter_c05()
        self.sell(47_500, 40)
        self.set_index(85)
        rows = self.rows()
        self.assertRegex(rows["net_worth"]["note"], r"10\.0 % of \D*1,234,000\.00 on 12/31/\d{4}")
        self.assertRegex(
            rows["payment_history"]["note"], r"Highest month \D*47,500\.00 × 30 days of terms ÷ 30; payment index 85\.0"
        )
        self.assertIn("45,000.00", rows["proposed"]["text"])
        self.assertIn("30,000.00", rows["granted"]["text"])

    def test_without_anything_nothing_is_proposed_and_each_method_says_why(self):
        self.set_index(None)
        rows = self.rows()
        self.assertEqual(rows["proposed"]["text"], "–")
        self.assertEqual(rows["combined"]["note"], "No method has an answer")
        self.assertIn("Not in financial statements of the last 2 years", rows["net_worth"]["note"])
        self.assertEqual(rows["payment_history"]["note"], "Nothing was sold in 12 months")
        with self.assertRaisesRegex(UserError, "No method proposes a limit for Customer"):
            self.profile._request_proposed()

    def test_a_new_customer_has_no_payment_index_and_one_without_terms_no_history(self):
        self.sell(1_000, 40)
        self.set_index(None)
        self.assertIn("No payment index", self.rows()["payment_history"]["note"])
        self.set_index(90)
        self.customer.property_payment_term_id = False
        self.assertEqual(self.rows()["payment_history"]["note"], "The customer has no payment terms")

    def test_a_negative_net_worth_proposes_nothing(self):
        self.enter({"equity": -100_000, "assets_current": 790_000, "liabilities_current": 200_000})
        self.set_index(None)
        combined = self.profile._get_limit_proposal().combined
        self.assertEqual((combined.raw, combined.amount), (0, 0))

    def test_statements_of_long_ago_say_nothing_of_today(self):
        self.enter({"equity": 1_000_000}, self.today - timedelta(days=731 + 1))
        self.set_index(None)
        self.assertFalse(self.profile._get_limit_proposal().financials)

    def test_the_highest_of_the_months_of_a_year_less_credit_notes(self):
        month = self.today.replace(day=1) - timedelta(days=1)  # the last day of the month before
        days = (self.today - month).days
        self.sell(300, days)
        self.sell(200, days)
        self.sell(400, days + 35)
        self.sell(9_000, 366)
        self.assertEqual(self.profile._get_highest_months()[self.profile.id], 500)
        self.assertEqual(self.profile._get_sales()[self.profile.id], 900)

    def test_methods_that_are_switched_off_are_not_there(self):
        self.company.write({"credit_percent_net_worth": 0, "credit_percent_working_capital": 0})
        self.assertEqual([method.key for method in self.profile._get_limit_proposal().methods], ["payment_history"])

    def test_what_we_sold_to_all_is_what_the_cap_is_of(self):
        before = self.company._credit_get_own_sales()
        self.sell(1_000, 10)
        self.sell(5_000, 366)
        self.assertEqual(self.company._credit_get_own_sales() - before, 1_000)

    def test_the_proposal_is_asked_for_and_changes_nothing_by_itself(self):
        self.enter_c05()
        self.set_index(None)
        controller = self.make_user("controller")
        wizard = self.env["credit.limit.proposal"].with_user(controller).create({"profile_id": self.profile.id})
        self.assertEqual([row["name"] for row in wizard.rows][-1], "granted")
        action = wizard.action_request()
        context = action["context"]
        self.assertEqual((action["res_model"], context["default_amount"]), ("credit.limit.request", 115_000))
        request = self.env["credit.limit.request"].with_user(controller).with_context(**context).create({})
        request.action_submit()
        self.assertRegex(request.reason, r"^Limit proposal of \d+/\d+/\d+: \D*115,000\.00\.")
        self.assertNotIn("1,234,000", request.reason)
        self.assertEqual(request.state, "submitted")
        self.assertEqual(self.profile.amount_limit, 30_000)

    def test_a_controller_of_another_company_sees_none(self):
        other = self.env["res.company"].create({"name": "Another"})
        user = self.make_user("controller")
        user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for call in ("_prepare_proposal", "_request_proposed"):
            with self.subTest(call), self.assertRaises(AccessError):
                getattr(self.profile.with_user(user), call)()

    def test_nobody_below_a_controller_sees_a_proposal(self):
        for role in ("credit_user", "sales", "biller"):
            user = self.make_user(role)
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["credit.limit.proposal"].with_user(user).create({"profile_id": self.profile.id})
            with self.subTest(role), self.assertRaises(AccessError):
                self.profile.with_user(user)._prepare_proposal()
