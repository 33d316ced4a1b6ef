"""Daily figures: once a day, as the profile shows them, thinned out with time."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import tagged

from ..common import CreditCommon

SCOPE = "odoo.addons.credit_management.models.reading.credit_exposure_scope"


@tagged("post_install", "-at_install")
class TestSnapshot(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)

    def taken(self):
        return self.env["credit.snapshot"].search([("profile_id", "=", self.profile.id)], order="date")

    def take(self, day=None):
        self.env["credit.snapshot"]._take(self.profile.ids, day or self.today)

    def test_the_figures_of_the_day_are_those_of_the_profile(self):
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.make_invoice(self.customer, 200)
        self.make_confirmed(self.customer, 40)
        self.make_refund(self.customer, 30)
        self.take()
        day = self.taken()
        self.assertEqual((day.limit_state, day.amount_limit), ("amount", 1000.0))
        self.assertEqual((day.amount_exposure, day.amount_not_due, day.amount_past_due), (310.0, 200.0, 100.0))
        self.assertEqual((day.amount_orders, day.amount_unallocated), (40.0, -30.0))
        self.assertEqual((day.amount_overdue, day.days_overdue_max), (70.0, 10))

    def test_where_most_customers_are_asked_for_everybody_is_read_and_the_others_get_nothing(self):
        other, _third = self.make_customer(500), self.make_customer(500)
        for customer, amount in ((self.customer, 120), (other, 70)):
            self.pay(self.make_invoice(customer, 10, 0))
            self.make_invoice(customer, amount, days_overdue=20)
        profiles = self.env["credit.profile"].with_context(active_test=False)
        asked = profiles.search([("id", "!=", self.profile_of(other).id)])
        with patch(f"{SCOPE}.CONTACTS_LISTED", 0):
            self.assertIsNone(self.env["credit.exposure"]._make_scope_of_batch(self.today, asked).partner_ids)
            self.env["credit.snapshot"]._take(asked.ids, self.today)
            self.env["credit.behaviour"]._keep(asked, self.today)
        self.assertEqual(self.taken().amount_exposure, 120.0)
        for model in ("credit.snapshot", "credit.behaviour"):
            self.assertFalse(self.env[model].search_count([("profile_id", "=", self.profile_of(other).id)]), model)

    def test_totals_over_several_days_are_those_of_the_last(self):
        """100 on the first day and 250 on the second are 250 now, of a customer, in a month, and in all."""
        Snapshot, yesterday = self.env["credit.snapshot"], self.today - timedelta(days=1)
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.take(yesterday)
        self.make_invoice(self.customer, 150, days_overdue=10)
        self.take()
        mine, amounts = [("profile_id", "=", self.profile.id)], ["amount_exposure:sum"]
        self.assertEqual(Snapshot._read_group(mine, ["profile_id"], amounts), [(self.profile, 250.0)])
        sets = Snapshot._read_grouping_sets(mine, [[], ["profile_id"], ["date:year"]], amounts)
        self.assertEqual([[row[-1] for row in rows][-1] for rows in sets], [250.0, 250.0, 250.0])
        days = Snapshot._read_group(mine, ["date:day"], amounts)
        self.assertEqual(days, [(yesterday, 100.0), (self.today, 250.0)])

    def test_twice_on_one_day_is_once(self):
        self.take()
        self.make_invoice(self.customer, 100)
        self.take()
        self.assertEqual(self.taken().amount_exposure, 0.0)

    def test_the_nightly_job_takes_everybody_once(self):
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("credit_management.cron_take_snapshots").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(self.taken()), 1)

    def test_a_past_day_is_worked_out_from_what_was_booked_and_matched_by_then(self):
        paid_later = self.make_invoice(self.customer, 100, days_overdue=40)
        self.make_invoice(self.customer, 200, days_overdue=5)
        self.receive(self.customer, 30)
        self.pay(paid_later, 100)
        self.env["credit.snapshot"]._take_past(self.today - timedelta(days=1))
        day = self.taken()
        self.assertTrue(day.is_from_ledger)
        # both were overdue yesterday; today's payments had not come
        self.assertEqual((day.amount_exposure, day.amount_past_due, day.amount_unallocated), (300.0, 300.0, 0.0))
        self.assertEqual((day.amount_overdue, day.days_overdue_max, day.amount_limit), (300.0, 39, 1000.0))

    def test_what_is_said_and_received_today_changes_no_past_day(self):
        """500 were overdue yesterday: disputed today, and 100 came today by a payment without an entry."""
        invoice = self.make_invoice(self.customer, 500, days_overdue=40)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 300, "reason": "Broken"})
        method = self.inbound_payment_method_line.copy({"name": "No entry", "payment_account_id": False})
        self.receive(self.customer, 100, payment_method_line_id=method.id)
        self.env["credit.snapshot"]._take_past(self.today - timedelta(days=1))
        day = self.taken()
        self.assertEqual((day.amount_past_due, day.amount_overdue), (500.0, 500.0))

    def test_a_rejected_payment_leaves_no_difference_that_waits_for_the_end_of_the_month(self):
        """100 at 0.4 are 250; paid at 0.5, which is 200: the difference of 50 was booked later than the day, and the
        payment is rejected: 250 were open."""
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.4), (str(self.today - timedelta(days=5)), 0.5)])
        start, paid = self.today - timedelta(days=30), self.today - timedelta(days=3)
        invoice = self.make_invoice(self.customer, 100, currency_id=euro.id, invoice_date=start, days_overdue=10)
        payment = self._register_payment(invoice, currency_id=euro.id, payment_date=paid)
        exchange = invoice.line_ids.matched_credit_ids.exchange_move_id
        self.env.cr.execute("UPDATE account_move SET date = %s WHERE id = %s", [self.today, exchange.id])
        self.env.cr.execute("UPDATE account_move_line SET date = %s WHERE move_id = %s", [self.today, exchange.id])
        lines = tuple(exchange.line_ids.ids)
        self.env.cr.execute(
            "UPDATE account_partial_reconcile SET max_date = %s WHERE debit_move_id IN %s OR credit_move_id IN %s",
            [self.today, lines, lines],
        )
        self.env.invalidate_all()
        payment.action_reject()
        self.env["credit.snapshot"]._take_past(self.today - timedelta(days=1))
        self.assertEqual(self.taken().amount_past_due, 250.0)

    def test_before_the_first_booking_there_are_no_figures(self):
        self.make_invoice(self.customer, 100)
        self.env["credit.snapshot"]._take_past(self.today - timedelta(days=400))
        self.assertFalse(self.taken())

    def test_the_first_night_fills_the_first_days_of_twelve_months(self):
        self.env["credit.snapshot"].search([]).unlink()
        with freeze_time("2026-11-22"):
            days = self.env["credit.snapshot"]._get_missing_days(date(2026, 11, 22))
            self.assertEqual((len(days), days[0], days[-1]), (12, date(2026, 11, 1), date(2025, 12, 1)))
            self.take(date(2026, 11, 1))
            self.assertEqual(self.env["credit.snapshot"]._get_missing_days(date(2026, 11, 22))[0], date(2026, 10, 1))
            self.company.credit_days_snapshot_keep = 60
            self.env["res.company"].search([]).credit_days_snapshot_keep = 60
            self.assertEqual(self.env["credit.snapshot"]._get_missing_days(date(2026, 11, 22)), [date(2026, 10, 1)])

    def test_a_month_shows_the_figures_of_its_last_day(self):
        self.make_invoice(self.customer, 100)
        for day in (date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 21)):
            self.take(day)
        mine = [("profile_id", "=", self.profile.id)]
        groups = self.env["credit.snapshot"].formatted_read_group(mine, ["date:month"], ["amount_exposure:sum"])
        self.assertEqual([group["amount_exposure:sum"] for group in groups], [100.0, 100.0])

    def test_a_quiet_customer_has_figures_of_zero(self):
        self.take()
        self.assertEqual(self.taken().amount_exposure, 0.0)

    def test_old_days_are_thinned_to_one_per_month(self):
        self.company.credit_days_snapshot_keep = 30
        for day in (date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 28), date(2026, 3, 1)):
            self.take(day)
        with freeze_time(date(2026, 3, 30) + timedelta(hours=0)):
            self.env["credit.snapshot"]._cron_purge()
        self.assertEqual(self.taken().mapped("date"), [date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1)])
        with freeze_time(date(2026, 3, 31)):
            self.env["credit.snapshot"]._cron_purge()
        self.assertEqual(self.taken().mapped("date"), [date(2026, 1, 1), date(2026, 3, 1)])
