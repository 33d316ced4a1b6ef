"""Sources of the exposure in the ledger: open items, payments, drafts."""

from odoo import api, models
from odoo.tools import SQL

from ..open_item.account_account import Accounts
from ..reading.scope import left_out
from .shared import ROWS, read_once


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_presence(self, scope):
        return {
            **super()._get_presence(scope),
            "credit_payment": SQL(
                "EXISTS (SELECT FROM (%s) pay WHERE %s)",
                self._get_payment_candidates_sql(scope.as_of),
                scope.narrow(SQL("pay.partner_id")),
            ),
            "credit_transaction": SQL(
                """
                EXISTS (SELECT FROM payment_transaction tx
                          JOIN sale_order_transaction_rel rel ON rel.transaction_id = tx.id
                          JOIN sale_order so ON so.id = rel.sale_order_id
                         WHERE tx.state = 'done' AND tx.payment_id IS NULL AND %s)
                """,
                scope.narrow(SQL("so.partner_invoice_id")),
            ),
            "drafts": SQL(
                """
                EXISTS (SELECT FROM account_move m
                         WHERE m.state = 'draft' AND m.move_type IN ('out_invoice', 'out_receipt') AND %s)
                """,
                scope.restrict(SQL("m.commercial_partner_id")),
            ),
        }

    @api.model
    @read_once
    def _get_items_sql(self, scope):
        """Open receivable items: one row per installment, at what is open of it (room `open_item`), corrected where the
        books say that something was paid which was not.

        An exchange difference is nothing that the customer owes. On accounts of trade there is nothing else; asked for
        one kind PostgreSQL would expect next to nothing.
        """
        return SQL(
            """
            SELECT i.company_id, i.partner_id,
                   CASE WHEN i.amount < 0 THEN 'unallocated'
                        WHEN i.date_due < %(today)s THEN 'overdue' ELSE 'not_due' END AS component,
                   'account.move' AS res_model, i.move_id AS res_id, i.item_id AS row_id,
                   i.date_due, i.amount, i.amount_currency, i.currency_id
              FROM (%(items)s) i WHERE i.kind <> 'exchange' AND i.partner_id IS NOT NULL
            """,
            items=self._get_open_items_sql(
                scope, Accounts(scope.account_ids, (), ()), self._get_corrections_sql(scope)
            ),
            today=scope.as_of,
        )

    @api.model
    @left_out("credit_payment", ROWS)
    @read_once
    def _get_payments_sql(self, scope):
        """Customer payments whose risk has not ended, and payments that have no entry yet.

        A payment with an entry has already lowered the open items: while it is not matched at the
        bank (``in_process``), or its method carries a risk for some days (``bills``), the amount
        is shown again. A payment without an entry has not: it is money ``received``.
        """
        return SQL(
            """
            SELECT %(company)s AS company_id, p.commercial_partner_id AS partner_id,
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
               AND NOT EXISTS (SELECT FROM account_move back WHERE back.reversed_entry_id = pay.move_id
                                                               AND back.state = 'posted')
               AND %(scope)s
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("pay.company_id")),
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
    @left_out("credit_transaction", ROWS)
    @read_once
    def _get_transactions_sql(self, scope):
        """Captured online payments of open orders that have no payment yet: one row per order.

        Orders that share a payment are served by number, the last one takes the rest
        (``sale.order._credit_get_share`` says the same of one order).
        """
        return SQL(
            """
            SELECT %(company)s AS company_id, p.commercial_partner_id AS partner_id, 'received' AS component,
                   'sale.order' AS res_model, so.id AS res_id, so.id AS row_id,
                   MAX(tx.last_state_change)::date AS date_due,
                   -ROUND((SUM(share.amount) / %(rate)s)::numeric,
                          own.decimal_places) AS amount,
                   -SUM(share.amount) AS amount_currency, so.currency_id
              FROM payment_transaction tx
              JOIN sale_order_transaction_rel rel ON rel.transaction_id = tx.id
              JOIN sale_order so ON so.id = rel.sale_order_id
              JOIN res_partner p ON p.id = so.partner_invoice_id
              JOIN res_company c ON c.id = so.company_id
              JOIN res_currency own ON own.id = c.currency_id
             CROSS JOIN LATERAL (
                   SELECT LEAST(CASE WHEN COUNT(*) FILTER (WHERE other.id > so.id) > 0
                                     THEN GREATEST(so.amount_total, 0) END,
                                GREATEST(0, ABS(tx.amount) - COALESCE(SUM(GREATEST(other.amount_total, 0))
                                                                      FILTER (WHERE other.id < so.id), 0))
                               ) * SIGN(tx.amount) AS amount
                     FROM sale_order_transaction_rel shared
                     JOIN sale_order other ON other.id = shared.sale_order_id AND other.state <> 'cancel'
                    WHERE shared.transaction_id = tx.id) share
             WHERE tx.state = 'done' AND tx.payment_id IS NULL
               AND so.state = 'sale' AND so.invoice_status <> 'invoiced' AND %(scope)s
             GROUP BY so.id, p.commercial_partner_id, own.id
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("so.company_id")),
            rate=self._get_order_rate_sql(),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("so.partner_invoice_id")),
        )

    @api.model
    @left_out("drafts", ROWS)
    def _get_drafts_sql(self, scope):
        """Draft invoices and receipts, split into what comes from confirmed orders and the rest.

        A draft frees nothing: draft credit notes are not here, no part goes below zero, and a line of
        an order weighs at least what the order counted for it. OFFSET 0 keeps the part of the orders
        from being worked out once for each of its uses.
        """
        return SQL(
            """
            SELECT %(company)s AS company_id, d.partner_id, part.component, 'account.move' AS res_model,
                   d.id AS res_id, d.id AS row_id, d.date_due, part.amount,
                   ROUND((part.amount * d.rate)::numeric, d.decimal_places) AS amount_currency, d.currency_id
              FROM (SELECT m.id, m.company_id, m.commercial_partner_id AS partner_id, m.currency_id,
                           COALESCE(m.invoice_date_due, m.date) AS date_due,
                           COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) AS rate,
                           m.amount_total_signed AS total, ordered.invoiced, ordered.amount AS ordered,
                           ordered.more_of_others, cur.decimal_places
                      FROM account_move m
                      JOIN res_currency cur ON cur.id = m.currency_id
                      JOIN res_company c ON c.id = m.company_id
                      JOIN res_currency own ON own.id = c.currency_id
                     CROSS JOIN LATERAL (%(ordered)s) ordered
                     WHERE m.state = 'draft' AND m.move_type IN ('out_invoice', 'out_receipt') AND %(scope)s
                    OFFSET 0) d
             CROSS JOIN LATERAL (VALUES ('order_drafts', GREATEST(d.ordered, 0)),
                                        ('drafts', GREATEST(d.total - d.invoiced + d.more_of_others, 0))
                   ) part (component, amount)
             WHERE part.amount <> 0
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("d.company_id")),
            ordered=self._get_draft_lines_sql(),
            scope=scope.restrict(SQL("m.commercial_partner_id")),
        )

    @api.model
    def _get_draft_lines_sql(self):
        """The lines of draft ``m`` of its customer's orders, in the currency ``own`` of its company: as they
        are in the draft, and at the orders' price, as far as the orders are open, where that is more. A cent is not
        more: taxes are rounded on each invoice anew."""
        return SQL(
            """
            SELECT ROUND(COALESCE(SUM(v.amount) FILTER (WHERE o.is_sale), 0)::numeric, own.decimal_places) AS invoiced,
                   ROUND(COALESCE(SUM(v.amount + more.amount) FILTER (WHERE o.is_sale), 0)::numeric,
                         own.decimal_places) AS amount,
                   ROUND(COALESCE(SUM(more.amount) FILTER (WHERE NOT o.is_sale), 0)::numeric,
                         own.decimal_places) AS more_of_others
              FROM account_move_line l
             CROSS JOIN LATERAL (SELECT l.price_total / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) AS amount) v
              LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
             CROSS JOIN LATERAL (
                   SELECT COUNT(*) AS number, bool_or(sol.state = 'sale') AS is_sale,
                          SUM(NULLIF(%(unit)s, 0) / %(rate)s
                              * CASE WHEN sol.state = 'sale' AND sol.product_uom_qty < 0
                                     THEN GREATEST(q.quantity, LEAST(sol.product_uom_qty - others.quantity, 0))
                                     ELSE LEAST(q.quantity, GREATEST(GREATEST(
                                          CASE WHEN sol.state = 'sale' THEN sol.product_uom_qty ELSE 0 END,
                                          sol.qty_delivered) - others.quantity, 0)) END
                             ) AS amount
                     FROM sale_order_line_invoice_rel rel
                     JOIN sale_order_line sol ON sol.id = rel.order_line_id
                     JOIN sale_order so ON so.id = sol.order_id
                     JOIN res_partner payer ON payer.id = so.partner_invoice_id
                     LEFT JOIN uom_uom su ON su.id = sol.product_uom_id
                    CROSS JOIN LATERAL (SELECT l.quantity * COALESCE(lu.factor / NULLIF(su.factor, 0), 1) AS quantity) q
                    CROSS JOIN LATERAL (%(others)s) others
                    WHERE rel.invoice_line_id = l.id AND (sol.state = 'sale' OR sol.qty_delivered <> 0)
                      AND payer.commercial_partner_id = m.commercial_partner_id) o
             CROSS JOIN LATERAL (SELECT CASE WHEN o.amount - v.amount > own.rounding THEN o.amount - v.amount
                                             ELSE 0 END AS amount) more
             WHERE l.move_id = m.id AND m.move_type = 'out_invoice' AND l.display_type = 'product' AND o.number > 0
            """,
            unit=self._get_unit_sql(SQL("sol")),
            rate=self._get_order_rate_sql(),
            others=self._get_covered_before_sql(),
        )

    @api.model
    def _get_covered_before_sql(self):
        """How much of an order's line ``sol`` is covered without line ``l`` of a draft: by what is posted, and by
        drafts of its customer before it. A draft moves no more out of an order than these leave open."""
        return SQL(
            """
            SELECT COALESCE(SUM(CASE WHEN om.move_type = 'out_refund' THEN -1 ELSE 1 END * ol.quantity
                                * COALESCE(ou.factor / NULLIF(su.factor, 0), 1)), 0) AS quantity
              FROM sale_order_line_invoice_rel covering
              JOIN account_move_line ol ON ol.id = covering.invoice_line_id JOIN account_move om ON om.id = ol.move_id
              LEFT JOIN uom_uom ou ON ou.id = ol.product_uom_id
             WHERE covering.order_line_id = sol.id
               AND (om.state = 'posted' AND om.move_type IN ('out_invoice', 'out_refund')
                    OR om.state = 'draft' AND om.move_type = 'out_invoice' AND ol.id < l.id
                       AND om.commercial_partner_id = m.commercial_partner_id)
            """
        )
