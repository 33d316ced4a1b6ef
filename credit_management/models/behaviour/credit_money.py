"""Facts: what a customer has really paid, on which day. Whoever asks whether it was paid reads this.

Money is what came to a bank or cash journal on a receivable account. A credit note, a write-off, an exchange difference
and netting settle an item, and are none. Nor is the entry of a payment that was rejected, or that was reversed: both
the entry and its reversal count for nothing. A payment that carries a write-off counts for what came.
"""

from odoo import api, models
from odoo.tools import SQL

# What of a line is money: a payment's line may settle more than came, the rest was written off in its entry.
SHARE = SQL(
    "CASE WHEN came.amount_company_currency_signed IS NULL THEN 1 "
    "ELSE LEAST(1, ABS(came.amount_company_currency_signed) / NULLIF(ABS(x.balance), 0)) END"
)


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_money_sql(self, scope, customers, columns, condition):
        """Return SQL with ``date, item_id, currency_id, amount, amount_currency`` per item, and some columns.

        What was paid back is negative. ``item_id`` is empty for a payment that has no entry yet.

        :param Scope scope: gives the accounts
        :param SQL customers: gives the partners whose items are read, as ``contact``
        :param SQL columns: what else is selected; of the item or payment, ``x``, there are company, partner and date
        :param SQL condition: on the same, the account left aside
        """
        return SQL(
            """
            SELECT %(columns)s, x.date, x.id AS item_id, x.currency_id,
                   -x.balance * %(share)s AS amount, -x.amount_currency * %(share)s AS amount_currency
              FROM %(customers)s
              JOIN account_move_line x ON x.partner_id = contact.id AND %(accounts)s
              LEFT JOIN account_payment came ON came.id = x.payment_id
             WHERE %(condition)s AND %(is_money)s
             UNION ALL
            SELECT %(columns)s, x.date, NULL, x.currency_id, ABS(x.amount_company_currency_signed), x.amount
              FROM %(customers)s
              JOIN account_payment x ON x.partner_id = contact.id
             WHERE %(condition)s AND x.move_id IS NULL AND x.state = 'in_process'
               AND x.payment_type = 'inbound' AND x.partner_type = 'customer'
            """,
            columns=columns,
            share=SHARE,
            customers=customers,
            condition=condition,
            accounts=scope.restrict_account(SQL("x.account_id")),
            is_money=self._get_is_money_sql(),
        )

    @api.model
    def _get_paid_sql(self, scope, since):
        """Return SQL with the money that was received since a day on invoices: ``company_id, partner_id, move_id``
        (of the invoice), ``days`` after the due date (negative: early), ``amount`` in company currency.

        The day is that of the money, not of the match: what came before its invoice is early. Matches are read as they
        are: those with entries that settle nothing are not with money.
        """
        return SQL(
            """
            SELECT x.company_id, contact.commercial_partner_id AS partner_id, l.move_id,
                   x.date - COALESCE(l.date_maturity, l.date) AS days, r.amount * %(share)s AS amount
              FROM res_partner contact
              JOIN account_move_line x ON x.partner_id = contact.id AND %(accounts)s
              LEFT JOIN account_payment came ON came.id = x.payment_id
              JOIN account_partial_reconcile r ON r.credit_move_id = x.id
              JOIN account_move_line l ON l.id = r.debit_move_id AND l.parent_state = 'posted'
              JOIN account_move m ON m.id = l.move_id AND m.move_type IN ('out_invoice', 'out_receipt')
             WHERE x.credit > 0 AND x.date BETWEEN %(since)s AND %(today)s AND %(is_money)s AND %(scope)s
            """,
            share=SHARE,
            accounts=scope.restrict_account(SQL("x.account_id")),
            since=since,
            today=scope.as_of,
            is_money=self._get_is_money_sql(),
            scope=scope.restrict(SQL("contact.commercial_partner_id"), SQL("x.partner_id")),
        )

    @api.model
    def _get_last_payment_sql(self, scope):
        """Return SQL for the day of the last payment of profile ``p`` of which something was kept.

        Payments and lines of the bank are read from the end of their index; entries that somebody made by hand in a
        journal of the bank are few.
        """
        kept = SQL(
            """
            x.credit > COALESCE((SELECT SUM(r.amount) FROM account_partial_reconcile r
                                   JOIN account_move_line b ON b.id = r.debit_move_id AND b.parent_state = 'posted'
                                   JOIN account_move back ON back.id = b.move_id
                                   JOIN account_journal j ON j.id = back.journal_id
                                  WHERE r.credit_move_id = x.id AND j.type IN ('bank', 'cash', 'credit')), 0)
            """
        )
        return SQL(
            """
            (SELECT MAX(last.date) FROM res_partner contact
              CROSS JOIN LATERAL (
                    (SELECT x.date FROM account_move_line x
                      WHERE x.partner_id = contact.id AND x.credit > 0 AND x.parent_state = 'posted'
                        AND (x.payment_id IS NOT NULL OR x.statement_line_id IS NOT NULL)
                        AND x.company_id = p.company_id AND %(accounts)s AND %(is_money)s AND %(kept)s
                      ORDER BY x.date DESC LIMIT 1)
                     UNION ALL
                    (SELECT x.date FROM account_move_line x
                      WHERE x.partner_id = contact.id AND x.credit > 0
                        AND x.payment_id IS NULL AND x.statement_line_id IS NULL
                        AND x.company_id = p.company_id AND %(accounts)s AND %(is_money)s AND %(kept)s
                      ORDER BY x.date DESC LIMIT 1)
                     UNION ALL
                    (SELECT MAX(a.date) FROM account_payment a
                      WHERE a.partner_id = contact.id AND a.company_id = p.company_id AND a.move_id IS NULL
                        AND a.state = 'in_process' AND a.payment_type = 'inbound' AND a.partner_type = 'customer')
                    ) last
              WHERE contact.commercial_partner_id = p.partner_id)
            """,
            accounts=scope.restrict_account(SQL("x.account_id")),
            is_money=self._get_is_money_sql(),
            kept=kept,
        )
