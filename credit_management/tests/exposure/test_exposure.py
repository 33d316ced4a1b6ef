"""The worked examples of the manual (docs/en/concepts.md): what a customer owes, and where the figure stands."""

from datetime import datetime, timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestExposureOfOrders(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    def test_a_quotation_weighs_nothing(self):
        self.make_order(self.customer, 1000)
        self.assertExposure(self.customer, 0.0)

    def test_a_confirmed_order_counts_with_tax(self):
        tax = self.percent_tax(15.0)
        self.make_confirmed(self.customer, lines=[self.line(100, 10, tax_ids=[Command.set(tax.ids)])])
        self.assertExposure(self.customer, 1150.0, orders=1150.0)

    def test_a_down_payment_takes_its_amount_off_the_order(self):
        order = self.make_confirmed(self.customer, 1000)
        down_payment = self.bill_down_payment(order, 500)
        self.assertExposure(self.customer, 1000.0, not_due=500.0, orders=500.0)
        self.pay(down_payment)
        self.assertExposure(self.customer, 500.0, orders=500.0, in_process=500.0)
        rest = self.bill(order)
        self.assertEqual(rest.amount_total, 500.0)
        self.assertExposure(self.customer, 500.0, not_due=500.0, in_process=500.0)
        self.pay(rest)
        self.assertExposure(self.customer, 0.0)

    def test_a_down_payment_in_a_draft_moves_the_amount_to_the_drafts(self):
        order = self.make_confirmed(self.customer, 1000)
        draft = self.bill_down_payment(order, 500, post=False)
        self.assertExposure(self.customer, 1000.0, order_drafts=500.0, orders=500.0)
        draft.unlink()
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_a_down_payment_with_tax_takes_its_amount_with_tax_off_the_order(self):
        tax = self.percent_tax(10.0)
        order = self.make_confirmed(self.customer, lines=[self.line(1000, tax_ids=[Command.set(tax.ids)])])
        self.bill_down_payment(order, 550)
        self.assertExposure(self.customer, 1100.0, not_due=550.0, orders=550.0)

    def test_a_refunded_down_payment_comes_back_to_the_order(self):
        order = self.make_confirmed(self.customer, 1000)
        down_payment = self.bill_down_payment(order, 500)
        self._reverse_invoice(down_payment, post=True)
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_a_down_payment_that_is_cancelled_after_it_was_deducted_comes_back_to_the_order(self):
        order = self.make_confirmed(self.customer, 1000)
        advance = self.bill_down_payment(order, 100, post=False)
        rest = self.bill(order, post=False)
        self.assertEqual(rest.amount_total, 900.0)
        advance.button_cancel()
        self.assertEqual(order.invoice_status, "invoiced", "for Odoo nothing is left to invoice")
        self.assertExposure(self.customer, 1000.0, order_drafts=900.0, orders=100.0)
        rest.action_post()
        self.assertExposure(self.customer, 1000.0, not_due=900.0, orders=100.0)

    def test_the_delivery_policy_counts_what_is_ordered_too(self):
        order = self.make_confirmed(self.customer, 100, 10, self.delivered_article)
        self.assertExposure(self.customer, 1000.0, orders=1000.0)
        self.deliver(order.order_line, 4)
        self.assertExposure(self.customer, 1000.0, delivered=400.0, orders=600.0)
        self.bill(order)
        self.assertExposure(self.customer, 1000.0, not_due=400.0, orders=600.0)

    def test_over_delivery_counts_as_delivered(self):
        order = self.make_confirmed(self.customer, 100, 10, self.delivered_article)
        self.deliver(order.order_line, 12)
        self.assertExposure(self.customer, 1200.0, delivered=1200.0)
        self.bill(order)
        self.assertExposure(self.customer, 1200.0, not_due=1200.0)

    def test_a_cancelled_remainder_no_longer_counts(self):
        order = self.make_confirmed(self.customer, 100, 10, self.delivered_article)
        self.deliver(order.order_line, 4)
        self.bill(order)
        order.order_line.product_uom_qty = 4
        self.assertExposure(self.customer, 400.0, not_due=400.0)

    def test_a_line_added_by_a_delivery_counts_though_nothing_was_ordered(self):
        order = self.make_confirmed(self.customer, 100, 1, self.delivered_article)
        self.env["sale.order.line"].create(
            {"order_id": order.id, **self.line_values(50, 0, self.delivered_article, qty_delivered=3)}
        )
        self.assertExposure(self.customer, 250.0, delivered=150.0, orders=100.0)

    def test_a_line_added_by_a_delivery_counts_with_its_tax_and_discount(self):
        tax = self.percent_tax(10.0)
        order = self.make_confirmed(self.customer, 100, 1, self.delivered_article)
        extra = self.line_values(50, 0, self.delivered_article, qty_delivered=2, discount=20)
        self.env["sale.order.line"].create({"order_id": order.id, **extra, "tax_ids": [Command.set(tax.ids)]})
        self.assertExposure(self.customer, 188.0, delivered=88.0, orders=100.0)

    def test_a_discount_line_lowers_the_order(self):
        self.make_confirmed(self.customer, lines=[self.line(1000), self.line(-100)])
        self.assertExposure(self.customer, 900.0, orders=900.0)

    def test_a_returned_line_of_negative_quantity_lowers_the_order(self):
        self.make_confirmed(self.customer, lines=[self.line(100, 10), self.line(100, -2)])
        self.assertExposure(self.customer, 800.0, orders=800.0)

    def test_an_invoice_in_another_unit_covers_the_order(self):
        order = self.make_confirmed(self.customer, 10, 24, self.article)
        draft = self.bill(order, post=False)
        draft.invoice_line_ids.write({"product_uom_id": self.uom_dozen.id, "quantity": 1, "price_unit": 120})
        self.assertExposure(self.customer, 240.0, order_drafts=120.0, orders=120.0)
        draft.action_post()
        self.assertExposure(self.customer, 240.0, not_due=120.0, orders=120.0)

    def test_an_order_in_dozens_counts_its_price_per_dozen(self):
        line = self.line(120, 2, product_uom_id=self.uom_dozen.id)
        order = self.make_confirmed(self.customer, lines=[line])
        self.assertExposure(self.customer, 240.0, orders=240.0)
        self.bill(order)
        self.assertExposure(self.customer, 240.0, not_due=240.0)

    def test_a_cancelled_order_weighs_nothing(self):
        order = self.make_confirmed(self.customer, 1000)
        order._action_cancel()
        self.assertExposure(self.customer, 0.0)

    def test_partial_invoices_add_up_with_what_is_left(self):
        order = self.make_confirmed(self.customer, 100, 10)
        draft = self.bill(order, post=False)
        draft.invoice_line_ids.quantity = 3
        self.assertExposure(self.customer, 1000.0, order_drafts=300.0, orders=700.0)
        draft.action_post()
        self.assertExposure(self.customer, 1000.0, not_due=300.0, orders=700.0)

    def test_what_a_draft_adds_to_the_order_counts(self):
        order = self.make_confirmed(self.customer, 100, 10)
        draft = self.bill(order, post=False)
        draft.write({"invoice_line_ids": [Command.create({"name": "Freight", "price_unit": 50, "tax_ids": False})]})
        self.assertExposure(self.customer, 1050.0, order_drafts=1000.0, drafts=50.0)

    def test_a_draft_invoice_moves_the_amount_and_keeps_the_sum(self):
        order = self.make_confirmed(self.customer, 1000)
        draft = self.bill(order, post=False)
        self.assertExposure(self.customer, 1000.0, order_drafts=1000.0)
        draft.button_cancel()
        self.assertExposure(self.customer, 1000.0, orders=1000.0)

    def test_orders_beyond_the_horizon_come_in_as_time_passes(self):
        self.company.credit_days_horizon = 30
        noon = datetime.combine(self.today, datetime.min.time()) + timedelta(hours=12)
        self.make_confirmed(self.customer, 100, commitment_date=noon + timedelta(days=30))
        self.make_confirmed(self.customer, 70, commitment_date=noon + timedelta(days=31))
        self.assertExposure(self.customer, 100.0, orders=100.0, orders_later=70.0)
        with freeze_time(noon + timedelta(days=1)):
            self.assertExposure(self.customer, 170.0, orders=170.0)
