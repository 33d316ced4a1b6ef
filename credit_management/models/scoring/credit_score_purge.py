"""Old scores go: those of an assessment, those that something followed from, and what explains a later one stay."""

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.tools import SQL

BATCH = 10_000  # scores between two commits: some seconds of work


class CreditScore(models.Model):
    _inherit = "credit.score"

    @api.model
    def _get_kept_conditions(self, score):
        """Return SQL conditions of which each says that a score is kept, however old. Hook: a room adds its own.

        :param SQL score: what the table is called
        """
        return [SQL("%s.follow_up <> 'none'", score), SQL("%s.change_id IS NOT NULL", score)]

    @api.model
    def _cron_purge(self):
        """Delete what is older than each company keeps, in batches; a job that is killed goes on the next time."""
        # the job's, of all companies
        for company in self.env["res.company"].sudo().search([("parent_id", "=", False)]):
            first = company._credit_today() - relativedelta(months=company.credit_months_score_keep)
            while count := self._purge_batch(company, first):
                if not self.env["ir.cron"]._commit_progress(count):
                    return

    @api.model
    def _purge_batch(self, company, first):
        """Delete some scores of a company that ended before a day, and return how many they were.

        The score before one that stays is what that one is explained by, and the last one of a customer is its score.
        """
        self.env.flush_all()
        is_kept = {name: SQL(" OR ").join(self._get_kept_conditions(SQL(name))) for name in ("s", "n")}
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM credit_score WHERE id IN (
                    SELECT s.id FROM credit_score s
                     WHERE s.company_id = %(company)s AND s.date_to < %(first)s AND NOT (%(is_kept)s)
                       AND EXISTS (SELECT FROM credit_score l WHERE l.profile_id = s.profile_id
                                                                AND (l.date, l.id) > (s.date, s.id))
                       AND NOT EXISTS (SELECT FROM credit_score n WHERE n.previous_id = s.id
                                                                    AND (n.date_to >= %(first)s OR %(is_next_kept)s))
                     LIMIT %(batch)s)
                """,
                company=company.id, first=first, is_kept=is_kept["s"], is_next_kept=is_kept["n"], batch=BATCH,
            )
        )
        count = self.env.cr.rowcount
        self.env.invalidate_all(flush=False)
        return count
