"""What residuals say that is not so: matches with entries that settle nothing.

Odoo's residual of an item is its amount less what it was matched with, whatever became of the other side. An entry that
is not posted (Odoo 19 keeps the matches of one that is reset to draft) and the entry of a payment that was rejected
settle nothing. Where the entry of a payment was reversed, the reversal is a debt of its own, as young as itself: it is
moved to the items that the payment had settled, which makes the debt as old as they are.
"""

from odoo import api, models
from odoo.tools import SQL

from ..reading.scope import left_out
from .shared import read_once


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_presence(self, scope):
        """A match may join items of two customers: a void one is looked at from both sides."""
        void = SQL(
            """
            EXISTS (SELECT FROM account_move_line v
                     WHERE v.parent_state <> 'posted' AND v.matching_number IS NOT NULL AND (%(own)s OR EXISTS (
                           SELECT FROM account_partial_reconcile r JOIN account_move_line y
                                    ON y.id = CASE v.id WHEN r.debit_move_id THEN r.credit_move_id
                                                        ELSE r.debit_move_id END
                            WHERE v.id IN (r.debit_move_id, r.credit_move_id) AND %(other)s)))
            """,
            own=scope.narrow(SQL("v.partner_id")),
            other=scope.narrow(SQL("y.partner_id")),
        )
        undone = SQL(
            """
            EXISTS (SELECT FROM account_payment pay
                     WHERE pay.state IN ('rejected', 'canceled') AND pay.move_id IS NOT NULL AND %(payer)s)
            OR EXISTS (SELECT FROM account_move m
                        WHERE m.reversed_entry_id IS NOT NULL AND m.move_type = 'entry' AND m.state = 'posted'
                          AND EXISTS (SELECT FROM account_move_line d WHERE d.move_id = m.id AND %(debtor)s))
            """,
            payer=scope.narrow(SQL("pay.partner_id")),
            debtor=scope.narrow(SQL("d.partner_id")),
        )
        return {**super()._get_presence(scope), "credit_correction": SQL("(%s OR %s)", void, undone)}

    @api.model
    @left_out("credit_correction", "item_id int, amount numeric, amount_currency numeric")
    @read_once
    def _get_corrections_sql(self, scope):
        """Return SQL with ``item_id, amount, amount_currency``: what is added to the residual of a journal item.

        NULL: the item itself is nothing. The few rows are found by indexes of their own; those of other customers may
        be among them.
        """
        return SQL(
            """
            WITH settling AS MATERIALIZED (%(void)s),
                 void AS MATERIALIZED (SELECT id FROM settling UNION %(exchanged)s)
            SELECT item_id, CASE WHEN bool_and(is_item) THEN SUM(amount) END AS amount,
                   CASE WHEN bool_and(is_item) THEN SUM(amount_currency) END AS amount_currency
              FROM (SELECT r.credit_move_id AS item_id, -r.amount AS amount,
                           -r.credit_amount_currency AS amount_currency, TRUE AS is_item
                      FROM void JOIN %(matches)s r ON r.debit_move_id = void.id
                     UNION ALL
                    SELECT r.debit_move_id, r.amount, r.debit_amount_currency, TRUE
                      FROM void JOIN %(matches)s r ON r.credit_move_id = void.id
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
            matches=scope.matches,
        )

    @api.model
    def _get_void_items_sql(self, scope):
        """The items whose matches are none: of entries that are not posted, of rejected payments whose entry stands (a
        reversed one is undone in the books already), and of the reversal of a payment's entry that is a draft again: it
        takes nothing back."""
        return SQL(
            """
            SELECT id FROM account_move_line WHERE parent_state <> 'posted' AND matching_number IS NOT NULL
             UNION
            SELECT l.id FROM account_payment pay
              JOIN account_move_line l ON l.move_id = pay.move_id AND l.parent_state = 'posted' AND %(accounts)s
             WHERE pay.state IN ('rejected', 'canceled') AND pay.move_id IS NOT NULL AND %(narrow)s
               AND NOT EXISTS (SELECT FROM account_move back
                                WHERE back.reversed_entry_id = pay.move_id AND back.state = 'posted')
             UNION
            SELECT l.id FROM account_move back
              JOIN account_move own ON own.id = back.reversed_entry_id AND own.state <> 'posted'
                                   AND own.origin_payment_id IS NOT NULL
              JOIN account_move_line l ON l.move_id = back.id AND %(accounts)s
             WHERE back.reversed_entry_id IS NOT NULL AND back.move_type = 'entry' AND back.state = 'posted'
               AND %(narrow_reversed)s
            """,
            accounts=scope.restrict_account(SQL("l.account_id")),
            narrow=scope.narrow(SQL("pay.partner_id")),
            narrow_reversed=scope.narrow(SQL("l.partner_id")),
        )

    @api.model
    def _get_void_exchange_sql(self, scope):
        """The items of exchange differences that came of matches which are none."""
        return SQL(
            """
            SELECT x.id
              FROM (SELECT r.exchange_move_id FROM settling JOIN %(matches)s r ON r.debit_move_id = settling.id
                     UNION
                    SELECT r.exchange_move_id FROM settling JOIN %(matches)s r ON r.credit_move_id = settling.id) m
              JOIN account_move_line x ON x.move_id = m.exchange_move_id AND %(accounts)s
            """,
            accounts=scope.restrict_account(SQL("x.account_id")),
            matches=scope.matches,
        )

    @api.model
    def _get_bounced_sql(self, scope):
        """What is open of reversed payments, shared out over what these had settled, the oldest first.

        What they had settled and is a draft again is no item: there the reversal settles the payment itself.
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
                           d.currency_id AS reversal_currency_id,
                           d.amount_residual AS residual, d.amount_residual_currency AS residual_currency,
                           LEAST(r.amount, d.amount_residual + r.amount - SUM(r.amount) OVER (
                                 PARTITION BY d.id ORDER BY COALESCE(y.date_maturity, y.date), r.id)) AS amount
                      FROM account_move m
                      JOIN %(lines)s d ON d.move_id = m.id AND d.parent_state = 'posted' AND d.amount_residual > 0
                           AND %(accounts)s
                      JOIN account_move_line c ON c.move_id = m.reversed_entry_id AND c.account_id = d.account_id
                           AND c.partner_id = d.partner_id AND c.credit > 0 AND c.parent_state = 'posted'
                      JOIN %(matches)s r ON r.credit_move_id = c.id
                      JOIN account_move_line y ON y.id = r.debit_move_id
                     WHERE m.reversed_entry_id IS NOT NULL AND m.move_type = 'entry' AND m.state = 'posted'
                       AND %(narrow)s) part
              JOIN res_currency cur ON cur.id = part.currency_id
              JOIN res_currency back ON back.id = part.reversal_currency_id
             WHERE part.amount > 0
            """,
            lines=scope.lines,
            matches=scope.matches,
            accounts=scope.restrict_account(SQL("d.account_id")),
            narrow=scope.narrow(SQL("d.partner_id")),
        )

    @api.model
    def _get_is_money_sql(self, as_of):
        """Return the condition that a receivable item ``x`` is money on a day: that came, or that was paid back. What
        is paid by a method with a risk (bill, check, direct debit) is money when it is honoured, as the risk ends.

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
                                                            AND back.state = 'posted')
            AND EXISTS (SELECT FROM account_move own
                         WHERE own.id = x.move_id AND own.reversed_entry_id IS NULL
                           AND own.journal_id = ANY(ARRAY(SELECT id FROM account_journal
                                                           WHERE type IN ('bank', 'cash', 'credit'))))
            """,
            self._get_at_risk_sql(SQL("void.date"), as_of),
        )

    @api.model
    def _get_at_risk_sql(self, date, as_of):
        """Return the condition that a payment of a day by method ``way`` is not honoured yet."""
        return SQL("COALESCE(way.credit_days_risk, 0) > 0 AND %s + way.credit_days_risk >= %s", date, as_of)
