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

_logger = logging.getLogger(__name__)
DAYS_TO_DECIDE = 7  # for a person to look at what a score proposes about a natural person


class CreditScore(models.Model):
    _inherit = "credit.score"

    change_text = fields.Text(
        "What Changed", compute="_compute_change_text", groups="credit_management.group_credit_controller",
        help="The factors that have other points than in the score before.",
    )

    @api.model
    def _follow_due(self):
        """Do what follows from scores, each in a transaction, for it locks a file; tell whether there was time."""
        due = [("follow_up", "=", "due")]
        while score := self.search(due, order="id", limit=1):
            score._follow_alone()
            if not self.env["ir.cron"]._commit_progress(0):
                return not self.search_count(due, limit=1)
        return True

    def _follow_alone(self):
        """Do what follows from one score: what is refused there keeps no other customer waiting."""
        try:
            with self.env.cr.savepoint():
                self._follow()
        except UserError as error:
            _logger.warning("Nothing follows from the score of %s: %s", self.profile_id.display_name, error)
            self.follow_up = "none"

    def _follow(self):
        """Change the rating, propose it, or leave it: as is allowed now, whatever was when the score was found."""
        self.ensure_one()
        self.profile_id._lock()
        rating, before = self._get_next_rating(), self.profile_id.rating_id
        is_lower = rating and _rank(rating) > _rank(before)
        allowed = self.company_id.credit_score_change
        if not rating or not self._is_last():
            self.follow_up = "none"
        elif self.profile_id._is_natural_person():
            self.follow_up = self._propose(rating) if is_lower else "none"
        elif allowed == "both" or (allowed == "down" and is_lower):
            self.change_id, self.follow_up = self._change(rating), "changed"
        else:
            self.follow_up = "none"

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
        told.profile_id.activity_schedule(
            "mail.mail_activity_data_todo", user_id=person.id,
            date_deadline=self.date + timedelta(days=DAYS_TO_DECIDE),
            summary=told.env._("Score proposes rating %(rating)s", rating=rating.with_env(told.env).name),
            note=plaintext2html(told._write_reason()),
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
            day=format_date(self.env, self.date), coverage=formatLang(self.env, self.coverage, digits=0),
        )
        return "\n".join(filter(None, [found, self.change_text]))

    @api.depends("previous_id")
    @api.depends_context("lang")
    def _compute_change_text(self):
        self.previous_id.line_ids.mapped("name")  # of all at once
        for score in self:
            score.change_text = "\n".join(score._write_changes())

    def _write_changes(self):
        """Return the factors that have other points than in the score before, what moved it most first."""
        before = {line.key: line for line in self.previous_id.line_ids}
        moved = [
            (abs(line.share - before[line.key].share), line, before[line.key])
            for line in self.line_ids if line.key in before
            and (line.points, line.has_points) != (before[line.key].points, before[line.key].has_points)
        ]
        return [
            self.env._(
                "%(factor)s: %(before)s → %(after)s (%(points_before)s → %(points)s points)", factor=line.name,
                before=old.value_text, after=line.value_text, points_before=old.points_text, points=line.points_text,
            )
            for _by, line, old in sorted(moved, key=lambda row: -row[0])
        ]


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
