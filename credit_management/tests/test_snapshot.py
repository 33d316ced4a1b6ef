"""Daily figures: once a day, as the profile shows them, thinned out with time."""

from datetime import date, timedelta

from freezegun import freeze_time
from odoo.tests import tagged

from .common import CreditCommon


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
