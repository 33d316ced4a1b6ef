"""Refuse assessments, and say why."""

from odoo import fields, models


class CreditAssessmentRefuse(models.TransientModel):
    _name = "credit.assessment.refuse"
    _description = "Refuse Assessments"

    assessment_ids = fields.Many2many("credit.assessment", string="Assessments", required=True)
    reason = fields.Text(required=True, help="Why. Whoever prepared it is told.")

    def action_apply(self):
        """Refuse the assessments."""
        self.ensure_one()
        self.assessment_ids._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
