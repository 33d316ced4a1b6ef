"""What was delivered is owed in every state of its order, and a confirmed order is left by its button only."""

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from ..common import CreditCommon


class LeftCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_user("sales", "biller")
        cls.manager = cls.make_user("manager", "sales", login="manager")
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(2000)

    def make_left(self, quantity=10, delivered=10):
        """Return a cancelled order at 90 a piece, of which something was delivered."""
        order = self.make_confirmed(self.customer, 90, quantity)
        order.order_line.qty_delivered = delivered
        order._action_cancel()
        return order

    def waive(self, order, user):
        wizard = self.env["credit.order.waive"].with_user(user).create({"order_ids": order.ids, "reason": "Samples"})
        return wizard.action_apply()


@tagged("post_install", "-at_install")
class TestTheWayOut(LeftCommon):
    def test_a_person_does_not_write_the_state_of_a_confirmed_order(self):
        order = self.make_confirmed(self.customer, 90)
        for state in ("draft", "sent", "cancel"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.with_user(self.seller).write({"state": state})
        self.assertEqual(order.state, "sale")

    def test_a_confirmed_order_is_cancelled_by_its_button(self):
        order = self.make_confirmed(self.customer, 90)
        draft = self.bill(order, post=False)
        order.with_user(self.seller).action_cancel()
        self.assertEqual((order.state, draft.state), ("cancel", "cancel"))
        self.assertExposure(self.customer, 0.0)

    def test_the_way_out_is_shut_after_a_cancellation_that_failed(self):
        order = self.make_confirmed(self.customer, 90)
        self.patch(type(self.env["account.move"]), "button_cancel", lambda _self: 1 / 0)
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            order._action_cancel()
        with self.assertRaises(AccessError):
            order.with_user(self.seller).write({"state": "cancel"})

    def test_without_checks_everything_is_as_odoo_has_it(self):
        self.env["credit.policy"].search([]).action_deactivate()
        order = self.make_confirmed(self.customer, 90)
        order.with_user(self.seller).write({"state": "cancel"})
        self.assertEqual(order.state, "cancel")


@tagged("post_install", "-at_install")
class TestDeliveredAndLeft(LeftCommon):
    def test_the_order_says_what_was_delivered_and_not_invoiced(self):
        order = self.make_left()
        self.assertEqual((order.credit_amount_uninvoiced, order.invoice_status), (900.0, "no"))
        self.assertExposure(self.customer, 900.0, delivered=900.0)

    def test_it_is_held_when_it_is_confirmed_again_beyond_the_limit_and_counts_once(self):
        """900 of it count already: with 1,100 beside it 2,000 are reached, and not passed."""
        order = self.make_left()
        order.action_draft()
        self.make_confirmed(self.customer, 1100)
        self.confirm(order)
        self.assertConfirmed(order)
        self.assertExposure(self.customer, 2000.0, delivered=900.0, orders=1100.0)

    def test_it_fills_the_limit_like_any_other_debt(self):
        self.make_left()
        self.make_held(self.customer, 1101)

    def test_a_down_payment_of_it_counts_once(self):
        """900 delivered, 300 invoiced in advance and not paid: 600 and 300."""
        order = self.make_confirmed(self.customer, 90, 10)
        self.bill_down_payment(order, 300)
        order.order_line[0].qty_delivered = 10
        order._action_cancel()
        self.assertExposure(self.customer, 900.0, delivered=600.0, not_due=300.0)

    def test_a_deposit_that_was_given_back_twice_makes_nothing_more_of_it(self):
        """10 at 90 delivered are 900, whatever became of the deposit of 300."""
        order = self.make_confirmed(self.customer, 90, 10)
        deposit = self.bill_down_payment(order, 300)
        for _number in range(2):
            deposit._reverse_moves([{"date": self.today, "invoice_date": self.today}]).action_post()
        order.order_line.filtered("product_uom_qty").qty_delivered = 10
        order._action_cancel()
        self.assertEqual(self.components(self.customer)["delivered"], 900.0)

    def test_its_lines_and_the_order_are_not_deleted(self):
        order = self.make_left()
        for record in (order, order.order_line):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                record.with_user(self.manager).unlink()

    def test_an_order_of_which_nothing_was_delivered_is_deleted(self):
        order = self.make_left(delivered=0)
        order.unlink()
        self.assertFalse(order.exists())

    def test_a_smaller_delivered_quantity_is_told_or_takes_a_second_person(self):
        """From 10 to 9: 90 are let go."""
        order = self.make_confirmed(self.customer, 90, 10)
        order.order_line.qty_delivered = 10
        self.company.credit_second_person = "required"
        with self.assertRaises(RedirectWarning) as refusal, self.env.cr.savepoint():
            order.order_line.with_user(self.seller).qty_delivered = 9
        self.assertEqual(refusal.exception.args[3]["default_amount_most"], 90.0)
        order.order_line.with_user(self.seller).qty_delivered = 11
        self.assertEqual(order.order_line.qty_delivered, 11)
        self.company.sudo().credit_second_person = "told"
        order.order_line.with_user(self.seller).qty_delivered = 9
        self.assertEqual(order.order_line.qty_delivered, 9)


@tagged("post_install", "-at_install")
class TestWillNotBeInvoiced(LeftCommon):
    def test_a_manager_says_so_and_it_counts_no_longer(self):
        order = self.make_left()
        self.waive(order, self.manager)
        self.assertExposure(self.customer, 0.0)
        self.assertEqual((order.credit_amount_uninvoiced, order.credit_amount_waived), (0.0, 900.0))
        self.assertEqual(order.credit_waived_reason, "Samples")

    def test_nobody_else_says_so(self):
        order = self.make_left()
        for values in ({"credit_amount_waived": 900}, {"credit_waived_reason": "Samples"}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.with_user(self.seller).write(values)
        with self.assertRaises(AccessError):
            order.with_user(self.seller)._credit_waive("Samples")

    def test_nothing_is_waived_of_an_order_that_owes_nothing(self):
        with self.assertRaises(UserError):
            self.waive(self.make_left(delivered=0), self.manager)

    def test_a_second_person_applies_it_where_the_company_asks_for_one(self):
        colleague = self.make_user("manager", login="colleague")
        self.company.credit_second_person = "required"
        order = self.make_left()
        with self.assertRaises(RedirectWarning) as refusal, self.env.cr.savepoint():
            self.waive(order, self.manager)
        context = {**refusal.exception.args[3], "default_reason": "Samples"}
        change = self.env["credit.change"].with_user(self.manager).with_context(**context).create({})
        self.assertEqual((change.amount_most, order.credit_amount_waived), (900.0, 0.0))
        change.with_user(colleague).action_apply()
        self.assertEqual(order.credit_amount_waived, 900.0)

    def test_what_is_delivered_afterwards_counts(self):
        order = self.make_left()
        self.waive(order, self.manager)
        order.order_line.qty_delivered = 12
        self.assertExposure(self.customer, 180.0, delivered=180.0)

    def test_an_order_that_is_confirmed_again_will_be_invoiced(self):
        order = self.make_left()
        self.waive(order, self.manager)
        order.action_draft()
        order.action_confirm()
        self.assertFalse(order.credit_amount_waived)
        self.assertExposure(self.customer, 900.0, delivered=900.0)
