"""Aged receivables as a workbook and as plain rows."""

import csv
import io
import json
from datetime import datetime
from urllib.parse import urlencode

import openpyxl
from odoo.tests import HttpCase, tagged
from openpyxl.utils import get_column_letter

from ...models.aging_file.aging_sheet import AgingBook
from ..aging.common import AgingCommon


@tagged("post_install", "-at_install")
class TestAgingFile(AgingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.make_customer(name="AA First"), cls.make_customer(name="AA Second")
        cls.domain = [("partner_id", "in", (cls.first + cls.second).ids)]
        for customer, amount, due in ((cls.first, 100, "2026-05-01"), (cls.first, 20, "2026-07-01"),
                                      (cls.second, 300, "2026-06-29")):
            cls.make_invoice(
                customer, amount, invoice_date="2026-01-01", date="2026-01-01", invoice_date_due=due, ref="=1+1",
            )

    def write(self, kind="xlsx", groupby="partner_id", domain=None, **switches):
        file = io.BytesIO()
        items = self.items_of("2026-06-30", **switches)
        getattr(items, f"_write_{kind}")(file, self.domain if domain is None else domain, groupby)
        file.seek(0)
        return file

    def read(self, file, **options):
        return openpyxl.load_workbook(file, **options)

    def test_a_group_without_is_called_what_it_lacks_as_on_the_screen(self):
        labels = self.env["credit.open.item"].fields_get(["rating_id", "group_id", "tags"], ["falsy_value_label"])
        for groupby, name in (
            ("rating_id", "Without rating"), ("group_id", "Without credit group"), ("tags", "Without tags"),
        ):
            self.assertEqual(self.read(self.write(groupby=groupby)).worksheets[0].cell(2, 1).value, name)
            self.assertEqual(labels[groupby]["falsy_value_label"], name)

    def test_groups_fold_and_carry_formulas_with_their_values(self):
        file = self.write()
        sheet = self.read(file).worksheets[0]
        titles = [cell.value for cell in sheet[1]]
        self.assertEqual(titles[-7:], ["Not due", "1–30 days", "31–60 days", "61–90 days", "91–120 days",
                                       "Over 120 days", "Total"])
        names = [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)]
        self.assertEqual(names, ["AA First", "AA First", "AA First", "AA Second", "AA Second", "Total"])
        levels = [sheet.row_dimensions[row].outline_level for row in range(2, 8)]
        self.assertEqual(levels, [0, 1, 1, 0, 1, 0])
        total = len(titles)
        last = get_column_letter(total)  # an add-on may bring one more number of the customer's
        self.assertEqual(sheet.cell(2, total).value, f"=SUBTOTAL(9,{last}3:{last}4)")
        self.assertEqual(sheet.cell(7, total).value, f"=SUBTOTAL(9,'Aged Receivables'!{last}2:{last}6)")
        self.assertIsNone(sheet.cell(7, titles.index("In Document Currency") + 1).value)
        self.assertEqual(sheet.freeze_panes, "B2")
        values = self.read(file, data_only=True).worksheets[0]
        self.assertEqual([values.cell(row, total).value for row in (2, 3, 4, 5, 6, 7)], [120, 100, 20, 300, 300, 420])
        self.assertEqual(values.cell(3, titles.index("Due") + 1).value, datetime(2026, 5, 1))
        self.assertEqual(values.cell(3, titles.index("Customer's Reference") + 1).value, "=1+1")
        self.assertEqual(values.cell(3, titles.index("Customer's Reference") + 1).data_type, "s")

    def test_a_sheet_says_what_was_asked_for_and_the_tie(self):
        book = self.read(self.write(domain=[]))
        rows = [[cell.value for cell in row] for row in book["Parameters"].iter_rows()]
        found = {row[0]: row[1] for row in rows if row[0]}
        self.assertEqual(found["As of"], "06/30/2026")
        self.assertTrue(found["Columns"].startswith("Lateness"))
        tie = rows[rows.index(next(row for row in rows if row[0] == "Account")) + 1 :]
        self.assertTrue(tie)
        self.assertFalse([row for row in tie if row[3]])

    def test_every_grouping_makes_a_file_of_the_same_total(self):
        for groupby in ("user_id", "kind", "account_id", "country_id", "date_due:month"):
            sheet = self.read(self.write(groupby=groupby), data_only=True).worksheets[0]
            self.assertEqual(sheet.cell(sheet.max_row, sheet.max_column).value, 420, groupby)

    def test_what_does_not_fit_on_a_sheet_goes_on_another(self):
        file = io.BytesIO()
        book = AgingBook(file, "Aging", [("Customer", "text"), ("Total", "amount")], 2, rows_most=4)
        for name in ("One", "Two"):
            book.add_group(name, [None, 30], [["a", 10], ["b", 20]])
        book.add_total("Total", [None, 60])
        book.close()
        sheets = self.read(file).worksheets
        self.assertEqual([sheet.title for sheet in sheets], ["Aging", "Aging 2"])
        self.assertEqual(
            sheets[1].cell(5, 2).value, "=SUBTOTAL(9,'Aging'!B2:B4)+SUBTOTAL(9,'Aging 2'!B2:B4)"
        )

    def test_plain_rows_hold_no_formula(self):
        rows = list(csv.reader(io.StringIO(self.write("csv").read().decode("utf-8-sig"))))
        self.assertEqual(len(rows), 4)
        self.assertEqual(rows[1][2], "'=1+1")
        self.assertEqual(rows[1][-1], "100.0")

    def test_the_file_is_for_who_may_read_and_export(self):
        data = json.dumps({"domain": [], "context": {"credit_aging_as_of": "2026-06-30"}, "groupby": "partner_id"})
        url = f"/credit/aging/xlsx?{urlencode({'data': data})}"
        user = self.make_user("biller", login="aging-biller")
        self.authenticate("aging-biller", "aging-biller")
        self.assertEqual(self.url_open(url).status_code, 403)
        user.group_ids += self.env.ref("base.group_allow_export")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("2026-06-30.xlsx", answer.headers["Content-Disposition"])
        self.assertEqual(self.read(io.BytesIO(answer.content)).sheetnames, ["Aged Receivables", "Parameters"])
        for kind in ("pdf", "pdf_items"):
            answer = self.url_open(url.replace("xlsx", kind))
            self.assertEqual((answer.headers["Content-Type"], answer.content[:5]), ("application/pdf", b"%PDF-"))
            self.assertIn("2026-06-30.pdf", answer.headers["Content-Disposition"])
        self.assertEqual(self.url_open("/credit/aging/xlsx?data=no").status_code, 400)
        self.assertEqual(self.url_open(f"/credit/aging/exe?{urlencode({'data': data})}").status_code, 404)
        user.group_ids -= self.env.ref("account.group_account_invoice")
        self.assertEqual(self.url_open(url).status_code, 403)
