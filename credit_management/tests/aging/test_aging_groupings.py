"""Groupings by tag and analytic account: each amount stands once, and the parts add up to the cent."""

import io

import openpyxl
from odoo import Command
from odoo.tests import tagged

from .common import AgingCommon


@tagged("post_install", "-at_install")
class TestAgingGroupings(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer, cls.other = cls.make_customer(name="Shared"), cls.make_customer(name="Tagged")
        cls.domain = [("partner_id", "in", (cls.customer + cls.other).ids)]
        cls.plans = cls.env["account.analytic.plan"].create([{"name": "Projects"}, {"name": "Departments"}])
        cls.north, cls.south, cls.sales = cls.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id} for name, plan in zip(
                ("North", "South", "Sales"), (cls.plans[0], cls.plans[0], cls.plans[1]), strict=True)]
        )

    def distribute(self, invoice, *distributions):
        """Give each line of an invoice its distribution over analytic accounts."""
        for line, distribution in zip(invoice.invoice_line_ids, distributions, strict=True):
            line.analytic_distribution = {
                ",".join(str(account.id) for account in accounts): percent for accounts, percent in distribution
            }

    def groups(self, groupby, name="amount_total", day="2026-06-30", domain=None, **switches):
        page = self.page(day, groupby, domain=domain or self.domain, plan=self.plans[0].id, **switches)
        return {
            group[groupby] and (group[groupby] if groupby == "tags" else group[groupby][1]): group[f"{name}:sum"]
            for group in page["groups"]
        }

    def test_an_invoice_is_shared_out_as_its_lines_are(self):
        """100 of 300: two lines of 100 and 200, the first on North, of the second a half on South: 33.33, 33.34 and
        33.33 (the third share ends at 100)."""
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        invoice.button_draft()
        invoice.write({"invoice_line_ids": [
            Command.create({"name": "More", "quantity": 1, "price_unit": 200, "tax_ids": False})]})
        self.distribute(invoice, [(self.north, 100)], [(self.south, 50)])
        invoice.action_post()
        self.pay_on(invoice, 200, "2026-02-01")
        self.assertEqual(self.groups("analytic_account_id"), {"North": 33.33, "South": 33.34, False: 33.33})
        self.assertEqual(self.groups("analytic_account_id", "amount_3"), {"North": 33.33, "South": 33.34, False: 33.33})
        page = self.page("2026-06-30", "analytic_account_id", domain=self.domain, plan=self.plans[0].id)
        self.assertEqual((page["aging"]["count"], page["aging"]["totals"]["amount_total"]), (1, 100.0))

    def test_another_plan_shares_it_out_anew(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.distribute(invoice, [(self.north + self.sales, 60), (self.south, 40)])
        self.assertEqual(self.groups("analytic_account_id"), {"North": 60.0, "South": 40.0})
        page = self.page("2026-06-30", "analytic_account_id", domain=self.domain, plan=self.plans[1].id)
        self.assertEqual([group["amount_total:sum"] for group in page["groups"]], [60.0, 40.0])
        self.assertEqual(page["groups"][0]["analytic_account_id"][1], "Sales")

    def test_credits_and_what_has_no_lines_of_its_own_are_without_an_account(self):
        self.receive(self.customer, 70, date="2026-02-01")
        refund = self.invoice(self.customer, 30, "2026-02-01", move_type="out_refund")
        self.distribute(refund, [(self.north, 100)])
        self.assertEqual(self.groups("analytic_account_id"), {"North": -30.0, False: -70.0})

    def test_a_group_unfolds_to_its_parts_and_they_open_their_document(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.distribute(invoice, [(self.north, 60), (self.south, 40)])
        items = self.items_of("2026-06-30", plan=self.plans[0].id, by=["analytic_account_id"])
        found = items.search([*self.domain, ("analytic_account_id", "=", self.south.id)])
        self.assertEqual((len(found), found.amount, found.part), (1, 40.0, 2))
        self.assertEqual(found.action_open_document()["res_id"], invoice.id)
        self.env.invalidate_all()
        self.assertEqual(found.document_name, invoice.name)

    def test_customers_with_the_same_tags_stand_together(self):
        tags = self.env["res.partner.category"].create([{"name": "Wholesale"}, {"name": "Key account"}])
        self.customer.category_id = tags
        self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.invoice(self.other, 20, "2026-01-01", "2026-05-01")
        self.assertEqual(self.groups("tags"), {"Key account, Wholesale": 100.0, False: 20.0})
        self.other.category_id = tags[0]
        self.assertEqual(self.groups("tags"), {"Key account, Wholesale": 100.0, "Wholesale": 20.0})
        self.assertEqual(
            self.items_of("2026-06-30").search([*self.domain, ("tags", "=", "Wholesale")]).partner_id, self.other
        )

    def test_nothing_is_joined_where_nobody_asks(self):
        items = self.items_of("2026-06-30")
        for names, tables in (((), ()), (("tags",), ("res_partner_category",)),
                              (("analytic_account_id",), ("account_analytic_account",))):
            asked = items._join_asked(names)
            statement = asked._get_rows_sql(asked._get_options()).code
            for table in ("res_partner_category", "account_analytic_account"):
                self.assertEqual(table in statement, table in tables, (names, table))

    def test_files_are_grouped_by_them_too(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.distribute(invoice, [(self.north, 60), (self.south, 40)])
        for groupby in ("analytic_account_id", "tags"):
            file = io.BytesIO()
            self.items_of("2026-06-30", plan=self.plans[0].id)._write_xlsx(file, self.domain, groupby)
            sheet = openpyxl.load_workbook(file, data_only=True).worksheets[0]
            self.assertEqual(sheet.cell(sheet.max_row, sheet.max_column).value, 100)

    def test_a_credit_group_stands_with_its_limit_in_files(self):
        group = self.env["credit.group"].create({"name": "Family", "limit_type": "amount", "amount_limit": 5000})
        self.profile_of(self.customer).group_id = group
        self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        file = io.BytesIO()
        self.items_of("2026-06-30")._write_xlsx(file, self.domain, "group_id")
        names = [row[0].value for row in openpyxl.load_workbook(file).worksheets[0].iter_rows()]
        self.assertIn("Family (limit: $ 5,000.00)", [str(name).replace("\N{NO-BREAK SPACE}", " ") for name in names])
