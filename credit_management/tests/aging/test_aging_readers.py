"""Who sees what of aged receivables, and is told what is left out."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ...models.aging.credit_open_item_page import SEES_ALL
from .common import AgingCommon


@tagged("post_install", "-at_install")
class TestAgingReaders(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(cls.env, "seller", groups="base.group_user,sales_team.group_sale_salesman")
        cls.own, cls.other = cls.make_customer(name="Own"), cls.make_customer(name="Other")
        cls.own.user_id = cls.seller
        cls.other.user_id = False
        for customer, amount in ((cls.own, 100), (cls.other, 250)):
            cls.make_invoice(
                customer, amount, invoice_date="2026-01-01", date="2026-01-01", invoice_date_due="2026-05-01",
                invoice_user_id=False,
            )

    def total(self, user):
        domain = [("partner_id", "in", (self.own + self.other).ids)]
        return self.page("2026-06-30", domain=domain, user=user)["aging"]["totals"]["amount_total"]

    def test_accounting_sees_all_without_credit_rights(self):
        for number, group in enumerate(("account.group_account_readonly", "account.group_account_invoice")):
            user = new_test_user(self.env, f"accounting{number}", groups=f"base.group_user,{group}")
            self.assertEqual(self.total(user), 350.0, group)
            page = self.page("2026-06-30", user=user)
            self.assertTrue(page["aging"]["tie"])
            self.assertNotIn("Your customers only", page["aging"]["notes"])
            for groupby in ("group_id", "rating_id", "user_id", "company_id", "account_id"):
                self.assertTrue(self.page("2026-06-30", groupby, user=user)["groups"], groupby)

    def test_credit_groups_stand_with_their_limit_for_who_may_read_it(self):
        group = self.env["credit.group"].create({"name": "Family", "limit_type": "amount", "amount_limit": 5000})
        self.profile_of(self.own).group_id = group
        limits = self.page("2026-06-30", "group_id")["aging"]["limits"]
        self.assertEqual(limits[group.id].replace("\N{NO-BREAK SPACE}", " "), "$ 5,000.00")
        reader = new_test_user(self.env, "auditor2", groups="base.group_user,account.group_account_readonly")
        self.assertEqual(self.page("2026-06-30", "group_id", user=reader)["aging"]["limits"], {})

    def test_a_salesperson_sees_own_customers_and_is_told(self):
        self.assertEqual(self.total(self.seller), 100.0)
        aging = self.page("2026-06-30", user=self.seller)["aging"]
        self.assertEqual(aging["tie"], [])
        self.assertIn("Your customers only", aging["notes"])

    def test_who_leads_sales_sees_all(self):
        self.assertEqual(self.total(self.make_user("sales", login="leader")), 350.0)

    def test_anybody_else_is_refused(self):
        user = new_test_user(self.env, "nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.page("2026-06-30", user=user)

    def test_the_rules_and_the_report_agree_on_who_sees_all(self):
        rule = self.env.ref("credit_management.rule_credit_open_item_all")
        self.assertEqual(rule.groups, self.env["res.groups"].union(*map(self.env.ref, SEES_ALL)))

    def test_companies_that_are_not_chosen_are_said_to_be_left_out(self):
        self.env["res.company"].create({"name": "One more"})
        total = self.env["res.company"].search_count([("parent_id", "=", False)])
        one = self.items_of("2026-06-30").with_context(allowed_company_ids=self.company.ids)
        self.assertIn(f"1 of {total} companies", one.read_summary()["notes"])

    def test_a_filter_shows_a_part_and_compares_nothing(self):
        aging = self.page("2026-06-30", domain=[("partner_id", "=", self.own.id)])["aging"]
        self.assertEqual(aging["tie"], [])
        self.assertTrue([note for note in aging["notes"] if note.startswith("Filtered")])

    def items_of_two(self, *amounts_and_dues):
        """Return open items as of June 30 of the own company and of one abroad, whose currency counts double."""
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 0.5)])
        other = self.setup_other_company(name="Abroad", currency_id=currency.id)["company"]
        self.env.user.company_ids += other
        journal = self.env["account.journal"].search([("company_id", "=", other.id), ("type", "=", "sale")], limit=1)
        for amount, due in amounts_and_dues:
            self.invoice(self.own, amount, "2026-01-01", due, company_id=other.id, journal_id=journal.id)
        return other, self.items_of("2026-06-30").with_context(allowed_company_ids=[self.company.id, other.id])

    def test_two_companies_stand_in_the_same_columns(self):
        """100 of the own company, 60 days late; of the other 20 as late, 30 ten days late, 50 not due, each doubled."""
        _other, items = self.items_of_two((20, "2026-05-01"), (30, "2026-06-20"), (50, "2026-08-01"))
        page = items.web_read_group([("partner_id", "=", self.own.id)], ["partner_id"], ["amount_1:sum"])
        aging = page["aging"]
        found = {column["title"]: aging["totals"][column["name"]] for column in aging["columns"]}
        self.assertEqual(
            {title: amount for title, amount in found.items() if amount},
            {"Not due": 100.0, "1–30 days": 60.0, "31–60 days": 140.0},
        )
        self.assertEqual(aging["totals"]["amount_total"], 300.0)

    def test_companies_of_other_currencies_are_converted_at_a_rate_that_is_said(self):
        """100 of the own company, and 20 of one whose currency counts double."""
        other, items = self.items_of_two((20, "2026-05-01"))
        page = items.web_read_group([("partner_id", "=", self.own.id)], ["company_id"], ["amount_total:sum"])
        self.assertCountEqual([group["amount_total:sum"] for group in page["groups"]], [100.0, 40.0])
        self.assertEqual(page["aging"]["totals"]["amount_total"], 140.0)
        self.assertIn("Abroad: converted at 1 EUR = 2 USD", page["aging"]["notes"])
        tie = items.web_read_group([], ["company_id"], [])["aging"]["tie"]
        self.assertFalse([row for row in tie if row["difference"]])
        self.assertIn((other.name, 20.0), [(row["company"], row["open"]) for row in tie])


@tagged("post_install", "-at_install")
class TestAgingTour(AgingCommon, HttpCase):
    def test_an_accountant_reads_the_aging_of_last_month_and_comes_back_to_it(self):
        day = self.today - timedelta(days=200)
        self.invoice(self.make_customer(name="Tour Aged"), 100, day, day)
        new_test_user(self.env, "tour_accountant", groups="base.group_user,account.group_account_readonly")
        self.start_tour("/odoo/credit-aging", "credit_aging", login="tour_accountant")
