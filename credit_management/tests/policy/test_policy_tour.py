"""A policy in a real browser: each of its rules asks for what its criterion uses."""

from odoo.tests import HttpCase, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestPolicyTour(CreditCommon, HttpCase):
    def test_a_manager_adds_a_rule(self):
        self.make_user("sales", "manager", login="policy_manager")
        policy = self.make_policy({"criterion": "limit_exceeded", "amount_tolerance": 25}, is_on=False)
        self.start_tour(f"/odoo/credit-policies/{policy.id}", "credit_policy_rules", login="policy_manager")
        rules = [(rule.criterion, rule.amount) for rule in policy.rule_ids]
        self.assertEqual(rules, [("limit_exceeded", 0), ("document_amount", 5000)])
