"""What is said of open items: one table of marks, each with a statement that gives the marked parts.

`exposure/` reads the table and knows no mark; the room that a mark belongs to brings it, by one entry in
``credit.exposure._get_marks()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyGettext

from ..reading.scope import Scope, left_out
from .shared import read_once

MOVED = (
    "item_id int, company_id int, partner_id int, move_id int, date_due date, currency_id int, component text, "
    "amount numeric, amount_currency numeric"
)


@dataclass(frozen=True)
class Mark:
    """A kind of thing that is said of open items.

    - name, label: what the exposure sheet calls it
    - model: whose records say it; who may not read them is not told
    - source: returns, for ``credit.exposure`` and a scope, SQL with a row per marked item: ``item_id``
      (its journal item), ``amount`` in company currency, ``amount_currency`` in the item's,
      ``date_from`` and ``date_to`` (either may be empty). Only positive open items of the scope's customers
    - component: what the marked part stands under instead of its due date: it is never overdue then.
      Empty: the figures stay as they are. The parts of two marks with a component must not overlap
    - claims: returns SQL with what held on the day of a scope, for an aging: ``partner_id, company_id, move_ids``
      (NULL: all), ``amount``, ``share`` (of each item), ``is_by_document`` (in document currency, shared by what is
      open; else in company currency, the oldest first), ``id, date_from, date_to``. Empty: an aging does not show it
    - is_plan: whether the marked part is expected on the last day of the claim, and not when it is due
    - presence: returns the condition that something of a scope's customers may be marked; the statements of most
      customers do without the mark then
    """

    name: str
    label: LazyGettext
    model: str
    source: Callable[[Any, Scope], SQL]
    component: str = ""
    claims: Callable[[Any, Scope], SQL] | None = None
    is_plan: bool = False
    presence: Callable[[Any, Scope], SQL] | None = None


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_marks(self):
        """Return the table of marks.

        Hook: an add-on extends it by its own.

        :rtype: tuple[Mark, ...]
        """
        return ()

    @api.model
    def _get_moved_parts_sql(self, scope):
        """Source of the exposure: marked parts are taken out of where they stand, and put under their component."""
        return SQL(
            """
            SELECT i.company_id, i.partner_id, side.component, 'account.move' AS res_model,
                   i.move_id AS res_id, i.item_id AS row_id, i.date_due, SUM(i.amount * side.sign) AS amount,
                   SUM(i.amount_currency * side.sign) AS amount_currency, i.currency_id
              FROM (%(moved)s) i
             CROSS JOIN LATERAL (VALUES (1, i.component),
                    (-1, CASE WHEN i.date_due < %(today)s THEN 'overdue' ELSE 'not_due' END)
                   ) side (sign, component)
             GROUP BY i.company_id, i.partner_id, side.component, i.move_id, i.item_id, i.date_due, i.currency_id
            """,
            moved=self._get_moved_items_sql(scope),
            today=scope.as_of,
        )

    @api.model
    def _get_presence(self, scope):
        """A mark that cannot say whether it is there may be."""
        asked = [mark.presence(self, scope) if mark.presence else SQL("TRUE") for mark in self._get_moving_marks()]
        return {**super()._get_presence(scope), "credit_moved": SQL("(%s)", SQL(" OR ").join(asked or [SQL("FALSE")]))}

    @api.model
    def _get_moving_marks(self):
        return [mark for mark in self._get_marks() if mark.component]

    @api.model
    @left_out("credit_moved", MOVED)
    @read_once
    def _get_moved_items_sql(self, scope):
        """Each item of which a part stands under a component of its own, with that part.

        Marked items are few and a customer's items may be many: OFFSET 0 makes PostgreSQL start from the marks.
        """
        return SQL(
            """
            SELECT l.id AS item_id, %(company)s AS company_id, p.commercial_partner_id AS partner_id, l.move_id,
                   l.date_due, l.currency_id, marked.component, marked.amount, marked.amount_currency
              FROM (%(marked)s) marked
             CROSS JOIN LATERAL (SELECT id, company_id, partner_id, move_id, currency_id,
                                        COALESCE(date_maturity, date) AS date_due
                                   FROM account_move_line WHERE id = marked.item_id OFFSET 0) l
              JOIN res_partner p ON p.id = l.partner_id
             WHERE %(scope)s AND %(said)s
            """,
            said=SQL("TRUE") if scope.until is None else SQL("marked.date_from <= %s", scope.until),
            company=self.env["res.company"]._credit_company_sql(SQL("l.company_id")),
            marked=SQL(" UNION ALL ").join(
                SQL(
                    "SELECT item_id, amount, amount_currency, date_from, %s AS component FROM (%s) m",
                    mark.component,
                    mark.source(self, scope),
                )
                for mark in self._get_moving_marks()
            ),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("l.partner_id")),
        )

    @api.model
    def _get_oldest_items_sql(self, claims, scope):
        """Return SQL that marks a customer's open items, the oldest first, up to an amount.

        :param SQL claims: ``id, partner_id, company_id, amount`` (in company currency), ``date_from, date_to,
            move_ids``: the invoices that are meant, or NULL for all open items
        """
        return SQL(
            """
            SELECT item_id, ROUND(part::numeric, decimal_places) AS amount,
                   ROUND((amount_currency * part / amount)::numeric, decimal_places_currency) AS amount_currency,
                   date_from, date_to
              FROM (SELECT i.row_id AS item_id, i.amount, i.amount_currency, claim.date_from, claim.date_to,
                           own.decimal_places, cur.decimal_places AS decimal_places_currency,
                           LEAST(i.amount, claim.amount + i.amount - SUM(i.amount) OVER due) AS part
                      FROM (%(claims)s) claim
                      JOIN (%(items)s) i ON i.partner_id = claim.partner_id AND i.company_id = claim.company_id
                           AND i.amount > 0 AND (claim.move_ids IS NULL OR i.res_id = ANY(claim.move_ids))
                      JOIN res_company c ON c.id = i.company_id
                      JOIN res_currency own ON own.id = c.currency_id
                      JOIN res_currency cur ON cur.id = i.currency_id
                    WINDOW due AS (PARTITION BY claim.id ORDER BY i.date_due, i.row_id)) shared
             WHERE part > 0
            """,
            claims=claims,
            items=self._get_items_sql(scope),
        )

    @api.model
    def _read_marks(self, scopes):
        """Return ``{journal item id: [Mark, …]}`` of the marks that the user may know of, in one statement."""
        marks = {mark.name: mark for mark in self._get_marks() if self.env[mark.model].has_access("read")}
        if not marks:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(" UNION ").join(
                SQL("SELECT item_id, %s AS name FROM (%s) m", mark.name, mark.source(self, scope))
                for mark in marks.values() for scope, _company_ids in scopes
            )
        )
        found = {}
        for item_id, name in rows:
            found.setdefault(item_id, set()).add(name)
        return {item_id: [marks[name] for name in marks if name in names] for item_id, names in found.items()}
