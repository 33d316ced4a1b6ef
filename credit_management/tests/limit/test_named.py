"""A request changes what it names; a temporary limit is worth what it is worth today; a proposal lets pass."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


class NamedCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.euro = cls.setup_other_currency("EUR", rates=[("1900-01-01", 0.5)])
        cls.rule = cls.make_policy("limit_exceeded", {"criterion": "limit_expired"}).rule_ids[0]
        cls.asker = cls.make_user("credit_user")
        cls.manager = cls.make_user("manager")

    def approve(self, **values):
        request = self.env["credit.limit.request"].with_user(self.asker).create(
            {"profile_id": self.profile.id, "reason": "They grow", **values}
        )
        request.action_submit()
        request.with_user(self.manager).action_approve()
        return request


@tagged("post_install", "-at_install")
class TestWhatARequestNames(NamedCommon):
    def setUp(self):
        """The limit ended yesterday."""
        super().setUp()
        self.yesterday = self.today - timedelta(days=1)
        self.profile.sudo().date_limit_expiry = self.yesterday

    def test_the_last_day_stays_when_nothing_is_said_of_it(self):
        for amount in (1500, 900):
            request = self.approve(amount=amount)
            self.assertEqual(request.date_limit_expiry, self.yesterday)
            self.assertEqual((self.profile.amount_limit, self.profile.date_limit_expiry), (amount, self.yesterday))
            self.make_held(self.customer, 1)

    def test_a_named_last_day_is_written_and_an_emptied_one_too(self):
        day = self.today + timedelta(days=30)
        self.approve(amount=1500, date_limit_expiry=day)
        self.assertEqual(self.profile.date_limit_expiry, day)
        self.approve(amount=1500, date_limit_expiry=False)
        self.assertFalse(self.profile.date_limit_expiry)

    def test_many_changed_limits_keep_their_last_days(self):
        wizard = self.env["credit.limit.change"].with_user(self.asker).create(
            {"profile_ids": self.profile.ids, "percent": 50, "reason": "A good year"}
        )
        wizard.action_request()
        self.profile.limit_request_ids[0].with_user(self.manager).action_approve()
        self.assertEqual((self.profile.amount_limit, self.profile.date_limit_expiry), (1500, self.yesterday))


@tagged("post_install", "-at_install")
class TestTemporaryInForeignCurrency(NamedCommon):
    def effective(self):
        return self.figures(self.customer)["amount_limit_effective"]

    def test_it_is_converted_at_the_rate_of_today(self):
        """+ 100 euros, asked for at 0.5, are 200; at 0.25 they are 400."""
        days = {"date_from": self.today, "date_to": self.today + timedelta(days=5)}
        self.approve(kind="increment", amount=100, currency_id=self.euro.id, **days)
        self.assertEqual(self.effective(), 1200.0)
        self.euro.rate_ids.create({"currency_id": self.euro.id, "name": self.today, "rate": 0.25})
        self.assertEqual(self.effective(), 1400.0)

    def test_a_temporary_limit_too(self):
        days = {"date_from": self.today, "date_to": self.today + timedelta(days=5)}
        self.approve(kind="replacement", amount=1000, currency_id=self.euro.id, **days)
        self.euro.rate_ids.create({"currency_id": self.euro.id, "name": self.today, "rate": 0.25})
        self.assertEqual(self.effective(), 4000.0)


@tagged("post_install", "-at_install")
class TestProposal(NamedCommon):
    def propose(self, order):
        """Return what is proposed for a held order, and grant it; the order passes then."""
        context = self.hold_of(order).with_user(self.asker).action_request_limit()["context"]
        values = {name.removeprefix("default_"): value for name, value in context.items()}
        self.approve(**values)
        self.commit()
        self.assertConfirmed(order)
        return values["amount"], values["currency_id"]

    def test_it_is_in_the_currency_of_the_limit(self):
        """500 euros are 1,000; an order of 1,400 needs 700 euros."""
        self.profile.sudo().write({"amount_limit": 500, "limit_currency_id": self.euro.id})
        order = self.make_held(self.customer, 1400)
        self.assertEqual(self.propose(order), (700.0, self.euro.id))

    def test_it_starts_from_the_limit_of_the_rating(self):
        rating = self.env["credit.rating"].create({"name": "Q", "limit_type": "amount", "amount_limit": 1000})
        self.profile.sudo().write({"limit_type": "none", "amount_limit": 0, "rating_id": rating.id})
        order = self.make_held(self.customer, 1700)
        self.assertEqual(self.propose(order)[0], 1700.0)

    def test_it_leaves_temporary_increases_out(self):
        """1,000 and 200 for some days; 1,700 need 1,500 and the 200."""
        days = {"date_from": self.today, "date_to": self.today + timedelta(days=5)}
        self.approve(kind="increment", amount=200, **days)
        self.assertEqual(self.propose(self.make_held(self.customer, 1700))[0], 1500.0)

    def test_it_leaves_room_for_the_rule_on_utilisation(self):
        """Held at or above 80 %: 900 of 1,125 are 80 %."""
        self.rule.sudo().write({"criterion": "utilisation", "percent": 80})
        self.assertEqual(self.propose(self.make_held(self.customer, 900))[0], 1125.01)

    def test_none_is_offered_where_the_limit_of_the_group_binds(self):
        self.rule.sudo().criterion = "group_limit_exceeded"
        self.profile.sudo().group_id = self.env["credit.group"].create({"name": "Family", "amount_limit": 1000})
        hold = self.hold_of(self.make_held(self.customer, 1700))
        self.assertEqual(hold.amount_limit_proposed, 0.0)
        with self.assertRaises(UserError):
            hold.with_user(self.asker).action_request_limit()

    def test_none_is_offered_where_something_else_stops_the_order(self):
        self.profile.sudo().date_limit_expiry = self.today - timedelta(days=1)
        hold = self.hold_of(self.make_held(self.customer, 1700))
        self.assertEqual(hold.amount_limit_proposed, 0.0)
