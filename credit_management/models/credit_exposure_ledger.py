"""Sources of the exposure in the ledger: open items, disputes, payments, drafts."""

from odoo import api, models
from odoo.tools import SQL


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

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
              FROM %(lines)s l
              JOIN res_partner p ON p.id = l.partner_id
             WHERE %(accounts)s AND l.amount_residual <> 0 AND l.parent_state = 'posted'
               AND %(scope)s
            """,
            lines=scope.lines,
            today=scope.as_of,
            accounts=scope.restrict_account(SQL("l.account_id")),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("l.partner_id")),
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
        """Each open item of a disputed invoice with its disputed part, shared out by residual.

        Disputes are few and a customer's items may be many: OFFSET 0 makes PostgreSQL start from the disputes.
        """
        return SQL(
            """
            SELECT l.id AS line_id, l.company_id, p.commercial_partner_id AS partner_id, l.move_id,
                   COALESCE(l.date_maturity, l.date) AS date_due, l.currency_id,
                   ROUND(l.amount_residual * d.share, 2) AS amount,
                   ROUND(l.amount_residual_currency * d.share, 2) AS amount_currency
              FROM (SELECT x.move_id, LEAST(1.0, SUM(x.amount) / NULLIF(MAX(m.amount_residual), 0)) AS share
                      FROM credit_dispute x JOIN account_move m ON m.id = x.move_id
                     WHERE x.state = 'open' GROUP BY x.move_id) d
             CROSS JOIN LATERAL (SELECT * FROM account_move_line WHERE move_id = d.move_id OFFSET 0) l
              JOIN res_partner p ON p.id = l.partner_id
             WHERE %(accounts)s AND l.amount_residual > 0 AND l.parent_state = 'posted'
               AND %(scope)s
            """,
            accounts=scope.restrict_account(SQL("l.account_id")),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("l.partner_id")),
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
              FROM (%(candidates)s) pay
              JOIN res_partner p ON p.id = pay.partner_id
              LEFT JOIN account_payment_method_line pml ON pml.id = pay.payment_method_line_id
             WHERE (pay.move_id IS NULL OR COALESCE(pml.credit_days_risk, 0) = 0
                    OR pay.date + pml.credit_days_risk >= %(today)s)
               AND %(scope)s
            """,
            candidates=self._get_payment_candidates_sql(scope.as_of),
            today=scope.as_of,
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("pay.partner_id")),
        )

    @api.model
    def _get_payment_candidates_sql(self, as_of):
        """Payments that are not matched at the bank, and matched ones by a method with a risk.

        The two halves read the two indexes of `account.payment`; one condition with OR reads all payments.
        """
        columns = SQL(
            "a.id, a.company_id, a.partner_id, a.move_id, a.date, a.amount, a.amount_company_currency_signed, "
            "a.currency_id, a.payment_method_line_id"
        )
        return SQL(
            """
            SELECT %(columns)s FROM account_payment a
             WHERE a.payment_type = 'inbound' AND a.partner_type = 'customer'
               AND (a.state = 'in_process' OR (a.state = 'paid' AND a.is_matched IS NOT TRUE))
               AND (a.state = 'in_process' OR a.move_id IS NOT NULL)
             UNION ALL
            SELECT %(columns)s FROM account_payment_method_line method
              JOIN account_payment a ON a.payment_method_line_id = method.id
             WHERE a.payment_type = 'inbound' AND a.partner_type = 'customer'
               AND a.state = 'paid' AND a.is_matched IS TRUE AND a.move_id IS NOT NULL
               AND method.credit_days_risk > 0 AND a.date >= %(today)s - method.credit_days_risk
            """,
            columns=columns,
            today=as_of,
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
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("so.partner_invoice_id")),
        )

    @api.model
    def _get_drafts_sql(self, scope):
        """Draft customer invoices, split into what comes from confirmed orders and the rest.

        Draft credit notes never free credit, so they are not here. OFFSET 0 keeps the part of the
        orders from being worked out once for each of its uses.
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
                     WHERE m.state = 'draft' AND m.move_type = 'out_invoice' AND %(scope)s
                    OFFSET 0) d
             CROSS JOIN LATERAL (VALUES ('order_drafts', d.ordered),
                                        ('drafts', d.total - d.ordered)) part (component, amount)
             WHERE part.amount <> 0
            """,
            scope=scope.restrict(SQL("m.commercial_partner_id")),
        )
