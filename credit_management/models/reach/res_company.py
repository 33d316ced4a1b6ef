"""Between which hours customers are called, visited and texted, and on which days."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_hour_from = fields.Float(
        "Call From", default=9.0, help="Customers are not called, visited or texted before, by their own clock."
    )
    credit_hour_to = fields.Float(
        "Call Until", default=18.0, help="Customers are not called, visited or texted after, by their own clock."
    )

    _credit_hours_in_order = models.Constraint(
        "CHECK (0 <= credit_hour_from AND credit_hour_from < credit_hour_to AND credit_hour_to <= 24)",
        "The hours in which customers are called begin before they end, between 0:00 and 24:00.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_hour_from = fields.Float(related="company_id.credit_hour_from", readonly=False)
    credit_hour_to = fields.Float(related="company_id.credit_hour_to", readonly=False)
