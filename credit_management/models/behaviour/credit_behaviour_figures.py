"""How one customer pays, in figures that people know: what the credit file shows above its chart."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .credit_behaviour import DAYS_BACK
from .credit_profile_trade import DAYS_OF_YEAR

LAST_PAYMENTS = 10
# open items: what the customer was invoiced and has not settled, credits taken off
BALANCE = ("amount_not_due", "amount_overdue_gross", "amount_disputed", "amount_unallocated")


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_behaviour(self, as_of):
        """Return how the customer paid in the 12 months before a day; None where nothing tells.

        :return: ``days_late`` (weighted by amount, negative: early) and ``share_on_time`` (percent of the amount) of
            what was paid, ``sales`` (tax included), ``dso`` in days (open items × days ÷ sales, tax on both sides;
            over the time since the first invoice where that is less than a year)
        """
        self.ensure_one()
        days_late, on_time = self._read_paid(as_of)
        sales, days = self._read_sales(as_of)
        balance = sum(self[name] for name in BALANCE)
        return {
            "days_late": None if days_late is None else round(days_late),
            "share_on_time": None if on_time is None else round(on_time),
            "sales": sales,
            "dso": round(max(balance, 0) * days / sales) if sales > 0 else None,
        }

    def _read_paid(self, as_of):
        """Return the mean lateness and the percentage on time of what was paid in a year, weighted by amount."""
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        paid = Exposure._get_paid_sql(
            Exposure._make_scope(as_of, self.partner_id.ids), as_of - timedelta(days=DAYS_OF_YEAR)
        )
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT (SUM(amount * days) / NULLIF(SUM(amount), 0))::float,
                       (100 * COALESCE(SUM(amount) FILTER (WHERE days <= 0), 0) / NULLIF(SUM(amount), 0))::float
                  FROM (%s) paid WHERE company_id = %s
                """,
                paid,
                self.company_id.id,
            )
        )
        return row

    def _read_sales(self, as_of):
        """Return what was invoiced in a year, tax included, and over how many days: fewer for a new customer."""
        scope = self.env["credit.exposure"]._make_scope(as_of, self.partner_id.ids)
        [(sales, first)] = self.env.execute_query(
            SQL(
                "SELECT COALESCE((%s), 0)::float, (SELECT MIN(m.invoice_date) FROM (%s) m) "
                "FROM credit_profile p WHERE id = %s",
                self._get_sales_sql(scope), self._get_invoices_sql(scope), self.id,
            )
        )
        return sales, min(DAYS_OF_YEAR, (as_of - first).days + 1) if first else DAYS_OF_YEAR

    def _read_last_payments(self, as_of):
        """Return the last payments of two years, the latest first: the biggest customers pay thousands of times.

        :rtype: list[dict] of ``date``, ``amount`` (company currency), ``days``: how late what it paid was, weighted by
            amount, None where it is not matched with an invoice
        """
        self.ensure_one()
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        company = self.env["res.company"]._credit_company_sql(SQL("x.company_id"))
        money = Exposure._get_money_sql(
            Exposure._make_scope(as_of, self.partner_id.ids),
            SQL("(SELECT id FROM res_partner WHERE commercial_partner_id = %s) contact", self.partner_id.id),
            SQL("x.id AS source_id"),
            SQL(
                "%s = %s AND x.date BETWEEN %s AND %s",
                company,
                self.company_id.id,
                as_of - timedelta(days=DAYS_BACK),
                as_of,
            ),
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT money.date, money.amount::float, matched.days FROM (
                       SELECT * FROM (%s) received WHERE amount > 0 ORDER BY date DESC, source_id DESC LIMIT %s) money
                  LEFT JOIN LATERAL (
                       SELECT ROUND(SUM(r.amount * (money.date - COALESCE(l.date_maturity, l.date)))
                                    / NULLIF(SUM(r.amount), 0))::int AS days
                         FROM account_partial_reconcile r
                         JOIN account_move_line l ON l.id = r.debit_move_id AND l.parent_state = 'posted'
                         JOIN account_move m ON m.id = l.move_id AND m.move_type IN ('out_invoice', 'out_receipt')
                        WHERE r.credit_move_id = money.item_id) matched ON TRUE
                 ORDER BY money.date DESC, money.source_id DESC
                """,
                money,
                LAST_PAYMENTS,
            )
        )
        return [{"date": date, "amount": amount, "days": days} for date, amount, days in rows]
