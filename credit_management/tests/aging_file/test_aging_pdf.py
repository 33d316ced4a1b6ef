"""Aged receivables on paper: what the pages say adds up, and fonts are part of the file."""

import io
import re

import pypdf
from odoo.tests import tagged

from ...models.aging_file.aging_pdf import AgingPdf, Words
from ...models.aging_file.domain_text import domain_text
from ..aging.common import AgingCommon

WORDS = Words(
    title="Aged", company="Us", facts=("Filter: none",), printed="Printed", carried="Carried forward",
    brought="Brought forward", page=lambda page, pages: f"Page {page} of {pages}",
)


def read(file):
    """Return the pages of a PDF, each as lines."""
    file.seek(0)
    return [page.extract_text().splitlines() for page in pypdf.PdfReader(file).pages]


def figures(lines, name):
    """Return the amounts of the row of a name."""
    [line] = [line for line in lines if line.startswith(name)]
    return [float(text.replace(",", "")) for text in re.findall(r"-?[\d,]+\.\d\d", line)]


@tagged("post_install", "-at_install")
class TestAgingPages(AgingCommon):
    """The pages by themselves."""

    def draw(self, groups, columns=(("Name", "text", ""), ("Late", "amount", "99,999.00"),
                                    ("Total", "amount", "99,999.00")), **options):
        file = io.BytesIO()
        paper = AgingPdf(file, WORDS, list(columns), lambda value: f"{value:,.2f}" if value else "", **options)
        for group in groups:
            paper.add_group(*group)
        paper.add_total("Total", [sum(values[0] for _name, values, *_rest in groups)] * (len(columns) - 1))
        paper.add_lines([(True, "Ties to 1200: 1.00"), (False, "Differs from 1300")])
        paper.close()
        return read(file)

    def test_what_the_groups_of_a_page_add_up_to_is_carried_to_the_next(self):
        """Groups of 1, 2, 3, …: n of them are n × (n + 1) ÷ 2; 90 are 4,095."""
        pages = self.draw([(f"Customer {number}", [number, number]) for number in range(1, 91)])
        self.assertEqual(len(pages), 3)
        shown = 0
        for number, lines in enumerate(pages, 1):
            if number > 1:
                self.assertEqual(figures(lines, "Brought forward"), [shown * (shown + 1) / 2] * 2)
            shown += len([line for line in lines if line.startswith("Customer ")])
            if number < 3:
                self.assertEqual(figures(lines, "Carried forward"), [shown * (shown + 1) / 2] * 2)
        self.assertEqual(shown, 90)
        self.assertEqual(figures(pages[-1], "Total"), [4095.0, 4095.0])
        self.assertEqual([line.strip() for line in pages[-1][-2:]], ["Ties to 1200: 1.00", "Differs from 1300"])

    def test_items_are_carried_and_their_groups_are_not_counted_twice(self):
        """Two groups of 40 items of 10: 400 each."""
        items = [[f"INV {number}", 10.0, 10.0] for number in range(40)]
        pages = self.draw([("First", [400.0, 400.0], items), ("Second", [400.0, 400.0], items)])
        shown = 0
        for lines in pages[:-1]:
            shown += len([line for line in lines if line.strip().startswith("INV")])
            self.assertEqual(figures(lines, "Carried forward"), [shown * 10.0] * 2)
        self.assertEqual(figures(pages[-1], "Total"), [800.0, 800.0])
        self.assertIn("First …", pages[1])  # whose items go on

    def test_each_page_has_title_page_number_and_titles_of_columns(self):
        pages = self.draw([(f"Customer {number}", [1, 1]) for number in range(90)])
        for number, lines in enumerate(pages, 1):
            text = "\n".join(lines)
            for part in ("Aged", "Us", "Filter: none", "Printed", "Late", f"Page {number} of 3"):
                self.assertIn(part, re.sub(r"of\s+3", "of 3", text))

    def test_what_is_too_wide_is_drawn_smaller_and_not_cut(self):
        columns = [("Name", "text", ""), *((f"Column {n}", "amount", "1,234,567,890.00") for n in range(16))]
        pages = self.draw([("Customer", [1234567890.0] * 16)], columns)
        self.assertEqual(figures(pages[0], "Customer 1"), [1234567890.0] * 16)

    def test_a_page_breaks_between_a_group_and_the_total_too(self):
        for count in range(28, 34):
            pages = self.draw([(f"Customer {number}", [1, 1]) for number in range(count)])
            self.assertEqual(figures(pages[-1], "Total"), [float(count)] * 2)
            self.assertEqual(sum(line.startswith("Customer ") for lines in pages for line in lines), count)


@tagged("post_install", "-at_install")
class TestAgingPdf(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.make_customer(name="AA First"), cls.make_customer(name="青岛蓝湾户外用品")
        cls.domain = [("partner_id", "in", (cls.first + cls.second).ids)]
        for customer, amount, due in ((cls.first, 100, "2026-05-01"), (cls.first, 20, "2026-07-01"),
                                      (cls.second, 300, "2026-06-29")):
            cls.make_invoice(customer, amount, invoice_date="2026-01-01", date="2026-01-01", invoice_date_due=due)

    def write(self, kind="pdf", groupby="partner_id", domain=None, **switches):
        file = io.BytesIO()
        items = self.items_of("2026-06-30", **switches)
        getattr(items, f"_write_{kind}")(file, self.domain if domain is None else domain, groupby)
        return file

    def test_groups_and_total(self):
        [lines] = read(self.write())
        self.assertEqual(figures(lines, "AA First"), [20.0, 100.0, 120.0])  # not due, 31–60 days, all
        self.assertEqual(figures(lines, "青岛蓝湾户外用品"), [300.0, 300.0])
        self.assertEqual(figures(lines, "Total"), [20.0, 300.0, 100.0, 420.0])
        text = "\n".join(lines)
        self.assertIn("Aged Receivables as of 06/30/2026", text)
        self.assertIn("Filter: Customer is AA First, 青岛蓝湾户外用品", text)
        self.assertIn("Filtered: a part of the receivables", text)

    def test_items_stand_below_their_group_and_add_up_to_it(self):
        [lines] = read(self.write("pdf_items"))
        names = [line.split()[0][:3] for line in lines if re.match(r"AA|INV|青岛|Total", line.strip())]
        self.assertEqual(names, ["AA", "INV", "INV", "青岛蓝", "INV", "Tot"])
        self.assertIn("05/01/2026", "\n".join(lines))

    def test_every_grouping_has_the_same_total(self):
        for groupby in ("user_id", "kind", "account_id", "country_id"):
            [lines] = read(self.write("pdf_items", groupby))
            self.assertEqual(figures(lines, "Total")[-1], 420.0, groupby)

    def test_the_tie_stands_under_the_totals(self):
        text = "\n".join(line for lines in read(self.write(domain=[])) for line in lines)
        tie = self.items_of("2026-06-30").read_summary([])["tie"]
        self.assertTrue(tie)
        for row in tie:
            self.assertIn(f"Ties to {row['account']}", text)

    def test_currencies_are_not_added_up(self):
        [lines] = read(self.write(in_document_currency=True))
        self.assertFalse([line for line in lines if line.startswith(("Total ", "Carried"))])
        self.assertEqual(figures(lines, "USD"), [20.0, 300.0, 100.0, 420.0])

    def test_where_nothing_was_open_the_page_says_so(self):
        [lines] = read(self.write("pdf_items", domain=[("partner_id", "=", self.env.user.partner_id.id)]))
        self.assertIn("Nothing was open on 06/30/2026.", "\n".join(lines))

    def test_every_font_is_part_of_the_file(self):
        reader = pypdf.PdfReader(self.write())
        fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
        self.assertTrue([font for font in fonts if "DroidSansFallback" in font["/BaseFont"]])
        self.assertFalse([font["/BaseFont"] for font in fonts if "/FontFile2" not in font["/FontDescriptor"]])
        self.assertLess(self.write().getbuffer().nbytes, 100_000)


@tagged("post_install", "-at_install")
class TestDomainText(AgingCommon):
    def say(self, *domain):
        return domain_text(self.env["credit.open.item"], list(domain))

    def test_filters_are_said_in_words(self):
        customer = self.make_customer(name="Blue Pump")
        self.assertEqual(self.say(), "")
        self.assertEqual(self.say(("days_late", ">", 0)), "Days Late above 0")
        self.assertEqual(self.say(("partner_id", "=", customer.id)), "Customer is Blue Pump")
        self.assertEqual(self.say(("kind", "in", ["trade", "other"])), "Kind is Receivable, Not trade")
        self.assertEqual(self.say(("user_id", "=", False)), "Salesperson is not set")
        self.assertEqual(self.say(("date_due", "<=", "2026-06-30")), "Due up to 06/30/2026")
        self.assertEqual(
            self.say("|", ("document_name", "ilike", "INV"), "&", ("days_late", ">", 9), ("user_id", "!=", False)),
            "Document Number contains “INV” or (Days Late above 9 and Salesperson is set)",
        )
        self.assertEqual(self.say("!", ("partner_id.name", "=", "A")), "not Customer / Name is A")

    def test_names_are_told_to_who_may_read_them(self):
        """Who asks chooses the number: it must not tell the name of what he does not see."""
        group = self.env["credit.group"].create({"name": "Secret Family"})
        domain = [("group_id", "=", group.id)]
        self.assertEqual(self.say(*domain), "Credit Group is Secret Family")
        reader = self.env["credit.open.item"].with_user(self.make_user("biller", login="aging-words"))
        self.assertEqual(domain_text(reader, domain), f"Credit Group is #{group.id}")
