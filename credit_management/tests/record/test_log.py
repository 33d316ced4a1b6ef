"""The log: no right edits it, and what ended in an error is in it."""

from datetime import timedelta

import psycopg2
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import TransactionCase
from odoo.tools import SQL, mute_logger

from ..common import CreditCommon

ROW = {"kind": "check", "document_name": "S00042", "verdict": "hold", "amount": 600.0, "findings": [{"criterion": "x"}]}


@tagged("post_install", "-at_install")
class TestLog(CreditCommon):
    def append(self, **vals):
        return self.env["credit.log"]._append([{**ROW, **vals}])

    def test_a_row_tells_when_and_who(self):
        row = self.append()
        self.assertEqual(row.person_name, self.env.user.name)
        self.assertAlmostEqual(row.date, self.env.cr.now(), delta=timedelta(seconds=2))
        self.assertEqual(row.findings, [{"criterion": "x"}])
        self.assertIn(row, self.env["credit.log"].search([("person_name", "ilike", self.env.user.name)]))

    def test_nobody_writes_creates_or_deletes_a_row_not_even_with_all_rights(self):
        row = self.append().sudo()
        with self.assertRaises(UserError):
            row.write({"verdict": "pass"})
        with self.assertRaises(UserError):
            row.unlink()
        with self.assertRaises(UserError):
            row.create(ROW)

    def test_sql_is_refused_too(self):
        row = self.append()
        statements = (
            SQL("UPDATE credit_log SET verdict = 'pass' WHERE id = %s", row.id),
            SQL("DELETE FROM credit_log WHERE id = %s", row.id),
            SQL("TRUNCATE credit_log CASCADE"),
        )
        for statement in statements:
            refused = self.assertRaises(psycopg2.errors.RaiseException)
            with refused, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_the_purge_opens_the_table_and_leaves_a_row(self):
        row = self.append()
        with self.env["credit.log"]._lift("retention: older than ten years"):
            self.env.cr.execute(SQL("DELETE FROM credit_log WHERE id = %s", row.id))
        self.assertFalse(row.exists())
        last = self.env["credit.log"].search([], limit=1)
        self.assertEqual((last.kind, last.reason), ("purge", "retention: older than ten years"))

    def test_a_person_can_be_made_anonymous_without_touching_a_row(self):
        row = self.append()
        self.env["credit.log.person"].search([("person_ref", "=", self.env.uid)]).action_make_anonymous()
        row.invalidate_recordset()
        self.assertEqual(row.person_name, f"#{self.env.uid}")

    def test_a_seal_tells_that_a_row_was_changed(self):
        row = self.append()
        self.env["credit.log"]._cron_seal()
        self.append()
        self.env["credit.log"]._cron_seal()
        Seal = self.env["credit.log.seal"]
        self.assertFalse(Seal._find_broken())
        with self.env["credit.log"]._lift("a forger with SQL"):
            self.env.cr.execute(SQL("UPDATE credit_log SET verdict = 'pass' WHERE id = %s", row.id))
        self.assertEqual(Seal._find_broken(), Seal.search([("last_id", ">=", row.id)], order="id", limit=1))

    def test_readers_see_the_rows_of_their_companies(self):
        company, _other = self.company, self.env["res.company"].create({"name": "Elsewhere"})
        here, there = self.append(company_ref=company.id), self.append(company_ref=_other.id)
        seen = self.env["credit.log"].with_user(self.make_user("credit_user")).search([])
        self.assertIn(here, seen)
        self.assertNotIn(there, seen)


@tagged("post_install", "-at_install")
class TestLogOfErrors(TransactionCase):
    """Real cursors and real commits: the writer works after the transaction."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.registry.cursor() as cr:
            log = api.Environment(cr, SUPERUSER_ID, {})["credit.log"]
            with log._lift("end of a test"):
                cr.execute("DELETE FROM credit_log WHERE document_name ->> 'en_US' = 'S00042'")
        with self.registry.cursor() as cr:
            cr.execute("SELECT set_config('credit_management.log_lifted', 'on', TRUE)")
            cr.execute("DELETE FROM credit_log WHERE reason ->> 'en_US' = 'end of a test'")

    def work(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})["credit.log"]

    def read(self):
        with self.registry.cursor() as cr:
            rows = self.work(cr).search([("document_name", "=", "S00042")], order="id")
            return [(row.verdict, row.is_undone) for row in rows]

    def test_what_is_committed_stands_once(self):
        with self.registry.cursor() as cr:
            self.work(cr)._append([ROW])
        self.assertEqual(self.read(), [("hold", False)])

    def test_what_is_rolled_back_is_kept_and_says_so(self):
        with self.assertRaises(ZeroDivisionError), self.registry.cursor() as cr:
            self.work(cr)._append([ROW])
            _ = 1 / 0
        self.assertEqual(self.read(), [("hold", True)])

    def test_attempts_of_a_replayed_transaction_are_numbered(self):
        """Rolled back twice, then committed; what comes after the commit is another step, as is another customer's."""
        with self.registry.cursor() as cr:
            for _attempt in range(2):
                self.work(cr)._append([ROW, ROW])
                cr.rollback()
                self.work(cr).env.transaction.reset()  # as Odoo does before it replays
            self.work(cr)._append([ROW, {**ROW, "customer_ref": 0}])
            cr.commit()
            self.work(cr)._append([ROW])
        with self.registry.cursor() as cr:
            rows = self.work(cr).search([("document_name", "=", "S00042")], order="id")
            attempts = [(row.attempt, row.is_undone) for row in rows]
        undone = [(1, True), (1, True), (2, True), (2, True)]
        self.assertEqual(attempts, [*undone, (3, False), (1, False), (1, False)])

    def test_a_refusal_caught_in_a_savepoint_is_kept(self):
        with self.registry.cursor() as cr:
            log = self.work(cr)
            with self.assertRaises(UserError), cr.savepoint():
                log._append([{**ROW, "verdict": "pass"}])
                log._append_after([{**ROW, "verdict": "refuse"}])
                raise UserError("no")
        self.assertEqual(self.read(), [("pass", True), ("refuse", True)])

    def test_what_no_savepoint_can_undo_is_not_asked_for_after_the_commit(self):
        with self.registry.cursor() as cr:
            log = self.work(cr)
            log._append([ROW])
            count = cr.sql_log_count
            cr.commit()
            self.assertEqual(cr.sql_log_count, count)
            with cr.savepoint():
                log._append([{**ROW, "verdict": "pass"}])
            with self.assertRaises(UserError), cr.savepoint():
                log._append([{**ROW, "verdict": "refuse"}])
                raise UserError("no")
        self.assertEqual(self.read(), [("hold", False), ("pass", False), ("refuse", True)])

    def test_the_writer_never_raises(self):
        quiet = mute_logger("odoo.addons.credit_management.models.record.credit_log", "odoo.sql_db")
        with quiet, self.assertRaises(ZeroDivisionError), self.registry.cursor() as cr:
            self.work(cr)._append_after([{**ROW, "no_such_column": 1}])
            _ = 1 / 0
        self.assertEqual(self.read(), [])
