"""Calendars of dunning: what is asked for, and who is not written to, as money, credits and words come in."""

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..dunning.common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningMoney(DunningCommon):
    def test_who_pays_between_preview_and_sending_is_not_written_to(self):
        """C18: 500 overdue, minimum 60; (a) 500 or (b) 450 is paid after the preview; both are named."""
        self.make_plan({"days": 5, "amount_min": 60})
        whole, part = self.make_customer(name="Whole"), self.make_customer(name="Part")
        first, second = self.invoice(500, "2026-03-01", whole), self.invoice(500, "2026-03-01", part)
        self.invoice(70, "2026-03-01")
        run = self.prepared("2026-03-06")
        self.assertEqual(len(self.told(run, "draft")), 3)
        self.paid(first)
        self.paid(second, 450)
        self.send(run)
        self.assertEqual(self.told(run), ["2026-03-06: $ 70.00, level 1"])
        self.assertEqual(self.why(run), {"Whole": "paid", "Part": "below_minimum"})
        self.assertEqual(set(run.omission_ids.mapped("is_sending")), {True})
        left = run.notice_ids.filtered(lambda notice: notice.partner_id == part)
        self.assertEqual((left.state, left.amount_prepared, left.reason), ("left_out", 500, "Below the minimum"))

    def test_who_pays_a_part_is_asked_for_the_rest(self):
        self.make_plan(5)
        invoice = self.invoice(500, "2026-03-01")
        run = self.prepared("2026-03-06")
        self.paid(invoice, 450)
        self.send(run)
        self.assertEqual(self.told(run), ["2026-03-06: $ 50.00, level 1"])
        self.assertEqual(run.notice_ids.amount_prepared, 500)

    def test_a_minimum_in_other_currencies(self):
        """C19: minimum 50.00; 1 of ours = 160 JPY = 0.88 GBP."""
        self.make_plan({"days": 5, "amount_min": 50})
        yen, pound = self.use_currency("JPY", 160), self.use_currency("GBP", 0.88)
        for name, amount, currency in (
            ("7900 yen", 7900, yen), ("8000 yen", 8000, yen), ("43.99", 43.99, pound), ("44.00", 44, pound)
        ):
            self.invoice(amount, "2026-03-01", self.make_customer(name=name), currency_id=currency.id)
        run = self.ran("2026-03-06")
        self.assertEqual(self.why(run), {"7900 yen": "below_minimum", "43.99": "below_minimum"})
        self.assertEqual(self.told(run), ["2026-03-06: ¥ 8,000, level 1", "2026-03-06: £ 44.00, level 1"])

    def test_a_minimum_of_a_currency_of_its_own(self):
        """Minimum 50.00, and 10,000 yen; 1 of ours = 160 JPY = 0.88 GBP: elsewhere the rate decides."""
        plan = self.make_plan({"days": 5, "amount_min": 50})
        yen, pound = self.use_currency("JPY", 160), self.use_currency("GBP", 0.88)
        plan.level_ids.minimum_ids = [Command.create({"currency_id": yen.id, "amount": 10000})]
        for name, amount, currency in (
            ("9999 yen", 9999, yen), ("10000 yen", 10000, yen), ("43.99", 43.99, pound), ("44.00", 44, pound)
        ):
            self.invoice(amount, "2026-03-01", self.make_customer(name=name), currency_id=currency.id)
        run = self.ran("2026-03-06")
        self.assertEqual(self.why(run), {"9999 yen": "below_minimum", "43.99": "below_minimum"})
        self.assertEqual(self.told(run), ["2026-03-06: ¥ 10,000, level 1", "2026-03-06: £ 44.00, level 1"])

    def test_a_credit_that_is_not_matched_is_taken_off(self):
        """C20: invoice 200 overdue; a credit note of (a) 250, (b) 120."""
        self.make_plan(5)
        nothing = self.make_customer(name="Owes nothing")
        self.invoice(200, "2026-03-01", nothing)
        self.credit(250, "2026-03-02", nothing)
        self.invoice(200, "2026-03-01")
        self.credit(120, "2026-03-02")
        run = self.ran("2026-03-06")
        self.assertEqual(self.told(run), ["2026-03-06: $ 80.00, level 1"])
        self.assertEqual(run.notice_ids.line_ids.mapped("amount"), [200, -120])
        self.assertEqual(self.why(run), {"Owes nothing": "credited"})

    def test_a_credit_note_arrives_between_two_levels_and_the_level_falls(self):
        self.make_plan(5, 12)
        self.invoice(200, "2026-03-01")
        told = self.play("2026-03-01", "2026-03-08")
        self.assertEqual(self.level_of(), 1)
        self.credit(200, "2026-03-09")
        self.assertEqual(self.level_of(), 0)
        self.assertEqual(told + self.play("2026-03-09", "2026-03-15"), ["2026-03-06: $ 200.00, level 1"])

    def test_money_without_an_entry_counts_as_paid(self):
        self.make_plan(5)
        self.invoice(200, "2026-03-01")
        self.inbound_payment_method_line.payment_account_id = False  # as an accounting app does
        with patch.object(self.registry["account.move"], "_get_invoice_in_payment_state", lambda _move: "in_payment"):
            payment = self.receive(self.customer, 200)
        self.assertFalse(payment.move_id)
        self.assertEqual(self.why(self.ran("2026-03-06")), {"Blue Pump Ltd": "credited"})

    def test_two_currencies_get_a_notice_each_on_one_day(self):
        self.make_plan(5, 12, days_quiet=3)
        yen = self.use_currency("JPY", 160)
        self.invoice(200, "2026-03-01")
        self.invoice(16000, "2026-03-01", currency_id=yen.id)
        self.assertEqual(
            self.play("2026-03-05", "2026-03-14"),
            [
                "2026-03-06: $ 200.00, level 1", "2026-03-06: ¥ 16,000, level 1",
                "2026-03-13: $ 200.00, level 2", "2026-03-13: ¥ 16,000, level 2",
            ],
        )

    def test_what_is_disputed_is_not_asked_for_and_the_rest_goes_on(self):
        self.make_plan(5, 12, 20)
        invoice = self.invoice(200, "2026-03-01")
        told = self.play("2026-03-01", "2026-03-10")
        dispute = self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 50, "reason": "Broken"})
        told += self.play("2026-03-11", "2026-03-15")
        dispute.action_settle()
        told += self.play("2026-03-16", "2026-03-22")
        self.assertEqual(
            told,
            ["2026-03-06: $ 200.00, level 1", "2026-03-13: $ 150.00, level 2", "2026-03-21: $ 200.00, level 3"],
        )

    def test_a_promise_keeps_the_customer_out_until_its_day_and_is_broken_by_itself(self):
        self.make_plan(5, 12, 20)
        self.invoice(200, "2026-03-01")
        told = self.play("2026-03-01", "2026-03-08")
        promise = self.promise(200, "2026-03-09", "2026-03-15")
        told += self.play("2026-03-09", "2026-03-15")
        self.assertEqual(self.why(self.prepared("2026-03-16")), {})
        self.assertEqual(promise.state, "broken")
        self.assertEqual(told, ["2026-03-06: $ 200.00, level 1"])

    def test_a_promise_for_a_holiday_is_kept_on_the_next_working_day(self):
        """Sunday, 15 March 2026; the bank books on Monday, and the company grants two days of grace."""
        self.company.credit_days_promise_grace = 2
        self.make_plan(5, 12)
        invoice = self.invoice(200, "2026-03-01")
        self.promise(200, "2026-03-03", "2026-03-15")
        told = self.play("2026-03-05", "2026-03-15")
        run = self.prepared("2026-03-16")
        self.assertEqual(self.why(run), {"Blue Pump Ltd": "promised"})
        run.action_cancel()
        self.paid(invoice, day="2026-03-16")
        self.assertEqual(told + self.play("2026-03-17", "2026-03-20"), [])

    def promise(self, amount, given, until):
        self.on(given)
        return self.env["credit.promise"].create(
            {"profile_id": self.profile_of(self.customer).id, "amount": amount,
             "date_noted": date.fromisoformat(given), "date_promised": date.fromisoformat(until)}
        )

    def test_an_order_is_held_at_level_3_and_free_when_the_money_comes(self):
        """The day of the issue: level 3 in the morning, the order at 15:00 goes on hold and says why, he pays."""
        self.make_policy({"criterion": "dunning_level", "level": 3})
        self.make_plan(5, 12, 20)
        invoice = self.invoice(200, "2026-03-01")
        self.play("2026-03-06", "2026-03-13")
        self.assertConfirmed(self.confirmed())
        self.play("2026-03-14", "2026-03-21")
        self.assertEqual(self.level_of(), 3)
        order = self.make_held(self.customer, 10)
        self.assertIn("The customer is at dunning level 3; from level 3 on it counts.", order.credit_hold_reason)
        self.paid(invoice, day="2026-03-21")
        self.commit()
        self.assertConfirmed(order)
        self.assertEqual(self.level_of(), 0)

    def confirmed(self):
        order = self.make_order(self.customer, 10)
        self.confirm(order)
        return order

    def test_an_invoice_that_is_not_followed_up_is_left_out(self):
        self.make_plan(5)
        self.invoice(200, "2026-03-01").no_followup = True
        self.invoice(30, "2026-03-01")
        self.assertEqual(self.told(self.ran("2026-03-06")), ["2026-03-06: $ 30.00, level 1"])
