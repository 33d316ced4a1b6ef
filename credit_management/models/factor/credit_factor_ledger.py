"""Factors of the ledger: how a customer paid, what it owes, what it buys, as of any day."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from .factor import DAYS, PERCENT, Factor

_lt = LazyTranslate(__name__)
DAYS_OF_YEAR = 365

NOT_PAID = _lt("No invoice was paid in 12 months")
FACTORS = (
    Factor("days_late", _lt("Days Late (by Amount)"), NOT_PAID, "paid", DAYS, 1),
    Factor("share_on_time", _lt("Paid on Time (%)"), NOT_PAID, "paid", PERCENT, 1),
)


class CreditFactor(models.AbstractModel):
    _inherit = "credit.factor"

    @api.model
    def _get_factors(self):
        return {**super()._get_factors(), **{factor.name: factor for factor in FACTORS}}

    @api.model
    def _get_sources(self):
        return {**super()._get_sources(), "paid": self._get_paid_factors_sql}

    @api.model
    def _get_paid_factors_sql(self, scope):
        """How late money came in a year; what a credit note or a write-off settled is none."""
        return SQL(
            """
            SELECT company_id, partner_id,
                   (SUM(amount * days) / NULLIF(SUM(amount), 0))::float AS days_late,
                   (100 * COALESCE(SUM(amount) FILTER (WHERE days <= 0), 0) / NULLIF(SUM(amount), 0))::float
                   AS share_on_time
              FROM (%s) paid GROUP BY company_id, partner_id
            """,
            self.env["credit.exposure"]._get_paid_sql(scope, scope.as_of - timedelta(days=DAYS_OF_YEAR)),
        )
