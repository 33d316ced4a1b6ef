"""What notices have brought in (催收效果): of each item that was dunned, the money that came within some weeks."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..notice.credit_notice_channel import CHANNELS

DAYS = (7, 14, 30)


class CreditNoticeResult(models.Model):
    _name = "credit.notice.result"
    _description = "Results of Dunning"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "notice_id"

    notice_id = fields.Many2one("credit.notice", readonly=True)
    run_id = fields.Many2one("credit.dunning.run", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one("res.currency", "Currency", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    plan_id = fields.Many2one("credit.dunning.plan", readonly=True)
    level_id = fields.Many2one("credit.dunning.level", "Level", readonly=True)
    level = fields.Integer(
        "Level Number", readonly=True, aggregator=None, help="The level to which the notice brought the item."
    )
    channel = fields.Selection(
        [*CHANNELS, ("several", "Several")], readonly=True, help="How the notice went out; several: by more than one."
    )
    date = fields.Date("Sent On", readonly=True, help="The day of the notice: money counts from it.")
    amount = fields.Monetary(
        "Open Then", currency_field="company_currency_id", readonly=True,
        help="What was open of the item when the notice was sent. The notice demands less where credits come off.",
    )
    amount_7 = fields.Monetary(
        "Paid Within 7 Days", currency_field="company_currency_id", readonly=True,
        help="Money that was matched with the item; credit notes and write-offs are none. What two notices asked for "
        "counts for both.",
    )
    amount_14 = fields.Monetary(
        "Paid Within 14 Days", currency_field="company_currency_id", readonly=True, help="As for 7 days."
    )
    amount_30 = fields.Monetary(
        "Paid Within 30 Days", currency_field="company_currency_id", readonly=True, help="As for 7 days."
    )

    @property
    def _table_query(self):
        """Return the statement that the model is: one row for each item of a notice that was sent."""
        models_read = ("credit.notice", "credit.notice.line", "credit.notice.channel", "account.move.line",
                       "account.partial.reconcile")
        for name in models_read:
            self.env[name].flush_model()
        return SQL(
            """
            SELECT l.id, n.id AS notice_id, n.run_id, n.company_id, c.currency_id AS company_currency_id, n.partner_id,
                   n.plan_id, n.level_id, l.level, n.date, l.amount_company AS amount, %(paid)s,
                   (SELECT CASE WHEN COUNT(*) = 1 THEN MIN(w.kind) ELSE 'several' END
                      FROM credit_notice_channel w
                     WHERE w.notice_id = n.id AND w.state <> 'failed' HAVING COUNT(*) > 0) AS channel
              FROM credit_notice_line l
              JOIN credit_notice n ON n.id = l.notice_id AND n.state = 'sent' AND n.is_test IS NOT TRUE
              JOIN res_company c ON c.id = n.company_id
              LEFT JOIN LATERAL (%(money)s) money ON TRUE
             WHERE l.is_dunned AND l.amount > 0
            """,
            paid=SQL(", ").join(
                SQL("LEAST(l.amount_company, COALESCE(%s, 0)) AS %s", SQL.identifier("money", f"paid_{days}"),
                    SQL.identifier(f"amount_{days}"))
                for days in DAYS
            ),
            money=self._get_money_sql(),
        )

    @api.model
    def _get_money_sql(self):
        """What came to the bank or the cash desk for item ``l`` since notice ``n``."""
        sums = SQL(", ").join(
            SQL("SUM(r.amount) FILTER (WHERE x.date <= n.date + %s) AS %s", days, SQL.identifier(f"paid_{days}"))
            for days in DAYS
        )
        return SQL(
            """
            SELECT %s
              FROM account_partial_reconcile r
              JOIN account_move_line x ON x.id = r.credit_move_id AND x.parent_state = 'posted'
              JOIN account_journal j ON j.id = x.journal_id AND j.type IN ('bank', 'cash', 'credit')
             WHERE r.debit_move_id = l.item_id AND x.date BETWEEN n.date AND n.date + %s
            """,
            sums,
            max(DAYS),
        )
