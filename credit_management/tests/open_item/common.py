"""A ledger of several companies, customers and currencies; what is open of it on a day."""

from datetime import date

from odoo import Command
from odoo.tools import SQL

from ..common import CreditCommon

RATES = {  # of 2, 0 and 3 decimals
    "EUR": [("1900-01-01", 0.8), ("2026-02-01", 0.75), ("2026-04-01", 0.85)],
    "JPY": [("1900-01-01", 128.0), ("2026-03-01", 150.0)],
    "KWD": [("1900-01-01", 0.25), ("2026-03-15", 0.3)],
}


class OpenItemCommon(CreditCommon):
    distributions = (False,)  # over analytic accounts, of the other side of random entries

    @classmethod
    def make_account(cls, company, code, kind="asset_receivable", **values):
        return cls.env["account.account"].create(
            {
                "name": code, "code": code, "account_type": kind, "reconcile": True,
                "company_ids": [Command.set(company.ids)], **values,
            }
        )

    @classmethod
    def journal_of(cls, company):
        domain = [*cls.env["account.journal"]._check_company_domain(company), ("type", "=", "general")]
        return cls.env["account.journal"].search(domain, limit=1)

    def read_items(self, day, partners=None):
        """Return the open items of a day, as dictionaries."""
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope_of_day(day, partners)
        self.env.cr.execute(SQL("SELECT * FROM (%s) items ORDER BY id", Exposure._get_open_items_sql(scope)))
        return self.env.cr.dictfetchall()

    def read_balances(self, day):
        Exposure = self.env["credit.exposure"]
        rows = self.env.execute_query(Exposure._get_balances_sql(Exposure._make_scope_of_day(day)))
        return {(company, account): round(float(amount), 3) for company, account, amount in rows if round(amount, 3)}

    def open_on(self, day, *partners):
        """Return ``[(kind, amount, amount in its currency)]`` of customers on a day such as "2026-04-20"."""
        rows = self.read_items(date.fromisoformat(day), [partner.id for partner in partners])
        return [(row["kind"], round(float(row["amount"]), 3), round(float(row["amount_currency"]), 3)) for row in rows]
