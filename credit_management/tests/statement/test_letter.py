"""How a statement looks and goes out: letter, fingerprint, e-mail, workbook, code to pay by, reminder."""

import base64
import io
from datetime import timedelta
from unittest.mock import patch

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from PIL import Image
from reportlab.graphics.renderPM import RenderPMError

from .common import StatementCommon

# of the PDF that stands for all letters in tests, %PDF-1.4
FINGERPRINT = "e16fa5d9b51928755db85b917f0297babaf22c7a47e97d9212adab56e61ba04e"


@tagged("post_install", "-at_install")
class TestStatementLetter(StatementCommon):
    def html(self, statement):
        content = self.env["ir.actions.report"]._render_qweb_html(
            "credit_management.report_statement", statement.ids
        )[0]
        return " ".join(content.decode().replace("\xa0", " ").split())

    def test_the_letter_has_what_a_customer_needs(self):
        self.customer.ref = "C-77"
        self.invoice(1234.5, "2026-05-01", ref="PO-9")
        self.company.partner_id.bank_ids = [(0, 0, {"acc_number": "BE71 0961 2345 6769", "partner_id":
                                                    self.company.partner_id.id})]
        html = self.html(self.state("2026-06-30", kind="movements", date_from="2026-05-01"))
        for text in ("Statement of Account", "C-77", "PO-9", "Opening balance", "Closing balance", "1,234.50",
                     "Principal only; late-payment claims reserved.", "Remittance slip", "Payment reference",
                     "BE71 0961 2345 6769", "31–60 days", "access_token="):
            self.assertIn(text, html)

    def test_a_code_to_pay_by_is_drawn_where_odoo_can(self):
        self.invoice(100.0, "2026-05-01")
        self.company.partner_id.bank_ids = [(0, 0, {"acc_number": "BE71 0961 2345 6769", "partner_id":
                                                    self.company.partner_id.id})]
        statement = self.state("2026-06-30")
        self.assertNotIn("Payment code", self.html(statement))
        asked = []

        def build(bank, amount, free, structured, currency, debtor, *_args, **_kwargs):
            asked.append((amount, free, currency, debtor))
            return "data:image/png;base64,AAAA"

        with patch.object(type(self.env["res.partner.bank"]), "build_qr_code_base64", build):
            self.assertIn("Payment code", self.html(statement))
        self.assertEqual(asked[0], (100.0, statement.name, self.company.currency_id, self.customer))

    def test_a_letter_goes_out_without_the_code_where_the_server_cannot_draw_one(self):
        self.invoice(100.0, "2026-05-01")
        account = {"acc_number": "BE71 0961 2345 6769", "partner_id": self.company.partner_id.id}
        self.company.partner_id.bank_ids = [(0, 0, account)]
        statement = self.state("2026-06-30")
        bank = type(self.env["res.partner.bank"])
        broken = patch.object(bank, "build_qr_code_base64", side_effect=RuntimeError("No pen"))
        with broken, self.assertLogs("odoo.addons.credit_management.models.statement", "WARNING"):
            html = self.html(statement)
        self.assertIn("BE71 0961 2345 6769", html)
        self.assertNotIn("Payment code", html)

    def test_a_server_that_draws_no_bitmaps_draws_the_code_all_the_same(self):
        bank = self.env["res.partner.bank"].new({"acc_number": "BE71 0961 2345 6769"})
        kind, value = type(bank), "BCD\n002\n1\nSCT"
        params = patch.object(kind, "_get_qr_code_generation_params", lambda *_asked: self.params | {"value": value})
        broken = patch.object(type(self.env["ir.actions.report"]), "barcode", side_effect=RenderPMError("no backend"))
        self.params = {"barcode_type": "QR"}
        with params, broken:
            drawn = bank._get_qr_code_base64("sct_qr", 100, self.company.currency_id, self.customer, "ST/1", "")
            with Image.open(io.BytesIO(base64.b64decode(drawn.partition(",")[2]))) as image:
                self.assertEqual((image.format, image.width), ("PNG", 10 * (21 + 2 * 2)))  # 21 squares, a border of 2
            self.params = {"barcode_type": "QR", "mask": "ch_cross"}
            with self.assertRaises(RenderPMError):
                bank._get_qr_code_base64("ch_qr", 100, self.company.currency_id, self.customer, "ST/1", "")

    def test_the_letter_that_goes_out_is_kept_with_its_fingerprint(self):
        self.invoice(100.0, "2026-05-01")
        statement = self.state("2026-06-30")
        statement.action_send()
        self.assertEqual(statement.pdf_id.raw, b"%PDF-1.4")
        self.assertEqual(statement.pdf_sha256, FINGERPRINT)
        self.assertEqual((statement.state, statement.date_sent), ("sent", self.today))
        letter = statement.message_ids.filtered("attachment_ids")
        self.assertEqual(letter.attachment_ids, statement.pdf_id)
        self.assertEqual(letter.partner_ids, self.customer)
        self.assertIn("access_token=", letter.body)

    def test_the_letter_that_went_out_is_not_changed_or_taken_away(self):
        self.invoice(100.0, "2026-05-01")
        letter = self.sent().pdf_id.with_user(self.make_user("manager"))
        with self.assertRaisesRegex(AccessError, "They stay"):
            letter.unlink()
        with self.assertRaisesRegex(AccessError, "They stay"):
            letter.raw = b"other"

    def test_it_goes_to_the_address_for_invoices(self):
        contact = self.env["res.partner"].create(
            {"name": "Ledger", "type": "invoice", "parent_id": self.customer.id, "email": "ledger@bluepump.example"}
        )
        self.invoice(100.0, "2026-05-01")
        self.assertEqual(self.state("2026-06-30").recipient_id, contact)

    def test_without_an_address_nothing_is_sent_to_anybody(self):
        lost = self.make_customer(name="No Address Ltd")
        self.invoice(100.0, "2026-05-01")
        self.invoice(100.0, "2026-05-01", partner=lost)
        statements = self.state("2026-06-30", self.customer + lost)
        with self.assertRaisesRegex(UserError, "Nothing was sent. There is no e-mail address of: No Address Ltd"):
            statements.action_send()
        self.assertEqual(set(statements.mapped("state")), {"draft"})
        statements.action_mark_sent()  # printed and posted
        self.assertEqual(set(statements.mapped("state")), {"sent"})

    def test_it_is_sent_again_unchanged(self):
        self.invoice(100.0, "2026-05-01")
        statement = self.sent()
        letter = statement.pdf_id
        statement.action_send()
        self.assertEqual(statement.pdf_id, letter)
        self.assertEqual(len(statement.message_ids.filtered("attachment_ids")), 2)

    def test_it_speaks_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        self.invoice(100.0, "2026-05-01")
        html = self.html(self.state("2026-06-30"))
        self.assertIn('data-oe-lang="zh_CN"', html)

    def test_the_workbook_adds_up(self):
        self.invoice(1000.0, "2026-04-01", "2026-05-01")
        second = self.invoice(250.0, "2026-06-15", "2026-07-15")
        file = io.BytesIO()
        self.state("2026-06-30", kind="movements", date_from="2026-06-01")._write_xlsx(file)
        sheet = openpyxl.load_workbook(file, data_only=True).worksheets[0]
        rows = [(sheet.cell(row, 1).value, sheet.cell(row, 6).value) for row in range(2, 8)]
        currency = self.company.currency_id.name
        self.assertEqual(rows[0], (f"Movements ({currency})", 1250))
        self.assertEqual(rows[1:3], [("Opening balance", 1000), (second.name, 250)])
        self.assertEqual(rows[3], (f"Open items ({currency})", 1250))

    def test_who_does_not_answer_is_asked_once_more_and_has_not_agreed(self):
        self.invoice(100.0, "2026-05-01")
        statement = self.sent()
        self.company.credit_days_statement = 10
        statement.sudo().date_sent = self.today - timedelta(days=10)
        self.run_cron("cron_remind_statements")
        self.assertEqual(statement.state, "sent")
        statement.sudo().date_sent = self.today - timedelta(days=11)
        self.run_cron("cron_remind_statements")
        self.assertEqual((statement.state, statement.date_reminded), ("no_answer", self.today))
        count = len(statement.message_ids)
        self.run_cron("cron_remind_statements")
        self.assertEqual(len(statement.message_ids), count)

    def test_nobody_is_reminded_unless_the_company_says_after_how_many_days(self):
        self.invoice(100.0, "2026-05-01")
        statement = self.sent()
        statement.sudo().date_sent = self.today - timedelta(days=900)
        self.run_cron("cron_remind_statements")
        self.assertEqual(statement.state, "sent")
