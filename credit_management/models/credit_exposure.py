"""Facts: the one place that reads invoices, orders and payments.

Every source is a SQL statement that lists documents: ``company_id, partner_id, component,
res_model, res_id, row_id, date_due, amount, amount_currency, currency_id``. The totals of a customer and
the exposure sheet are made of the same rows, so they cannot differ. The rules are those of
domain.md §2.
"""

from dataclasses import dataclass
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

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


@dataclass(frozen=True)
class Scope:
    """Whose documents are read, and as of which day; ``partner_ids`` None means everybody's."""

    as_of: date
    partner_ids: tuple[int, ...] | None = None
    account_ids: tuple[int, ...] = (0,)

    def restrict(self, column: SQL) -> SQL:
        """Return the condition that keeps the scope's commercial partners."""
        if self.partner_ids is None:
            return SQL("TRUE")
        return SQL("%s IN %s", column, self.partner_ids or (0,))


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
    def _make_scope(self, partner_ids=None, as_of=None):
        """Return a scope; commercial partners as ids, today by default."""
        partner_ids = None if partner_ids is None else tuple(sorted(set(partner_ids)))
        return Scope(as_of or fields.Date.context_today(self), partner_ids, self._get_receivable_account_ids())

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
        """Return SQL that adds each source up before they are put together (that is cheaper)."""
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT company_id, partner_id, component, SUM(amount) AS amount FROM (%s) s GROUP BY 1, 2, 3",
                source,
            )
            for source in self._get_sources(scope).values()
        )

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

    # -- sources ---------------------------------------------------------------------------

    @api.model
    def _get_receivable_account_ids(self):
        """Return the ids of all receivable accounts, or (0,) when there are none yet."""
        self.env["account.account"].flush_model(["account_type"])
        rows = self.env.execute_query(SQL("SELECT id FROM account_account WHERE account_type = 'asset_receivable'"))
        return tuple(row[0] for row in rows) or (0,)

    @api.model
    def _get_items_sql(self, scope):
        """Open receivable items: one row per instalment, at its residual amount."""
        return SQL(
            """
            SELECT l.company_id, p.commercial_partner_id AS partner_id,
                   CASE WHEN l.amount_residual < 0 THEN 'unallocated'
                        WHEN COALESCE(l.date_maturity, l.date) < %(today)s THEN 'overdue'
                        ELSE 'not_due' END AS component,
                   'account.move' AS res_model, l.move_id AS res_id, l.id AS row_id,
                   COALESCE(l.date_maturity, l.date) AS date_due,
                   l.amount_residual AS amount,
                   l.amount_residual_currency AS amount_currency, l.currency_id
              FROM account_move_line l
              JOIN res_partner p ON p.id = l.partner_id
             WHERE l.account_id IN %(accounts)s AND l.amount_residual <> 0 AND l.parent_state = 'posted'
               AND %(scope)s
            """,
            today=scope.as_of,
            accounts=scope.account_ids,
            scope=scope.restrict(SQL("p.commercial_partner_id")),
        )

    @api.model
    def _get_disputes_sql(self, scope):
        """Disputed parts of open items: taken out of where they stand, put under 'disputed'."""
        return SQL(
            """
            SELECT i.company_id, i.partner_id, side.component, 'account.move' AS res_model,
                   i.move_id AS res_id, i.line_id AS row_id, i.date_due, i.amount * side.sign AS amount,
                   i.amount_currency * side.sign AS amount_currency, i.currency_id
              FROM (%(disputed)s) i
             CROSS JOIN LATERAL (VALUES (1, 'disputed'),
                    (-1, CASE WHEN i.date_due < %(today)s THEN 'overdue' ELSE 'not_due' END)
                   ) side (sign, component)
            """,
            disputed=self._get_disputed_items_sql(scope),
            today=scope.as_of,
        )

    @api.model
    def _get_disputed_items_sql(self, scope):
        """Each open item of a disputed invoice with its disputed part, shared out by residual."""
        return SQL(
            """
            SELECT l.id AS line_id, l.company_id, p.commercial_partner_id AS partner_id, l.move_id,
                   COALESCE(l.date_maturity, l.date) AS date_due, l.currency_id,
                   ROUND(l.amount_residual * d.share, 2) AS amount,
                   ROUND(l.amount_residual_currency * d.share, 2) AS amount_currency
              FROM (SELECT x.move_id, LEAST(1.0, SUM(x.amount) / NULLIF(MAX(m.amount_residual), 0)) AS share
                      FROM credit_dispute x JOIN account_move m ON m.id = x.move_id
                     WHERE x.state = 'open' GROUP BY x.move_id) d
              JOIN account_move_line l ON l.move_id = d.move_id
              JOIN res_partner p ON p.id = l.partner_id
             WHERE l.account_id IN %(accounts)s AND l.amount_residual > 0 AND l.parent_state = 'posted'
               AND %(scope)s
            """,
            accounts=scope.account_ids,
            scope=scope.restrict(SQL("p.commercial_partner_id")),
        )

    @api.model
    def _get_payments_sql(self, scope):
        """Customer payments whose risk has not ended, and payments that have no entry yet.

        A payment with an entry has already lowered the open items: while it is not matched at the
        bank (``in_process``), or its method carries a risk for some days (``bills``), the amount
        is shown again. A payment without an entry has not: it is money ``received``.
        """
        return SQL(
            """
            SELECT pay.company_id, p.commercial_partner_id AS partner_id,
                   CASE WHEN pay.move_id IS NULL THEN 'received'
                        WHEN COALESCE(pml.credit_days_risk, 0) > 0 THEN 'bills'
                        ELSE 'in_process' END AS component,
                   'account.payment' AS res_model, pay.id AS res_id, pay.id AS row_id, pay.date AS date_due,
                   ABS(pay.amount_company_currency_signed) * CASE WHEN pay.move_id IS NULL THEN -1 ELSE 1 END AS amount,
                   pay.amount * CASE WHEN pay.move_id IS NULL THEN -1 ELSE 1 END AS amount_currency,
                   pay.currency_id
              FROM account_payment pay
              JOIN res_partner p ON p.id = pay.partner_id
              LEFT JOIN account_payment_method_line pml ON pml.id = pay.payment_method_line_id
             WHERE pay.payment_type = 'inbound' AND pay.partner_type = 'customer'
               AND (pay.state = 'in_process'
                    OR (pay.state = 'paid' AND pay.move_id IS NOT NULL
                        AND (pml.credit_days_risk > 0 OR pay.is_matched IS NOT TRUE)))
               AND (pay.move_id IS NULL OR COALESCE(pml.credit_days_risk, 0) = 0
                    OR pay.date + pml.credit_days_risk >= %(today)s)
               AND %(scope)s
            """,
            today=scope.as_of,
            scope=scope.restrict(SQL("p.commercial_partner_id")),
        )

    @api.model
    def _get_transactions_sql(self, scope):
        """Captured online payments of open orders that have no payment entry yet."""
        return SQL(
            """
            SELECT so.company_id, p.commercial_partner_id AS partner_id, 'received' AS component,
                   'sale.order' AS res_model, so.id AS res_id, tx.id AS row_id, tx.last_state_change::date AS date_due,
                   -ROUND((tx.amount / COALESCE(NULLIF(so.currency_rate, 0), 1))::numeric, 2) AS amount,
                   -tx.amount AS amount_currency, tx.currency_id
              FROM payment_transaction tx
              JOIN sale_order_transaction_rel rel ON rel.transaction_id = tx.id
              JOIN sale_order so ON so.id = rel.sale_order_id
              JOIN res_partner p ON p.id = so.partner_invoice_id
             WHERE tx.state = 'done' AND tx.payment_id IS NULL
               AND so.state = 'sale' AND so.invoice_status <> 'invoiced' AND %(scope)s
            """,
            scope=scope.restrict(SQL("p.commercial_partner_id")),
        )

    @api.model
    def _get_drafts_sql(self, scope):
        """Draft customer invoices, split into what comes from confirmed orders and the rest.

        Draft credit notes never free credit, so they are not here.
        """
        return SQL(
            """
            SELECT d.company_id, d.partner_id, part.component, 'account.move' AS res_model,
                   d.id AS res_id, d.id AS row_id, d.date_due, part.amount,
                   ROUND((part.amount * d.rate)::numeric, 2) AS amount_currency, d.currency_id
              FROM (SELECT m.id, m.company_id, m.commercial_partner_id AS partner_id, m.currency_id,
                           COALESCE(m.invoice_date_due, m.date) AS date_due,
                           COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) AS rate,
                           m.amount_total_signed AS total,
                           LEAST(m.amount_total_signed, COALESCE((
                               SELECT ROUND((SUM(l.price_total)
                                             / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1))::numeric, 2)
                                 FROM account_move_line l
                                WHERE l.move_id = m.id AND l.display_type = 'product'
                                  AND EXISTS (SELECT 1 FROM sale_order_line_invoice_rel rel
                                                JOIN sale_order_line sol ON sol.id = rel.order_line_id
                                               WHERE rel.invoice_line_id = l.id AND sol.state = 'sale')), 0)) AS ordered
                      FROM account_move m
                     WHERE m.state = 'draft' AND m.move_type = 'out_invoice' AND %(scope)s) d
             CROSS JOIN LATERAL (VALUES ('order_drafts', d.ordered),
                                        ('drafts', d.total - d.ordered)) part (component, amount)
             WHERE part.amount <> 0
            """,
            scope=scope.restrict(SQL("m.commercial_partner_id")),
        )

    @api.model
    def _get_orders_sql(self, scope):
        """Confirmed orders: what is ordered or delivered and neither invoiced nor in a draft.

        ``qty_invoiced`` counts posted and draft invoices, less credit notes; draft credit notes
        are added back. Down payments invoiced, or in a draft, come off the order once.
        """
        return SQL(
            """
            SELECT o.company_id, o.partner_id, part.component, 'sale.order' AS res_model,
                   o.id AS res_id, o.id AS row_id, o.date_due, part.amount,
                   ROUND((part.amount * o.rate)::numeric, 2) AS amount_currency, o.currency_id
              FROM (%(orders)s) o
             CROSS JOIN LATERAL (VALUES
                    ('delivered', LEAST(o.delivered, o.total)),
                    (CASE WHEN o.is_later THEN 'orders_later' ELSE 'orders' END,
                     o.total - LEAST(o.delivered, o.total))) part (component, amount)
             WHERE part.amount <> 0
            """,
            orders=self._get_open_orders_sql(scope),
        )

    @api.model
    def _get_open_orders_sql(self, scope):
        """One row per open order: what is left to invoice, rounded in the company's currency."""
        return SQL(
            """
            SELECT so.id, so.company_id, p.commercial_partner_id AS partner_id, so.currency_id,
                   COALESCE(NULLIF(so.currency_rate, 0), 1) AS rate,
                   COALESCE(so.commitment_date::date, so.date_order::date) AS date_due,
                   (c.credit_days_horizon > 0
                    AND so.commitment_date::date > %(today)s + c.credit_days_horizon) AS is_later,
                   GREATEST(0, ROUND((SUM(q.unit * q.quantity - %(down_payment)s)
                            / COALESCE(NULLIF(so.currency_rate, 0), 1))::numeric, cur.decimal_places)) AS total,
                   GREATEST(0, ROUND((SUM(q.unit * q.delivered)
                            / COALESCE(NULLIF(so.currency_rate, 0), 1))::numeric, cur.decimal_places)) AS delivered
              FROM sale_order so
              JOIN res_partner p ON p.id = so.partner_invoice_id
              JOIN res_company c ON c.id = so.company_id
              JOIN res_currency cur ON cur.id = c.currency_id
              JOIN sale_order_line l ON l.order_id = so.id AND l.display_type IS NULL
              LEFT JOIN (%(draft_refunds)s) refund ON refund.order_line_id = l.id
             CROSS JOIN LATERAL (%(quantities)s) q
             WHERE so.state = 'sale' AND so.invoice_status <> 'invoiced' AND %(scope)s
             GROUP BY so.id, p.commercial_partner_id, c.id, cur.id
            """,
            today=scope.as_of,
            down_payment=self._get_down_payment_sql(),
            draft_refunds=self._get_draft_refunds_sql(),
            quantities=self._get_quantities_sql(),
            scope=scope.restrict(SQL("p.commercial_partner_id")),
        )

    @api.model
    def _get_quantities_sql(self):
        """The unit price with tax, the open quantity and the delivered part of it, of a line.

        A down-payment line has no quantity: one that has is goods, whatever it claims. Returns lower
        an order by what was ordered back, not by what somebody says has come back.
        """
        return SQL(
            """
            SELECT CASE WHEN l.is_downpayment AND l.product_uom_qty = 0 THEN 0
                        WHEN l.product_uom_qty <> 0 THEN l.price_total / l.product_uom_qty
                        ELSE l.price_unit * (1 - COALESCE(l.discount, 0) / 100) * (1 + COALESCE((
                             SELECT SUM(t.amount) FROM account_tax_sale_order_line_rel r
                               JOIN account_tax t ON t.id = r.account_tax_id
                              WHERE r.sale_order_line_id = l.id AND t.amount_type = 'percent'
                                AND COALESCE(t.price_include_override, 'tax_excluded') <> 'tax_included'), 0) / 100)
                   END AS unit,
                   CASE WHEN l.product_uom_qty < 0
                        THEN LEAST(l.product_uom_qty - invoiced.quantity, 0)
                        ELSE GREATEST(GREATEST(l.product_uom_qty, l.qty_delivered) - invoiced.quantity, 0)
                   END AS quantity,
                   GREATEST(COALESCE(l.qty_delivered, 0) - invoiced.quantity, 0) AS delivered
              FROM (SELECT COALESCE(l.qty_invoiced, 0) + COALESCE(refund.quantity, 0) AS quantity) invoiced
            """
        )

    @api.model
    def _get_draft_refunds_sql(self):
        """What draft credit notes took off ``qty_invoiced``, per order line."""
        return SQL(
            """
            SELECT rel.order_line_id, SUM(i.quantity * iu.factor / NULLIF(su.factor, 0)) AS quantity
              FROM account_move m
              JOIN account_move_line i ON i.move_id = m.id
              JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = i.id
              JOIN sale_order_line sol ON sol.id = rel.order_line_id
              LEFT JOIN uom_uom iu ON iu.id = i.product_uom_id
              LEFT JOIN uom_uom su ON su.id = sol.product_uom_id
             WHERE m.state = 'draft' AND m.move_type = 'out_refund'
             GROUP BY rel.order_line_id
            """
        )

    @api.model
    def _get_down_payment_sql(self):
        """What was invoiced on a down-payment line, posted or in a draft, in the order's currency."""
        return SQL(
            """
            CASE WHEN l.is_downpayment AND l.product_uom_qty = 0 THEN COALESCE((
                 SELECT SUM(CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END * i.price_total
                            * CASE WHEN i.currency_id = so.currency_id THEN 1
                                   ELSE so.currency_rate / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) END)
                   FROM sale_order_line_invoice_rel rel
                   JOIN account_move_line i ON i.id = rel.invoice_line_id
                   JOIN account_move m ON m.id = i.move_id
                  WHERE rel.order_line_id = l.id
                    AND (m.state = 'posted' OR (m.state = 'draft' AND m.move_type = 'out_invoice'))
                 ), 0) ELSE 0 END
            """
        )

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

        Credits are dated at infinity: they are netted, they are never due.
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
                      FROM (%(disputed)s) disputed) sides
             GROUP BY company_id, partner_id, date_due
            """,
            items=self._get_items_sql(scope),
            disputed=self._get_disputed_items_sql(scope),
        )
