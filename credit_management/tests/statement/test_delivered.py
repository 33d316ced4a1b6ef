"""What was delivered and is not invoiced, told to the customer before it is invoiced (月结对账)."""

import io

import openpyxl
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementOfDeliveries(StatementCommon):
    def deliver(self, quantity, price, delivered, **values):
        order = self.make_confirmed(self.customer, price, quantity, product=self.delivered_article, **values)
        order.order_line.qty_delivered = delivered
        return order

    def deliveries(self, statement):
        return [(line.name, line.quantity, line.price_unit, line.amount) for line in statement.delivered_line_ids]

    def make(self):
        return self.state(self.today.isoformat(), kind="delivered")

    def counted(self):
        self.env.invalidate_all()
        lines = self.env["credit.exposure.line"].search(
            [("profile_id", "=", self.profile_of(self.customer).id), ("component", "=", "delivered")]
        )
        return sum(lines.mapped("amount"))

    def test_what_was_delivered_and_is_not_invoiced_is_listed_and_ties_to_the_exposure(self):
        first = self.deliver(10, 100.0, 4, client_order_ref="PO-7")
        second = self.deliver(2, 30.0, 2)
        self.deliver(5, 50.0, 0)
        statement = self.make()
        self.assertEqual(
            self.deliveries(statement), [(first.name, 4.0, 100.0, 400.0), (second.name, 2.0, 30.0, 60.0)]
        )
        self.assertEqual(statement.delivered_line_ids[0].reference, "PO-7")
        self.assertEqual((statement.amount_total, self.counted()), (460.0, 460.0))
        self.assertFalse(statement.open_line_ids)

    def test_what_is_invoiced_is_not_listed(self):
        order = self.deliver(10, 100.0, 4)
        order._create_invoices().action_post()
        order.order_line.qty_delivered = 7
        self.assertEqual(self.deliveries(self.make()), [(order.name, 3.0, 100.0, 300.0)])

    def test_a_down_payment_that_was_invoiced_comes_off(self):
        order = self.deliver(10, 100.0, 0)
        wizard = self.env["sale.advance.payment.inv"].with_context(active_ids=order.ids, active_model="sale.order")
        wizard.create({"advance_payment_method": "fixed", "fixed_amount": 700.0}).create_invoices()
        order.invoice_ids.action_post()
        order.order_line.filtered("product_id")[0].qty_delivered = 10
        statement = self.make()
        self.assertEqual([line.amount for line in statement.delivered_line_ids], [1000.0, -700.0])
        self.assertEqual((statement.amount_total, self.counted()), (300.0, 300.0))

    def test_in_another_currency_it_ties_as_well(self):
        currency = self.setup_other_currency("GBP", rates=[("2020-01-01", 3.0)])
        pricelist = self.env["product.pricelist"].create({"name": "Pounds", "currency_id": currency.id})
        order = self.make_order(self.customer, 100.0, 3, product=self.delivered_article, pricelist_id=pricelist.id)
        order.action_confirm()
        order.order_line.qty_delivered = 1
        statement = self.make()
        line = statement.delivered_line_ids
        self.assertEqual((line.currency_id, line.amount), (currency, 100.0))
        self.assertEqual((statement.amount_total, self.counted()), (33.33, 33.33))

    def test_with_nothing_delivered_it_says_so(self):
        self.invoice(100.0, "2026-05-01")
        with self.assertRaisesRegex(UserError, "waits for its invoice"):
            self.make()

    def test_the_invoice_follows_the_agreement(self):
        order = self.deliver(10, 100.0, 4)
        statement = self.make()
        statement.action_send()
        with self.assertRaisesRegex(UserError, "once the customer agrees"):
            statement.action_invoice_deliveries()
        statement._note_agreed(name="Ann Li", method="phone")
        action = statement.action_invoice_deliveries()
        self.env["sale.advance.payment.inv"].with_context(**action["context"]).create({}).create_invoices()
        self.assertEqual(order.invoice_ids.amount_total, 400.0)

    def test_a_difference_is_noted_beside_a_delivery(self):
        self.deliver(10, 100.0, 4)
        statement = self.make()
        statement.action_send()
        wizard = self.env["credit.statement.answer"].create(
            {"statement_id": statement.id, "name": "Ann Li", "method": "phone", "result": "differs"}
        )
        wizard.line_ids.write({"amount": 300.0, "note": "One is missing"})
        wizard.action_note()
        self.assertEqual(statement.delivered_line_ids.amount_difference, 100.0)
        self.assertFalse(statement.has_differences)  # nothing is invoiced that could be disputed

    def test_letter_and_workbook_have_order_product_quantity_price_and_amount(self):
        order = self.deliver(10, 100.0, 4)
        statement = self.make()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "credit_management.report_statement", statement.ids
        )[0].decode().replace("\xa0", " ")
        for text in ("Deliveries to Invoice", order.name, "Delivered article", "100.00", "400.00"):
            self.assertIn(text, html)
        for text in ("Remittance slip", "Principal only"):
            self.assertNotIn(text, html)
        file = io.BytesIO()
        statement._write_xlsx(file)
        rows = list(openpyxl.load_workbook(file).worksheets[0].values)
        self.assertEqual(rows[2][4:6] + rows[2][7:], ("Delivered article", 4, 100, 400))

    def test_statements_of_many_orders_cost_no_more_than_of_one(self):
        self.deliver(10, 100.0, 4)
        self.make()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.make()
        for _number in range(20):
            self.deliver(10, 100.0, 4)
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            self.make()
