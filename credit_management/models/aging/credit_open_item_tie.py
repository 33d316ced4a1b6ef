"""The tie: what is open beside what the ledger says, per company in its own currency and per account."""

from odoo.tools import SQL

from .over_all import Sum, over_all
from .tie_reason import TieReason


class Tie:
    """Which sums are asked for, and what is made of them."""

    def __init__(self, summary):
        self.summary, self.env, self.options = summary, summary.env, summary.options
        self.companies = summary.companies
        self.accounts = self._find_accounts()
        self.booked = self._find_booked() if self.accounts else []

    def list_sums(self):
        """Yield ``name, SQL of a sum over all open items``."""
        for company, account in self.booked:
            yield f"open {company.id} {account.id}", over_all(
                "amount",
                lambda field, company=company, account=account: SQL(
                    "%s = %s AND %s = %s", field("company_id"), company.id, field("account_id"), account.id
                ),
            )
        yield "ledger", lambda _field: self._get_ledger_sql()

    def read_rows(self):
        """Return what `make` does, read in a statement of its own."""
        sums = dict(self.list_sums())
        [row] = self.summary.model._read_group([], [], [Sum(name, build) for name, build in sums.items()])
        return self.make(dict(zip(sums, row, strict=True)))

    def make(self, found):
        """Return the rows of the tie.

        :param dict found: the sums by their names
        """
        ledger = {(company, account): amount for company, account, amount in found["ledger"] or []}
        rows = [
            self._make_row(company, account, found[f"open {company.id} {account.id}"], ledger)
            for company, account in self.booked
        ]
        return [row for row in rows if row["open"] or row["ledger"]]

    def _make_row(self, company, account, amount, ledger):
        currency = company.currency_id
        balance = currency.round(ledger.get((company.id, account.id), 0.0))
        difference = currency.round(amount - balance)
        return {
            "company": company.name,
            "account": self._get_account_text(company, account),
            "currency_id": currency.id,
            "open": currency.round(amount),
            "ledger": balance,
            "difference": difference,
            "reason": TieReason(self.summary, company, account).tell() if difference else "",
        }

    def _get_account_text(self, company, account):
        text = " ".join(filter(None, [account.code, account.name]))
        return f"{company.name}, {text}" if len(self.companies) > 1 else text

    def _find_accounts(self):
        """Return ``[(company, account)]`` of the accounts that are tied to the ledger."""
        accounts = self.env["account.account"].sudo()  # their numbers stand on the report, whoever may open them
        accounts = accounts.browse(self.env["account.account"]._credit_get_accounts().ids).exists()
        return [
            (company, account.with_company(company)) for company in self.companies
            for account in accounts.sorted("id") if company in account.company_ids.root_id
        ]

    def _find_booked(self):
        """Return those of the accounts on which anything was ever booked: each one more is a sum more."""
        ids = tuple({account.id for _company, account in self.accounts})
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM account_account a WHERE id IN %s "
                "AND EXISTS (SELECT FROM account_move_line l WHERE l.account_id = a.id)",
                ids,
            )
        )
        found = {account_id for account_id, in rows}
        return [(company, account) for company, account in self.accounts if account.id in found]

    def _get_ledger_sql(self):
        Exposure = self.env["credit.exposure"]
        balances = Exposure._get_balances_sql(Exposure._make_scope_of_day(self.options.as_of), self.env.companies.ids)
        return SQL(
            "(SELECT jsonb_agg(jsonb_build_array(company_id, account_id, amount)) FROM (%s) balances)", balances
        )
