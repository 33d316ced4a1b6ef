"""What was said of open items on the day of an aging: disputed, promised, covered, and how much of each."""

from odoo import api, fields, models
from odoo.tools import SQL


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
        for item in self:
            currency = item.company_currency_id
            texts = [f"{self.env._(mark.label)} {currency.format(amount)}" for mark, amount in found.get(item.id, ())]
            item.marks = ", ".join(texts) or False

    @api.model
    def _read_marks(self, partner_ids=None):
        """Return ``[(id of an open item, Mark, amount)]`` of the marks that the user may know of."""
        Exposure = self.env["credit.exposure"]
        marks = {
            mark.name: mark for mark in Exposure._get_marks()
            if mark.claims and self.env[mark.model].has_access("read")
        }
        if not marks:
            return []
        self.env.flush_all()
        scope = Exposure._make_scope_of_day(self._get_options().as_of, partner_ids)
        claims = SQL(" UNION ALL ").join(
            SQL("SELECT %s AS mark, c.* FROM (%s) c", mark.name, mark.claims(Exposure, scope))
            for mark in marks.values()
        )
        rows = self.env.execute_query(self._get_marks_sql(claims, Exposure._get_open_items_sql(scope)))
        return [(item_id, marks[name], float(amount)) for item_id, name, amount in rows]

    @api.model
    def _get_marks_sql(self, claims, items):
        """Return SQL with ``id, mark, amount`` in company currency: the claims, shared out over what was open.

        Of named documents by what is open of each, else the oldest first; together at most what is claimed. What a
        claim can be of is a key of the join, not a condition: PostgreSQL would expect next to none, and try each pair.
        """
        return SQL(
            """
            WITH claimable AS MATERIALIZED (
                 SELECT id, company_id, move_id, date_due, amount, amount_currency,
                        CASE WHEN kind = 'trade' AND amount > 0 THEN partner_id END AS partner_id
                   FROM (%(items)s) items)
            SELECT shared.id, shared.mark, ROUND(SUM(shared.part)::numeric, own.decimal_places)
              FROM (SELECT i.id, i.company_id, i.date_due, c.mark,
                           CASE WHEN c.is_by_document
                                THEN i.amount * LEAST(1, c.amount / NULLIF(SUM(i.amount_currency) OVER claim, 0))
                                ELSE LEAST(i.amount * c.share, c.amount + i.amount * c.share
                                                             - SUM(i.amount * c.share) OVER oldest) END AS part
                      FROM (%(claims)s) c
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
