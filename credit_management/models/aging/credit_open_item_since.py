"""What became of open items after the day of an aging: money that came since, and what settled them otherwise."""

from odoo import api, fields, models
from odoo.tools import SQL


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    amount_received_since = fields.Monetary(
        "Received Since",
        readonly=True,
        currency_field="shown_currency_id",
        help="Money that was matched with the item after the day of the aging. Shown when the filter asks for it.",
    )
    amount_credited_since = fields.Monetary(
        "Credited Since",
        readonly=True,
        currency_field="shown_currency_id",
        help="Credit notes, write-offs and exchange differences that were matched with the item after the day.",
    )

    @api.model
    def _list_asked_sql(self, options):
        asked = (self._get_since_columns_sql(options), self._get_since_join_sql(options))
        return [*super()._list_asked_sql(options), asked]

    @api.model
    def _get_since_columns_sql(self, options):
        """Return SQL for the two columns; 0 where nobody asks."""
        if not options.is_since_shown:
            return SQL("0 AS amount_received_since, 0 AS amount_credited_since")
        return SQL(
            "CASE WHEN %(has)s THEN %(received)s ELSE 0 END AS amount_received_since, "
            "CASE WHEN %(has)s THEN %(credited)s ELSE 0 END AS amount_credited_since",
            has=SQL("since.item_id IS NOT NULL AND i.kind = 'trade' AND i.amount > 0"),
            received=self._get_shown_sql(options, SQL("since.received"), SQL("since.received_currency")),
            credited=self._get_shown_sql(options, SQL("since.credited"), SQL("since.credited_currency")),
        )

    @api.model
    def _get_since_join_sql(self, options):
        """Return the join of what was matched after the day, with items that are posted, by debit ``item_id``."""
        if not options.is_since_shown:
            return SQL()
        is_money = self.env["credit.exposure"]._get_is_money_sql(self.env.company._credit_today())
        return SQL(
            """
            LEFT JOIN (SELECT r.debit_move_id AS item_id,
                              SUM(r.amount) FILTER (WHERE kind.is_money) AS received,
                              SUM(r.debit_amount_currency) FILTER (WHERE kind.is_money) AS received_currency,
                              SUM(r.amount) FILTER (WHERE NOT kind.is_money) AS credited,
                              SUM(r.debit_amount_currency) FILTER (WHERE NOT kind.is_money) AS credited_currency
                         FROM account_partial_reconcile r
                         JOIN account_move_line x ON x.id = r.credit_move_id AND x.parent_state = 'posted'
                        CROSS JOIN LATERAL (SELECT (%(is_money)s) AS is_money OFFSET 0) kind
                        WHERE r.max_date > %(day)s
                        GROUP BY r.debit_move_id) since ON since.item_id = i.item_id
            """,
            is_money=is_money,
            day=options.as_of,
        )
