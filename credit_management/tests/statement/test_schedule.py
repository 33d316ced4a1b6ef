"""Schedules make statements on their day, once per period."""

from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementSchedule(StatementCommon):
    def setUp(self):
        super().setUp()
        self.lost = self.make_customer(name="No Address Ltd")
        self.quiet = self.make_customer(name="Quiet")
        self.invoice(100.0, "2026-05-05")
        self.invoice(200.0, "2026-05-05", partner=self.lost)
        names = ["Blue Pump Ltd", "No Address Ltd", "Quiet"]
        self.on("2026-06-10")
        self.schedule = self.env["credit.statement.schedule"].create(
            {"name": "Monthly", "company_id": self.company.id, "day_of_month": 31, "is_sent": True,
             "customer_domain": str([("partner_id.name", "in", names)])}
        )
        self.env.flush_all()  # its next day is found when it is made

    def run_job(self):
        self.run_cron("cron_make_statements")
        return self.Statement.search([("schedule_id", "=", self.schedule.id)])

    def test_the_31st_is_the_last_day_of_a_shorter_month(self):
        self.assertEqual(self.schedule.date_next, date(2026, 6, 30))
        self.assertEqual(self.schedule._find_next(date(2026, 6, 30)), date(2026, 7, 31))
        self.schedule.day_of_month = 5
        self.assertEqual(self.schedule.date_next, date(2026, 7, 5))

    def test_the_preview_says_how_many_and_who(self):
        self.assertEqual(
            self.schedule.preview,
            "On 06/30/2026: 2 customers get a statement as of 05/31/2026. "
            "1 of them have no e-mail address: theirs stay drafts.",
        )
        found = self.env["credit.profile"].search(self.schedule.action_preview()["domain"])
        self.assertEqual(found.partner_id, self.customer + self.lost)

    def test_nothing_is_made_before_its_day(self):
        self.on("2026-06-29")
        self.assertFalse(self.run_job())

    def test_a_period_is_made_once_also_when_the_job_runs_twice(self):
        self.on("2026-06-30")
        made = self.run_job()
        self.assertEqual(made.partner_id, self.customer + self.lost)
        self.assertEqual(set(made.mapped("date")), {date(2026, 5, 31)})
        states = {statement.partner_id: statement.state for statement in made}
        self.assertEqual(states, {self.customer: "sent", self.lost: "draft"})
        self.assertEqual(self.schedule.date_next, date(2026, 7, 31))
        self.assertEqual(self.run_job(), made)
        self.schedule.date_next = "2026-06-30"  # as if the job had died before it noted the next day
        self.assertEqual(self.run_job(), made)

    def test_what_was_missed_is_made_up_for_once(self):
        self.on("2026-09-12")
        made = self.run_job()
        self.assertEqual(set(made.mapped("date")), {date(2026, 5, 31)})
        self.assertEqual(self.schedule.date_next, date(2026, 9, 30))

    def test_movements_are_those_of_the_month_before(self):
        self.schedule.kind = "movements"
        self.on("2026-06-30")
        made = self.run_job()
        self.assertEqual(set(made.mapped("date_from")), {date(2026, 5, 1)})

    def test_nothing_is_sent_unless_the_schedule_says_so(self):
        self.schedule.is_sent = False
        self.on("2026-06-30")
        self.assertEqual(set(self.run_job().mapped("state")), {"draft"})

    def test_customers_and_days_that_are_none_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be found"):
            self.schedule.customer_domain = "[('no_field', '=', 1)]"

    def test_credit_users_read_schedules_and_salespeople_do_not(self):
        self.assertTrue(self.schedule.with_user(self.make_user("credit_user")).preview)
        with self.assertRaises(AccessError):
            self.schedule.with_user(self.make_user("credit_user", login="two")).write({"is_sent": False})
        with self.assertRaises(AccessError):
            self.schedule.with_user(self.seller("seller")).read(["name"])
