"""Settings of reviews."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_months_review_important = fields.Integer(
        related="company_id.credit_months_review_important", readonly=False
    )
    credit_days_review_ahead = fields.Integer(related="company_id.credit_days_review_ahead", readonly=False)
    credit_days_review_late = fields.Integer(related="company_id.credit_days_review_late", readonly=False)
