"""Under which numbers the customer knows an open item: on the screen, in files, on statements."""

import csv
import io

from odoo.tests import tagged

from .common import AgingCommon


@tagged("post_install", "-at_install")
class TestAgingNumbers(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited", name="Numbered")
        order = cls.make_order(cls.customer, 100, client_order_ref="PO-4711")
        order.action_confirm()
        cls.order_invoice = order._create_invoices()
        dates = {"invoice_date": "2026-01-01", "invoice_date_due": "2026-02-01"}
        cls.order_invoice.write({**dates, "ref": "Letter of 3 May"})
        cls.order_invoice.action_post()
        cls.make_invoice(cls.customer, 50, invoice_date="2026-01-01", date="2026-01-01", invoice_date_due="2026-03-01")
        cls.domain = [("partner_id", "=", cls.customer.id)]

    def test_an_item_says_the_purchase_order_unless_its_reference_does(self):
        items = self.items_of("2026-06-30").search(self.domain, order="date_due")
        self.assertEqual(items.mapped("numbers"), ["Purchase Order PO-4711", False])
        self.order_invoice.ref = "PO-4711"
        self.env.invalidate_all()
        self.assertFalse(items[0].numbers)

    def test_a_file_has_a_column_for_each_kind(self):
        file = io.BytesIO()
        self.items_of("2026-06-30")._write_csv(file, self.domain)
        head, first, second = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig")))
        place = head.index("Purchase Order")
        self.assertEqual((first[place], second[place]), ("PO-4711", ""))

    def test_a_statement_keeps_them(self):
        [statement] = self.env["credit.statement"]._make(
            self.customer, self.company, "open", self.order_invoice.invoice_date.replace(month=6)
        )
        lines = statement.line_ids.sorted("sequence")
        self.assertEqual([(line.numbers or {}).get("order") for line in lines], ["PO-4711", None])
        self.assertEqual(lines[0].numbers_text, "Purchase Order PO-4711")
        html = self.env["ir.actions.report"]._render_qweb_html("credit_management.report_statement", statement.ids)[0]
        self.assertIn("Purchase Order PO-4711", html.decode())
