"""The rating of a customer, with its reasons: what the credit file shows of the last score and of those before."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..scoring.credit_score_line_text import write_number

CONTROLLER = "credit_management.group_credit_controller"
GAINS = 3  # named as what would raise the score most
LAST = 10  # scores that are listed in the file
POINTS = 60  # more cannot be told apart at the width of the form


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    score_id = fields.Many2one(
        "credit.score", "Last Score", compute="_compute_score_id", groups=CONTROLLER, help="The newest score."
    )
    score_line_ids = fields.Many2many(
        "credit.score.line", string="Factors of the Last Score", compute="_compute_score_id", groups=CONTROLLER
    )
    score_last_ids = fields.Many2many(
        "credit.score", string="Last Scores", compute="_compute_score_id", groups=CONTROLLER
    )
    score_text = fields.Char(
        "Score", compute="_compute_score_text", groups=CONTROLLER, help="The last score, of 100, and its coverage."
    )
    score_advice = fields.Char(
        "Would Raise It Most", compute="_compute_score_text", groups=CONTROLLER,
        help="The factors that would add most to the score with their best points.",
    )
    score_rating_id = fields.Many2one(
        "credit.rating", "Proposed Rating", compute="_compute_score_id", groups=CONTROLLER, help="By the last score."
    )
    score_version_id = fields.Many2one(
        "credit.scorecard.version", "Scorecard", compute="_compute_score_id", groups=CONTROLLER,
        help="The card of the last score, as it was then.",
    )
    score_date = fields.Date(
        "Scored As Of", compute="_compute_score_id", groups=CONTROLLER, help="The day of all figures of the last score."
    )
    score_trend = fields.Json(
        "Score over Time", compute="_compute_score_trend", groups=CONTROLLER,
        help="The scores of the customer, and its payment index where the scorecard has it.",
    )

    def _compute_score_id(self):
        for profile in self:
            scores = profile._origin.score_ids[:LAST]
            profile.score_id = scores[:1]
            profile.score_line_ids = scores[:1].line_ids
            profile.score_last_ids = scores
            profile.score_rating_id, profile.score_version_id = scores[:1].rating_id, scores[:1].version_id
            profile.score_date = scores[:1].date

    @api.depends("score_id")
    @api.depends_context("lang")
    def _compute_score_text(self):
        for profile in self:
            score = profile.score_id
            profile.score_text = score and score._write_result()
            profile.score_advice = score and score._write_gains(GAINS)

    @api.depends("score_id")
    @api.depends_context("lang")
    def _compute_score_trend(self):
        for profile in self:
            profile.score_trend = profile._prepare_score_trend()

    def _prepare_score_trend(self):
        """Return the series of the scores, evenly spread, and of today, for the last one still holds."""
        scores = self._origin.score_ids.filtered("has_score").sorted("date")
        step = max(1, -(-len(scores) // POINTS))
        scores = scores[::-1][::step][::-1]  # the last is always shown
        days = [*scores.mapped("date"), *scores[-1:].filtered(lambda last: last.date_to > last.date).mapped("date_to")]
        points = [*scores, *scores[-1:]][: len(days)]
        indexes = [score._get_figure("payment_index") for score in points]
        series = (("score", self.env._("Score"), [score.score for score in points]),
                  ("index", self.env._("Payment Index"), indexes))
        return {
            "labels": [self._write_day(day) for day in days],
            "series": [{"name": name, "label": label, "data": data} for name, label, data in series
                       if any(value is not None for value in data)],
            "label": self.env._("Score over time"),
            "empty": self.env._("One score is no trend yet: customers are scored every night."),
        }

    def action_score(self):
        """Score this customer now; a rating changes by it at night, if at all.

        :raise UserError: where no scorecard is for the customer
        """
        self.check_access("write")
        if len(self._credit_score()) < len(self):
            raise UserError(
                self.env._("No scorecard is for this customer. A credit manager sets one up under Configuration.")
            )
        self.invalidate_recordset()
        return True

    def action_open_scores(self):
        """Open all scores of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_score")
        return {**action, "domain": [("profile_id", "=", self.id)], "context": {}}


class CreditScore(models.Model):
    _inherit = "credit.score"

    def _write_result(self):
        """Return the score and its coverage in words."""
        coverage = write_number(self.env, self.coverage)
        if not self.has_score:
            return self.env._("No score: there is no data for any factor")
        return self.env._(
            "%(score)s of 100 · coverage %(coverage)s %%", score=formatLang(self.env, self.score, digits=2),
            coverage=coverage,
        )

    def _write_gains(self, count):
        """Return in words what would raise the score most."""
        names = {line.key: line.name for line in self.line_ids}
        gains = self._get_gains()[:count]
        return " · ".join(
            f"{names.get(gain.key, gain.key)} (+{formatLang(self.env, gain.gain, digits=2)})" for gain in gains
        )

    def _get_figure(self, key):
        """Return the value of a factor of the score, None where it has none."""
        return self._get_lines().get(key, (None,))[0]
