"""The switch of the shop, with those of the company."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_is_shop_shown = fields.Boolean(related="company_id.credit_is_shop_shown", readonly=False)
