"""What follows from an approved assessment: its limit by a request, its rating and next review by a change.

Both go through what exists for them: the preparer asks, the approver applies, and each is refused where it would be
refused without an assessment.
"""

import json

from odoo import fields, models


class CreditLimitRequest(models.Model):
    _inherit = "credit.limit.request"

    assessment_id = fields.Many2one(
        "credit.assessment", "From Assessment", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        help="The assessment whose approval asked for it.",
    )


class CreditAssessment(models.Model):
    _inherit = "credit.assessment"

    def _follow(self):
        """Apply what was asked for: with the preparer's name on what is asked, the approver's on what is decided."""
        today = self.company_id._credit_today()
        # what was decided is written by the system only
        self.sudo().write({"date_approved": today, "date_valid_to": self.date_review})
        if self._is_limit_changed():
            self._apply_limit_asked()
        values = self._get_profile_values()
        if values:
            self._apply_values(values)
        self.env["credit.recheck"]._queue(self.profile_id.partner_id, cause=self)

    # -- the limit ---------------------------------------------------------------------------------

    def _is_limit_changed(self):
        """Tell whether another limit is asked for than the customer's own one of now."""
        profile = self.profile_id
        if self.limit_kind == "keep":
            return False
        if self.limit_kind != profile.limit_type:
            return True
        is_amount = self.limit_kind == "amount"
        return is_amount and (self.amount, self.limit_currency_id) != (profile.amount_limit, profile.limit_currency_id)

    def _get_amount_company(self):
        company = self.company_id
        return self.limit_currency_id._convert(
            self.amount, company.currency_id, company, company._credit_today()
        )

    def _apply_limit_asked(self):
        """Ask for the limit and approve it, as two persons do it by hand."""
        Request = self.env["credit.limit.request"].with_context(mail_activity_quick_update=True)
        # in the name of who prepared it, whose right to ask was checked at the submission
        request = Request.with_user(self.preparer_id).sudo().create(self._prepare_request())
        request.action_submit()
        # with the rights of who approves, and no more
        request.with_user(self.env.user).sudo(False).action_approve()

    def _prepare_request(self):
        # salespeople read requests, too: nothing of the customer's secrets stands there
        return {
            "profile_id": self.profile_id.id, "assessment_id": self.id, "limit_type": self.limit_kind,
            "amount": self.amount if self.limit_kind == "amount" else 0.0, "currency_id": self.limit_currency_id.id,
            "reason": self.env._("Assessment %(number)s", number=self.name),
        }

    # -- rating and review -------------------------------------------------------------------------

    def _get_profile_values(self):
        """Return what becomes another one in the credit file."""
        asked = {"rating_id": self.rating_id.id, "date_review_next": fields.Date.to_string(self.date_review)}
        profile = self.profile_id
        now = {"rating_id": profile.rating_id.id, "date_review_next": fields.Date.to_string(profile.date_review_next)}
        values = {name: value for name, value in asked.items() if (value or False) != (now[name] or False)}
        # a rating that comes without its review would plan another one
        return {**asked, **values} if "rating_id" in values else values

    def _apply_values(self, values):
        """Write what was asked for by a change, or at once where it loosens nothing."""
        profile = self.profile_id.sudo()  # two persons have decided
        if not any(most > float("-inf") for _name, _before, _after, most in profile._credit_get_changes(values)):
            profile.write(values)
            return
        Change = self.env["credit.change"].with_context(mail_activity_quick_update=True)
        # in the name of who prepared it, whose right to ask was checked at the submission
        change = Change.with_user(self.preparer_id).sudo().create(
            {
                "res_model": profile._name, "res_id": profile.id, "values": json.dumps(values),
                "reason": self.env._("Assessment %(number)s", number=self.name),
            }
        )
        # with the rights of who approves, and no more
        change.with_user(self.env.user).sudo(False).action_apply()
