"""What is foreseen of the exposure: nothing twice, nothing of others, nothing where no limit is."""

from datetime import timedelta

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
