"""Every customer that trades has a credit file: opened when it is needed, and locked while credit is decided."""

import contextlib

from odoo import api, models, tools
from odoo.tools import SQL
from psycopg2.errors import SerializationFailure


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model
    def _ensure(self, partners, company, names=None):
        """Return the profiles of customers in a company, creating those that are missing; a branch has its company's.

        :param partners: contacts or customers (`res.partner`)
        :param company: the company that grants the credit
        :param names: the fields that are asked for next; None: all
        """
        customers, company = partners.commercial_partner_id, company._credit_company()
        domain = [("partner_id", "in", customers.ids), ("company_id", "=", company.id)]
        # every user's document needs a profile, whoever may read it
        Profile = self.sudo().with_context(active_test=False)
        profiles = Profile.search_fetch(domain, names)  # one statement finds and reads them
        missing = customers - profiles.partner_id
        if missing:
            self._insert(
                SQL("SELECT id AS partner_id, %s AS company_id FROM res_partner WHERE id IN %s",
                    company.id, tuple(missing.ids)),
                company,
            )
            profiles = Profile.search_fetch(domain)
        # back to the rights of the caller
        return profiles.sudo(self.env.su)

    @api.model
    def _insert(self, customers, companies):
        """Open the credit files that are missing, in one statement, however many there are.

        Two transactions that meet here leave one row: an ORM `create` would end the second one in an error.
        Own companies are excluded from checks. Who is in a credit group is in it here, too. A limit that stands on the
        customer in core is taken over where the company uses core's limits: nothing that was set up is lost.

        :param SQL customers: a statement that gives ``partner_id, company_id``; each pair once
        :param companies: the `res.company` records that occur in it
        """
        self.env["res.partner"].flush_model(["credit_limit"])
        self.flush_model(["group_id"])
        companies.flush_recordset(["account_use_credit_limit", "currency_id", "partner_id"])
        defaults = self._get_insert_defaults()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO credit_profile (partner_id, company_id, limit_currency_id, limit_type, amount_limit,
                            is_excluded, group_id, create_uid, write_uid, create_date, write_date%(columns)s)
                SELECT t.partner_id, t.company_id, c.currency_id,
                       CASE WHEN core.amount > 0 THEN 'amount' ELSE 'none' END, GREATEST(core.amount, 0),
                       EXISTS (SELECT FROM res_company own WHERE own.partner_id = t.partner_id),
                       (SELECT MAX(known.group_id) FROM credit_profile known WHERE known.partner_id = t.partner_id),
                       %(uid)s, %(uid)s, %(now)s, %(now)s%(values)s
                  FROM (%(customers)s) t
                  JOIN res_partner p ON p.id = t.partner_id
                  JOIN res_company c ON c.id = t.company_id
                  LEFT JOIN (VALUES %(fallbacks)s) AS fallback (company_id, amount) ON fallback.company_id = c.id
                 CROSS JOIN LATERAL (SELECT CASE WHEN c.account_use_credit_limit THEN COALESCE(
                       (p.credit_limit->>c.id::text)::numeric, fallback.amount::numeric) ELSE 0 END AS amount) core
                    ON CONFLICT (partner_id, company_id) DO NOTHING
                """,
                columns=SQL("").join(SQL(", %s", SQL.identifier(name)) for name in defaults),
                values=SQL("").join(SQL(", %s", value) for value in defaults.values()),
                customers=customers,
                fallbacks=self._get_core_fallbacks_sql(companies),
                uid=self.env.uid,
                now=self.env.cr.now(),
            ),
            # Odoo asks again, with a cursor that writes, for a page that was only to read
            log_exceptions=not self.env.cr.readonly,
        )

    @api.model
    def _get_insert_defaults(self):
        """Return ``{column: value}`` of the defaults that the fields declare, of whichever add-on they are.

        Not what somebody made a default for themselves, or a context brings: that would be a way to write
        what takes a credit manager.
        """
        own = {"partner_id", "company_id", "limit_currency_id", "limit_type", "amount_limit", "is_excluded", "group_id"}
        columns = [field for name, field in self._fields.items() if field.store and field.column_type]
        return {
            field.name: field.convert_to_column_insert(field.convert_to_cache(field.default(self), self), self)
            for field in columns
            if field.default and field.name not in own
        }

    @api.model
    def _get_core_fallbacks_sql(self, companies):
        """Return the rows (company, limit that core takes where a customer has none of its own)."""
        Partner = self.env["res.partner"].sudo()  # whoever opens a file need not be in each company
        field = Partner._fields["credit_limit"]
        return SQL(", ").join(
            SQL("(%s, %s)", company.id, field.get_company_dependent_fallback(Partner.with_company(company)) or 0.0)
            for company in companies
        )

    def _lock(self):
        """Take the mutex of these profiles and of their credit groups until the transaction ends.

        The rows are *updated*: a transaction that waited here on an older snapshot is replayed by
        Odoo on a new one, so nobody decides on credit that was given away meanwhile.

        :raise psycopg2.errors.SerializationFailure: when somebody had it since this transaction began
        """
        self._update_lock_count("credit_group", self.sudo().group_id.ids)  # groups belong to the manager
        self._update_lock_count("credit_profile", self.ids)

    def _lock_first(self):
        """Take the mutex as the first thing that a transaction writes; tell whether it was to be had.

        Where somebody had it meanwhile, nothing is lost by starting over, and what was read is no longer so: the
        transaction begins anew, at once. Odoo would sleep up to some seconds before it does the same.

        :return: False when the transaction began anew: whatever was read must be read again
        """
        is_first = self._is_nothing_written()
        try:
            with tools.mute_logger("odoo.sql_db") if is_first else contextlib.nullcontext():
                self._lock()
        except SerializationFailure:
            if not is_first:
                raise
            self.env.cr.rollback()
            return False
        return True

    def _is_nothing_written(self):
        """Tell whether the transaction has written nothing, and has nothing to write."""
        cr, transaction = self.env.cr, self.env.transaction
        if any(transaction.field_dirty.values()) or any(transaction.tocompute.values()):
            return False
        if cr.precommit.data or len(cr.precommit) or len(cr.postcommit):
            return False
        [(is_first,)] = self.env.execute_query(SQL("SELECT pg_current_xact_id_if_assigned() IS NULL"))
        return is_first

    def _update_lock_count(self, table, ids):
        if ids:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(table)s SET lock_count = COALESCE(lock_count, 0) + 1
                      FROM (SELECT id FROM %(table)s WHERE id IN %(ids)s ORDER BY id FOR NO KEY UPDATE) locked
                     WHERE %(table)s.id = locked.id
                    """,
                    table=SQL.identifier(table),
                    ids=tuple(ids),
                )
            )
