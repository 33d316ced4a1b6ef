"""The nightly job of scores: every customer, and what follows from them.

Figures of many customers are read at once, for each statement reads what is everybody's; they are scored and committed
in batches, which take far more memory.

A score is written when a factor has other points than in the last one; else that one is confirmed (`date_to`), which
also says that the night has done this customer: a killed job goes on where it was. What follows is done in transactions
of their own, for they lock the file, and what is still to be done is written with the score.
"""

import time

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

FETCHED = 100_000  # customers whose figures are read in one statement: some fifty megabytes
BATCH = 20_000  # scores between two commits: in words they take some hundred megabytes
# Seconds after which figures are read again although some are left: Odoo ends a job that takes two minutes, and they
# are of the moment when they were read. It gives a job ten seconds, in which figures of many are hardly read.
LONGEST = 60


class CreditScore(models.Model):
    _inherit = "credit.score"

    @api.model
    def _cron_score(self):
        """Score all customers of today in each company; running twice changes nothing."""
        self = self.sudo()  # noqa: PLW0642 - the job works for all companies
        total = self.env["credit.profile"].with_context(active_test=False).search_count([])
        is_done = self._follow_due()  # what a killed job has left
        self.env["ir.cron"]._commit_progress(remaining=total)
        for day, company_ids in self.env["res.company"]._credit_get_days().items():
            is_done = is_done and self._score_all(day, company_ids)
            self._mark_going_on(day, company_ids)
        if is_done:
            self._follow_due()
            # customers that were scored before were counted too: what remains is run again at once
            self.env["ir.cron"]._commit_progress(remaining=self.search_count(self._get_left()))

    @api.model
    def _get_left(self):
        """Return the `Domain` of the scores that something has still to follow from.

        Hook: an add-on whose rules look at scores adds those that they have not looked at.
        """
        return Domain("follow_up", "=", "due")

    @api.model
    def _score_all(self, day, company_ids):
        """Score all customers of companies; tell whether there was time for all of them."""
        last_id, has_time = 0, True
        while has_time and (ids := self._get_next_profiles(last_id, day, company_ids)):
            last_id, has_time = ids[-1], self._score_next(ids, day)
        return bool(has_time)

    @api.model
    def _score_next(self, ids, day):
        """Score customers, and commit after each batch; tell whether there is time for others.

        There is as long as none of them has a card: the next run begins with them again.
        """
        end, is_scored = time.monotonic() + LONGEST, False
        for number, found in self._score_fetched(ids, day):
            has_time, is_scored = self.env["ir.cron"]._commit_progress(number), is_scored or found
            if is_scored and not has_time and time.monotonic() > end:
                return False
        return has_time or not is_scored

    @api.model
    def _score_fetched(self, ids, day):
        """Score customers, whose companies have the same day, in batches; yield how many are done with each, and
        whether one of them has a card."""
        Profile = self.env["credit.profile"]
        figures = self.env["credit.scorecard"]._fetch_figures(Profile.browse(ids), day)
        for number, batch in enumerate(split_every(BATCH, ids)):
            if self._is_uncounted():
                self.env.cr.execute("ANALYZE credit_score")
            # since a commit some may be gone, or were scored by a person, by later figures; before it nobody sees that
            left = self._find_unscored(SQL("p.id = ANY(%s)", list(batch)), day) if number else batch
            yield len(batch), self._score_batch(Profile.browse(left), day, figures)

    @api.model
    def _get_next_profiles(self, last_id, day, company_ids):
        """Return the next customers of companies that this night has not scored yet."""
        return self._find_unscored(SQL("p.id > %s AND p.company_id = ANY(%s)", last_id, company_ids), day)

    @api.model
    def _find_unscored(self, chosen, day):
        """Return the ids of customers that have no score of a day, as many as are read at once.

        :param chosen: SQL that says which, of the credit files ``p``
        """
        statement = SQL(
            """
            SELECT p.id FROM credit_profile p
             WHERE %(chosen)s
               AND NOT EXISTS (SELECT FROM credit_score s WHERE s.profile_id = p.id AND s.date_to >= %(day)s)
             ORDER BY p.id LIMIT %(most)s
            """,
            chosen=chosen, day=day, most=FETCHED,
        )
        return [row[0] for row in self.env.execute_query(statement)]

    @api.model
    def _is_uncounted(self):
        """Tell whether PostgreSQL believes that there are no scores: it has looked while the first ones were written
        and not committed, and would read all of them for each customer."""
        statement = SQL("SELECT reltuples = 0 AND relpages > 0 FROM pg_class WHERE oid = %s::regclass", self._table)
        return self.env.execute_query(statement)[0][0]

    @api.model
    def _score_batch(self, profiles, day, figures=None):
        """Score customers, whose companies have the same day: write what changed, confirm what did not.

        :param figures: the `Figures` of them and others, if those were fetched
        :return: whether one of them has a card
        """
        rows = self.env["credit.scorecard"]._score(profiles, day, figures)
        same = self._add_previous(rows)
        self._confirm(list(same.values()), day)
        self._insert([row for row in rows if row["profile_id"] not in same])._mark_due()
        return bool(rows)

    @api.model
    def _add_previous(self, rows):
        """Add the last score of each customer to its new one, and the difference.

        :return: ``{profile id: id of the last score}`` of those whose factors have the same points as then
        """
        last = self._get_last([row["profile_id"] for row in rows])
        same = {}
        for row in rows:
            score_id, fingerprint, score, has_score, date = last.get(row["profile_id"]) or (None, "", 0.0, False, None)
            if not score_id or date > row["date"]:
                continue
            if fingerprint == row["fingerprint"]:
                same[row["profile_id"]] = score_id
            is_comparable = has_score and row["has_score"]
            row.update(previous_id=score_id, delta=round(row["score"] - score, 2) if is_comparable else 0.0)
        return same

    @api.model
    def _get_last(self, profile_ids):
        """Return ``{profile id: (id, fingerprint, score, has score, date)}`` of the last score of each."""
        statement = SQL(
            """
            SELECT p.id, s.id, s.fingerprint, s.score::float, s.has_score, s.date
              FROM UNNEST(%s::int[]) p (id)
             CROSS JOIN LATERAL (SELECT id, fingerprint, score, has_score, date FROM credit_score
                                  WHERE profile_id = p.id ORDER BY date DESC, id DESC LIMIT 1) s
            """,
            profile_ids,
        )
        return {profile_id: tuple(found) for profile_id, *found in self.env.execute_query(statement)}

    @api.model
    def _confirm(self, ids, day):
        """Note that scores were the same on a day."""
        if ids:
            self.env.cr.execute(SQL("UPDATE credit_score SET date_to = %s WHERE id = ANY(%s)", day, ids))
            self.invalidate_model(["date_to"], flush=False)

    def _is_of_today(self):
        return self.date == self.company_id._credit_today()

    def _mark_due(self):
        """Mark scores that propose another rating than the customer has, where the company lets something follow."""
        companies = self.env["res.company"].search([("credit_score_change", "!=", "none")])
        if self and companies:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE credit_score s SET follow_up = 'due' FROM credit_profile p
                     WHERE s.id = ANY(%s) AND p.id = s.profile_id AND s.company_id = ANY(%s)
                       AND s.is_covered AND p.rating_id <> s.rating_id
                    """,
                    self.ids, companies.ids,
                )
            )
            self.invalidate_model(["follow_up"], flush=False)
