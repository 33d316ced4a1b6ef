"""Tricks with what belongs to somebody else: another customer's posted invoice, another order's online payment."""

from odoo import Command
from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_adversary_invoices import BillerCommon


@tagged("post_install", "-at_install")
class TestBorrowedInvoices(BillerCommon):
    """An order of 900 uses up the credit of 1,000; a posted invoice of 900 of somebody else would cover it."""

    def setUp(self):
        super().setUp()
        self.line = self.my_confirmed(900).order_line
        self.foreign = self.make_invoice(self.rich, 900)

    def link(self, user=None):
        line = self.foreign.invoice_line_ids.with_user(user or self.biller)
        line.write({"sale_line_ids": [Command.link(self.line.id)]})

    def test_a_posted_line_of_somebody_else_covers_no_order(self):
        self.assertRefused(self.link)
        self.assertExposure(self.poor, 900.0)
        self.assertKept()

    def test_nor_through_the_invoice(self):
        values = {"sale_line_ids": [Command.link(self.line.id)]}
        command = Command.update(self.foreign.invoice_line_ids.id, values)
        for name in ("invoice_line_ids", "line_ids"):
            self.assertRefused(self.foreign.with_user(self.biller).write, {name: [command]})
        self.assertExposure(self.poor, 900.0)

    def test_nor_by_a_new_line(self):
        values = {"name": "Nothing", "price_unit": 0, "sale_line_ids": [Command.link(self.line.id)]}
        self.assertRefused(self.foreign.with_user(self.biller).write, {"invoice_line_ids": [Command.create(values)]})

    def test_the_message_says_the_way_forward(self):
        with self.assertRaisesRegex(AccessError, "is posted.*Credit it instead"):
            self.link()

    def test_a_draft_may_be_linked_by_a_controller_and_is_checked_when_it_is_posted(self):
        self.set_limit(self.rich, 500)
        self.foreign = self.make_invoice(self.rich, 900, post=False)
        self.assertRefused(self.link)
        self.link(self.make_user("biller", "controller", login="both"))
        self.assertRefused(self.foreign.with_user(self.biller).action_post)

    def test_while_nothing_is_checked_nothing_is_refused(self):
        self.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        self.assertTrue(self.attempt(self.link))


@tagged("post_install", "-at_install")
class TestBorrowedPayments(AccountPaymentCommon, BillerCommon):
    """Somebody else paid 5,000 online."""

    def setUp(self):
        super().setUp()
        self.payment = self._create_transaction(
            "redirect", amount=5000, currency_id=self.company.currency_id.id, partner_id=self.rich.id, state="done",
            reference="Somebody else's",
        )
        self.links = [Command.link(self.payment.id)]

    def test_an_order_takes_no_payment_that_was_made_for_something_else(self):
        for user in (self.biller, self.sneak):
            self.assertRefused(self.my_order().with_user(user).write, {"transaction_ids": self.links})

    def test_nor_is_it_created_with_one(self):
        values = {"partner_id": self.poor.id, "order_line": [self.line(5000)]}
        Order = self.env["sale.order"].with_user(self.sneak)
        self.assertRefused(Order.create, {**values, "transaction_ids": self.links})
        by_default = Order.with_context(default_transaction_ids=self.links)
        self.assertRefused(by_default.create, values)

    def test_a_paid_order_keeps_its_payment(self):
        order = self.my_order()
        order.sudo().transaction_ids = self.links  # as Odoo does it, when the payment is made for the order
        self.assertRefused(order.write, {"transaction_ids": [Command.clear()]})
        self.assertEqual(order.sudo().transaction_ids, self.payment)

    def test_while_nothing_is_checked_nothing_is_refused(self):
        self.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        self.assertTrue(self.attempt(self.my_order().with_user(self.biller).write, {"transaction_ids": self.links}))
