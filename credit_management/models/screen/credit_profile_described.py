"""What a list may do with the figures of a file is said without building the statements that work them out."""

from odoo import api, models
from odoo.tools import SQL

DESCRIBED = object()  # no caller from outside can hand this in


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Override of `base`: whether a figure sorts and groups is asked with each view, of each figure, twice."""
        described = self.with_context(credit_described=DESCRIBED)
        return super(CreditProfile, described).fields_get(allfields, attributes)

    def _field_to_sql(self, alias, field_expr, query=None):
        if self.env.context.get("credit_described") is DESCRIBED and field_expr in self._get_figure_columns():
            return SQL("NULL")  # to be looked at by Odoo, never run
        return super()._field_to_sql(alias, field_expr, query)
