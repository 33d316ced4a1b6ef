"""Show what several methods would grant a customer, and ask for it."""

from odoo import api, fields, models


class CreditLimitProposal(models.TransientModel):
    _name = "credit.limit.proposal"
    _description = "Limit Proposal"

    profile_id = fields.Many2one("credit.profile", "Customer", required=True, readonly=True)
    rows = fields.Json("Methods", compute="_compute_rows", help="Each method with what it read, and the result.")

    @api.depends("profile_id")
    @api.depends_context("lang")
    def _compute_rows(self):
        for wizard in self:
            wizard.rows = wizard.profile_id and wizard.profile_id._prepare_proposal()

    def action_request(self):
        """Open the request for the proposed limit; somebody else decides on it."""
        self.ensure_one()
        return self.profile_id._request_proposed()
