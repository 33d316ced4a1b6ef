"""A cap on what was delivered and is not invoiced: deliveries go there."""

from odoo import api, models


class CreditCap(models.Model):
    _inherit = "credit.cap"

    @api.model
    def _get_component_names(self):
        return (*super()._get_component_names(), "delivered")
