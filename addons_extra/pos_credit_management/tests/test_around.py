"""Ways around the counter's check, with the rights that a cashier has over RPC."""

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestAroundTheScreen(PosCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(100)

    def raw(self, partner, price, **values):
        """Return the values of a sale as a program creates it, without payments."""
        data = self.sale_data(partner, price, state="draft", **values)
        return {**data, "payment_ids": [], "company_id": self.company.id}

    def payment(self, order, amount):
        return {
            "amount": amount, "name": fields.Datetime.now(), "payment_method_id": self.account.id,
            "pos_order_id": order.id,
        }

    def test_a_draft_that_is_written_as_paid_is_decided(self):
        order = self.enter(self.customer, 150).with_user(self.cashier)
        order.write({"state": "paid"})
        self.env.invalidate_all()
        self.assertSoldBeyond(order)
        self.assertEqual(len(self.decisions(order)), 1)

    def test_a_sale_that_is_created_as_paid_is_decided(self):
        values = self.raw(self.customer, 150) | {"state": "paid"}
        values["payment_ids"] = [
            Command.create({"amount": 150, "name": fields.Datetime.now(), "payment_method_id": self.account.id})
        ]
        order = self.env["pos.order"].with_user(self.cashier).create(values)
        self.env.invalidate_all()
        self.assertSoldBeyond(order)

    def test_what_is_put_on_account_of_a_sale_that_was_created_as_paid_is_decided(self):
        """It has no name: no screen ever gave it one."""
        Order = self.env["pos.order"].with_user(self.cashier)
        order = Order.create(self.raw(self.customer, 150) | {"state": "paid"})
        self.env["pos.payment"].with_user(self.cashier).create(self.payment(order, 150))
        self.env.invalidate_all()
        self.assertEqual(order.name, "/")
        self.assertSoldBeyond(order)

    def test_a_sale_to_nobody_does_not_go_on_account(self):
        with self.assertRaisesRegex(UserError, "choose the customer who owes it"):
            self.sell(None, 150)
        self.assertSold(self.sell(None, 150, [(self.cash, 150)]))

    def test_a_sale_on_account_keeps_somebody_who_owes_it(self):
        order = self.sell(self.customer, 50).with_user(self.cashier)
        with self.assertRaisesRegex(UserError, "choose the customer who owes it"):
            order.write({"partner_id": False})


@tagged("post_install", "-at_install")
class TestRefundsOfNothing(PosCommon):
    """What is given back on account makes as much room as was sold, and no more. The limit is 100."""

    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(100)

    def noted(self):
        return self.env["credit.log"].search([("res_model", "=", "pos.order"), ("verdict", "=", "looser")])

    def test_a_refund_of_no_sale_makes_no_room(self):
        """300 given back of nothing: 150 do not fit. Somebody can read it in the log."""
        refund = self.sell(self.customer, -300, lines=[self.sold(-300, -1)])
        self.assertExposure(self.customer, 0.0)
        self.assertSoldBeyond(self.sell(self.customer, 150))
        self.assertEqual((self.noted().res_id, self.noted().amount_most), (refund.id, 300.0))
        self.assertEqual(self.noted().person_name, self.cashier.name)

    def test_a_refund_makes_no_more_room_than_was_sold(self):
        """80 were sold; 500 are given back of it: 0 are owed, not −420."""
        order = self.sell(self.customer, 80)
        self.refund(order, 500)
        self.assertExposure(self.customer, 0.0)
        self.assertEqual(self.noted().amount_most, 420.0)

    def test_what_was_sold_is_given_back_once(self):
        order = self.sell(self.customer, 80)
        self.refund(order, 80)
        self.refund(order, 80)
        self.assertExposure(self.customer, 0.0)
        self.assertEqual(self.noted().mapped("amount_most"), [80.0])

    def test_a_sale_to_somebody_else_is_not_given_back_to_this_one(self):
        order = self.sell(self.make_customer(100, "Other"), 80)
        line = self.sold(-80, -1, refunded_orderline_id=order.lines[0].id)
        self.sell(self.customer, -80, lines=[line], is_refund=True)
        self.assertExposure(self.customer, 0.0)

    def test_a_part_is_given_back_twice(self):
        """4 of 20 are sold; 1 and 3 come back."""
        order = self.sell(self.customer, 80, lines=[self.sold(80, 4)])
        for quantity in (1, 3):
            line = self.sold(-20 * quantity, -quantity, refunded_orderline_id=order.lines[0].id)
            self.sell(self.customer, -20 * quantity, lines=[line], is_refund=True)
        self.assertExposure(self.customer, 0.0)
        self.assertFalse(self.noted())

    def test_goods_that_were_paid_are_given_back_on_account(self):
        order = self.sell(self.customer, 80, [(self.cash, 80)])
        self.refund(order, 80)
        self.assertExposure(self.customer, -80.0, pos=-80.0)
        self.assertFalse(self.noted())
