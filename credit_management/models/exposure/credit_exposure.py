"""Facts: the one place that reads invoices, orders and payments.

Every source is a SQL statement that lists documents: ``company_id, partner_id, component,
res_model, res_id, row_id, date_due, amount, amount_currency, currency_id``. The totals of a customer and
the exposure sheet are made of the same rows, so they cannot differ. The rules are those of
domain.md §2. The statements of the sources are in `credit_exposure_ledger.py` and
`credit_exposure_orders.py`.
"""

from dataclasses import dataclass
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

CONTACTS_LISTED = 500  # up to so many customers their contacts are listed in the statement

COMPONENTS = (
    "not_due",
    "overdue",
    "disputed",
    "unallocated",
    "in_process",
    "bills",
    "received",
    "drafts",
    "order_drafts",
    "orders",
    "delivered",
    "orders_later",
)


def among(column, ids):
    """Return the condition that a column is among ids: values, or a parameter of a prepared statement."""
    if isinstance(ids, SQL):
        return SQL("%s = ANY(%s)", column, ids)
    return SQL("%s IN %s", column, ids or (0,))


@dataclass(frozen=True)
class Scope:
    """Whose documents are read, and as of which day; ``partner_ids`` None means everybody's.

    Sources put the values into their statements and nothing else: in a prepared statement they are
    its parameters.
    """

    as_of: date
    partner_ids: tuple[int, ...] | None = None
    account_ids: tuple[int, ...] = (0,)
    contact_ids: tuple[int, ...] | None = None
    is_prepared: bool = False
    lines: SQL = SQL("account_move_line")  # noqa: RUF009 - a constant; else the lines as they stood on a past day

    def restrict(self, customer: SQL, contact: SQL | None = None) -> SQL:
        """Return the condition that keeps the scope's customers.

        :param customer: column with the commercial partner
        :param contact: column with the partner of the document. Where the scope lists the contacts,
            PostgreSQL then knows whose rows it reads, and how many there are: it plans the biggest
            customer otherwise than the average one.
        """
        if self.partner_ids is None:
            return SQL("TRUE")
        if contact is not None and self.contact_ids is not None:
            return among(contact, self.contact_ids)
        return among(customer, self.partner_ids)

    def narrow(self, contact: SQL) -> SQL:
        """Return a condition that leaves out most of other customers' rows early, where contacts are known."""
        return SQL("TRUE") if self.contact_ids is None else among(contact, self.contact_ids)

    def restrict_account(self, account: SQL) -> SQL:
        """Return the condition that keeps receivable accounts."""
        return among(account, self.account_ids)


class CreditExposure(models.AbstractModel):
    _name = "credit.exposure"
    _description = "Sources of the credit exposure"

    @api.model
    def _get_components(self):
        """Return the names of all components, in the order in which they are shown.

        A bridge that adds a source extends this list.
        """
        return list(COMPONENTS)

    @api.model
    def _get_sources(self, scope):
        """Return the SQL statements that list the documents of the exposure.

        Hook: a bridge adds its own statement; see the module's docstring for the columns.

        :param Scope scope: whose documents, as of which day
        :rtype: dict[str, SQL]
        """
        return {
            "items": self._get_items_sql(scope),
            "disputes": self._get_disputes_sql(scope),
            "payments": self._get_payments_sql(scope),
            "transactions": self._get_transactions_sql(scope),
            "drafts": self._get_drafts_sql(scope),
            "orders": self._get_orders_sql(scope),
        }

    @api.model
    def _make_scope(self, partner_ids=None, as_of=None, prepared=""):
        """Return a scope; commercial partners as ids, today by default.

        ``prepared`` names a prepared statement: the scope tells whether this connection has it. That
        is asked each time, because connections are shared out anew, by us and by poolers.

        One small query tells what the statements are then given as values. It also keeps PostgreSQL
        from compiling them, in this transaction: where its compiler is on, as it is by default,
        compiling takes longer than running.
        """
        partner_ids = None if partner_ids is None else tuple(sorted(set(partner_ids)))
        is_listed = partner_ids is not None and len(partner_ids) <= CONTACTS_LISTED
        self.env["account.account"].flush_model(["account_type"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        [(_jit, _mode, is_prepared, account_ids, contact_ids)] = self.env.execute_query(
            SQL(
                """
                SELECT set_config('jit', 'off', TRUE),
                       set_config('plan_cache_mode', 'force_generic_plan', TRUE),
                       EXISTS (SELECT 1 FROM pg_prepared_statements WHERE name = %s),
                       ARRAY(SELECT id FROM account_account WHERE account_type = 'asset_receivable'),
                       ARRAY(SELECT id FROM res_partner WHERE commercial_partner_id IN %s)
                """,
                prepared,
                (is_listed and partner_ids) or (0,),
            )
        )
        return Scope(
            as_of or fields.Date.context_today(self),
            partner_ids,
            tuple(account_ids) or (0,),
            tuple(contact_ids) if is_listed else None,
            is_prepared,
        )

    # -- the one statement -----------------------------------------------------------------

    @api.model
    def _get_totals_sql(self, scope):
        """Return SQL with one row per company and customer and one column per component.

        The column ``exposure`` adds up the components that the company counts.
        """
        components = self._get_components()
        columns = SQL(", ").join(
            SQL("COALESCE(SUM(amount) FILTER (WHERE component = %s), 0) AS %s", name, SQL.identifier(name))
            for name in components
        )
        counted = SQL(" + ").join(self._get_counted_sql(name) for name in components)
        return SQL(
            """
            SELECT t.*, ROUND((%(counted)s)::numeric, 6) AS exposure
              FROM (SELECT company_id, partner_id, %(columns)s
                      FROM (%(rows)s) r GROUP BY company_id, partner_id) t
              JOIN res_company c ON c.id = t.company_id
            """,
            counted=counted,
            columns=columns,
            rows=self._get_component_rows_sql(scope),
        )

    @api.model
    def _get_component_rows_sql(self, scope):
        """Return SQL with the rows of all sources, as they are: adding each source up before takes
        PostgreSQL longer to plan than it saves."""
        return SQL(" UNION ALL ").join(self._get_sources(scope).values())

    @api.model
    def _get_counted_sql(self, component):
        """Return SQL for the part of a component that counts in the exposure of the company."""
        switch = self._get_switches().get(component)
        column = SQL.identifier("t", component)
        if switch is None:
            return column
        if not switch:
            return SQL("0")
        return SQL("CASE WHEN %s THEN %s ELSE 0 END", SQL.identifier("c", switch), column)

    @api.model
    def _get_switches(self):
        """Return which company field switches a component on; False for one that never counts."""
        return {
            "disputed": "credit_count_disputed",
            "unallocated": "credit_count_unallocated",
            "in_process": "credit_count_in_process",
            "bills": "credit_count_bills",
            "received": "credit_count_received",
            "drafts": "credit_count_drafts",
            "order_drafts": "credit_count_orders",
            "orders": "credit_count_orders",
            "delivered": "credit_count_orders",
            "orders_later": False,
        }

    @api.model
    def _is_counted(self, component, company):
        """Tell whether a company counts a component in the exposure."""
        switch = self._get_switches().get(component)
        return True if switch is None else bool(switch and company[switch])

    # -- sources ---------------------------------------------------------------------------

    @api.model
    def _get_receivable_account_ids(self):
        """Return the ids of all receivable accounts, or (0,) when there are none yet."""
        self.env["account.account"].flush_model(["account_type"])
        rows = self.env.execute_query(SQL("SELECT id FROM account_account WHERE account_type = 'asset_receivable'"))
        return tuple(row[0] for row in rows) or (0,)

    # -- lateness --------------------------------------------------------------------------

    @api.model
    def _get_overdue_sql(self, scope):
        """Return SQL with what is overdue per company and customer, and since when.

        A customer's unallocated credits are netted against its oldest items first; disputed parts
        do not count. ``ladder`` maps each due date to what is overdue since then.
        """
        return SQL(
            """
            SELECT company_id, partner_id,
                   COALESCE(SUM(net), 0) AS overdue_net,
                   COALESCE(%(today)s - MIN(date_due) FILTER (WHERE net > 0), 0) AS days_overdue_max,
                   jsonb_object_agg(date_due, net) FILTER (WHERE net > 0) AS ladder
              FROM (SELECT company_id, partner_id, date_due,
                           LEAST(debit, GREATEST(0, SUM(debit) OVER due
                               - COALESCE(SUM(credit) OVER customer, 0))) AS net
                      FROM (%(due)s) due_days
                    WINDOW due AS (PARTITION BY company_id, partner_id ORDER BY date_due),
                           customer AS (PARTITION BY company_id, partner_id)) netted
             WHERE date_due < %(today)s
             GROUP BY company_id, partner_id
            """,
            today=scope.as_of,
            due=self._get_due_days_sql(scope),
        )

    @api.model
    def _get_due_days_sql(self, scope):
        """Debits and credits per company, customer and due date, less disputed parts.

        Credits are dated at infinity: they are netted, they are never due. So is money received that
        has no entry yet.
        """
        return SQL(
            """
            SELECT company_id, partner_id, date_due, SUM(debit) AS debit, SUM(credit) AS credit
              FROM (SELECT company_id, partner_id,
                           CASE WHEN amount < 0 THEN 'infinity'::date ELSE date_due END AS date_due,
                           GREATEST(amount, 0) AS debit, GREATEST(-amount, 0) AS credit
                      FROM (%(items)s) items
                     UNION ALL
                    SELECT company_id, partner_id, date_due, -amount, 0
                      FROM (%(disputed)s) disputed
                     UNION ALL
                    SELECT company_id, partner_id, 'infinity'::date, 0, -amount
                      FROM (%(payments)s UNION ALL %(transactions)s) received
                     WHERE component = 'received') sides
             GROUP BY company_id, partner_id, date_due
            """,
            items=self._get_items_sql(scope),
            payments=self._get_payments_sql(scope),
            transactions=self._get_transactions_sql(scope),
            disputed=self._get_disputed_items_sql(scope),
        )
