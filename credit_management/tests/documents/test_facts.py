"""Every column of core's that a statement of facts reads is refused, watched, or harmless for a reason."""

from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon
from ..gate.adversary import AdversaryCommon

OURS = "credit_"
KEYS = {"id", "create_date", "create_uid"}
# not computed; Odoo's own wizards write them
BY_CORE = {
    ("sale.order.line", "is_downpayment"), ("sale.order.line", "is_expense"),
    *(("account.partial.reconcile", name) for name in (
        "amount", "credit_amount_currency", "credit_move_id", "debit_amount_currency", "debit_move_id",
    )),
}


@tagged("post_install", "-at_install")
class TestColumns(CreditCommon):
    def get_statements(self):
        """Return the statements that facts are read with."""
        Exposure, profile = self.env["credit.exposure"], self.profile_of(self.make_customer(100))
        scope = replace(Exposure._make_scope(self.today, profile.partner_id.ids), absent=frozenset())
        yield from Exposure._get_sources(scope).values()
        yield self.env["credit.limit.source"]._get_limits_sql(scope)
        yield Exposure._get_overdue_sql(scope)
        yield Exposure._get_broken_promises_sql(scope)
        with self.recorded() as recorded:
            profile._work_out_payment_indexes(self.today)
            profile._add_dates({profile.id: {}}, profile._start_reading(self.today))
        yield from recorded

    @contextmanager
    def recorded(self):
        """Collect the statements that are run inside."""
        statements, execute = [], type(self.env.cr).execute

        def record(cursor, query, params=None, **options):
            if isinstance(query, SQL) and "JOIN" in query.code and query.code.lstrip().startswith("SELECT"):
                statements.append(query)
            return execute(cursor, query, params, **options)

        with patch.object(type(self.env.cr), "execute", record):
            yield statements

    def get_columns(self):
        """Return ``{(table, column)}`` of what the statements use, as PostgreSQL says."""
        for number, statement in enumerate(self.get_statements()):
            self.env.execute_query(SQL("SELECT * FROM (%s) statement LIMIT 0", statement))
            names = ", ".join(f"c{position}" for position in range(len(self.env.cr.description)))
            view = f"credit_facts_{number}"
            self.env.cr.execute(SQL(f"CREATE TEMPORARY VIEW {view} ({names}) AS SELECT * FROM (%s) s", statement))
        self.env.cr.execute(
            "SELECT DISTINCT table_name, column_name FROM information_schema.view_column_usage "
            "WHERE view_name LIKE 'credit_facts_%'"
        )
        return {row for row in self.env.cr.fetchall() if not row[0].startswith(OURS) and row[1] not in KEYS}

    def test_each_column_is_in_exactly_one_list(self):
        models = {Model._table: name for name, Model in self.env.items() if Model._auto and not Model._abstract}
        columns = self.env["credit.fact"]._get_columns()
        found = {(models[table], name) for table, name in self.get_columns() if table in models}
        self.assertIn(("account.move.line", "amount_residual"), found)
        wrong = {
            (model, name): lists
            for model, name in found
            if not name.startswith(OURS)
            and len(lists := columns[model].get_lists(name) if model in columns else []) != 1
        }
        self.assertFalse(wrong)

    def get_inputs(self, model, name):
        """Return ``{(model, column)}``: the stored columns that a stored column of core's is worked out from, and
        through fields that are not stored."""
        field = self.env[model]._fields[name]
        paths = self.env.registry.field_depends[field] if field.compute else ()
        return {found for path in paths for found in self.walk(model, path.split("."))}

    def walk(self, model, names):
        for name in names:
            field = self.env[model]._fields[name]
            if field.store:
                yield model, name
            else:
                yield from self.get_inputs(model, name)
            model = field.comodel_name

    def test_what_columns_are_worked_out_from_is_in_exactly_one_list(self):
        """Whoever writes what `qty_delivered` is worked out from writes `qty_delivered`."""
        models = {Model._table: name for name, Model in self.env.items() if Model._auto and not Model._abstract}
        columns = self.env["credit.fact"]._get_columns()
        read = {(models[table], name) for table, name in self.get_columns() if table in models}
        inputs, left = {}, set(read)
        while left:  # what a refused column is worked out from may be worked out itself
            found = {column: origin for origin in left for column in self.get_inputs(*origin) if column not in read}
            left = {
                (model, name) for model, name in found.keys() - inputs.keys()
                if model in columns and name in columns[model].refused
            }
            inputs |= found
        self.assertIn(("sale.order.line", "qty_to_invoice"), inputs)
        wrong = {
            column: origin
            for column, origin in sorted(inputs.items())
            if not column[1].startswith(OURS) and column[1] not in KEYS
            and len(columns[column[0]].get_lists(column[1]) if column[0] in columns else []) != 1
        }
        self.assertFalse(wrong, "\n".join(map(str, wrong.items())))

    def test_what_is_refused_is_worked_out_by_odoo(self):
        for model, columns in self.env["credit.fact"]._get_columns().items():
            for name in columns.refused & self.env[model]._fields.keys():
                field = self.env[model]._fields[name]
                is_worked_out = field.compute or field.readonly or field.type in ("many2many", "one2many")
                self.assertTrue(is_worked_out or (model, name) in BY_CORE, f"{model}.{name}")
            if columns.refused and not hasattr(self.env[model], "_credit_check_refused"):
                self.assertLessEqual(columns.refused, self.env[model]._credit_get_protected_fields(), model)


@tagged("post_install", "-at_install")
class TestFactsWrittenByHand(AdversaryCommon):
    """A biller writes what the exposure is read from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")

    def make_draft(self, amount, customer=None, **values):
        return self.make_invoice(customer or self.poor, amount, post=False, **values).with_user(self.biller)

    def test_residuals_and_states_of_posted_items(self):
        invoice = self.make_draft(900)
        invoice.action_post()
        item = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        for values in (
            {"amount_residual": 0}, {"amount_residual_currency": 0}, {"parent_state": "draft"}, {"price_total": 1},
            {"partner_id": self.rich.id}, {"partner_id": False}, {"date_maturity": "2099-01-01"},
        ):
            with self.subTest(values):
                self.assertRefused(item.write, values)
        self.assertRefused(invoice.write, {"partner_id": self.rich.id})
        self.assertRefused(invoice.write, {"commercial_partner_id": False})
        self.assertExposure(self.poor, 900.0, not_due=900.0)

    def test_an_invoice_without_commercial_partner_is_checked(self):
        invoice = self.make_draft(50000)
        self.attempt(invoice.write, {"commercial_partner_id": False})
        self.assertRefused(invoice.action_post)
        values = {
            "move_type": "out_invoice", "partner_id": self.poor.id, "commercial_partner_id": False,
            "invoice_line_ids": [(0, 0, {"name": "x", "price_unit": 50000, "tax_ids": False})],
        }
        self.assertRefused(lambda: self.env["account.move"].with_user(self.biller).create(values).action_post())

    def test_an_invoice_does_not_become_an_entry(self):
        invoice = self.make_draft(50000)
        self.attempt(invoice.write, {"move_type": "entry"})
        self.assertEqual(invoice.move_type, "out_invoice")

    def test_a_negative_credit_note_is_an_invoice(self):
        refund = self.make_draft(-50000, move_type="out_refund")
        self.assertRefused(refund.write, {"state": "posted"})
        self.assertEqual(refund.state, "draft")

    def test_a_commercial_partner_is_worked_out(self):
        self.assertRefused(self.poor.with_user(self.sneak).write, {"commercial_partner_id": self.rich.id})

    def test_a_credit_controller_books_a_debt_over(self):
        controller = self.make_user("controller", "biller", login="both")
        invoice = self.make_draft(900)
        invoice.action_post()
        item = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        self.assertTrue(self.attempt(item.with_user(controller).write, {"partner_id": self.rich.id}))
