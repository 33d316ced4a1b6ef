"""The worked examples of the manual (docs/en/concepts.md): invoices, payments, credit notes, disputes, bills."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestExposureOfItems(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    def test_an_invoice_is_not_due_on_its_due_date_and_overdue_the_day_after(self):
        self.make_invoice(self.customer, 100, days_overdue=0)
        self.make_invoice(self.customer, 30, days_overdue=1)
        self.assertExposure(self.customer, 130.0, not_due=100.0, overdue=30.0)
        self.assertEqual(self.figures(self.customer)["days_overdue_max"], 1)

    def test_each_instalment_stands_where_its_own_date_puts_it(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "30 % now, rest in 60 days",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 30, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 70, "nb_days": 60}),
                ],
            }
        )
        self.make_invoice(self.customer, 1000, 10, invoice_payment_term_id=terms.id, invoice_date_due=False)
        self.assertExposure(self.customer, 1000.0, not_due=700.0, overdue=300.0)

    def test_a_payment_frees_and_its_undoing_brings_back(self):
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice, 400)
        self.assertExposure(self.customer, 600.0, not_due=600.0, in_process=400.0)
        invoice.line_ids.remove_move_reconcile()
        self.assertExposure(self.customer, 600.0, not_due=1000.0, unallocated=-400.0, in_process=400.0)

    def test_an_unallocated_payment_nets_what_is_overdue(self):
        self.make_invoice(self.customer, 1000, days_overdue=20)
        self.receive(self.customer, 1000)
        figures = self.figures(self.customer)
        self.assertExposure(self.customer, 0.0, overdue=1000.0, unallocated=-1000.0, in_process=1000.0)
        self.assertEqual((figures["amount_overdue"], figures["days_overdue_max"]), (0.0, 0))

    def test_credits_net_the_oldest_items_first(self):
        self.make_invoice(self.customer, 100, days_overdue=90)
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.make_refund(self.customer, 130)
        figures = self.figures(self.customer)
        self.assertEqual((figures["amount_overdue"], figures["days_overdue_max"]), (70.0, 10))
        self.assertEqual(figures["amount_overdue_gross"], 200.0)

    def test_credits_left_over_do_not_make_overdue_negative(self):
        self.make_invoice(self.customer, 100, days_overdue=90)
        self.make_refund(self.customer, 130)
        self.assertEqual(self.figures(self.customer)["amount_overdue"], 0.0)
        self.assertExposure(self.customer, -30.0)

    def test_a_draft_credit_note_never_frees_credit(self):
        invoice = self.make_invoice(self.customer, 1000)
        self._reverse_invoice(invoice)
        self.make_refund(self.customer, 300, post=False)
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)

    def test_a_draft_credit_note_of_an_order_does_not_open_the_order_again(self):
        order = self.make_confirmed(self.customer, 1000)
        invoice = self.bill(order)
        self._reverse_invoice(invoice)
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)

    def test_a_posted_credit_note_of_an_order_leaves_the_order_to_be_invoiced(self):
        order = self.make_confirmed(self.customer, 1000)
        invoice = self.bill(order)
        self._reverse_invoice(invoice, post=True)
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_a_draft_invoice_without_an_order_counts(self):
        self.make_invoice(self.customer, 250, post=False)
        self.assertExposure(self.customer, 250.0, drafts=250.0)

    def test_a_cancelled_invoice_does_not_count(self):
        invoice = self.make_invoice(self.customer, 250)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertExposure(self.customer, 0.0)

    def test_a_manual_entry_on_a_contact_counts_for_the_customer(self):
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        receivable = self.company_data["default_account_receivable"]
        revenue = self.company_data["default_account_revenue"]
        entry = self.env["account.move"].create(
            {
                "date": self.today,
                "line_ids": [
                    Command.create({"account_id": receivable.id, "partner_id": contact.id, "debit": 77}),
                    Command.create({"account_id": revenue.id, "credit": 77}),
                ],
            }
        )
        entry.action_post()
        self.assertExposure(self.customer, 77.0)

    def test_the_customer_is_the_commercial_entity_of_the_invoiced_partner(self):
        contact = self.env["res.partner"].create({"name": "Invoices", "type": "invoice", "parent_id": self.customer.id})
        other = self.make_customer(name="Other")
        self.make_confirmed(other, 100, partner_invoice_id=contact.id)
        self.make_confirmed(contact, 10)
        self.make_invoice(contact, 1)
        self.assertExposure(self.customer, 111.0)
        self.assertExposure(other, 0.0)

    def test_a_disputed_part_stays_in_the_exposure_and_is_not_overdue(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=40)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 300, "reason": "Broken goods"})
        self.assertExposure(self.customer, 1000.0, overdue=700.0, disputed=300.0)
        self.assertEqual(self.figures(self.customer)["amount_overdue"], 700.0)

    def test_a_dispute_is_never_larger_than_what_is_open(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=40)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 300, "reason": "Broken goods"})
        self.pay(invoice, 800)
        self.assertExposure(self.customer, 200.0, disputed=200.0, in_process=800.0)
        self.assertEqual(self.figures(self.customer)["amount_overdue"], 0.0)

    def test_a_settled_dispute_is_overdue_again(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=40)
        dispute = self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 300, "reason": "Broken"})
        dispute.action_settle()
        self.assertExposure(self.customer, 1000.0, overdue=1000.0)

    def test_a_disputed_invoice_in_foreign_currency_is_split_in_both_currencies(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        invoice = self.make_invoice(self.customer, 1000, 40, currency_id=currency.id)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 250, "reason": "Broken"})
        self.assertExposure(self.customer, 500.0, overdue=375.0, disputed=125.0)

    def test_a_bill_counts_until_its_risk_ends(self):
        method = self.inbound_payment_method_line
        method.credit_days_risk = 10
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice, payment_method_line_id=method.id)
        self.assertExposure(self.customer, 1000.0, bills=1000.0)
        with freeze_time(self.today + timedelta(days=10)):
            self.assertExposure(self.customer, 1000.0, bills=1000.0)
        with freeze_time(self.today + timedelta(days=11)):
            self.assertExposure(self.customer, 0.0)

    def test_payments_in_process_count_only_where_the_company_says_so(self):
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice)
        self.assertExposure(self.customer, 0.0, in_process=1000.0)
        self.company.credit_count_in_process = True
        self.assertExposure(self.customer, 1000.0, in_process=1000.0)

    def test_a_payment_matched_at_the_bank_is_no_longer_in_process(self):
        self.company.credit_count_in_process = True
        invoice = self.make_invoice(self.customer, 1000)
        self.pay_with_statement_line(invoice, self.company_data["default_journal_bank"].id, self.today, 1000)
        self.assertExposure(self.customer, 0.0)

    def test_a_rejected_payment_brings_the_invoice_back(self):
        invoice = self.make_invoice(self.customer, 1000)
        payment = self.pay(invoice)
        payment.action_draft()
        payment.action_cancel()
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)

    def test_each_switch_leaves_its_component_out_of_the_sum_only(self):
        self.make_invoice(self.customer, 1000)
        self.make_invoice(self.customer, 200, post=False)
        self.make_confirmed(self.customer, 40)
        self.make_refund(self.customer, 8)
        self.assertExposure(self.customer, 1232.0)
        self.company.credit_count_drafts = False
        self.assertExposure(self.customer, 1032.0, not_due=1000.0, drafts=200.0, orders=40.0, unallocated=-8.0)
        self.company.credit_count_orders = False
        self.assertExposure(self.customer, 992.0)
        self.company.credit_count_unallocated = False
        self.assertExposure(self.customer, 1000.0)

    def book(self, account, amount, **values):
        """Book an amount on an account of the customer by hand, against income."""
        line = {"account_id": account.id, "partner_id": self.customer.id, "debit": amount, **values}
        other = {"account_id": self.company_data["default_account_revenue"].id, "credit": amount}
        self.env["account.move"].create(
            {"move_type": "entry", "line_ids": [Command.create(line), Command.create(other)]}
        ).action_post()

    def test_a_receivable_that_is_not_trade_is_no_trade_credit(self):
        deposits = self.env["account.account"].create(
            {"name": "Deposits", "code": "X9", "account_type": "asset_receivable", "reconcile": True}
        )
        self.book(deposits, 80)
        self.make_invoice(self.customer, 1000)
        self.assertExposure(self.customer, 1080.0)
        deposits.non_trade = True
        self.assertExposure(self.customer, 1000.0)

    def test_what_only_the_rate_has_changed_is_not_owed(self):
        taler = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        self.book(self.company_data["default_account_receivable"], 33.33, currency_id=taler.id, amount_currency=0)
        self.make_invoice(self.customer, 1000)
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)
