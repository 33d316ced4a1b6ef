"""Deposits of a policy: what they may say, what they say in words, and that nobody loosens them alone."""

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...models.record.words import read_words
from ..common import CreditCommon


class RuleCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.make_policy("deposit_missing")
        cls.rating = cls.env["credit.rating"].create({"name": "C"})

    def add(self, **values):
        return self.env["credit.deposit.rule"].create({"policy_id": self.policy.id, **values})


@tagged("post_install", "-at_install")
class TestDepositRules(RuleCommon):
    def test_what_cannot_be_meant_is_refused_with_a_sentence(self):
        for values, sentence in (
            ({"percent": 101}, "A deposit of 101 % cannot be asked for"),
            ({"percent": 0}, "more than 0 and at most 100"),
            ({"kind": "amount", "amount": 0}, "must be more than 0"),
            ({"kind": "amount", "amount": 5000, "amount_from": 1000}, "above the total of an order of"),
            ({"amount_from": 1000, "amount_to": 1000}, "asked of no order"),
            ({"is_new": True, "days_customer": 0}, "for how many days a customer is new"),
        ):
            with self.subTest(sentence), self.assertRaisesRegex(ValidationError, sentence), self.env.cr.savepoint():
                self.add(**values)

    @mute_logger("odoo.sql_db")
    def test_nothing_is_negative(self):
        for name in ("amount_most", "amount_step", "amount_from", "amount_to", "days_overdue", "percent_index"):
            with self.subTest(name), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.add(**{name: -1})
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.add(kind="amount", amount=-5)

    def test_bands_of_the_same_customers_do_not_overlap(self):
        self.add(percent=20, amount_from=1000, amount_to=5000)
        self.add(percent=30, amount_from=5000)
        self.add(percent=50, amount_from=1000, rating_ids=[Command.set(self.rating.ids)])
        with self.assertRaisesRegex(ValidationError, "Let one end where the other begins"), self.env.cr.savepoint():
            self.add(percent=25, amount_from=4999.99, amount_to=6000)

    def test_they_say_in_words_of_whom_and_how_much(self):
        rule = self.add(percent=30, rating_ids=[Command.set(self.rating.ids)], amount_from=1000, amount_most=500)
        self.assertEqual(rule.whom, "rated C, orders from $\xa01,000.00 on")
        self.assertEqual(rule.asked, "30 %, at most $\xa0500.00")
        self.assertEqual(self.add(percent=10).whom, "every order")

    def test_a_rename_is_in_the_next_finding(self):
        category = self.env["product.category"].create({"name": "Tents"})
        self.add(percent=30, rating_ids=[Command.set(self.rating.ids)], category_ids=[Command.set(category.ids)])
        self.assertEqual(self.whom_kept(), "rated C, orders with Tents")
        self.rating.name = "Cautious"
        self.assertEqual(self.whom_kept(), "rated Cautious, orders with Tents")
        category.name = "Camping"
        self.assertEqual(self.whom_kept(), "rated Cautious, orders with Camping")
        self.rating.update_field_translations("name", {"en_US": "Careful"})
        self.assertEqual(self.whom_kept(), "rated Careful, orders with Camping")

    def whom_kept(self):
        """Return of whom the deposit is, as decisions read it."""
        self.env.flush_all()
        snapshot = self.env["credit.policy"]._get_active_snapshots(self.company.id)[0]
        return read_words(self.env, snapshot["policy"].deposit_rules[0].words)

    def test_a_policy_whose_deposits_nothing_waits_for_says_so(self):
        self.add(percent=10)
        self.assertNotIn("nothing waits", "".join(self.policy._get_doubts(self.company)))
        self.policy.rule_ids.write(dict.fromkeys(
            (f"effect_{checkpoint}" for checkpoint, _label in self.policy.rule_ids._get_checkpoints()), "warn"
        ))
        self.assertIn("nothing waits", "".join(self.policy._get_doubts(self.company)))

    def test_a_rule_that_asks_for_nothing_is_a_defect_until_there_is_a_deposit(self):
        rule = self.policy.rule_ids
        self.assertIn("asks for no deposit", rule._get_defect())
        self.add(percent=10)
        self.assertFalse(rule._get_defect())

    def test_what_is_tried_out_may_bring_deposits(self):
        customer = self.make_customer(100_000)
        self.confirm(self.make_order(customer, 1000))
        tried = self.policy._try_out({"deposit_rule_ids": [Command.create({"percent": 40})]})
        self.assertEqual([rule.percent for rule in tried._to_engine().deposits], [40])
        with self.assertRaises(ValidationError):
            self.policy._try_out({"deposit_rule_ids": [Command.create({"percent": 140})]})

    def test_a_copy_of_a_policy_has_its_deposits(self):
        self.add(percent=10)
        self.assertEqual(self.policy.copy().deposit_rule_ids.mapped("percent"), [10])


@tagged("post_install", "-at_install")
class TestNobodyLoosensADepositAlone(RuleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", login="first")
        cls.colleague = cls.make_user("manager", login="second")
        cls.company.credit_second_person = "required"
        cls.rule = cls.env["credit.deposit.rule"].create({"policy_id": cls.policy.id, "percent": 30})

    def test_a_manager_tightens_alone(self):
        mine = self.rule.with_user(self.manager)
        mine.percent = 40
        mine.create({"policy_id": self.policy.id, "percent": 50, "amount_from": 500, "rating_ids": self.rating.ids})
        self.assertEqual(self.policy.deposit_rule_ids.mapped("percent"), [40, 50])

    def test_a_manager_loosens_nothing_alone(self):
        for vals in (
            {"percent": 29}, {"amount_from": 100}, {"amount_most": 10}, {"rating_ids": [Command.set(self.rating.ids)]},
            {"is_overdue": True}, {"is_new": True}, {"percent_index": 50}, {"kind": "amount", "amount": 1},
        ):
            with self.subTest(vals), self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                self.rule.with_user(self.manager).write(vals)
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.rule.with_user(self.manager).unlink()
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.policy.with_user(self.manager).deposit_rule_ids = [Command.update(self.rule.id, {"percent": 1})]
        self.assertEqual(self.rule.percent, 30)

    def test_nobody_else_writes_them(self):
        for roles in (("sales",), ("biller",), ("credit_user",), ("controller",)):
            user = self.make_user(*roles, login=f"x-{roles[0]}")
            for operation in ("create", "write", "unlink"):
                with self.subTest(f"{roles} {operation}"):
                    self.assertFalse(self.rule.with_user(user).has_access(operation))
            with self.assertRaises(AccessError):
                self.rule.with_user(user).percent = 50
