"""Posting invoices: every way is guarded; what was ordered or delivered can always be invoiced."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon
from ..exposure.test_received import ReceivedCommon

SIGNATURE = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestPostingInvoices(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.biller = cls.make_user("biller")
        cls.make_policy("limit_exceeded")

    def draft(self, amount, **values):
        return self.make_invoice(self.customer, amount, post=False, **values).with_user(self.biller)

    def assertRefused(self, step, *arguments):  # noqa: N802
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            step(*arguments)
        self.assertIn("on credit hold", str(caught.exception))

    def test_an_invoice_at_the_limit_posts_and_one_cent_more_does_not(self):
        self.draft(1000).action_post()
        self.assertRefused(self.draft(0.01).action_post)

    def test_its_own_draft_is_not_counted_twice(self):
        invoice = self.draft(1000)
        self.assertExposure(self.customer, 1000.0)
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_its_own_draft_is_not_counted_twice_where_drafts_do_not_count(self):
        self.company.credit_count_drafts = False
        self.draft(1000).action_post()
        self.assertRefused(self.draft(0.01).action_post)

    def test_every_way_of_posting_is_guarded(self):
        invoice = self.draft(1500)
        self.assertRefused(invoice.action_post)
        self.assertRefused(invoice._post)
        self.assertRefused(invoice.sudo()._post)
        self.assertRefused(invoice.write, {"state": "posted"})
        self.assertEqual(invoice.state, "draft")

    def test_at_the_screen_the_invoice_is_held(self):
        invoice = self.draft(1500)
        action = invoice.with_context(credit_interactive=True).action_post()
        self.assertEqual(action["tag"], "display_notification")
        self.assertHeld(invoice)

    def test_confirm_entries_holds_one_and_posts_the_other(self):
        invoices = self.draft(900) + self.draft(900)
        wizard = (
            self.env["validate.account.move"]
            .with_user(self.biller)
            .with_context(active_model="account.move", active_ids=invoices.ids)
            .create({})
        )
        wizard.validate_move()
        self.assertEqual(sorted(invoices.mapped("state")), ["draft", "posted"])
        self.assertHeld(invoices.filtered(lambda invoice: invoice.state == "draft"))

    def test_the_nightly_posting_leaves_what_does_not_pass_and_posts_the_rest(self):
        yesterday = self.today - timedelta(days=1)
        self.set_limit(self.customer, 100)
        other = self.make_customer(1000, name="Other")
        held = self.draft(150, auto_post="at_date", date=yesterday)
        free = self.make_invoice(other, 900, post=False, auto_post="at_date", date=yesterday)
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_auto_post_draft_entry").method_direct_trigger()
        (held + free).invalidate_recordset()
        self.assertEqual((held.state, free.state), ("draft", "posted"))

    def test_credit_notes_entries_and_vendor_bills_are_never_checked(self):
        self.set_limit(self.customer, 0)
        self.assertEqual(self.make_refund(self.customer, 500).state, "posted")
        self.assertEqual(self.make_invoice(self.customer, 500, move_type="in_invoice").state, "posted")

    def test_the_taxes_of_a_vendor_bill_can_be_corrected_by_a_biller(self):
        tax = self.company_data["default_tax_purchase"]
        bill = self.make_invoice(self.make_customer(None, "Vendor"), 100, move_type="in_invoice", post=False)
        bill.invoice_line_ids.tax_ids = tax
        bill = bill.with_user(self.biller)
        totals = bill.tax_totals
        totals["subtotals"][0]["tax_groups"][0]["tax_amount_currency"] += 1
        before = bill.amount_total
        bill.write({"tax_totals": totals})
        self.assertEqual(bill.amount_total, before + 1)

    def test_what_comes_from_an_order_can_always_be_invoiced(self):
        order = self.make_confirmed(self.customer, 1000)
        self.set_limit(self.customer, 0)
        self.assertEqual(self.bill(order).state, "posted")

    def test_a_down_payment_of_an_order_can_always_be_invoiced(self):
        order = self.make_confirmed(self.customer, 1000)
        self.set_limit(self.customer, 0)
        self.assertEqual(self.bill_down_payment(order, 300).state, "posted")
        self.assertEqual(self.bill(order).state, "posted")

    def test_goods_delivered_beyond_the_order_can_be_invoiced(self):
        order = self.make_confirmed(self.customer, 100, 10, self.delivered_article)
        self.deliver(order.order_line, 12)
        self.assertEqual(self.bill(order).amount_total, 1200.0)
        self.assertExposure(self.customer, 1200.0, not_due=1200.0)

    def test_what_the_invoice_adds_to_the_order_is_checked(self):
        order = self.make_confirmed(self.customer, 1000)
        draft = self.bill(order, post=False)
        draft.write({"invoice_line_ids": [Command.create({"name": "Freight", "price_unit": 50, "tax_ids": False})]})
        self.assertRefused(draft.action_post)

    def test_a_higher_quantity_or_price_on_the_invoice_is_checked(self):
        for values in ({"quantity": 11}, {"price_unit": 110}):
            customer = self.make_customer(1000, name=str(values))
            order = self.make_confirmed(customer, 100, 10)
            draft = self.bill(order, post=False)
            draft.invoice_line_ids.write(values)
            self.assertRefused(draft.action_post)

    def test_an_invoice_reset_to_draft_and_raised_is_checked_again(self):
        invoice = self.draft(900)
        invoice.action_post()
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 1100
        self.assertRefused(invoice.action_post)

    def test_a_released_order_covers_its_own_invoice(self):
        controller = self.make_user("controller")
        order = self.make_held(self.customer, 1500)
        self.release(order, controller)
        self.assertEqual(order.state, "sale")
        self.assertEqual(self.bill(order).state, "posted")

    def test_an_invoice_in_foreign_currency_is_tested_in_company_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        self.draft(2000, currency_id=currency.id).action_post()
        self.assertRefused(self.draft(0.02, currency_id=currency.id).action_post)


@tagged("post_install", "-at_install")
class TestOnlinePayments(ReceivedCommon):
    """Money taken is never undone: the order is held, not refused."""

    def test_a_fully_paid_order_passes_whatever_the_limit(self):
        self.set_limit(self.customer, 0)
        order = self.make_order(self.customer, 500)
        self.captured(order, 500)._check_amount_and_confirm_order()
        self.assertConfirmed(order)

    def test_an_authorised_payment_of_the_whole_order_passes_too(self):
        self.set_limit(self.customer, 0)
        order = self.make_order(self.customer, 500)
        self.env.flush_all()
        transaction = self.captured(order, 500, "pending")
        # the dummy provider cannot authorise
        self.env.cr.execute("UPDATE payment_transaction SET state = 'authorized' WHERE id = %s", [transaction.id])
        self.env.invalidate_all()
        order.action_confirm()
        self.assertConfirmed(order)

    def test_a_pending_payment_is_unpaid_credit(self):
        self.set_limit(self.customer, 0)
        order = self.make_order(self.customer, 500)
        self.captured(order, 500, "pending")
        self.confirm(order)
        self.assertHeld(order)

    def test_a_deposit_of_thirty_percent_leaves_seventy_to_be_tested(self):
        for limit, is_confirmed in ((700, True), (699.99, False)):
            customer = self.make_customer(limit, name=str(limit))
            order = self.make_order(customer, 1000, require_payment=True, prepayment_percent=0.3)
            self.captured(order, 300)._check_amount_and_confirm_order()
            self.assertEqual(order.state == "sale", is_confirmed)

    def test_a_captured_deposit_lowers_the_exposure_of_the_confirmed_order(self):
        order = self.make_order(self.customer, 1000, require_payment=True, prepayment_percent=0.3)
        self.captured(order, 300)._check_amount_and_confirm_order()
        self.assertExposure(self.customer, 700.0, orders=1000.0, received=-300.0)

    def test_a_payment_never_raises_and_leaves_the_order_held(self):
        order = self.make_order(self.customer, 5000, require_payment=True, prepayment_percent=0.3)
        confirmed = self.captured(order, 1500)._check_amount_and_confirm_order()
        self.assertFalse(confirmed)
        self.assertHeld(order)
        self.assertIn("be in touch", order.message_ids.filtered(lambda m: m.subtype_id.default)[:1].body or "")

    def test_a_signed_order_is_held_and_keeps_its_signature(self):
        order = self.make_order(self.customer, 1500)
        order.write({"signed_by": "Buyer", "signature": SIGNATURE})
        order.sudo()._validate_order()
        self.assertHeld(order)
        self.assertTrue(self.get_signature(order))

    def test_a_signed_order_within_credit_confirms(self):
        order = self.make_order(self.customer, 900)
        order.sudo()._validate_order()
        self.assertConfirmed(order)
