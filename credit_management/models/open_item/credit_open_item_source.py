"""Open items of customers as of any day: the one source of what is open, and since when.

An entry counts from its accounting date. A match counts from the later accounting date of the two items that it joins
(`max_date`), if both are posted: an entry that is reset to draft keeps its matches in Odoo, and they settle nothing.

What is open on a day is worked out backwards, from the residual that Odoo keeps: what was matched later, or with
something that is not posted, is open again. That takes as long as there are matches since; adding up takes as long as
there are matches before, which are nearly all of them.
"""

from odoo import api, models
from odoo.tools import SQL

# What an open item is. Only `trade` is aged; the rest is shown in rows of its own, so that all of it is the ledger's.
TRADE, EXCHANGE, NOBODY, OTHER, ADVANCE = KINDS = ("trade", "exchange", "nobody", "other", "advance")


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_open_items_sql(self, scope):
        """Return SQL with one row per open item: of an installment, of a payment, of an entry.

        Columns: ``id`` (stays the same between two readings), ``item_id``, ``kind`` (one of `KINDS`), ``company_id``
        (whose credit it is), ``branch_id`` (the company of the entry), ``account_id``, ``partner_id`` (the customer, or
        NULL), ``contact_id`` (the partner of the item), ``move_id``, ``date``, ``date_due``, ``date_booked``,
        ``amount`` (in the currency of the company), ``amount_currency`` and ``currency_id`` (of the item).

        What is open of an item may be in two rows: what it is worth, and an exchange difference that is booked on a
        later day (``date_booked``) for a match that counts already: in the currency of the item nothing is open of it.

        :param Scope scope: whose items, as of which day
        """
        accounts = self.env["account.account"]._credit_get_accounts()
        return SQL(
            """
            WITH loose AS MATERIALIZED (%(loose)s),
                 awaited AS MATERIALIZED (%(awaited)s),
                 open AS MATERIALIZED (%(open)s),
                 loosened AS MATERIALIZED (%(loosened)s)
            SELECT l.id::bigint * 2 + part.number AS id, l.id AS item_id, %(kind)s AS kind, %(company)s AS company_id,
                   l.company_id AS branch_id, l.account_id, p.commercial_partner_id AS partner_id,
                   l.partner_id AS contact_id, l.move_id, l.date, COALESCE(l.date_maturity, l.date) AS date_due,
                   part.date_booked, part.amount, part.amount_currency, l.currency_id
              FROM open
              JOIN account_move_line l ON l.id = open.item_id
              LEFT JOIN loosened ON loosened.item_id = l.id
              LEFT JOIN awaited a ON a.item_id = l.id
              LEFT JOIN res_partner p ON p.id = l.partner_id
             CROSS JOIN LATERAL (
                   VALUES (0, l.amount_residual + COALESCE(loosened.amount, 0) - COALESCE(a.amount, 0),
                           l.amount_residual_currency + COALESCE(loosened.amount_currency, 0)
                           - COALESCE(a.amount_currency, 0), NULL::date),
                          (1, a.amount, a.amount_currency, a.date_booked)
                   ) part (number, amount, amount_currency, date_booked)
             WHERE l.parent_state = 'posted' AND l.date <= %(day)s AND %(accounts)s AND %(scope)s AND part.amount <> 0
            """,
            loose=self._get_loose_matches_sql(scope),
            awaited=self._get_awaited_differences_sql(scope, accounts),
            open=self._get_open_sql(scope, accounts),
            loosened=self._get_loosened_sql(),
            kind=self._get_open_item_kind_sql(accounts),
            company=self.env["res.company"]._credit_company_sql(SQL("l.company_id")),
            day=scope.as_of,
            accounts=SQL("l.account_id IN %s", accounts.ids),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("l.partner_id")),
        )

    @api.model
    def _get_open_item_kind_sql(self, accounts):
        """Return SQL for what an item is; `part` is what is open of item ``l``."""
        return SQL(
            """
            CASE WHEN l.account_id IN %(advance)s THEN 'advance'
                 WHEN l.account_id IN %(other)s THEN 'other'
                 WHEN l.partner_id IS NULL THEN 'nobody'
                 WHEN part.number = 1 OR part.amount_currency = 0 AND l.currency_id <> l.company_currency_id
                 THEN 'exchange' ELSE 'trade' END
            """,
            advance=accounts.advance or (0,),
            other=accounts.other or (0,),
        )

    @api.model
    def _get_open_sql(self, scope, accounts):
        """The items that have a residual, or may have had one.

        Of a UNION PostgreSQL expects as many rows as there may be, of a GROUP BY 200: it would look each item up alone.
        """
        return SQL(
            """
            SELECT id AS item_id FROM account_move_line
             WHERE amount_residual <> 0 AND parent_state = 'posted' AND account_id IN %(accounts)s AND %(narrow)s
             UNION SELECT debit_move_id FROM loose
             UNION SELECT credit_move_id FROM loose
             UNION SELECT item_id FROM awaited
            """,
            accounts=accounts.ids,
            narrow=scope.narrow(SQL("partner_id")),
        )

    @api.model
    def _get_loosened_sql(self):
        """What is open of items beyond their residual."""
        return SQL(
            """
            SELECT item_id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
              FROM (SELECT debit_move_id AS item_id, amount, debit_amount_currency AS amount_currency FROM loose
                     UNION ALL
                    SELECT credit_move_id, -amount, -credit_amount_currency FROM loose) sides
             GROUP BY item_id
            """
        )

    @api.model
    def _get_loose_matches_sql(self, scope):
        """The matches that do not count on the day: later ones, and those with an entry that is not posted.

        Of a few customers they are found from their items: PostgreSQL would read all matches since the day.
        """
        columns = SQL(
            "r.id, r.debit_move_id, r.credit_move_id, r.amount, r.debit_amount_currency, r.credit_amount_currency"
        )
        sides = (SQL("r.debit_move_id"), SQL("r.credit_move_id"))
        later = [SQL("SELECT %s FROM account_partial_reconcile r WHERE r.max_date > %s", columns, scope.as_of)]
        if scope.contact_ids is not None:
            later = [
                SQL(
                    """
                    SELECT later.* FROM account_move_line i
                     CROSS JOIN LATERAL (SELECT %s FROM account_partial_reconcile r
                                          WHERE %s = i.id AND r.max_date > %s OFFSET 0) later
                     WHERE %s AND i.matching_number IS NOT NULL
                    """,
                    columns, side, scope.as_of, scope.narrow(SQL("i.partner_id")),
                )
                for side in sides
            ]
        unposted = [
            SQL(
                "SELECT %s FROM account_move_line x JOIN account_partial_reconcile r ON %s = x.id "
                "WHERE x.parent_state <> 'posted' AND x.matching_number IS NOT NULL AND r.max_date <= %s",
                columns, side, scope.as_of,
            )
            for side in sides
        ]
        # a match of the two sides is one; later ones, which may be many, are none of the others
        return SQL("(%s) UNION ALL (%s)", SQL(" UNION ").join(later), SQL(" UNION ").join(unposted))

    @api.model
    def _get_awaited_differences_sql(self, scope, accounts):
        """What exchange entries of later days take of items, for matches that count on the day already.

        Odoo dates these entries at the end of the month.
        """
        return SQL(
            """
            WITH entry AS MATERIALIZED (
                 SELECT DISTINCT e.id, e.date
                   FROM account_partial_reconcile r
                   JOIN account_move e ON e.id = r.exchange_move_id AND e.state = 'posted' AND e.date > %(day)s
                  WHERE r.exchange_move_id IS NOT NULL AND r.max_date <= %(day)s
                    AND r.id NOT IN (SELECT id FROM loose))
            SELECT side.item_id, SUM(side.amount) AS amount, SUM(side.amount_currency) AS amount_currency,
                   MIN(entry.date) AS date_booked
              FROM entry
              JOIN account_move_line x ON x.move_id = entry.id AND x.account_id IN %(accounts)s AND %(narrow)s
             CROSS JOIN LATERAL (
                   SELECT r.credit_move_id AS item_id, -r.amount AS amount, -r.credit_amount_currency AS amount_currency
                     FROM account_partial_reconcile r WHERE r.debit_move_id = x.id
                    UNION ALL
                   SELECT r.debit_move_id, r.amount, r.debit_amount_currency
                     FROM account_partial_reconcile r WHERE r.credit_move_id = x.id) side
             GROUP BY side.item_id
            """,
            day=scope.as_of,
            accounts=accounts.ids,
            narrow=scope.narrow(SQL("x.partner_id")),
        )

    @api.model
    def _get_balances_sql(self, scope, branch_ids=None):
        """Return SQL with what the ledger says: ``company_id, account_id, amount`` of what is posted up to the day on
        accounts of open items. The open items add up to it.

        :param branch_ids: companies whose entries are read; None: all
        """
        return SQL(
            """
            SELECT %(company)s AS company_id, l.account_id, SUM(l.balance) AS amount
              FROM account_move_line l
             WHERE l.account_id IN %(accounts)s AND l.parent_state = 'posted' AND l.date <= %(day)s AND %(branches)s
             GROUP BY 1, 2
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("l.company_id")),
            accounts=self.env["account.account"]._credit_get_accounts().ids,
            day=scope.as_of,
            branches=SQL("TRUE") if branch_ids is None else SQL("l.company_id IN %s", tuple(branch_ids) or (0,)),
        )
