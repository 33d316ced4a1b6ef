"""Random lives of customers: after every step the figures equal the oracle's, to the cent."""

import os

from odoo import Command
from odoo.tests import tagged

from ...engine.criteria.registry import CRITERIA
from ...engine.policy import Rule
from ..common import CreditCommon
from .known_faults import KNOWN_FAULTS
from .life import Life

LIVES = int(os.environ.get("CREDIT_LIVES", "5"))
FIRST_SEED = int(os.environ.get("CREDIT_SEED", "1"))
LIVES_PER_TEST = 5  # few enough to see the long run move on, and to share it among processes
ASKED = [Rule(0, "oldest_item", CRITERIA["oldest_item"], {}, needs="days_oldest_item")]  # facts that a rule asks for


@tagged("post_install", "-at_install")
class TestLife(CreditCommon):
    """`make test-long ARGS=lives` is the long run; `CREDIT_SEED=n CREDIT_LIVES=1` repeats one life."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()
        cls.make_currencies()
        cls.taxes = {cls.company: cls.make_taxes(cls.company), cls.companies[1]: cls.make_included_tax()}
        cls.instalments = cls.env["account.payment.term"].create(
            {
                "name": "30 % now, the rest in 60 days",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 30, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 70, "nb_days": 60}),
                ],
            }
        )
        method = cls.inbound_payment_method_line
        cls.bill_method = method.copy({"name": "Bill", "credit_days_risk": 10})
        cls.method_without_entry = method.copy({"name": "No entry", "payment_account_id": False})

    @classmethod
    def make_companies(cls):
        """Make the companies that are asked, and a branch; those of a known fault would have no business."""
        cls.companies = [cls.company, cls.setup_other_company(name="Other company")["company"]]
        if "13" not in KNOWN_FAULTS:
            for code in ("KWD", "JPY"):
                currency = cls.setup_other_currency(code, rates=[("1900-01-01", 1.0)])
                cls.companies.append(cls.setup_other_company(name=code, currency_id=currency.id)["company"])
        cls.busy = cls.companies[1:]
        branch = cls.env["res.company"].create({"name": "Branch", "parent_id": cls.company.id})
        cls.busy = [*cls.busy, branch]
        cls.companies[1].account_price_include = "tax_included"
        for company in cls.companies:
            company.credit_days_horizon = 30
        cls.env.user.company_ids += cls.env["res.company"].union(*cls.busy)
        cls.env.cr.precommit.run()  # core gives a branch the chart of its company then

    @classmethod
    def make_currencies(cls):
        """Currencies of 2, 0 and 3 decimals; the rate of the first has changed."""
        rates = {
            "EUR": [("1900-01-01", 2.0), (cls.today.replace(day=1), 1.6)],
            "JPY": [("1900-01-01", 128.0)],
            "KWD": [("1900-01-01", 0.25)],
        }
        cls.currencies = [cls.setup_other_currency(code, rates=rates[code]) for code in rates]
        cls.pricelists = {currency: cls.make_pricelist(currency) for currency in cls.currencies}

    @classmethod
    def make_taxes(cls, company):
        """Return taxes of all kinds, each a recordset to choose."""

        def make(name, amount, kind="percent", **values):
            return (
                cls.env["account.tax"]
                .with_company(company)
                .create({"name": name, "amount": amount, "amount_type": kind, "type_tax_use": "sale", **values})
            )

        parts = make("GST", 5) + make("PST", 9)
        return [
            make("15 %", 15),
            make("GST and PST", 0, "group", children_tax_ids=[Command.set(parts.ids)]),
            make("3 each", 3, "fixed"),
            make("20 % included", 20, price_include_override="tax_included"),
            make("10 % of the total", 10, "division", price_include_override="tax_included"),
        ]

    @classmethod
    def make_included_tax(cls):
        """Return the taxes of the other company: its prices include tax unless somebody says otherwise."""
        company = cls.companies[1]
        return [
            cls.env["account.tax"]
            .with_company(company)
            .create({"name": "21 %", "amount": 21, "type_tax_use": "sale", "company_id": company.id})
        ]

    def facts_of(self, customers, company):
        """Return the facts of a decision by customer, as the add-on reads them: of one by itself, without what does
        not concern it, or of several together."""
        profiles = self.env["credit.profile"].union(*(self.profile_of(customer, company) for customer in customers))
        is_alone = company in self.companies[::2]
        facts = {}
        for some in profiles if is_alone else [profiles]:
            facts |= some._get_facts(company._credit_today(), ASKED)
        return {profile.partner_id: facts[profile.id] for profile in profiles}

    def run_lives(self, seeds):
        for seed in seeds:
            savepoint = self.env.cr.savepoint()
            with self.subTest(f"seed {seed}"):
                Life(self, seed).live()
            savepoint.close(rollback=True)
            self.env.invalidate_all()


def add_tests(last):
    """Give `TestLife` a test for each few of the lives that the environment asks for."""
    for first in range(FIRST_SEED, last, LIVES_PER_TEST):
        seeds = range(first, min(first + LIVES_PER_TEST, last))

        def test(self, seeds=seeds):
            self.run_lives(seeds)

        name = f"test_the_figures_equal_the_oracles_after_every_step_of_lives_{seeds[0]}_to_{seeds[-1]}"
        setattr(TestLife, name, test)


add_tests(FIRST_SEED + LIVES)
