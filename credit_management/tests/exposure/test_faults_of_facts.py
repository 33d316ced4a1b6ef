"""Faults that the facts had, each with its figures worked out by hand. The numbers are those of the issue *Faults*.
"""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from ..common import CreditCommon
from .test_received import ReceivedCommon


class FaultCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    def overdue(self):
        """Return what is overdue, and for how many days."""
        figures = self.figures(self.customer)
        return figures["amount_overdue"], figures["days_overdue_max"]

    def dispute(self, invoice, amount):
        return self.env["credit.dispute"].create({"move_id": invoice.id, "amount": amount, "reason": "Broken"})


@tagged("post_install", "-at_install")
class TestReceivedForADocument(FaultCommon):
    """Fault 3: a deposit is received by whatever way the money comes. 30 % of 1,000 are 300."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.make_policy("deposit_missing", percent_deposit=30)
        cls.rule = cls.policy.rule_ids

    def test_a_transfer_that_names_the_order_is_its_deposit(self):
        order = self.make_held(self.customer, 1000)
        self.receive(self.customer, 300, memo=order.name)
        self.commit()
        self.assertConfirmed(order)

    def test_a_transfer_below_the_deposit_is_not_enough(self):
        order = self.make_held(self.customer, 1000)
        self.receive(self.customer, 299.99, memo=order.name)
        self.commit()
        self.assertHeld(order)

    def test_a_rejected_or_reversed_transfer_is_no_deposit(self):
        """300 that name the order, rejected, and 300 that bounced: nothing was received."""
        order = self.make_held(self.customer, 1000)
        self.receive(self.customer, 300, memo=order.name).action_reject()
        bounced = self.receive(self.customer, 300, memo=order.name)
        bounced.move_id._reverse_moves([{"date": self.today}]).action_post()
        self.commit()
        self.assertHeld(order)

    def test_a_paid_down_payment_invoice_is_the_deposit(self):
        self.rule.effect_invoice = "none"
        order = self.make_held(self.customer, 1000)
        self.pay(self.bill_down_payment(order, 300))
        self.commit()
        self.assertConfirmed(order)

    def test_the_invoice_that_collects_the_deposit_is_not_stopped_for_want_of_it(self):
        order = self.make_held(self.customer, 1000)
        self.assertEqual(self.bill_down_payment(order, 300).state, "posted")

    def test_a_down_payment_invoice_that_is_not_paid_is_no_deposit(self):
        order = self.make_order(self.customer, 1000)
        self.bill_down_payment(order, 300, post=False)
        self.confirm(order)
        self.assertHeld(order)

    def test_a_confirmed_order_grows_within_what_was_paid(self):
        """Of 1,000 are 600 paid on the down payment: 30 % of 1,100 are 330."""
        self.policy.action_deactivate()
        order = self.make_confirmed(self.customer, 1000)
        self.pay(self.bill_down_payment(order, 600))
        self.policy.action_activate()
        order.order_line[0].price_unit = 1100
        self.assertEqual(order.amount_untaxed, 1100.0)

    def test_money_of_two_orders_serves_each_once(self):
        """300 for an order of 1,000 that is named: the other one of 1,000 stays held."""
        first, second = self.make_held(self.customer, 1000), self.make_held(self.customer, 1000)
        self.receive(self.customer, 300, memo=second.name)
        self.commit()
        self.assertHeld(first)
        self.assertConfirmed(second)


@tagged("post_install", "-at_install")
class TestRejectedPayments(FaultCommon):
    """Fault 4: a rejected payment is no money, though its entry stays posted."""

    def test_a_rejected_payment_frees_nothing(self):
        self.make_invoice(self.customer, 1000)
        self.receive(self.customer, 1000).action_reject()
        self.assertExposure(self.customer, 1000.0, not_due=1000.0)

    def test_an_order_is_held_when_the_payment_was_rejected(self):
        """1,000 open and 700 ordered, for a limit of 1,000."""
        self.set_limit(self.customer, 1000)
        self.make_policy("limit_exceeded")
        self.make_invoice(self.customer, 1000)
        self.receive(self.customer, 1000).action_reject()
        order = self.make_order(self.customer, 700)
        self.confirm(order)
        self.assertHeld(order)

    def test_a_rejected_payment_leaves_its_invoice_overdue(self):
        """Matched with the invoice, then rejected: 1,000 are 20 days late."""
        payment = self.pay(self.make_invoice(self.customer, 1000, days_overdue=20))
        payment.action_reject()
        self.assertEqual(self.overdue(), (1000.0, 20))

    def test_a_rejected_payment_keeps_no_promise(self):
        promise = self.env["credit.promise"].create(
            {
                "profile_id": self.profile_of(self.customer).id,
                "amount": 500,
                "date_noted": self.today,
                "date_promised": self.today + timedelta(days=7),
            }
        )
        payment = self.receive(self.customer, 500)
        self.assertEqual((promise.state, promise.amount_missing), ("kept", 0.0))
        payment.action_reject()
        promise.invalidate_recordset()
        self.assertEqual((promise.state, promise.amount_missing), ("open", 500.0))

    def test_a_rejected_payment_is_not_the_last_payment(self):
        """No payment for 60 days; the invoice is 90 days old."""
        self.make_policy({"criterion": "no_payment", "days": 60})
        self.make_invoice(self.customer, 1000, days_overdue=90)
        self.receive(self.customer, 10).action_reject()
        order = self.make_order(self.customer, 1)
        self.confirm(order)
        self.assertHeld(order)


@tagged("post_install", "-at_install")
class TestRoundedInvoices(FaultCommon):
    """Fault 9: what Odoo adds to the invoice of delivered goods by itself is no new debt."""

    def setUp(self):
        """47.13 delivered, then the customer is 30 days late; 10 are allowed."""
        super().setUp()
        order = self.make_confirmed(self.customer, 47.13)
        order.order_line.qty_delivered = 1
        self.make_invoice(self.customer, 10, days_overdue=30)
        self.make_policy({"criterion": "overdue_days", "days": 10})
        self.invoice = self.bill(order, post=False)

    def test_delivered_goods_are_invoiced(self):
        self.invoice.action_post()
        self.assertEqual((self.invoice.state, self.invoice.amount_total), ("posted", 47.13))

    def test_delivered_goods_are_invoiced_though_coins_round_up(self):
        """47.13 rounded to 5 cents: 47.15."""
        revenue = self.company_data["default_account_revenue"]
        self.invoice.invoice_cash_rounding_id = self.env["account.cash.rounding"].create(
            {
                "name": "5 cents",
                "rounding": 0.05,
                "rounding_method": "HALF-UP",
                "strategy": "add_invoice_line",
                "profit_account_id": revenue.id,
                "loss_account_id": revenue.id,
            }
        )
        self.invoice.action_post()
        self.assertEqual((self.invoice.state, self.invoice.amount_total), ("posted", 47.15))


@tagged("post_install", "-at_install")
class TestDecimals(ReceivedCommon):
    """Fault 13: amounts are rounded as their own currency is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dinars = cls.make_company_in("KWD")
        cls.yen = cls.make_company_in("JPY")

    @classmethod
    def make_company_in(cls, code):
        currency = cls.setup_other_currency(code, rates=[("1900-01-01", 1.0)])
        company = cls.setup_other_company(name=code, currency_id=currency.id)["company"]
        cls.env.user.company_ids += company
        return company

    def amounts(self, company):
        figures = self.figures(self.customer, company)
        names = self.profile_of(self.customer, company)._get_exposure_fields()
        return {names[name]: amount for name, amount in figures.items() if name in names and amount}

    def confirmed_in(self, company, price):
        order = self.make_order(self.customer, price, company_id=company.id).with_company(company)
        order.action_confirm()
        return order

    def test_a_draft_in_dinars_keeps_its_third_decimal(self):
        """An order of 1.006 is drafted: the sum stays."""
        self.confirmed_in(self.dinars, 1.006)._create_invoices()
        self.assertEqual(self.amounts(self.dinars), {"exposure": 1.006, "order_drafts": 1.006})

    def test_a_dispute_in_dinars_keeps_its_third_decimal(self):
        """0.063 of 0.125 are disputed; the rest is 0.062."""
        invoice = (
            self.env["account.move"]
            .with_company(self.dinars)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": self.today,
                    "invoice_payment_term_id": False,
                    "invoice_date_due": self.today,
                    "invoice_line_ids": [
                        Command.create({"name": "Line", "price_unit": 0.125, "tax_ids": [Command.clear()]})
                    ],
                }
            )
        )
        invoice.action_post()
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 0.063, "reason": "Broken"})
        self.assertEqual(self.amounts(self.dinars), {"exposure": 0.125, "disputed": 0.063, "not_due": 0.062})

    def test_a_draft_of_dollars_in_yen_has_no_decimals(self):
        """100 dollars at 0.061 dollars for a yen are 1,639.34 yen: 1,639."""
        dollar = self.company.currency_id
        dollar.rate_ids.create(
            {"currency_id": dollar.id, "company_id": self.yen.id, "rate": 0.061, "name": "1900-01-01"}
        )
        pricelist = self.make_pricelist(dollar, self.yen)
        order = self.make_order(self.customer, 100, company_id=self.yen.id, pricelist_id=pricelist.id)
        order.with_company(self.yen).action_confirm()
        self.assertEqual(self.amounts(self.yen), {"exposure": 1639.0, "orders": 1639.0})
        order.with_company(self.yen)._create_invoices()
        self.assertEqual(self.amounts(self.yen), {"exposure": 1639.0, "order_drafts": 1639.0})

    def test_a_captured_payment_in_dinars_leaves_nothing(self):
        """5.555 ordered and captured: nothing is left."""
        order = self.confirmed_in(self.dinars, 5.555)
        self.captured(order, 5.555)
        self.assertEqual(self.amounts(self.dinars), {"orders": 5.555, "received": -5.555})


@tagged("post_install", "-at_install")
class TestMoneyWithoutAnEntry(ReceivedCommon):
    def test_a_rejected_payment_without_an_entry_frees_nothing(self):
        self.make_invoice(self.customer, 1000)
        payment = self.receive_without_entry(self.customer, 1000)
        self.assertExposure(self.customer, 0.0)
        payment.action_reject()
        self.assertExposure(self.customer, 1000.0)


@tagged("post_install", "-at_install")
class TestTaxOfWhatWasNotOrdered(FaultCommon):
    """Fault 14: 5 pieces of 100 are delivered that were ordered as 0; their tax is what Odoo's engine says."""

    def make_tax(self, amount, kind="percent", **values):
        return self.env["account.tax"].create(
            {"name": f"{kind} {amount}", "amount": amount, "amount_type": kind, "type_tax_use": "sale", **values}
        )

    def deliver_unordered(self, price, tax, company=None):
        company = company or self.company
        line = self.line(price, 0, self.delivered_article, tax_ids=[Command.set(tax.ids)])
        order = self.make_order(self.customer, lines=[line], company_id=company.id).with_company(company)
        order.action_confirm()
        order.order_line.qty_delivered = 5
        return order

    def test_a_percentage(self):
        """5 × 100 × 1.15."""
        self.deliver_unordered(100, self.make_tax(15))
        self.assertExposure(self.customer, 575.0, delivered=575.0)

    def test_a_group(self):
        """5 × 100 × (1 + 5 % + 9 %)."""
        parts = self.make_tax(5) + self.make_tax(9)
        self.deliver_unordered(100, self.make_tax(0, "group", children_tax_ids=[Command.set(parts.ids)]))
        self.assertExposure(self.customer, 570.0, delivered=570.0)

    def test_an_amount_for_each_piece(self):
        """5 × (100 + 3)."""
        self.deliver_unordered(100, self.make_tax(3, "fixed"))
        self.assertExposure(self.customer, 515.0, delivered=515.0)

    def test_a_share_of_the_total(self):
        """10 % of the total: 5 × 90 ÷ 0.9."""
        self.deliver_unordered(90, self.make_tax(10, "division"))
        self.assertExposure(self.customer, 500.0, delivered=500.0)

    def test_prices_that_include_tax_as_the_company_says(self):
        """5 × 121, before and after they are invoiced."""
        company = self.setup_other_company(name="Prices with tax", account_price_include="tax_included")["company"]
        self.env.user.company_ids += company
        tax = (
            self.env["account.tax"]
            .with_company(company)
            .create({"name": "21 %", "amount": 21, "type_tax_use": "sale", "company_id": company.id})
        )
        order = self.deliver_unordered(121, tax, company)
        self.assertEqual(self.exposure(self.customer, company), 605.0)
        self.bill(order)
        self.assertEqual(self.exposure(self.customer, company), 605.0)


@tagged("post_install", "-at_install")
class TestOldestItem(FaultCommon):
    """Fault 15: what is old or late nets credits and leaves disputed parts out. 1,000 for 90 days; 60 are allowed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy({"criterion": "oldest_item", "days": 60})

    def assertPasses(self):  # noqa: N802
        order = self.make_order(self.customer, 1)
        self.confirm(order)
        self.assertConfirmed(order)

    def test_an_open_item_holds(self):
        self.make_invoice(self.customer, 1000, days_overdue=90)
        self.make_held(self.customer, 1)

    def test_a_disputed_item_is_not_old(self):
        self.dispute(self.make_invoice(self.customer, 1000, days_overdue=90), 1000)
        self.assertPasses()

    def test_an_item_that_is_covered_on_account_is_not_old(self):
        self.make_invoice(self.customer, 1000, days_overdue=90)
        self.receive(self.customer, 1000)
        self.assertPasses()

    def test_a_cent_that_is_not_covered_is_old(self):
        self.make_invoice(self.customer, 1000, days_overdue=90)
        self.receive(self.customer, 999.99)
        self.make_held(self.customer, 1)

    def test_a_payment_whose_entry_was_reversed_leaves_the_debt_as_old_as_it_was(self):
        payment = self.pay(self.make_invoice(self.customer, 1000, days_overdue=90))
        payment.move_id._reverse_moves([{"date": self.today}]).action_post()
        self.assertEqual(self.overdue(), (1000.0, 90))


@tagged("post_install", "-at_install")
class TestResetToDraft(FaultCommon):
    """Issue, 3: Odoo keeps the match of an entry that is reset to draft; it settles nothing meanwhile."""

    def test_a_paid_invoice_that_is_reset_to_draft(self):
        """A draft of 1,000, and 1,000 on account."""
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice)
        invoice.button_draft()
        self.assertExposure(self.customer, 0.0, drafts=1000.0, unallocated=-1000.0, in_process=1000.0)

    def test_it_is_paid_again_once_it_is_posted_again(self):
        invoice = self.make_invoice(self.customer, 1000)
        self.pay(invoice)
        invoice.button_draft()
        invoice.action_post()
        self.assertExposure(self.customer, 0.0, in_process=1000.0)

    def test_a_payment_that_is_reset_to_draft(self):
        payment = self.pay(self.make_invoice(self.customer, 1000, days_overdue=20))
        payment.action_draft()
        self.assertExposure(self.customer, 1000.0, overdue=1000.0)
        self.assertEqual(self.overdue(), (1000.0, 20))

    def test_a_credit_note_that_is_reset_to_draft(self):
        """300 of 1,000 were credited: while the credit note is a draft it frees nothing."""
        invoice = self.make_invoice(self.customer, 1000)
        refund = self.make_refund(self.customer, 300)
        (invoice + refund).line_ids.filtered(lambda line: line.account_type == "asset_receivable").reconcile()
        self.assertExposure(self.customer, 700.0)
        refund.button_draft()
        self.assertExposure(self.customer, 1000.0)


@tagged("post_install", "-at_install")
class TestWhatLeftSale(FaultCommon):
    """Attack 1: what was delivered and not invoiced is owed in every state of its order."""

    def setUp(self):
        super().setUp()
        self.order = self.make_confirmed(self.customer, 90, 10)

    def test_a_delivered_order_that_is_cancelled(self):
        self.order.order_line.qty_delivered = 10
        self.order._action_cancel()
        self.assertExposure(self.customer, 900.0, delivered=900.0)

    def test_only_what_was_delivered_counts_once_an_order_is_cancelled(self):
        """4 of 10 delivered, 1 of them invoiced: 270 and 90."""
        self.order._action_cancel()
        order = self.make_confirmed(self.customer, 90, 10, self.delivered_article)
        order.order_line.qty_delivered = 1
        self.bill(order)
        order.order_line.qty_delivered = 4
        order._action_cancel()
        self.assertExposure(self.customer, 360.0, delivered=270.0, not_due=90.0)

    def test_an_order_that_is_a_quotation_again(self):
        self.order.order_line.qty_delivered = 10
        for state in ("draft", "sent"):
            self.order.state = state
            self.assertExposure(self.customer, 900.0, delivered=900.0)

    def test_a_cancelled_order_of_which_nothing_was_delivered(self):
        self.order._action_cancel()
        self.assertExposure(self.customer, 0.0)

    def test_an_order_that_is_invoiced_and_cancelled_counts_once(self):
        self.order.order_line.qty_delivered = 10
        self.bill(self.order)
        self.order._action_cancel()
        self.assertExposure(self.customer, 900.0, not_due=900.0)


@tagged("post_install", "-at_install")
class TestDraftsBeyondTheirOrder(FaultCommon):
    """A draft moves no more out of an order than was open of it; no number of the issue: found by a life."""

    def setUp(self):
        """Of 10 at 10 are 8 invoiced; the draft of the rest is written anew as 10 at a lower price."""
        super().setUp()
        self.order = self.make_confirmed(self.customer, 10, 10)
        invoice = self.bill(self.order, post=False)
        invoice.invoice_line_ids.quantity = 8
        invoice.action_post()
        self.draft = self.bill(self.order, post=False)

    def test_the_draft_of_the_rest(self):
        self.assertExposure(self.customer, 100.0, not_due=80.0, order_drafts=20.0)

    def test_a_draft_of_more_at_a_lower_price(self):
        """10 at 1 are 10, less than the 20 that the order counted: they stay."""
        self.draft.invoice_line_ids.write({"quantity": 10, "price_unit": 1})
        self.assertExposure(self.customer, 100.0, not_due=80.0, order_drafts=20.0)

    def test_a_draft_of_more_than_the_order_counted(self):
        """10 at 5 are 50."""
        self.draft.invoice_line_ids.write({"quantity": 10, "price_unit": 5})
        self.assertExposure(self.customer, 130.0, not_due=80.0, order_drafts=50.0)
