"""How deposits are asked for and paid: in parts, by an invoice with tax or a plain one."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_is_deposit_in_parts = fields.Boolean(
        "Deposits in Parts",
        help="Customers may pay a part of a deposit at the portal and by payment link. The order waits for the rest.",
    )
    credit_deposit_invoice = fields.Selection(
        [("tax", "With tax"), ("plain", "Plain, without tax")],
        "Down-Payment Invoices",
        default="tax",
        required=True,
        help="With tax: a down-payment invoice carries its share of the taxes. Plain: it asks for the same amount "
        "without tax, and the taxes of the whole order are on the invoices of the delivery.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_is_deposit_in_parts = fields.Boolean(related="company_id.credit_is_deposit_in_parts", readonly=False)
    credit_deposit_invoice = fields.Selection(related="company_id.credit_deposit_invoice", readonly=False)
