"""The lines of a score: one for each factor of the card; they add up to it.

They are kept in the score, as one value, and read from there: ten rows for each customer and night are written ten
times as long as one, and nobody ever changes them.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.scoring import NO_DATA, OUTSIDE
from ..factor.factor import WORD

MAX_FACTORS = 64  # a line's id is made of its score's and its number: (score · 64 + number) stays below 2^53


class CreditScoreLine(models.Model):
    _name = "credit.score.line"
    _description = "Factor of a Score"
    _auto = False
    _order = "id"
    _rec_name = "key"

    score_id = fields.Many2one("credit.score", "Score", readonly=True)
    profile_id = fields.Many2one("credit.profile", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    sequence = fields.Integer(readonly=True)
    key = fields.Char("Technical Name", readonly=True)
    label = fields.Char("Own Name", readonly=True)
    name = fields.Char("Factor", compute="_compute_words")
    value = fields.Float("Figure", readonly=True, digits=False, aggregator=None, help="A word is in its own column.")
    word = fields.Char(readonly=True)
    has_data = fields.Boolean("Has Data", readonly=True)
    value_text = fields.Char("Value", compute="_compute_words")
    reason = fields.Char("Technical Reason", readonly=True, help="Why there are no points of a range.")
    reason_text = fields.Char("Reason", compute="_compute_words", help="Why it has these points, or none.")
    points = fields.Float(digits=(5, 2), readonly=True, aggregator=None, help="From 0 to 100.")
    has_points = fields.Boolean("Has Points", readonly=True, help="Off: the factor is left out.")
    weight = fields.Float(readonly=True, aggregator=None)
    share = fields.Float(
        "Adds to the Score", digits=(5, 2), readonly=True, help="Points × weight ÷ weight of all that have points."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT s.id * %(most)s + l.number AS id, s.id AS score_id, s.profile_id, s.company_id,
                   l.number::int AS sequence, l.found->>'key' AS key, l.found->>'label' AS label,
                   CASE WHEN jsonb_typeof(l.found->'value') = 'number' THEN (l.found->>'value')::float END AS value,
                   CASE WHEN jsonb_typeof(l.found->'value') = 'string' THEN l.found->>'value' END AS word,
                   jsonb_typeof(l.found->'value') <> 'null' AS has_data, l.found->>'reason' AS reason,
                   (l.found->>'points')::float AS points, jsonb_typeof(l.found->'points') <> 'null' AS has_points,
                   (l.found->>'weight')::float AS weight, (l.found->>'share')::float AS share
              FROM credit_score s
             CROSS JOIN LATERAL jsonb_array_elements(s.lines) WITH ORDINALITY l (found, number)
            """,
            most=MAX_FACTORS,
        )

    @api.model
    def _search(self, domain, *args, **options):
        """Override: lines that are asked for by their ids are looked for in their scores alone."""
        return super()._search(Domain(domain).map_conditions(_in_its_score), *args, **options)

    @api.depends("key", "label", "value", "word", "has_data", "reason", "points")
    @api.depends_context("lang")
    def _compute_words(self):
        factors = self.env["credit.factor"]._get_factors()
        for line in self:
            factor = factors.get(line.key)
            line.name = self.env._(factor.label) if factor else line.label or line.key
            line.value_text = line._write_value(factor)
            line.reason_text = line._write_reason(factor)

    def _write_value(self, factor):
        """Return the value as people read it."""
        if not self.has_data:
            return "–"
        if self.word or (factor and factor.unit == WORD):
            return self.word or ""
        return f"{self.value:.{factor.digits if factor else 2}f}"

    def _write_reason(self, factor):
        """Return in words why the line has these points, or none."""
        if self.reason == NO_DATA and factor:
            return self.env._(factor.missing)
        if self.reason == OUTSIDE:
            return self.env._("No range of the scorecard has this value")
        return self.reason or ""


def _in_its_score(condition):
    if condition.field_expr != "id" or condition.operator != "in":
        return condition
    return condition & Domain("score_id", "in", {id_ // MAX_FACTORS for id_ in condition.value if id_})
