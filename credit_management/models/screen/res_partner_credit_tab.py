"""The credit tab of the customer form."""

from odoo import api, fields, models

from ..profile.res_partner import CREDIT_GROUP, of_profile

LAST_CHECKS = 8  # what fits on the tab without scrolling; the credit file has them all


class ResPartner(models.Model):
    _inherit = "res.partner"

    credit_exposure_bar = of_profile(fields.Json, "exposure_bar", "Credit Bar")
    credit_rating_color = fields.Integer(
        related="credit_rating_id.color", string="Credit Rating Color", groups=CREDIT_GROUP
    )
    credit_account_status = of_profile(fields.Selection, "account_status", "Credit Account Status")
    credit_status_reason = of_profile(fields.Char, "status_text", "Credit Status Reason")
    credit_date_rating = of_profile(fields.Date, "date_rating", "Credit Rated On")
    credit_date_review_next = of_profile(fields.Date, "date_review_next", "Next Credit Review")
    credit_date_limit_expiry = of_profile(fields.Date, "date_limit_expiry", "Credit Limit Valid Until")
    credit_group_id = of_profile(fields.Many2one, "group_id", "Shares a Limit With")
    credit_days_overdue_max = of_profile(fields.Integer, "days_overdue_max", "Credit Days Overdue")
    credit_overdue_text = of_profile(fields.Char, "overdue_text", "How Credit Overdue Follows")
    credit_last_payment_text = of_profile(fields.Char, "last_payment_text", "Last Credit Payment")
    credit_is_checked = of_profile(fields.Boolean, "is_credit_checked", "Credit Is Checked")
    credit_dispute_ids = of_profile(fields.Many2many, "dispute_ids", "Open Credit Disputes")
    credit_log_ids = fields.Many2many(
        "credit.log", compute="_compute_credit_log_ids", string="Last Credit Checks", groups=CREDIT_GROUP
    )

    @api.depends_context("company")
    @api.depends("credit_profile_id")
    def _compute_credit_log_ids(self):
        Log = self.env["credit.log"]
        for partner in self:
            profile = partner.credit_profile_id
            checks = [*profile._get_log_domain(), ("kind", "=", "check")] if profile else []
            partner.credit_log_ids = Log.search(checks, limit=LAST_CHECKS) if checks else Log

    def action_open_credit_overdue(self):
        """Open what is overdue of the customer."""
        return self.credit_profile_id.action_open_overdue()

    def action_request_credit_limit(self):
        """Ask for another limit; the credit file is opened when there is none yet."""
        self.ensure_one()
        return self.env["credit.profile"]._ensure(self, self.env.company).action_request_limit()
