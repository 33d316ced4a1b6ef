"""The lines of a score: one for each factor of the card; they add up to it.

They are kept in the score, as one value, and read from there: ten rows for each customer and night are written ten
times as long as one, and nobody ever changes them. What the card says of a factor is read from the score's version.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

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
    value = fields.Float("Figure", readonly=True, digits=False, aggregator=None, help="A word is in its own column.")
    word = fields.Char(readonly=True)
    has_data = fields.Boolean("Has Data", readonly=True, help="Off: the reason says why there is none.")
    reason = fields.Char("Technical Reason", readonly=True, help="Why there are no points of a range.")
    points = fields.Float(digits=(5, 2), readonly=True, aggregator=None, help="From 0 to 100.")
    has_points = fields.Boolean("Has Points", readonly=True, help="Off: the factor is left out.")
    weight = fields.Float(readonly=True, aggregator=None, help="How much it counts beside the others.")
    share = fields.Float(
        "Adds to the Score", digits=(5, 2), readonly=True, help="Points × weight ÷ weight of all that have points."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT s.id * %(most)s + l.number AS id, s.id AS score_id, s.profile_id, s.company_id,
                   l.number::int AS sequence, f.factor->>'key' AS key, f.factor->>'label' AS label,
                   CASE WHEN jsonb_typeof(l.found->0) = 'number' THEN (l.found->>0)::float END AS value,
                   CASE WHEN jsonb_typeof(l.found->0) = 'string' THEN l.found->>0 END AS word,
                   jsonb_typeof(l.found->0) <> 'null' AS has_data, l.found->>1 AS reason,
                   (l.found->>2)::float AS points, jsonb_typeof(l.found->2) <> 'null' AS has_points,
                   (f.factor->>'weight')::float AS weight, (l.found->>3)::float AS share
              FROM credit_score s
              JOIN credit_scorecard_version v ON v.id = s.version_id
             CROSS JOIN LATERAL jsonb_array_elements(s.lines) WITH ORDINALITY l (found, number)
             CROSS JOIN LATERAL (SELECT v.definition->'factors'->(l.number::int - 1) AS factor) f
            """,
            most=MAX_FACTORS,
        )

    @api.model
    def _search(self, domain, *args, **options):
        """Override: lines that are asked for by their ids are looked for in their scores alone."""
        return super()._search(Domain(domain).map_conditions(_in_its_score), *args, **options)


def _in_its_score(condition):
    if condition.field_expr != "id" or condition.operator != "in":
        return condition
    return condition & Domain("score_id", "in", {id_ // MAX_FACTORS for id_ in condition.value if id_})
