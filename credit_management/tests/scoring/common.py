"""Cards in the words of the domain: factors with their ranges and weights."""

from datetime import timedelta

from odoo import Command

from ..common import CreditCommon

# days late: below 0 → 100, from 0 to below 15 → 80, from 15 to below 30 → 60, from 30 → 20
LATE = [(None, 0, 100), (0, 15, 80), (15, 30, 60), (30, None, 20)]


class ScoringCommon(CreditCommon):
    """A company without any card but those of a test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["credit.scorecard"].search([]).active = False

    @classmethod
    def make_card(cls, *factors, classes=(), name="Card", **values):
        """Create a card of factors, each as ``factor`` returns it."""
        return cls.env["credit.scorecard"].create(
            {
                "name": name,
                "factor_ids": [Command.create(factor) for factor in factors],
                "class_ids": [Command.create({"rating_id": cls.rating(name_).id, "score_from": low})
                              for name_, low in classes],
                **values,
            }
        )

    @classmethod
    def rating(cls, name):
        return cls.env.ref(f"credit_management.rating_{name.lower()}")

    @staticmethod
    def factor(factor, weight, bands, **values):
        """Return the values of a factor with ranges ``(from, to, points)`` or words ``(word, points)``."""
        return {
            "factor": factor, "weight": weight,
            "band_ids": [Command.create(ScoringCommon.band(*band)) for band in bands], **values,
        }

    @staticmethod
    def band(*band):
        if len(band) == 2:
            return {"word": band[0], "points": band[1]}
        low, high, points = band
        return {
            "has_low": low is not None, "low": low or 0, "has_high": high is not None, "high": high or 0,
            "points": points,
        }

    def make_paid(self, partner, amount, days_late, days_ago=10, **values):
        """Create an invoice that was paid some days ago, so many days late."""
        invoice = self.make_invoice(partner, amount, days_ago + days_late, **values)
        self._register_payment(invoice, payment_date=self.today - timedelta(days=days_ago))
        return invoice


class NightCommon(ScoringCommon):
    """A customer and a card by which it is scored; nobody was scored yet."""

    def setUp(self):
        super().setUp()
        self.env["credit.score"].sudo().search([]).unlink()
        self.customer = self.make_customer(10_000)
        self.profile = self.profile_of(self.customer)
        self.classes = [("AAA", 90), ("AA", 80), ("A", 70), ("B", 55), ("C", 35), ("D", 0)]
        self.card = self.make_card(self.factor("days_late", 50, LATE), classes=self.classes)
