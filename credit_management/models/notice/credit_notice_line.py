"""Items of a notice, as they were then: the level belongs to the item, not to the customer."""

from odoo import api, fields, models
from odoo.tools import SQL

from .credit_notice import SAID


class CreditNoticeLine(models.Model):
    _name = "credit.notice.line"
    _description = "Item of a Notice"
    _order = "notice_id, date_due, id"
    _rec_name = "name"

    notice_id = fields.Many2one("credit.notice", required=True, index=True, ondelete="cascade", readonly=True)
    item_id = fields.Many2one(
        "account.move.line", "Journal Item", index="btree_not_null", ondelete="set null", readonly=True,
        help="The installment of the invoice: each has its own level.",
    )
    move_id = fields.Many2one("account.move", "Document", index="btree_not_null", ondelete="set null", readonly=True)
    name = fields.Char("Number", readonly=True)
    date_due = fields.Date("Due", readonly=True, help="When the installment was due; empty for a credit.")
    days_late = fields.Integer(readonly=True, aggregator=None, help="Days after the due date, on the notice's day.")
    currency_id = fields.Many2one(related="notice_id.currency_id")
    company_currency_id = fields.Many2one(related="notice_id.company_currency_id", string="Company Currency")
    amount = fields.Monetary(
        "Due Then", readonly=True,
        help="What was asked for of the item; below zero: a credit of the customer that was taken off.",
    )
    amount_company = fields.Monetary(
        "In Company Currency", currency_field="company_currency_id", readonly=True,
        help="At the rate at which the item was booked.",
    )
    amount_held = fields.Monetary("Not Asked For", readonly=True, help="Disputed or promised, so left out.")
    is_dunned = fields.Boolean(
        "Goes Further", readonly=True,
        help="The notice brings the item to its level. Else it is listed, as it is overdue, and stays where it is.",
    )
    level = fields.Integer(readonly=True, aggregator="max", help="Of the item, with this notice.")
    date_deadline = fields.Date(
        "Pay By", readonly=True, help="The last day that was granted for the item, by this notice or an earlier one."
    )

    _dunned_idx = models.Index("(item_id) WHERE is_dunned")

    @api.model
    def _get_tracks_sql(self, items, apart=SQL("FALSE")):  # noqa: B008 - a constant
        """Return SQL with how far each item has come: ``item_id, level, date_last`` (of its last notice that brought it
        further or repeated its level), ``date_deadline, times`` (notices of that level), ``level_sent`` (of what is
        known to be sent).

        :param SQL items: a statement with ``row_id``: the items that are asked about
        :param SQL apart: the condition on notice ``n`` that leaves it out, as if it were not
        """
        return SQL(
            """
            SELECT item_id, MAX(level) AS level, MAX(date) AS date_last, MAX(date_deadline) AS date_deadline,
                   COUNT(*) FILTER (WHERE level = highest) AS times, MAX(level) FILTER (WHERE is_sent) AS level_sent
              FROM (SELECT l.item_id, l.level, n.date, l.date_deadline, n.state = 'sent' AS is_sent,
                           MAX(l.level) OVER (PARTITION BY l.item_id) AS highest
                      FROM (%s) i
                      JOIN credit_notice_line l ON l.item_id = i.row_id AND l.is_dunned
                      JOIN credit_notice n ON n.id = l.notice_id AND n.state IN %s AND n.is_test IS NOT TRUE
                           AND (%s) IS NOT TRUE) said
             GROUP BY item_id
            """,
            items,
            SAID,
            apart,
        )
