"""What follows from a score: a rating that is one class lower, or a proposal where the customer is a person.

Ratings are raised only where two persons have set the company so. Each change is one `credit.change`, with the factors
that moved as its reason.
"""

import json
import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang, plaintext2html
from psycopg2.extensions import TransactionRollbackError

from .credit_score_line_text import write_number

_logger = logging.getLogger(__name__)
DAYS_TO_DECIDE = 7  # for a person to look at what a score proposes about a natural person


class CreditScore(models.Model):
    _inherit = "credit.score"

    rating_followed_id = fields.Many2one(
        "credit.rating", "Rating Given", readonly=True, ondelete="set null",
        help="The rating that the nightly job gave because of it; one class each night, until it fits.",
    )
    date_followed = fields.Date("Given On", readonly=True, help="The company's day on which the rating was given.")
    change_text = fields.Text(
        "What Changed", compute="_compute_change_text", groups="credit_management.group_credit_controller",
        help="The factors that have other points than in the score before.",
    )

    @api.model
    def _follow_due(self):
        """Do what follows from scores, each in a transaction, for it locks a file; tell whether there was time.

        The last one of a customer comes first: it sees which before it were not followed. Whose file somebody has at
        the moment stays due, and keeps no other customer waiting.
        """
        due, busy = [("follow_up", "=", "due")], set()
        while score := self.search([*due, ("id", "not in", list(busy))], order="id desc", limit=1):
            if not score._follow_alone():
                busy.add(score.id)
            if not self.env["ir.cron"]._commit_progress(0):
                return not self.search_count(due, limit=1)
        return True

    def _follow_alone(self):
        """Do what follows from one score; tell whether its file was to be had.

        What is refused there keeps no other customer waiting.
        """
        if not self.profile_id._lock_first():
            return False
        try:
            with self.env.cr.savepoint():
                self._follow()
        except UserError as error:
            _logger.warning("Nothing follows from the score of %s: %s", self.profile_id.display_name, error)
            self.follow_up = "none"
        except TransactionRollbackError:
            self.env.cr.rollback()  # what was read is no longer so
            return False
        return True

    def _follow(self):
        """Change the rating, propose it, or leave it: as is allowed now, whatever was when the score was found."""
        self.ensure_one()
        rating = self._get_next_rating()
        is_lower = bool(rating) and _rank(rating) > _rank(self.profile_id.rating_id)
        if not rating or not self._is_last() or not self._is_allowed(is_lower):
            self.follow_up = "changed" if self.change_id else "none"  # some nights ago it went a class
        elif self.profile_id._is_natural_person():
            self.follow_up = self._propose(rating) if is_lower else "none"
        elif is_lower or self._is_raised_by_ledger():
            self._go_to(rating)
        else:
            self.follow_up = self._propose(rating)

    def _is_allowed(self, is_lower):
        """Tell whether the company lets a rating follow.

        What a person has rated stays while the score is no worse than the one before and than what was known then; what
        scores have rated goes on until it fits.
        """
        allowed = self.company_id.credit_score_change
        if allowed == "none" or (allowed == "down" and not is_lower):
            return False
        if self._is_rated_by_score():
            return True
        rated = self.profile_id.date_rating
        if rated and self.date < rated:
            return False  # whoever rated the customer knew this score
        return not is_lower or self._is_worse_than(self._get_followed()) or self._is_worse_than(self._get_known())

    def _is_worse_than(self, before):
        """Tell whether the score is worse than another one, or the other one could not say anything."""
        if not (before.rating_id and before.is_covered):
            return True
        return self.score < before.score or _rank(self.rating_id) > _rank(before.rating_id)

    def _is_raised_by_ledger(self):
        """Tell whether the score rose by what the ledger says alone: not by another card, nor by what a person has
        entered, who would raise the rating by it."""
        before, factors = self._get_followed(), self.env["credit.factor"]._get_factors()
        moved = [line.key for _by, line, _old in self._get_moved(before)]
        return self.version_id == before.version_id and self.score > before.score and all(
            key in factors and not factors[key].read for key in moved)

    def _get_followed(self):
        """Return the last score before it that is no longer to be followed: what was found in between was not."""
        before = self.previous_id
        while before and (before.follow_up == "due" or before.fingerprint == before.previous_id.fingerprint):
            before = before.previous_id
        return before

    def _get_known(self):
        """Return the score that was known when the customer got its rating; itself where it was found then."""
        profile = self.profile_id
        known = [("profile_id", "=", profile.id), ("date", "<=", profile.date_rating), ("id", "<=", self.id)]
        return self.search(known, limit=1) or self

    def _is_last(self):
        """Tell whether no score of other points was found since: those of the same points only confirm it."""
        later = [("profile_id", "=", self.profile_id.id), ("date", ">=", self.date), ("id", ">", self.id)]
        return not self.search_count([*later, ("fingerprint", "!=", self.fingerprint)], limit=1)

    def _get_next_rating(self):
        """Return the rating one class nearer to what the score proposes; empty where that is the customer's, or the
        customer has none yet: the first rating is given by a person."""
        current, proposed = self.profile_id.rating_id, self.rating_id
        if not (current and proposed and self.is_covered) or current == proposed:
            return self.env["credit.rating"]
        known = self.env["credit.rating"].search([])  # pylint: disable=no-search-all
        ratings = (known | current).sorted(_rank)
        place = ratings.ids.index(current.id) + (1 if _rank(proposed) > _rank(current) else -1)
        return ratings[place]

    def _go_to(self, rating):
        """Change the rating, and remember to which one and when: the next class is another night's."""
        self.change_id = self._change(rating)
        today = self.company_id._credit_today()
        self.write({"follow_up": "changed", "rating_followed_id": rating.id, "date_followed": today})

    def _change(self, rating):
        """Change the rating by a change that nobody has to ask for: two persons have set that the score does it."""
        told = self._tell()
        change = told.env["credit.change"].create(
            {
                "res_model": "credit.profile", "res_id": self.profile_id.id, "operation": "write",
                "values": json.dumps({"rating_id": rating.id}), "reason": told._write_reason(),
            }
        )
        change._apply()
        told.profile_id.message_post(body=plaintext2html(told._write_reason()), subtype_xmlid="mail.mt_note")
        return change

    def _propose(self, rating):
        """Ask a person to decide: nothing adverse happens to a natural person by itself.

        :return: the state of the score
        """
        told = self._tell()
        person = self.profile_id.controller_id or self.company_id.credit_controller_id or (
            self.env["res.company"]._credit_get_approvers()[:1])
        summary = told.env._("Score proposes rating %(rating)s", rating=rating.with_env(told.env).name)
        if summary not in told.profile_id.activity_ids.mapped("summary"):  # else the same was proposed before
            told.profile_id.activity_schedule(
                "mail.mail_activity_data_todo", user_id=person.id, summary=summary,
                date_deadline=self.date + timedelta(days=DAYS_TO_DECIDE), note=plaintext2html(told._write_reason()),
            )
        return "proposed"

    def _tell(self):
        """Return the score for whoever is told, in the language of the file's controller."""
        person = self.profile_id.controller_id or self.company_id.credit_controller_id
        return self.with_context(lang=person.lang or self.company_id.partner_id.lang or self.env.lang)

    # -- in words ------------------------------------------------------------------------------------

    def _write_reason(self):
        """Return in words what was found, and what changed since the score before."""
        found = self.env._(
            "Score %(score)s by the scorecard %(card)s of %(day)s, coverage %(coverage)s %%.",
            score=formatLang(self.env, self.score, digits=2), card=self.card_id.name,
            day=format_date(self.env, self.date), coverage=write_number(self.env, self.coverage),
        )
        # no values: who reads the file may not read its financial statements
        return "\n".join([found, *self._write_changes(has_values=False)])

    @api.depends("previous_id")
    @api.depends_context("lang")
    def _compute_change_text(self):
        self.previous_id.line_ids.mapped("name")  # of all at once
        for score in self:
            score.change_text = "\n".join(score._write_changes())

    def _write_changes(self, has_values=True):
        """Return the factors that have other points than in the score before, what moved it most first."""
        return [line._write_change(old, has_values) for _by, line, old in self._get_moved(self.previous_id)]

    def _get_moved(self, before):
        """Return ``[(by how much, line, line before)]`` of the factors that have other points than in another score."""
        known = {line.key: line for line in before.line_ids}
        moved = [
            (abs(line.share - known[line.key].share), line, known[line.key]) for line in self.line_ids
            if line.key in known
            and (line.points, line.has_points) != (known[line.key].points, known[line.key].has_points)
        ]
        return sorted(moved, key=lambda row: -row[0])


class CreditScoreLine(models.Model):
    _inherit = "credit.score.line"

    def _write_change(self, old, has_values):
        """Return how the factor changed since another line of it."""
        names = {"factor": self.name, "points_before": old.points_text, "points": self.points_text}
        if not has_values:
            return self.env._("%(factor)s: %(points_before)s → %(points)s points", **names)
        return self.env._(
            "%(factor)s: %(before)s → %(after)s (%(points_before)s → %(points)s points)",
            before=old.value_text, after=self.value_text, **names,
        )


class CreditChange(models.Model):
    _inherit = "credit.change"

    def _schedule_for_approver(self):
        """Override: what the nightly job changes waits for nobody; it says so on the file itself."""
        if self.requester_id.id != SUPERUSER_ID:
            super()._schedule_for_approver()

    def _tell_on_record(self):
        """Override: see `_schedule_for_approver`."""
        if self.requester_id.id != SUPERUSER_ID:
            super()._tell_on_record()


def _rank(rating):
    """Return the place of a rating: higher is worse."""
    return rating.sequence, rating.id
