"""Calendars of dunning: runs that are stopped, killed, repeated, undone; customers that become one; two companies."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..dunning.common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningRuns(DunningCommon):
    def make_late(self, *names, amount=100):
        customers = [self.make_customer(name=name) for name in names]
        for customer in customers:
            self.invoice(amount, "2026-03-01", customer)
        return customers

    def test_two_runs_on_a_day_are_one(self):
        self.make_plan(5, 12)
        self.invoice(100, "2026-01-01")  # late enough for both levels
        first, second = self.ran("2026-03-06"), self.ran("2026-03-06")
        self.assertEqual(self.told(first), ["2026-03-06: $ 100.00, level 1"])
        self.assertEqual((self.told(second), self.why(second)), ([], {"Blue Pump Ltd": "deadline"}))

    def test_a_run_that_was_killed_half_way_goes_on_and_writes_to_nobody_twice(self):
        self.make_plan(5)
        self.make_late("One", "Two", "Three")
        run = self.prepared("2026-03-06")
        run.action_send()
        first, second, _third = run.notice_ids.sorted("id")
        first._update_state("sending")
        first._mark_sent()
        second._update_state("sending")  # and here it was killed
        self.run_cron("cron_dunning")
        self.assertEqual(run.state, "done")
        self.assertEqual(run.notice_ids.sorted("id").mapped("state"), ["sent", "unknown", "sent"])
        self.assertEqual(self.why(self.ran("2026-03-07"))["Two"], "unknown")

    def test_a_run_is_stopped_and_goes_on_with_who_was_not_written_to(self):
        self.make_plan(5)
        self.make_late("One", "Two", "Three")
        run = self.prepared("2026-03-06")
        one = self.registry["credit.notice"]._send_one

        def stop_after(notice, ready):
            one(notice, ready)
            notice.run_id.action_stop()

        with patch.object(self.registry["credit.notice"], "_send_one", stop_after):
            self.send(run)
        self.assertEqual((run.state, len(self.told(run))), ("stopped", 1))
        self.send(run)
        self.assertEqual((run.state, len(self.told(run))), ("done", 3))

    def test_one_customer_is_taken_out_and_comes_back_with_the_next_run(self):
        self.make_plan(5)
        self.make_late("One", "Two")
        run = self.prepared("2026-03-06")
        run.notice_ids.filtered(lambda notice: notice.partner_id.name == "Two").action_take_out()
        self.send(run)
        self.assertEqual(self.told(run), ["2026-03-06: $ 100.00, level 1"])
        following = self.ran("2026-03-07")
        self.assertEqual(following.notice_ids.partner_id.mapped("name"), ["Two"])

    def test_a_run_is_undone_with_a_reason_and_its_levels_do_not_count(self):
        self.make_plan(5, 12)
        self.invoice(100, "2026-03-01")
        run = self.ran("2026-03-06")
        self.assertEqual(self.level_of(), 1)
        with self.assertRaises(UserError):
            run._undo("  ")
        run._undo("Wrong text")
        self.assertEqual((run.state, run.notice_ids.state, run.notice_ids.reason), ("undone", "undone", "Wrong text"))
        self.assertEqual(self.level_of(), 0)
        self.assertEqual(self.play("2026-03-07", "2026-03-08"), ["2026-03-07: $ 100.00, level 1"])

    def test_a_test_run_counts_for_nothing(self):
        self.make_plan(5)
        self.invoice(100, "2026-03-01")
        self.company.credit_dunning_test_email = "test@example.com"
        run = self.ran("2026-03-06")
        self.assertEqual((run.notice_ids.state, run.notice_ids.is_test, self.level_of()), ("sent", True, 0))
        self.company.credit_dunning_test_email = False
        self.assertEqual(self.told(self.ran("2026-03-06")), ["2026-03-06: $ 100.00, level 1"])

    def test_a_merge_of_customers_changes_no_level(self):
        self.make_plan(5, 12)
        [twin] = self.make_late("Twin", amount=70)
        self.ran("2026-03-06")
        self.invoice(100, "2026-03-09")
        self.env["base.partner.merge.automatic.wizard"].with_context(active_test=False)._merge(
            [twin.id, self.customer.id], self.customer
        )
        self.assertEqual(self.level_of(), 1)
        self.assertEqual(
            self.play("2026-03-12", "2026-03-16"),
            ["2026-03-13: $ 170.00, level 2", "2026-03-14: $ 170.00, level 1"],
        )

    def test_another_company_has_its_own_plan_and_its_own_run(self):
        plan = self.make_plan(5)
        other = self.setup_other_company(name="Other")["company"]
        other.credit_dunning_plan_id = plan
        self.invoice(100, "2026-03-01")
        self.make_invoice(
            self.customer, 55, invoice_date="2026-02-01", date="2026-02-01", invoice_date_due="2026-03-01",
            company_id=other.id, journal_id=self.env["account.journal"].search(
                [("company_id", "=", other.id), ("type", "=", "sale")], limit=1).id,
        )
        run, others = self.ran("2026-03-06"), self.ran("2026-03-06", other)
        self.assertEqual((run.notice_ids.amount_total, others.notice_ids.amount_total), (100, 55))
        for notice in run.notice_ids | others.notice_ids:
            self.assertEqual(notice.line_ids.move_id.company_id, notice.company_id)
