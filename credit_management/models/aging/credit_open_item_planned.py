"""Original and planned dates side by side: when an item was due first, and when it is expected (展期, 付款承诺)."""

from odoo import api, fields, models
from odoo.tools import SQL

from .credit_open_item import ORIGINAL, PLANNED


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    date_original = fields.Date(
        "Originally Due",
        readonly=True,
        help="When the item was due before somebody moved its due date later. Shown by original and by planned dates.",
    )
    date_planned = fields.Date(
        "Planned",
        readonly=True,
        help="When the item is expected: the day promised, while the promise holds and where it covers all that is "
        "open of the item; else the due date. Shown by original and by planned dates.",
    )

    @api.model
    def _list_asked_sql(self, options):
        asked = (self._get_planned_columns_sql(options), self._get_planned_join_sql(options))
        return [*super()._list_asked_sql(options), asked]

    @api.model
    def _get_planned_columns_sql(self, options):
        """Return SQL for the two columns; nothing where nobody asks."""
        if not options.is_planned:
            return SQL("NULL::date AS date_original, NULL::date AS date_planned")
        return SQL("%s AS date_original, %s AS date_planned", ORIGINAL, PLANNED)

    @api.model
    def _get_planned_join_sql(self, options):
        """Return the joins of what was due first of item ``i``, and of what is planned.

        An item stands in one column: a promise of a part of it moves nothing, and of several the last one counts.
        """
        if not options.is_planned:
            return SQL()
        first = SQL("LEFT JOIN account_move_line first ON first.id = i.item_id")
        marks = [mark for mark in self._get_readable_marks() if mark.is_plan]
        if not marks:
            return SQL("%s LEFT JOIN (SELECT NULL::int AS id, NULL::date AS date_to) plan ON FALSE", first)
        scope = self.env["credit.exposure"]._make_scope_of_day(options.as_of, self._get_asked_customers())
        return SQL(
            """
            %(first)s
            LEFT JOIN (SELECT said.id, MAX(said.date_to) AS date_to
                         FROM (%(marks)s) said
                         JOIN credit_item i ON i.id = said.id
                        GROUP BY said.id, i.amount
                       HAVING SUM(said.amount) >= i.amount) plan ON plan.id = i.id
            """,
            first=first,
            marks=self._get_marks_sql(marks, scope, SQL("credit_item")),
        )
