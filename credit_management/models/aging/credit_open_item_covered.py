"""What insurances and guarantees cover of open items: their share of each, the oldest first."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..behaviour.credit_cover import COVER


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    amount_covered = fields.Monetary(
        "Covered",
        readonly=True,
        currency_field="shown_currency_id",
        help="What insurances and guarantees cover: their share of each item, the oldest first, together at most their "
        "amount. Shown when the filter asks for it.",
    )

    @api.model
    def _is_cover_joined(self, options):
        return options.is_cover_shown and self.env[COVER.model].has_access("read")

    @api.model
    def _list_asked_sql(self, options):
        asked = (self._get_covered_column_sql(options), self._get_covered_join_sql(options))
        return [*super()._list_asked_sql(options), asked]

    @api.model
    def _get_covered_column_sql(self, options):
        """Return SQL for the column; 0 where nobody asks, or may know."""
        if not self._is_cover_joined(options):
            return SQL("0 AS amount_covered")
        in_its_currency = SQL(
            "ROUND((i.amount_currency * covered.amount / i.amount)::numeric, covered_currency.decimal_places)"
        )
        return SQL(
            "CASE WHEN covered.id IS NULL THEN 0 ELSE %s END AS amount_covered",
            self._get_shown_sql(options, SQL("covered.amount"), in_its_currency),
        )

    @api.model
    def _get_covered_join_sql(self, options):
        """Return the join of what is covered of item ``i``."""
        if not self._is_cover_joined(options):
            return SQL()
        scope = self.env["credit.exposure"]._make_scope_of_day(options.as_of, self._get_asked_customers())
        return SQL(
            "LEFT JOIN (%s) covered ON covered.id = i.id "
            "LEFT JOIN res_currency covered_currency ON covered_currency.id = i.currency_id",
            self._get_marks_sql([COVER], scope, SQL("credit_item")),
        )
