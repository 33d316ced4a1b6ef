"""What is no number, or has no end, is no threshold: nothing is above it, and nothing would be found looser by it."""

import math

from odoo import Command
from odoo.tests import tagged

from ..gate.adversary import AdversaryCommon

NO_NUMBERS = (math.nan, "nan", math.inf, "inf")


@tagged("post_install", "-at_install")
class TestNumbers(AdversaryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager")
        cls.policy = cls.make_policy("limit_exceeded", percent_discount_max=10)
        cls.draft = cls.make_policy("limit_exceeded", is_on=False)
        cls.company.credit_second_person = "required"

    def test_a_policy_bounds_discounts_by_a_number(self):
        policy = self.policy.with_user(self.manager)
        for value in NO_NUMBERS:
            self.assertRefused(policy.write, {"percent_discount_max": value})
        self.assertEqual(self.policy.percent_discount_max, 10)
        policy.percent_discount_max = 5  # stricter

    def test_nor_do_its_parts_begin_as_no_number(self):
        draft = self.draft.with_user(self.manager)
        for value in (math.nan, math.inf):
            rule = {"criterion": "utilisation", "percent": value}
            self.assertRefused(draft.write, {"rule_ids": [Command.create(rule)]})
            self.assertRefused(draft.with_context(default_percent_discount_max=value).create, {"name": "New"})
