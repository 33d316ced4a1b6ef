"""What was said of open items on the day of an aging: disputed, promised, covered, and how much of each."""

from odoo import api, fields, models
from odoo.tools import SQL

from .credit_open_item_joined import PARTS_MOST


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    marks = fields.Char(
        compute="_compute_marks",
        help="What was known of the item on the day of the aging: how much was disputed, promised, covered.",
    )

    @api.depends_context("credit_aging_as_of", "uid")
    def _compute_marks(self):
        found, partners = {}, self.filtered(lambda item: item.kind == "trade").partner_id
        for item_id, mark, amount in self._read_marks(partners.ids) if partners else ():
            found.setdefault(item_id, []).append((mark, amount))
        parts = PARTS_MOST if self._get_options().is_shared else 1  # of the whole item is said what is said
        for item in self:
            currency, said = item.company_currency_id, found.get(item.id // parts, ())
            texts = [f"{self.env._(mark.label)} {currency.format(amount)}" for mark, amount in said]
            item.marks = ", ".join(texts) or False

    @api.model
    def _read_marks(self, partner_ids=None):
        """Return ``[(id of an open item, Mark, amount)]`` of the marks that the user may know of."""
        marks = self._get_readable_marks()
        if not marks:
            return []
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope_of_day(self._get_options().as_of, partner_ids)
        items = SQL("(%s)", Exposure._get_open_items_sql(scope))
        rows = self.env.execute_query(self._get_marks_sql(marks, scope, items))
        names = {mark.name: mark for mark in marks}
        return [(item_id, names[name], float(amount)) for item_id, name, amount, _date_to in rows]

    @api.model
    def _get_readable_marks(self):
        """Return the marks of items that the user may know of."""
        marks = self.env["credit.exposure"]._get_marks()
        return [mark for mark in marks if mark.claims and self.env[mark.model].has_access("read")]

    @api.model
    def _get_marks_sql(self, marks, scope, items):
        """Return SQL with ``id, mark, amount, date_to``, the amount in company currency: the claims, shared out over
        what was open, and the last day of those.

        Of named documents by what is open of each, else the oldest first; together at most what is claimed, and of an
        item at most what is open of it. Claims of one share go on where the one that ends before them stops: laid end
        to end beside the items, each takes what lies beside it. What a claim can be of is a key of the join, not a
        condition: PostgreSQL would expect next to none, and try each pair.

        :param SQL items: a table of open items
        """
        Exposure = self.env["credit.exposure"]
        claims = SQL(" UNION ALL ").join(
            SQL("SELECT %s AS mark, c.* FROM (%s) c", mark.name, mark.claims(Exposure, scope)) for mark in marks
        )
        return SQL(
            """
            WITH claimable AS MATERIALIZED (
                 SELECT id, company_id, move_id, date_due, amount, amount_currency,
                        CASE WHEN kind = 'trade' AND amount > 0 THEN partner_id END AS partner_id
                   FROM %(items)s items)
            SELECT shared.id, shared.mark,
                   LEAST(ROUND(SUM(shared.part)::numeric, own.decimal_places), MAX(shared.amount)) AS amount,
                   MAX(shared.date_to) AS date_to
              FROM (SELECT i.id, i.company_id, i.amount, i.date_due, c.mark, c.date_to,
                           CASE WHEN c.is_by_document
                                THEN i.amount * LEAST(1, c.amount / NULLIF(SUM(i.amount_currency) OVER claim, 0))
                                ELSE LEAST(SUM(i.amount * c.share) OVER oldest, c.before + c.amount)
                                     - GREATEST(SUM(i.amount * c.share) OVER oldest - i.amount * c.share, c.before)
                                END AS part
                      FROM (SELECT claimed.*, SUM(amount) OVER sequel - amount AS before FROM (%(claims)s) claimed
                            WINDOW sequel AS (PARTITION BY mark, partner_id, company_id, move_ids, share
                                              ORDER BY date_to NULLS LAST, id)) c
                      JOIN claimable i ON i.partner_id = c.partner_id AND i.company_id = c.company_id
                       AND (c.move_ids IS NULL OR i.move_id = ANY(c.move_ids))
                    WINDOW claim AS (PARTITION BY c.mark, c.id),
                           oldest AS (PARTITION BY c.mark, c.id ORDER BY i.date_due, i.id)) shared
              JOIN res_company company ON company.id = shared.company_id
              JOIN res_currency own ON own.id = company.currency_id
             WHERE shared.part > 0
             GROUP BY shared.id, shared.mark, own.decimal_places
             ORDER BY shared.id, shared.mark
            """,
            claims=claims,
            items=items,
        )
