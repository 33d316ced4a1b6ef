"""The limit in the figures of a day."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..setup.limit_value import LIMIT_TYPES


class CreditSnapshot(models.Model):
    _inherit = "credit.snapshot"

    limit_state = fields.Selection(
        LIMIT_TYPES,
        "Limit Type",
        readonly=True,
        help="What kind of limit applied that day.",
    )
    amount_limit = fields.Monetary("Limit", readonly=True, help="The limit that applied that day.")

    @api.model
    def _get_columns_sql(self, day):
        limit = {"limit_state": SQL("l.effective_kind"), "amount_limit": SQL("l.effective_amount")}
        return {**super()._get_columns_sql(day), **limit}

    @api.model
    def _get_joins_sql(self, day):
        limits = self.env["credit.limit.source"]._get_limits_sql(day)
        return SQL("%s LEFT JOIN (%s) l ON l.profile_id = p.id", super()._get_joins_sql(day), limits)
