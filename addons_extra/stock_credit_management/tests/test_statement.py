"""Statements of deliveries name the delivery notes, and know the days of deliveries."""

from datetime import timedelta

from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestStatementOfDeliveries(DeliveryCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer("unlimited")
        self.transfer = self.make_delivery(self.customer, 10, 100)

    def ship(self, quantity, days_ago):
        transfer = self.transfer.sale_id.picking_ids.filtered(lambda transfer: transfer.state == "assigned")
        if quantity < transfer.move_ids.product_uom_qty:
            self.validate_part(transfer, quantity)
        else:
            transfer.move_ids.quantity = quantity
            transfer.move_ids.picked = True
            self.validate(transfer)
        transfer.move_ids.date -= timedelta(days=days_ago)
        return transfer

    def deliveries(self, day):
        made = self.env["credit.statement"]._make(self.customer, self.company, "delivered", day)
        return [(line.delivery_name, line.quantity, line.amount, line.date) for line in made.delivered_line_ids]

    def test_each_delivery_note_is_a_line_with_its_day(self):
        first, second = self.ship(4, 40), self.ship(6, 5)
        self.assertEqual(self.deliveries(self.today), [
            (first.name, 4.0, 400.0, self.today - timedelta(days=40)),
            (second.name, 6.0, 600.0, self.today - timedelta(days=5)),
        ])

    def test_what_came_after_the_day_is_left_out(self):
        first, _second = self.ship(4, 40), self.ship(6, 5)
        day = self.today - timedelta(days=20)
        self.assertEqual(self.deliveries(day), [(first.name, 4.0, 400.0, self.today - timedelta(days=40))])
        self.assertEqual(self.deliveries(self.today - timedelta(days=50)), [])

    def test_the_oldest_deliveries_are_those_that_were_invoiced(self):
        self.ship(4, 40)
        self.transfer.sale_id.order_line.product_id.invoice_policy = "delivery"
        self.transfer.sale_id._create_invoices().action_post()
        second = self.ship(6, 5)
        self.assertEqual(self.deliveries(self.today), [
            (second.name, 6.0, 600.0, self.today - timedelta(days=5)),
        ])

    def test_what_came_back_is_not_listed(self):
        transfer = self.ship(10, 5)
        wizard = self.env["stock.return.picking"].with_context(active_id=transfer.id, active_model="stock.picking")
        back = wizard.create({})
        back.product_return_moves.quantity = 3
        returned = self.env["stock.picking"].browse(back.action_create_returns()["res_id"])
        returned.move_ids.write({"quantity": 3, "picked": True})
        returned.button_validate()
        self.assertEqual(self.deliveries(self.today), [
            (transfer.name, 7.0, 700.0, self.today - timedelta(days=5)),
        ])

    def test_the_delivery_proves_a_balance_that_nobody_has_confirmed(self):
        transfer = self.ship(10, 5)
        self.transfer.sale_id._create_invoices().action_post()
        self.customer.email = "books@customer.example"
        run = self.env["credit.confirmation"].create({
            "date": self.today, "sample": "amount", "sample_amount": 1000.0, "auditor_name": "Lee & Partners",
            "auditor_email": "answers@lee.example",
        })
        run.action_draw()
        letter = run.letter_ids.filtered(lambda letter: letter.partner_id == self.customer)
        letter.action_mark_sent()
        letter.action_test_otherwise()
        self.assertEqual(letter.line_ids.mapped("delivery_proof"), [transfer.name])
        self.assertEqual((letter.amount_received_since, letter.amount_unproved), (0.0, 0.0))
