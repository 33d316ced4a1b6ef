"""What a part payment settles first within a debt (清偿顺序): a company begins with what its country says."""

from odoo import api, fields, models

COSTS_FIRST = ("CN", "DE")  # 民法典 § 561, BGB § 367: unless something else was agreed


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_payment_order = fields.Selection(
        [("principal", "The principal"), ("costs", "Costs and interest")],
        "A Part Payment Settles First", compute="_compute_credit_payment_order", store=True, readonly=False,
        help="Costs and interest: a part payment is counted on the costs that were claimed and the interest that has "
        "arisen, and only what is left lowers the amount on which interest runs on. What settles an invoice as a "
        "whole ends its interest in any case.",
    )

    @api.depends("country_id")
    def _compute_credit_payment_order(self):
        for company in self:
            is_by_law = company.country_id.code in COSTS_FIRST
            company.credit_payment_order = company.credit_payment_order or ("costs" if is_by_law else "principal")

    def _credit_get_payment_order(self):
        """Return what part payments settle first in the company: a key of `ORDERS`."""
        return self._credit_company().sudo().credit_payment_order or "principal"  # whoever asks


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_payment_order = fields.Selection(related="company_id.credit_payment_order", readonly=False)
