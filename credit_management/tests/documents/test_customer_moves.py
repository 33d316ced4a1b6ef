"""Merged customers, new parents, and what can still be sold."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestMerge(CreditCommon):
    def merge(self, source, target):
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((source | target).ids, target)

    def test_debts_holds_decisions_and_limit_are_kept(self):
        self.make_policy("limit_exceeded")
        source, target = self.make_customer(1000, "Twin A"), self.make_customer(None, "Twin B")
        self.make_invoice(source, 700)
        self.make_invoice(target, 200)
        order = self.make_held(source, 500)
        decisions = self.env["credit.log"].search([("customer_ref", "=", source.id), ("kind", "=", "check")])
        self.merge(source, target)
        profile = self.profile_of(target)
        self.assertEqual(self.exposure(target), 900)
        self.assertEqual((profile.limit_type, profile.amount_limit), ("amount", 1000))
        self.assertEqual(self.hold_of(order).profile_id, profile)
        self.assertTrue(decisions)
        self.assertLessEqual(decisions, profile.log_ids)  # they keep the number and the name of then
        self.assertEqual(decisions[0].customer_name, "Twin A")
        merge = self.env["credit.log"].search([("kind", "=", "merge"), ("customer_ref", "=", source.id)])
        self.assertEqual((merge.value_before, merge.value_after), ("Twin A", "Twin B"))

    def test_the_limit_of_the_customer_that_stays_stays(self):
        source, target = self.make_customer(1000, "Twin A"), self.make_customer(300, "Twin B")
        self.merge(source, target)
        self.assertEqual(self.profile_of(target).amount_limit, 300)


@tagged("post_install", "-at_install")
class TestNewParent(CreditCommon):
    def test_what_a_customer_owes_counts_for_its_new_parent(self):
        child, parent = self.make_customer(1000, "Child"), self.make_customer(5000, "Parent")
        self.make_invoice(child, 700)
        self.make_invoice(parent, 100)
        child.write({"is_company": False, "parent_id": parent.id})
        self.assertEqual(self.exposure(parent), 800)
        old = self.env["credit.profile"].with_context(active_test=False).search([("partner_id", "=", child.id)])
        self.assertFalse(old.active)

    def test_a_salesperson_cannot_hide_debts_behind_another_limit(self):
        self.make_policy("limit_exceeded")
        child, parent = self.make_customer(1000, "Child"), self.make_customer(50000, "Parent")
        self.make_invoice(child, 700)
        with self.assertRaisesRegex(UserError, "700.00"):
            child.with_user(self.make_user("sales")).write({"is_company": False, "parent_id": parent.id})


@tagged("post_install", "-at_install")
class TestForecast(CreditCommon):
    """Limit 1,000; 400 due in 10 days, 300 due in 40 days: 300 can be sold today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000, "Forecast Ltd")
        cls.make_invoice(cls.customer, 400, days_overdue=-10)
        cls.make_invoice(cls.customer, 300, days_overdue=-40)

    def forecast(self, days, days_late=0):
        return self.env["credit.profile.forecast"].create(
            {
                "profile_id": self.profile_of(self.customer).id,
                "date": self.today + timedelta(days=days),
                "days_late": days_late,
            }
        )

    def test_what_is_due_by_then_is_expected_to_be_paid(self):
        self.assertEqual(self.forecast(0).amount_available_now, 300)
        for days, available in ((9, 300), (10, 700), (39, 700), (40, 1000)):
            self.assertEqual(self.forecast(days).amount_available_then, available, f"in {days} days")

    def test_usual_lateness_moves_the_payments(self):
        self.assertEqual(self.forecast(14, days_late=5).amount_available_then, 300)
        self.assertEqual(self.forecast(15, days_late=5).amount_available_then, 700)

    def test_a_temporary_limit_counts_between_its_dates(self):
        request = self.env["credit.limit.request"].create(
            {
                "profile_id": self.profile_of(self.customer).id, "kind": "increment", "amount": 500, "reason": "Season",
                "date_from": self.today + timedelta(days=5), "date_to": self.today + timedelta(days=7),
            }
        )  # fmt: skip
        request.action_submit()
        request.with_user(self.make_user("manager")).action_approve()
        for days, available in ((4, 300), (5, 800), (7, 800), (8, 300)):
            self.assertEqual(self.forecast(days).amount_available_then, available, f"in {days} days")

    def test_the_weeks_are_listed(self):
        lines = self.forecast(30).line_ids
        self.assertEqual(len(lines), 9)
        self.assertEqual(lines[0].amount_available, 300)
        self.assertEqual(lines[2].amount_available, 700)


@tagged("post_install", "-at_install")
class TestPaymentIndex(CreditCommon):
    def pay_late(self, partner, amount, days, ago=0):
        """Settle an invoice a number of days after its due date, today or some days ago."""
        invoice = self.make_invoice(partner, amount, days_overdue=days + ago)
        self._register_payment(invoice, payment_date=self.today - timedelta(days=ago))

    def test_the_index_weighs_lateness_by_amount(self):
        customer = self.make_customer(None, "Index Ltd")
        self.pay_late(customer, 100000, 0)
        self.pay_late(customer, 50000, 15)
        self.assertFalse(self.profile_of(customer).has_payment_index)
        self.pay_late(customer, 50000, 30)
        profile = self.profile_of(customer)
        profile.invalidate_recordset()
        self.assertTrue(profile.has_payment_index)
        self.assertEqual(profile.payment_index, 70)

    def test_what_is_overdue_today_counts_at_todays_lateness(self):
        customer = self.make_customer(None, "Stopped paying")
        for _number in range(3):
            self.pay_late(customer, 100, 0)
        self.make_invoice(customer, 300, days_overdue=60)
        self.assertEqual(self.profile_of(customer).payment_index, 60)

    def test_the_index_of_last_night_stands_until_the_next(self):
        customer = self.make_customer(None, "Index Ltd")
        for _number in range(3):
            self.pay_late(customer, 100, 0, ago=1)
        profile = self.profile_of(customer)
        self.env["credit.behaviour"]._keep(profile, self.today)
        self.make_invoice(customer, 300, days_overdue=60)
        self.assertEqual(profile._get_payment_indexes(self.today), {profile.id: 80.0})
        self.env["credit.behaviour"]._keep(profile, self.today)
        self.assertEqual(profile._get_payment_indexes(self.today), {profile.id: 60.0})

    def test_an_index_that_was_not_renewed_for_days_is_worked_out_on_the_spot(self):
        customer = self.make_customer(None, "Index Ltd")
        profile = self.profile_of(customer)
        self.env["credit.behaviour"]._keep(profile, self.today - timedelta(days=3))
        for _number in range(3):
            self.pay_late(customer, 100, 0)
        self.assertEqual(profile._get_payment_indexes(self.today), {profile.id: 80.0})

    def test_the_nightly_job_keeps_the_behaviour_of_everybody_once(self):
        customer = self.make_customer(None, "Index Ltd")
        profile = self.profile_of(customer)
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("credit_management.cron_keep_behaviour").method_direct_trigger()
        self.env.invalidate_all()
        kept = self.env["credit.behaviour"].search([("profile_id", "=", profile.id)])
        self.assertEqual((len(kept), kept.date, kept.has_payment_index), (1, self.today, False))

    def test_a_rule_on_the_index_stops_below_and_not_at_its_value(self):
        customer = self.make_customer(None, "Index Ltd")
        for _number in range(3):
            self.pay_late(customer, 100, 15)
        policy = self.make_policy({"criterion": "payment_index", "percent": 70})
        self.assertConfirmed(self.make_confirmed(customer, 10))
        policy.rule_ids.percent = 71
        order = self.make_order(customer, 10)
        self.confirm(order)
        self.assertHeld(order)
        self.assertIn("70", order.credit_hold_reason)


@tagged("post_install", "-at_install")
class TestForecastOfOverdue(CreditCommon):
    """Limit 1,000; 400 overdue for 20 days: 600 can be sold today, 1,000 when it is paid."""

    def test_what_is_overdue_is_not_expected_before_a_week_from_now(self):
        customer = self.make_customer(1000, "Late Ltd")
        self.make_invoice(customer, 400, days_overdue=20)
        for days, available in ((0, 600), (6, 600), (7, 1000)):
            forecast = self.env["credit.profile.forecast"].create(
                {
                    "profile_id": self.profile_of(customer).id,
                    "date": self.today + timedelta(days=days),
                    "days_late": 0,
                }
            )
            self.assertEqual(forecast.amount_available_then, available, f"in {days} days")
