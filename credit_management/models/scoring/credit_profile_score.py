"""Scoring: customers by their cards, as of a day."""

import functools
import json

from odoo import api, fields, models

from ...engine import scoring as engine


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    score_ids = fields.One2many("credit.score", "profile_id", "Scores", readonly=True)

    def _credit_score(self, day=None):
        """Score these customers by the card of each, and keep the results. What follows from those of today is done at
        night.

        :param day: the day that the figures are of; today in the company of each, by default
        :return: one ``credit.score`` for each customer that has a card, in the order of the customers
        """
        rows = []
        profiles = self.sudo()  # figures are the customer's, whoever may see its documents
        for as_of, own in profiles.grouped(lambda profile: day or profile.company_id._credit_today()).items():
            rows += self.env["credit.scorecard"]._score(own, as_of)
        same = self.env["credit.score"]._add_previous(rows)
        order = {profile_id: number for number, profile_id in enumerate(self.ids)}
        rows.sort(key=lambda row: order[row["profile_id"]])
        scores = self.env["credit.score"]._insert(rows)
        # the night confirms them, so it follows them as if it had found them
        scores.sudo().filtered(lambda score: score.profile_id.id not in same and score._is_of_today())._mark_due()
        return scores


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    @api.model
    def _score(self, profiles, day, figures=None):
        """Return the values of a score for each of some customers that has a card, as of a day.

        :param figures: what `_fetch_figures` of them and others, if that was done
        """
        return self._score_by_cards(self._find_cards(profiles, day), day, figures)

    @api.model
    def _find_cards(self, profiles, day):
        """Return ``{card: profiles}`` of customers of any companies; see `_get_cards`."""
        profiles.fetch(["company_id"])
        found = {}
        for own in profiles.grouped("company_id").values():
            for card, scored in self._get_cards(own, day).items():
                found[card] = found.get(card, scored.browse()) | scored
        return found

    @api.model
    def _fetch_figures(self, profiles, day):
        """Return the `Figures` of those of some customers that have a card, as of a day."""
        scored = self._find_cards(profiles, day)
        names = dict.fromkeys(
            factor._get_key() for card in scored for factor in card.factor_ids if factor.kind == "ready"
        )
        return self.env["credit.factor"]._fetch(profiles.browse().union(*scored.values()), day, list(names))

    @api.model
    def _score_by_cards(self, scored, day, figures=None):
        """Return the values of scores as of a day, by ``{card: profiles}``.

        Ready factors of all cards are read at once: each statement reads what is everybody's.
        """
        versions = {card: card._get_version() for card in scored}
        names = dict.fromkeys(name for version in versions.values() for name in version._get_ready_names())
        profiles = self.env["credit.profile"].sudo().union(*scored.values())  # as the cards' are
        values = self.env["credit.factor"]._read(profiles, day, list(names), figures)
        return [row for card, own in scored.items() for row in card._prepare_scores(own, day, versions[card], values)]

    def _prepare_scores(self, profiles, day, version, values):
        """Return the values of a score for each of some customers, as of a day.

        :param dict values: ``{profile id: {factor: Value}}`` of ready factors
        """
        card = version._get_card()
        self._add_own_values(values, profiles, day, version._get_definitions())
        common = {"date": day, "date_to": day, "card_id": self.id, "version_id": version.id}
        classes = version._get_classes()
        return [
            {"profile_id": profile.id, "company_id": profile.company_id.id, **common,
             **self._prepare_score(engine.score(card, values[profile.id]), version.id, classes)}
            for profile in profiles
        ]

    @api.model
    def _prepare_score(self, found, version_id, classes):
        """Return what of a score is kept."""
        return {
            "score": found.score or 0.0, "has_score": found.score is not None,
            "coverage": found.coverage, "is_covered": found.is_covered,
            "rating_id": engine.class_of(found.score, classes), "previous_id": None, "delta": 0.0, "follow_up": "none",
            "fingerprint": _get_fingerprint(found, version_id),
            "lines": json.dumps([(line.value.value, line.reason, line.points, line.share) for line in found.lines]),
        }


@functools.lru_cache(maxsize=1024)
def _write_points(points):  # cards have few of them
    return "-" if points is None else f"{points:g}"


def _get_fingerprint(found, version_id):
    """Return what stays the same until the card is changed or a factor gets other points."""
    points = ",".join(_write_points(line.points) for line in found.lines)
    return f"{version_id}:{points}:{found.coverage:g}"
