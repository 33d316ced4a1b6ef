"""Searching and grouping the log by what is no column of it: which rule was hit, the name of who took the step."""

import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CreditLog(models.Model):
    _inherit = "credit.log"

    criterion = fields.Selection(
        "_get_criteria_selection",
        "Rule Hit",
        compute="_compute_criterion",
        search="_search_criterion",
        help="The first rule that was hit. Searching finds a row by any of them.",
    )

    # what passed without a reason, nearly every row, is not in it
    _criterion_idx = models.Index("USING gin (findings jsonb_path_ops) WHERE findings <> '[]'")

    @api.model
    def _get_criteria_selection(self):
        """Return the criteria that the log can name: also the one that no rule chooses."""
        return [(entry.name, self.env._(entry.label)) for entry in self.env["credit.criterion"]._get_criteria()]

    @api.depends("findings")
    def _compute_criterion(self):
        known = self.env["credit.criterion"]._get_by_name()
        for row in self:
            first = row.findings[0]["criterion"] if row.findings else False
            row.criterion = first if first in known else False

    @api.model
    def _search_criterion(self, operator, value):
        if operator != "in":
            return NotImplemented
        conditions = [
            SQL("findings @> %s::jsonb AND findings <> '[]'", json.dumps([{"criterion": name}]))
            for name in value if name
        ]
        if False in value:
            conditions.append(SQL("COALESCE(findings, '[]') = '[]'"))
        found = SQL("(SELECT id FROM credit_log WHERE %s)", SQL(" OR ").join(conditions or [SQL("FALSE")]))
        return Domain("id", "in", found)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Override: the first reason and the name of who took the step are looked up, so that rows are grouped by
        them."""
        if field_expr == "criterion":
            return SQL("(%s -> 0 ->> 'criterion')", SQL.identifier(alias, "findings"))
        if field_expr == "person_name":
            return SQL(
                "(SELECT n.name FROM credit_log_person n WHERE n.person_ref = %s)", SQL.identifier(alias, "person_ref")
            )
        return super()._field_to_sql(alias, field_expr, query)
