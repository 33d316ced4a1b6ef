"""What comes into a credit file while its customer is being assessed is read by the draft at once."""

from odoo import api, models


class CreditEvidence(models.AbstractModel):
    _inherit = "credit.evidence"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: see above."""
        records = super().create(vals_list)
        records.profile_id._refresh_assessments()
        return records

    def write(self, vals):
        """Override: see above."""
        result = super().write(vals)
        self.profile_id._refresh_assessments()
        return result


class CreditFinancials(models.Model):
    _inherit = "credit.financials"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: see above."""
        records = super().create(vals_list)
        records.profile_id._refresh_assessments()
        return records

    def write(self, vals):
        """Override: see above."""
        result = super().write(vals)
        self.profile_id._refresh_assessments()
        return result


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _refresh_assessments(self):
        """Let the drafts of these customers read what is known now, where whoever changed it may read all of it."""
        Assessment = self.env["credit.assessment"]
        if Assessment.has_access("write"):
            Assessment.search([("profile_id", "in", self.ids), ("state", "=", "draft")])._refresh_drafts()
