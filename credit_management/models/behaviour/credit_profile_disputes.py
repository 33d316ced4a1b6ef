"""The open disputes of a customer, in its credit file."""

from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    dispute_ids = fields.Many2many(
        "credit.dispute", compute="_compute_dispute_ids", string="Open Disputes", help="Disputes that are not settled."
    )

    def _compute_dispute_ids(self):
        disputes = self.env["credit.dispute"].search(
            [("partner_id", "in", self.partner_id.ids), ("state", "=", "open")]
        )
        for profile in self:
            profile.dispute_ids = disputes.filtered(
                lambda dispute, profile=profile: (
                    dispute.partner_id == profile.partner_id
                    and dispute.company_id._credit_company() == profile.company_id
                )
            )
