"""What was open of a journal item when: what interest is reckoned on."""

from odoo import api, models
from odoo.tools import SQL

from ...engine.interest import Debt


class CreditInterest(models.Model):
    _inherit = "credit.interest"

    @api.model
    def _read_debts(self, item_ids, until):
        """Return ``{item id: Debt}`` of receivable items up to a day, in the currency of each; one statement.

        A payment lowers the base from the day after the later of the two entries' days; one that was rejected never
        came. A credit note takes back what was invoiced: no interest was ever due on it.

        :param until: the last day: what was booked later lowers nothing
        """
        if not item_ids:
            return {}
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model(["move_type"])
        self.env["account.partial.reconcile"].flush_model()
        rows = self.env.execute_query(self._get_debts_sql(tuple(item_ids), until))
        return {
            item_id: Debt(float(amount), due, tuple((day, float(paid)) for day, paid in zip(days, sums, strict=True)))
            for item_id, amount, due, days, sums in rows
        }

    @api.model
    def _get_debts_sql(self, item_ids, until):
        return SQL(
            """
            SELECT i.id, i.amount_currency, COALESCE(i.date_maturity, i.date),
                   COALESCE(p.days, '{}'), COALESCE(p.sums, '{}')
              FROM account_move_line i
              LEFT JOIN LATERAL (
                   SELECT ARRAY_AGG(m.day ORDER BY m.day) AS days, ARRAY_AGG(m.amount ORDER BY m.day) AS sums
                     FROM (SELECT CASE WHEN e.move_type = 'out_refund' THEN LEAST(i.date_maturity, i.date)
                                       ELSE r.max_date END AS day,
                                  SUM(r.debit_amount_currency) AS amount
                             FROM account_partial_reconcile r
                             JOIN account_move_line c ON c.id = r.credit_move_id
                             JOIN account_move e ON e.id = c.move_id
                             LEFT JOIN account_payment p ON p.id = c.payment_id
                            WHERE r.debit_move_id = i.id AND r.max_date <= %(until)s AND c.parent_state = 'posted'
                              AND p.state IS DISTINCT FROM 'rejected'
                            GROUP BY 1) m) p ON TRUE
             WHERE i.id IN %(items)s AND i.amount_currency > 0
            """,
            until=until, items=item_ids,
        )
