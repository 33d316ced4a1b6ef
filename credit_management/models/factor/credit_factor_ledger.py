"""Factors of the ledger: how a customer paid, what it owes, what it buys, as of any day."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..behaviour.credit_behaviour import DAYS_BACK
from ..behaviour.credit_profile_trade import DAYS_OF_YEAR, INVOICES
from .credit_factor import TRADE
from .factor import DAYS, MONEY, MONTHS, PERCENT, Factor

_lt = LazyTranslate(__name__)
DAYS_RECENT = 90
DAYS_OLD = 90  # what is overdue for longer is rarely paid without help

NOT_PAID = _lt("No invoice was paid in 12 months")
NOT_BOTH = _lt("Invoices were not paid in both the last 3 months and the 9 before")
NOT_INVOICED = _lt("Nothing was invoiced yet")
NOT_SOLD = _lt("Nothing was invoiced in 12 months")
FACTORS = (
    Factor("days_late", _lt("Days Late, by Amount"), NOT_PAID, "paid", DAYS, 1),
    Factor("days_late_recent", _lt("Days Late in 3 Months, by Amount"), _lt("No invoice was paid in 3 months"), "paid",
           DAYS, 1),
    Factor("days_late_change", _lt("Days Late: 3 Months beside the 9 Before"), NOT_BOTH, "paid", DAYS, 1),
    Factor("days_late_max", _lt("Longest Lateness (days)"), NOT_PAID, "paid", DAYS),
    Factor("share_on_time", _lt("Paid on Time (%)"), NOT_PAID, "paid", PERCENT, 1),
    Factor("days_since_payment", _lt("Days since the Last Payment"), _lt("No invoice was paid in 24 months"), "paid",
           DAYS),
    Factor("payment_index", _lt("Payment Index"), _lt("Fewer than three invoices were settled in 24 months"), "index",
           digits=1),
    Factor("share_overdue", _lt("Overdue of What Is Open (%)"), _lt("Nothing is open"), "owed", PERCENT, 1),
    Factor("share_overdue_90", _lt("More than 90 Days Overdue of What Is Open (%)"), _lt("Nothing is open"), "owed",
           PERCENT, 1),
    Factor("amount_overdue", _lt("Overdue"), NOT_INVOICED, "owed", MONEY, 2, is_zero=True),
    Factor("days_overdue_max", _lt("Oldest Overdue Item (days)"), NOT_INVOICED, "owed", DAYS, is_zero=True),
    Factor("days_overdue_mean", _lt("Age of What Is Overdue (days)"), NOT_INVOICED, "owed", DAYS, 1, is_zero=True),
    Factor("dso", _lt("Days Sales Outstanding"), NOT_SOLD, TRADE, DAYS, 1),
    Factor("turnover", _lt("Sales in 12 Months"), NOT_INVOICED, TRADE, MONEY, 2, is_zero=True),
    Factor("turnover_change", _lt("Sales: 12 Months beside the 12 Before (%)"),
           _lt("The customer has no two years of sales"), TRADE, PERCENT, 1),
    Factor("invoices", _lt("Invoices in 12 Months"), NOT_INVOICED, TRADE, is_zero=True),
    Factor("invoice_mean", _lt("Mean Invoice"), NOT_SOLD, TRADE, MONEY, 2),
    Factor("days_since_invoice", _lt("Days since the Last Invoice"), NOT_INVOICED, TRADE, DAYS),
    Factor("months_customer", _lt("Invoiced Since (months)"), NOT_INVOICED, TRADE, MONTHS),
    Factor("share_credit_notes", _lt("Credit Notes of What Was Invoiced (%)"), NOT_SOLD, TRADE, PERCENT, 1),
    Factor("payments_returned", _lt("Returned Payments"), NOT_INVOICED, "returned", is_zero=True),
)


class CreditFactor(models.AbstractModel):
    _inherit = "credit.factor"

    @api.model
    def _get_factors(self):
        return {**super()._get_factors(), **{factor.name: factor for factor in FACTORS}}

    @api.model
    def _get_sources(self):
        Exposure = self.env["credit.exposure"]
        return {
            **super()._get_sources(), "paid": self._get_paid_factors_sql, "index": Exposure._get_payment_indexes_sql,
            "owed": self._get_owed_factors_sql, TRADE: self._get_trade_factors_sql,
            "returned": self._get_returned_factors_sql,
        }

    @api.model
    def _get_paid_factors_sql(self, scope):
        """How late money came in a year; what a credit note or a write-off settled is none, and a bill is money on the
        day on which it was honoured."""
        return SQL(
            """
            SELECT company_id, partner_id, late AS days_late, late_recent AS days_late_recent,
                   late_recent - late_before AS days_late_change, days_late_max, share_on_time,
                   days_since_payment
              FROM (SELECT company_id, partner_id,
                           SUM(amount * days) FILTER (WHERE is_year) / NULLIF(SUM(amount) FILTER (WHERE is_year), 0)
                           AS late,
                           SUM(amount * days) FILTER (WHERE is_recent)
                           / NULLIF(SUM(amount) FILTER (WHERE is_recent), 0) AS late_recent,
                           SUM(amount * days) FILTER (WHERE is_year AND NOT is_recent)
                           / NULLIF(SUM(amount) FILTER (WHERE is_year AND NOT is_recent), 0) AS late_before,
                           MAX(days) FILTER (WHERE is_year) AS days_late_max,
                           100 * COALESCE(SUM(amount) FILTER (WHERE is_year AND days <= 0), 0)
                           / NULLIF(SUM(amount) FILTER (WHERE is_year), 0) AS share_on_time,
                           GREATEST(%(today)s - MAX(day), 0) AS days_since_payment
                      FROM (SELECT company_id, partner_id, day, days, amount, day >= %(year)s AS is_year,
                                   day >= %(recent)s AS is_recent FROM (%(paid)s) paid) dated
                     GROUP BY company_id, partner_id) summed
            """,
            paid=self.env["credit.exposure"]._get_paid_sql(scope, scope.as_of - timedelta(days=DAYS_BACK)),
            today=scope.as_of,
            year=scope.as_of - timedelta(days=DAYS_OF_YEAR),
            recent=scope.as_of - timedelta(days=DAYS_RECENT),
        )

    @api.model
    def _get_owed_factors_sql(self, scope):
        """What is overdue on the day after credits were netted against what was due first, without disputes."""
        return SQL(
            """
            SELECT company_id, partner_id, 100 * COALESCE(overdue, 0) / NULLIF(open, 0) AS share_overdue,
                   100 * COALESCE(overdue_old, 0) / NULLIF(open, 0) AS share_overdue_90, overdue AS amount_overdue,
                   days_overdue_max, weighed / NULLIF(overdue, 0) AS days_overdue_mean
              FROM (SELECT company_id, partner_id, SUM(net) AS open, SUM(net) FILTER (WHERE days > 0) AS overdue,
                           SUM(net) FILTER (WHERE days > %(old)s) AS overdue_old,
                           SUM(net * days) FILTER (WHERE days > 0) AS weighed,
                           MAX(days) FILTER (WHERE days > 0 AND net > 0) AS days_overdue_max
                      FROM (SELECT company_id, partner_id, net, %(today)s - date_due AS days
                              FROM (%(netted)s) netted WHERE date_due < 'infinity') due
                     GROUP BY company_id, partner_id) summed
            """,
            netted=self.env["credit.exposure"]._get_netted_sql(scope),
            today=scope.as_of,
            old=DAYS_OLD,
        )

    @api.model
    def _get_trade_factors_sql(self, scope):
        """What was invoiced, tax included, less credit notes; and how many days of it are open."""
        return SQL(
            """
            SELECT m.company_id, m.partner_id, m.turnover, m.invoices, m.days_since_invoice, m.months_customer,
                   CASE WHEN m.turnover > 0 THEN GREATEST(COALESCE(o.balance, 0), 0)
                        * LEAST(%(year)s, %(today)s - m.first + 1) / m.turnover END AS dso,
                   CASE WHEN m.first <= %(today)s - 2 * %(year)s AND m.before > 0
                        THEN 100 * (COALESCE(m.turnover, 0) - m.before) / m.before END AS turnover_change,
                   m.invoiced / NULLIF(m.invoices, 0) AS invoice_mean,
                   100 * m.credited / NULLIF(m.invoiced, 0) AS share_credit_notes
              FROM (SELECT company_id, partner_id, MIN(day) AS first, SUM(amount) FILTER (WHERE is_year) AS turnover,
                           SUM(amount) FILTER (WHERE NOT is_year AND day > %(today)s - 2 * %(year)s) AS before,
                           SUM(amount) FILTER (WHERE is_year AND NOT is_credit) AS invoiced,
                           -COALESCE(SUM(amount) FILTER (WHERE is_year AND is_credit), 0) AS credited,
                           COUNT(*) FILTER (WHERE is_year AND NOT is_credit) AS invoices,
                           %(today)s - MAX(day) FILTER (WHERE NOT is_credit) AS days_since_invoice,
                           EXTRACT(YEAR FROM age(%(today)s, MIN(day) FILTER (WHERE NOT is_credit))) * 12
                           + EXTRACT(MONTH FROM age(%(today)s, MIN(day) FILTER (WHERE NOT is_credit)))
                           AS months_customer
                      FROM (%(invoices)s) invoice
                     GROUP BY company_id, partner_id) m
              LEFT JOIN (SELECT company_id, partner_id, SUM(amount) AS balance FROM (%(items)s) items
                          GROUP BY company_id, partner_id) o
                     ON o.company_id = m.company_id AND o.partner_id = m.partner_id
            """,
            invoices=self._get_invoiced_sql(scope),
            items=self.env["credit.exposure"]._get_items_sql(scope),
            today=scope.as_of,
            year=DAYS_OF_YEAR,
        )

    @api.model
    def _get_invoiced_sql(self, scope):
        """The posted invoices and credit notes up to the day: ``company_id, partner_id, day, amount, is_credit,
        is_year``."""
        return SQL(
            """
            SELECT %(company)s AS company_id, m.commercial_partner_id AS partner_id, m.invoice_date AS day,
                   m.amount_total_signed AS amount, m.move_type = 'out_refund' AS is_credit,
                   m.invoice_date > %(today)s - %(year)s AS is_year
              FROM account_move m
             WHERE m.state = 'posted' AND m.move_type IN %(types)s AND m.invoice_date <= %(today)s
               AND m.date <= %(today)s AND %(scope)s
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("m.company_id")),
            types=INVOICES,
            today=scope.as_of,
            year=DAYS_OF_YEAR,
            scope=scope.restrict(SQL("m.commercial_partner_id"), SQL("m.partner_id")),
        )

    @api.model
    def _get_returned_factors_sql(self, scope):
        """Payments that came back in a year: rejected ones by their own day, for that of the rejection is not kept, and
        those whose entry was reversed."""
        return SQL(
            """
            SELECT %(company)s AS company_id, contact.commercial_partner_id AS partner_id,
                   COUNT(DISTINCT back.id) AS payments_returned
              FROM (SELECT a.id, a.company_id, a.partner_id FROM account_payment a
                     WHERE a.state = 'rejected' AND a.payment_type = 'inbound' AND a.partner_type = 'customer'
                       AND a.date > %(since)s AND a.date <= %(today)s
                     UNION ALL
                    SELECT a.id, a.company_id, a.partner_id
                      FROM (SELECT reversed_entry_id FROM account_move
                             WHERE reversed_entry_id IS NOT NULL AND move_type = 'entry' AND state = 'posted'
                               AND date > %(since)s AND date <= %(today)s OFFSET 0) reversal
                      JOIN account_payment a ON a.move_id = reversal.reversed_entry_id
                     WHERE a.payment_type = 'inbound' AND a.partner_type = 'customer') back
              JOIN res_partner contact ON contact.id = back.partner_id
             WHERE %(scope)s
             GROUP BY 1, 2
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("back.company_id")),
            since=scope.as_of - timedelta(days=DAYS_OF_YEAR),
            today=scope.as_of,
            scope=scope.restrict(SQL("contact.commercial_partner_id"), SQL("back.partner_id")),
        )
