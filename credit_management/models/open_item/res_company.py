"""Accounts that hold what customers paid in advance (预收账款 / 合同负债)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_advance_account_ids = fields.Many2many(
        "account.account",
        "res_company_credit_advance_account_rel",
        "company_id",
        "account_id",
        string="Accounts of Customers' Advances",
        domain="[('reconcile', '=', True), ('account_type', 'in', ['liability_current', 'liability_non_current'])]",
        help="What customers paid in advance is booked on these accounts. Aged receivables show it in a column of its "
        "own: it is never netted against invoices.",
    )

    @api.constrains("credit_advance_account_ids")
    def _check_credit_advance_accounts(self):
        for company in self.sudo():  # an account may be of a company that the user does not see
            wrong = company.credit_advance_account_ids.filtered(
                lambda account: account.account_type == "asset_receivable" or not account.reconcile
            )
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(account)s cannot be named as an account of customers' advances: it has to be an account "
                        "other than a receivable one that allows reconciliation, so that it is known what is open of "
                        "each advance. Allow reconciliation on the account first, or choose another one.",
                        account=wrong[0].display_name,
                    )
                )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_advance_account_ids = fields.Many2many(
        related="company_id.credit_advance_account_ids", readonly=False, string="Accounts of Customers' Advances"
    )
