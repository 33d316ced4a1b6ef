"""Methods that read what people entered, lines of ratings, caps of ours and of the customer; which count for whom."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .test_proposal import ProposalCommon


class BasisCommon(ProposalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rating = cls.env["credit.rating"].create({"name": "Q"})
        cls.profile.rating_id = cls.rating

    def refer(self, *amounts, days_ago=10):
        for amount in amounts:
            self.env["credit.trade.reference"].create(
                {"profile_id": self.profile.id, "supplier": "Another", "amount": amount,
                 "date": self.today - timedelta(days=days_ago)}
            )

    def line(self, amount, sales=0, years=0):
        self.env["credit.rating.band"].create(
            {"rating_id": self.rating.id, "amount": amount, "amount_turnover_from": sales, "years_from": years}
        )

    def basis(self, *methods, **values):
        lines = [Command.create({"method": name, "weight": weight}) for name, weight in methods]
        return self.env["credit.limit.basis"].create({"name": "Basis", "line_ids": lines, **values})

    def amounts(self):
        return {method.key: method.amount for method in self.profile._get_limit_proposal().methods}


@tagged("post_install", "-at_install")
class TestMethods(BasisCommon):
    def test_what_was_entered_is_one_more_method(self):
        self.set_index(None)
        self.assertNotIn("need", self.amounts())
        self.profile.amount_planned = 182_500  # 500 a day
        self.refer(10_000, 90_000, 20_000)
        self.refer(1_000_000, days_ago=732)
        self.line(5_000)
        self.assertEqual(
            {key: self.amounts()[key] for key in ("need", "trade_reference", "rating_table")},
            {"need": 20_000, "trade_reference": 20_000, "rating_table": 5_000},  # (30 + 10) days
        )
        notes = {name: row["note"].replace("\xa0", " ") for name, row in self.rows().items()}
        self.assertEqual(
            notes["need"], "$ 182,500.00 planned per year ÷ 365 × (30 days of terms + 10 days of safety)"
        )
        self.assertEqual(notes["trade_reference"], "The middle of $ 10,000.00, $ 20,000.00, $ 90,000.00")
        self.assertEqual(notes["rating_table"], "Rating Q with sales of $ 0.00 in 12 months and 0.0 years of trade")

    def test_lines_of_a_rating_ask_for_sales_and_years(self):
        self.line(20_000, sales=1_000, years=1)
        self.sell(1_000, 300)
        self.assertIsNone(self.amounts()["rating_table"])
        self.assertEqual(self.rows()["rating_table"]["note"], "No line of rating Q is reached")
        self.sell(1, 365)  # the first invoice is a year old
        self.assertEqual(self.amounts()["rating_table"], 20_000)

    def test_a_year_is_over_on_its_day(self):
        self.line(20_000, years=3)
        self.sell(1, 1095)  # with a leap day in between: the day before
        self.assertIsNone(self.amounts()["rating_table"])
        self.sell(1, 1096)
        self.assertEqual(self.amounts()["rating_table"], 20_000)

    def test_amounts_of_a_rating_in_a_foreign_currency_are_those_of_today(self):
        self.rating.currency_id = self.setup_other_currency("EUR", rates=[(self.today, 2.0)])
        self.line(20_000, sales=2_000)
        self.sell(1_000, 10)
        self.assertEqual(self.amounts()["rating_table"], 10_000)

    def test_the_lower_of_both_is_one_method(self):
        self.company.credit_is_uk_rule = True
        self.enter_c05()
        self.set_index(None)
        self.assertEqual(self.amounts(), {"uk_rule": 118_000, "payment_history": None})
        note = self.rows()["uk_rule"]["note"].replace("\xa0", " ")
        self.assertEqual(note, "$ 123,400.00 by net worth, $ 118,000.00 by net current assets")


    def test_the_lower_of_both_has_no_answer_where_one_of_them_is_not_used(self):
        self.company.write({"credit_is_uk_rule": True, "credit_percent_net_worth": 0})
        self.enter_c05()
        self.set_index(None)
        self.assertEqual(self.amounts(), {"uk_rule": None, "payment_history": None})
        self.assertEqual(self.rows()["uk_rule"]["note"], "Not used: its percentage is 0 in the settings")


@tagged("post_install", "-at_install")
class TestBasis(BasisCommon):
    def test_for_a_rating_other_methods_count_by_their_weights(self):
        self.enter_c05()
        self.refer(43_000)
        self.set_index(None)
        self.basis(("net_worth", 1), ("trade_reference", 3), ("need", 9), combined="weights",
                   rating_ids=self.rating.ids)
        self.assertEqual(self.amounts(), {"net_worth": 123_400, "need": None, "trade_reference": 43_000})
        combined = self.profile._get_limit_proposal().combined
        self.assertEqual((combined.raw, combined.amount), (63_100, 60_000))  # (123,400 + 3 × 43,000) ÷ 4
        self.assertEqual(self.rows()["combined"]["note"], "Basis")
        self.assertIn("weight 3", self.rows()["trade_reference"]["note"])
        self.assertNotIn("weight", self.rows()["need"]["note"], "what has no answer weighs nothing")
        self.profile.rating_id = False
        self.assertIn("working_capital", self.amounts())

    def test_the_first_basis_that_fits_the_policy_counts(self):
        policy = self.make_policy("limit_exceeded")
        self.basis(("turnover", 1), sequence=1, policy_ids=self.make_policy(is_on=False).ids)
        self.basis(("need", 1), sequence=2, policy_ids=policy.ids)
        self.basis(("net_worth", 1), sequence=3)
        self.assertEqual(self.amounts(), {"need": None})
        self.assertIn("Nobody has entered", self.rows()["need"]["note"])
        policy.action_deactivate()
        self.assertEqual(self.amounts(), {"net_worth": None})

    def test_a_basis_without_a_method_or_a_weight_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "at least one method"):
            self.basis()
        with self.assertRaisesRegex(ValidationError, "all are 0"):
            self.basis(("need", 0), combined="weights")

    def test_only_managers_say_what_counts(self):
        basis = self.basis(("need", 1))
        for role in ("credit_user", "controller"):
            user = self.make_user(role)
            with self.subTest(role), self.assertRaises(AccessError):
                basis.with_user(user).combined = "mean"
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["credit.rating.band"].with_user(user).create({"rating_id": self.rating.id, "amount": 1})


@tagged("post_install", "-at_install")
class TestCaps(BasisCommon):
    def setUp(self):
        super().setUp()
        self.refer(100_000)
        self.set_index(None)

    def caps(self):
        proposal = self.profile._get_limit_proposal()
        return proposal.caps, proposal.combined.amount

    def test_shares_of_our_equity_and_of_all_receivables(self):
        self.company.write(
            {"credit_percent_cap_equity": 5, "credit_amount_own_equity": 900_000, "credit_percent_cap_receivables": 50}
        )
        before = self.company._credit_get_own_receivables()
        self.sell(60_000 - before, 10)
        self.assertEqual(self.caps(), ({"equity": 45_000, "receivables": 30_000}, 30_000))
        rows = {name: row["note"] for name, row in self.rows().items()}
        self.assertEqual(rows["cap_equity"], "5.0 % of our own equity")
        self.assertEqual(rows["cap_receivables"], "50.0 % of all our open receivables")

    def test_a_share_of_what_was_not_entered_is_no_cap(self):
        self.company.write({"credit_percent_cap_equity": 5, "credit_percent_cap_receivables": 50})
        self.sell(-self.company._credit_get_own_receivables(), 10)
        self.assertEqual(self.caps(), ({}, 100_000))
        self.company.credit_amount_own_equity = -1  # entered
        self.assertEqual(self.caps(), ({"equity": 0}, 0))

    def test_the_group_and_the_customers_own_cap(self):
        self.profile.group_id = self.env["credit.group"].create({"name": "Family", "amount_limit": 80_000})
        self.assertEqual(self.caps(), ({"group": 80_000}, 80_000))
        self.env["credit.cap"].create({"profile_id": self.profile.id, "subject": "limit", "amount": 72_000})
        self.assertEqual(self.caps(), ({"group": 80_000, "customer": 72_000}, 70_000))

    def test_no_limit_above_the_customers_cap_is_approved(self):
        self.env["credit.cap"].create({"profile_id": self.profile.id, "subject": "limit", "amount": 72_000})
        manager = self.make_user("manager")

        def ask(**values):
            request = self.env["credit.limit.request"].create(
                {"profile_id": self.profile.id, "reason": "More", **values}
            )
            request.action_submit()
            request.with_user(manager).action_approve()

        for values in ({"amount": 72_000.01}, {"limit_type": "unlimited"}):
            with self.assertRaisesRegex(UserError, "has a cap of"), self.env.cr.savepoint():
                ask(**values)
        ask(amount=72_000)
        self.assertEqual(self.profile.amount_limit, 72_000)
        ask(kind="cap", cap_subject="limit", is_cap_lifted=True)
        ask(limit_type="unlimited")
        self.assertEqual(self.profile.limit_type, "unlimited")


@tagged("post_install", "-at_install")
class TestMany(BasisCommon):
    def test_many_proposals_take_as_many_statements_as_one(self):
        profiles = self.env["credit.profile"].union(
            *(self.profile_of(self.make_customer(1000, name=f"Many {number}")) for number in range(30))
        )
        self.line(5_000)
        profiles.rating_id = self.rating
        self.basis(("rating_table", 1), ("turnover", 1), policy_ids=self.make_policy().ids)

        def statements(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(some._get_limit_proposals()), len(some))
            return self.env.cr.sql_log_count - before

        statements(profiles[:2])
        few, many = statements(profiles[:2]), statements(profiles)
        self.assertEqual(few, many)
