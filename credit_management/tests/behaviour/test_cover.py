"""Cover that expires, dunning levels, and terms better than the customer's: what they do to orders."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import CreditCommon


class CoverCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited")
        cls.profile = cls.profile_of(cls.customer)

    @classmethod
    def make_cover(cls, days_from, days_to, profile=None, **values):
        """Register a cover from and to so many days from today; ``days_to`` None: without end."""
        # with all rights: nobody notes one alone for customers whose orders they make
        return cls.env["credit.cover"].sudo().create(
            {
                "profile_id": (profile or cls.profile).id,
                "number": "P-1",
                "amount": 5000,
                "date_from": cls.today + timedelta(days=days_from),
                "date_to": days_to is not None and cls.today + timedelta(days=days_to),
                **values,
            }
        )

    def confirms(self, **values):
        order = self.make_order(self.customer, 10, **values)
        self.confirm(order)
        return order.state == "sale"


@tagged("post_install", "-at_install")
class TestCover(CoverCommon):
    def expiry(self):
        return self.profile._get_facts(self.today, ())[self.profile.id].date_cover_expiry

    def test_the_last_of_all_covers_counts(self):
        self.assertIsNone(self.expiry())
        self.make_cover(-90, -10)
        self.make_cover(-90, -3)
        self.assertEqual(self.expiry(), self.today - timedelta(days=3))

    def test_a_cover_without_end_never_expires(self):
        self.make_cover(-90, -10)
        self.make_cover(-5, None)
        self.assertEqual(self.expiry().isoformat(), "9999-12-31")
        self.assertFalse(self.profile.is_cover_expired)
        self.assertFalse(self.profile.date_cover_expiry)

    def test_a_cover_that_has_not_begun_and_an_archived_one_are_none(self):
        self.make_cover(1, 90)
        self.make_cover(-9, 90).active = False
        self.assertIsNone(self.expiry())

    def test_the_status_counts_both_ends(self):
        states = [self.make_cover(*days).state for days in ((0, 0), (-2, -1), (1, 2), (0, None))]
        self.assertEqual(states, ["valid", "expired", "future", "valid"])

    def test_customers_whose_cover_expired_are_found(self):
        names = ("expired", "valid", "none", "renewed")
        profiles = {name: self.profile_of(self.make_customer(name=name)) for name in names}
        self.make_cover(-9, -1, profiles["expired"])
        self.make_cover(-9, 0, profiles["valid"])
        for days in ((-9, -1), (0, None)):
            self.make_cover(*days, profiles["renewed"])
        among = [("id", "in", [profile.id for profile in profiles.values()])]
        Profile = self.env["credit.profile"]
        self.assertEqual(Profile.search([*among, ("is_cover_expired", "=", True)]), profiles["expired"])
        self.assertEqual(Profile.search_count([*among, ("is_cover_expired", "=", False)]), 3)
        self.assertEqual([profiles[name].is_cover_expired for name in names], [True, False, False, False])

    def test_an_order_is_held_after_the_cover_and_freed_when_it_is_renewed(self):
        self.make_policy("cover_expired")
        self.assertTrue(self.confirms())  # never had any
        cover = self.make_cover(-90, 0)
        self.assertTrue(self.confirms())
        cover.date_to = self.today - timedelta(days=1)
        order = self.make_held(self.customer, 10)
        self.assertIn("The customer's cover expired on", order.credit_hold_reason)
        self.commit()
        cover.date_to = self.today + timedelta(days=365)
        self.commit()
        self.assertConfirmed(order)

    def test_a_new_cover_frees_too(self):
        self.make_policy("cover_expired")
        self.make_cover(-90, -1)
        order = self.make_held(self.customer, 10)
        self.commit()
        self.make_cover(0, 365)
        self.commit()
        self.assertConfirmed(order)

    def test_days_of_grace_and_days_ahead(self):
        self.make_policy({"criterion": "cover_expired", "days_grace": 5})
        cover = self.make_cover(-90, -5)
        self.assertTrue(self.confirms())
        cover.date_to -= timedelta(days=1)
        self.assertFalse(self.confirms())
        self.make_policy({"criterion": "cover_expired", "days_ahead": 30}, sequence=1)
        cover.date_to = self.today + timedelta(days=30)
        self.assertTrue(self.confirms())
        cover.date_to = self.today + timedelta(days=29)
        order = self.make_held(self.customer, 10)
        self.assertIn("The customer's cover expires on", order.credit_hold_reason)

    def test_where_the_rule_says_so_a_customer_needs_a_cover(self):
        self.make_policy({"criterion": "cover_expired", "is_blank_hit": True})
        order = self.make_held(self.customer, 10)
        self.assertIn("The customer has no cover.", order.credit_hold_reason)

    def test_only_managers_register_cover(self):
        values = {"profile_id": self.profile.id, "amount": 1}
        for role in ("credit_user", "controller", "sales"):
            with self.assertRaises(AccessError):
                self.env["credit.cover"].with_user(self.make_user(role)).create(values)
        self.assertTrue(self.env["credit.cover"].with_user(self.make_user("manager")).create(values))

    def test_a_rule_on_cover_that_nobody_has_is_named_in_the_health_check(self):
        rule = self.make_policy("cover_expired").rule_ids
        self.env["credit.cover"].search([("company_id", "=", self.company.id)]).unlink()
        self.assertEqual(rule._get_defect(), "no customer has a cover")
        self.make_cover(-1, 1)
        self.assertEqual(rule._get_defect(), "")

    def test_rules_that_can_never_fire_or_always_do_are_named(self):
        rules = self.make_policy("broken_promise", {"criterion": "dunning_level", "level": 0}).rule_ids
        self.env["credit.promise"].search([]).sudo().unlink()
        self.assertEqual(
            [rule._get_defect() for rule in rules],
            ["no promise to pay has been noted yet", "a level of 0 stops every order"],
        )


@tagged("post_install", "-at_install")
class TestDunningLevel(CoverCommon):
    def set_level(self, level, user=None):
        wizard = self.env["credit.profile.dunning"].with_user(user or self.make_user("controller"))
        wizard = wizard.with_context(tracking_disable=False, mail_notrack=False)
        wizard.create({"profile_ids": self.profile.ids, "dunning_level": level, "reason": "Letter"}).action_apply()

    def test_an_order_is_held_from_the_level_of_the_rule_and_freed_below_it(self):
        self.make_policy({"criterion": "dunning_level", "level": 3})
        controller = self.make_user("controller")
        self.set_level(2, controller)
        self.assertTrue(self.confirms())
        self.set_level(3, controller)
        order = self.make_held(self.customer, 10)
        self.assertIn("The customer is at dunning level 3; from level 3 on it counts.", order.credit_hold_reason)
        self.commit()
        self.assertHeld(order)
        self.set_level(2, controller)
        self.commit()
        self.assertConfirmed(order)

    def test_the_level_and_its_reason_are_in_the_history(self):
        self.set_level(4)
        self.commit()
        tracked = self.profile.message_ids.tracking_value_ids
        self.assertEqual(
            {(value.field_id.name, value.new_value_integer or value.new_value_char) for value in tracked},
            {("dunning_level_set", 4), ("dunning_reason", "Letter"), ("is_dunning_level_set", 1)},
        )

    def test_neither_salespeople_nor_credit_users_set_it(self):
        for role in ("sales", "credit_user"):
            user = self.make_user(role)
            with self.assertRaises(AccessError):
                self.profile.with_user(user).write({"dunning_level_set": 0})
            with self.assertRaises(AccessError):
                self.set_level(0, user)

    @mute_logger("odoo.sql_db")
    def test_a_level_is_a_number_from_0_to_9(self):
        for level in (-1, 10):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.profile.write({"dunning_level_set": level})
                self.env.flush_all()


@tagged("post_install", "-at_install")
class TestBetterTerms(CoverCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy({"criterion": "terms_better", "days_grace": 2})
        cls.days_30 = cls.make_terms(30)
        cls.customer.property_payment_term_id = cls.days_30

    @classmethod
    def make_terms(cls, days, discount=0.0):
        return cls.env["account.payment.term"].create(
            {
                "name": f"{days} days", "early_discount": bool(discount), "discount_percentage": discount,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": days})],
            }
        )

    def test_terms_as_agreed_or_within_the_grace_pass_and_longer_ones_do_not(self):
        passed = [self.confirms(payment_term_id=self.make_terms(days).id) for days in (0, 30, 32, 33)]
        self.assertEqual(passed, [True, True, True, False])

    def test_a_bigger_cash_discount_is_better(self):
        self.customer.property_payment_term_id = self.make_terms(30, 2.0)
        passed = [self.confirms(payment_term_id=self.make_terms(10, discount).id) for discount in (2.0, 2.5)]
        self.assertEqual(passed, [True, False])

    def test_terms_that_change_on_a_confirmed_order_are_looked_at_again(self):
        order = self.make_confirmed(self.customer, 10)
        with self.assertRaisesRegex(Exception, "33 days"):
            order.with_user(self.make_user("sales")).payment_term_id = self.make_terms(33)
        with self.assertRaisesRegex(Exception, "cash discount of 3.0 %"):
            order.with_user(self.make_user("sales", login="second")).payment_term_id = self.make_terms(30, 3.0)

    def test_a_due_date_typed_into_an_invoice_counts_as_its_terms(self):
        self.make_invoice(self.customer, 10, days_overdue=-32)
        with self.assertRaisesRegex(Exception, "run for 33 days"):
            self.make_invoice(self.customer, 10, days_overdue=-33)
