"""How customers pay: the payment index, from what they settled in 24 months and what is overdue.

It is worked out each night and kept; only a customer without a kept index is looked at on the spot.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.indicators import payment_index

DAYS_BACK = 730  # two years: what customers with few, large invoices settled says something, too


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    payment_index = fields.Integer(
        compute="_compute_payment_index",
        help="Amount-weighted index of punctuality over 24 months, open overdue items at today's lateness: "
        "80 paid on time, 50 a month late, 20 four months late. Empty below three settled invoices. Of last night.",
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
        """Return the payment index of each profile by id, from its items."""
        settled = self._read_lateness(as_of)
        return {
            profile.id: payment_index(
                [(days, amount) for days, amount, _count in settled.get(profile.id, [])],
                sum(count for _days, _amount, count in settled.get(profile.id, [])),
            )
            for profile in self
        }

    def _read_lateness(self, as_of):
        """Return ``{profile id: [(days late, amount, settled invoices)]}``, in one statement."""
        if not self.ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, days, SUM(amount)::float, SUM(settled)::int
                  FROM (SELECT p.id, r.max_date - COALESCE(l.date_maturity, l.date) AS days, r.amount,
                               (l.amount_residual = 0 AND r.id = MAX(r.id) OVER (PARTITION BY l.id))::int AS settled
                          FROM credit_profile p
                          JOIN res_partner contact ON contact.commercial_partner_id = p.partner_id
                          JOIN account_move_line l ON l.partner_id = contact.id AND l.company_id = p.company_id
                               AND l.account_id IN %(accounts)s AND l.parent_state = 'posted' AND l.debit > 0
                          JOIN account_partial_reconcile r ON r.debit_move_id = l.id AND r.max_date >= %(since)s
                         WHERE p.id IN %(ids)s
                         UNION ALL
                        SELECT p.id, %(today)s - COALESCE(l.date_maturity, l.date), l.amount_residual, 0
                          FROM credit_profile p
                          JOIN res_partner contact ON contact.commercial_partner_id = p.partner_id
                          JOIN account_move_line l ON l.partner_id = contact.id AND l.company_id = p.company_id
                               AND l.account_id IN %(accounts)s AND l.parent_state = 'posted' AND l.debit > 0
                         WHERE p.id IN %(ids)s AND l.amount_residual <> 0 AND l.amount_residual > 0
                           AND COALESCE(l.date_maturity, l.date) < %(today)s) paid
                 GROUP BY id, days
                """,
                accounts=self.env["credit.exposure"]._get_receivable_account_ids(),
                since=as_of - timedelta(days=DAYS_BACK),
                today=as_of,
                ids=tuple(self.ids),
            )
        )
        lateness = {}
        for profile_id, days, amount, settled in rows:
            lateness.setdefault(profile_id, []).append((days, amount, settled))
        return lateness

    def _get_usual_lateness(self, as_of):
        """Return the amount-weighted mean lateness, in days, of what was settled in the 12 months before a day."""
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT SUM(r.amount * (r.max_date - COALESCE(l.date_maturity, l.date))) / NULLIF(SUM(r.amount), 0)
                  FROM account_partial_reconcile r
                  JOIN account_move_line l ON l.id = r.debit_move_id
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE p.commercial_partner_id = %(partner)s AND l.company_id = %(company)s
                   AND l.account_id IN %(accounts)s AND r.max_date >= %(since)s
                """,
                partner=self.partner_id.id,
                company=self.company_id.id,
                accounts=self.env["credit.exposure"]._get_receivable_account_ids(),
                since=as_of - timedelta(days=365),
            )
        )
        return max(round(rows[0][0] or 0), 0)
