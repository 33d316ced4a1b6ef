"""Making scopes: what the statements are given as values is looked up in one round trip."""

import dataclasses
from weakref import WeakKeyDictionary

from odoo import api, models, tools
from odoo.tools import SQL

from .kept_connection import keeps
from .prepared_statement import KNOWN, PreparedStatement, read_known
from .scope import USUAL, Scope, among

# the prepared statements that the connection of a cursor was known to have when it was asked last
KNOWN_BY = WeakKeyDictionary()

# Up to so many customers the statement lists their contacts, which tells PostgreSQL how many rows to expect;
# a longer list takes longer to send and to read than the better plan saves.
CONTACTS_LISTED = 500
# PostgreSQL's compiler is on by default, and takes longer to compile these statements than to run them
NO_COMPILER = SQL("set_config('jit', 'off', TRUE)")
# to start workers takes longer than to read a few customers; for many it saves a single reader a little, and takes the
# cores of the others
NO_WORKERS = SQL("set_config('max_parallel_workers_per_gather', '0', TRUE)")


class CreditExposure(models.AbstractModel):
    _name = "credit.exposure"
    _description = "Sources of the credit exposure"

    @api.model
    def _make_scope(self, as_of, partner_ids=None):
        """Return a scope: the documents of these customers (commercial partners), or everybody's, as of a day."""
        return self._make_scope_and_ask(as_of, partner_ids)[0]

    @api.model
    def _make_scope_of_day(self, day, partner_ids=None):
        """Return a scope of a day: what was booked up to it counts, and as it was on it; nothing is known to be absent.

        Today's credit counts what is booked with a day to come as well: `_make_scope`.
        """
        return dataclasses.replace(self._make_scope(day, partner_ids), until=day, absent=frozenset())

    @api.model
    def _make_scope_of_batch(self, as_of, profiles):
        """Return a scope for a statement that joins its rows to these profiles: everybody's where these are most of
        them. A long list of ids is sent, read and looked up for each source; rows of a few others are left out for
        nothing."""
        total = self.env["credit.profile"].with_context(active_test=False).sudo().search_count([])  # whoever asks
        is_most = len(profiles) > CONTACTS_LISTED and 2 * len(profiles) > total
        return self._make_scope(as_of, None if is_most else profiles.partner_id.ids)

    @api.model
    def _split_listed(self, partner_ids, most=4):
        """Return customers in batches, of each of which a statement lists the contacts: some are read sooner so than
        everybody is; all of them at once where that would be more statements than ``most``."""
        size = CONTACTS_LISTED if len(partner_ids) <= most * CONTACTS_LISTED else len(partner_ids)
        return [partner_ids[number : number + size] for number in range(0, len(partner_ids), size)]

    @api.model
    def _make_scopes_of_today(self, partner_ids=None):
        """Return scopes as of today: a column of a list and a row of a report have no caller to name a day.

        :return: one scope for each day that it is in some company, with the ids of these companies; nearly always one
        :rtype: list[tuple[Scope, tuple]]
        """
        days = self.env["res.company"]._credit_get_days()
        return [(self._make_scope(day, partner_ids), tuple(ids)) for day, ids in days.items()]

    @api.model
    def _get_of_today_sql(self, scopes, build, of_companies="company_id IN %s"):
        """Return a statement in which each company is looked at on its own day.

        :param scopes: see `_make_scopes_of_today`
        :param build: returns the statement of a `Scope`
        :param str of_companies: the condition on its rows that keeps those of some companies
        """
        if len(scopes) == 1:
            return build(scopes[0][0])
        return SQL(" UNION ALL ").join(
            SQL("SELECT d.* FROM (%s) d WHERE %s", build(scope), SQL(of_companies, ids)) for scope, ids in scopes
        )

    @api.model
    def _get_today_sql(self, company_id):
        """Return SQL for today in a company.

        :param SQL company_id: the column with the company
        """
        days = self.env["res.company"]._credit_get_days()
        if len(days) == 1:
            return SQL("%s::date", next(iter(days)))
        cases = [SQL("WHEN %s IN %s THEN %s::date", company_id, tuple(ids), day) for day, ids in days.items()]
        return SQL("CASE %s END", SQL(" ").join(cases))

    @api.model
    def _make_scope_and_ask(self, as_of, partner_ids):
        """Return a scope, and the names of the prepared statements that the connection has, in one round trip.

        What the statements are then given as values is looked up here: receivable accounts and contacts; and what
        they can do without.

        :rtype: tuple[Scope, tuple]
        """
        partner_ids = None if partner_ids is None else tuple(sorted(set(partner_ids)))
        is_listed = partner_ids is not None and len(partner_ids) <= CONTACTS_LISTED
        self.env.flush_all()  # what is said to be absent is absent in what is pending too
        names, [(_setting, known, account_ids, contact_ids, *answers)] = self._ask(as_of, partner_ids, is_listed)
        absent = self._get_absent(dict(zip(names, answers, strict=True)))
        if is_listed:  # its statements are prepared
            absent = absent.difference(*(kinds for kinds in USUAL if not kinds <= absent))
        contact_ids = tuple(contact_ids) if is_listed else None
        scope = Scope(as_of, partner_ids, tuple(account_ids) or (0,), contact_ids, absent=absent)
        return scope, KNOWN_BY.setdefault(self.env.cr, tuple(known))

    @api.model
    def _ask(self, as_of, partner_ids, is_listed):
        """Return the names of the questions, and the row with the answers.

        A connection that is asked again has the question prepared.
        """
        known = KNOWN_BY.pop(self.env.cr, None)
        if known is None and is_listed and keeps(self.env.cr):
            known = read_known(self.env.cr)
        if known is None or not is_listed:
            contact_ids, listed_ids = (SQL("known.contact_ids"), partner_ids) if is_listed else (None, ())
            names, question = self._get_question_sql(as_of, partner_ids, listed_ids, contact_ids)
            return names, self.env.execute_query(question)
        names, prepared = self._get_prepared_question()
        return names, prepared.fetch_rows(self.env, prepared.name in known, [as_of, list(partner_ids)])

    @api.model
    @tools.ormcache()
    def _get_prepared_question(self):
        """Return the question about listed customers as a prepared statement, with the names of what it asks."""
        names = []

        def build(as_of, partner_ids):
            names[:], question = self._get_question_sql(as_of, partner_ids, partner_ids, SQL("known.contact_ids"))
            return question

        prepared = PreparedStatement.make(self.env.cr, "credit_question", ("date", "int[]"), build)
        return tuple(names), prepared

    @api.model
    def _get_question_sql(self, as_of, partner_ids, listed_ids, contact_ids):
        """Return the names of what is asked, and SQL with one row: settings, prepared statements, accounts, contacts,
        answers."""
        presence = self._get_presence(Scope(as_of, partner_ids, SQL("known.account_ids"), contact_ids))
        question = SQL(
            "SELECT %s || %s, %s, known.*, %s FROM (%s) known",
            NO_COMPILER,
            NO_WORKERS,
            KNOWN,
            SQL(", ").join(presence.values()),
            self._get_known_sql(listed_ids),
        )
        return list(presence), question

    @api.model
    def _get_known_sql(self, partner_ids):
        """Return SQL with one row: the receivable accounts, and the contacts of these customers."""
        return SQL(
            """
            SELECT ARRAY(SELECT id FROM account_account
                          WHERE account_type = 'asset_receivable' AND non_trade IS NOT TRUE) AS account_ids,
                   ARRAY(SELECT id FROM res_partner WHERE %s) AS contact_ids
            OFFSET 0
            """,
            among(SQL("commercial_partner_id"), partner_ids),
        )

    @api.model
    def _get_presence(self, scope):
        """Return the questions whether there is anything of a source that concerns a scope's customers, by name.

        They are asked before each statement, so they are cheap; where in doubt the answer is yes.

        Hook: whoever brings a statement with `left_out` asks for it.

        :rtype: dict[str, SQL] of conditions
        """
        return {}

    @api.model
    def _get_absent(self, presence):
        """Return the names of what is absent, of the answers by name.

        Hook: for what one answer says of another source.
        """
        return frozenset(name for name, is_there in presence.items() if not is_there)
