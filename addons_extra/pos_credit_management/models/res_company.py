"""Whether open sessions count, and what the counter knows of it."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_count_pos = fields.Boolean(
        "Count Open Point of Sale Sessions",
        default=True,
        help="What is put on account at the counter counts at once. Off: it counts when its session is closed, or "
        "when it is invoiced.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_count_pos = fields.Boolean(related="company_id.credit_count_pos", readonly=False)
