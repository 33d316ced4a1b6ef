"""Figures of days before the add-on: worked out afterwards from the journal items."""

import dataclasses
import math

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL

from ..exposure.component import BY_NAME

MONTHS_BACK = 12  # a year shows the seasons; each day takes as long as the figures of today


class CreditSnapshot(models.Model):
    _inherit = "credit.snapshot"

    is_from_ledger = fields.Boolean(
        "Invoiced Only",
        readonly=True,
        help="Worked out afterwards from journal items and their matching as of that day: without orders and drafts, "
        "at the limit that applies now.",
    )

    @api.model
    def _fill_past(self, today):
        """Write the first day of each of the last twelve months that has no figures yet, one day at a time."""
        days = self._get_missing_days(today)
        self.env["ir.cron"]._commit_progress(remaining=len(days))
        for day in days:
            self._take_past(day)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_missing_days(self, today):
        """Return the first days of months, latest first, that nobody has figures of and that would be kept."""
        days = [today + relativedelta(day=1, months=-number) for number in range(MONTHS_BACK)]
        known = {day for [day] in self.sudo()._read_group([("date", "in", days)], ["date:day"])}  # everybody's
        kept = self._get_days_kept()
        return [day for day in days if day < today and day not in known and (today - day).days < kept]

    @api.model
    def _get_days_kept(self):
        """Return how many days the company that keeps its figures longest keeps them; 0 of a company is forever."""
        kept = self.env["res.company"].sudo()._read_group([], ["credit_days_snapshot_keep"])  # everybody's
        return max((days or math.inf for [days] in kept), default=0)

    @api.model
    def _take_past(self, day):
        """Write the figures of all profiles as of a day that is over, in one statement.

        :param day: the day; its own bookings and matchings included
        """
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        scope = dataclasses.replace(
            Exposure._make_scope(day),
            lines=self._get_lines_of_sql(day),
            matches=self._get_matches_of_sql(day),
            absent=frozenset(),  # today
        )
        joins = SQL(
            """
            JOIN res_company c ON c.id = p.company_id
            JOIN (%s) e ON e.partner_id = p.partner_id AND e.company_id = p.company_id
            LEFT JOIN (%s) f ON f.partner_id = p.partner_id AND f.company_id = p.company_id
            """,
            self._get_sums_sql(scope),
            Exposure._get_overdue_sql(scope),
        )
        unallocated = BY_NAME["unallocated"].is_counted_sql("c")
        amounts = {
            "amount_exposure": SQL("e.not_due + e.overdue + CASE WHEN %s THEN e.unallocated ELSE 0 END", unallocated),
            "amount_not_due": SQL("e.not_due"),
            "amount_past_due": SQL("e.overdue"),
            "amount_orders": SQL("0"),
            "amount_drafts": SQL("0"),
            "amount_unallocated": SQL("e.unallocated"),
            "is_from_ledger": SQL("TRUE"),
        }
        self._insert(day, amounts, joins, SQL("TRUE"))

    @api.model
    def _get_sums_sql(self, scope):
        """The open items of each customer by component."""
        columns = SQL(", ").join(
            SQL("COALESCE(SUM(amount) FILTER (WHERE component = %s), 0) AS %s", name, SQL.identifier(name))
            for name in ("not_due", "overdue", "unallocated")
        )
        items = self.env["credit.exposure"]._get_items_sql(scope)
        return SQL("SELECT company_id, partner_id, %s FROM (%s) items GROUP BY company_id, partner_id", columns, items)

    @api.model
    def _get_lines_of_sql(self, day):
        """Receivable lines as they stood on a day: what was matched later is open again.

        Only what is open now, or was matched later, is read.
        """
        return SQL(
            """
            (SELECT l.id, l.name, l.company_id, l.partner_id, l.account_id, l.move_id, l.date, l.date_maturity,
                    l.currency_id, l.parent_state, was.amount AS amount_residual,
                    was.amount_currency AS amount_residual_currency
               FROM (SELECT line_id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
                       FROM (SELECT id AS line_id, amount_residual AS amount,
                                    amount_residual_currency AS amount_currency
                               FROM account_move_line WHERE amount_residual <> 0
                              UNION ALL
                             SELECT debit_move_id, amount, debit_amount_currency
                               FROM account_partial_reconcile WHERE max_date > %(day)s
                              UNION ALL
                             SELECT credit_move_id, -amount, -credit_amount_currency
                               FROM account_partial_reconcile WHERE max_date > %(day)s) parts
                      GROUP BY line_id) was
               JOIN account_move_line l ON l.id = was.line_id
              WHERE l.date <= %(day)s)
            """,
            day=day,
        )

    @api.model
    def _get_matches_of_sql(self, day):
        """The matches up to a day: what was matched later is open again as it is."""
        return SQL(
            "(SELECT id, debit_move_id, credit_move_id, amount, debit_amount_currency, credit_amount_currency, "
            "exchange_move_id FROM account_partial_reconcile WHERE max_date <= %s)",
            day,
        )

    # -- periods -----------------------------------------------------------------------------------

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        domain = self._restrict_to_last_days(domain, groupby)
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        domain = self._restrict_to_last_days(domain, [spec for groupby in grouping_sets for spec in groupby])
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    @api.model
    def _restrict_to_last_days(self, domain, groupby):
        """A period shows the figures of its last day: those of different days do not add up."""
        periods = [spec for spec in groupby if spec.startswith("date:") and spec != "date:day"]
        if not periods:
            return domain
        days = [day for _period, day in super()._read_group(domain, periods[:1], ["date:max"])]
        return fields.Domain(domain) & fields.Domain("date", "in", days)
