"""Money on the bank that nobody has identified: whose it may be is not written to."""

from odoo import Command
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestBank(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_plan(5)

    def line(self, amount, text="Transfer", **values):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id, "amount": amount, "payment_ref": text,
                "date": "2026-03-05", **values,
            }
        )

    def assertPerhapsPaid(self, line, day="2026-03-06"):  # noqa: N802
        run = self.prepared(day)
        self.assertFalse(run.notice_ids)
        [row] = run.omission_ids
        self.assertEqual((row.reason, row.statement_line_id), ("perhaps_paid", line))
        return run

    def test_the_number_of_an_invoice_in_the_text(self):
        invoice = self.invoice(100, "2026-03-01")
        self.assertPerhapsPaid(self.line(60, f"Part of {invoice.name.lower()}, thank you"))

    def test_the_partner_of_the_line(self):
        self.invoice(100, "2026-03-01")
        contact = self.env["res.partner"].create({"name": "Books", "parent_id": self.customer.id})
        self.assertPerhapsPaid(self.line(30, partner_id=contact.id))

    def test_the_bank_account_of_the_payer(self):
        self.invoice(100, "2026-03-01")
        self.customer.bank_ids = [Command.create({"acc_number": "IE29 AIBK 9311 5212 3456 78"})]
        self.assertPerhapsPaid(self.line(30, account_number="IE29AIBK93115212345678"))

    def test_the_name_of_the_payer(self):
        self.invoice(100, "2026-03-01")
        self.assertPerhapsPaid(self.line(30, partner_name="BLUE PUMP LTD"))

    def test_the_amount_of_all_and_of_the_oldest_items(self):
        for amount in (100, 50, 25):
            self.invoice(amount, "2026-03-01")
        self.assertPerhapsPaid(self.line(150))
        self.env["credit.dunning.run"].sudo().search([]).action_cancel()
        self.env["account.bank.statement.line"].search([]).payment_ref = "Once more"
        self.assertEqual(len(self.prepared("2026-03-06").omission_ids), 1)

    def test_an_amount_that_many_owe_points_to_nobody(self):
        for number in range(4):
            self.invoice(100, "2026-03-01", self.make_customer(name=f"Shop {number}"))
        self.line(100)
        run = self.ran("2026-03-06")
        self.assertEqual(self.why(run), {})
        self.assertEqual(len(self.told(run)), 4)

    def test_another_amount_of_nobody_points_to_nobody(self):
        self.invoice(100, "2026-03-01")
        self.line(99.99)
        self.assertEqual(len(self.told(self.ran("2026-03-06"))), 1)

    def test_a_line_of_long_ago_and_one_that_is_identified_point_to_nobody(self):
        invoice = self.invoice(100, "2026-03-01")
        self.line(100, date="2025-06-01")
        paid = self.invoice(70, "2026-03-01")
        payment = self.paid(paid)
        self.assertTrue(payment)
        self.assertEqual(self.told(self.ran("2026-03-06")), ["2026-03-06: $ 100.00, level 1"])
        self.assertTrue(invoice.amount_residual)

    def test_it_is_looked_at_again_when_the_notice_goes_out_and_is_a_task(self):
        self.invoice(100, "2026-03-01")
        run = self.prepared("2026-03-06")
        self.assertEqual(len(run.notice_ids), 1)
        self.line(100)
        self.send(run)
        self.assertEqual((self.told(run), self.why(run)), ([], {"Blue Pump Ltd": "perhaps_paid"}))
        [task] = self.profile_of(self.customer).activity_ids
        self.assertEqual(task.summary, "Money on the bank may be of this customer: identify it")
