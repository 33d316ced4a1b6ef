"""Reviews: a customer is assessed again in time. The next day follows from its rating and its importance."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.fields import Domain

from ..change.measures import ANY, TIGHTER
from .credit_assessment import OPEN

BATCH = 100  # customers between two commits: some seconds of work


def _less_important(_name):
    """Return the measure of the mark of important customers: without it the next review is later, or none."""

    def measure(before, after):
        is_later = before.is_vip and not after.is_vip and before._get_review_months(before.rating_id) != (
            after._get_review_months(after.rating_id))
        return ANY if is_later else TIGHTER

    return measure


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model
    def _credit_get_loosening(self):
        """Override: who is no longer important is reviewed less often."""
        return {**super()._credit_get_loosening(), "is_vip": _less_important("is_vip")}

    def _get_review_months(self, rating):
        """Return after how many months a customer of a rating is reviewed again; 0: not regularly."""
        important = self.company_id.credit_months_review_important if self.is_vip else 0
        return min(filter(None, (rating.months_review, important)), default=0)

    def _get_review_day(self, rating, day):
        """Return by when a customer of a rating is reviewed again, counted from a day; None: not regularly."""
        months = self._get_review_months(rating)
        return day + relativedelta(months=months) if months else None

    def _plan_review(self):
        """Override: important customers are reviewed more often."""
        for profile in self:
            day = profile._get_review_day(profile.rating_id, profile.date_rating)
            if day:
                profile._bring_review_to(day)

    def write(self, vals):
        """Override: a customer that becomes important is reviewed earlier, never later."""
        result = super().write(vals)
        if vals.get("is_vip"):
            self._bring_review_forward()
        return result

    def _bring_review_forward(self):
        for profile in self.sudo():  # earlier is stricter, and follows from what was written
            day = profile._get_review_day(profile.rating_id, profile.company_id._credit_today())
            if day:
                profile._bring_review_to(day)


class CreditAssessment(models.Model):
    _inherit = "credit.assessment"

    @api.model
    def _cron_open_reviews(self):
        """Open the reviews that come up, assigned to who works the customer; put late ones before a manager."""
        # the job reads and opens those of all companies
        for company in self.env["res.company"].sudo().search([("parent_id", "=", False)]):
            reviews = self.sudo().with_company(company)  # as above
            if not (reviews._open_due(company) and reviews._escalate(company)):
                return  # the server wants to stop; the rest comes next time

    @api.model
    def _open_due(self, company):
        """Open what is due soon in a company, in batches; tell whether all were.

        :return: False when the job has to stop
        """
        kind = self.env["credit.review.kind"].search([("is_regular", "=", True)], limit=1)
        if not kind:
            return True
        domain = self._get_due_domain(company)
        Profile, commit = self.env["credit.profile"].sudo(), self.env["ir.cron"]._commit_progress  # as above
        commit(remaining=Profile.search_count(domain))
        while batch := Profile.search(domain, order="date_review_next, id", limit=BATCH):
            self._open_for(batch, kind)
            if not commit(len(batch)):
                return False
        return True

    @api.model
    def _get_due_domain(self, company):
        last = company._credit_today() + timedelta(days=company.credit_days_review_ahead)
        return [
            ("company_id", "=", company.id), ("date_review_next", "<=", last), ("is_excluded", "=", False),
            ("assessment_ids", "not any", [("state", "in", OPEN)]),
        ]

    @api.model
    def _open_for(self, profiles, kind, day=None):
        """Open the reviews of customers, each a task of who works the customer.

        :param day: by when they are due; the day of each customer's next review by default
        :return: the reviews
        """
        reviews = self.create(
            [
                {
                    "profile_id": profile.id, "kind_id": kind.id, "is_review": True,
                    "date_due": day or profile.date_review_next,
                    "user_id": (profile.controller_id or profile.company_id.credit_controller_id).id,
                }
                for profile in profiles
            ]
        )
        for review in reviews.filtered("user_id"):
            # a task in the list of tasks, and no e-mail for each: a night may open hundreds
            told = review.with_context(lang=review.user_id.lang or self.env.lang, mail_activity_quick_update=True)
            summary = told.env._("Review %(customer)s", customer=told.profile_id.display_name)
            told.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, user_id=review.user_id.id,
                date_deadline=review.date_due,
            )
        return reviews

    # -- late ones ---------------------------------------------------------------------------------

    @api.model
    def _escalate(self, company):
        """Put what is late before a credit manager, once; tell whether the job may go on."""
        last = company._credit_today() - timedelta(days=company.credit_days_review_late)
        domain = [
            ("company_id", "=", company.id), ("is_review", "=", True), ("state", "in", OPEN), ("date_due", "<", last),
            ("is_escalated", "=", False),
        ]
        commit = self.env["ir.cron"]._commit_progress
        while late := self.search(domain, limit=BATCH):
            for review in late:
                review._put_before_manager()
            if not commit(len(late)):
                return False
        return True

    def _put_before_manager(self):
        self.is_escalated = True
        manager = next(
            iter(self._get_managers().sorted(lambda user: (user.has_group("base.group_system"), user.id))),
            self.user_id.browse(),
        )
        if manager:
            told = self.with_context(lang=manager.lang or self.env.lang)
            summary = told.env._("The review of %(customer)s is late", customer=told.profile_id.display_name)
            told.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=manager.id)

    @api.model
    def _credit_merge_rows(self, merged, kept):
        """Give up the open assessment of a file that becomes part of one that is being assessed, too."""
        of_both = Domain("profile_id", "in", (merged | kept).ids) & Domain("state", "in", OPEN)
        opened = self.sudo().search(of_both)  # whoever merges
        if len(opened.profile_id) > 1:
            opened.filtered(lambda assessment: assessment.profile_id == merged)._update_state("cancelled")
            self.env.flush_all()
