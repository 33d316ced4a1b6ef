"""What customers owe is owed where it is counted: invoices are posted on trade accounts, and debts stay on them.

Core lets the account of a posted item be changed, and lets anybody who writes contacts choose where a customer's
invoices are posted. Accounts of receivables that are not trade (taxes, owners) are left out of the exposure.
"""

from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Override of `account`: see above.

        :raise UserError: when no credit controller posts an invoice that would be owed on an account that is left out
        """
        if vals.get("state") == "posted":
            self.filtered(lambda move: move.state != "posted")._credit_check_trade()
        return super().write(vals)

    def _credit_check_trade(self):
        sales = self.filtered(lambda move: move._credit_is_sale() and move.company_id._is_credit_checked())
        owed = sales.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        lost = owed.filtered("account_id.non_trade")
        if lost and not self._credit_may_grant_time():
            raise UserError(
                self.env._(
                    "%(invoice)s would be owed on %(account)s, which is not a trade account: nobody would count it. "
                    "Set the receivable account of %(customer)s, or ask a credit controller.",
                    invoice=lost[0].move_id.display_name,
                    account=lost[0].account_id.display_name,
                    customer=lost[0].partner_id.display_name or "",
                )
            )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        """Override of `account`: see above.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if "account_id" in vals:
            self._credit_check_account(vals["account_id"])
        return super().write(vals)

    def _credit_check_account(self, account_id):
        """Refuse to put posted debts where nobody counts them: see `write`."""
        account = self.env["account.account"].browse(account_id).sudo()  # what kind it is, whoever may read it
        if account.account_type == "asset_receivable" and not account.non_trade:
            return
        debts = self.filtered(lambda item: item._credit_is_debt() and not item.account_id.non_trade)
        debts.move_id._credit_check_stays({"account_id"}, {"account_id": account_id}, debts)
