"""Facts of a profile that are days: of the oldest open item, and of the last payment."""

from odoo import api, models
from odoo.tools import SQL

OPEN = "l.amount_residual <> 0 AND l.amount_residual > 0"  # the first half is the condition of the index


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _add_dates(self, optional, as_of):
        """Add the age of the oldest open item and the days since the last payment."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, %(today)s - %(oldest)s, %(today)s - COALESCE(%(payment)s, %(first)s)
                  FROM credit_profile p WHERE p.id IN %(ids)s
                """,
                today=as_of,
                oldest=self._get_first_day_sql("COALESCE(m.invoice_date, l.date)", OPEN),
                payment=self._get_last_payment_sql(),
                first=self._get_first_day_sql("l.date", "TRUE"),
                ids=tuple(self.ids),
            )
        )
        for profile_id, days_oldest, days_payment in rows:
            optional[profile_id].update(days_oldest_item=days_oldest or 0, days_since_payment=days_payment)

    @api.model
    def _get_first_day_sql(self, day, condition):
        """Return SQL for the first day among the receivable items of profile ``p`` that meet a condition."""
        return SQL(
            """
            (SELECT MIN(%(day)s) FROM res_partner contact
               JOIN account_move_line l ON l.partner_id = contact.id AND l.company_id = p.company_id
               JOIN account_move m ON m.id = l.move_id
              WHERE contact.commercial_partner_id = p.partner_id AND l.account_id IN %(accounts)s
                AND l.parent_state = 'posted' AND %(condition)s)
            """,
            day=SQL(day),
            condition=SQL(condition),
            accounts=self.env["credit.exposure"]._get_receivable_account_ids(),
        )

    @api.model
    def _get_last_payment_sql(self):
        """Return SQL for the day of the last payment of profile ``p``: the index is read from its end."""
        return SQL(
            """
            (SELECT MAX(last.date) FROM res_partner contact
              CROSS JOIN LATERAL (SELECT l.date FROM account_move_line l
                    WHERE l.partner_id = contact.id AND l.credit > 0 AND l.parent_state = 'posted'
                      AND (l.payment_id IS NOT NULL OR l.statement_line_id IS NOT NULL)
                      AND l.company_id = p.company_id AND l.account_id IN %(accounts)s
                    ORDER BY l.date DESC LIMIT 1) last
              WHERE contact.commercial_partner_id = p.partner_id)
            """,
            accounts=self.env["credit.exposure"]._get_receivable_account_ids(),
        )
