"""Runs: who may, what the buttons do, what the job starts by itself, and what is never changed by hand."""

from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestRun(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_plan(5, 12)

    def start(self, user):
        action = self.env["credit.dunning.run"].with_user(user).action_start()
        return self.env["credit.dunning.run"].browse(action["res_id"]).with_user(user)

    def test_a_click_only_asks_for_it_and_the_job_does_the_work(self):
        self.invoice(100, "2026-03-01")
        self.on("2026-03-06")
        accountant = self.make_user("biller")
        run = self.start(accountant)
        self.assertEqual((run.state, len(run.notice_ids), run.user_id), ("draft", 0, accountant))
        self.run_cron("cron_dunning")
        self.assertEqual((run.state, len(run.notice_ids)), ("ready", 1))
        run.action_send()
        self.assertEqual((run.state, run.notice_ids.state), ("sending", "draft"))
        self.run_cron("cron_dunning")
        self.assertEqual((run.state, run.notice_ids.state), ("done", "sent"))
        self.assertEqual(run.status_text, "Notices sent: 1; customers left out: 0.")

    def test_a_second_click_opens_the_run_that_is_not_done(self):
        accountant = self.make_user("biller")
        self.assertEqual(self.start(accountant), self.start(accountant))

    def test_salespeople_and_credit_users_neither_start_nor_send_nor_undo(self):
        run = self.prepared("2026-03-06")
        for role in ("sales", "credit_user"):
            user = self.make_user(role)
            with self.assertRaises(AccessError):
                self.start(user)
            for step in ("action_send", "action_stop", "action_cancel"):
                with self.assertRaises(AccessError):
                    getattr(run.with_user(user), step)()
            with self.assertRaises(AccessError):
                run.with_user(user)._undo("No")

    def test_nobody_takes_a_step_in_a_company_that_is_not_his(self):
        self.invoice(100, "2026-03-01")
        run = self.prepared("2026-03-06")
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("biller", company_id=other.id)
        for record, step in ((run, "action_send"), (run, "action_cancel"), (run.notice_ids, "action_take_out")):
            with self.assertRaises(AccessError):
                getattr(record.with_user(stranger), step)()
        self.assertEqual((run.state, run.notice_ids.state), ("ready", "draft"))

    def test_one_customer_is_decided_on_as_all_are(self):
        """Of a few customers promises are read in the statement, of all of them before it."""
        self.make_plan(5, 12, days_quiet=2)
        names = ("plain", "promised", "part", "disputed", "credited", "blocked")
        customers = {name: self.make_customer(name=name) for name in names}
        invoices = {name: self.invoice(100, "2026-03-01", customer) for name, customer in customers.items()}
        self.on("2026-03-06")
        for name, amount in (("promised", 100), ("part", 30)):
            self.env["credit.promise"].create(
                {"profile_id": self.profile_of(customers[name]).id, "amount": amount, "date_noted": "2026-03-06",
                 "date_promised": "2026-03-20", "invoice_ids": [(6, 0, invoices[name].ids)]}
            )
        self.env["credit.dispute"].create({"move_id": invoices["disputed"].id, "amount": 40, "reason": "Broken"})
        self.credit(100, "2026-03-02", customers["credited"])
        self.profile_of(customers["blocked"]).write({"is_dunning_blocked": True, "dunning_blocked_reason": "Call"})
        Dunning, day = self.env["credit.dunning"], self.company._credit_today()
        found = {outcome.partner_id: outcome for outcome in Dunning._decide(self.company, day)}
        said = {name: (found[customer.id].amount, found[customer.id].reason) for name, customer in customers.items()}
        self.assertEqual(
            said,
            {"plain": (10000, ""), "promised": (10000, "promised"), "part": (7000, ""), "disputed": (6000, ""),
             "credited": (10000, "credited"), "blocked": (10000, "blocked")},
        )
        for customer in customers.values():
            self.assertEqual(Dunning._decide(self.company, day, customer.ids), [found[customer.id]])

    def test_neither_runs_nor_notices_are_changed_by_hand(self):
        self.invoice(100, "2026-03-01")
        run, manager = self.ran("2026-03-06"), self.make_user("manager")
        for record, values in ((run, {"state": "ready"}), (run.notice_ids, {"amount_total": 1})):
            with self.assertRaises(AccessError):
                record.with_user(manager).write(values)
            with self.assertRaises(AccessError):
                record.with_user(manager).create({})
        with self.assertRaises(AccessError):
            run.notice_ids.with_user(manager).unlink()

    def test_the_day_begins_with_one_run_and_replaces_one_that_nobody_sent(self):
        self.company.credit_dunning_is_automatic = True
        self.invoice(100, "2026-03-01")
        for _again in range(2):
            self.on("2026-03-06")
            self.run_cron("cron_dunning")
        self.on("2026-03-07")
        self.run_cron("cron_dunning")
        runs = self.env["credit.dunning.run"].search([], order="id")
        self.assertEqual([(str(run.date), run.state) for run in runs],
                         [("2026-03-06", "cancelled"), ("2026-03-07", "ready")])
        self.assertEqual(len(runs.notice_ids), 1)

    def test_a_broken_plan_stops_no_other_company_and_is_a_task(self):
        self.make_plan({"days": 5, "is_email": False})
        controller = self.make_user("controller")
        self.company.write({"credit_dunning_is_automatic": True, "credit_controller_id": controller.id})
        other = self.setup_other_company(name="Other")["company"]
        plan = self.make_plan(5, is_used=False)
        other.write({"credit_dunning_plan_id": plan.id, "credit_dunning_is_automatic": True})
        self.on("2026-03-06")
        for _again in range(2):
            self.run_cron("cron_dunning")
        run, others = (
            self.env["credit.dunning.run"].sudo().search([("company_id", "=", company.id)])
            for company in (self.company, other)
        )
        self.assertEqual((run.state, others.state), ("cancelled", "ready"))
        self.assertIn("“Level 1” of plan “Plan” goes out in no way", run.note)
        self.assertEqual(run.activity_ids.user_id, controller)

    def test_a_run_of_yesterday_is_not_sent(self):
        self.invoice(100, "2026-03-01")
        run = self.prepared("2026-03-06")
        self.on("2026-03-07")
        with self.assertRaisesRegex(UserError, "who has become late since is not in it"):
            run.action_send()

    def test_what_is_sent_by_itself_waits_for_the_working_hours(self):
        self.company.write({"credit_dunning_is_automatic": True, "credit_dunning_is_sent": True})
        self.invoice(100, "2026-03-01")
        self.on("2026-03-06")
        with patch.object(self.registry["credit.dunning.run"], "_is_working_time", lambda _run: False):
            self.run_cron("cron_dunning")
        run = self.env["credit.dunning.run"].search([])
        self.assertEqual((run.state, run.notice_ids.state), ("sending", "draft"))
        self.run_cron("cron_dunning")
        self.assertEqual((run.state, run.notice_ids.state), ("done", "sent"))

    def test_a_customer_that_is_added_to_the_group_of_the_blocked_is_left_out_when_sending(self):
        self.invoice(100, "2026-03-01")
        run = self.prepared("2026-03-06")
        self.profile_of(self.customer).write({"proceedings_kind": "insolvency", "proceedings_reason": "Court"})
        self.send(run)
        self.assertEqual((run.notice_ids.state, run.notice_ids.reason), ("left_out", "In proceedings"))

    def test_a_captured_payment_of_the_page_counts_before_it_is_booked(self):
        invoice = self.invoice(100, "2026-03-01")
        provider = self.env["payment.provider"].sudo().search([("code", "=", "none")], limit=1)
        method = self.env["payment.method"].sudo().search([], limit=1)
        self.env["payment.transaction"].sudo().create(
            {
                "provider_id": provider.id, "payment_method_id": method.id, "amount": 100, "reference": "PAGE-1",
                "currency_id": invoice.currency_id.id, "partner_id": self.customer.id, "state": "done",
                "operation": "online_redirect", "invoice_ids": [(6, 0, invoice.ids)],
            }
        )
        run = self.prepared("2026-03-06")
        self.assertEqual(self.why(run), {"Blue Pump Ltd": "credited"})

    def test_deciding_again_about_one_customer_takes_few_statements(self):
        self.invoice(100, "2026-03-01")
        run = self.prepared("2026-03-06")
        rules = run._read_rules()
        run.notice_ids._decide_again(rules)
        self.env.invalidate_all()
        with self.assertQueryCount(9):
            run.notice_ids._decide_again(rules)

    def test_working_hours_are_those_of_the_company(self):
        """Monday to Friday, 8 to 12 and 13 to 17: Friday, 6 March 2026 at 10:00 and at 22:00."""
        self.company.resource_calendar_id.tz = "UTC"
        own = self.originals["_is_working_time"]
        run = self.Run.new({"company_id": self.company.id})
        for hour, works in ((10, True), (22, False)):
            with patch("odoo.fields.Datetime.now", lambda hour=hour: datetime(2026, 3, 6, hour)):
                self.assertEqual(own(run), works)
