"""How customers pay: the payment index, from what they settled in 24 months and what is overdue."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.indicators import payment_index

DAYS_BACK = 730


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    payment_index = fields.Integer(
        compute="_compute_payment_index",
        help="Amount-weighted index of punctuality over 24 months, open overdue items at today's lateness: "
        "80 paid on time, 50 a month late, 20 four months late. Empty below three settled invoices.",
    )
    has_payment_index = fields.Boolean(
        compute="_compute_payment_index", help="Off: fewer than three invoices were settled in 24 months."
    )

    @api.depends_context("uid")
    def _compute_payment_index(self):
        # behaviour is a figure of the profile, whoever may see the payments
        indexes = self._origin.sudo()._get_payment_indexes(fields.Date.context_today(self))
        for profile in self:
            index = indexes.get(profile._origin.id)
            profile.has_payment_index = index is not None
            profile.payment_index = round(index or 0)

    def _get_payment_indexes(self, as_of):
        """Return the payment index of each profile by id; None where too few invoices were settled.

        :param as_of: the day on which open items are looked at
        """
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
                SELECT p.id, paid.days, SUM(paid.amount)::float, SUM(paid.settled)::int
                  FROM credit_profile p
                  JOIN res_partner contact ON contact.commercial_partner_id = p.partner_id
                  JOIN account_move_line l ON l.partner_id = contact.id AND l.company_id = p.company_id
                       AND l.account_id IN %(accounts)s AND l.parent_state = 'posted' AND l.debit > 0
                 CROSS JOIN LATERAL (
                       SELECT r.max_date - COALESCE(l.date_maturity, l.date) AS days, r.amount, 0 AS settled
                         FROM account_partial_reconcile r
                        WHERE r.debit_move_id = l.id AND r.max_date >= %(since)s
                       UNION ALL
                       SELECT 0, 0, 1
                        WHERE l.amount_residual = 0 AND EXISTS (
                              SELECT 1 FROM account_partial_reconcile r
                               WHERE r.debit_move_id = l.id AND r.max_date >= %(since)s)
                       UNION ALL
                       SELECT %(today)s - COALESCE(l.date_maturity, l.date), l.amount_residual, 0
                        WHERE l.amount_residual > 0 AND COALESCE(l.date_maturity, l.date) < %(today)s) paid
                 WHERE p.id IN %(ids)s GROUP BY p.id, paid.days
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
