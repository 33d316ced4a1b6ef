"""Whoever decides on a change reads what it would free, as of now.

The limit is 1,000; orders of 1,100 and 1,500 wait, together 2,600. With a tolerance of 150 the first passes, and with
it the second does not.
"""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..change.test_loosening_whole import WholeCommon


@tagged("post_install", "-at_install")
class TestFreed(WholeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["credit.hold"].search([("state", "=", "open")])._set_cancelled()
        cls.orders = [cls.make_order(cls.customer, price, user_id=cls.seller.id) for price in (1100, 1500)]
        for order in cls.orders:
            order.with_user(cls.seller).with_context(credit_interactive=True).action_confirm()

    def assertFrees(self, record, vals, text, operation="write"):  # noqa: N802
        change = self.ask(record, vals, operation=operation)
        before = self.env["credit.log"].search_count([])
        self.env.invalidate_all()
        self.assertIn(text, change.with_user(self.boss).freed_text.replace("\xa0", " "))
        self.assertHeld(*self.orders)
        self.assertEqual(self.env["credit.log"].search_count([]), before)
        change.with_user(self.boss).action_apply()
        self.commit()
        return change

    def test_a_higher_tolerance(self):
        text = "1 of 2 documents on hold, $ 1,100.00 of $ 2,600.00"
        change = self.assertFrees(self.policy.rule_ids, {"amount_tolerance": 150}, text)
        self.assertConfirmed(self.orders[0])
        self.assertHeld(self.orders[1])
        self.assertFalse(change.freed_text)

    def test_a_rule_that_warns_and_one_that_goes(self):
        both = "2 of 2 documents on hold, $ 2,600.00 of $ 2,600.00"
        for vals, operation in (({"effect_order": "warn"}, "write"), ({}, "unlink")):
            savepoint = self.env.cr.savepoint()
            self.assertFrees(self.policy.rule_ids, vals, both, operation)
            self.assertConfirmed(*self.orders)
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_a_policy_that_is_switched_off_or_gives_way(self):
        self.assertFrees(self.policy, {"state": "draft"}, "2 of 2")

    def test_a_new_policy_that_comes_first(self):
        vals = {"name": "Lenient", "scope": "all", "state": "on", "sequence": 0}
        self.assertFrees(self.env["credit.policy"], vals, "2 of 2", operation="create")

    def test_a_rule_that_tightens_something_else_frees_nothing(self):
        vals = {"days_terms_max": 60}
        self.assertFrees(self.policy, vals, "0 of 2 documents on hold, 0 of $ 2,600.00")

    def test_of_one_customer_it_says_what_waits(self):
        other = self.profile_of(self.make_customer(1000))
        change = self.ask(self.profile, {"is_excluded": True})
        self.assertIn("2 documents on hold ($ 2,600.00)", change.with_user(self.boss).freed_text.replace("\xa0", " "))
        change = self.ask(other, {"is_excluded": True})
        self.assertIn("No document waits", change.with_user(self.boss).freed_text)

    def test_the_preview_shows_the_policy_with_the_change(self):
        change = self.ask(self.policy.rule_ids, {"amount_tolerance": 150})
        action = change.with_user(self.boss).action_preview()
        preview = self.env["credit.policy.preview"].browse(action["res_id"])
        self.assertNotIn(self.orders[0], preview.line_ids.filtered(lambda line: line.verdict == "hold").order_id)
        self.assertFalse(self.ask(self.profile, {"is_excluded": True}).is_previewed)

    def test_whoever_asks_reads_nothing_of_what_waits(self):
        change = self.ask(self.orders[0], {"credit_is_excluded": True}, user=self.manager)
        with self.assertRaises(AccessError):
            change.with_user(self.seller).read(["freed_text"])
