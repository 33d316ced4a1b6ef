"""Calls, visits and texts come by the day and the hours of whoever is called."""

from datetime import datetime

from odoo.tests import tagged

from ..dunning_run.common import SendingCommon

# the company works in UTC+1, a Thursday in winter
THURSDAY = (2026, 1, 15)


@tagged("post_install", "-at_install")
class TestReach(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.credit_tz = cls.controller.tz = "Europe/Berlin"
        cls.level.write({"is_call": True, "script": "<p>Ask for the day</p>"})
        cls.customer.tz = False

    def living_in(self, code, tz=False):
        self.customer.write({"country_id": self.env.ref(f"base.{code}").id, "tz": tz})

    def moment(self, *utc):
        """Return when the customer is called at a moment, by its clock."""
        self.at(datetime(*utc))
        notice = self.env["credit.notice"].new({"partner_id": self.customer.id, "company_id": self.company.id})
        return notice._get_moment_to_reach().strftime("%a %d %H:%M")

    def test_in_its_hours_at_once(self):
        self.living_in("jp")
        self.assertEqual(self.moment(*THURSDAY, 1, 30), "Thu 15 10:30")

    def test_before_its_hours_when_they_begin(self):
        self.living_in("jp")
        self.assertEqual(self.moment(2026, 1, 14, 23, 59), "Thu 15 09:00")

    def test_after_its_hours_on_the_next_day(self):
        self.living_in("jp")
        self.assertEqual(self.moment(*THURSDAY, 8, 59), "Thu 15 17:59")
        self.assertEqual(self.moment(*THURSDAY, 9, 0), "Fri 16 09:00")

    def test_not_on_the_days_on_which_nobody_works_there(self):
        self.living_in("jp")
        self.assertEqual(self.moment(2026, 1, 16, 12, 0), "Mon 19 09:00")
        self.living_in("sa")  # UTC+3; the weekend is Friday and Saturday
        self.assertEqual(self.moment(2026, 1, 16, 8, 0), "Sun 18 09:00")

    def test_the_country_says_the_time_and_not_the_zone_of_who_created_the_contact(self):
        self.living_in("jp", tz="Europe/Berlin")
        self.assertEqual(self.moment(*THURSDAY, 1, 30), "Thu 15 10:30")

    def test_where_clocks_of_a_country_differ_the_contact_says_it(self):
        self.living_in("us", tz="America/Los_Angeles")
        self.assertEqual(self.moment(*THURSDAY, 16, 0), "Thu 15 09:00")  # 8:00 there
        self.living_in("us", tz="Europe/Berlin")
        self.assertEqual(self.moment(*THURSDAY, 16, 0), "Thu 15 11:00")  # New York is the first of the list

    def test_without_a_country_it_is_where_the_company_is(self):
        self.customer.country_id = False
        self.assertEqual(self.moment(*THURSDAY, 16, 59), "Thu 15 17:59")
        self.assertEqual(self.moment(*THURSDAY, 17, 0), "Fri 16 09:00")

    def test_summer_time_begins_there_and_not_here(self):
        self.living_in("us", tz="America/New_York")
        self.assertEqual(self.moment(2026, 3, 9, 13, 0), "Mon 09 09:00")  # UTC-4 since the day before
        self.assertEqual(self.moment(2026, 3, 6, 13, 0), "Fri 06 09:00")  # UTC-5: 8:00 there

    def test_the_hours_are_those_of_the_settings(self):
        self.company.write({"credit_hour_from": 10.5, "credit_hour_to": 12})
        self.living_in("jp")
        self.assertEqual(self.moment(2026, 1, 14, 23, 59), "Thu 15 10:30")
        self.assertEqual(self.moment(*THURSDAY, 3, 0), "Fri 16 10:30")

    def test_the_task_says_when_to_call(self):
        self.living_in("jp")
        self.bill_late()
        notice = self.send_today().notice_ids
        self.assertIn("Ask for the day", notice.activity_ids.note)
        self.assertIn("Hours: 09:00–18:00 (Asia/Tokyo), which is 01:00–10:00 with you.", notice.activity_ids.note)
