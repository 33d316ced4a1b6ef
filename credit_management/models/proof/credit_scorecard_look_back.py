"""Looking back: what the scores of a past day told of who then paid late, or not at all."""

from dataclasses import dataclass
from datetime import timedelta

from odoo import api, models

from ...engine import validation as engine
from ..behaviour.credit_profile_trade import DAYS_OF_YEAR

# Scores and outcomes of so many customers are read by a handful of statements, and take some hundred megabytes.
BATCH = 20_000
# A share of so many is known to a percent, and is read while somebody waits; of more every second, third, … is
# looked at.
LOOKED_AT = 10_000
BAND = 20  # points: five bands, as many as a small company can fill
OUTCOMES = ("days_late_max", "days_overdue_max")


@dataclass(frozen=True)
class Found:
    """What a card's scores of a day told.

    ``bands``: of each band of scores its lower end, the good, the bad, those of whom nothing is known, and the
    customers of today. ``every``: 2 where every second customer was looked at.
    """

    result: engine.LookBack
    bands: tuple[tuple[int, int, int, int, int], ...]
    stability: float | None
    unknown: int
    every: int


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _look_back(self, company, day, days_bad):
        """Return what the scores of a day told, as `Found`.

        :param day: whose scores are looked at; nothing of later is in them
        :param days_bad: who then paid something so many days late, or owes something for as long, paid badly
        """
        self.ensure_one()
        end = self._get_last_day(company, day)
        then, now = self._score_of(company, day), self._score_of(company, company._credit_today())
        outcomes = self._read_outcomes(then, end, days_bad)
        kinds = {kind: [score for key, score in then.items() if outcomes[key] is kind] for kind in (False, True, None)}
        bands = tuple(
            (low, *(_count(kinds[kind], low) for kind in (False, True, None)), _count(now.values(), low))
            for low in range(0, 100, BAND)
        )
        stability = engine.get_stability([sum(band[1:4]) for band in bands], [band[4] for band in bands])
        every = self._get_every(len(self._get_file_ids(company)))
        return Found(engine.look_back(kinds[False], kinds[True]), bands, stability, len(kinds[None]), every)

    @api.model
    def _get_file_ids(self, company):
        # totals of the company, whoever may see its customers
        Profile = self.env["credit.profile"].sudo().with_context(active_test=False)
        return Profile.search([("company_id", "=", company.id)], order="id").ids

    @api.model
    def _get_every(self, count):
        """Return 1 where all of so many customers are looked at, 2 for every second, …"""
        return max(-(-count // LOOKED_AT), 1)

    @api.model
    def _get_last_day(self, company, day):
        """Return the last day of the year whose outcomes are looked at."""
        return min(day + timedelta(days=DAYS_OF_YEAR + 1), company._credit_today())

    def _score_of(self, company, day):
        """Return ``{profile id: score}`` of the customers of a company that this card was for on a day, of those that
        were invoiced by then and have a score."""
        scores = {}
        for own in self._get_scored_on(company, day):
            rows = self.sudo()._score(own, day)  # totals of the company, whoever may see its customers
            scores |= {row["profile_id"]: row["score"] for row in rows if row["has_score"]}
        return scores

    def _get_scored_on(self, company, day):
        """Yield the customers of a company that this card was for on a day, of those that were invoiced by then, in
        batches; of very many a share, the same on each day."""
        ids, Profile = self._get_file_ids(company), self.env["credit.profile"].sudo()  # as there
        ids = ids[:: self._get_every(len(ids))]
        for number in range(0, len(ids), BATCH):
            known = Profile.browse(ids[number : number + BATCH])._find_invoiced_until(day)
            own = self._get_cards(known, day).get(self) if known else None
            if own:
                yield own

    def _read_outcomes(self, scores, end, days_bad):
        """Return ``{profile id: whether the customer paid badly}`` up to a day, None where nothing was to be paid."""
        Profile, outcomes, ids = self.env["credit.profile"].sudo(), {}, list(scores)  # as above
        for number in range(0, len(ids), BATCH):
            profiles = Profile.browse(ids[number : number + BATCH])
            # as above
            for key, values in self.env["credit.factor"].sudo()._read(profiles, end, OUTCOMES).items():
                late, overdue = (values[name].value for name in OUTCOMES)
                is_known = late is not None or (overdue or 0) > 0
                outcomes[key] = max(late or 0, overdue or 0) >= days_bad if is_known else None
        return outcomes


def _count(scores, low):
    """Return how many scores are in a band: its lower end included, its upper one too where it is the last."""
    return sum(low <= score < low + BAND or score == low + BAND == 100 for score in scores)
