"""Random ledgers: columns equal a slow oracle's, every grouping adds up to one total, and that to the ledger."""

from collections import defaultdict

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from ...engine.aging import BucketSet
from ...models.aging.credit_open_item_page import SUMS
from ..open_item import test_open_items_random as open_items
from ..open_item.oracle import Ledger
from ..open_item.random_ledger import asked_days, ledgers
from .common import GROUPINGS, AgingCommon

bases = st.sampled_from(["due", "original", "planned", "document", "origin"])
sets = st.sampled_from([((0, 30, 60, 90, 120), "days"), ((-30, -7, 0, 15), "days"), ((1, 2, 3), "months")])
switches = st.tuples(bases, sets, st.booleans(), st.sampled_from(GROUPINGS))


@tagged("post_install", "-at_install")
class TestAgingRandom(open_items.TestOpenItemsRandom, AgingCommon):
    test_open_items_are_those_of_the_oracle_and_add_up_to_the_ledger = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.lateness.copy({"name": "Own"})
        plan = cls.env["account.analytic.plan"].sudo().search([("parent_id", "=", False)], limit=1)
        one, other = cls.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id, "company_id": False} for name in ("North", "South")]
        )
        cls.distributions = (
            False, {str(one.id): 33.33, str(other.id): 66.67}, {str(one.id): 70},
            {str(other.id): 150, str(one.id): 7.7},
        )
        cls.customers[1].category_id = cls.env["res.partner.category"].create([{"name": "Near"}, {"name": "Far"}])

    @settings(
        max_examples=open_items.EXAMPLES, deadline=None, derandomize=not open_items.IS_LONG, database=None,
        phases=[Phase.generate, *([Phase.shrink] if open_items.IS_LONG else [])],
        suppress_health_check=list(HealthCheck),
    )
    @given(ledger=ledgers, asked=asked_days, switch=switches)
    def test_columns_are_those_of_the_oracle_and_tie_to_the_ledger(self, ledger, asked, switch):
        with self.undone():
            book = self.book(ledger)
            companies = self.env["res.company"].union(*self.companies)
            oracle = Ledger(self.env, companies, companies.credit_advance_account_ids)
            for day in book.choose_days(asked):
                self.check_columns(oracle, day, *switch)

    def check_columns(self, oracle, day, basis, columns, is_netted, groupby):
        edges, unit = columns
        self.own.write({"unit": "days", "edges": "0"})
        self.own.write({"unit": unit, "edges": ", ".join(map(str, edges))})
        ids = [account.id for found in self.accounts.values() for account in found]
        page = self.page(
            day, groupby, limit=None, set=self.own.id, basis=basis, is_netted=is_netted,
            domain=[("account_id", "in", ids)],
        )
        items = self.age(oracle, day, basis, BucketSet(edges, unit), is_netted)
        own = [self.sum_of(company, day, basis, is_netted) for company in (self.companies[0], self.companies[2])]
        self.assertEqual(
            {key: amount for found in own for key, amount in found.items()},
            {key: round(amount, 3) for key, amount in items.items() if round(amount, 3)},
        )
        for name in SUMS:
            total = sum(group[f"{name}:sum"] for group in page["groups"])
            self.assertAlmostEqual(total, page["aging"]["totals"][name], 2)
        tie = self.page(day, groupby, set=self.own.id, basis=basis, is_netted=is_netted)["aging"]["tie"]
        self.assertFalse([row for row in tie if row["difference"]])

    def sum_of(self, company, day, basis, is_netted):
        """Return the columns of a company and its branches, in its own currency."""
        tree = company._credit_get_tree().ids
        items = self.items_of(day, set=self.own.id, basis=basis, is_netted=is_netted)
        accounts = [account.id for account in self.accounts[company]]
        found = items.with_context(allowed_company_ids=tree).with_company(company)._read_group(
            [("account_id", "in", accounts)], [], [f"{name}:sum" for name in SUMS]
        )
        return {
            (company, name): round(amount, 3)
            for name, amount in zip(SUMS, found[0], strict=True) if round(amount, 3)
        }

    def age(self, oracle, day, basis, buckets, is_netted):
        """Return ``{(company, column): amount}``, one item after the other."""
        found = defaultdict(float)
        items = [
            (self.env["account.move.line"].browse(item), kind, amount)
            for (item, _awaited), (kind, amount, _amount_currency) in oracle.open_items(day).items()
        ]
        for item, kind, amount in self.net(items) if is_netted else items:
            counted = item.date_maturity or item.date
            if basis in ("document", "origin"):
                counted = item.move_id.invoice_date or item.date
            name = {"advance": "amount_advance", "trade": None}.get(kind, "amount_beside")
            if not name:
                name = "amount_credits" if amount < 0 else f"amount_{buckets.column_of(counted, day) + 1}"
            found[item.company_id.root_id, name] += amount
            found[item.company_id.root_id, "amount_total"] += amount
        return found

    def net(self, items):
        """Take each customer's credits off its oldest items, cent by cent as it were."""
        rest = [[item, kind, amount] for item, kind, amount in items]

        def of(one, sign):
            key = one[0].partner_id.commercial_partner_id, one[0].company_id.root_id
            return sorted(
                (x for x in rest if x[1] == "trade" and x[2] * sign > 0
                 and (x[0].partner_id.commercial_partner_id, x[0].company_id.root_id) == key),
                key=lambda x: (x[0].date_maturity or x[0].date, x[0].id),
            )

        for credit in sorted(
            (x for x in rest if x[1] == "trade" and x[2] < 0), key=lambda x: (x[0].date_maturity or x[0].date, x[0].id)
        ):
            for debit in of(credit, 1):
                part = min(debit[2], -credit[2])
                debit[2], credit[2] = round(debit[2] - part, 3), round(credit[2] + part, 3)
        return [tuple(x) for x in rest if x[2]]
