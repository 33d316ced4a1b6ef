"""How customers pay: the payment index, from the money they paid in 24 months and what is overdue.

It is worked out each night and kept; only a customer without a kept index is looked at on the spot.
"""

from datetime import timedelta
from itertools import pairwise

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.indicators import MIN_SETTLED, PAYMENT_INDEX_POINTS
from ..exposure.shared import share

# less was hardly paid: an invoice that was written off, or credited, shows no behaviour
MIN_SHARE_PAID = 0.5
DAYS_BACK = 730  # two years: what customers with few, large invoices settled says something, too


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    payment_index = fields.Integer(
        compute="_compute_payment_index",
        help="Amount-weighted index of the money received on invoices in 24 months, what is overdue at today's "
        "lateness: 80 paid on time, 50 a month late, 20 four months late. Empty below three settled invoices. Of last "
        "night.",
    )
    has_payment_index = fields.Boolean(
        compute="_compute_payment_index", help="Off: fewer than three invoices were settled in 24 months."
    )

    @api.depends_context("uid")
    def _compute_payment_index(self):
        indexes = {}
        # behaviour is a figure of the profile, whoever may see the payments
        for day, profiles in self._origin.sudo().grouped(lambda profile: profile.company_id._credit_today()).items():
            indexes |= profiles._get_payment_indexes(day)
        for profile in self:
            index = indexes.get(profile._origin.id)
            profile.has_payment_index = index is not None
            profile.payment_index = round(index or 0)

    def _get_payment_indexes(self, as_of):
        """Return the payment index of each profile by id, of last night where it was kept; None where too few
        invoices were settled.

        :param as_of: the day on which open items are looked at
        """
        kept = self.env["credit.behaviour"]._read_kept(self.ids, as_of)
        others = self.filtered(lambda profile: profile.id not in kept)
        return kept | others._work_out_payment_indexes(as_of)

    def _work_out_payment_indexes(self, as_of):
        """Return the payment index of each profile by id, in one statement; None where too little was settled."""
        if not self.ids:
            return {}
        self.env.flush_all()
        return dict(self.env.execute_query(self._get_indexes_sql(as_of)))

    def _get_indexes_sql(self, as_of):
        """Return SQL with the id of each of these profiles and its payment index, NULL where it has none."""
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope_of_batch(as_of, self)
        return SQL(
            """
            SELECT p.id, i.payment_index FROM credit_profile p
              LEFT JOIN (%s) i ON i.partner_id = p.partner_id AND i.company_id = p.company_id
             WHERE p.id IN %s
            """,
            Exposure._get_payment_indexes_sql(scope),
            tuple(self.ids),
        )

    def _get_usual_lateness(self, as_of):
        """Return the amount-weighted mean lateness, in days, of what was paid in the 12 months before a day."""
        self.ensure_one()
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope(as_of, self.partner_id.ids)
        rows = self.env.execute_query(
            SQL(
                "SELECT SUM(amount * days) / NULLIF(SUM(amount), 0) FROM (%s) paid WHERE company_id = %s",
                Exposure._get_paid_sql(scope, as_of - timedelta(days=365)),
                self.company_id.id,
            )
        )
        return max(round(rows[0][0] or 0), 0)


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    @share
    def _get_payment_indexes_sql(self, scope):
        """Return SQL with ``company_id, partner_id, payment_index``: NULL where too few invoices were settled.

        What `engine.indicators.payment_index` says, of the money that was received on invoices in two years, and of
        what is overdue. An invoice is settled when nothing is open of it, and at least half of it was paid.
        """
        return SQL(
            """
            SELECT company_id, partner_id,
                   CASE WHEN SUM(settled) >= %(least)s AND SUM(amount) > 0
                        THEN ROUND((SUM(weighed) / SUM(amount))::numeric, 6)::float END AS payment_index
              FROM (SELECT company_id, partner_id, SUM(amount) AS amount, SUM(amount * %(index)s) AS weighed,
                           (%(is_paid)s AND SUM(amount) >= %(share)s * MAX(ABS(amount_total_signed))
                            AND move_id NOT IN (SELECT res_id FROM (%(items)s) items))::int
                           AS settled
                      FROM (%(paid)s) paid
                     GROUP BY company_id, partner_id, move_id
                     UNION ALL
                    SELECT company_id, partner_id, net, net * %(index)s, 0
                      FROM (SELECT company_id, partner_id, net, %(today)s - date_due AS days
                              FROM (%(netted)s) netted
                             WHERE date_due < %(today)s AND net > 0) due) behaviour
             GROUP BY company_id, partner_id
            """,
            paid=self._get_paid_sql(scope, scope.as_of - timedelta(days=DAYS_BACK)),
            items=self._get_items_sql(scope),
            netted=self._get_netted_sql(scope),
            index=self._get_index_of_lateness_sql(SQL("days")),
            # of a past day the residual says nothing, and the items of the day say it all
            is_paid=SQL("MAX(ABS(amount_residual)) = 0") if scope.until is None else SQL("TRUE"),
            today=scope.as_of,
            least=MIN_SETTLED,
            share=MIN_SHARE_PAID,
        )

    @api.model
    def _get_index_of_lateness_sql(self, days):
        """Return SQL for `engine.indicators.index_of_lateness`, worked out from the same points."""
        first = SQL("WHEN %s <= %s THEN %s::float", days, *PAYMENT_INDEX_POINTS[0])
        pieces = [
            SQL(
                "WHEN %(days)s <= %(to)s THEN %(index)s + (%(days)s - %(start)s) * %(slope)s::float",
                days=days,
                to=days_to,
                index=index_from,
                start=days_from,
                slope=(index_to - index_from) / (days_to - days_from),
            )
            for (days_from, index_from), (days_to, index_to) in pairwise(PAYMENT_INDEX_POINTS)
        ]
        return SQL("CASE %s %s ELSE 0 END", first, SQL(" ").join(pieces))
