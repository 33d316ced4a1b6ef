"""What customers bought month by month, and what the company sold to all: what methods of limits read."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..behaviour.credit_profile_trade import DAYS_OF_YEAR, INVOICES


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_highest_months(self):
        """Return ``{id: amount}`` of the calendar month of the last 12 in which each profile was invoiced most, tax
        included, less credit notes; None where nothing was invoiced."""
        return self._read_per_day(self._get_highest_month_sql)

    def _get_highest_month_sql(self, scope):
        """Return SQL for the highest month of profile ``p`` in the year before a day."""
        return SQL(
            """
            SELECT MAX(month.amount)::float FROM (
                   SELECT SUM(m.amount_total_signed) AS amount FROM (%(invoices)s) m WHERE m.invoice_date > %(since)s
                    GROUP BY DATE_TRUNC('month', m.invoice_date)) month
            """,
            invoices=self._get_invoices_sql(scope),
            since=scope.as_of - timedelta(days=DAYS_OF_YEAR),
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _credit_get_own_sales(self):
        """Return what the company and its branches invoiced to all customers in the last 12 months, tax included."""
        self.ensure_one()
        today = self._credit_today()
        names = ["amount_total_signed", "invoice_date", "state", "move_type", "company_id"]
        self.env["account.move"].flush_model(names)
        [(amount,)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(amount_total_signed), 0)::float FROM account_move
                 WHERE state = 'posted' AND move_type IN %(types)s AND company_id IN %(companies)s
                   AND invoice_date > %(since)s AND invoice_date <= %(today)s
                """,
                types=INVOICES, companies=tuple(self._credit_get_tree().ids),
                since=today - timedelta(days=DAYS_OF_YEAR), today=today,
            )
        )
        return amount
