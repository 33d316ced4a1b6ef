"""Daily figures: what lists and charts of the past read."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..exposure.shared import share
from ..reading.scope import Scope
from ..setup.limit_value import LIMIT_TYPES

# Each batch is one statement, which reads what is everybody's once: larger is faster. So many profiles take some ten
# seconds, after which the job says how far it is and may be stopped.
BATCH = 100_000


class CreditSnapshot(models.Model):
    _name = "credit.snapshot"
    _description = "Credit Figures of a Day"
    _order = "date desc, id desc"
    _log_access = False
    _rec_name = "date"

    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    rating_id = fields.Many2one("credit.rating", readonly=True)
    date = fields.Date(required=True, readonly=True, index=True, help="The day of the figures.")
    limit_state = fields.Selection(
        LIMIT_TYPES, "Limit Type", readonly=True, help="What kind of limit applied that day."
    )
    amount_limit = fields.Monetary(
        "Limit",
        readonly=True,
        aggregator="max",  # limits of several customers, or of a customer's days, add up to nobody's
        help="The limit that applied that day.",
    )
    amount_exposure = fields.Monetary("Exposure", readonly=True, help="All components that counted that day.")
    amount_not_due = fields.Monetary("Not Due", readonly=True, help="Open installments that were not due that day.")
    amount_past_due = fields.Monetary("Past Due", readonly=True, help="Before netting.")
    amount_orders = fields.Monetary("Orders", readonly=True, help="Orders and deliveries not invoiced.")
    amount_drafts = fields.Monetary("Drafts", readonly=True, help="Draft invoices, of orders or not.")
    amount_unallocated = fields.Monetary("Unallocated Credits", readonly=True, help="Not matched that day (negative).")
    amount_overdue = fields.Monetary("Overdue", readonly=True, help="After netting of unallocated credits.")
    days_overdue_max = fields.Integer(
        "Days Overdue", aggregator="max", readonly=True, help="Of the oldest overdue item that day."
    )

    _one_per_day = models.Constraint("UNIQUE (profile_id, date)", "There is one set of figures per customer and day.")

    @api.model
    def _cron_take(self):
        """Take the figures of today, in each company, of every profile in batches; running twice changes nothing."""
        remaining = self.env["credit.profile"].with_context(active_test=False).search_count([])
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        days = self.env["res.company"]._credit_get_days()
        if all(self._take_all(day, company_ids) for day, company_ids in days.items()):
            self._fill_past(max(days))

    @api.model
    def _take_all(self, day, company_ids):
        """Take the figures of all profiles of companies; tell whether there was time for all of them."""
        last_id = 0
        while ids := self._get_next_profiles(last_id, day, company_ids):
            self._take(ids, day)
            last_id = ids[-1]
            if not self.env["ir.cron"]._commit_progress(len(ids)):
                return False
        return True

    @api.model
    def _get_next_profiles(self, last_id, day, company_ids):
        """Return the next profiles of companies that have no figures of a day yet."""
        return [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    """
                    SELECT p.id FROM credit_profile p
                     WHERE p.id > %s AND p.company_id = ANY(%s) AND NOT EXISTS (SELECT 1 FROM credit_snapshot s
                                                      WHERE s.profile_id = p.id AND s.date = %s)
                     ORDER BY p.id LIMIT %s
                    """,
                    last_id,
                    company_ids,
                    day,
                    BATCH,
                )
            )
        ]

    @api.model
    def _take(self, profile_ids, day):
        """Write the figures of profiles for a day in one statement."""
        self.env.flush_all()
        scope = self.env["credit.exposure"]._make_scope_of_batch(day, self.env["credit.profile"].browse(profile_ids))
        amounts = {
            "amount_exposure": SQL("COALESCE(f.exposure, 0)"),
            "amount_not_due": SQL("COALESCE(f.not_due, 0)"),
            "amount_past_due": SQL("COALESCE(f.overdue, 0)"),
            "amount_orders": SQL("COALESCE(f.orders + f.delivered, 0)"),
            "amount_drafts": SQL("COALESCE(f.drafts + f.order_drafts, 0)"),
            "amount_unallocated": SQL("COALESCE(f.unallocated, 0)"),
        }
        joins = SQL("JOIN (%s) f ON f.profile_id = p.id", self._get_figures_sql(scope))
        self._insert(day, amounts, joins, SQL("p.id IN %s", tuple(profile_ids)))

    @api.model
    @share
    def _get_figures_sql(self, scope):
        """Return SQL with the exposure of each profile by component, and what is overdue of it: both read the open
        items once."""
        Exposure = self.env["credit.exposure"]
        return SQL(
            """
            SELECT p.id AS profile_id, e.*, o.overdue_net, o.days_overdue_max
              FROM credit_profile p
              LEFT JOIN (%s) e ON e.partner_id = p.partner_id AND e.company_id = p.company_id
              LEFT JOIN (%s) o ON o.partner_id = p.partner_id AND o.company_id = p.company_id
            """,
            Exposure._get_totals_sql(scope),
            Exposure._get_overdue_sql(scope),
        )

    @api.model
    def _insert(self, day, amounts, joins, condition):
        """Write figures in one statement; what is there of the day already stays.

        :param dict amounts: ``{column: SQL}`` over what is joined
        :param SQL joins: of profile ``p``: what gives the amounts, and what is overdue, as ``f``
        """
        columns = {**self._get_columns_sql(day), **amounts}
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO credit_snapshot (%(names)s) SELECT %(values)s
                  FROM credit_profile p %(joins)s
                  LEFT JOIN (%(limits)s) l ON l.profile_id = p.id
                 WHERE %(condition)s
                    ON CONFLICT (profile_id, date) DO NOTHING
                """,
                names=SQL(", ").join(SQL.identifier(name) for name in columns),
                values=SQL(", ").join(columns.values()),
                joins=joins,
                limits=self.env["credit.limit.source"]._get_limits_sql(Scope(day)),
                condition=condition,
            )
        )
        self.invalidate_model()

    @api.model
    def _get_columns_sql(self, day):
        """Return ``{column: SQL}`` of what the figures of any day have."""
        return {
            "profile_id": SQL("p.id"),
            "company_id": SQL("p.company_id"),
            "rating_id": SQL("p.rating_id"),
            "date": SQL("%s::date", day),
            "limit_state": SQL("l.effective_kind"),
            "amount_limit": SQL("l.effective_amount"),
            "amount_overdue": SQL("COALESCE(f.overdue_net, 0)"),
            "days_overdue_max": SQL("COALESCE(f.days_overdue_max, 0)"),
        }

    @api.model
    def _cron_purge(self):
        """Thin out old figures: beyond the company's period one day per month is kept."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM credit_snapshot s USING res_company c
                 WHERE c.id = s.company_id AND c.credit_days_snapshot_keep > 0
                   AND s.date < %s - c.credit_days_snapshot_keep AND EXTRACT(DAY FROM s.date) <> 1
                """,
                self.env["credit.exposure"]._get_today_sql(SQL("c.id")),
            )
        )
        self.invalidate_model()
