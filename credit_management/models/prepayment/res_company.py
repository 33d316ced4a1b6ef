"""Whether customers may pay a deposit in parts."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_is_deposit_in_parts = fields.Boolean(
        "Deposits in Parts",
        help="Customers may pay a part of a deposit at the portal and by payment link. The order waits for the rest.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_is_deposit_in_parts = fields.Boolean(related="company_id.credit_is_deposit_in_parts", readonly=False)
