"""Odoo's prepayment asks what was received; a part is accepted and waits; no euro counts twice."""

import random
from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import DepositCommon

# one white pixel
SIGNATURE = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestPrepayment(DepositCommon):
    """An order of 1,000, of which 30 % are asked for before it is confirmed."""

    def setUp(self):
        super().setUp()
        self.order = self.make_for(self.customer, 1000)

    def test_the_deposit_is_proposed_and_stays_when_the_payment_is_switched_on(self):
        """Core would ask for everything when somebody switches the online payment off and on."""
        self.assertEqual((self.order.require_payment, self.order.prepayment_percent), (True, 0.3))
        self.order.require_payment = False
        self.order.require_payment = True
        self.assertEqual(self.order.prepayment_percent, 0.3)

    def test_an_order_without_deposit_keeps_what_core_proposes(self):
        self.ask_for(percent=30, amount_from=5000)
        order = self.make_for(self.customer, 1000)
        self.assertEqual((order.require_payment, order.prepayment_percent), (False, 1.0))
        self.assertFalse(order._has_to_be_paid())

    def test_a_form_proposes_it_with_the_customer(self):
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.customer
            self.assertTrue(form.require_payment)
            self.assertEqual(form.prepayment_percent, 0.3)

    def test_switching_the_payment_off_loosens_nothing(self):
        self.order.require_payment = False
        self.assertTrue(self.order._has_to_be_paid())
        self.assertEqual(self.order._get_prepayment_required_amount(), 300)
        self.do_confirm(self.order)
        self.assertWaiting(self.order)

    def test_a_fixed_amount_is_asked_for_live(self):
        self.ask_for(kind="amount", amount=250)
        order = self.make_for(self.customer, 1000)
        self.assertFalse(order.require_payment)
        self.assertEqual(order._get_prepayment_required_amount(), 250)
        order.order_line.price_unit = 2000
        self.assertEqual(order._get_prepayment_required_amount(), 250)

    def test_every_way_counts_for_what_is_missing(self):
        self.do_online(self.order, 100)
        self.do_wire(self.order, 150)
        self.assertEqual(self.order._get_prepayment_required_amount(), 50)
        self.assertFalse(self.order._is_confirmation_amount_reached())
        self.do_wire(self.order, 50)
        self.assertEqual(self.order._get_prepayment_required_amount(), 0)
        self.assertTrue(self.order._is_confirmation_amount_reached())
        self.assertFalse(self.order._has_to_be_paid())

    def test_cents_are_forgiven(self):
        self.policy.rule_ids.amount_tolerance = 0.05
        self.do_wire(self.order, 299.95)
        self.assertFalse(self.order._has_to_be_paid())

    def test_who_asks_for_more_than_the_policy_gets_it(self):
        self.order.prepayment_percent = 0.5
        self.assertEqual(self.order._get_prepayment_required_amount(), 500)

    def test_while_nothing_waits_for_it_the_customer_confirms_without_money(self):
        self.policy.rule_ids.effect_order = "none"
        order = self.make_for(self.customer, 1000)
        self.assertEqual((order.require_payment, order._has_to_be_paid()), (False, False))
        self.assertIn("Nothing waits for it.", order.credit_deposit_text)
        self.do_confirm(order)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order._credit_get_deposit_shown()["missing"], 300)

    def test_an_order_of_which_nothing_is_asked_says_nothing(self):
        self.assertIs(self.make_for(self.customer, 0).credit_deposit_text, False)

    def test_a_release_lets_the_order_go_on_without_the_money(self):
        """The override: by who has the authority, with a reason."""
        self.do_confirm(self.order)
        self.order.sudo().credit_hold_id.with_user(self.make_user("controller"))._release(
            self.reason, self.today + timedelta(days=7)
        )
        self.settle()
        self.assertEqual(self.order.state, "sale")

    def test_a_quotation_that_nobody_accepted_is_not_confirmed_by_a_wire(self):
        self.do_wire(self.order, 300)
        self.settle()
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("draft", False))

    def test_who_pays_a_part_online_has_accepted_and_the_wire_lets_it_go_on(self):
        self.do_online(self.order, 200)
        self.order.transaction_ids._check_amount_and_confirm_order()
        self.assertEqual((self.order.state, self.order.credit_hold_state), ("sent", "held"))
        self.assertIn("We have received", self.order.message_ids.mapped("body")[0] + self.order._credit_get_held_text())
        self.assertIn("100.00", self.order._credit_get_held_text())
        self.do_statement(self.order, 100)
        self.settle()
        self.assertEqual(self.order.state, "sale")

    def book_online(self, amount):
        """Pay online, and let the payment get its entry, as the provider's payments do."""
        self.do_online(self.order, amount)
        tx = self.order.transaction_ids[0]
        tx.payment_id = self.do_wire(self.order, amount)
        tx.payment_id.payment_transaction_id = tx
        return tx.payment_id

    def test_what_was_paid_online_and_has_an_entry_counts_once(self):
        """300 were 600, for the entry names the order, too."""
        payment = self.book_online(200)
        self.assertEqual(self.order._credit_get_received(), 200)
        self.assertEqual(self.deposit_of(self.order), (300, 200, 100, 0))
        payment.memo = "nothing"
        self.assertEqual(self.deposit_of(self.order), (300, 200, 100, 0))
        self.do_dp(self.order, 200)
        self.assertEqual(self.down_payment.amount_residual, 0, "Odoo matches it with what was paid for the order")
        self.assertEqual(self.deposit_of(self.order), (300, 200, 100, 0))

    def test_what_was_paid_online_for_two_orders_of_which_the_first_is_cancelled_counts_once(self):
        """600 for two orders: the second one has all of it, and a third one none."""
        payment = self.book_online(600)
        second, third = self.make_for(self.customer, 1000), self.make_for(self.customer, 1000)
        payment.payment_transaction_id.sudo().sale_order_ids = [Command.link(second.id)]
        payment.memo = "nothing"
        self.order.action_cancel()
        self.assertEqual(self.deposit_of(second), (300, 600, 0, 300))
        self.assertEqual(self.deposit_of(third), (300, 0, 300, 0))

    def test_what_was_paid_online_and_came_back_brings_the_need_back(self):
        payment = self.book_online(300)
        self.assertFalse(self.order._has_to_be_paid())
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(self.deposit_of(self.order), (300, 0, 300, 0))
        self.assertTrue(self.order._has_to_be_paid())

    def test_who_signs_without_paying_has_accepted(self):
        self.order.write({"require_signature": True, "signed_by": "Customer", "signature": SIGNATURE})
        self.order._credit_accept()
        self.assertEqual(self.order.credit_hold_state, "held")
        self.do_wire(self.order, 300)
        self.settle()
        self.assertEqual(self.order.state, "sale")

    def test_what_can_be_paid_online(self):
        error = self.order._credit_get_payment_error
        self.assertIn("at least", error(299.99))
        self.assertEqual((error(300), error(1000)), ("", ""))
        self.assertIn("at most", error(1000.01))
        self.company.credit_is_deposit_in_parts = True
        self.assertEqual(error(1), "")
        self.do_wire(self.order, 300)
        self.assertIn("at most", error(700.01))

    def test_the_payment_link_asks_for_what_is_missing(self):
        self.do_wire(self.order, 100)
        values = self.order._get_default_payment_link_values()
        self.assertEqual(
            (values["amount"], values["amount_max"], values["amount_paid"], values["prepayment_amount"]),
            (200, 900, 100, 200),
        )
        self.company.credit_is_deposit_in_parts = True
        wizard = self.env["payment.link.wizard"].with_context(active_model="sale.order", active_id=self.order.id)
        link = wizard.create({**wizard.default_get(list(wizard._fields)), "amount": 50})
        self.assertFalse(link.warning_message)
        self.assertIn("150.00", link.confirmation_message)

    def test_who_sells_makes_the_payment_link(self):
        """Payments are read by accountants only: it ended in an error."""
        self.do_online(self.order, 100)
        sold = self.order.with_user(self.make_user("sales", login="link"))
        wizard = self.env["payment.link.wizard"].with_user(sold.env.user)
        wizard = wizard.with_context(active_model="sale.order", active_id=sold.id)
        link = wizard.create(wizard.default_get(list(wizard._fields)))
        self.assertEqual((link.amount, link.amount_max), (200, 900))
        self.assertFalse(sold._is_confirmation_amount_reached())

    def test_a_part_that_the_page_names_confirms_nothing(self):
        named = self.order.with_context(credit_deposit_part=10)
        self.assertEqual(named._get_prepayment_required_amount(), 300, "parts are not accepted here")
        self.company.credit_is_deposit_in_parts = True
        self.assertEqual(named._get_prepayment_required_amount(), 10)
        self.do_online(self.order, 10)
        self.assertFalse(named._is_confirmation_amount_reached())

    def test_it_is_said_in_words(self):
        rating = self.env["credit.rating"].create({"name": "C"})
        self.profile_of(self.customer).rating_id = rating
        self.ask_for(percent=30, rating_ids=[Command.set(rating.ids)])
        self.do_wire(self.order, 100)
        text = self.order.credit_deposit_text
        for part in ("Deposit 30 %", "300.00", "rated C", "confirmed when it is here", "100.00", "200.00"):
            self.assertIn(part, text)
        shown = self.order._credit_get_deposit_shown()
        self.assertEqual((shown["required"], shown["received"], shown["missing"]), (300, 100, 200))
        self.assertNotIn("rated", shown["sentence"])

    def test_an_order_of_nothing_says_nothing_of_a_deposit(self):
        """It said 0.0."""
        self.assertIs(self.make_for(self.customer, 0).credit_deposit_text, False)

    def test_the_hold_names_the_rule(self):
        self.ask_for(percent=30, amount_from=500)
        self.do_confirm(self.order)
        self.assertIn("orders from", self.order.credit_hold_reason)

    def test_a_new_customer_is_new_until_an_invoice_is_old_enough(self):
        """The deposit itself, or its invoice, makes nobody an old customer."""
        self.ask_for(percent=30, is_new=True, days_customer=90, amount_most=1000)
        order = self.make_for(self.customer, 1000)
        self.assertTrue(order._has_to_be_paid())
        self.do_dp(order, 300)
        self.assertTrue(order._has_to_be_paid())
        self.do_owe(order, 10, days=90)
        self.assertFalse(order._has_to_be_paid())

    def test_categories_count_with_those_above_them(self):
        above = self.env["product.category"].create({"name": "Machines"})
        below = self.env["product.category"].create({"name": "Presses", "parent_id": above.id})
        self.ask_for(percent=30, category_ids=[Command.set(above.ids)])
        order = self.make_for(self.customer, 1000)
        self.assertFalse(order._has_to_be_paid())
        self.article.categ_id = below
        self.assertTrue(order._has_to_be_paid())

    def test_of_who_has_not_signed_in_nothing_is_asked(self):
        nobody = self.env.ref("base.public_partner")
        cart = self.make_for(nobody, 1000)
        self.assertEqual((cart.require_payment, cart._credit_get_deposit_shown()), (False, {}))
        self.assertFalse(self.env["credit.profile"].search([("partner_id", "=", nobody.id)]))

    def test_the_missing_deposit_is_invoiced_from_the_order(self):
        self.do_wire(self.order, 100)
        action = self.order.with_user(self.salesperson).action_credit_invoice_deposit()
        wizard = self.env["sale.advance.payment.inv"].with_user(self.salesperson).with_context(**action["context"])
        invoice = wizard.create({})._create_invoices(self.order)
        self.assertEqual(invoice.amount_total, 200)
        self.do_wire(self.order, 200)
        with self.assertRaisesRegex(UserError, "Nothing is missing"):
            self.order.action_credit_invoice_deposit()

    def test_a_plain_invoice_asks_for_the_same_amount_and_leaves_the_tax_to_the_delivery(self):
        """1,000 + 200 tax: 360 plain; the rest is 1,200 - 360 = 840, of which 200 are tax."""
        self.company.credit_deposit_invoice = "plain"
        order = self.make_for(self.customer, 1000, tax="excluded")
        self.do_confirm(order)
        self.do_dp(order, 360)
        self.assertEqual((self.down_payment.amount_total, self.down_payment.amount_tax), (360, 0))
        self.do_dp_paid(order)
        self.settle()
        self.assertEqual((order.state, self.deposit_of(order)), ("sale", (360, 360, 0, 0)))
        self.do_bill_rest(order)
        self.assertEqual((self.down_payment.amount_total, self.down_payment.amount_tax), (840, 200))

    def test_the_refund_of_a_cancelled_order_stays_traceable(self):
        self.do_confirm(self.order)
        self.do_dp(self.order, 300)
        self.do_dp_paid(self.order)
        self.settle()
        self.order._action_cancel()
        self.do_dp_refunded(self.order, 300)
        self.assertEqual(self.order._credit_get_received(), 0)
        self.assertEqual(self.order.invoice_ids.mapped("move_type"), ["out_invoice", "out_refund"])

    def test_an_order_that_is_created_as_confirmed_is_refused_without_its_deposit(self):
        with self.assertRaisesRegex(UserError, "deposit"), self.env.cr.savepoint():
            self.make_order(self.customer, 1000, state="sale")


@tagged("post_install", "-at_install")
class TestWhateverHappensToTheMoney(DepositCommon):
    STEPS = ("online", "wire", "unnamed", "statement", "invoiced", "paid", "refunded", "bounced", "owe")

    def step(self, name, order, amount):
        """Let something happen; return the money that came by it, less what went."""
        if name == "invoiced":
            self.do_dp(order, amount)
            self.do_dp_paid(order, amount / 2)
            return amount / 2
        if name == "paid":
            left = self.down_payment.amount_residual if self.down_payment else 0
            if left:
                self.do_dp_paid(order)
            return left
        if name == "refunded":
            self.do_dp(order, amount)
            self.do_dp_paid(order)
            self.do_dp_refunded(order, amount / 2)
            return amount / 2
        if name == "bounced":
            self.do_wire(order, amount).action_reject()
            return 0
        getattr(self, f"do_{name}")(order, amount)
        return 0 if name == "owe" else amount

    def test_received_and_missing_less_too_much_is_required_and_no_euro_counts_twice(self):
        for seed in range(6):
            dice, came, self.down_payment = random.Random(seed), 0, None
            customer = self.make_customer(100_000, f"Seed {seed}")
            orders = self.make_for(customer, 1000) + self.make_for(customer, 700)
            for order in orders:
                self.do_confirm(order)
            for _turn in range(7):
                name, order, amount = dice.choice(self.STEPS), dice.choice(orders), dice.randrange(20, 300, 2)
                came += self.step(name, order, amount)
                with self.subTest(f"{seed}: {name} {amount} {order.name}"):
                    figures = [self.deposit_of(one) for one in orders]
                    for required, received, missing, excess in figures:
                        self.assertEqual(round(received + missing - excess, 2), required)
                    self.assertLessEqual(round(sum(received for _required, received, *_rest in figures), 2), came)
