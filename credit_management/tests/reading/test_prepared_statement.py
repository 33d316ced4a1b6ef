"""A statement that a connection plans once."""

from odoo.addons.credit_management.models.reading.prepared_statement import KNOWN, PreparedStatement
from odoo.tests import tagged
from odoo.tests.common import TransactionCase
from odoo.tools import SQL


@tagged("post_install", "-at_install")
class TestPreparedStatement(TransactionCase):
    def setUp(self):
        super().setUp()
        self.env.cr.execute("DEALLOCATE ALL")  # a connection serves many tests

    def make(self, sign="+"):
        return PreparedStatement.make(
            self.env.cr,
            "credit_test",
            ("int", "int[]"),
            lambda number, numbers: SQL(
                "SELECT %s " + sign + " 1, '10 %%' WHERE %s = ANY(%s)", number, number, numbers
            ),
        )

    def is_known(self, statement):
        return statement.name in self.env.execute_query(SQL("SELECT %s", KNOWN))[0][0]

    def test_it_gives_the_rows_for_its_values(self):
        statement = self.make()
        for number, rows in ((4, [(5, "10 %")]), (9, [])):
            is_known = self.is_known(statement)
            self.assertEqual(statement.fetch_rows(self.env, is_known, [number, [3, 4]]), rows)

    def test_the_connection_plans_it_once(self):
        statement = self.make()
        self.assertFalse(self.is_known(statement))
        statement.fetch_rows(self.env, False, [4, [4]])
        self.assertTrue(self.is_known(statement))
        with self.assertQueryCount(1):
            statement.fetch_rows(self.env, True, [4, [4]])

    def test_another_text_has_another_name(self):
        self.assertEqual(self.make().name, self.make().name)
        self.assertNotEqual(self.make().name, self.make("-").name)
