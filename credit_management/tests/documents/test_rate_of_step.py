"""The rate of an order is that of the step: of the day on which it is confirmed, whatever date it bears."""

from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestRateOfTheStep(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # one dollar is half a euro since 2020, and 0.4 from today on
        cls.euro = cls.setup_other_currency("EUR", rates=[("2020-01-01", 0.5), (str(cls.today), 0.4)])
        cls.pricelist = cls.make_pricelist(cls.euro)
        cls.customer = cls.make_customer(220)
        cls.make_policy("limit_exceeded")
        cls.seller = cls.make_user("sales")

    def make_old(self, price=100, **values):
        """Return a quotation in euros with a date on which they were cheap."""
        order = self.make_order(
            self.customer, price, pricelist_id=self.pricelist.id, date_order="2021-01-01 12:00:00", **values
        )
        self.assertEqual(order.currency_rate, 0.5)
        return order.with_user(self.seller)

    def test_a_quotation_of_a_cheap_day_weighs_what_it_does_today(self):
        order = self.make_old()
        self.confirm(order)
        self.assertHeld(order)
        self.assertEqual(self.hold_of(order).amount, 250.0)
        self.assertExposure(self.customer, 0.0)

    def test_on_every_path_into_the_state(self):
        order = self.make_old()
        for step in (
            order.action_confirm,
            lambda: order.write({"state": "sale"}),
            lambda: order.write({"state": "sale", "date_order": "2021-01-01 12:00:00"}),
            lambda: self.make_old(state="sale"),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                step()
        self.customer.credit_profile_id.sudo().amount_limit = 250
        order.action_confirm()
        self.assertExposure(self.customer, 250.0, orders=250.0)

    def test_a_date_written_after_the_confirmation_changes_nothing(self):
        self.set_limit(self.customer, 250)
        order = self.make_old()
        order.action_confirm()
        order.write({"date_order": "2021-01-01 12:00:00"})
        self.assertExposure(self.customer, 250.0, orders=250.0)
        self.assertEqual(order.sudo()._credit_get_amount(self.today), 250.0)
        second = self.make_order(self.customer, 10).with_user(self.seller)
        with self.assertRaises(UserError):
            second.action_confirm()

    def test_a_state_written_with_the_old_date_counts_at_today_s_rate(self):
        self.set_limit(self.customer, 250)
        order = self.make_old()
        order.write({"state": "sale", "date_order": "2021-01-01 12:00:00"})
        self.assertEqual(order.currency_rate, 0.5)
        self.assertExposure(self.customer, 250.0, orders=250.0)

    def test_nobody_writes_the_rate_of_the_step(self):
        self.set_limit(self.customer, 250)
        order = self.make_old()
        with self.assertRaises(UserError):
            order.write({"credit_currency_rate": 1000.0})
        order.action_confirm()
        with self.assertRaises(UserError):
            order.write({"credit_currency_rate": 1000.0})

    def test_what_was_ordered_can_be_invoiced_though_the_rate_has_changed(self):
        self.set_limit(self.customer, 250)
        order = self.make_old()
        order.action_confirm()
        tomorrow = datetime.combine(self.today + timedelta(days=1), datetime.min.time())
        self.env["res.currency.rate"].sudo().create(
            {"currency_id": self.euro.id, "name": tomorrow.date(), "rate": 0.2, "company_id": False}
        )
        self.assertExposure(self.customer, 250.0, orders=250.0)
        invoice = self.bill(order.sudo())
        self.assertEqual(invoice.state, "posted")
        self.assertExposure(self.customer, 250.0, not_due=250.0)
