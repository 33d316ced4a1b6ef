"""Every user gets the same decision, in whatever time zone anybody sits: the day is the company's."""

import random
from datetime import datetime, timedelta

import pytz
from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import CreditCommon

PLACES = ("UTC", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati", "Etc/GMT+12", "America/Sao_Paulo",
          "Asia/Kolkata", "Europe/Dublin", "Asia/Shanghai")
NOON = "2026-06-15 13:00:00"  # already 16 June in Auckland, still 15 June in London and Los Angeles


class DaysCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.credit_tz = "UTC"
        cls.people = [cls.make_user("sales", login=f"in-{zone}", tz=zone) for zone in PLACES]

    def verdicts(self, document, checkpoint="order"):
        """Return the different verdicts that people around the world get, by whatever time zone they claim."""
        self.env.flush_all()
        found = set()
        for user in self.people:
            for zone in (user.tz, random.choice(PLACES)):
                self.env.invalidate_all()
                asked = document.with_user(user).with_context(tz=zone)
                found.add(asked._credit_decide(checkpoint, is_locked=False)[asked].verdict)
        return found


@tagged("post_install", "-at_install")
class TestDays(DaysCommon):
    def test_what_is_due_today_is_overdue_for_nobody(self):
        customer = self.make_customer(10_000)
        with freeze_time("2026-06-10 12:00:00"):
            self.make_invoice(customer, 100, invoice_date="2026-06-01", invoice_date_due="2026-06-15")
        self.make_policy("overdue_days")
        order = self.make_order(customer, 10)
        with freeze_time(NOON):
            self.assertEqual(self.verdicts(order), {"pass"})
            self.assertEqual(self.profile_of(customer).amount_overdue, 0)
            self.company.sudo().credit_tz = "Pacific/Auckland"
            self.env.invalidate_all()
            self.assertEqual(self.verdicts(order), {"hold"})
            self.assertEqual(self.profile_of(customer).amount_overdue, 100)
            self.assertIn(self.profile_of(customer), self.env["credit.profile"].search([("amount_overdue", ">", 0)]))

    def test_today_in_an_own_condition_is_the_day_of_the_company(self):
        """The limit ends on 15 June: over on 16 June, which it is in Auckland."""
        customer = self.make_customer(10_000)
        self.profile_of(customer).date_limit_expiry = "2026-06-15"
        self.make_policy({"criterion": "domain", "domain": "[('date_limit_expiry', '<', 'today')]"})
        order = self.make_order(customer, 10)
        with freeze_time(NOON):
            self.env.ref("base.user_root").tz = "Pacific/Auckland"
            self.assertEqual(self.verdicts(order), {"pass"})
            self.company.sudo().credit_tz = "Pacific/Auckland"
            self.env.ref("base.user_root").tz = "UTC"
            self.assertEqual(self.verdicts(order), {"hold"})

    def test_today_in_orders_not_checked_is_the_day_of_the_company(self):
        """Quotations that ran out yesterday are not checked: 15 June is yesterday in Auckland."""
        customer = self.make_customer(0)
        policy = self.make_policy()
        policy.exclusion_domain = "[('validity_date', '=', 'today -1d')]"
        order = self.make_order(customer, 10, validity_date="2026-06-15")
        with freeze_time(NOON):
            self.assertEqual(self.verdicts(order), {"hold"})
            self.company.sudo().credit_tz = "Pacific/Auckland"
            self.assertEqual(self.verdicts(order), {"pass"})

    def test_a_condition_does_not_call_the_users_day(self):
        policy = self.make_policy()
        for condition in ("[('date_limit_expiry', '<', context_today())]", "[('date_limit_expiry', '<', today)]"):
            with self.subTest(condition), self.assertRaisesRegex(ValidationError, "'today -1d'.*day of the company"):
                policy.rule_ids.write({"criterion": "domain", "domain": condition})
            with self.subTest(condition), self.assertRaisesRegex(ValidationError, "'today -1d'.*day of the company"):
                policy.exclusion_domain = condition

    def test_a_temporary_limit_ends_for_everybody_at_midnight_of_the_company(self):
        customer = self.make_customer(100)
        self.make_policy()
        request = self.env["credit.limit.request"].create(
            {
                "profile_id": self.profile_of(customer).id, "kind": "increment", "amount": 500, "reason": "season",
                "date_from": "2026-06-01", "date_to": "2026-06-15",
            }
        )
        request.sudo().write({"state": "approved"})
        order = self.make_order(customer, 150)
        for moment, verdict in ((NOON, "pass"), ("2026-06-15 23:59:00", "pass"), ("2026-06-16 00:00:00", "hold")):
            with freeze_time(moment):
                self.assertEqual(self.verdicts(order), {verdict}, moment)
        self.assertEqual(self.profile_of(customer).amount_limit_effective, 100)

    def test_a_release_ends_for_everybody_on_the_same_day(self):
        customer = self.make_customer(100)
        self.make_policy()
        order = self.make_order(customer, 150)
        self.env["credit.release"].sudo().create(
            {
                "profile_id": self.profile_of(customer).id, "res_model": "sale.order", "res_id": order.id,
                "reason_id": self.reason.id, "user_id": self.make_user("manager", login="another").id,
                "amount_max": 150, "date_until": "2026-06-15", "is_measured": False,
            }
        )
        for moment, verdict in ((NOON, "released"), ("2026-06-16 00:30:00", "hold")):
            with freeze_time(moment):
                self.assertEqual(self.verdicts(order), {verdict}, moment)

    def test_the_days_without_checks_end_for_everybody_on_the_same_day(self):
        customer = self.make_customer(100)
        self.make_policy()
        self.profile_of(customer).sudo().date_ignore_until = "2026-06-14"
        order = self.make_order(customer, 150)
        with freeze_time("2026-06-14 23:00:00"):
            self.assertEqual(self.verdicts(order), {"pass"})
        with freeze_time(NOON):
            self.assertEqual(self.verdicts(order), {"hold"})

    def test_two_companies_stand_on_two_days_in_one_list(self):
        other = self.setup_other_company(name="Auckland Ltd")["company"]
        other.credit_tz = "Pacific/Auckland"
        customer = self.make_customer(1000)
        there = self.env["credit.profile"]._ensure(customer, other)
        moment = datetime(2026, 6, 15, 13)
        self.assertNotEqual(other._credit_day_of(moment), self.company._credit_day_of(moment))
        with freeze_time("2026-06-10 12:00:00"):
            self.make_invoice(customer, 100, invoice_date="2026-06-01", invoice_date_due="2026-06-15")
        with freeze_time(NOON):
            self.env.invalidate_all()
            found = self.env["credit.profile"].search([("partner_id", "=", customer.id), ("amount_exposure", ">=", 0)])
            self.assertIn(there, found)
            self.assertEqual(len(self.env["res.company"]._credit_get_days()), 2)
            here = self.profile_of(customer)
            self.assertEqual((here.amount_exposure, here.amount_overdue, there.amount_overdue), (100, 0, 0))
            lines = self.env["credit.exposure.line"].search([("profile_id", "=", here.id)])
            self.assertEqual(lines.mapped("component"), ["not_due"])


@tagged("post_install", "-at_install")
class TestRandomDays(DaysCommon):
    def test_any_clock_and_any_zones_give_one_decision_and_the_day_of_the_company(self):
        """The slow, obvious rule: overdue from the day after the due date, in the zone of the company."""
        generator = random.Random(20260615)
        customer = self.make_customer(1_000_000)
        self.make_policy("overdue_days")
        order = self.make_order(customer, 10)
        due = datetime(2026, 6, 15)
        with freeze_time(due - timedelta(days=30)):
            self.make_invoice(customer, 100, invoice_date="2026-05-01", invoice_date_due=due.date())
        for _number in range(12):
            zone = generator.choice(PLACES)
            moment = due + timedelta(minutes=generator.randrange(-2 * 24 * 60, 3 * 24 * 60))
            self.company.sudo().credit_tz = zone
            day = pytz.utc.localize(moment).astimezone(pytz.timezone(zone)).date()
            with freeze_time(moment):
                expected = {"hold"} if day > due.date() else {"pass"}
                self.assertEqual(self.verdicts(order), expected, f"{moment} UTC in a company in {zone}")
