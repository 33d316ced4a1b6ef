"""A deposit costs the confirmation nothing: what it looks at is read with the facts."""

from odoo import Command
from odoo.tests import tagged

from ..gate import test_queries


@tagged("post_install", "-at_install")
class TestQueriesOfDeposits(test_queries.ManyCommon):
    """The same orders, and the same statements, under a policy with deposits that nobody reaches."""

    def with_deposits(self, orders, *deposits):
        policy = self.make_policy({"criterion": "deposit_missing"}, sequence=0, deposit_rule_ids=[
            Command.create({"percent": 30, "amount_from": 10**8 + number, "amount_to": 10**8 + number + 1, **deposit})
            for number, deposit in enumerate(deposits)
        ])
        count = self.check(orders)
        policy.action_deactivate()
        return count

    def test_deposits_by_rating_lateness_amount_and_terms_take_no_statement(self):
        orders = self.make_orders(20, 4)
        rating = self.env["credit.rating"].create({"name": "C"})
        terms = self.env["account.payment.term"].search([], limit=1)
        none = self.with_rules(orders, {"criterion": "deposit_missing"})
        many = self.with_deposits(
            orders, {}, {"rating_ids": rating.ids}, {"is_overdue": True, "days_overdue": 10}, {"term_ids": terms.ids},
        )
        self.assertLessEqual(many, none)

    def test_new_customers_take_one_statement_for_all_orders(self):
        none = self.with_deposits(self.make_orders(20, 4), {})
        for number in (2, 20):
            orders = self.make_orders(number, min(number, 4))
            self.assertLessEqual(self.with_deposits(orders, {"is_new": True}, {"is_new": True}), none + 1)

    def test_two_deposits_by_payment_index_take_as_many_statements_as_one(self):
        orders = self.make_orders(20, 4)
        one = self.with_deposits(orders, {"percent_index": 80})
        self.assertLessEqual(self.with_deposits(orders, {"percent_index": 80}, {"percent_index": 70}), one)
