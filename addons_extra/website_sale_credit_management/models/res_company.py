"""Whether customers see their credit at the checkout."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_is_shop_shown = fields.Boolean(
        "Credit at the Checkout", help="Signed-in customers see limit and available credit when they pay in the shop."
    )
