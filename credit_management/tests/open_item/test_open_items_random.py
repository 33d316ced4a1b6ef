"""Random ledgers on random days: open items equal a slow oracle's, and add up to the ledger, to the cent."""

import os
from collections import defaultdict
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, given, settings
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RATES, OpenItemCommon
from .oracle import Ledger
from .random_ledger import RandomLedger, asked_days, ledgers

EXAMPLES = int(os.environ.get("CREDIT_LEDGERS", "8"))
IS_LONG = EXAMPLES > 8


@tagged("post_install", "-at_install")
class TestOpenItemsRandom(OpenItemCommon):
    """`CREDIT_LEDGERS=300` is a long run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currencies = [cls.company.currency_id]
        cls.currencies += [cls.setup_other_currency(code, rates=rates) for code, rates in RATES.items()]
        other = cls.setup_other_company(name="Kuwait", currency_id=cls.currencies[3].id)["company"]
        branch = cls.env["res.company"].create({"name": "Branch", "parent_id": cls.company.id})
        cls.env.cr.precommit.run()  # core gives a branch the chart of its company then
        cls.companies = [cls.company, branch, other]
        cls.env.user.company_ids += branch + other
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": [cls.company.id, branch.id, other.id]})
        cls.accounts = {company: cls._make_accounts(company) for company in (cls.company, other)}
        cls.accounts[branch] = cls.accounts[cls.company]
        cls.journals = {company: cls.journal_of(company.root_id) for company in cls.companies}
        cls.incomes = {company: cls._find_income(company.root_id) for company in cls.companies}
        cls.customers = cls.make_customer(name="First") + cls.make_customer(name="Second")
        cls.customers += cls.env["res.partner"].create({"name": "Contact", "parent_id": cls.customers[0].id})

    @classmethod
    def _make_accounts(cls, company):
        """Return a receivable account, one that is not trade, and one of advances."""
        accounts = [
            cls.make_account(company, "R1"),
            cls.make_account(company, "R2", non_trade=True),
            cls.make_account(company, "A1", "liability_current"),
        ]
        company.credit_advance_account_ids = accounts[2]
        return accounts

    @classmethod
    def _find_income(cls, company):
        domain = [("account_type", "=", "income"), ("company_ids", "in", company.ids)]
        return cls.env["account.account"].search(domain, limit=1)

    @contextmanager
    def undone(self):
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def book(self, ledger):
        """Return the ledger with what Odoo lets happen of these entries and acts."""
        book, (entries, acts) = RandomLedger(self), ledger
        for entry in entries:
            book.book(entry)
        for act in acts:
            booked = book.moves
            try:
                with self.env.cr.savepoint():
                    book.act(act)
            except UserError:
                book.moves = booked  # what Odoo refuses does not happen
                self.env.invalidate_all()
        return book

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=not IS_LONG, database=None,
        phases=[Phase.generate, *([Phase.shrink] if IS_LONG else [])],  # to shrink takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(ledger=ledgers, asked=asked_days)
    def test_open_items_are_those_of_the_oracle_and_add_up_to_the_ledger(self, ledger, asked):
        with self.undone():
            book = self.book(ledger)
            companies = self.env["res.company"].union(*self.companies)
            oracle = Ledger(self.env, companies, companies.credit_advance_account_ids)
            for day in book.choose_days(asked):
                self.check(oracle, day)

    def check(self, oracle, day):
        rows = [row for row in self.read_items(day) if row["branch_id"] in [company.id for company in self.companies]]
        found = {
            (row["item_id"], bool(row["id"] % 2)): (
                row["kind"], round(float(row["amount"]), 3), round(float(row["amount_currency"]), 3)
            )
            for row in rows
        }
        self.assertEqual(found, oracle.open_items(day), f"on {day}")
        totals = defaultdict(float)
        for row in rows:
            totals[row["company_id"], row["account_id"]] += float(row["amount"])
        expected = oracle.balances(day)
        self.assertEqual({key: round(total, 3) for key, total in totals.items() if round(total, 3)}, expected)
        balances = {key: amount for key, amount in self.read_balances(day).items() if key in expected}
        self.assertEqual(balances, expected)
        customer = self.customers[0]
        of_one = [row for row in rows if row["partner_id"] == customer.id]
        self.assertEqual(self.read_items(day, customer.ids), of_one)
