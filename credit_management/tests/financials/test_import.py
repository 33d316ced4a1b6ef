"""Financial statements from a workbook: what is refused, cell by cell, and that nothing is written before."""

import base64
import io
from datetime import date, datetime

import openpyxl
import xlsxwriter
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_financials import YEAR, FinancialsCommon

TITLES = ("Customer", "Year end", "Current assets", "Trade receivables", "Inventories", "Total assets",
          "Current liabilities", "Total liabilities", "Retained earnings", "Total equity", "Sales", "EBIT",
          "Interest expense", "Net profit", "Operating cash flow")
END = datetime(2025, 12, 31)
GOOD = (800, 300, 200, 2000, 500, 1300, 300, 700, 3000, 160, 40, 90, 130)


def workbook(*rows, titles=TITLES):
    """Return a file with these rows below the titles."""
    book = openpyxl.Workbook()
    for row in (titles, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestImport(FinancialsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.ref = "00123"
        cls.other = cls.make_customer()
        cls.other.ref = "00124"
        cls.mapping = cls.env.ref("credit_management.financials_mapping_english")

    def load(self, content, user=None, **values):
        wizard = self.env["credit.financials.import"].with_user(user or self.env.user).create(
            {"file": base64.b64encode(content), "file_name": "years.xlsx", "mapping_id": self.mapping.id, **values}
        )
        wizard.action_check()
        return wizard

    def refused(self, content):
        """Return what is refused of a file, and check that nothing of it is written."""
        wizard = self.load(content)
        with self.assertRaisesRegex(UserError, "refused: nothing was written"):
            wizard.action_import()
        self.assertFalse(self.profile.financials_ids)
        return [(refusal.cell, refusal.reason) for refusal in wizard.refusal_ids]

    def test_rows_that_are_right_become_statements(self):
        wizard = self.load(workbook(("00123", END, *GOOD), ("00124", END, *GOOD)), is_audited=True)
        self.assertEqual((wizard.right_count, wizard.refused_count), (2, 0))
        self.assertFalse(self.profile.financials_ids, "checking writes nothing")
        wizard.action_import()
        financials = self.profile.financials_ids
        self.assertEqual((financials.date_end, financials.is_audited), (YEAR, True))
        self.assertEqual(financials.altman_text, "2.58 · Gray Zone")
        self.assertEqual(financials.source, "years.xlsx, row 2")

    def test_an_empty_cell_is_an_amount_that_nobody_knows(self):
        self.load(workbook(("00123", END, *GOOD[:9], None, *GOOD[10:]))).action_import()
        self.assertEqual(self.profile.financials_ids.altman_text, "Not entered: EBIT")

    def test_each_wrong_cell_is_named(self):
        found = self.refused(
            workbook(
                (123, END, *GOOD),
                ("00123", "31.12.2025", "800", *GOOD[1:]),
                ("99999", END, *GOOD),
                ("00123", END, *GOOD[:3], 2100, *GOOD[4:]),
                ("00124", END, *GOOD),
                ("00124", END, *GOOD),
                (None, 2025, *GOOD[:-1], True),
            )
        )
        self.assertEqual(
            [(cell, reason.split(":")[0]) for cell, reason in found],
            [
                ("A2", "123 is a number"),
                ("B3", "“31.12.2025” is not a date. Enter the year end as a date."),
                ("C3", "“800” is not a number. Enter one, or leave the cell empty."),
                ("A4", "No customer has “99999”."),
                ("F5", "Assets differ from equity and liabilities by $\N{NO-BREAK SPACE}100.00"),
                ("A7", "Row 6 has this customer and year already."),
                ("A8", "The customer is missing."),
                ("B8", "“2025” is not a date. Enter the year end as a date."),
                ("O8", "“True” is not a number. Enter one, or leave the cell empty."),
            ],
        )

    def test_a_person_takes_the_right_ones(self):
        wizard = self.load(workbook(("00123", END, *GOOD), ("00124", END, "much", *GOOD[1:])))
        self.assertEqual((wizard.right_count, wizard.refused_count), (1, 1))
        wizard.action_import_right()
        self.assertEqual(len(self.profile.financials_ids), 1)
        self.assertFalse(self.profile_of(self.other).financials_ids)

    def test_where_no_row_is_right_nothing_can_be_taken(self):
        wizard = self.load(workbook(("99999", END, *GOOD)))
        with self.assertRaisesRegex(UserError, "No row of the file can be taken"):
            wizard.action_import_right()

    def test_a_number_of_two_customers_is_nobodys(self):
        self.other.ref = "00123"
        self.assertIn("is of several customers", self.refused(workbook(("00123", END, *GOOD)))[0][1])

    def test_a_contact_stands_for_its_customer(self):
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id, "ref": "B-1"})
        self.assertEqual(contact.commercial_partner_id, self.customer)
        self.load(workbook(("B-1", END, *GOOD))).action_import()
        self.assertEqual(len(self.profile.financials_ids), 1)

    def test_a_year_that_is_there_is_refused_and_its_audited_one_is_not(self):
        self.load(workbook(("00123", END, *GOOD))).action_import()
        wizard = self.load(workbook(("00123", END, *GOOD)))
        self.assertIn("for 12/31/2025 already", wizard.refusal_ids.reason)
        self.load(workbook(("00123", END, *GOOD)), is_audited=True).action_import()
        self.assertEqual(self.profile.financials_ids.mapped("is_audited"), [True, False])

    def test_a_formula_without_its_result_is_refused_and_one_with_it_is_read(self):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, TITLES)
            for row, key in ((1, "00123"), (2, "00124")):
                sheet.write_string(row, 0, key)
                sheet.write_datetime(row, 1, END, book.add_format({"num_format": "yyyy-mm-dd"}))
                sheet.write_row(row, 2, GOOD)
            sheet.write_formula(1, 5, "=C2+1200", None, 2000)
            sheet.write_formula(2, 5, "=C3+1200", None, "")
        wizard = self.load(content.getvalue())
        self.assertEqual(wizard.right_count, 1)
        self.assertEqual(wizard.refusal_ids.mapped("cell"), ["F3"])

    def test_a_missing_column_and_one_that_is_there_twice_are_named(self):
        missing, twice = ("Customer", "Year end", *TITLES[3:]), (*TITLES, "Sales")
        for titles in (missing, twice):
            with self.subTest(titles), self.assertRaisesRegex(UserError, "exactly one column of each title"):
                self.load(workbook(("00123", END, *GOOD), titles=titles))

    def test_what_is_no_workbook_is_refused(self):
        for content in (b"Customer;Year end", b"PK\x03\x04broken"):
            with self.subTest(content), self.assertRaisesRegex(UserError, "not an XLSX workbook"):
                self.load(content)

    def test_the_unit_and_the_sheet_of_the_mapping(self):
        self.mapping.write({"unit": "10000", "sheet": "Sheet"})
        self.load(workbook(("00123", END, *GOOD))).action_import()
        self.assertEqual(self.profile.financials_ids.amount_assets, 20_000_000)
        self.mapping.sheet = "Years"
        with self.assertRaisesRegex(UserError, "has no sheet “Years”; it has: Sheet"):
            self.load(workbook(("00123", END, *GOOD)))

    def test_another_file_is_checked_again(self):
        form = Form(self.load(workbook(("00123", END, *GOOD))))
        self.assertTrue(form.is_checked)
        form.file = base64.b64encode(workbook(("99999", END, *GOOD)))
        self.assertFalse(form.is_checked)

    def test_controllers_import_and_nobody_below(self):
        content = workbook(("00123", END, *GOOD))
        for role in ("credit_user", "sales", "biller"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.load(content, self.make_user(role))
        self.load(content, self.make_user("controller")).action_import()
        self.assertEqual(len(self.profile.financials_ids), 1)

    def test_nobody_imports_for_a_company_in_which_they_do_not_work(self):
        other = self.env["res.company"].create({"name": "Another"})
        with self.assertRaisesRegex(UserError, "Switch to Another"):
            self.load(workbook(("00123", END, *GOOD)), self.make_user("controller"), company_id=other.id)

    def test_a_file_of_many_years_of_one_customer(self):
        rows = [("00123", date(year, 12, 31), *GOOD) for year in range(2016, 2026)]
        self.load(workbook(*rows)).action_import()
        self.assertEqual(self.profile.financials_ids[0].date_end, YEAR)
        self.assertEqual(len(self.profile.financials_ids), 10)
