"""Whom to call, and on which terms the customer buys."""

from odoo import api, fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    partner_phone = fields.Char("Phone", related="partner_id.phone", help="Of the customer.")
    partner_email = fields.Char("Email", related="partner_id.email", help="Of the customer.")
    payment_term_id = fields.Many2one(
        "account.payment.term",
        "Payment Terms",
        compute="_compute_payment_term_id",
        help="The terms of payment of the customer in the company of the file.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_payment_term_id(self):
        for profile in self:
            profile.payment_term_id = profile.partner_id.with_company(profile.company_id).property_payment_term_id
