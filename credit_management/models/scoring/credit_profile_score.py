"""Scoring: customers by their cards, as of a day."""

import json

from odoo import fields, models

from ...engine import scoring as engine


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    score_ids = fields.One2many("credit.score", "profile_id", "Scores", readonly=True)

    def _credit_score(self, day=None):
        """Score these customers by the card of each, and keep the results.

        :param day: the day that the figures are of; today in the company of each, by default
        :return: one ``credit.score`` for each customer that has a card, in the order of the customers
        """
        rows = []
        profiles = self.sudo()  # figures are the customer's, whoever may see its documents
        for company, own in profiles.grouped("company_id").items():
            as_of = day or company._credit_today()
            for card, scored in self.env["credit.scorecard"]._get_cards(own, as_of).items():
                rows += card._prepare_scores(scored, as_of)
        self.env["credit.score"]._add_previous(rows)
        order = {profile_id: number for number, profile_id in enumerate(self.ids)}
        rows.sort(key=lambda row: order[row["profile_id"]])
        return self.env["credit.score"]._insert(rows)


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _prepare_scores(self, profiles, day):
        """Return the values of a score for each of some customers, as of a day."""
        version = self._get_version()
        card, definitions = version._get_card(), {found["key"]: found for found in version.definition["factors"]}
        values = self._read_values(profiles, day, definitions)
        company_id = profiles[:1].company_id.id
        return [
            {"profile_id": profile_id, "company_id": company_id, "date": day, "date_to": day, "card_id": self.id,
             **self._prepare_score(engine.score(card, values[profile_id]), version, definitions)}
            for profile_id in profiles.ids
        ]

    def _prepare_score(self, found, version, definitions):
        """Return what of a score is kept."""
        return {
            "version_id": version.id, "score": found.score or 0.0, "has_score": found.score is not None,
            "coverage": found.coverage, "is_covered": found.is_covered,
            "rating_id": version._propose_rating(found.score), "previous_id": None, "delta": 0.0, "follow_up": "none",
            "fingerprint": _get_fingerprint(found, version.id),
            "lines": json.dumps([_prepare_line(line, definitions[line.key]) for line in found.lines]),
        }


def _prepare_line(line, definition):
    return {
        "key": line.key, "label": definition["label"], "value": line.value.value, "reason": line.reason,
        "points": line.points, "weight": line.weight, "share": line.share,
    }


def _get_fingerprint(found, version_id):
    """Return what stays the same until the card is changed or a factor gets other points."""
    points = ",".join("-" if line.points is None else f"{line.points:g}" for line in found.lines)
    return f"{version_id}:{points}:{found.coverage:g}"
