"""Plans: what is refused before anything is sent, and whose plan counts."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestPlan(DunningCommon):
    def assertRefused(self, text, *levels):  # noqa: N802
        with self.assertRaisesRegex(ValidationError, text):
            self.make_plan(*levels)

    def test_levels_have_numbers_in_their_order_and_a_reminder_has_none(self):
        plan = self.make_plan({"timing": "before", "days": 3}, 5, 12)
        self.assertEqual(plan.level_ids.mapped("number"), [0, 1, 2])
        plan.level_ids[1].unlink()
        self.assertEqual(plan.level_ids.mapped("number"), [0, 1])

    def test_levels_that_fall_are_refused(self):
        self.assertRefused("comes after 5 days, and “Level 1” before it after 12", 12, 5)
        self.assertRefused("comes after 5 days, and “Level 1” before it after 5", 5, 5)

    def test_a_plan_does_not_begin_with_days_after_a_notice(self):
        self.assertRefused("count the first level from the due date", {"timing": "notice", "days": 5})

    def test_only_the_last_level_is_repeated(self):
        self.assertRefused("Repeat the last level only", {"days": 5, "days_repeat": 7}, 12)

    def test_a_plan_has_one_reminder(self):
        self.assertRefused("two reminders", {"timing": "before", "days": 3}, {"timing": "before", "days": 5}, 7)

    def test_a_run_does_not_begin_with_a_plan_that_cannot_be_sent(self):
        self.make_plan()
        with self.assertRaisesRegex(UserError, "Plan “Plan” has no level: add one."):
            self.Run.action_start()
        self.make_plan({"days": 5, "is_email": False})
        with self.assertRaisesRegex(UserError, "“Level 1” of plan “Plan” goes out in no way"):
            self.Run.action_start()

    def test_a_run_does_not_begin_where_nobody_has_a_plan(self):
        self.company.credit_dunning_plan_id = False
        with self.assertRaisesRegex(UserError, "no customer of .* has a dunning plan"):
            self.Run.action_start()

    def test_the_plan_of_the_invoice_beats_that_of_the_customer_the_policy_and_the_company(self):
        company, policy, own, invoices = (self.make_plan(5, is_used=False, name=name) for name in "CPOI")
        self.company.credit_dunning_plan_id = company
        rating = self.env["credit.rating"].create({"name": "Risky"})
        self.make_policy(scope="rating", rating_ids=[Command.link(rating.id)], dunning_plan_id=policy.id)
        rated = {"rating_id": rating.id, "limit_type": "unlimited"}
        customers = {
            "company": self.make_customer(name="company"),
            "policy": self.make_customer(name="policy", **rated),
            "own": self.make_customer(name="own", dunning_plan_id=own.id, **rated),
            "invoice": self.make_customer(name="invoice", dunning_plan_id=own.id, **rated),
        }
        for name, customer in customers.items():
            self.invoice(100, "2026-03-01", customer).credit_dunning_plan_id = name == "invoice" and invoices
        run = self.prepared("2026-03-06")
        self.assertEqual(
            {notice.partner_id.name: notice.plan_id for notice in run.notice_ids},
            {"company": company, "policy": policy, "own": own, "invoice": invoices},
        )

    def test_an_archived_plan_sends_nothing(self):
        self.make_plan(5).active = False
        self.invoice(100, "2026-03-01")
        self.assertFalse(self.env["credit.dunning"]._decide(self.company, self.today))

    def test_a_plan_shows_what_it_would_do_with_an_invoice_due_today(self):
        plan = self.make_plan({"timing": "before", "days": 2, "name": "Friendly"}, {"days": 5, "days_deadline": 9}, 12)
        self.on("2026-03-01")
        self.assertEqual(
            plan._get_example(self.company, self.company._credit_today()),
            [(self.day("2026-02-27"), 0), (self.day("2026-03-06"), 1), (self.day("2026-03-16"), 2)],
        )
        plan.invalidate_recordset()
        self.assertEqual(plan.example_text, "Feb 27: Friendly\nMar 6: Level 2\nMar 16: Level 3")

    def test_only_credit_managers_change_plans(self):
        plan = self.make_plan(5)
        for role in ("sales", "controller", "biller"):
            with self.assertRaises(AccessError):
                plan.with_user(self.make_user(role)).name = "Mine"
