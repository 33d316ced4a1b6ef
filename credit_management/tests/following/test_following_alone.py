"""Nobody makes rules act on less alone: no role, over RPC, by a form, by import."""

from odoo.service.model import call_kw
from odoo.tests import tagged

from ..common import CreditCommon

ROLES = ("sales", "biller", "credit_user", "controller", "manager")


@tagged("post_install", "-at_install")
class TestRulesAlone(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.rule = cls.env["credit.score.rule"].create(
            {"name": "Rule", "company_id": cls.company.id, "action": "lower", "days_due": 7}
        )
        cls.company.credit_second_person = "required"
        cls.users = {role: cls.make_user(role, login=f"rules-{role}") for role in ROLES}

    def test_a_rule_is_made_to_do_less_by_nobody_alone(self):
        loosening = {"points": 50, "active": False, "action": "alert", "percent": 1, "days_due": 300,
                     "when": "class_down"}
        for role, user in self.users.items():
            model = self.rule.with_user(user).browse()
            for name, value in loosening.items():
                ways = {
                    "write": ("write", [self.rule.ids, {name: value}], {}),
                    "form": ("web_save", [self.rule.ids, {name: value}], {"specification": {}}),
                    "import": ("load", [[".id", name], [[str(self.rule.id), str(value)]]], {}),
                }
                before = self.rule[name]
                for way, (method, args, options) in ways.items():
                    self.try_to(lambda model=model, method=method, args=args, options=options: call_kw(
                        model, method, args, options))
                    self.rule.invalidate_recordset()
                    with self.subTest(role=role, name=name, way=way):
                        self.assertEqual(self.rule[name], before)

    def test_a_rule_is_taken_away_by_nobody_alone(self):
        for role, user in self.users.items():
            self.try_to(lambda user=user: call_kw(self.rule.with_user(user).browse(), "unlink", [self.rule.ids], {}))
            with self.subTest(role):
                self.assertTrue(self.rule.exists())

    def test_one_more_rule_takes_a_manager_alone(self):
        rule = self.env["credit.score.rule"].with_user(self.users["manager"]).create(
            {"name": "One more", "company_id": self.company.id, "action": "alert"}
        )
        self.assertTrue(rule.active)
