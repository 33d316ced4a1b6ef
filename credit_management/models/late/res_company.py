"""How claims are invoiced: accounts and taxes for each kind of claim, and whether they are reckoned by themselves."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_compensation_account_id = fields.Many2one(
        "account.account", "Income from Compensation", check_company=True,
        domain="[('account_type', 'like', 'income')]",
        help="Fixed compensation is invoiced on it. Empty: on the account of fees.",
    )
    credit_fee_tax_ids = fields.Many2many(
        "account.tax", "res_company_credit_fee_tax_rel", string="Taxes on Fees",
        domain="[('type_tax_use', '=', 'sale')]", help="Taxes of fees on an invoice. Empty: none.",
    )
    credit_interest_tax_ids = fields.Many2many(
        "account.tax", "res_company_credit_interest_tax_rel", string="Taxes on Interest",
        domain="[('type_tax_use', '=', 'sale')]",
        help="Taxes of late-payment interest on an invoice. Empty: none; in most countries it is damages.",
    )
    credit_compensation_tax_ids = fields.Many2many(
        "account.tax", "res_company_credit_compensation_tax_rel", string="Taxes on Compensation",
        domain="[('type_tax_use', '=', 'sale')]", help="Taxes of fixed compensation on an invoice. Empty: none.",
    )
    credit_late_is_automatic = fields.Boolean(
        "Reckon What Was Paid Late",
        help="Each night, what was paid late leaves a claim that waits for a decision. The customer is not told.",
    )

    def _credit_get_claim_account(self, kind):
        """Override: compensation has its own account, or that of fees."""
        if kind == "compensation":
            return self.credit_compensation_account_id or self.credit_fee_account_id
        return super()._credit_get_claim_account(kind)

    def _credit_get_claim_defect(self, kind):
        """Override: compensation without an account is a defect of fees."""
        is_missing = kind == "compensation" and not self.sudo()._credit_get_claim_account(kind)  # only whether
        return super()._credit_get_claim_defect("fee") if is_missing else super()._credit_get_claim_defect(kind)

    def _credit_get_claim_taxes(self, kind):
        """Return the taxes of a kind of claim on an invoice."""
        return self[f"credit_{kind}_tax_ids"]


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_compensation_account_id = fields.Many2one(
        related="company_id.credit_compensation_account_id", readonly=False
    )
    credit_fee_tax_ids = fields.Many2many(related="company_id.credit_fee_tax_ids", readonly=False)
    credit_interest_tax_ids = fields.Many2many(related="company_id.credit_interest_tax_ids", readonly=False)
    credit_compensation_tax_ids = fields.Many2many(related="company_id.credit_compensation_tax_ids", readonly=False)
    credit_late_is_automatic = fields.Boolean(related="company_id.credit_late_is_automatic", readonly=False)
