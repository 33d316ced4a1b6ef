"""A scorecard with changes that are not saved: in memory, checked as the saved one is, and scoring as it does."""

from odoo import models
from odoo.exceptions import ValidationError

from ...engine import scoring as engine


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _try_out(self, changes):
        """Return this card with changes, as a record in memory: nothing reaches the database.

        :param dict changes: values as a form sends them to `write`
        :raise ValidationError: where the card would not be possible, or weighs nothing
        """
        self.ensure_one()
        card = self.new({}, origin=self)
        card.update(changes)
        card._check_factors()
        card._check_classes()
        card._check_weighs()
        return card

    def _check_weighs(self):
        if not self.factor_ids.filtered(lambda factor: factor.weight > 0):
            raise ValidationError(
                self.env._("All weights of %(card)s are 0: nobody would have a score. Give a factor a weight.",
                           card=self.name)
            )
        if not self.class_ids:
            raise ValidationError(
                self.env._("%(card)s gives no rating: add a rating with the score from which it is proposed.",
                           card=self.name)
            )

    def _make_version(self):
        """Return what the card says as a version in memory: none is kept."""
        versions = self.env["credit.scorecard.version"].sudo()  # versions are nobody's to write
        return versions.new({"definition": self._make_definition()})

    def _score_as(self, version, profiles, values, day):
        """Return ``{profile id: engine's score}`` of customers by a version, as of a day.

        :param dict values: ``{profile id: {factor: Value}}`` of ready factors
        """
        card = version._get_card()
        self._add_own_values(values, profiles, day, version._get_definitions())
        return {profile_id: engine.score(card, values[profile_id]) for profile_id in profiles.ids}
