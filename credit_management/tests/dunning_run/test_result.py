"""What notices have brought in: money within 7, 14 and 30 days, by plan, level and channel."""

from datetime import date, timedelta

from odoo.tests import tagged

from .common import SendingCommon


@tagged("post_install", "-at_install")
class TestResult(SendingCommon):
    def results(self):
        row = self.env["credit.notice.result"].search([("partner_id", "=", self.customer.id)])
        return [(line.amount, line.amount_7, line.amount_14, line.amount_30, line.channel) for line in row]

    def test_money_counts_from_its_day_and_a_credit_note_is_none(self):
        invoice = self.invoice(1000.0, "2026-03-01")
        with self.mock_smtplib_connection():
            self.ran("2026-03-10")
        for amount, days in ((100.0, 7), (200.0, 8), (300.0, 30), (50.0, 31)):
            self.paid(invoice, amount, date(2026, 3, 10) + timedelta(days=days))
        refund = self.credit(150.0, "2026-03-12")
        (invoice + refund).line_ids.filtered(lambda line: line.account_type == "asset_receivable").reconcile()
        self.assertEqual(self.results(), [(1000.0, 100.0, 300.0, 600.0, "email")])

    def test_a_test_run_and_an_undone_one_have_no_results(self):
        self.invoice(1000.0, "2026-03-01")
        with self.mock_smtplib_connection():
            run = self.ran("2026-03-10")
        run._undo("Wrong day")
        self.assertEqual(self.results(), [])

    def test_several_channels_are_several(self):
        self.level.is_letter = True
        self.invoice(1000.0, "2026-03-01")
        with self.mock_smtplib_connection():
            self.ran("2026-03-10")
        self.assertEqual(self.results()[0][-1], "several")

    def test_an_invoice_and_a_file_know_their_notices(self):
        invoice = self.invoice(1000.0, "2026-03-01")
        self.assertEqual((invoice.credit_notice_count, invoice.credit_notice_text or ""), (0, ""))
        with self.mock_smtplib_connection():
            self.ran("2026-03-10")
        self.assertEqual((invoice.credit_notice_count, invoice.credit_notice_text), (1, "Dunning level 1"))
        self.assertEqual(self.profile_of(self.customer).notice_count, 1)
