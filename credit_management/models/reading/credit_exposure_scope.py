"""Making scopes: what the statements are given as values is looked up in one round trip."""

from odoo import api, models
from odoo.tools import SQL

from .scope import Scope

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
    def _make_scope_of_batch(self, as_of, profiles):
        """Return a scope for a statement that joins its rows to these profiles: everybody's where these are most of
        them. A long list of ids is sent, read and looked up for each source; rows of a few others are left out for
        nothing."""
        total = self.env["credit.profile"].with_context(active_test=False).sudo().search_count([])  # whoever asks
        is_most = len(profiles) > CONTACTS_LISTED and 2 * len(profiles) > total
        return self._make_scope(as_of, None if is_most else profiles.partner_id.ids)

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
    def _make_scope_and_ask(self, as_of, partner_ids, *questions):
        """Return a scope, and the answers to further questions, in one round trip.

        What the statements are then given as values is looked up here: receivable accounts and contacts.

        :param questions: `SQL` expressions, which stand by themselves
        :rtype: tuple[Scope, list]
        """
        partner_ids = None if partner_ids is None else tuple(sorted(set(partner_ids)))
        is_listed = partner_ids is not None and len(partner_ids) <= CONTACTS_LISTED
        self.env["account.account"].flush_model(["account_type"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        accounts = SQL("ARRAY(SELECT id FROM account_account WHERE account_type = 'asset_receivable')")
        contacts = SQL(
            "ARRAY(SELECT id FROM res_partner WHERE commercial_partner_id IN %s)",
            (is_listed and partner_ids) or (0,),
        )
        settings = SQL("%s || %s", NO_COMPILER, NO_WORKERS)
        [(_setting, account_ids, contact_ids, *answers)] = self.env.execute_query(
            SQL("SELECT %s", SQL(", ").join([settings, accounts, contacts, *questions]))
        )
        contact_ids = tuple(contact_ids) if is_listed else None
        return Scope(as_of, partner_ids, tuple(account_ids) or (0,), contact_ids), answers
