"""Facts: what a customer has really paid, on which day. Whoever asks whether it was paid reads this.

Money is what came to a bank or cash journal on a receivable account. A credit note, a write-off, an exchange difference
and netting settle an item, and are none. Nor is the entry of a payment that was rejected, or that was reversed: both
the entry and its reversal count for nothing. A payment that carries a write-off counts for what came.

What is paid by bill, cheque or direct debit (a method with a risk) is money when it is honoured: once its risk has
ended without a rejection, on the day on which the bank had it, else on the last day of the risk.
"""

from odoo import api, models
from odoo.tools import SQL

from ..open_item.credit_open_item_source import get_was_open_sql

# common tables of a statement: what `_get_money_items_sql` and `_get_paid_sql` return
MONEY, PAID = "credit_money", "credit_paid"
ALL = SQL("TRUE")
# What is read of an item that is money.
MONEY_COLUMNS = (
    "id", "company_id", "partner_id", "move_id", "payment_id", "date", "currency_id", "balance", "amount_currency",
    "credit",
)
# What of a line is money: a payment's line may settle more than came, the rest was written off in its entry.
SHARE = SQL(
    "CASE WHEN ABS(came.amount_company_currency_signed) < ABS(x.balance) "
    "THEN ABS(came.amount_company_currency_signed) / ABS(x.balance) ELSE 1 END"
)
# The day of the money of item ``x``, paid by method ``way`` where it was a payment.
DAY = SQL(
    """
    CASE WHEN COALESCE(way.credit_days_risk, 0) = 0 THEN x.date
         ELSE COALESCE((SELECT MAX(bank.date) FROM account_move_line o
                          JOIN account_partial_reconcile r ON r.debit_move_id = o.id
                          JOIN account_move_line bank ON bank.id = r.credit_move_id AND bank.parent_state = 'posted'
                         WHERE o.move_id = x.move_id AND bank.statement_line_id IS NOT NULL),
                       x.date + way.credit_days_risk) END
    """
)
WAY = SQL("LEFT JOIN account_payment_method_line way ON way.id = came.payment_method_line_id")
# Of what came something was not paid back.
KEPT = SQL(
    """
    x.credit > COALESCE((SELECT SUM(r.amount) FROM account_partial_reconcile r
                           JOIN account_move_line b ON b.id = r.debit_move_id AND b.parent_state = 'posted'
                           JOIN account_move back ON back.id = b.move_id
                           JOIN account_journal j ON j.id = back.journal_id
                          WHERE r.credit_move_id = x.id AND j.type IN ('bank', 'cash', 'credit')), 0)
    """
)


def _first(scope):
    """Everybody's rows are found before they are joined: PostgreSQL expects a few, and would look each one up."""
    return SQL("OFFSET 0") if scope.contact_ids is None else SQL()


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
            SELECT %(columns)s, %(day)s AS date, x.id AS item_id, x.currency_id,
                   -x.balance * %(share)s AS amount, -x.amount_currency * %(share)s AS amount_currency
              FROM %(customers)s
              JOIN (%(items)s) x ON x.partner_id = contact.id
              LEFT JOIN account_payment came ON came.id = x.payment_id
              %(way)s
             WHERE %(condition)s
             UNION ALL
            SELECT %(columns)s, x.date, NULL, x.currency_id, ABS(x.amount_company_currency_signed), x.amount
              FROM %(customers)s
              JOIN (SELECT id, company_id, partner_id, date, currency_id, amount_company_currency_signed, amount,
                           payment_method_line_id
                      FROM account_payment
                     WHERE move_id IS NULL AND state = 'in_process' AND payment_type = 'inbound'
                       AND partner_type = 'customer' %(first)s) x ON x.partner_id = contact.id
              LEFT JOIN account_payment_method_line way ON way.id = x.payment_method_line_id
             WHERE %(condition)s AND NOT (%(at_risk)s)
            """,
            columns=columns,
            share=SHARE,
            customers=customers,
            condition=condition,
            items=self._get_money_items_sql(scope),
            first=_first(scope),
            at_risk=self._get_at_risk_sql(SQL("x.date"), scope.as_of),
            day=DAY,
            way=WAY,
        )

    @api.model
    def _get_money_items_sql(self, scope, condition=ALL):
        """Return SQL with the items ``x`` that are money; within a statement that has read them, as `MONEY`, from
        there."""
        if MONEY in scope.shared:
            return SQL("SELECT * FROM %s x WHERE %s", SQL.identifier(MONEY), condition)
        return SQL(
            "SELECT %s FROM account_move_line x WHERE %s AND %s AND %s AND %s AND %s %s",
            SQL(", ").join(SQL.identifier("x", name) for name in MONEY_COLUMNS),
            scope.restrict_account(SQL("x.account_id")),
            get_was_open_sql(SQL("x")),
            self._get_is_money_sql(scope.as_of, scope.until),
            scope.narrow(SQL("x.partner_id")),
            condition,
            _first(scope),
        )

    @api.model
    def _get_paid_sql(self, scope, since):
        """Return SQL with the money that was received since a day on invoices: ``company_id, partner_id, move_id``
        (of the invoice), its ``amount_residual`` and ``amount_total_signed``, ``date`` of the entry, ``day`` of
        the money, ``days`` after the due date then (negative: early), ``amount`` in company currency. Within a
        statement that has read it, as `PAID`, it is taken from there.

        The day is that of the money, not of the match: what came before its invoice is early. Matches are read as they
        are: those with entries that settle nothing are not with money.

        The money is a table of its own, as PostgreSQL cannot guess how much of the ledger is matched money: it expects
        a hundredth of everybody's, and looks the rest up one by one.
        """
        if PAID in scope.shared:
            return SQL("SELECT * FROM %s WHERE date >= %s", SQL.identifier(PAID), since)
        return SQL(
            """
            WITH money AS %(kept)s (
                SELECT x.id, x.company_id, contact.commercial_partner_id, x.date, x.payment_id, x.move_id, x.balance
                  FROM (%(items)s) x JOIN res_partner contact ON contact.id = x.partner_id
                 WHERE %(scope)s)
            SELECT %(company)s AS company_id, x.commercial_partner_id AS partner_id, x.invoice_id AS move_id,
                   m.amount_residual, m.amount_total_signed, x.date, %(day)s AS day,
                   %(day)s - x.date_due AS days, x.amount * %(share)s AS amount
              FROM (SELECT x.*, r.amount, l.move_id AS invoice_id, COALESCE(l.date_maturity, l.date) AS date_due
                      FROM money x
                      JOIN account_partial_reconcile r ON r.credit_move_id = x.id AND %(matched)s
                      JOIN account_move_line l ON l.id = r.debit_move_id AND l.parent_state = 'posted'
                    %(first)s) x
              JOIN account_move m ON m.id = x.invoice_id AND m.move_type IN ('out_invoice', 'out_receipt')
              LEFT JOIN account_payment came ON came.id = x.payment_id
              %(way)s
            """,
            matched=scope.restrict_day(SQL("r.max_date")),
            company=self.env["res.company"]._credit_company_sql(SQL("x.company_id")),
            share=SHARE,
            items=self._get_money_items_sql(scope, self._get_came_sql(since, scope)),
            day=DAY,
            way=WAY,
            first=_first(scope),
            # a common table is one already
            kept=SQL("NOT MATERIALIZED") if MONEY in scope.shared else SQL("MATERIALIZED"),
            scope=scope.restrict(SQL("contact.commercial_partner_id"), SQL("x.partner_id")),
        )

    @api.model
    def _get_came_sql(self, since, scope):
        """Return the condition that money came since a day. Of a common table PostgreSQL knows no days, and expects
        next to nothing between two of them; of a case it expects half."""
        came = SQL("x.credit > 0 AND x.date BETWEEN %s AND %s", since, scope.as_of)
        return SQL("CASE WHEN %s THEN TRUE ELSE FALSE END", came) if MONEY in scope.shared else came

    @api.model
    def _read_paid_of(self, moves, as_of):
        """Return ``{move id: amount}`` of the money that these posted invoices were paid with until a day, or credit
        notes paid back with, in the currency of each. What a credit note, a write-off or an entry settles is none.
        """
        statement = SQL(
            """
            SELECT l.move_id, SUM(%(share)s * CASE WHEN x.id = r.credit_move_id THEN r.debit_amount_currency
                                                   ELSE r.credit_amount_currency END)
              FROM account_move_line l
              JOIN account_account a ON a.id = l.account_id AND a.account_type = 'asset_receivable'
              JOIN account_partial_reconcile r ON l.id IN (r.debit_move_id, r.credit_move_id)
              JOIN account_move_line x ON x.id IN (r.debit_move_id, r.credit_move_id) AND x.id <> l.id
              LEFT JOIN account_payment came ON came.id = x.payment_id
             WHERE l.move_id = ANY(%(moves)s) AND l.parent_state = 'posted' AND %(is_money)s
             GROUP BY l.move_id
            """,
            share=SHARE,
            moves=moves.ids,
            is_money=self._get_is_money_sql(as_of),
        )
        self.env.flush_all()
        return dict(self.env.execute_query(statement)) if moves else {}

    @api.model
    def _get_last_payment_sql(self, scope):
        """Return SQL for the day of the last payment of profile ``p`` of which something was kept.

        Items are read from the end of their index, each looked at by itself: OFFSET 0 keeps PostgreSQL from looking at
        all before it takes the last, and a limit that it does not know, from sorting them (there is none: null). What
        was sold is credited, too, but is never open nor settled.
        """
        return SQL(
            """
            (SELECT MAX(last.date) FROM res_partner contact
              CROSS JOIN LATERAL (
                    (SELECT money.day
                       FROM (SELECT * FROM account_move_line x
                              WHERE x.partner_id = contact.id AND x.credit > 0 AND %(was_open)s
                                AND %(company)s = p.company_id AND %(accounts)s
                              ORDER BY x.date DESC LIMIT (SELECT NULL::bigint)) x
                      CROSS JOIN LATERAL (
                            SELECT %(day)s AS day FROM (VALUES (x.payment_id)) paid (id)
                              LEFT JOIN account_payment came ON came.id = paid.id %(way)s
                             WHERE %(is_money)s AND %(kept)s
                            OFFSET 0) money
                      ORDER BY x.date DESC LIMIT 1)
                     UNION ALL
                    (SELECT MAX(a.date) FROM account_payment a
                       LEFT JOIN account_payment_method_line way ON way.id = a.payment_method_line_id
                      WHERE a.partner_id = contact.id AND %(paying)s = p.company_id AND a.move_id IS NULL
                        AND a.state = 'in_process' AND a.payment_type = 'inbound' AND a.partner_type = 'customer'
                        AND NOT (%(at_risk)s))) last (date)
              WHERE contact.commercial_partner_id = p.partner_id)
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("x.company_id")),
            paying=self.env["res.company"]._credit_company_sql(SQL("a.company_id")),
            accounts=scope.restrict_account(SQL("x.account_id")),
            was_open=get_was_open_sql(SQL("x")),
            is_money=self._get_is_money_sql(scope.as_of),
            at_risk=self._get_at_risk_sql(SQL("a.date"), scope.as_of),
            day=DAY,
            way=WAY,
            kept=KEPT,
        )
