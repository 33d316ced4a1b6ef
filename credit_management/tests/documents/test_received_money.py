"""A down-payment invoice brings what came to the bank: what settles it without money frees no order.

An order of 1,000 waits for its deposit of 300, which was invoiced.
"""

from odoo.tests import tagged

from .test_received import ReceivedCommon


@tagged("post_install", "-at_install")
class TestDownPaymentIsMoney(ReceivedCommon):
    def setUp(self):
        super().setUp()
        self.order = self.make_waiting(1000)
        self.invoice = self.bill_down_payment(self.order, 300)

    def register(self, **values):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        )
        return wizard.create(values)._create_payments()

    def assertReceived(self, amount):  # noqa: N802
        self.env.invalidate_all()
        self.assertEqual(self.order._credit_get_received(), amount)
        (self.assertFree if amount >= 300 else self.assertWaiting)(self.order)

    def test_money_frees_it(self):
        self.register()
        self.assertReceived(300)

    def test_a_payment_that_was_rejected_brought_nothing(self):
        self.register().action_reject()
        self.assertReceived(0)

    def test_what_is_written_off_brought_nothing(self):
        account = self.company_data["default_account_revenue"]
        self.register(amount=1, payment_difference_handling="reconcile", writeoff_account_id=account.id)
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertReceived(1)

    def test_a_credit_note_for_something_else_brought_nothing(self):
        refund = self.make_refund(self.customer, 300)
        items = (self.invoice + refund).line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        items.reconcile()
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertReceived(0)

    def test_a_bill_brings_it_when_it_is_honoured(self):
        method = self.inbound_payment_method_line.copy({"name": "Bill", "credit_days_risk": 30})
        self.register(payment_method_line_id=method.id)
        self.assertReceived(0)
        method.credit_days_risk = 0  # as after thirty days
        self.env["credit.recheck"]._queue(self.customer)
        self.assertReceived(300)

    def test_a_part_in_a_foreign_currency_counts_in_the_currency_of_the_order(self):
        """Of a deposit of 600 in a currency of 2 to 1 half came: 300, whatever becomes of the rate."""
        currency = self.setup_other_currency("EUR", rates=[("2017-01-01", 2.0)])
        order = self.make_waiting(2000, pricelist_id=self.make_pricelist(currency).id)
        invoice = self.bill_down_payment(order, 600)
        self.assertEqual((invoice.currency_id, invoice.amount_total), (currency, 600))
        self.invoice = invoice
        self.register(amount=300)
        self.assertEqual(order._credit_get_received(), 300)
