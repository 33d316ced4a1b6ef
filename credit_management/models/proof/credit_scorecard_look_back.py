"""Looking back: what the scores of a past day told of who then paid late, or not at all."""

from collections import namedtuple
from dataclasses import dataclass
from datetime import date, timedelta

from odoo import api, models

from ...engine import validation as engine
from ..behaviour.credit_profile_trade import DAYS_OF_YEAR

# A share of so many tells the Gini coefficient to a few percent, which stand beside it, and is read while somebody
# waits; of more every second, third, … is looked at.
LOOKED_AT = 5_000
BAND = 20  # points: five bands, as many as a small company can fill
# Customers, the day of the first invoice of each that has one, and 2 where they are every second one of all.
Sample = namedtuple("Sample", "profiles first_days every")
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
        sample, end = self._draw_sample(company), self._get_last_day(company, day)
        then, now = (self._score_of(sample, one) for one in (day, company._credit_today()))
        outcomes = self._read_outcomes(then, end, days_bad)
        kinds = {kind: [score for key, score in then.items() if outcomes[key] is kind] for kind in (False, True, None)}
        bands = tuple(
            (low, *(_count(kinds[kind], low) for kind in (False, True, None)), _count(now.values(), low))
            for low in range(0, 100, BAND)
        )
        stability = engine.get_stability([sum(band[1:4]) for band in bands], [band[4] for band in bands])
        return Found(engine.look_back(kinds[False], kinds[True]), bands, stability, len(kinds[None]), sample.every)

    @api.model
    def _draw_sample(self, company):
        """Return the customers of a company that are looked at, as `Sample`: of very many a share, always the same."""
        # totals of the company, whoever may see its customers
        Profile = self.env["credit.profile"].sudo().with_context(active_test=False)
        profiles = Profile.search([("company_id", "=", company.id)], order="id")
        every = max(-(-len(profiles) // LOOKED_AT), 1)
        drawn = profiles[::every].with_env(self.env["credit.profile"].sudo().env)  # as above
        return Sample(drawn, drawn._read_first_days(company._credit_today()) if drawn else {}, every)

    @api.model
    def _get_last_day(self, company, day):
        """Return the last day of the year whose outcomes are looked at."""
        return min(day + timedelta(days=DAYS_OF_YEAR + 1), company._credit_today())

    def _score_of(self, sample, day):
        """Return ``{profile id: score}`` of the customers that this card was for on a day, of those that were invoiced
        by then and have a score."""
        own = self._get_scored_on(sample, day)
        rows = self.sudo()._score_by_cards({self.sudo(): own}, day) if own else ()  # as there
        return {row["profile_id"]: row["score"] for row in rows if row["has_score"]}

    def _get_scored_on(self, sample, day):
        """Return the customers that this card was for on a day, of those that were invoiced by then."""
        known = sample.profiles.filtered(lambda profile: sample.first_days.get(profile.id, date.max) <= day)
        return self._get_cards(known, day, sample.first_days).get(self, known.browse())

    def _read_outcomes(self, scores, end, days_bad):
        """Return ``{profile id: whether the customer paid badly}`` up to a day, None where nothing was to be paid."""
        profiles, outcomes = self.env["credit.profile"].sudo().browse(scores), {}  # as above
        # as above
        for key, values in self.env["credit.factor"].sudo()._read(profiles, end, OUTCOMES).items():
            late, overdue = (values[name].value for name in OUTCOMES)
            is_known = late is not None or (overdue or 0) > 0
            outcomes[key] = max(late or 0, overdue or 0) >= days_bad if is_known else None
        return outcomes


def _count(scores, low):
    """Return how many scores are in a band: its lower end included, its upper one too where it is the last."""
    return sum(low <= score < low + BAND or score == low + BAND == 100 for score in scores)
