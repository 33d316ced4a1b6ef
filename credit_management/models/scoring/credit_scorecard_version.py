"""Versions of a scorecard: what it said when a score was made, kept as it was."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.scoring import Card
from .credit_score import CONTROLLER
from .credit_scorecard_factor import make_factor


class CreditScorecardVersion(models.Model):
    _name = "credit.scorecard.version"
    _description = "Version of a Scorecard"
    _order = "number desc, id desc"

    card_id = fields.Many2one(
        "credit.scorecard", "Scorecard", required=True, readonly=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(
        "Version", required=True, readonly=True, aggregator=None, help="It counts the changes of the card."
    )
    definition = fields.Json(
        readonly=True, groups=CONTROLLER, help="The card as it was: factors, ranges, weights, ratings."
    )

    _once = models.UniqueIndex("(card_id, number)", "Each version has a number of its own.")

    @api.depends("card_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.card_id.display_name} · {version.number}"

    def write(self, vals):
        """Override: a version stays as it was.

        :raise UserError: for a person
        """
        if not self.env.su:
            raise UserError(self.env._("A version stays as it was. Change the scorecard: it gets a new one."))
        return super().write(vals)

    def _get_card(self):
        """Return the engine's card of a version."""
        self.ensure_one()
        definition = self.definition
        return Card(tuple(make_factor(factor) for factor in definition["factors"]), definition["coverage_min"])

    def _get_definitions(self):
        """Return ``{key: definition}`` of the factors of a version."""
        return {factor["key"]: factor for factor in self.definition["factors"]}

    def _get_keys(self):
        """Return the names of its factors, in their order."""
        return [factor["key"] for factor in self.definition["factors"]]

    def _get_ready_names(self):
        """Return the names of its factors that are ready ones."""
        return [factor["key"] for factor in self.definition["factors"] if factor["kind"] == "ready"]

    def _get_classes(self):
        """Return (rating id, score from which it is proposed) of each class; read once for many scores: what a version
        says is copied by each reading."""
        return [tuple(line) for line in self.definition["classes"]]


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _make_definition(self):
        """Return what the card says, as plain values."""
        return {
            "coverage_min": self.coverage_min,
            "factors": [factor._make_definition() for factor in self.factor_ids],
            "classes": [[line.rating_id.id, line.score_from] for line in self.class_ids],
        }

    def _get_version(self):
        """Return the version of the card as it is; a new one where it was changed since the last."""
        self.ensure_one()
        # versions are nobody's to write
        versions, definition = self.env["credit.scorecard.version"].sudo(), self._make_definition()
        last = versions.search([("card_id", "=", self.id)], limit=1)
        if last and last.definition == definition:
            return last
        return versions.create({"card_id": self.id, "number": last.number + 1, "definition": definition})
