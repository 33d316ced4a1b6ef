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

SIDES = (SQL("r.debit_move_id"), SQL("r.credit_move_id"))
# which items Odoo matches as a debit, and which as a credit
MAY_STAND = (SQL("(i.balance >= 0 OR i.amount_currency > 0)"), SQL("(i.balance <= 0 OR i.amount_currency < 0)"))


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
            WITH %(own)s later AS MATERIALIZED (%(later)s),
                 void AS MATERIALIZED (%(void)s),
                 loose AS MATERIALIZED (%(loose)s),
                 awaited AS MATERIALIZED (%(awaited)s),
                 touched AS MATERIALIZED (%(touched)s)
            SELECT l.id::bigint * 2 + l.number AS id, l.id AS item_id, %(kind)s AS kind, %(company)s AS company_id,
                   l.company_id AS branch_id, l.account_id, p.commercial_partner_id AS partner_id,
                   l.partner_id AS contact_id, l.move_id, l.date, COALESCE(l.date_maturity, l.date) AS date_due,
                   l.date_booked, l.amount, l.amount_currency, l.currency_id
              FROM (%(parts)s) l
              LEFT JOIN res_partner p ON p.id = l.partner_id
             WHERE %(scope)s
            """,
            own=self._get_own_sql(scope, accounts),
            later=self._get_later_sql(scope, accounts),
            void=self._get_void_matches_sql(scope),
            loose=self._get_loose_matches_sql(scope),
            awaited=self._get_awaited_differences_sql(scope),
            touched=self._get_touched_sql(),
            parts=self._get_open_parts_sql(scope, accounts),
            kind=self._get_open_item_kind_sql(accounts),
            company=self.env["res.company"]._credit_company_sql(SQL("l.company_id")),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("l.partner_id")),
        )

    @api.model
    def _get_open_item_kind_sql(self, accounts):
        """Return SQL for what an item is; ``l`` is a part of it that is open."""
        return SQL(
            """
            CASE WHEN l.account_id IN %(advance)s THEN 'advance'
                 WHEN l.account_id IN %(other)s THEN 'other'
                 WHEN l.partner_id IS NULL THEN 'nobody'
                 WHEN l.number = 1 OR l.amount_currency = 0 AND l.currency_id <> l.company_currency_id
                 THEN 'exchange' ELSE 'trade' END
            """,
            advance=accounts.advance or (0,),
            other=accounts.other or (0,),
        )

    @api.model
    def _get_open_parts_sql(self, scope, accounts):
        """What is open of items: those whose residual is it, those whose residual is not, and what is booked later.

        Most items are of the first kind: they are read once, and nothing is joined to them.
        """
        columns = SQL(
            "l.id, l.company_id, l.company_currency_id, l.account_id, l.partner_id, l.move_id, l.date, "
            "l.date_maturity, l.currency_id"
        )
        return SQL(
            """
            SELECT %(columns)s, 0 AS number, NULL::date AS date_booked, l.amount_residual AS amount,
                   l.amount_residual_currency AS amount_currency
              FROM account_move_line l
             WHERE l.amount_residual <> 0 AND %(counts)s AND %(narrow)s AND l.id NOT IN (SELECT item_id FROM touched)
             UNION ALL
            SELECT %(columns)s, 0, NULL, l.amount_residual + t.amount, l.amount_residual_currency + t.amount_currency
              FROM touched t
              JOIN account_move_line l ON l.id = t.item_id
             WHERE l.amount_residual + t.amount <> 0 AND %(counts)s
             UNION ALL
            SELECT %(columns)s, 1, a.date_booked, a.amount, a.amount_currency
              FROM awaited a
              JOIN account_move_line l ON l.id = a.item_id
             WHERE a.amount <> 0 AND %(counts)s
            """,
            columns=columns,
            counts=SQL(
                "l.parent_state = 'posted' AND l.date <= %s AND l.account_id IN %s", scope.as_of, accounts.ids
            ),
            narrow=scope.narrow(SQL("l.partner_id")),
        )

    @api.model
    def _get_touched_sql(self):
        """By how much more or less is open of items than their residual.

        Of a match since the day one item at least is of later too: it is left out here, by a hash.
        """
        return SQL(
            """
            SELECT item_id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
              FROM (SELECT debit_move_id AS item_id, amount, debit_amount_currency AS amount_currency FROM loose
                     WHERE debit_move_id NOT IN (SELECT id FROM later)
                     UNION ALL
                    SELECT credit_move_id, -amount, -credit_amount_currency FROM loose
                     WHERE credit_move_id NOT IN (SELECT id FROM later)
                     UNION ALL
                    SELECT item_id, -amount, -amount_currency FROM awaited) sides
             GROUP BY item_id
            """
        )

    @api.model
    def _get_own_sql(self, scope, accounts):
        """The items of a few customers that are matched or of after the day, where it is about a few.

        OFFSET 0: found by the partner alone, which is enough; PostgreSQL would read half of two more indexes.
        """
        if scope.contact_ids is None:
            return SQL()
        return SQL(
            """
            own AS MATERIALIZED (
                SELECT i.id, i.move_id, i.date, i.parent_state, i.balance, i.amount_currency
                  FROM (SELECT * FROM account_move_line WHERE %s OFFSET 0) i
                 WHERE i.account_id IN %s AND (i.matching_number IS NOT NULL OR i.date > %s)),
            """,
            scope.narrow(SQL("partner_id")), accounts.ids, scope.as_of,
        )

    @api.model
    def _get_later_sql(self, scope, accounts):
        """The items of after the day."""
        if scope.contact_ids is not None:
            return SQL("SELECT id, move_id, date, parent_state FROM own WHERE date > %s", scope.as_of)
        return SQL(
            "SELECT id, move_id, date, parent_state FROM account_move_line WHERE account_id IN %s AND date > %s",
            accounts.ids, scope.as_of,
        )

    @api.model
    def _get_loose_matches_sql(self, scope):
        """The matches that do not count on the day: later ones, and void ones.

        Of a few customers they are found from their items, debits and credits on their side of a match: PostgreSQL
        would read all matches since the day.
        """
        columns = self._get_match_columns_sql()
        later = [SQL("SELECT %s FROM account_partial_reconcile r WHERE r.max_date > %s", columns, scope.as_of)]
        if scope.contact_ids is not None:
            later = [
                SQL(
                    """
                    SELECT later.* FROM own i
                     CROSS JOIN LATERAL (SELECT %s FROM account_partial_reconcile r
                                          WHERE %s = i.id AND r.max_date > %s OFFSET 0) later
                     WHERE %s
                    """,
                    columns, side, scope.as_of, may_stand,
                )
                for side, may_stand in zip(SIDES, MAY_STAND, strict=True)
            ]
        # later ones, which may be many, are none of the others
        return SQL("(%s) UNION ALL SELECT * FROM void", SQL(" UNION ").join(later))

    @api.model
    def _get_void_matches_sql(self, scope):
        """The matches up to the day with an entry that is not posted. A match of the two sides is one.

        OFFSET 0: such items are few, and PostgreSQL would read all matches for them.
        """
        return SQL(" UNION ").join(
            SQL(
                """
                SELECT void.* FROM account_move_line x
                 CROSS JOIN LATERAL (SELECT %s FROM account_partial_reconcile r
                                      WHERE %s = x.id AND r.max_date <= %s OFFSET 0) void
                 WHERE x.parent_state <> 'posted' AND x.matching_number IS NOT NULL
                """,
                self._get_match_columns_sql(), side, scope.as_of,
            )
            for side in SIDES
        )

    @api.model
    def _get_match_columns_sql(self):
        return SQL(
            "r.id, r.debit_move_id, r.credit_move_id, r.amount, r.debit_amount_currency, r.credit_amount_currency"
        )

    @api.model
    def _get_awaited_differences_sql(self, scope):
        """What exchange entries of later days take of items, for matches that count on the day already.

        Odoo dates these entries at the end of the month.
        """
        return SQL(
            """
            SELECT side.item_id, SUM(side.amount) AS amount, SUM(side.amount_currency) AS amount_currency,
                   MIN(x.date) AS date_booked
              FROM later x
             CROSS JOIN LATERAL (
                   SELECT r.credit_move_id AS item_id, -r.amount AS amount, -r.credit_amount_currency AS amount_currency
                     FROM account_partial_reconcile r WHERE r.debit_move_id = x.id
                    UNION ALL
                   SELECT r.debit_move_id, r.amount, r.debit_amount_currency
                     FROM account_partial_reconcile r WHERE r.credit_move_id = x.id) side
             WHERE x.parent_state = 'posted'
               AND x.move_id IN (SELECT exchange_move_id FROM account_partial_reconcile
                                  WHERE exchange_move_id IS NOT NULL AND max_date <= %(day)s
                                    AND id NOT IN (SELECT id FROM void))
             GROUP BY side.item_id
            """,
            day=scope.as_of,
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
