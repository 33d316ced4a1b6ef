"""Factors of the ledger, each with figures that were worked out by hand, as of any day."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import FactorCommon


@tagged("post_install", "-at_install")
class TestFactors(FactorCommon):
    def test_nothing_is_known_of_who_was_never_invoiced(self):
        names = list(self.env["credit.factor"]._get_factors())
        found = self.env["credit.factor"]._read(self.profile, self.today, names)[self.profile.id]
        known = {name: value.value for name, value in found.items() if value.value is not None}
        known.pop("guarantees", None)  # of the add-on of the tests
        self.assertEqual(known, {"account_status": "normal", "covered": "no"})
        self.assertEqual(set(found), set(names))
        self.assertGreaterEqual(len(names), 40)

    def test_lateness_is_weighed_by_amount(self):
        """300 paid 20 days late, 100 on time, 100 paid 5 days early: (300 × 20 + 100 × -5) ÷ 500 = 11; 200 of 500 on
        time."""
        self.settle(self.make_old(300, 60), 40)
        self.settle(self.make_old(100, 60), 60)
        self.settle(self.make_old(100, 60, days_due=10), 55)
        self.assertEqual(
            self.read("days_late", "share_on_time", "days_late_max", "days_since_payment"), [11.0, 40.0, 20.0, 40.0]
        )

    def test_lateness_of_three_months_beside_the_nine_before(self):
        self.settle(self.make_old(100, 210), 200)
        self.settle(self.make_old(100, 60), 35)
        self.assertEqual(self.read("days_late_recent", "days_late_change", "days_late"), [25.0, 15.0, 17.5])

    def test_a_bill_is_money_on_the_day_on_which_it_was_honoured(self):
        """Due 130 days ago, a bill of 30 days came 100 days ago: honoured 70 days ago, 60 days late."""
        method = self.inbound_payment_method_line.copy({"name": "Bill", "credit_days_risk": 30})
        self.settle(self.make_old(100, 130), 100, payment_method_line_id=method.id)
        names = ("days_since_payment", "days_late_recent", "days_late_change", "days_late")
        self.assertEqual(self.read(*names), [70.0, 60.0, None, 60.0])

    def test_what_a_credit_note_settled_was_not_paid(self):
        invoice = self.make_old(100, 60)
        refund = self.make_refund(self.customer, 100)
        (invoice | refund).line_ids.filtered(lambda line: line.account_id.reconcile).reconcile()
        self.assertEqual(self.read("days_late", "share_on_time"), [None, None])

    def test_what_is_overdue_of_what_is_open(self):
        """Open 400: 100 is 100 days overdue, 200 is 10 days, 100 is not due. (100 × 100 + 200 × 10) ÷ 300 = 40."""
        self.make_old(100, 100)
        self.make_old(200, 10)
        self.make_old(100, 10, days_due=30)
        self.assertEqual(
            self.read("share_overdue", "share_overdue_90", "amount_overdue", "days_overdue_max", "days_overdue_mean"),
            [75.0, 25.0, 300.0, 100.0, 40.0],
        )

    def test_ninety_days_are_not_more_than_ninety(self):
        self.make_old(100, 90)
        self.assertEqual(self.read("share_overdue_90"), [0.0])

    def test_nothing_open_has_no_share_and_nothing_overdue(self):
        self.settle(self.make_old(100, 10), 10)
        self.assertEqual(self.read("share_overdue", "amount_overdue", "days_overdue_max"), [None, 0.0, 0.0])

    def test_days_of_sales_that_are_open(self):
        """First invoiced 99 days ago, so over 100 days: 300 open × 100 ÷ 500 sold = 60."""
        self.settle(self.make_old(200, 99), 90)
        self.make_old(300, 20)
        self.assertEqual(self.read("dso", "turnover", "invoices", "invoice_mean"), [60.0, 500.0, 2.0, 250.0])

    def test_no_sales_have_no_days_outstanding(self):
        self.make_old(100, 500)
        self.assertEqual(self.read("dso", "turnover", "invoices", "days_since_invoice"), [None, 0.0, 0.0, 500.0])

    def test_sales_beside_the_year_before(self):
        """1,000 in the first of three years, 400 in the second, 300 in the last: 25 % less."""
        self.make_old(1000, 800)
        self.make_old(400, 500)
        self.make_old(300, 100)
        self.assertEqual(self.read("turnover_change"), [-25.0])

    def test_who_has_no_two_years_of_sales_has_no_change_of_them(self):
        self.make_old(400, 500)
        self.make_old(300, 100)
        self.assertEqual(self.read("turnover_change"), [None])

    def test_credit_notes_of_what_was_invoiced(self):
        self.make_old(400, 30)
        self.make_refund(self.customer, 100)
        self.assertEqual(self.read("share_credit_notes", "turnover", "invoices"), [25.0, 300.0, 1.0])

    def test_whole_months_as_a_customer(self):
        self.on("2026-07-14")
        self.make_invoice(self.customer, 100, invoice_date="2026-01-15", invoice_date_due="2026-01-15")
        day = self.company._credit_today()
        self.assertEqual(self.read("months_customer", day=day), [5.0])
        self.assertEqual(self.read("months_customer", day=day + timedelta(days=1)), [6.0])

    def test_c03_payment_index_with_what_is_open(self):
        """500 on time (80), 300 paid 45 days late (45), 200 paid 10 days early (85): 70.50; with 1,000 open that are
        100 days late (26.67): 48.58, and shown as 48.6."""
        self.settle(self.make_old(500, 200), 200)
        self.settle(self.make_old(300, 200), 155)
        self.settle(self.make_old(200, 200, days_due=30), 180)
        self.assertEqual(self.read("payment_index"), [70.5])
        self.make_old(1000, 100)
        self.assertEqual(self.read("payment_index"), [48.6])

    def test_a_payment_that_came_back_is_counted_once(self):
        payment = self.settle(self.make_old(100, 40), 30)
        self.assertEqual(self.read("payments_returned", "days_late"), [0.0, 10.0])
        payment.move_id._reverse_moves([{"date": self.days_ago(5)}]).action_post()
        self.assertEqual(self.read("payments_returned", "days_late"), [1.0, None])
        self.assertEqual(self.read("payments_returned", "days_late", day=self.days_ago(6)), [0.0, 10.0])

    def test_money_without_an_entry_is_money_today(self):
        """A payment without an outstanding account lowers what the file says is overdue, and the factors say the
        same."""
        self.make_old(1000, 5)
        self.inbound_payment_method_line.payment_account_id = False  # as an accounting app does
        with patch.object(self.registry["account.move"], "_get_invoice_in_payment_state", lambda _move: "in_payment"):
            payment = self.receive(self.customer, 1000)
        self.assertEqual((payment.state, bool(payment.move_id)), ("in_process", False))
        self.assertEqual(self.profile.amount_overdue, 0.0)
        self.assertEqual(self.read("amount_overdue", "days_overdue_max", "share_overdue"), [0.0, 0.0, None])

    # -- as of a day ---------------------------------------------------------------------------------

    def test_a_day_later_a_payment_counts_and_a_day_before_it_does_not(self):
        """The look back knows nothing that came after its day: 100 that were due 40 days ago were paid 20 days ago."""
        self.settle(self.make_old(100, 40), 20)
        names = ("days_late", "amount_overdue", "days_overdue_max", "dso")
        self.assertEqual(self.read(*names, day=self.days_ago(20)), [20.0, 0.0, 0.0, 0.0])
        self.assertEqual(self.read(*names, day=self.days_ago(21)), [None, 100.0, 19.0, 20.0])

    def test_a_payment_counts_from_the_day_of_its_invoice(self):
        """Money that came before its invoice is on no invoice until there is one."""
        invoice = self.make_old(100, 10, days_due=30)
        self.settle(invoice, 30)
        self.assertEqual(self.read("days_late", day=self.days_ago(11)), [None])
        self.assertEqual(self.read("days_late", day=self.days_ago(10)), [-50.0])

    def test_a_payment_index_of_an_earlier_day_knows_nothing_of_later_ones(self):
        for _number in range(3):
            self.settle(self.make_old(100, 200), 200)
        late = self.make_old(100, 100)
        self.settle(late, 50)
        self.assertEqual(self.read("payment_index", day=self.days_ago(101)), [80.0])
        # open and 49 days late (43.67): (3 × 80 + 43.67) ÷ 4 = 70.92; paid 50 days late (43.33): 70.83
        self.assertEqual(self.read("payment_index", day=self.days_ago(51)), [70.9])
        self.assertEqual(self.read("payment_index", day=self.days_ago(50)), [70.8])
