"""What was delivered and is not invoiced gets less by an invoice or a return; anything else is asked for, or told."""

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import tagged

from ..gate.adversary import AdversaryCommon


class LoweredCommon(AdversaryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("sales", login="colleague")
        cls.manager = cls.make_user("manager", "sales", login="manager")
        cls.boss = cls.make_user("manager", login="boss")

    def make_delivered(self, state="sale", user=None):
        """Return an order of nine pieces at 100, delivered; in state 'sale', 'cancel' or 'draft'."""
        order = self.my_confirmed(100, quantity=9, user_id=self.sneak.id)
        order.sudo().order_line.qty_delivered = 9
        if state != "sale":
            order.action_cancel()
        if state == "draft":
            order.action_draft()
        self.assertExposure(self.poor, 900.0, delivered=900.0)
        return order.with_user(user or self.sneak)

    def rows(self, order):
        return self.env["credit.log"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)]).filtered(
            lambda row: row.kind == "change"
        )


@tagged("post_install", "-at_install")
class TestOwnOrders(LoweredCommon):
    """A salesperson takes something off an own order: nobody does that alone."""

    def test_by_price_or_discount_in_every_state(self):
        for state in ("sale", "cancel", "draft"):
            order = self.make_delivered(state)
            for values in (
                {"price_unit": 0}, {"price_unit": 0.01}, {"discount": 100}, {"qty_delivered": 0},
                {"product_uom_qty": 0, "qty_delivered": 0},
            ):
                with self.subTest(state=state, values=values):
                    self.attempt(order.order_line.write, values)
                    self.attempt(order.write, {"order_line": [Command.update(order.order_line.id, values)]})
                    self.assertEqual(self.exposure(self.poor), 900.0)
            order.sudo().write({"order_line": [Command.update(order.order_line.id, {"qty_delivered": 0})]})
            order.sudo()._action_cancel()
            self.assertExposure(self.poor, 0.0)

    def test_by_a_negative_line(self):
        for state in ("sale", "cancel"):
            order = self.make_delivered(state)
            line = {**self.line_values(-900), "order_id": order.id, "qty_delivered": 1}
            self.assertRefused(self.env["sale.order.line"].with_user(self.sneak).create, line)
            self.assertRefused(order.write, {"order_line": [self.line(-900)]})
            order.sudo().order_line.qty_delivered = 0
            order.sudo()._action_cancel()

    def test_by_the_discount_wizard(self):
        order = self.make_delivered()
        self.company.sale_discount_product_id = self.article
        for kind in ("sol_discount", "so_discount"):
            wizard = self.env["sale.order.discount"].with_user(self.sneak).create(
                {"sale_order_id": order.id, "discount_type": kind, "discount_percentage": 1}
            )
            self.assertRefused(wizard.action_apply_discount)
        self.assertExposure(self.poor, 900.0)

    def test_by_new_prices_of_the_list(self):
        """A list price of 100 is 10 now."""
        order = self.make_delivered()
        self.article.list_price = 10
        self.assertRefused(order.action_update_prices)
        self.assertExposure(self.poor, 900.0)

    def test_new_prices_that_give_the_same_amount_are_nobody_s_business(self):
        order = self.make_delivered()
        order.action_update_prices()
        self.assertExposure(self.poor, 900.0)
        self.assertFalse(self.rows(order))

    def test_by_moving_the_line_to_another_customer_s_order(self):
        order = self.make_delivered()
        other = self.my_order(1, self.rich)
        self.assertRefused(order.order_line.write, {"order_id": other.id})
        self.assertExposure(self.poor, 900.0)

    def test_moving_a_line_to_another_order_of_the_customer_takes_nothing_off(self):
        order = self.make_delivered("cancel")
        other = self.my_order(1)
        self.assertTrue(self.attempt(order.order_line.write, {"order_id": other.id}))
        self.assertExposure(self.poor, 900.0)

    def test_what_has_left_stays_with_its_customer(self):
        for state in ("sale", "cancel", "draft"):
            order = self.make_delivered(state)
            for values in ({"partner_invoice_id": self.rich.id}, {"partner_id": self.rich.id}):
                with self.assertRaisesRegex(AccessError, "owed by Poor"), self.env.cr.savepoint():
                    order.write(values)
            self.assertExposure(self.poor, 900.0)
            order.sudo().order_line.qty_delivered = 0
            order.sudo()._action_cancel()

    def test_the_next_order_is_held_as_before(self):
        order = self.make_delivered()
        self.attempt(order.write, {"order_line": [Command.update(order.order_line.id, {"price_unit": 0})]})
        self.assertRefused(self.my_order(900).action_confirm)

    def test_what_is_not_delivered_is_taken_off_freely(self):
        """Four of nine were delivered: 400 stay."""
        order = self.make_delivered()
        order.sudo().order_line.qty_delivered = 4
        order.order_line.product_uom_qty = 4
        self.assertExposure(self.poor, 400.0, delivered=400.0)
        self.assertRefused(order.order_line.write, {"product_uom_qty": 3, "price_unit": 99})

    def test_what_is_invoiced_can_be_corrected(self):
        order = self.make_delivered()
        self.bill(order.sudo())
        self.assertTrue(self.attempt(order.order_line.write, {"price_unit": 90}))
        self.assertExposure(self.poor, 900.0)

    def test_a_draft_invoice_makes_no_way_around(self):
        """The price is lowered while a draft covers it, and the draft is deleted."""
        order = self.make_delivered()
        draft = self.bill(order.sudo(), post=False)
        self.assertRefused(order.order_line.write, {"price_unit": 0})
        draft.unlink()
        self.assertExposure(self.poor, 900.0)

    def test_it_is_cancelled_and_confirmed_freely(self):
        """Ordered 1,800, delivered 900, 300 in advance."""
        self.set_limit(self.poor, 2100)
        order = self.my_confirmed(100, quantity=18)
        self.bill_down_payment(order.sudo(), 300)
        order.sudo().order_line[0].qty_delivered = 9
        order.action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertConfirmed(order)


@tagged("post_install", "-at_install")
class TestTold(LoweredCommon):
    """A colleague's order: done at once, told and logged."""

    def test_a_lower_price_is_logged_and_told(self):
        order = self.make_delivered(user=self.colleague)
        order.order_line.price_unit = 90
        self.assertExposure(self.poor, 810.0)
        row = self.rows(order)
        self.assertEqual(row.field_name, "Delivered, Not Invoiced")
        self.assertEqual((row.value_before, row.value_after), ("900.00", "810.00"))
        self.assertEqual((row.amount_most, row.verdict, row.person_ref), (90.0, "looser", self.colleague.id))
        notes = self.env["mail.message"].search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        note = notes.filtered(lambda message: "has changed" in message.body)
        self.assertIn(self.manager.partner_id, note.partner_ids)
        self.assertEqual(order.credit_amount_lowered, 90.0)

    def test_a_controller_of_sales_makes_it_somebody_else_s_debt_and_is_told_about(self):
        both = self.make_user("sales", "controller", login="both")
        order = self.make_delivered(user=both)
        order.partner_invoice_id = self.rich
        self.assertExposure(self.poor, 0.0)
        self.assertExposure(self.rich, 900.0)
        self.assertEqual(self.rows(order).amount_most, 900.0)

    def test_nobody_writes_what_was_taken_off(self):
        order = self.make_delivered()
        for values in ({"credit_amount_lowered": -5000}, {"credit_amount_lowered_max": 5000}):
            self.assertRefused(order.write, values)
            context = {f"default_{name}": value for name, value in values.items()}
            new = self.env["sale.order"].with_user(self.sneak).with_context(**context).create(
                {"partner_id": self.poor.id}
            )
            self.assertFalse(new.credit_amount_lowered or new.credit_amount_lowered_max)


@tagged("post_install", "-at_install")
class TestRequired(LoweredCommon):
    def test_a_second_person_agrees_and_it_is_taken_off_once(self):
        """Of 900 first 90, and as much again."""
        self.company.credit_second_person = "required"
        order = self.make_delivered(user=self.colleague)
        with self.assertRaises(RedirectWarning) as refusal, self.env.cr.savepoint():
            order.order_line.price_unit = 90
        context = {**refusal.exception.args[3], "default_reason": "Scratched"}
        self.assertEqual(context["default_amount_most"], 90.0)
        change = self.env["credit.change"].with_user(self.colleague).with_context(**context).create({})
        self.assertEqual(change.amount_most, 90.0)
        self.assertRefused(order.order_line.write, {"price_unit": 90})
        change.with_user(self.boss).action_apply()
        self.assertTrue(self.attempt(order.order_line.write, {"price_unit": 90}))
        self.assertExposure(self.poor, 810.0)
        self.assertRefused(order.order_line.write, {"price_unit": 80})
        self.assertExposure(self.poor, 810.0)


@tagged("post_install", "-at_install")
class TestReleaseOfWhatHasLeft(LoweredCommon):
    def test_a_release_is_used_up_by_what_has_left_at_its_price(self):
        """Released 5,000 and delivered; 4,000 are taken off it: other goods of 4,000 were not released."""
        order = self.my_order(100, quantity=50, user_id=self.sneak.id)
        self.confirm(order)
        self.release(order, self.boss)
        self.assertConfirmed(order)
        order.sudo().order_line.qty_delivered = 50
        order.with_user(self.colleague).order_line.price_unit = 20
        self.assertExposure(self.poor, 1000.0, delivered=1000.0)
        self.assertEqual(order.credit_amount_lowered, 4000.0)
        self.assertRefused(order.write, {"order_line": [self.line(100, 40)]})
        self.assertExposure(self.poor, 1000.0)

    def test_at_once(self):
        """The old line at nothing, a new one of 5,000, three times."""
        order = self.my_order(100, quantity=50, user_id=self.sneak.id)
        self.confirm(order)
        self.release(order, self.boss)
        order.sudo().order_line.qty_delivered = 50
        for user in (self.sneak, self.colleague):
            old = order.order_line[0]
            commands = [Command.update(old.id, {"price_unit": 0}), self.line(100, 50)]
            self.assertRefused(order.with_user(user).write, {"order_line": commands})
        self.assertExposure(self.poor, 5000.0)
