"""Terms that are longer than a law allows are a finding, by country and by who owes."""

from odoo import Command
from odoo.tests import tagged

from .common import TermsCommon


@tagged("post_install", "-at_install")
class TestCeiling(TermsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["credit.terms.ceiling"].search([]).unlink()
        cls.make_policy("terms_ceiling")
        cls.here, cls.abroad = cls.env.ref("base.fr"), cls.env.ref("base.us")
        cls.company.country_id = cls.here
        cls.make_ceiling("Businesses", "business", 60)
        cls.make_ceiling("Public bodies", "public", 30)

    @classmethod
    def make_ceiling(cls, name, debtor, days, **values):
        values = {"country_ids": [Command.set(cls.here.ids)], "source": "A law", **values}
        return cls.env["credit.terms.ceiling"].create({"name": name, "debtor": debtor, "days": days, **values})

    def is_found(self, customer, terms):
        order = self.make_order(customer, 100, payment_term_id=terms.id)
        self.confirm(order)
        return order.credit_hold_state == "held"

    def make_in(self, country, legal_class=False):
        customer = self.make_rated(self.rating_a)
        customer.country_id = country
        self.profile_of(customer).legal_class = legal_class
        return customer

    def test_a_business_may_have_60_days_and_not_90(self):
        customer = self.make_in(self.here)
        self.assertFalse(self.is_found(customer, self.days_60))
        order = self.make_order(customer, 100, payment_term_id=self.days_90.id)
        self.confirm(order)
        self.assertHeld(order)
        self.assertIn("The payment terms run for 90 days; Businesses allows 60.", order.credit_hold_reason)

    def test_a_public_body_may_have_30(self):
        customer = self.make_in(self.here, "public")
        self.assertFalse(self.is_found(customer, self.days_30))
        self.assertTrue(self.is_found(customer, self.days_60))

    def test_a_customer_abroad_or_a_consumer_is_not_bound_by_it(self):
        self.assertFalse(self.is_found(self.make_in(self.abroad), self.days_90))
        self.assertFalse(self.is_found(self.make_in(self.here, "consumer"), self.days_90))

    def test_the_shortest_of_those_that_apply_counts(self):
        self.make_ceiling("Large companies", "large", 45)
        self.assertTrue(self.is_found(self.make_in(self.here, "large"), self.days_60))
        self.assertFalse(self.is_found(self.make_in(self.here, "sme"), self.days_60))

    def test_who_has_longer_terms_is_proposed_what_the_law_allows(self):
        customer = self.make_in(self.here)
        customer.property_payment_term_id = self.days_90
        # without a bound of the policy nothing is looked up; with one, the law counts with it
        self.env["credit.policy"].search([("state", "=", "on")]).days_terms_max = 90
        self.assertEqual(self.make_order(customer, 100).payment_term_id, self.days_60)

    def test_the_class_of_a_customer_is_not_changed_by_a_controller_alone(self):
        names = self.env["credit.profile"]._credit_get_loosening()
        profile = self.profile_of(self.make_in(self.here, "public"))
        after = profile.new({"legal_class": "sme"}, origin=profile)
        self.assertEqual(names["legal_class"](profile, after), float("inf"))
        profile = self.profile_of(self.make_in(self.here))
        after = profile.new({"legal_class": "public"}, origin=profile)
        self.assertEqual(names["legal_class"](profile, after), float("-inf"), "to name it loosens nothing")
