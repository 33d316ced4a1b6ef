"""Terms of payment, ratings, and what a policy allows of terms."""

from odoo import Command

from ..common import CreditCommon


class TermsCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.payment.term"].search([]).active = False  # only those of the test are offered
        cls.days_30, cls.days_60, cls.days_90 = (cls.make_terms(f"{days} Days", days) for days in (30, 60, 90))
        cls.rating_a, cls.rating_c = cls.env["credit.rating"].create([{"name": "A1"}, {"name": "C1"}])

    @classmethod
    def make_terms(cls, name, *days, **values):
        """Create terms with equal shares after so many days each."""
        shares = [round(100 / len(days), 2)] * (len(days) - 1)
        shares.append(100 - sum(shares))
        lines = [
            Command.create({"value": "percent", "value_amount": share, "nb_days": after})
            for share, after in zip(shares, days, strict=True)
        ]
        return cls.env["account.payment.term"].create({"name": name, "line_ids": lines, **values})

    @classmethod
    def make_rated(cls, rating, terms=None, **values):
        """Create a customer with a rating and terms of its own."""
        customer = cls.make_customer("unlimited", rating_id=rating.id, **values)
        customer.property_payment_term_id = terms
        return customer

    @classmethod
    def allow(cls, policy, rating, days, **values):
        """Let a policy allow customers of a rating terms of so many days."""
        values = {"policy_id": policy.id, "rating_ids": [Command.set(rating.ids)], "days_max": days, **values}
        return cls.env["credit.policy.terms"].create(values)
