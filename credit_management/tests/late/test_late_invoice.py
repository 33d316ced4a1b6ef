"""Claims on a plain draft invoice: its lines, its calculation, and what becomes of the claims with it."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LateCommon


@tagged("post_install", "-at_install")
class TestLateInvoice(LateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late_invoice = cls.make_invoice(
            cls.customer, 12000.0, invoice_date="2026-03-15", date="2026-03-15", invoice_date_due="2026-03-15"
        )

    def invoice_all(self, user=None):
        self.pay_on(self.late_invoice, 12000.0, "2026-08-20")
        action = self.open_late("2026-08-20", user).action_invoice()
        return self.env["account.move"].browse(action["res_id"])

    def test_it_is_a_plain_draft_with_the_calculation_attached(self):
        invoice = self.invoice_all(self.make_user("biller", "credit_user"))
        self.assertEqual((invoice.move_type, invoice.state, invoice.amount_total), ("out_invoice", "draft", 571.44))
        self.assertEqual(invoice.invoice_origin, self.late_invoice.name)
        self.assertFalse(invoice.invoice_line_ids.tax_ids)
        self.assertEqual(invoice.invoice_line_ids.account_id, self.income)
        self.assertIn("107 days", " ".join(invoice.invoice_line_ids.mapped("name")))
        attached = self.env["ir.attachment"].search([("res_model", "=", "account.move"), ("res_id", "=", invoice.id)])
        self.assertEqual(attached.mapped("name"), ["Calculation of late-payment claims.pdf"])
        self.assertEqual(set(invoice.credit_claim_ids.mapped("state")), {"booked"})

    def test_each_kind_of_claim_has_its_tax(self):
        tax = self.env["account.tax"].create({"name": "20 %", "amount": 20.0, "company_id": self.company.id})
        self.company.credit_compensation_tax_ids = tax
        invoice = self.invoice_all()
        self.assertEqual(invoice.amount_tax, 8.0)  # of 40
        self.assertEqual(invoice.amount_total, 579.44)

    def test_a_held_customer_gets_its_invoice_of_claims(self):
        self.make_policy("limit_exceeded")
        self.set_limit(self.customer, 0)
        invoice = self.invoice_all()
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")
        self.assertTrue(self.item_of(invoice).no_followup)
        self.assertEqual(self.late("2026-12-31"), [], "no interest runs on interest")

    def test_an_accountant_without_credit_rights_posts_it(self):
        self.make_policy("overdue_days")
        invoice = self.invoice_all()
        invoice.with_user(self.make_user("biller")).action_post()
        self.assertTrue(self.item_of(invoice).no_followup)

    def test_goods_that_are_added_after_it_was_posted_are_dunned(self):
        invoice = self.invoice_all()
        invoice.action_post()
        invoice.button_draft()
        invoice.invoice_line_ids = [
            Command.create({"name": "Goods", "price_unit": 100.0, "tax_ids": [Command.clear()]})
        ]
        invoice.action_post()
        self.assertFalse(self.item_of(invoice).no_followup)

    def test_goods_do_not_pass_on_an_invoice_of_claims(self):
        self.make_policy("limit_exceeded")
        self.set_limit(self.customer, 0)
        invoice = self.invoice_all()
        invoice.invoice_line_ids = [
            Command.create({"name": "Goods", "price_unit": 100.0, "tax_ids": [Command.clear()]})
        ]
        with self.assertRaises(UserError):
            invoice.action_post()

    def test_a_draft_that_is_deleted_leaves_the_claims_open(self):
        invoice = self.invoice_all()
        claims = invoice.credit_claim_ids
        with self.assertRaisesRegex(UserError, "Booked"):
            claims.action_invoice()
        invoice.unlink()
        self.assertEqual(set(claims.mapped("state")), {"claimed"})
        claims.action_invoice()
        self.assertEqual(set(claims.mapped("state")), {"booked"})

    def test_it_is_paid_with_its_invoice_and_given_up_with_its_credit_note(self):
        invoice = self.invoice_all()
        claims = invoice.credit_claim_ids
        invoice.action_post()
        self.pay(invoice)
        self.assertEqual(set(claims.mapped("state")), {"paid"})
        self.bill_due(1000.0, "2026-03-15")
        action = self.open_late("2026-05-01").action_invoice()
        reversed_one = self.env["account.move"].browse(action["res_id"])
        reversed_one.action_post()
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=reversed_one.ids
        ).create({"journal_id": reversed_one.journal_id.id, "reason": "Goodwill"})
        wizard.refund_moves()
        wizard.new_move_ids.action_post()
        self.assertEqual(set(reversed_one.credit_claim_ids.mapped("state")), {"waived"})
        self.assertEqual(self.late("2026-05-01"), [], "it was given up")

    def test_without_an_account_it_says_which_is_missing(self):
        self.company.credit_interest_account_id = False
        with self.assertRaisesRegex(UserError, "Income from Interest"):
            self.invoice_all()

    def test_a_controller_claims_and_does_not_invoice(self):
        with self.assertRaises(AccessError):
            self.invoice_all(self.make_user("controller"))
