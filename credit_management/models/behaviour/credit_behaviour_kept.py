"""The payment index of each customer, kept each night: a decision need not read two years of payments."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 100_000  # each batch is one statement, which reads what is everybody's once; some ten seconds
DAYS_VALID = 2  # nights that the job may miss before the index is worked out on the spot


class CreditBehaviour(models.Model):
    _name = "credit.behaviour"
    _description = "Kept Payment Behavior"
    _rec_name = "profile_id"
    _log_access = False

    profile_id = fields.Many2one("credit.profile", "Customer", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(required=True, readonly=True, help="The day on which the index was worked out.")
    payment_index = fields.Float(readonly=True, help="Empty below three settled invoices in 24 months.")
    has_payment_index = fields.Boolean(readonly=True, help="Off: fewer than three invoices were settled in 24 months.")

    _one_per_profile = models.UniqueIndex("(profile_id)", "There is one kept behavior per customer.")

    @api.model
    def _cron_keep(self):
        """Keep the index of every customer, in batches; running twice changes nothing."""
        Profile = self.env["credit.profile"].with_context(active_test=False).sudo()  # everybody's
        self.env["ir.cron"]._commit_progress(remaining=Profile.search_count([]))
        batch = Profile.search([], order="id", limit=BATCH)
        while batch:
            for day, profiles in batch.grouped(lambda profile: profile.company_id._credit_today()).items():
                self._keep(profiles, day)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break
            batch = Profile.search([("id", ">", batch[-1].id)], order="id", limit=BATCH)

    @api.model
    def _keep(self, profiles, day):
        """Work out the index of profiles as of a day and keep it instead of the last one, in one statement."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO credit_behaviour (profile_id, date, payment_index, has_payment_index)
                SELECT i.id, %(day)s, COALESCE(i.payment_index, 0), i.payment_index IS NOT NULL
                  FROM (%(indexes)s) i
                    ON CONFLICT (profile_id) DO UPDATE
                   SET date = EXCLUDED.date, payment_index = EXCLUDED.payment_index,
                       has_payment_index = EXCLUDED.has_payment_index
                """,
                day=day,
                indexes=profiles._get_indexes_sql(day),
            )
        )
        self.invalidate_model()

    @api.model
    def _read_kept(self, profile_ids, as_of):
        """Return ``{profile id: index or None}`` of those whose kept index is of this day or the nights before."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT profile_id, CASE WHEN has_payment_index THEN payment_index END FROM credit_behaviour
                 WHERE profile_id IN %s AND date BETWEEN %s AND %s
                """,
                tuple(profile_ids) or (0,),
                as_of - timedelta(days=DAYS_VALID),
                as_of,
            )
        )
        return dict(rows)
