"""Undoing a run lowers the levels of all its customers: orders that were held for them pass."""

from odoo.exceptions import RedirectWarning
from odoo.tests import tagged

from ..dunning.common import LevelOneCommon


@tagged("post_install", "-at_install")
class TestWhoUndoes(LevelOneCommon):
    """An invoice of 100 has come to level 1, from which orders are held."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager")

    def setUp(self):
        super().setUp()
        self.invoice(100, "2026-02-20")
        self.run = self.ran("2026-03-02")
        self.order = self.make_held(self.customer, 50)

    def undo(self, user):
        return self.env["credit.dunning.undo"].with_user(user).create(
            {"run_id": self.run.id, "reason": "Wrong day"}
        ).action_apply()

    def get_rows(self):
        domain = [("res_model", "=", "credit.dunning.run"), ("res_id", "=", self.run.id), ("kind", "=", "change")]
        return self.env["credit.log"].search(domain)

    def assertGuarded(self, user):  # noqa: N802
        with self.assertRaises(RedirectWarning) as refusal, self.env.cr.savepoint():
            self.undo(user)
        self.assertEqual((self.level_of(), self.run.state, self.run.notice_ids.state), (1, "done", "sent"))
        return {**refusal.exception.args[3], "default_reason": "Sent by mistake"}

    def test_it_takes_a_second_person_where_the_company_asks_for_one(self):
        self.company.credit_second_person = "required"
        context = self.assertGuarded(self.biller)
        change = self.env["credit.change"].with_user(self.biller).with_context(**context).create({})
        self.assertEqual((change.state, change.is_any, self.level_of()), ("waiting", True, 1))
        change.with_user(self.manager).action_apply()
        self.commit()
        self.assertEqual((self.run.state, self.run.notice_ids.state, self.level_of()), ("undone", "undone", 0))
        self.assertNotEqual(self.order.credit_hold_state, "held")
        self.assertEqual(self.get_rows().person_ref, self.manager.id)

    def test_where_it_is_told_it_is_logged(self):
        self.company.credit_second_person = "told"
        self.undo(self.biller)
        row = self.get_rows()
        self.assertEqual((row.person_ref, row.verdict, row.company_ref), (self.biller.id, "looser", self.company.id))
        self.assertIn("Undone", row.value_after)
        self.assertEqual(self.level_of(), 0)

    def test_nobody_undoes_what_was_said_to_the_own_customer(self):
        self.company.credit_second_person = "told"
        self.customer.user_id = self.biller
        self.assertGuarded(self.biller)

    def test_a_run_for_tests_is_undone_by_one(self):
        self.company.credit_second_person = "required"
        self.run.sudo().test_email = "test@house.example"
        self.run.notice_ids.sudo().is_test = True
        self.undo(self.biller)
        self.assertEqual(self.run.state, "undone")
        self.assertFalse(self.get_rows())

    def test_what_is_sent_is_no_row_of_the_log(self):
        self.assertFalse(self.get_rows())
