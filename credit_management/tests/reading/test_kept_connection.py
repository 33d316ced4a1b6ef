"""A connection that is handed out again has kept what it has prepared, and nothing else."""

import contextlib

import psycopg2
from odoo import sql_db
from odoo.addons.credit_management.models.reading.kept_connection import keep, keeps
from odoo.addons.credit_management.models.reading.prepared_statement import MOST, read_known
from odoo.tests import tagged
from odoo.tests.common import TransactionCase


class Holder:
    """What a cursor of Odoo's is to the functions: it has a connection."""

    def __init__(self, connection):
        self._cnx = connection
        cursor = connection.cursor()
        self.execute = lambda statement: cursor.execute(statement.code if hasattr(statement, "code") else statement)
        self.fetchall = cursor.fetchall

    def ask(self, statement):
        self.execute(statement)
        return self.fetchall()[0][0]


@tagged("post_install", "-at_install")
class TestKeptConnection(TransactionCase):
    @contextlib.contextmanager
    def connection(self):
        """A connection of its own, as Odoo's pool makes it."""
        _name, info = sql_db.connection_info_for(self.env.cr.dbname)
        connection = psycopg2.connect(connection_factory=sql_db.PsycoConnection, **info)
        with contextlib.closing(connection):
            yield connection

    def test_what_was_prepared_is_there_when_it_is_handed_out_again(self):
        with self.connection() as connection:
            Holder(connection).execute("PREPARE credit_test AS SELECT 7")
            keep(Holder(connection))
            connection.reset()
            self.assertEqual(read_known(Holder(connection)), ("credit_test",))
            self.assertEqual(Holder(connection).ask("EXECUTE credit_test"), 7)

    def test_a_connection_that_prepared_nothing_of_ours_forgets_everything(self):
        with self.connection() as connection:
            self.assertFalse(keeps(Holder(connection)))
            Holder(connection).execute("PREPARE other AS SELECT 7")
            connection.reset()
            self.assertEqual(read_known(Holder(connection)), ())

    def test_nothing_else_is_kept(self):
        with self.connection() as connection:
            cr = Holder(connection)
            keep(cr)
            usual = {name: cr.ask(f"SHOW {name}") for name in ("work_mem", "search_path")}
            cr.execute("CREATE TEMP TABLE credit_test_table (id int)")
            cr.execute("DECLARE credit_test_cursor CURSOR WITH HOLD FOR SELECT 1")
            cr.execute("SET work_mem = '7MB'; SET datestyle = 'German'; SET search_path = pg_catalog")
            cr.execute("LISTEN credit_test; SELECT pg_advisory_lock(20261126)")
            connection.commit()
            connection.set_session(isolation_level="SERIALIZABLE", readonly=True)
            connection.reset()
            cr = Holder(connection)
            self.assertIsNone(cr.ask("SELECT to_regclass('pg_temp.credit_test_table')"))
            self.assertEqual(cr.ask("SELECT count(*) FROM pg_cursors WHERE name = 'credit_test_cursor'"), 0)
            self.assertEqual({name: cr.ask(f"SHOW {name}") for name in usual}, usual)
            self.assertEqual(cr.ask("SELECT count(*) FROM pg_listening_channels()"), 0)
            self.assertEqual(cr.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 20261126 "
                                    "AND pid = pg_backend_pid()"), 0)
            self.assertEqual(cr.ask("SHOW transaction_isolation"), "read committed")
            self.assertEqual(cr.ask("SHOW transaction_read_only"), "off")
            self.assertEqual(str(cr.ask("SELECT '2026-11-26'::date")), "2026-11-26")

    def test_what_was_not_committed_is_rolled_back(self):
        with self.connection() as connection:
            cr = Holder(connection)
            keep(cr)
            cr.execute("CREATE TABLE credit_test_pending (id int)")
            connection.reset()
            self.assertIsNone(Holder(connection).ask("SELECT to_regclass('credit_test_pending')"))

    def test_of_too_many_it_forgets_all(self):
        with self.connection() as connection:
            cr = Holder(connection)
            for number in range(MOST + 1):
                cr.execute(f"PREPARE credit_test_{number} AS SELECT {number}")
            self.assertEqual(read_known(cr), ())
            self.assertEqual(cr.ask("SELECT count(*) FROM pg_prepared_statements"), 0)
