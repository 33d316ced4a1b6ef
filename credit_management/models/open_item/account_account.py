"""Accounts that hold open items of customers."""

from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from ..reading.scope import among


@dataclass(frozen=True)
class Accounts:
    """The accounts of open items: receivable ones, of which some are not trade, and those of advances."""

    trade: tuple[int, ...]
    other: tuple[int, ...]
    advance: tuple[int, ...]

    @property
    def ids(self):
        """Return all of them; never nothing, for SQL's sake."""
        return (*self.trade, *self.other, *self.advance) or (0,)

    def restrict(self, account):
        """Return the condition that keeps lines on these accounts."""
        # those of a prepared statement are a parameter
        return among(account, self.trade if isinstance(self.trade, SQL) else self.ids)


class AccountAccount(models.Model):
    _inherit = "account.account"

    @api.model
    def _credit_get_accounts(self):
        """Return the accounts that hold open items of customers, of all companies.

        :rtype: Accounts
        """
        self.flush_model(["account_type", "non_trade"])
        self.env["res.company"].flush_model(["credit_advance_account_ids"])
        [found] = self.env.execute_query(
            SQL(
                """
                SELECT ARRAY(SELECT id FROM account_account
                              WHERE account_type = 'asset_receivable' AND non_trade IS NOT TRUE),
                       ARRAY(SELECT id FROM account_account WHERE account_type = 'asset_receivable' AND non_trade),
                       ARRAY(SELECT DISTINCT account_id FROM res_company_credit_advance_account_rel)
                """
            )
        )
        return Accounts(*map(tuple, found))
