"""Whether a card with changes would have told better who then paid late: both looked back at on the same day."""

from odoo import models

from ...engine import validation as engine
from .simulated import SAVED, TRIAL


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _foretell(self, company, changes, day, days_bad):
        """Return ``{side: LookBack}`` of the card as saved and of the card with changes; see `_look_back`.

        :param dict changes: of the card, as a form sends them to `write`; nothing of them is kept
        :param day: whose scores are looked at; nothing of later is in them
        :param days_bad: who then paid something so many days late, or owes something for as long, paid badly
        """
        versions = {SAVED: self._make_version(), TRIAL: self._try_out(changes)._make_version()}
        own = self._get_scored_on(self._draw_sample(company), day)
        found = self._score_versions(own, versions, day) if own else {side: {} for side in versions}
        scores = {
            side: {key: one.score for key, one in of_side.items() if one.score is not None}
            for side, of_side in found.items()
        }
        known = {key: None for side in versions for key in scores[side]}
        outcomes = self._read_outcomes(known, self._get_last_day(company, day), days_bad)
        return {side: _look_back(found, outcomes) for side, found in scores.items()}


def _look_back(scores, outcomes):
    """Return what scores told, by the outcomes of their customers."""
    good, bad = ([score for key, score in scores.items() if outcomes[key] is kind] for kind in (False, True))
    return engine.look_back(good, bad)
