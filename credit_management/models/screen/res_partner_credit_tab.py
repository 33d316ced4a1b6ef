"""The credit tab of the customer form."""

from odoo import api, fields, models

from ..profile.res_partner import CREDIT_GROUP

LAST_DECISIONS = 8


class ResPartner(models.Model):
    _inherit = "res.partner"

    credit_exposure_bar = fields.Json(
        related="credit_profile_id.exposure_bar", string="Credit Bar", groups=CREDIT_GROUP
    )
    credit_rating_color = fields.Integer(
        related="credit_rating_id.color", string="Credit Rating Colour", groups=CREDIT_GROUP
    )
    credit_account_status = fields.Selection(
        related="credit_profile_id.account_status", string="Credit Account Status", groups=CREDIT_GROUP
    )
    credit_status_reason = fields.Char(
        related="credit_profile_id.status_reason", string="Credit Status Reason", groups=CREDIT_GROUP
    )
    credit_date_rating = fields.Date(
        related="credit_profile_id.date_rating", string="Credit Rated On", groups=CREDIT_GROUP
    )
    credit_date_review_next = fields.Date(
        related="credit_profile_id.date_review_next", string="Next Credit Review", groups=CREDIT_GROUP
    )
    credit_date_limit_expiry = fields.Date(
        related="credit_profile_id.date_limit_expiry", string="Credit Limit Valid Until", groups=CREDIT_GROUP
    )
    credit_group_id = fields.Many2one(
        related="credit_profile_id.group_id", string="Shares a Limit With", groups=CREDIT_GROUP
    )
    credit_days_overdue_max = fields.Integer(
        related="credit_profile_id.days_overdue_max", string="Credit Days Overdue", groups=CREDIT_GROUP
    )
    credit_is_checked = fields.Boolean(
        related="credit_profile_id.is_credit_checked", string="Credit Is Checked", groups=CREDIT_GROUP
    )
    credit_dispute_ids = fields.Many2many(
        related="credit_profile_id.dispute_ids", string="Open Credit Disputes", groups=CREDIT_GROUP
    )
    credit_decision_ids = fields.Many2many(
        "credit.decision", compute="_compute_credit_decision_ids", string="Last Credit Decisions", groups=CREDIT_GROUP
    )

    @api.depends_context("company")
    @api.depends("credit_profile_id")
    def _compute_credit_decision_ids(self):
        Decision = self.env["credit.decision"]
        for partner in self:
            known = [("profile_id", "=", partner.credit_profile_id.id)]
            found = Decision.search(known, limit=LAST_DECISIONS) if partner.credit_profile_id else Decision
            partner.credit_decision_ids = found

    def action_open_credit_overdue(self):
        """Open the invoices of the customer that are past due."""
        return self.credit_profile_id.action_open_overdue()

    def action_request_credit_limit(self):
        """Ask for another limit; the credit file is opened when there is none yet."""
        self.ensure_one()
        return self.env["credit.profile"]._ensure(self, self.env.company).action_request_limit()
