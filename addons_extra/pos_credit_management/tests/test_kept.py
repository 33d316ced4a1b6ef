"""What was sold on account stays owed, with the rights that a cashier has over RPC. The limit is 1,000."""

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PosCommon


class KeptCommon(PosCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(1000)
        self.order = self.sell(self.customer, 900).with_user(self.cashier)
        self.payment = self.order.payment_ids

    def assertStillOwed(self, step, *arguments, message="cannot be written"):  # noqa: N802
        with self.assertRaisesRegex(AccessError, message), self.env.cr.savepoint():
            step(*arguments)
        self.env.invalidate_all()
        self.assertExposure(self.customer, 900.0)

    def noted(self):
        return self.env["credit.log"].search([("res_model", "=", "pos.order"), ("verdict", "=", "looser")])


@tagged("post_install", "-at_install")
class TestSalesStaySold(KeptCommon):
    def test_no_invoice_of_somebody_else_takes_its_place(self):
        invoice = self.make_invoice(self.make_customer(1000, "Other"), 1)
        self.assertStillOwed(self.order.write, {"account_move": invoice.id})
        sent = {**self.sale_data(self.customer, 900), "uuid": self.order.uuid, "lines": [], "payment_ids": []}
        self.sync({**sent, "account_move": invoice.id})
        self.assertFalse(self.order.account_move)
        self.assertExposure(self.customer, 900.0)

    def test_no_person_says_that_it_is_booked(self):
        """900 were 0 until the session was closed, and the next 900 passed."""
        self.assertStillOwed(self.order.write, {"state": "done"})
        draft = self.enter(self.customer, 50).with_user(self.cashier)
        self.assertStillOwed(draft.write, {"state": "done"})
        values = self.sale_data(self.customer, 50, state="done") | {"payment_ids": [], "company_id": self.company.id}
        self.assertStillOwed(self.env["pos.order"].with_user(self.cashier).create, values)

    def test_the_session_books_it(self):
        self.close()
        self.assertEqual(self.order.state, "done")
        self.assertExposure(self.customer, 900.0, not_due=900.0)

    def test_its_invoice_books_it(self):
        self.order.with_user(self.env.user).action_pos_order_invoice()
        self.assertEqual(self.order.state, "done")
        self.assertExposure(self.customer, 900.0, not_due=900.0)


@tagged("post_install", "-at_install")
class TestPaymentsOfASale(KeptCommon):
    @classmethod
    def make_methods(cls):
        """Have a way to pay later that is nobody's debt."""
        methods = super().make_methods()
        cls.nobody = methods.create({"name": "Later", "company_id": cls.company.id})
        return methods

    @classmethod
    def make_config(cls, name, **values):
        every = [Command.set((cls.cash | cls.bank | cls.account | cls.nobody).ids)]
        return super().make_config(name, payment_method_ids=every, **values)

    def test_what_is_owed_is_not_taken_off(self):
        """900 were 1, 0 and 0."""
        kept = "what is owed for it is not taken off"
        self.assertStillOwed(self.payment.write, {"amount": 1}, message=kept)
        self.assertStillOwed(self.payment.unlink, message=kept)
        self.assertStillOwed(self.payment.write, {"payment_method_id": self.nobody.id}, message=kept)
        other = self.sell(self.make_customer(5000, "Other"), 10)
        self.assertStillOwed(self.payment.write, {"pos_order_id": other.id}, message=kept)
        values = {"amount": -900, "name": fields.Datetime.now(), "pos_order_id": self.order.id}
        create = self.env["pos.payment"].with_user(self.cashier).create
        self.assertStillOwed(create, {**values, "payment_method_id": self.account.id}, message=kept)
        commands = [Command.update(self.payment.id, {"payment_method_id": self.nobody.id})]
        self.assertStillOwed(self.order.write, {"payment_ids": commands}, message=kept)

    def test_what_was_really_paid_is_entered_and_the_log_says_who(self):
        self.payment.payment_method_id = self.cash
        self.assertExposure(self.customer, 0.0)
        row = self.noted()
        self.assertEqual((row.value_before, row.value_after, row.amount_most), ("900.00", "0.00", 900.0))
        self.assertEqual(row.person_name, self.cashier.name)

    def test_a_part_of_it_in_one_write(self):
        part = {"amount": 400, "name": fields.Datetime.now(), "payment_method_id": self.cash.id}
        self.order.write({"payment_ids": [Command.update(self.payment.id, {"amount": 500}), Command.create(part)]})
        self.assertExposure(self.customer, 500.0)
        self.assertEqual(self.noted().amount_most, 400.0)

    def test_what_nobody_owes_is_decided_when_it_is_invoiced(self):
        """5,000 were on the account of a customer with a limit of 1,000, unchecked."""
        customer = self.make_customer(1000, "Later")
        order = self.sell(customer, 5000, [(self.nobody, 5000)])
        self.assertExposure(customer, 0.0)
        order.with_user(self.env.user).action_pos_order_invoice()
        self.assertSoldBeyond(order)
        self.assertExposure(customer, 5000.0, not_due=5000.0)

    def test_nor_is_it_forgotten_after_the_session(self):
        customer = self.make_customer(1000, "Later")
        order = self.sell(customer, 5000, [(self.nobody, 5000)])
        fits = self.sell(customer, 600, [(self.nobody, 600)])
        self.close()
        self.assertExposure(customer, 0.0)
        fits.with_user(self.env.user).action_pos_order_invoice()
        self.assertSold(fits)
        wizard = self.env["pos.make.invoice"].with_context(active_ids=order.ids).create({})
        wizard.action_create_invoices()
        self.assertSoldBeyond(order)
        self.assertExposure(customer, 5600.0, not_due=5600.0)

    def test_nobodys_debt_stays_the_customers_until_it_is_invoiced(self):
        order = self.sell(self.make_customer(1000, "Later"), 500, [(self.nobody, 500)]).with_user(self.cashier)
        order.to_invoice = True
        with self.assertRaisesRegex(AccessError, "not taken off"):
            order.to_invoice = False

    def test_whoever_marks_nobodys_debt_for_an_invoice_has_it_decided(self):
        """5,000 became the customer's without a check: by the mark, or by the invoice itself."""
        for step in (lambda order: order.write({"to_invoice": True}), lambda order: order.action_pos_order_invoice()):
            customer = self.make_customer(1000, "Later")
            order = self.sell(customer, 5000, [(self.nobody, 5000)])
            self.assertSold(order)
            step(order.with_user(self.cashier))
            self.env.invalidate_all()
            self.assertSoldBeyond(order)
            self.assertExposure(customer, 5000.0)
