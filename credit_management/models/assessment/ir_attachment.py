"""The evidence of an assessment stays as it was when it was submitted."""

from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _credit_get_decided(self):
        return {**super()._credit_get_decided(), "credit.assessment": ["submitted", "approved", "refused"]}

    @api.model
    def _credit_get_naming(self):
        kept = self._credit_get_decided()["credit.assessment"]
        return {**super()._credit_get_naming(), "credit.assessment.item": [("assessment_id.state", "in", kept)]}
