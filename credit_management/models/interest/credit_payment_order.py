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

    credit_is_payment_order_chosen = fields.Boolean(
        help="Technical: somebody has said what a part payment settles first, so the country no longer does."
    )

    @api.depends("country_id")
    def _compute_credit_payment_order(self):
        for company in self:
            if not (company.credit_is_payment_order_chosen and company.credit_payment_order):
                is_by_law = company.country_id.code in COSTS_FIRST
                company.credit_payment_order = "costs" if is_by_law else "principal"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: what is named is somebody's choice."""
        return super().create([self._note_choice(vals) for vals in vals_list])

    def write(self, vals):
        """Override: see `create`; what is written as it was is none: settings write all of theirs."""
        chosen = vals.get("credit_payment_order")
        is_other = bool(chosen) and any(company.credit_payment_order != chosen for company in self)
        return super().write(self._note_choice(vals) if is_other else vals)

    @api.model
    def _note_choice(self, vals):
        return {**vals, "credit_is_payment_order_chosen": True} if vals.get("credit_payment_order") else vals

    def _credit_get_payment_order(self):
        """Return what part payments settle first in the company: a key of `ORDERS`."""
        return self._credit_company().sudo().credit_payment_order or "principal"  # whoever asks


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_payment_order = fields.Selection(related="company_id.credit_payment_order", readonly=False)
