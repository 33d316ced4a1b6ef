"""Rates of late-payment interest as they are entered: by their dates, and what they come to."""

from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestInterest(CreditCommon):
    def make_interest(self, *rates, **values):
        commands = [Command.create({"date_from": day, "percent": percent}) for day, percent in rates]
        return self.env["credit.interest"].create({"name": "Between businesses", "rate_ids": commands, **values})

    def test_the_example_says_what_the_rates_come_to_today(self):
        self.on("2026-05-31")
        interest = self.make_interest(("2026-01-01", 9.0))
        self.assertIn("73.97", interest.example)  # 10,000 × 9 % × 30 / 365
        interest.days_free = 20
        self.assertIn("24.66", interest.example)

    def test_a_day_before_the_first_rate_is_a_defect_that_names_the_day(self):
        interest = self.make_interest(("2026-01-01", 9.0))
        self.assertEqual(interest._get_defect(date(2026, 1, 1)), "")
        self.assertIn("12/31/2025", interest._get_defect(date(2025, 12, 31)))

    def test_a_day_has_one_rate(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.make_interest(("2026-01-01", 9.0), ("2026-01-01", 8.0))

    def test_a_yearly_rate_that_is_marked_as_daily_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "9 % for each day"):
            self.make_interest(("2026-01-01", 9.0)).rate_ids.is_daily = True

    def test_who_writes_invoices_reads_the_rates_and_does_not_set_them(self):
        interest = self.make_interest(("2026-01-01", 9.0))
        biller = self.make_user("biller")
        self.assertEqual(interest.with_user(biller).rate_ids.percent, 9.0)
        with self.assertRaises(AccessError):
            interest.with_user(biller).rate_ids.percent = 1.0
