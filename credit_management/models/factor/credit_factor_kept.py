"""Factors of what we keep ourselves: promises, disputes, notices, and the figures of month ends."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..behaviour.credit_profile_trade import DAYS_OF_YEAR
from ..notice.credit_notice import SAID
from .credit_factor_ledger import NOT_INVOICED
from .factor import PERCENT, Factor

_lt = LazyTranslate(__name__)
MONTHS = 12
NO_LIMIT = _lt("No limit with an amount applied at a month end")
NO_PROMISE = _lt("No promise to pay fell due in 12 months")
FACTORS = (
    Factor("promises_broken", _lt("Broken Promises"), NOT_INVOICED, "promised", is_zero=True),
    Factor("share_promises_kept", _lt("Promises Kept (%)"), NO_PROMISE, "promised", PERCENT),
    Factor("disputes", _lt("Disputes"), NOT_INVOICED, "disputed", is_zero=True),
    Factor("disputes_lost", _lt("Disputes That the Customer Lost"), NOT_INVOICED, "disputed", is_zero=True),
    Factor("dunning_level", _lt("Dunning Level"), NOT_INVOICED, "dunned", is_zero=True),
    Factor("notices", _lt("Notices"), NOT_INVOICED, "noticed", is_zero=True),
    Factor("utilization_mean", _lt("Utilization at Month Ends, Mean (%)"), NO_LIMIT, "used", PERCENT, 1,
           kept="credit_snapshot"),
    Factor("utilization_max", _lt("Utilization at Month Ends, Highest (%)"), NO_LIMIT, "used", PERCENT, 1,
           kept="credit_snapshot"),
    Factor("months_over_limit", _lt("Month Ends over the Limit"), NO_LIMIT, "used", kept="credit_snapshot"),
)


class CreditFactor(models.AbstractModel):
    _inherit = "credit.factor"

    @api.model
    def _get_factors(self):
        return {**super()._get_factors(), **{factor.name: factor for factor in FACTORS}}

    @api.model
    def _get_sources(self):
        return {
            **super()._get_sources(), "promised": self._get_promised_factors_sql,
            "disputed": self._get_disputed_factors_sql, "dunned": self._get_dunned_factors_sql,
            "noticed": self._get_noticed_factors_sql, "used": self._get_used_factors_sql,
        }

    @api.model
    def _get_promised_factors_sql(self, scope):
        """Promises that fell due in a year, as they stood on the day.

        OFFSET 0: PostgreSQL expects one of them, and would look through them for each customer.
        """
        return SQL(
            """
            SELECT p.company_id, p.partner_id, pr.promises_broken, pr.share_promises_kept
              FROM (SELECT profile_id, COUNT(*) FILTER (WHERE state = 'broken') AS promises_broken,
                           100.0 * COUNT(*) FILTER (WHERE state = 'kept')
                           / NULLIF(COUNT(*) FILTER (WHERE state IN ('kept', 'broken')), 0) AS share_promises_kept
                      FROM (%(promises)s) promises
                     WHERE date_promised > %(since)s AND date_promised <= %(today)s
                     GROUP BY profile_id) pr
             CROSS JOIN LATERAL (SELECT company_id, partner_id FROM credit_profile WHERE id = pr.profile_id OFFSET 0) p
            """,
            promises=self.env["credit.exposure"]._get_promises_sql(scope),
            since=scope.as_of - timedelta(days=DAYS_OF_YEAR),
            today=scope.as_of,
        )

    @api.model
    def _get_disputed_factors_sql(self, scope):
        """Disputes of a year. One is lost that was settled and brought the customer no credit note."""
        return SQL(
            """
            SELECT %(company)s AS company_id, d.partner_id,
                   COUNT(*) FILTER (WHERE d.date_from > %(since)s) AS disputes,
                   COUNT(*) FILTER (WHERE d.date_to > %(since)s AND d.date_to <= %(today)s AND NOT EXISTS (
                       SELECT FROM account_move_line l
                         JOIN account_partial_reconcile r ON r.debit_move_id = l.id AND r.max_date <= %(today)s
                         JOIN account_move_line x ON x.id = r.credit_move_id
                         JOIN account_move m ON m.id = x.move_id AND m.move_type = 'out_refund'
                              AND m.date >= d.date_from
                        WHERE l.move_id = d.move_id)) AS disputes_lost
              FROM credit_dispute d
             WHERE d.date_from <= %(today)s AND %(scope)s
             GROUP BY 1, 2
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("d.company_id")),
            since=scope.as_of - timedelta(days=DAYS_OF_YEAR),
            today=scope.as_of,
            scope=scope.restrict(SQL("d.partner_id")),
        )

    @api.model
    def _get_dunned_factors_sql(self, scope):
        """The highest level that an item had reached which was open on the day."""
        return SQL(
            """
            SELECT i.company_id, i.partner_id, MAX(l.level) AS dunning_level
              FROM credit_notice n
              JOIN credit_notice_line l ON l.notice_id = n.id AND l.is_dunned
              JOIN (%(items)s) i ON i.row_id = l.item_id AND i.amount > 0
             WHERE n.state IN %(said)s AND n.is_test IS NOT TRUE AND n.date <= %(today)s
             GROUP BY i.company_id, i.partner_id
            """,
            items=self.env["credit.exposure"]._get_items_sql(scope),
            said=SAID,
            today=scope.as_of,
        )

    @api.model
    def _get_noticed_factors_sql(self, scope):
        """Notices that went out in a year."""
        return SQL(
            """
            SELECT %(company)s AS company_id, n.partner_id, COUNT(*) AS notices
              FROM credit_notice n
             WHERE n.state IN %(said)s AND n.is_test IS NOT TRUE AND n.date > %(since)s AND n.date <= %(today)s
               AND %(scope)s
             GROUP BY 1, 2
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("n.company_id")),
            said=SAID,
            since=scope.as_of - timedelta(days=DAYS_OF_YEAR),
            today=scope.as_of,
            scope=scope.restrict(SQL("n.partner_id")),
        )

    @api.model
    def _get_used_factors_sql(self, scope):
        """How much of the limit was used at month ends: the figures kept on the first day of a month are those of the
        end of the one before; these days are never thinned out. What was worked out afterwards has today's limit.

        Who pays cash only (a limit of 0) has no share of it in use, and is over it with whatever is owed.
        """
        firsts = [scope.as_of + relativedelta(day=1, months=-number) for number in range(MONTHS)]
        return SQL(
            """
            SELECT p.company_id, p.partner_id, s.utilization_mean, s.utilization_max, s.months_over_limit
              FROM (SELECT profile_id, AVG(used) AS utilization_mean, MAX(used) AS utilization_max,
                           COUNT(*) FILTER (WHERE is_over) AS months_over_limit
                      FROM (SELECT profile_id, 100 * amount_exposure / NULLIF(amount_limit, 0) AS used,
                                   amount_exposure > COALESCE(amount_limit, 0) AS is_over FROM credit_snapshot
                             WHERE date = ANY(%(firsts)s) AND limit_state = 'amount'
                               AND is_from_ledger IS NOT TRUE) ends
                     GROUP BY profile_id) s
              JOIN credit_profile p ON p.id = s.profile_id
             WHERE %(scope)s
            """,
            firsts=firsts,
            scope=scope.restrict(SQL("p.partner_id")),
        )
