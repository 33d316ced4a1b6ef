"""How far dunning of a customer has come: worked out from what was sent and what is still open, never stored."""

from odoo import api, models
from odoo.tools import SQL

from ..exposure.shared import share
from ..reading.scope import left_out

LEVEL = "company_id int, partner_id int, level int"


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_presence(self, scope):
        """Override: most customers were never dunned."""
        return {
            **super()._get_presence(scope),
            "dunned": SQL(
                "EXISTS (SELECT FROM credit_notice n WHERE n.state IN ('sending', 'sent', 'unknown') AND %s)",
                scope.restrict(SQL("n.partner_id")),
            ),
        }

    @api.model
    @left_out("dunned", LEVEL)
    @share
    def _get_levels_sql(self, scope):
        """Return SQL with the level of each customer that has one: ``company_id, partner_id, level``.

        It is the highest level of an item of which something is left after the customer's credits were taken off what
        is due first. The level belongs to the item: it falls when the item is paid, and a merge of customers changes
        none. A notice of which nobody knows whether it arrived raises no level.
        """
        return SQL(
            """
            SELECT i.company_id, i.partner_id, MAX(t.level_sent)::int AS level
              FROM (%(tracks)s) t
              JOIN (%(rests)s) i ON i.row_id = t.item_id
             WHERE i.rest > 0 AND t.level_sent > 0
             GROUP BY i.company_id, i.partner_id
            """,
            tracks=self.env["credit.notice.line"]._get_tracks_sql(self._get_items_sql(scope)),
            rests=self._get_rests_sql(scope),
        )

    @api.model
    def _get_rests_sql(self, scope):
        """What is left of each item after the customer's credits were taken off what is due first."""
        return SQL(
            """
            SELECT row_id, company_id, partner_id,
                   LEAST(debit, SUM(debit) OVER due - SUM(credit) OVER customer) AS rest
              FROM (SELECT row_id, company_id, partner_id, date_due, GREATEST(amount, 0) AS debit,
                           GREATEST(-amount, 0) AS credit
                      FROM (%(items)s) items
                     UNION ALL
                    SELECT NULL, company_id, partner_id, 'infinity'::date, 0, amount FROM (%(others)s) others) sides
            WINDOW due AS (PARTITION BY company_id, partner_id ORDER BY date_due, row_id),
                   customer AS (PARTITION BY company_id, partner_id)
            """,
            items=self._get_items_sql(scope),
            others=self._get_other_credits_sql(scope),
        )
