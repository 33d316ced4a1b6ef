"""Scores that have not done all that they say: a rating is still some classes away, or may follow from now on."""

from odoo import api, models
from odoo.tools import SQL


class CreditScore(models.Model):
    _inherit = "credit.score"

    _changed_idx = models.Index("(profile_id) WHERE follow_up = 'changed'")

    @api.model
    def _mark_going_on(self, day, company_ids):
        """Mark scores that still hold, and have moved a rating by one class on an earlier day, where it fits not yet.

        Whom a person has rated meanwhile is left alone.
        """
        letting = self.env["res.company"].browse(company_ids).filtered(lambda one: one.credit_score_change != "none")
        self.env.cr.execute(
            SQL(
                """
                UPDATE credit_score s SET follow_up = 'due'
                  FROM credit_profile p
                 WHERE s.follow_up = 'changed' AND s.date_followed < %(day)s AND s.company_id = ANY(%(companies)s)
                   AND p.id = s.profile_id AND p.rating_id = s.rating_followed_id AND p.date_rating = s.date_followed
                   AND p.rating_id <> s.rating_id
                   AND EXISTS (SELECT FROM credit_score l
                                WHERE l.profile_id = s.profile_id AND l.id >= s.id AND l.date_to >= %(day)s
                                  AND l.fingerprint = s.fingerprint)
                """,
                day=day, companies=letting.ids,
            )
        )
        self.invalidate_model(["follow_up"], flush=False)

    def _is_rated_by_score(self):
        """Tell whether the nightly job has given the rating that the customer has."""
        given = [("profile_id", "=", self.profile_id.id), ("rating_followed_id", "!=", False)]
        last = self.search(given, order="date_followed desc, id desc", limit=1)
        profile = self.profile_id
        return bool(last) and (last.rating_followed_id, last.date_followed) == (profile.rating_id, profile.date_rating)

    @api.model
    def _mark_of_companies(self, companies):
        """Mark the last score of each customer of companies that let more follow from now on."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE credit_score s SET follow_up = 'due'
                  FROM credit_profile p,
                       (SELECT DISTINCT ON (profile_id) id FROM credit_score WHERE company_id = ANY(%s)
                         ORDER BY profile_id, date DESC, id DESC) l
                 WHERE s.id = l.id AND p.id = s.profile_id AND s.follow_up = 'none' AND s.is_covered
                   AND p.rating_id <> s.rating_id
                """,
                companies.ids,
            )
        )
        self.invalidate_model(["follow_up"], flush=False)


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        """Override: where scores may do more than before, the next night looks at what the last ones say."""
        before = {company: company.credit_score_change for company in self} if "credit_score_change" in vals else {}
        result = super().write(vals)
        wider = self.browse().union(*(
            company for company, known in before.items()
            if company.credit_score_change != "none" and known not in ("both", company.credit_score_change)
        ))
        if wider:
            self.env["credit.score"].sudo()._mark_of_companies(wider)  # scores are written by the system only
        return result
