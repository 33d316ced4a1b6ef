"""What the books say that is not so: matches with entries that settle nothing.

What is open in the books (room `open_item`) leaves out entries that are not posted. The entry of a payment that was
rejected stands in them, and settles nothing either; nor do the exchange differences of what settles nothing. Where the
entry of a payment was reversed, the reversal is a debt of its own, as young as itself: it is moved to the items that
the payment had settled, which makes the debt as old as they are.
"""

from odoo import api, models
from odoo.tools import SQL

from ..open_item.credit_open_item_source import CORRECTION
from ..reading.scope import left_out


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_presence(self, scope):
        there = SQL(
            "(EXISTS (%s) OR EXISTS (%s))", self._get_void_items_sql(scope), self._get_open_reversals_sql(scope)
        )
        return {**super()._get_presence(scope), "credit_correction": there}

    @api.model
    def _get_open_reversals_sql(self, scope):
        """What is open of reversed payments."""
        return SQL(
            """
            SELECT FROM account_move_line d JOIN account_move m ON m.id = d.move_id
             WHERE d.amount_residual > 0 AND d.parent_state = 'posted' AND %s AND %s
               AND m.reversed_entry_id IS NOT NULL AND m.move_type = 'entry'
            """,
            scope.restrict_account(SQL("d.account_id")),
            scope.narrow(SQL("d.partner_id")),
        )

    @api.model
    @left_out("credit_correction", CORRECTION)
    def _get_corrections_sql(self, scope):
        """Return SQL with ``item_id, amount, amount_currency``: what is added to what is open of a journal item in the
        books.

        NULL: the item itself is nothing. The few rows are found by indexes of their own; those of other customers may
        be among them. OFFSET 0: PostgreSQL expects hundreds, and would read all matches for each kind.
        """
        return SQL(
            """
            WITH settling AS MATERIALIZED (%(void)s),
                 void AS MATERIALIZED (SELECT id FROM settling WHERE is_posted UNION %(exchanged)s)
            SELECT item_id, CASE WHEN bool_and(is_item) THEN SUM(amount) END AS amount,
                   CASE WHEN bool_and(is_item) THEN SUM(amount_currency) END AS amount_currency
              FROM (SELECT r.credit_move_id AS item_id, -r.amount AS amount,
                           -r.credit_amount_currency AS amount_currency, TRUE AS is_item
                      FROM void
                     CROSS JOIN LATERAL (SELECT * FROM %(matches)s m WHERE m.debit_move_id = void.id OFFSET 0) r
                     UNION ALL
                    SELECT r.debit_move_id, r.amount, r.debit_amount_currency, TRUE
                      FROM void
                     CROSS JOIN LATERAL (SELECT * FROM %(matches)s m WHERE m.credit_move_id = void.id OFFSET 0) r
                     UNION ALL
                    SELECT id, 0, 0, FALSE FROM void
                     UNION ALL
                    SELECT side.item_id, side.amount, side.amount_currency, side.is_item FROM (%(bounced)s) b
                     CROSS JOIN LATERAL (VALUES (b.item_id, b.amount, b.amount_currency, TRUE),
                                                (b.reversal_id, -b.amount, -b.reversal_currency, TRUE)
                           ) side (item_id, amount, amount_currency, is_item)) loose
             GROUP BY item_id
            """,
            void=self._get_void_items_sql(scope),
            exchanged=self._get_void_exchange_sql(scope),
            bounced=self._get_bounced_sql(scope),
            matches=self._get_matches_sql(scope),
        )

    @api.model
    def _get_matches_sql(self, scope):
        """The matches that count on the scope's day."""
        if scope.until is None:
            return SQL("account_partial_reconcile")
        return SQL("(SELECT * FROM account_partial_reconcile WHERE max_date <= %s)", scope.until)

    @api.model
    def _get_void_items_sql(self, scope):
        """The items whose matches are none: of entries that are not posted (the books leave them out), of rejected
        payments whose entry stands (a reversed one is undone in the books already), and of the reversal of a payment's
        entry that is a draft again: it takes nothing back. Those of a few customers, and what theirs are matched with.
        OFFSET 0: it starts from the rejected payments, which are fewer than the items of a customer.
        """
        return SQL(
            """
            SELECT l.id, FALSE AS is_posted FROM account_move_line l
             WHERE l.parent_state <> 'posted' AND l.matching_number IS NOT NULL AND %(which)s
             UNION ALL
            SELECT l.id, TRUE
              FROM (SELECT move_id FROM (%(undone)s) undone OFFSET 0) pay
             CROSS JOIN LATERAL (SELECT id, partner_id, account_id FROM account_move_line
                                  WHERE move_id = pay.move_id AND parent_state = 'posted' OFFSET 0) l
             WHERE %(accounts)s AND %(which)s
               AND NOT EXISTS (SELECT FROM account_move back
                                WHERE back.reversed_entry_id = pay.move_id AND back.state = 'posted')
             UNION ALL
            SELECT l.id, TRUE
              FROM (SELECT id FROM account_move
                     WHERE origin_payment_id IS NOT NULL AND state <> 'posted' OFFSET 0) own
              JOIN account_move back ON back.reversed_entry_id = own.id AND back.move_type = 'entry'
                                    AND back.state = 'posted'
              JOIN account_move_line l ON l.move_id = back.id AND %(accounts)s
             WHERE %(which)s
            """,
            accounts=scope.restrict_account(SQL("l.account_id")),
            which=self._get_concerning_sql(scope, SQL("l")),
            undone=self._get_undone_payments_sql(scope),
        )

    @api.model
    def _get_void_exchange_sql(self, scope):
        """The items of exchange differences that came of matches which are none."""
        return SQL(
            """
            SELECT x.id
              FROM (SELECT r.exchange_move_id FROM settling
                     CROSS JOIN LATERAL (SELECT * FROM %(matches)s m WHERE m.debit_move_id = settling.id OFFSET 0) r
                     UNION
                    SELECT r.exchange_move_id FROM settling
                     CROSS JOIN LATERAL (SELECT * FROM %(matches)s m WHERE m.credit_move_id = settling.id OFFSET 0) r
                   ) m
              JOIN account_move_line x ON x.move_id = m.exchange_move_id AND x.parent_state = 'posted' AND %(accounts)s
            """,
            accounts=scope.restrict_account(SQL("x.account_id")),
            matches=self._get_matches_sql(scope),
        )

    @api.model
    def _get_bounced_sql(self, scope):
        """What is open of reversed payments, shared out over what these had settled, the oldest first.

        What they had settled and is a draft again is no item: there the reversal settles the payment itself. What they
        had settled of somebody else stays with who paid: he owes what the reversal says.
        """
        return SQL(
            """
            SELECT part.reversal_id, part.item_id, part.amount,
                   ROUND((part.item_currency * part.amount / part.matched)::numeric, cur.decimal_places)
                   AS amount_currency,
                   ROUND((part.residual_currency * part.amount / part.residual)::numeric, back.decimal_places)
                   AS reversal_currency
              FROM (SELECT d.id AS reversal_id, CASE WHEN y.parent_state = 'posted' THEN y.id ELSE c.id END AS item_id,
                           CASE WHEN y.parent_state = 'posted' THEN r.debit_amount_currency
                                ELSE r.credit_amount_currency END AS item_currency, r.amount AS matched,
                           CASE WHEN y.parent_state = 'posted' THEN y.currency_id ELSE c.currency_id END AS currency_id,
                           d.currency_id AS reversal_currency_id, d.residual, d.residual_currency,
                           LEAST(r.amount, d.residual + r.amount - SUM(r.amount) OVER (
                                 PARTITION BY d.id ORDER BY COALESCE(y.date_maturity, y.date), r.id)) AS amount
                      FROM account_move m
                      CROSS JOIN LATERAL (%(reversals)s) d
                      JOIN account_move_line c ON c.move_id = m.reversed_entry_id AND c.account_id = d.account_id
                           AND c.partner_id = d.partner_id AND c.credit > 0 AND c.parent_state = 'posted'
                      JOIN %(matches)s r ON r.credit_move_id = c.id
                      JOIN account_move_line y ON y.id = r.debit_move_id
                      JOIN res_partner payer ON payer.id = d.partner_id
                      JOIN res_partner debtor ON debtor.id = y.partner_id
                           AND debtor.commercial_partner_id = payer.commercial_partner_id
                     WHERE m.reversed_entry_id IS NOT NULL AND m.move_type = 'entry' AND m.state = 'posted'
                       AND d.residual > 0 AND %(narrow)s) part
              JOIN res_currency cur ON cur.id = part.currency_id
              JOIN res_currency back ON back.id = part.reversal_currency_id
             WHERE part.amount > 0
            """,
            reversals=self._get_reversals_sql(scope),
            matches=self._get_matches_sql(scope),
            narrow=scope.narrow(SQL("d.partner_id")),
        )

    @api.model
    def _get_reversals_sql(self, scope):
        """Receivable lines of a move ``m``, with what is open of a debit: on a past day its residual and what was
        matched later.

        The reversals of payments are few, and OFFSET 0 makes PostgreSQL start from them: a customer has many lines.
        """
        later = SQL("0"), SQL("0")
        if scope.until is not None:
            matched = "SELECT SUM(%s) FROM account_partial_reconcile WHERE debit_move_id = l.id AND max_date > %s"
            columns = SQL("amount"), SQL("debit_amount_currency")
            later = [SQL(f"COALESCE(({matched}), 0)", column, scope.until) for column in columns]
        return SQL(
            """
            SELECT l.id, l.move_id, l.account_id, l.partner_id, l.currency_id, l.amount_residual + %s AS residual,
                   l.amount_residual_currency + %s AS residual_currency
              FROM account_move_line l WHERE l.move_id = m.id AND l.parent_state = 'posted' AND %s AND %s OFFSET 0
            """,
            *later, scope.restrict_account(SQL("l.account_id")), scope.restrict_day(SQL("l.date")),
        )

    @api.model
    def _get_is_money_sql(self, as_of, until=None):
        """Return the condition that a receivable item ``x`` is money on a day: that came, or that was paid back. What
        is paid by a method with a risk (bill, check, direct debit) is money when it is honoured, as the risk ends.
        ``until``: what was reversed after that day was money on it.

        The journal is that of its move: on the item it is a copy, which can be written.

        Hook: an add-on whose payments stand in other journals adds them.
        """
        return SQL(
            """
            x.parent_state = 'posted'
            AND NOT EXISTS (SELECT FROM account_payment void
                              LEFT JOIN account_payment_method_line way ON way.id = void.payment_method_line_id
                             WHERE void.move_id = x.move_id AND (void.state IN ('rejected', 'canceled') OR %s))
            AND NOT EXISTS (SELECT FROM account_move back WHERE back.reversed_entry_id = x.move_id
                                                            AND back.state = 'posted' AND %s)
            AND EXISTS (SELECT FROM account_move own
                         WHERE own.id = x.move_id AND own.reversed_entry_id IS NULL
                           AND own.journal_id = ANY(ARRAY(SELECT id FROM account_journal
                                                           WHERE type IN ('bank', 'cash', 'credit'))))
            """,
            self._get_at_risk_sql(SQL("void.date"), as_of),
            SQL("TRUE") if until is None else SQL("back.date <= %s", until),
        )

    @api.model
    def _get_at_risk_sql(self, date, as_of):
        """Return the condition that a payment of a day by method ``way`` is not honoured yet."""
        return SQL("COALESCE(way.credit_days_risk, 0) > 0 AND %s + way.credit_days_risk >= %s", date, as_of)
