"""More ways around the counter's check, with the rights that a cashier has over RPC. The limit is 1,000."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .test_kept import KeptCommon

NEUTRAL = "^The customer's credit does not allow this sale on account for now.$"
KEPT = "what is owed for it is not taken off"


@tagged("post_install", "-at_install")
class TestPaymentsOfAnother(KeptCommon):
    """A sale of 900 is on account. What is written for another one brings a command for its payment."""

    def setUp(self):
        super().setUp()
        payment = self.payment
        self.commands = {
            "lowered": Command.update(payment.id, {"amount": 1}),
            "in cash for 1": Command.update(payment.id, {"amount": 1, "payment_method_id": self.cash.id}),
            "moved": Command.link(payment.id),
            "deleted": Command.delete(payment.id),
            "removed": Command.unlink(payment.id),
        }

    def test_a_sale_that_is_taken_in_takes_nothing_off_another_one(self):
        for name, command in self.commands.items():
            data = self.sale_data(self.customer, 1, [(self.cash, 1)])
            data["payment_ids"].append(command)
            with self.subTest(name):
                self.assertStillOwed(self.sync, data, message=KEPT)

    def test_nor_does_one_that_is_written(self):
        draft = self.enter(self.customer, 1).with_user(self.cashier)
        for order in (draft, self.sell(self.customer, 10, [(self.cash, 10)]).with_user(self.cashier)):
            for name, command in self.commands.items():
                with self.subTest(name, state=order.state):
                    self.assertStillOwed(order.write, {"payment_ids": [command]}, message=KEPT)

    def test_another_sale_that_is_created_with_it_is_decided(self):
        """5,000 on account came in with a sale of 1 in cash."""
        other = self.sale_data(self.customer, 5000) | {"company_id": self.company.id}
        data = self.sale_data(self.customer, 1, [(self.cash, 1)])
        data["stock_reference_ids"] = [Command.create({"name": "R", "pos_order_ids": [Command.create(other)]})]
        warehouse = self.make_cashier("hand", "point_of_sale.group_pos_user,stock.group_stock_manager")
        self.sync(data, warehouse)
        self.assertSoldBeyond(self.env["pos.order"].search([("uuid", "=", other["uuid"])]))


@tagged("post_install", "-at_install")
class TestInvoicesOfMore(KeptCommon):
    """An invoice asks for 5,000 of which nothing, or 1, was paid. 900 are owed already."""

    def draft(self):
        values = self.sale_data(self.customer, 5000, state="draft")
        values |= {"payment_ids": [], "company_id": self.company.id}
        return self.env["pos.order"].with_user(self.cashier).create(values)

    def without_payments(self):
        order = self.sell(self.customer, 5000, [(self.cash, 5000)]).with_user(self.cashier)
        order.payment_ids.unlink()
        return order

    def test_what_was_not_paid_is_checked_like_any_invoice(self):
        for make in (self.draft, self.without_payments):
            order = make()
            with self.subTest(make.__name__):
                self.assertStillOwed(order.action_pos_order_invoice, message=NEUTRAL, error=UserError)

    def test_so_is_what_a_screen_says_is_less(self):
        """The screen says that 1 was to be paid, or that a line of 5,000 is worth 1."""
        for name, payments, line in (
            ("total", [(self.cash, 1)], self.sold(5000)),
            ("total on account", [(self.account, 1)], self.sold(5000)),
            ("line", [(self.account, 1)], self.sold(1, price_unit=5000)),
        ):
            data = self.sale_data(self.customer, 1, payments, lines=[line], to_invoice=True)
            with self.subTest(name):
                self.assertStillOwed(self.sync, data, message=NEUTRAL, error=UserError)

    def test_what_fits_is_invoiced(self):
        data = self.sale_data(self.customer, 1, [(self.cash, 1)], lines=[self.sold(100)], to_invoice=True)
        self.assertEqual(self.sync(data).account_move.state, "posted")
        self.assertExposure(self.customer, 999.0)

    def assertStillOwed(self, step, *arguments, message, error=AccessError):  # noqa: N802
        with self.assertRaisesRegex(error, message), self.env.cr.savepoint():
            step(*arguments)
        self.env.invalidate_all()
        self.assertExposure(self.customer, 900.0)


@tagged("post_install", "-at_install")
class TestSalesOfACompany(KeptCommon):
    """The cashier works for two companies."""

    def setUp(self):
        super().setUp()
        self.other = self.env["res.company"].create({"name": "Other company"})
        both = [Command.set((self.company | self.other).ids)]
        self.cashier = self.make_cashier("both", company_ids=both)

    def test_a_sale_stays_in_its_company(self):
        """900 were 0 here."""
        order = self.order.with_user(self.cashier).with_context(allowed_company_ids=(self.company | self.other).ids)
        with self.assertRaisesRegex(AccessError, "was sold"), self.env.cr.savepoint():
            order.write({"company_id": self.other.id})
        self.env.invalidate_all()
        self.assertExposure(self.customer, 900.0)

    def test_a_sale_is_of_the_company_of_its_session(self):
        data = self.sale_data(self.customer, 5000, company_id=self.other.id)
        cashier = self.cashier.with_context(allowed_company_ids=(self.company | self.other).ids)
        with self.assertRaisesRegex(ValidationError, "company of its session"), self.env.cr.savepoint():
            self.sync(data, cashier)


@tagged("post_install", "-at_install")
class TestSettingsOfASale(KeptCommon):
    """A sale of 900 is on account; whoever runs the counter sets it up as well."""

    def setUp(self):
        super().setUp()
        self.manager = self.make_cashier("runs", "point_of_sale.group_pos_manager")

    def test_a_session_is_closed_by_booking_what_it_sold(self):
        for user in (self.cashier, self.manager):
            self.assertStillOwed(self.session.with_user(user).write, {"state": "closed"})
        self.close()
        self.assertExposure(self.customer, 900.0, not_due=900.0)

    def test_a_way_of_paying_stays_what_it_was_for_sales_that_are_not_booked(self):
        """Once its session was said to be closed, 900 were 0."""
        self.env.cr.execute("UPDATE pos_session SET state = 'closed' WHERE id = %s", self.session.ids)
        self.env.invalidate_all()
        method = self.account.with_user(self.manager)
        for values in ({"split_transactions": False}, {"journal_id": self.bank.journal_id.id}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "not booked yet"), self.env.cr.savepoint():
                method.write(values)
        self.env.invalidate_all()
        self.assertExposure(self.customer, 900.0)

    def test_it_may_be_changed_once_they_are(self):
        self.close()
        self.account.with_user(self.manager).write({"split_transactions": False})
        self.assertExposure(self.customer, 900.0, not_due=900.0)
