"""Scores: one frozen result each, with what every factor was worth."""

import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..setup.credit_day import of_today

# the columns of a score, as they are written
COLUMNS = (
    "id", "profile_id", "company_id", "date", "card_id", "version_id", "score", "has_score", "coverage", "is_covered",
    "rating_id", "lines", "fingerprint", "date_to", "previous_id", "delta", "follow_up",
)
FOLLOW_UPS = [("due", "To be followed"), ("none", "Nothing"), ("changed", "Rating changed"),
              ("proposed", "Proposed to a person")]
# lines have figures of financial statements; a card says how to get a better score
CONTROLLER = "credit_management.group_credit_controller"


class CreditScore(models.Model):
    _name = "credit.score"
    _description = "Credit Score"
    _order = "date desc, id desc"
    _log_access = False

    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date = fields.Date("As Of", required=True, readonly=True, help="The day of all its figures.")
    card_id = fields.Many2one("credit.scorecard", "Scorecard", required=True, readonly=True, ondelete="restrict")
    version_id = fields.Many2one(
        "credit.scorecard.version", "Version", required=True, readonly=True, ondelete="restrict",
        help="The scorecard as it was then.",
    )
    card_version = fields.Integer("Version Number", related="version_id.number")
    score = fields.Float(
        digits=(5, 2), readonly=True, aggregator=None, help="From 0 (worst) to 100 (best): its lines add up to it."
    )
    has_score = fields.Boolean("Has a Score", readonly=True, help="Off: no factor has data.")
    coverage = fields.Float(
        "Coverage (%)", digits=(5, 2), readonly=True, aggregator=None,
        help="How much of the weight of the card had data.",
    )
    is_covered = fields.Boolean(
        "Covered", readonly=True, help="The coverage reaches the minimum of the card: something may follow by itself."
    )
    rating_id = fields.Many2one(
        "credit.rating", "Proposed Rating", readonly=True, help="What the score proposes by the scorecard."
    )
    date_to = fields.Date("Same Until", readonly=True, help="The last day on which every factor had the same points.")
    fingerprint = fields.Char(
        readonly=True, groups=CONTROLLER, help="Technical: the points of every factor; the same until one changes."
    )
    previous_id = fields.Many2one(
        "credit.score", "Score Before", readonly=True, ondelete="set null", index="btree_not_null",
        help="The customer's last score before this one.",
    )
    delta = fields.Float(
        "Difference", digits=(5, 2), readonly=True, aggregator=None, help="By how much it is better."
    )
    follow_up = fields.Selection(
        FOLLOW_UPS, "What Followed", readonly=True, default="none",
        help="What the nightly job did with it: as the company's settings and the customer's legal class allow.",
    )
    change_id = fields.Many2one(
        "credit.change", "Change of the Rating", readonly=True, ondelete="set null", help="What changed the rating."
    )
    is_worse_today = of_today(
        "is_worse_today", "Worse Today",
        lambda day: Domain("date", "=", day) & Domain("delta", "<", 0) & Domain("previous_id", "!=", False),
        "It was found today, and is worse than the one before.", ("date", "delta"),
    )
    is_last = fields.Boolean(
        "Last Score", compute="_compute_is_last", search="_search_is_last", help="The customer has none after it."
    )
    rating_now_id = fields.Many2one(
        related="profile_id.rating_id", string="Rating", help="The rating that the customer has today."
    )
    line_ids = fields.One2many("credit.score.line", "score_id", "Factors", readonly=True, groups=CONTROLLER)
    lines = fields.Json(
        readonly=True, groups=CONTROLLER,
        help="Technical: value, reason, points and share of each factor, in the order of the version.",
    )

    _profile_date_idx = models.Index("(profile_id, date DESC, id DESC)")
    _date_idx = models.Index("(date)")
    _due_idx = models.Index("(id) WHERE follow_up = 'due'")

    @api.depends("profile_id", "date", "score", "has_score")
    def _compute_display_name(self):
        for score in self:
            found = f"{score.score:.2f}" if score.has_score else "–"
            score.display_name = f"{score.profile_id.display_name}: {found}"

    def _compute_is_last(self):
        last = set(self.search([("is_last", "=", True), ("profile_id", "in", self.profile_id.ids)]).ids)
        for score in self:
            score.is_last = score.id in last

    @api.model
    def _search_is_last(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", SQL(
            "(SELECT DISTINCT ON (profile_id) id FROM credit_score ORDER BY profile_id, date DESC, id DESC)"))

    def _get_lines(self):
        """Return ``{key: (value, reason, points, share)}`` of the factors."""
        self.ensure_one()
        keys = self.sudo().version_id._get_keys()  # what the card said is part of the score
        return dict(zip(keys, self.lines or (), strict=True)) if self.lines else {}

    @api.model
    def _insert(self, rows):
        """Write scores at once, and return them.

        :param list rows: of values by the names of `COLUMNS`, without ids
        """
        self.env.flush_all()
        numbers = SQL("SELECT nextval('credit_score_id_seq') FROM generate_series(1, %s)", len(rows))
        ids = [number for number, in self.env.execute_query(numbers)]
        lines = (_write_line(number, row) for number, row in zip(ids, rows, strict=True))
        self.env.cr.copy_from(io.StringIO("".join(lines)), self._table, columns=COLUMNS)
        self.env["credit.profile"].invalidate_model(["score_ids"])
        return self.browse(ids)

    def write(self, vals):
        """Override: a score stays as it was found.

        :raise UserError: for a person
        """
        if not self.env.su:
            raise UserError(self.env._("A score stays as it was found. Score the customer again for a new one."))
        return super().write(vals)


def _write_line(number, row):
    """Return a score as a line that PostgreSQL copies. Only in JSON may be what means something there: a backslash."""
    values = {**row, "id": number, "lines": row["lines"].replace("\\", "\\\\")}
    return "\t".join("\\N" if values[name] is None else str(values[name]) for name in COLUMNS) + "\n"
