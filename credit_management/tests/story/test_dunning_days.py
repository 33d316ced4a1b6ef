"""Calendars of dunning: which notice comes on which day. Each is played day by day."""

from datetime import datetime

from odoo.tests import tagged

from ..dunning.common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningDays(DunningCommon):
    def test_each_level_comes_on_the_first_run_at_or_after_its_day(self):
        self.make_plan(5, 12, 20)
        self.invoice(100, "2026-03-01")
        self.assertEqual(
            self.play("2026-03-01", "2026-03-31"),
            ["2026-03-06: $ 100.00, level 1", "2026-03-13: $ 100.00, level 2", "2026-03-21: $ 100.00, level 3"],
        )

    def test_a_job_that_did_not_run_for_three_days_is_made_up_for_once(self):
        """C16: level 1 at 7 days, due on 1 March; the job is down from 8 to 10 March."""
        self.make_plan(7)
        self.invoice(100, "2026-03-01")
        told = self.play("2026-03-07", "2026-03-14", but=("2026-03-08", "2026-03-09", "2026-03-10"))
        self.assertEqual(told, ["2026-03-11: $ 100.00, level 1"])

    def test_a_late_entrant_begins_at_the_beginning(self):
        """C17: levels at 5, 12 and 20 days; A due on 1 March and paid on the 15th, B due on the 14th."""
        self.make_plan(5, 12, 20)
        older, _newer = self.invoice(100, "2026-03-01"), self.invoice(70, "2026-03-14")
        told = self.play("2026-03-01", "2026-03-14")
        self.paid(older, day="2026-03-15")
        told += self.play("2026-03-15", "2026-03-31")
        self.assertEqual(
            told,
            [
                "2026-03-06: $ 100.00, level 1", "2026-03-13: $ 100.00, level 2",
                "2026-03-19: $ 70.00, level 1", "2026-03-26: $ 70.00, level 2",
            ],
        )

    def test_no_next_level_before_the_deadline_that_was_granted(self):
        """C21: due on 1 January; level 1 at 14 days grants 14 more, level 2 is at 28 days after the due date."""
        self.make_plan({"days": 14, "days_deadline": 14}, {"days": 28, "days_deadline": 14})
        self.invoice(100, "2026-01-01")
        run = self.ran("2026-01-15")
        self.assertEqual(str(run.notice_ids.date_deadline), "2026-01-29")
        self.assertEqual(
            self.play("2026-01-16", "2026-02-05"), ["2026-01-30: $ 100.00, level 2"],
        )
        last = self.env["credit.notice"].search([("level", "=", 2)])
        self.assertEqual(last.line_ids.days_late, 29)  # lateness still counts from 1 January

    def test_the_due_day_west_of_greenwich(self):
        """C15: a company in São Paulo (UTC−3), due on 20 November 2025."""
        self.company.credit_tz = "America/Sao_Paulo"
        self.make_plan(1)
        self.invoice(100, "2025-11-20")
        self.at(datetime(2025, 11, 21, 1, 30))
        self.assertEqual(str(self.company._credit_today()), "2025-11-20")
        self.assertFalse(self.env["credit.dunning"]._decide(self.company, self.company._credit_today()))
        self.at(datetime(2025, 11, 21, 3, 30))
        [outcome] = self.env["credit.dunning"]._decide(self.company, self.company._credit_today())
        self.assertEqual((outcome.level.number, outcome.lines[0].item.date_due.day), (1, 20))

    def test_the_change_to_summer_time_costs_no_day_and_gives_none(self):
        """Clocks go from 2:00 to 3:00 on 29 March 2026 in Berlin: 22:30 UTC is the next day there from then on."""
        self.company.credit_tz = "Europe/Berlin"
        self.make_plan(7, 14)
        self.invoice(100, "2026-03-22")
        told = []
        for day in range(28, 32):
            self.at(datetime(2026, 3, day, 22, 30))
            run = self.Run._start(self.company, is_sent_by_itself=True)
            self.run_cron("cron_dunning")
            told += self.told(run)
        self.assertEqual(told, ["2026-03-30: $ 100.00, level 1"])
        self.at(datetime(2026, 4, 4, 22, 30))
        run = self.Run._start(self.company, is_sent_by_itself=True)
        self.run_cron("cron_dunning")
        self.assertEqual(self.told(run), ["2026-04-05: $ 100.00, level 2"])

    def test_what_is_due_in_a_month_is_asked_for_after_its_end(self):
        self.make_plan({"timing": "month_end", "days": 10}, {"timing": "notice", "days": 14})
        self.invoice(100, "2026-02-03")
        self.invoice(50, "2026-02-27")
        self.assertEqual(
            self.play("2026-03-01", "2026-03-31"), ["2026-03-10: $ 150.00, level 1", "2026-03-24: $ 150.00, level 2"],
        )

    def test_the_last_level_is_repeated_and_then_becomes_a_task(self):
        controller = self.make_user("controller")
        self.company.credit_controller_id = controller
        self.make_plan(5, {"days": 10, "days_repeat": 7, "repeat_max": 2})
        self.invoice(100, "2026-03-01")
        self.assertEqual(
            self.play("2026-03-06", "2026-04-10"),
            [
                "2026-03-06: $ 100.00, level 1", "2026-03-11: $ 100.00, level 2", "2026-03-18: $ 100.00, level 2",
                "2026-03-25: $ 100.00, level 2",
            ],
        )
        [task] = self.profile_of(self.customer).activity_ids
        self.assertEqual(
            (task.summary, task.user_id), ("Last dunning level reached: decide what comes next", controller)
        )

    def test_a_reminder_before_the_due_date_comes_once_and_not_to_who_is_late(self):
        self.make_plan({"timing": "before", "days": 3}, 10)
        late = self.make_customer(name="Late")
        self.invoice(100, "2026-03-10")
        self.invoice(40, "2026-03-10", late)
        self.invoice(20, "2026-03-05", late)
        told = self.play("2026-03-06", "2026-03-12")
        self.assertEqual(told, ["2026-03-07: $ 100.00, level 0"])
        self.assertEqual(self.level_of(), 0)

    def test_a_customer_is_paused_and_dunning_goes_on_where_it_stood(self):
        self.make_plan(5, 12)
        self.invoice(100, "2026-03-01")
        told = self.play("2026-03-01", "2026-03-10")
        self.profile_of(self.customer).write(
            {"is_dunning_blocked": True, "date_dunning_blocked_to": "2026-03-20", "dunning_blocked_reason": "Holidays"}
        )
        told += self.play("2026-03-11", "2026-03-25")
        self.assertEqual(told, ["2026-03-06: $ 100.00, level 1", "2026-03-21: $ 100.00, level 2"])

    def test_sending_the_invoice_starts_the_quiet_days(self):
        self.make_plan(1, 20, days_quiet=5)
        invoice = self.invoice(100, "2026-03-01")
        self.on("2026-03-03")
        invoice.is_move_sent = True
        self.assertEqual(self.play("2026-03-03", "2026-03-12"), ["2026-03-08: $ 100.00, level 1"])
