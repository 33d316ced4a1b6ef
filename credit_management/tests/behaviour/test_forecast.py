"""What is foreseen of the exposure: nothing twice, nothing of others, nothing where no limit is."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestForecastOfExposure(CreditCommon):
    def foresee(self, partner, days):
        """Return what is foreseen in so many days: (paid, exposure, available)."""
        day = self.today + timedelta(days=days)
        found = self.profile_of(partner)._get_forecast(self.today, [day], 0)[day]
        return found["paid"], found["exposure"], found["available"]

    def test_credits_are_not_taken_off_twice(self):
        customer = self.make_customer(1000)
        self.make_invoice(customer, 400, days_overdue=-10)
        self.receive(customer, 150)
        self.assertEqual(self.exposure(customer), 250)
        self.assertEqual(self.foresee(customer, 9), (0, 250, 750))
        self.assertEqual(self.foresee(customer, 10), (250, 0, 1000))

    def test_where_credits_do_not_count_the_items_are_paid_as_a_whole(self):
        self.company.credit_count_unallocated = False
        customer = self.make_customer(1000)
        self.make_invoice(customer, 400, days_overdue=-10)
        self.receive(customer, 150)
        self.assertEqual(self.foresee(customer, 10), (400, 0, 1000))

    def test_only_what_is_not_invoiced_of_an_order_comes_inside_the_horizon(self):
        self.company.credit_days_horizon = 30
        customer = self.make_customer(1000)
        order = self.make_confirmed(customer, 100, 5, commitment_date=self.today + timedelta(days=40))
        invoice = self.bill(order, post=False)
        invoice.invoice_line_ids.quantity = 2
        invoice.action_post()
        self.assertEqual(self.exposure(customer), 200)
        self.assertEqual(self.foresee(customer, 9)[1], 200 - self.foresee(customer, 9)[0])
        paid, exposure, _available = self.foresee(customer, 10)
        self.assertEqual(paid + exposure, 500)

    def test_orders_of_a_subsidiary_with_credit_of_its_own_are_not_foreseen(self):
        self.company.credit_days_horizon = 30
        parent = self.make_customer(1000, "Parent")
        subsidiary = self.make_customer(1000, "Subsidiary")
        subsidiary.parent_id = parent
        self.assertEqual(subsidiary.commercial_partner_id, subsidiary)
        for partner, price in ((parent, 10), (subsidiary, 300)):
            self.make_confirmed(partner, price, commitment_date=self.today + timedelta(days=40))
        self.assertEqual(self.foresee(parent, 10)[1], 10)

    def test_without_a_limit_nothing_is_available_and_nothing_is_missing(self):
        for limit in (None, "unlimited"):
            customer = self.make_customer(limit)
            self.make_invoice(customer, 400)
            self.assertEqual(self.foresee(customer, 1), (0, 400, None))
            forecast = self.env["credit.profile.forecast"].create({"profile_id": self.profile_of(customer).id})
            self.assertFalse(forecast.has_limit_then or any(forecast.line_ids.mapped("has_limit")))

    def terms(self, days):
        return self.env["account.payment.term"].create(
            {"name": f"{days} days", "line_ids": [Command.create({"value_amount": 100, "nb_days": days})]}
        )

    def test_what_is_delivered_is_invoiced_within_a_week_and_paid_by_its_terms(self):
        """Invoiced in 7 days, due 30 days later: paid on the 37th day, not before."""
        customer = self.make_customer(1000)
        order = self.make_confirmed(customer, 100, 4, payment_term_id=self.terms(30).id)
        self.deliver(order.order_line, 4)
        self.assertEqual(self.foresee(customer, 36), (0, 400, 600))
        self.assertEqual(self.foresee(customer, 37), (400, 0, 1000))

    def test_an_order_becomes_money_after_its_delivery(self):
        """Delivered in 20 days, due 10 days later."""
        customer = self.make_customer(1000)
        day = self.today + timedelta(days=20)
        self.make_confirmed(customer, 400, payment_term_id=self.terms(10).id, commitment_date=day)
        found = self.profile_of(customer)._get_forecast(self.today, [day - timedelta(days=1), day], 0)
        self.assertEqual([found[when]["invoiced"] for when in sorted(found)], [0, 400])
        self.assertEqual([self.foresee(customer, days)[0] for days in (29, 30)], [0, 400])

    def test_a_draft_is_paid_on_its_own_due_date_plus_the_usual_lateness(self):
        customer = self.make_customer(1000)
        self.make_invoice(customer, 400, days_overdue=-20, post=False)
        profile, days = self.profile_of(customer), [self.today + timedelta(days=number) for number in (24, 25)]
        found = profile._get_forecast(self.today, days, 5)
        self.assertEqual([found[day]["paid"] for day in days], [0, 400])

    def test_what_is_on_its_way_to_the_bank_is_there_within_a_week(self):
        self.company.credit_count_in_process = True
        customer = self.make_customer(1000)
        self.pay(self.make_invoice(customer, 400))
        self.assertExposure(customer, 400, in_process=400)
        self.assertEqual([self.foresee(customer, days)[1] for days in (6, 7)], [400, 0])

    def test_nothing_is_paid_for_what_credits_cover(self):
        customer = self.make_customer(1000)
        order = self.make_confirmed(customer, 100, payment_term_id=self.terms(0).id)
        self.deliver(order.order_line, 1)
        self.receive(customer, 150)
        self.assertEqual(self.foresee(customer, 60), (0, -50, 1050))

    def test_orders_that_do_not_count_are_not_foreseen(self):
        self.company.credit_count_orders = False
        self.company.credit_days_horizon = 30
        customer = self.make_customer(1000)
        self.make_confirmed(customer, 100)
        self.make_confirmed(customer, 100, commitment_date=self.today + timedelta(days=40))
        self.assertEqual(self.foresee(customer, 200), (0, 0, 1000))

    def test_the_chart_draws_the_exposure_against_the_limit(self):
        customer = self.make_customer(1000)
        self.make_invoice(customer, 400, days_overdue=-10)
        forecast = self.env["credit.profile.forecast"].create({"profile_id": self.profile_of(customer).id})
        series = {one["name"]: one["data"] for one in forecast.chart["series"]}
        self.assertEqual(series, {"limit": [1000] * 9, "exposure": [400, 400] + [0] * 7})
