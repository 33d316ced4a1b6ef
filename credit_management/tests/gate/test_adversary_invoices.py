"""Tricks on invoices, by those who may bill: what an invoice adds to what was counted is checked."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .adversary import AdversaryCommon


class BillerCommon(AdversaryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller", "sales", login="biller-sales")

    def draft_of(self, lines, **values):
        """Return a draft that invoices order lines in full."""
        commands = [Command.create(line._prepare_invoice_line(quantity=line.product_uom_qty)) for line in lines]
        return self.make_invoice(self.poor, 0, post=False, invoice_line_ids=commands, **values).with_user(self.biller)

    def assertPosted(self, *invoices):  # noqa: N802
        for invoice in invoices:
            self.assertTrue(self.attempt(invoice.action_post), "a lawful invoice was refused")
            self.assertEqual(invoice.state, "posted")


@tagged("post_install", "-at_install")
class TestWhatAReleaseCovers(BillerCommon):
    """An order of 10 × 150 for a limit of 1,000, released with a tolerance of 10 %: up to 1,650."""

    def setUp(self):
        super().setUp()
        self.order = self.make_held(self.poor, 150, self.sneak, quantity=10)
        self.release(self.order, self.controller, percent_tolerance=10)

    def part(self, quantity, more=0):
        """Return a draft of a part of the order, with a line that the order does not have."""
        line = self.order.order_line.filtered(lambda line: not line.is_downpayment)
        commands = [Command.create(line._prepare_invoice_line(quantity=quantity))]
        if more:
            commands.append(Command.create({"name": "More", "price_unit": more, "tax_ids": [Command.clear()]}))
        return self.make_invoice(self.poor, 0, post=False, invoice_line_ids=commands).with_user(self.biller)

    def test_the_order_s_invoice_and_its_tolerance_pass(self):
        self.assertPosted(self.part(10, 150))
        self.assertExposure(self.poor, 1650.0, not_due=1650.0)

    def test_one_cent_beyond_the_tolerance_does_not(self):
        self.assertRefused(self.part(10, 150.01).action_post)

    def test_several_invoices_use_the_released_amount_up(self):
        self.assertPosted(self.part(1, 100), self.part(1))
        self.assertRefused(self.part(1, 51).action_post)
        self.env["account.move"].search([("state", "=", "draft"), ("partner_id", "=", self.poor.id)]).unlink()
        self.assertPosted(self.part(1, 50), self.part(7))
        self.assertExposure(self.poor, 1650.0, not_due=1650.0)

    def test_several_invoices_in_one_call_use_it_up_too(self):
        both = self.part(1, 100) + self.part(1, 100)
        self.assertRefused(both.action_post)
        both.with_context(credit_interactive=True).action_post()
        self.assertEqual(both.mapped("state"), ["posted", "draft"])
        self.assertHeld(both[1])

    def test_what_is_still_to_be_invoiced_is_used_already(self):
        self.assertRefused(self.part(1, 151).action_post)

    def test_an_order_invoiced_at_a_higher_price(self):
        draft = self.part(5)
        draft.invoice_line_ids.price_unit = 181  # 5 × 31 more
        self.assertRefused(draft.action_post)
        draft.invoice_line_ids.price_unit = 180
        self.assertPosted(draft)

    def test_a_credit_note_gives_back_what_it_credits(self):
        more = self.part(1, 150)
        self.assertPosted(more)
        self._reverse_invoice(more, post=True)
        self.assertPosted(self.part(1, 150))

    def test_a_draft_credit_note_gives_nothing_back(self):
        more = self.part(1, 150)
        self.assertPosted(more)
        self._reverse_invoice(more)
        self.assertRefused(self.part(1, 150).action_post)

    def test_a_down_payment_and_its_deduction_count_once(self):
        self.assertPosted(self.bill_down_payment(self.order, 500, post=False))
        final = self.bill(self.order, post=False)
        final.write({"invoice_line_ids": [Command.create({"name": "More", "price_unit": 151, "tax_ids": False})]})
        self.assertRefused(final.action_post)
        final.invoice_line_ids.filtered(lambda line: line.name == "More").price_unit = 150
        self.assertPosted(final)
        self.assertExposure(self.poor, 1650.0, not_due=1650.0)


@tagged("post_install", "-at_install")
class TestInvoicesBeyondWhatTheOrderCounted(BillerCommon):
    def test_the_positive_line_alone_of_an_order_of_zero(self):
        order = self.my_confirmed(lines=[self.line(10000), self.line(-10000)], price=None)
        self.assertRefused(self.draft_of(order.order_line[0]).action_post)

    def test_a_negative_draft_does_not_cover_the_negative_line(self):
        order = self.my_confirmed(lines=[self.line(10000), self.line(-10000)], price=None)
        self.draft_of(order.order_line[1])
        self.assertRefused(self.draft_of(order.order_line[0]).action_post)

    def test_an_order_of_zero_is_invoiced_as_a_whole(self):
        order = self.my_confirmed(lines=[self.line(10000), self.line(-10000)], price=None)
        self.assertPosted(self.draft_of(order.order_line))

    def test_a_discount_line_that_is_left_out(self):
        order = self.my_confirmed(lines=[self.line(1200), self.line(-200)], price=None)
        draft = self.draft_of(order.order_line[0])
        self.assertRefused(draft.action_post)
        self.set_limit(self.poor, 1200)
        self.assertPosted(draft)
        self.assertExposure(self.poor, 1200.0, not_due=1200.0)

    def test_a_discount_line_that_is_invoiced_first_or_last(self):
        self.set_limit(self.poor, 1000)
        order = self.my_confirmed(lines=[self.line(600), self.line(600), self.line(-200)], price=None)
        self.set_limit(self.poor, 0)
        self.assertPosted(self.draft_of(order.order_line[0] + order.order_line[2]))
        self.assertPosted(self.draft_of(order.order_line[1]))

    def test_two_parts_of_an_order_with_a_discount_are_lawful_up_to_its_total(self):
        order = self.my_confirmed(lines=[self.line(600), self.line(600), self.line(-200)], price=None)
        self.set_limit(self.poor, 0)
        self.assertPosted(self.draft_of(order.order_line[0]))
        rest = self.draft_of(order.order_line[1])
        self.assertRefused(rest.action_post)
        rest.unlink()
        self.assertPosted(self.draft_of(order.order_line[1:]))

    def test_an_order_beyond_the_horizon_is_checked_when_it_is_invoiced_before(self):
        self.company.credit_days_horizon = 30
        order = self.my_confirmed(5000, commitment_date="2099-01-01 12:00:00")
        self.assertExposure(self.poor, 0.0, orders_later=5000.0)
        self.assertRefused(self.bill(order, post=False).with_user(self.biller).action_post)

    def test_what_was_delivered_of_an_order_beyond_the_horizon_is_invoiced(self):
        self.company.credit_days_horizon = 30
        order = self.my_confirmed(
            500, quantity=10, product=self.delivered_article, commitment_date="2099-01-01 12:00:00"
        )
        self.deliver(order.order_line, 4)
        self.assertPosted(self.bill(order.sudo(), post=False))
        self.assertExposure(self.poor, 2000.0, not_due=2000.0, orders_later=3000.0)

    def test_orders_that_do_not_count_are_checked_when_they_are_invoiced(self):
        self.company.credit_count_orders = False
        first, second = self.my_confirmed(900), self.my_confirmed(900)
        self.assertPosted(self.bill(first.sudo(), post=False))
        self.assertRefused(self.bill(second.sudo(), post=False).action_post)


@tagged("post_install", "-at_install")
class TestDraftsFreeNothing(BillerCommon):
    def test_a_draft_below_zero(self):
        self.my_confirmed(900)
        order = self.my_order(-5000)
        order.action_confirm()
        wizard = self.env["sale.advance.payment.inv"].with_user(self.sneak).with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create({"advance_payment_method": "delivered", "deduct_down_payments": False}).create_invoices()
        self.assertExposure(self.poor, 900.0)
        self.assertRefused(self.my_order(900).action_confirm)

    def test_a_draft_of_an_order_at_a_lower_price(self):
        order = self.my_confirmed(900)
        draft = self.bill(order.sudo(), post=False).with_user(self.biller)
        draft.invoice_line_ids.price_unit = 1
        self.assertExposure(self.poor, 900.0, order_drafts=900.0)
        draft.write({"invoice_line_ids": [Command.create({"name": "Less", "price_unit": -800, "tax_ids": False})]})
        self.assertExposure(self.poor, 900.0, order_drafts=900.0)
        self.assertRefused(self.my_order(900).action_confirm)

    def test_raising_an_order_that_is_in_a_draft_already(self):
        order = self.my_confirmed(900)
        wizard = self.env["sale.advance.payment.inv"].with_user(self.sneak).with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create({"advance_payment_method": "delivered"}).create_invoices()
        self.assertRefused(order.order_line.write, {"price_unit": 5000})
        self.assertTrue(self.attempt(order.order_line.write, {"price_unit": 1000}))
        self.assertExposure(self.poor, 1000.0, order_drafts=1000.0)

    def test_a_posted_lower_price_is_what_is_owed(self):
        order = self.my_confirmed(900)
        draft = self.bill(order.sudo(), post=False)
        draft.invoice_line_ids.price_unit = 800
        self.assertPosted(draft)
        self.assertExposure(self.poor, 800.0, not_due=800.0)

    def test_a_discount_on_a_draft_without_an_order_counts(self):
        draft = self.make_invoice(self.poor, 900, post=False)
        draft.write({"invoice_line_ids": [Command.create({"name": "Less", "price_unit": -100, "tax_ids": False})]})
        self.assertExposure(self.poor, 800.0, drafts=800.0)


@tagged("post_install", "-at_install")
class TestOtherDebtsOfBillers(BillerCommon):
    def test_a_sales_receipt_is_checked_like_an_invoice(self):
        receipt = self.make_invoice(self.poor, 5000, post=False, move_type="out_receipt").with_user(self.biller)
        self.assertExposure(self.poor, 5000.0, drafts=5000.0)
        self.assertRefused(receipt.action_post)
        self.assertRefused(receipt.write, {"state": "posted"})
        receipt.with_context(credit_interactive=True).action_post()
        self.assertHeld(receipt)

    def test_a_sales_receipt_that_fits_or_is_paid_first_is_posted(self):
        small = self.make_invoice(self.poor, 1000, post=False, move_type="out_receipt").with_user(self.biller)
        self.assertPosted(small)
        self.assertExposure(self.poor, 1000.0, not_due=1000.0)
        self.receive(self.poor, 500)
        self.assertPosted(self.make_invoice(self.poor, 500, post=False, move_type="out_receipt"))

    def test_a_receipt_without_a_customer_is_nobody_s_credit(self):
        receipt = self.make_invoice(self.poor, 5000, post=False, move_type="out_receipt")
        receipt.partner_id = False
        self.assertPosted(receipt.with_user(self.biller))

    def test_a_receipt_that_borrows_an_order_is_checked(self):
        order = self.my_confirmed(900)
        receipt = self.make_invoice(self.poor, 0, post=False, move_type="out_receipt", invoice_line_ids=[
            Command.create(order.order_line._prepare_invoice_line(quantity=1))
        ])
        self.assertRefused(receipt.with_user(self.biller).action_post)

    def test_a_manual_entry_is_not_checked_and_counts_from_then_on(self):
        entry = self.env["account.move"].with_user(self.biller).create(
            {
                "line_ids": [
                    Command.create({"account_id": self.company_data["default_account_receivable"].id,
                                    "partner_id": self.poor.id, "debit": 5000}),
                    Command.create({"account_id": self.company_data["default_account_revenue"].id, "credit": 5000}),
                ]
            }
        )
        self.assertPosted(entry)
        self.assertExposure(self.poor, 5000.0, not_due=5000.0)
        self.assertRefused(self.my_order(1).action_confirm)


@tagged("post_install", "-at_install")
class TestTypedRates(BillerCommon):
    def test_a_rate_on_an_invoice_in_company_currency_is_stopped(self):
        invoice = self.make_invoice(self.poor, 900, post=False).with_user(self.biller)
        invoice.invoice_currency_rate = 1000.0
        with self.assertRaisesRegex(UserError, "typed rate 1000 is far from the company's rate of today, 1\\b"):
            invoice.action_post()
        invoice.invoice_currency_rate = 1.0
        self.assertPosted(invoice)
        self.assertExposure(self.poor, 900.0, not_due=900.0)

    def test_a_release_for_a_typed_rate_covers_what_the_debt_is_worth(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        invoice = self.make_invoice(self.poor, 400, post=False, currency_id=currency.id).with_user(self.biller)
        invoice.invoice_currency_rate = 4.0
        invoice.with_context(credit_interactive=True).action_post()
        self.assertHeld(invoice)
        self.assertEqual(self.hold_of(invoice).amount, 200.0)
        self.release(invoice, self.controller, is_resumed=False)
        invoice.write({"invoice_currency_rate": 4000.0})
        invoice.invoice_line_ids.price_unit = 4000.0
        self.assertRefused(invoice.action_post)
        invoice.invoice_line_ids.price_unit = 400.0
        self.assertPosted(invoice)

    def test_a_typed_rate_that_makes_the_debt_small_is_stopped(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        invoice = self.make_invoice(self.poor, 4000, post=False, currency_id=currency.id).with_user(self.biller)
        invoice.invoice_currency_rate = 1000.0
        self.assertRefused(invoice.action_post)

    def test_the_same_on_an_order_s_invoice(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        order = self.my_confirmed(1800, pricelist_id=self.make_pricelist(currency).id)
        invoice = self.bill(order.sudo(), post=False).with_user(self.biller)
        invoice.invoice_currency_rate = 1000.0
        self.assertExposure(self.poor, 900.0, order_drafts=900.0)
        self.assertRefused(invoice.action_post)

    def test_a_rate_near_that_of_the_day_is_the_biller_s(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        invoice = self.make_invoice(self.poor, 1000, post=False, currency_id=currency.id).with_user(self.biller)
        invoice.invoice_currency_rate = 2.1
        self.assertPosted(invoice)
        self.assertExposure(self.poor, 476.19)

    def test_a_rate_that_makes_the_debt_larger_is_the_biller_s(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        invoice = self.make_invoice(self.poor, 500, post=False, currency_id=currency.id).with_user(self.biller)
        invoice.invoice_currency_rate = 1.0
        self.assertPosted(invoice)
        self.assertExposure(self.poor, 500.0)

    def test_an_order_at_the_rate_of_its_day_is_invoiced_at_that_of_another(self):
        currency = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        order = self.my_confirmed(2000, pricelist_id=self.make_pricelist(currency).id)
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": self.today, "rate": 1.6, "company_id": self.company.id}
        )
        self.assertPosted(self.bill(order.sudo(), post=False))
        self.assertExposure(self.poor, 1250.0)
