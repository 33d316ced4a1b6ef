"""Open items of customers as of any day, and as they are now: the one source of what is open, and since when.

An entry counts from its accounting date. A match counts from the later accounting date of the two items that it joins
(`max_date`), if both are posted: an entry that is reset to draft keeps its matches in Odoo, and they settle nothing.

What is open on a day is worked out backwards, from the residual that Odoo keeps: what was matched later, or with
something that is not posted, is open again. That takes as long as there are matches since; adding up takes as long as
there are matches before, which are nearly all of them. Now is no day (a scope without `until`): nothing is later.
"""

from odoo import api, models
from odoo.tools import SQL

from ..reading.scope import left_out, nothing

# What an open item is. Only `trade` is aged; the rest is shown in rows of its own, so that all of it is the ledger's.
TRADE, EXCHANGE, NOBODY, OTHER, ADVANCE = KINDS = ("trade", "exchange", "nobody", "other", "advance")

CORRECTION = "item_id int, amount numeric, amount_currency numeric"
MATCH = (
    "id int, debit_move_id int, credit_move_id int, amount numeric, debit_amount_currency numeric, "
    "credit_amount_currency numeric"
)
LINE = SQL(
    "l.id, l.company_id, l.company_currency_id, l.account_id, l.partner_id, l.move_id, l.date, l.date_maturity, "
    "l.currency_id"
)
SIDES = (SQL("r.debit_move_id"), SQL("r.credit_move_id"))
# which items Odoo matches as a debit, and which as a credit
MAY_STAND = (SQL("(i.balance >= 0 OR i.amount_currency > 0)"), SQL("(i.balance <= 0 OR i.amount_currency < 0)"))



def get_was_open_sql(item):
    """Return the condition that a posted item is or was open, as the index of the items of a customer has it."""
    return SQL(
        "%(item)s.parent_state = 'posted' AND (%(item)s.reconciled OR %(item)s.amount_residual <> 0 "
        "OR %(item)s.amount_residual_currency <> 0)",
        item=item,
    )


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_open_items_sql(self, scope, accounts=None, corrections=None):
        """Return SQL with one row per open item: of an installment, of a payment, of an entry.

        Columns: ``id`` (stays the same between two readings), ``item_id``, ``kind`` (one of `KINDS`), ``company_id``
        (whose credit it is), ``branch_id`` (the company of the entry), ``account_id``, ``partner_id`` (the customer, or
        NULL), ``contact_id`` (the partner of the item), ``move_id``, ``date``, ``date_due``, ``date_booked``,
        ``amount`` (in the currency of the company), ``amount_currency`` and ``currency_id`` (of the item).

        What is open of an item may be in two rows: what it is worth, and an exchange difference that is booked on a
        later day (``date_booked``) for a match that counts already: in the currency of the item nothing is open of it.

        :param Scope scope: whose items, as of which day
        :param Accounts accounts: those that are read; None: all that hold open items of customers
        :param SQL corrections: ``item_id, amount, amount_currency``: what else is added to what is open of an item,
            where what is owed is not what the books say; NULL: it is nothing. None: the books
        """
        accounts = accounts or self.env["account.account"]._credit_get_accounts()
        tables = self._get_open_tables(scope, accounts, corrections)
        return SQL(
            """
            %(tables)s
            SELECT l.id::bigint * 2 + l.number AS id, l.id AS item_id, %(kind)s AS kind, %(company)s AS company_id,
                   l.company_id AS branch_id, l.account_id, p.commercial_partner_id AS partner_id,
                   l.partner_id AS contact_id, l.move_id, l.date, COALESCE(l.date_maturity, l.date) AS date_due,
                   l.date_booked, l.amount, l.amount_currency, l.currency_id
              FROM (%(parts)s) l
              LEFT JOIN res_partner p ON p.id = l.partner_id
             WHERE %(scope)s
            """,
            tables=self._get_with_sql(tables),
            parts=self._get_open_parts_sql(scope, accounts, tables),
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
    def _get_open_tables(self, scope, accounts, corrections):
        """Return what open items are worked out from, by the name of its common table, in order.

        Now nothing is later, and no exchange entry is awaited. Where nothing is void the residuals are all there is.
        """
        if scope.until is None:
            if "credit_correction" in scope.absent:
                return {}
            tables = {"loose": self._get_void_matches_sql(scope)}
        else:
            tables = {
                "later": self._get_later_sql(scope, accounts),
                "void": self._get_void_matches_sql(scope),
                "loose": self._get_loose_matches_sql(scope),
                "corrected": corrections or nothing(CORRECTION),
                "awaited": self._get_awaited_differences_sql(scope),
            }
            corrections = corrections and SQL("TABLE corrected")
        return {**tables, "touched": self._get_touched_sql(scope, corrections)}

    @api.model
    def _get_with_sql(self, tables):
        named = [SQL("%s AS MATERIALIZED (%s)", SQL.identifier(name), sql) for name, sql in tables.items()]
        return SQL("WITH %s", SQL(", ").join(named)) if named else SQL()

    @api.model
    def _get_open_parts_sql(self, scope, accounts, tables):
        """What is open of items: those whose residual is it, those whose residual is not, and what is booked later.

        Most items are of the first kind: they are read once, and nothing is joined to them.
        """
        counts = SQL(
            "l.parent_state = 'posted' AND %s AND %s",
            scope.restrict_day(SQL("l.date")), accounts.restrict(SQL("l.account_id")),
        )
        residuals = SQL(
            "SELECT %s, 0 AS number, NULL::date AS date_booked, l.amount_residual AS amount, "
            "l.amount_residual_currency AS amount_currency FROM account_move_line l "
            "WHERE l.amount_residual <> 0 AND %s AND %s",
            LINE, counts, scope.narrow(SQL("l.partner_id")),
        )
        if "touched" not in tables:
            return residuals
        touched = SQL(
            "SELECT %s, 0, NULL, l.amount_residual + t.amount, l.amount_residual_currency + t.amount_currency "
            "FROM touched t JOIN account_move_line l ON l.id = t.item_id "
            "WHERE l.amount_residual + t.amount <> 0 AND %s",
            LINE, counts,
        )
        parts = [SQL("%s AND l.id NOT IN (SELECT item_id FROM touched)", residuals), touched]
        if "awaited" in tables:
            parts.append(
                SQL(
                    "SELECT %s, 1, a.date_booked, a.amount, a.amount_currency FROM awaited a "
                    "JOIN account_move_line l ON l.id = a.item_id WHERE a.amount <> 0 AND %s",
                    LINE, counts,
                )
            )
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _get_touched_sql(self, scope, corrections):
        """By how much more or less is open of items than their residual; NULL: the item is nothing.

        Of a match since the day one item at least is of later too: it is left out here, by a hash.
        """
        is_early = SQL("TRUE") if scope.until is None else SQL("item_id NOT IN (SELECT id FROM later)")
        sides = [
            SQL(
                """
                SELECT item_id, amount, amount_currency
                  FROM (SELECT debit_move_id AS item_id, amount, debit_amount_currency AS amount_currency FROM loose
                         UNION ALL
                        SELECT credit_move_id, -amount, -credit_amount_currency FROM loose) sides
                 WHERE %s
                """,
                is_early,
            )
        ]
        if scope.until is not None:
            sides.append(SQL("SELECT item_id, -amount, -amount_currency FROM awaited"))
        if corrections is not None:
            sides.append(SQL("SELECT item_id, amount, amount_currency FROM (%s) correction", corrections))
        return SQL(
            """
            SELECT item_id, CASE WHEN bool_and(amount IS NOT NULL) THEN SUM(amount) END AS amount,
                   SUM(amount_currency) AS amount_currency
              FROM (%s) parts GROUP BY item_id
            """,
            SQL(" UNION ALL ").join(sides),
        )

    @api.model
    def _get_later_sql(self, scope, accounts):
        """The items of after the day.

        Those of a few customers that are posted are found by partner and day, those that are not by their match: OFFSET
        0, PostgreSQL would read half of two more indexes.
        """
        of_few = SQL(
            "(SELECT * FROM account_move_line WHERE %(own)s AND date > %(day)s AND %(was_open)s "
            "UNION ALL SELECT * FROM account_move_line "
            "WHERE %(own)s AND parent_state <> 'posted' AND matching_number IS NOT NULL OFFSET 0)",
            own=scope.narrow(SQL("partner_id")), day=scope.until, was_open=get_was_open_sql(SQL("account_move_line")),
        )
        return SQL(
            "SELECT i.id, i.move_id, i.date, i.parent_state, i.balance, i.amount_currency FROM %s i "
            "WHERE %s AND i.date > %s",
            SQL("account_move_line") if scope.contact_ids is None else of_few,
            accounts.restrict(SQL("i.account_id")), scope.until,
        )

    @api.model
    def _get_loose_matches_sql(self, scope):
        """The matches that do not count on the day: later ones, and void ones.

        Of a match since the day one item at least is of later, too. Those of a few customers are found from these
        items, debits and credits on their side of a match, and where the item of later is somebody else's by the match:
        PostgreSQL would read all matches since the day.
        """
        columns = self._get_match_columns_sql()
        every = SQL("SELECT %s FROM account_partial_reconcile r WHERE r.max_date > %s", columns, scope.until)
        if scope.contact_ids is None:
            later = [every]
        else:
            later = [SQL("%s AND (%s)", every, self._get_of_two_sql(scope, "r"))]
            later += [
                SQL(
                    """
                    SELECT later.* FROM later i
                     CROSS JOIN LATERAL (SELECT %s FROM account_partial_reconcile r
                                          WHERE %s = i.id AND r.max_date > %s OFFSET 0) later
                     WHERE %s
                    """,
                    columns, side, scope.until, may_stand,
                )
                for side, may_stand in zip(SIDES, MAY_STAND, strict=True)
            ]
        # later ones, which may be many, are none of the others
        return SQL("(%s) UNION ALL SELECT * FROM void", SQL(" UNION ").join(later))

    @api.model
    @left_out("credit_correction", MATCH)
    def _get_void_matches_sql(self, scope):
        """The matches up to the day with an entry that is not posted. A match of the two sides is one.

        OFFSET 0: such items are few, and PostgreSQL would read all matches for them.
        """
        concerning = self._get_concerning_sql(scope, SQL("x"))
        return SQL(" UNION ").join(
            SQL(
                """
                SELECT void.* FROM account_move_line x
                 CROSS JOIN LATERAL (SELECT %s FROM account_partial_reconcile r
                                      WHERE %s = x.id AND %s OFFSET 0) void
                 WHERE x.parent_state <> 'posted' AND x.matching_number IS NOT NULL AND %s
                """,
                self._get_match_columns_sql(), side, scope.restrict_day(SQL("r.max_date")), concerning,
            )
            for side in SIDES
        )

    @api.model
    def _get_concerning_sql(self, scope, item):
        """Return the condition that an item is a customer's, or is matched with one of his that is somebody else's."""
        if scope.contact_ids is None:
            return SQL("TRUE")
        own = scope.narrow(SQL("%s.partner_id", item))
        return SQL("(%s OR %s.id = ANY(ARRAY(%s)))", own, item, self._get_strange_items_sql(scope))

    @api.model
    def _get_strange_items_sql(self, scope):
        """The items of matches of two customers, of whom one is in the scope."""
        return SQL(
            "SELECT unnest(ARRAY[r.debit_move_id, r.credit_move_id]) FROM account_partial_reconcile r WHERE %s",
            self._get_of_two_sql(scope, "r"),
        )

    @api.model
    def _get_of_two_sql(self, scope, match):
        """Return the condition that a match is one of two customers, of whom one is in the scope."""
        return SQL(" OR ").join(
            scope.narrow(SQL.identifier(match, name)) for name in ("credit_debtor_id", "credit_payer_id")
        )

    @api.model
    def _get_undone_payments_sql(self, scope):
        """The entries (``move_id``) of rejected payments that may concern a scope's customers. Of all that there are,
        a few customers' are found by the payment's partner, by the mark where its entry names another, by its match."""
        undone = SQL("pay.state IN ('rejected', 'canceled') AND pay.move_id IS NOT NULL")
        if scope.contact_ids is None:
            return SQL("SELECT pay.move_id FROM account_payment pay WHERE %s", undone)
        return SQL(
            """
            SELECT pay.move_id FROM account_payment pay WHERE %(undone)s AND %(own)s
             UNION
            SELECT pay.move_id FROM account_payment pay WHERE %(undone)s AND pay.credit_is_of_other
             UNION
            SELECT pay.move_id FROM account_move_line x
              JOIN account_payment pay ON pay.move_id = x.move_id AND %(undone)s
             WHERE x.id = ANY(ARRAY(%(strange)s))
            """,
            undone=undone, own=scope.narrow(SQL("pay.partner_id")), strange=self._get_strange_items_sql(scope),
        )

    @api.model
    def _get_match_columns_sql(self):
        return SQL(
            "r.id, r.debit_move_id, r.credit_move_id, r.amount, r.debit_amount_currency, r.credit_amount_currency"
        )

    @api.model
    def _get_awaited_differences_sql(self, scope):
        """What exchange entries of later days take of items, for matches that count on the day already.

        Odoo dates these entries at the end of the month. What a match with an item that is nothing leaves is nothing.
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
                                    AND id NOT IN (SELECT id FROM void)
                                    AND debit_move_id NOT IN (SELECT item_id FROM corrected WHERE amount IS NULL)
                                    AND credit_move_id NOT IN (SELECT item_id FROM corrected WHERE amount IS NULL))
             GROUP BY side.item_id
            """,
            day=scope.until,
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
             WHERE l.account_id IN %(accounts)s AND l.parent_state = 'posted' AND %(booked)s AND %(branches)s
             GROUP BY 1, 2
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("l.company_id")),
            accounts=self.env["account.account"]._credit_get_accounts().ids,
            booked=scope.restrict_day(SQL("l.date")),
            branches=SQL("TRUE") if branch_ids is None else SQL("l.company_id IN %s", tuple(branch_ids) or (0,)),
        )
