"""A draft covers what its own customer has ordered: nobody's order is invoiced to somebody else."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..gate.adversary import AdversaryCommon


class ForOtherCommon(AdversaryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")
        cls.dummy = cls.make_customer(name="Dummy")

    def make_delivered(self):
        order = self.my_confirmed(100, quantity=9).sudo()
        order.order_line.qty_delivered = 9
        return order

    def draft_for(self, customer, line, price=100.0, user=None, move_type="out_invoice"):
        values = {
            "name": "Goods", "quantity": 9, "price_unit": price, "tax_ids": [Command.clear()],
            "sale_line_ids": [Command.link(line.id)],
        }
        moves = self.env["account.move"].with_user(user or self.env.user)
        return moves.create(
            {"move_type": move_type, "partner_id": customer.id, "invoice_line_ids": [Command.create(values)]}
        )


@tagged("post_install", "-at_install")
class TestPersons(ForOtherCommon):
    def test_a_draft_of_an_order_stays_with_its_customer(self):
        draft = self.bill(self.make_delivered(), post=False).with_user(self.biller)
        for partner_id in (self.dummy.id, self.rich.id, False):
            self.assertRefused(draft.write, {"partner_id": partner_id})
        self.assertExposure(self.poor, 900.0, order_drafts=900.0)
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.poor.id})
        self.assertTrue(self.attempt(draft.write, {"partner_id": contact.id}))

    def test_nobody_bills_to_another_customer_what_was_ordered(self):
        order = self.make_delivered()
        with self.assertRaisesRegex(AccessError, "is an order of Poor"), self.env.cr.savepoint():
            self.draft_for(self.dummy, order.order_line, 0.01, self.biller)
        draft = self.make_invoice(self.dummy, 1, post=False).with_user(self.biller)
        link = {"sale_line_ids": [Command.link(order.order_line.id)]}
        self.assertRefused(draft.invoice_line_ids.write, link)
        own = self.bill(order, post=False).with_user(self.biller)
        self.assertRefused(own.invoice_line_ids.write, {"move_id": draft.id})
        self.assertExposure(self.poor, 900.0)

    def test_nobody_writes_that_a_rejected_payment_is_booked_for_who_paid(self):
        payment = self.env["account.payment"].create(
            {"partner_id": self.poor.id, "amount": 300, "payment_type": "inbound", "partner_type": "customer"}
        )
        payment.action_post()
        payment.move_id.line_ids.partner_id = self.dummy
        payment.action_reject()
        self.assertTrue(payment.credit_is_of_other)
        self.assertRefused(payment.with_user(self.biller).write, {"credit_is_of_other": False})
        self.assertTrue(payment.credit_is_of_other)

    def test_a_controller_of_bills_may(self):
        both = self.make_user("biller", "controller", login="both")
        draft = self.bill(self.make_delivered(), post=False).with_user(both)
        self.assertTrue(self.attempt(draft.write, {"partner_id": self.dummy.id}))

    def test_while_nothing_is_checked_nothing_is_refused(self):
        draft = self.bill(self.make_delivered(), post=False).with_user(self.biller)
        self.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        self.assertTrue(self.attempt(draft.write, {"partner_id": self.dummy.id}))


@tagged("post_install", "-at_install")
class TestFigures(ForOtherCommon):
    """Where the system, or whoever may, bills it to somebody else, the order goes on to count."""

    def test_a_draft_for_somebody_else_covers_nothing(self):
        order = self.make_delivered()
        draft = self.draft_for(self.dummy, order.order_line)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertExposure(self.poor, 900.0, delivered=900.0)
        self.assertExposure(self.dummy, 900.0, drafts=900.0)
        self.assertRefused(self.my_order(900).action_confirm)
        draft.unlink()
        self.assertExposure(self.poor, 900.0, delivered=900.0)

    def test_it_counts_for_what_it_says(self):
        order = self.make_delivered()
        self.draft_for(self.dummy, order.order_line, 0.01)
        self.assertExposure(self.dummy, 0.09, drafts=0.09)
        own = self.draft_for(self.poor, order.order_line, 0.01)
        self.assertExposure(self.poor, 900.0, order_drafts=900.0)
        own.unlink()
        self.assertExposure(self.poor, 900.0, delivered=900.0)

    def test_a_draft_that_becomes_somebody_else_s(self):
        order = self.make_delivered()
        draft = self.bill(order, post=False)
        draft.partner_id = self.dummy
        self.assertExposure(self.poor, 900.0, delivered=900.0)
        draft.partner_id = self.poor
        self.assertExposure(self.poor, 900.0, order_drafts=900.0)
        draft.partner_id = False
        self.assertExposure(self.poor, 900.0, delivered=900.0)

    def test_an_order_that_becomes_somebody_else_s(self):
        """900 are in a draft for Poor; the order is Rich's now: both count."""
        order = self.make_delivered()
        self.bill(order, post=False)
        order.partner_invoice_id = self.rich
        self.assertExposure(self.poor, 900.0, drafts=900.0)
        self.assertExposure(self.rich, 900.0, delivered=900.0)

    def test_a_draft_credit_note_for_somebody_else_takes_nothing_off_the_invoice(self):
        """900 are invoiced and owed; what a draft says that is Dummy's is no order of Poor's again."""
        order = self.make_delivered()
        self.bill(order)
        self.assertExposure(self.poor, 900.0, not_due=900.0)
        draft = self.draft_for(self.dummy, order.order_line, move_type="out_refund")
        self.assertTrue(draft.credit_is_for_other)
        self.assertExposure(self.poor, 900.0, not_due=900.0)
        draft.partner_id = self.poor
        self.assertFalse(draft.credit_is_for_other)
        self.assertExposure(self.poor, 900.0, not_due=900.0)

    def test_a_down_payment_draft_for_somebody_else_is_none(self):
        order = self.make_delivered()
        draft = self.bill_down_payment(order, 300, post=False)
        self.assertExposure(self.poor, 900.0, delivered=600.0, order_drafts=300.0)
        draft.partner_id = self.dummy
        self.assertExposure(self.poor, 900.0, delivered=900.0)


@tagged("post_install", "-at_install")
class TestWhatColumnsAreWorkedOutFrom(ForOtherCommon):
    def test_a_salesperson_writes_no_input_of_what_is_invoiced_or_delivered(self):
        order = self.make_delivered()
        line = order.order_line.with_user(self.sneak)
        for values in (
            {"qty_to_invoice": 0}, {"qty_delivered_method": "analytic"}, {"is_expense": True}, {"is_downpayment": True},
            {"is_downpayment": True, "product_uom_qty": 0},
        ):
            self.assertRefused(line.write, values)
            self.assertRefused(order.with_user(self.sneak).write, {"order_line": [Command.update(line.id, values)]})
        self.assertExposure(self.poor, 900.0, delivered=900.0)

    def test_goods_are_no_down_payment(self):
        lines = [self.line(1), self.line(100, 9, is_downpayment=True)]
        values = {"partner_id": self.poor.id, "order_line": lines}
        self.assertRefused(self.env["sale.order"].with_user(self.sneak).create, values)
        order = self.env["sale.order"].sudo().create(values)  # as it may have been before
        order.action_confirm()
        self.draft_for(self.poor, order.order_line[0], 1).invoice_line_ids.quantity = 1
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertExposure(self.poor, 901.0, orders=900.0, order_drafts=1.0)

    def test_goods_that_were_delivered_are_no_down_payment_whatever_they_are_called(self):
        """1,000 delivered and invoiced, 500 more ordered: 1,500 are owed."""
        order = self.make_confirmed(self.rich, lines=[self.line(100, 10)])
        order.order_line.qty_delivered = 10
        self.bill(order)
        order.write({"order_line": [self.line(500)]})
        order.order_line[0].sudo().write({"is_downpayment": True, "product_uom_qty": 0})
        self.assertExposure(self.rich, 1500.0, orders=500.0, not_due=1000.0)

    def test_a_salesperson_makes_a_down_payment_by_the_wizard(self):
        order = self.my_confirmed(900)
        wizard = self.env["sale.advance.payment.inv"].with_user(self.sneak).create(
            {"advance_payment_method": "fixed", "fixed_amount": 300, "sale_order_ids": order.ids}
        )
        wizard.create_invoices()
        self.assertExposure(self.poor, 900.0, orders=600.0, order_drafts=300.0)

    def test_a_biller_writes_no_payment_state(self):
        order = self.make_delivered()
        draft = self.bill(order, post=False).with_user(self.biller)
        self.assertRefused(draft.write, {"payment_state": "invoicing_legacy"})
        draft.button_cancel()
        self.assertExposure(self.poor, 900.0, delivered=900.0)
