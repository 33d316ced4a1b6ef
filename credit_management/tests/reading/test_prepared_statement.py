"""A statement that a connection plans once."""

from unittest.mock import patch

from odoo.addons.credit_management.models.reading import credit_exposure_scope
from odoo.addons.credit_management.models.reading.credit_exposure_scope import KNOWN_BY
from odoo.addons.credit_management.models.reading.prepared_statement import KNOWN, PreparedStatement
from odoo.tests import tagged
from odoo.tests.common import TransactionCase
from odoo.tools import SQL

from ..common import CreditCommon


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


@tagged("post_install", "-at_install")
class TestQuestion(CreditCommon):
    """What a customer has none of is asked before its facts are read: by a prepared statement, from the second time."""

    def ask(self, customer, cr=None):
        """Return the scope, and whether the prepared question was there; None where it was asked plainly."""
        env, fetch_rows = self.env(cr=cr or self.env.cr), PreparedStatement.fetch_rows
        with patch.object(PreparedStatement, "fetch_rows", autospec=True, side_effect=fetch_rows) as fetch:
            scope = env["credit.exposure"]._make_scope(self.today, customer.ids)
        return scope, fetch.call_args[0][2] if fetch.called else None

    def test_a_connection_asks_another_customer_by_a_prepared_statement(self):
        debtor, newcomer = self.make_customer(), self.make_customer()
        self.make_invoice(debtor, 70, post=False)
        KNOWN_BY.pop(self.env.cr, None)
        self.env.cr.execute("DEALLOCATE ALL")  # of the tests before
        with patch.object(credit_exposure_scope, "keeps", return_value=False):
            first, is_there = self.ask(debtor)
        self.assertIsNone(is_there)
        second, is_there = self.ask(newcomer)
        self.assertFalse(is_there)
        self.assertEqual([scope.absent & {"drafts"} for scope in (first, second)], [frozenset(), {"drafts"}])
        again, is_there = self.ask(debtor)
        self.assertTrue(is_there)
        self.assertEqual(again, first)

    def test_a_request_after_the_other_finds_it(self):
        """Each has a cursor of its own, and Odoo's pool hands the same connection out."""
        found = []
        for _request in range(3):
            with self.registry.cursor() as cr:
                self.env(cr=cr)["credit.profile"]._start_reading(self.today).rows("_get_facts_sql")
                found.append(self.ask(self.env.user.partner_id, cr)[1])
        self.assertTrue(found[-1])
