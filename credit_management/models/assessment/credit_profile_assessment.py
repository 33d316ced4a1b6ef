"""The assessments of a customer in its credit file, and the button that begins one."""

from odoo import fields, models

from .credit_assessment import OPEN


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    assessment_ids = fields.One2many(
        "credit.assessment", "profile_id", "Assessments", groups="credit_management.group_credit_controller"
    )
    date_review_last = fields.Date(
        "Last Review", compute="_compute_date_review_last", help="The day on which an assessment was last approved."
    )

    def _compute_date_review_last(self):
        # a day of the file, whoever may read the assessment
        Assessment = self.env["credit.assessment"].sudo()
        domain = [("profile_id", "in", self.ids), ("state", "=", "approved")]
        found = dict(Assessment._read_group(domain, ["profile_id"], ["date_approved:max"]))
        for profile in self:
            profile.date_review_last = found.get(profile._origin)

    def action_assess(self):
        """Begin an assessment of this customer, or go on with the one that is open: its data is collected.

        :raise AccessError: for who may not assess customers
        """
        self.ensure_one()
        Assessment = self.env["credit.assessment"]
        Assessment.check_access("create")
        opened = Assessment.search([("profile_id", "=", self.id), ("state", "in", OPEN)], limit=1)
        assessment = opened or Assessment.create({"profile_id": self.id})
        if assessment.state == "draft" and not assessment.data:
            assessment._collect()
        return {
            "type": "ir.actions.act_window",
            "res_model": Assessment._name,
            "res_id": assessment.id,
            "views": [(False, "form")],
        }
