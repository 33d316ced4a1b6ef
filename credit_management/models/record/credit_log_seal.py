"""Seals of the log: a chain of hashes for each company shows whether a row was changed, added or removed since.

Rows that retention has removed are under seals of their own time: those stay, without rows, so the chain goes on.
"""

import hashlib

import psycopg2.errors
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL, mute_logger

from .words import in_every_language

WAIT = "2s"  # how long the night waits for transactions that write to the log: nobody confirms meanwhile


class CreditLog(models.Model):
    _inherit = "credit.log"

    @api.model
    def _cron_seal(self):
        """Seal what was written since the last seals."""
        self.env["credit.log.seal"].sudo()._seal()  # nobody writes seals

    @api.model
    def _cron_purge(self):
        """Remove what is older than each company keeps its log; seals that covered only such rows stay without them."""
        # a purge is the system's
        seals = self.env["credit.log.seal"].sudo()
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        years = {company.id: company.credit_years_log_keep for company in companies}
        longest = max(years.values())
        for ref in seals.search([("is_purged", "=", False)]).grouped("company_ref"):
            before = self.env.cr.now() - relativedelta(years=years.get(ref, longest))
            seals.search([("company_ref", "=", ref), ("is_purged", "=", False), ("date", "<", before)])._purge()


class CreditLogSeal(models.Model):
    _name = "credit.log.seal"
    _description = "Seal of the Credit Log"
    _order = "id desc"
    _rec_name = "date"
    _log_access = False

    date = fields.Datetime("When", required=True, readonly=True, help="When the rows were sealed.")
    company_ref = fields.Integer("Company Number", readonly=True, aggregator=None, help="0: rows of no company.")
    last_id = fields.Integer("Last Row", required=True, readonly=True, aggregator=None, help="The last row under it.")
    row_count = fields.Integer("Rows", readonly=True, help="How many rows it seals.")
    digest = fields.Char(required=True, readonly=True, help="Hash of these rows and of the seal before.")
    is_purged = fields.Boolean("Removed", readonly=True, help="Its rows were older than the company keeps its log.")

    _chain_idx = models.Index("(company_ref, id DESC)")

    @api.model
    def _seal(self):
        """Write the next seal of each company that has new rows; what waits too long is sealed the next night."""
        if not self._wait_for_writers():
            return
        for ref, last in self._get_last().items():
            digest, count, last_id = self._get_digest(ref, last.digest or "", last.last_id)
            if count:
                values = {"company_ref": ref, "last_id": last_id, "row_count": count, "digest": digest}
                self.create({"date": self.env.cr.now(), **values})

    @api.model
    def _wait_for_writers(self):
        """Lock the log against writers: numbers are handed out before rows can be seen, and none may come late."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(SQL("SELECT set_config('lock_timeout', %s, TRUE)", WAIT))
                self.env.cr.execute("LOCK TABLE credit_log IN SHARE MODE")
        except psycopg2.errors.LockNotAvailable:
            return False
        return True

    @api.model
    def _get_last(self):
        """Return ``{company: its last seal}`` of all companies that have rows."""
        rows = self.env.execute_query(SQL("SELECT DISTINCT COALESCE(company_ref, 0) FROM credit_log ORDER BY 1"))
        return {ref: self.search([("company_ref", "=", ref)], limit=1) for (ref,) in rows}

    @api.model
    def _get_digest(self, ref, before, after_id, until_id=None):
        """Return (digest, rows, last id) of a company's rows after one id, chained to the digest ``before``."""
        # columns that a later version adds are empty in old rows: they change no digest
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, jsonb_strip_nulls(to_jsonb(l))::text FROM credit_log l
                 WHERE COALESCE(company_ref, 0) = %(ref)s AND id > %(after)s AND (%(until)s IS NULL OR id <= %(until)s)
                 ORDER BY id
                """,
                ref=ref, after=after_id or 0, until=until_id,
            )
        )
        found = hashlib.sha256(before.encode())
        for _row_id, text in rows:
            found.update(text.encode())
        return found.hexdigest(), len(rows), rows[-1][0] if rows else after_id

    @api.model
    def _find_broken(self):
        """Return the first seal that no longer fits its rows, empty when all do."""
        every = self.search([], order="id")  # pylint: disable=no-search-all  # a chain is read from its beginning
        for ref, seals in every.grouped("company_ref").items():
            before, after_id = "", 0
            for seal in seals:
                is_whole = seal._get_digest(ref, before, after_id, seal.last_id)[0] == seal.digest
                if not seal.is_purged and not is_whole:
                    return seal
                before, after_id = seal.digest, seal.last_id
        return self.browse()

    def _purge(self):
        """Remove the rows of these seals, the oldest of one company."""
        if not self:
            return
        ref, last_id = self[0].company_ref, max(self.mapped("last_id"))
        reason = in_every_language(self, lambda told: told.env._(
            "Retention: rows of company %(number)s up to %(last)s", number=ref, last=last_id
        ))
        with self.env["credit.log"]._lift(reason):
            self.env.cr.execute(
                SQL("DELETE FROM credit_log WHERE COALESCE(company_ref, 0) = %s AND id <= %s", ref, last_id)
            )
        self.write({"is_purged": True})
        self.env["credit.log"].invalidate_model()

    def action_check(self):
        """Tell whether the log is what was written: which seal is the first that no longer fits its rows."""
        self.check_access("read")
        broken = self.sudo()._find_broken()  # all companies are one log
        message = (
            self.env._(
                "The seal of %(date)s no longer fits its rows: up to row %(last)s something was changed, added or "
                "removed by somebody with access to the database.",
                date=broken.date,
                last=broken.last_id,
            )
            if broken
            else self.env._("All seals fit: nothing was changed, added or removed since.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "danger" if broken else "success", "sticky": bool(broken)},
        }
