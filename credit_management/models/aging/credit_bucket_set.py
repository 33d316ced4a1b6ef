"""Sets of columns of an aging: a company's own edges, and some to start from."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...engine.aging import EDGE_MOST, MAX_COLUMNS, BucketSet, EdgeError, check_edges, parse_edges
from .column_text import column_text

BASES = [
    ("due", "Due date"),
    ("original", "Original due date"),
    ("planned", "Planned date"),
    ("document", "Document date"),
    ("origin", "Origin: delivery, else document"),
]

LATENESS = ("due", "original", "planned")  # the others are ages


class CreditBucketSet(models.Model):
    _name = "credit.bucket.set"
    _description = "Columns of Aged Receivables"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="What the columns are called among the filters.")
    active = fields.Boolean(default=True, help="Archived columns are not offered.")
    sequence = fields.Integer(default=10, help="The first set is the one that aged receivables open with.")
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    basis = fields.Selection(
        BASES,
        "Counted From",
        required=True,
        default="due",
        help="The day from which is counted. Lateness counts from the due date, from the original one before it was "
        "moved later, or from the date that the customer promised. Age counts from the day a receivable arose: it runs "
        "on through extensions.",
    )
    unit = fields.Selection(
        [("days", "Days"), ("months", "Months"), ("years", "Years")],
        required=True,
        default="days",
        help="Months and years end on anniversaries: what arose on 31 December is one year old on 31 December.",
    )
    edges = fields.Char(
        required=True,
        default="0, 30, 60, 90, 120",
        help="The last day, month or year of each column, rising, separated by commas: 0, 30, 60 makes the columns "
        "“Not due”, “1–30 days”, “31–60 days” and “Over 60 days”. Days below 0 split what is not due: −14, −7, 0.",
    )
    columns_text = fields.Char("Columns", compute="_compute_columns_text", help="The columns that the edges make.")

    @api.depends("edges", "unit", "basis")
    def _compute_columns_text(self):
        for buckets in self:
            try:
                buckets.columns_text = " · ".join(buckets._get_titles())
            except EdgeError as error:
                buckets.columns_text = buckets._get_refusal(error)

    @api.constrains("edges", "unit")
    def _check_edges(self):
        for buckets in self:
            try:
                check_edges(parse_edges(buckets.edges), buckets.unit)
            except EdgeError as error:
                raise ValidationError(buckets._get_refusal(error)) from error

    def _get_refusal(self, error):
        """Return in words why edges are none, and how they should be."""
        _ = self.env._
        texts = {
            "no_edge": _("Columns need at least one edge, for instance 0, 30, 60."),
            "not_a_number": _("Edges are whole numbers, separated by commas: 0, 30, 60."),
            "too_many": _(
                "%(count)s edges make more than %(most)s columns, which no page shows. Leave some out.",
                count=len(error.edges),
                most=MAX_COLUMNS,
            ),
            "not_rising": _(
                "The edge %(next)s comes after %(one)s and is not larger: an item would stand in two columns or in "
                "none. Enter the edges from small to large, each once.",
                one=error.edges[0] if error.edges else "",
                next=error.edges[-1] if error.edges else "",
            ),
            "negative": _("Only days are counted below 0, for what is not due yet. Months and years start from 0."),
            "too_far": _(
                "The edge %(edge)s is too far away: at most %(most)s.",
                edge=error.edges[0] if error.edges else "",
                most=EDGE_MOST[self.unit or "days"],
            ),
        }
        return texts[error.reason]

    def _make_buckets(self):
        """Return the columns as the engine knows them.

        :rtype: BucketSet
        """
        self.ensure_one()
        return BucketSet(parse_edges(self.edges), self.unit)

    def _get_titles(self, basis=None):
        """Return the titles of the columns in the language of the user.

        :param basis: from which day is counted; the set's own by default
        """
        is_lateness = (basis or self.basis) in LATENESS
        return [column_text(self.env, column, is_lateness) for column in self._make_buckets().columns]

    @api.model
    def _get_offered(self):
        """Return the sets that the companies in use may choose from; the first one is where they start."""
        return self.search(
            Domain("company_id", "=", False) | Domain("company_id", "parent_of", self.env.companies.ids)
        )
