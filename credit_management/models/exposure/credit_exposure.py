"""Facts: the one place that reads invoices, orders and payments.

Every source is a SQL statement that lists documents, with `ROW_COLUMNS`. The totals of a customer and the
exposure sheet are made of the same rows, so they cannot differ. The statements of the sources are in
`credit_exposure_ledger.py`, `credit_exposure_orders.py` and `credit_mark.py`.
"""

from odoo import api, models
from odoo.tools import SQL

from ..reading.scope import nothing
from .component import COMPONENTS
from .shared import ROWS, read_once, share

ROW_COLUMNS = tuple(column.split()[0] for column in ROWS.split(", "))


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_components(self):
        """Return the table of components, in the order in which they are shown.

        Hook: a bridge that adds a source extends it by its component.

        :rtype: tuple[Component, ...]
        """
        return COMPONENTS

    @api.model
    def _get_component_names(self):
        return [component.name for component in self._get_components()]

    @api.model
    def _get_sources(self, scope):
        """Return the SQL statements that list the documents of the exposure.

        Hook: a bridge adds its own statement; see the module's docstring for the columns.

        :param Scope scope: whose documents, as of which day
        :rtype: dict[str, SQL]
        """
        return {
            "items": self._get_items_sql(scope),
            "marks": self._get_moved_parts_sql(scope),
            "payments": self._get_payments_sql(scope),
            "transactions": self._get_transactions_sql(scope),
            "drafts": self._get_drafts_sql(scope),
            "orders": self._get_orders_sql(scope),
        }

    # -- the one statement -----------------------------------------------------------------

    @api.model
    @share
    def _get_totals_sql(self, scope):
        """Return SQL with one row per company and customer and one column per component.

        The column ``exposure`` adds up the components that the company counts.
        """
        components = self._get_components()
        names = [SQL.identifier(component.name) for component in components]
        sums = SQL(", ").join(
            SQL("COALESCE(SUM(amount) FILTER (WHERE component = %s), 0) AS %s", component.name, name)
            for component, name in zip(components, names, strict=True)
        )
        return SQL(
            """
            SELECT t.company_id, t.partner_id, %(names)s, ROUND((%(counted)s)::numeric, 6) AS exposure
              FROM (SELECT company_id, partner_id, %(sums)s
                      FROM (%(rows)s) r GROUP BY company_id, partner_id) t
              JOIN res_company c ON c.id = t.company_id
            """,
            names=SQL(", ").join(names),
            counted=SQL(" + ").join(self._get_counted_sql(component) for component in components),
            sums=sums,
            rows=self._get_component_rows_sql(scope),
        )

    @api.model
    def _get_counted_sql(self, component):
        """Return SQL for the part of a component that counts in the exposure of company ``c``."""
        column = SQL.identifier("t", component.name)
        return SQL("CASE WHEN %s THEN %s ELSE 0 END", component.is_counted_sql("c"), column)

    @api.model
    def _is_counted(self, name, company):
        """Tell whether a company counts a component in the exposure."""
        # whoever has a branch need not see its company
        return next(item for item in self._get_components() if item.name == name).is_counted(company.sudo())

    @api.model
    def _get_component_rows_sql(self, scope):
        """Return SQL with the rows of all sources, as they are: adding each source up before takes
        PostgreSQL longer to plan than it saves."""
        return SQL(" UNION ALL ").join(self._get_sources(scope).values())

    # -- sources ---------------------------------------------------------------------------

    @api.model
    def _get_rate_sql(self, currency, as_of):
        """SQL for one unit of ``currency`` in the currency of company ``c``, as core looks rates up:
        the last one up to the day, else the first one after it."""

        def rate(currency_id):
            return SQL(
                """
                COALESCE((SELECT x.rate FROM res_currency_rate x
                           WHERE x.currency_id = %(currency)s
                             AND (x.company_id IS NULL OR x.company_id = split_part(c.parent_path, '/', 1)::int)
                           ORDER BY x.name > %(today)s, x.company_id, ABS(%(today)s - x.name) LIMIT 1), 1.0)
                """,
                currency=currency_id,
                today=as_of,
            )

        return SQL("(%s / %s)", rate(SQL("c.currency_id")), rate(currency))

    # -- lateness --------------------------------------------------------------------------

    @api.model
    @share
    def _get_overdue_sql(self, scope):
        """Return SQL with what is overdue per company and customer, and since when.

        Marked parts with a component of their own do not count. ``ladder`` maps each due date to what is
        overdue since then.
        """
        return SQL(
            """
            SELECT company_id, partner_id,
                   COALESCE(SUM(net), 0) AS overdue_net,
                   COALESCE(%(today)s - MIN(date_due) FILTER (WHERE net > 0), 0) AS days_overdue_max,
                   jsonb_object_agg(date_due, net) FILTER (WHERE net > 0) AS ladder
              FROM (%(netted)s) netted
             WHERE date_due < %(today)s
             GROUP BY company_id, partner_id
            """,
            today=scope.as_of,
            netted=self._get_netted_sql(scope),
        )

    @api.model
    @read_once
    def _get_netted_sql(self, scope):
        """What is open per company, customer and due date, and what is left of it (``net``) after the
        customer's unallocated credits were netted against its oldest items first."""
        return SQL(
            """
            SELECT company_id, partner_id, date_due, debit,
                   LEAST(debit, GREATEST(0, SUM(debit) OVER due - COALESCE(SUM(credit) OVER customer, 0))) AS net
              FROM (%s) due_days
            WINDOW due AS (PARTITION BY company_id, partner_id ORDER BY date_due),
                   customer AS (PARTITION BY company_id, partner_id)
            """,
            self._get_due_days_sql(scope),
        )

    @api.model
    def _get_due_days_sql(self, scope):
        """Debits and credits per company, customer and due date, less the parts that marks move elsewhere.

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
                      FROM (%(moved)s) moved
                     UNION ALL
                    SELECT company_id, partner_id, 'infinity'::date, 0, amount
                      FROM (%(others)s) others) sides
             GROUP BY company_id, partner_id, date_due
            """,
            items=self._get_items_sql(scope),
            others=self._get_other_credits_sql(scope),
            moved=self._get_moved_items_sql(scope),
        )

    @api.model
    def _get_other_credits_sql(self, scope):
        """What is netted beside the open items: money received that has no entry yet, less the money on account that
        is named for an order until that is invoiced (one euro would serve twice). Nothing is known of a past day."""
        if scope.until is not None:
            return nothing("company_id int, partner_id int, amount numeric")
        return SQL(
            """
            SELECT company_id, partner_id, -amount AS amount FROM (%(payments)s UNION ALL %(transactions)s) received
             WHERE component = 'received'
             UNION ALL
            SELECT company_id, partner_id, -amount FROM (%(named)s) named WHERE is_open
            """,
            payments=self._get_payments_sql(scope),
            transactions=self._get_transactions_sql(scope),
            named=self._get_named_sql(scope),
        )
