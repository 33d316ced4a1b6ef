"""The factors of a scorecard: what is looked at, how much it weighs, and the points of each range or word."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Domain

from ...engine import scoring as engine

KINDS = [("ready", "Ready factor"), ("domain", "Condition on the credit file"), ("expression", "Formula")]
YES, NO = "yes", "no"  # the words of a condition


class CreditScorecardFactor(models.Model):
    _name = "credit.scorecard.factor"
    _description = "Factor of a Scorecard"
    _inherit = ["credit.scorecard.part"]
    _order = "sequence, id"

    card_id = fields.Many2one("credit.scorecard", "Scorecard", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        KINDS, required=True, default="ready",
        help="A ready factor is worked out for all customers at once. A condition has the words 'yes' and 'no'. A "
        "formula reckons with the other factors of the card.",
    )
    factor = fields.Selection("_get_factor_labels", "Score Factor", help="What is looked at.")
    domain = fields.Char("Condition", help="Which credit files it is true of.")
    expression = fields.Char("Formula", help="Reckons with the technical names of the card's figures: turnover / 1000.")
    label = fields.Char("Name", translate=True, help="What an own factor is called.")
    weight = fields.Float(default=10.0, aggregator=None, help="How much it counts beside the others. 0: it is shown.")
    is_missing_fixed = fields.Boolean(
        "Points Without Data",
        help="On: no data is worth fixed points, so that nobody profits from telling nothing. Off: the factor is left "
        "out, and the coverage is lower.",
    )
    points_missing = fields.Float("Points for No Data", aggregator=None, help="From 0 (worst) to 100 (best).")
    band_ids = fields.One2many("credit.scorecard.band", "factor_id", "Ranges and Words", copy=True)
    is_of_words = fields.Boolean("Words", compute="_compute_is_of_words", help="Off: it is a figure, and has ranges.")
    points_text = fields.Char("Points", compute="_compute_points_text", help="What each range or word is worth.")

    _weight_not_negative = models.Constraint("CHECK (weight >= 0)", "A factor weighs 0 or more.")
    _points_missing_in_range = models.Constraint(
        "CHECK (points_missing >= 0 AND points_missing <= 100)", "Points are from 0 to 100."
    )

    @api.model
    def _get_factor_labels(self):
        factors = self.env["credit.factor"]._get_factors()
        return [(name, self.env._(factor.label)) for name, factor in factors.items()]

    @api.depends("kind", "factor", "label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._get_factor_labels())
        for factor in self:
            ready = labels.get(factor.factor, factor.factor)
            factor.display_name = (ready if factor.kind == "ready" else factor.label) or factor._description

    @api.depends("kind", "factor")
    def _compute_is_of_words(self):
        for factor in self:
            factor.is_of_words = factor._is_of_words()

    @api.depends("band_ids.low", "band_ids.high", "band_ids.has_low", "band_ids.has_high", "band_ids.word",
                 "band_ids.points")
    @api.depends_context("lang")
    def _compute_points_text(self):
        for factor in self:
            words = factor._get_words()
            bands = factor.band_ids.sorted(lambda band: (band.has_low, band.low))
            factor.points_text = " · ".join(band._write(words) for band in bands)

    def _is_of_words(self):
        """Tell whether the factor is a word: a choice of the credit file, or a condition."""
        ready = self.env["credit.factor"]._get_factors().get(self.factor)
        return self.kind == "domain" or (self.kind == "ready" and bool(ready) and ready.is_word())

    def _get_words(self):
        """Return ``{word: label}`` of what the factor may be; empty where any word may be."""
        if self.kind == "domain":
            return {YES: self.env._("Yes"), NO: self.env._("No")}
        ready = self.env["credit.factor"]._get_factors().get(self.factor)
        return ready.words(self.env) if ready and ready.words else {}

    def _get_key(self):
        """Return the name of the factor in scores and formulas."""
        return self.factor if self.kind == "ready" else f"own_{self.id}"

    def _get_condition(self):
        """Return the condition on credit files."""
        return Domain(literal_eval(self.domain or "[]"))

    def _make_definition(self):
        """Return what the factor says, as plain values that are kept with a version of the card."""
        words = self.band_ids.filtered("word")
        return {
            "key": self._get_key(), "kind": self.kind, "domain": self.domain or "",
            "expression": self.expression or "", "label": self.label or "", "weight": self.weight,
            "bands": [[band.points, *band._get_ends()] for band in
                      (self.band_ids - words).sorted(lambda band: (band.has_low, band.low))],
            "listed": {band.word: band.points for band in words},
            "missing": self.points_missing if self.is_missing_fixed else None,
        }


class CreditScorecardBand(models.Model):
    _name = "credit.scorecard.band"
    _description = "Range of a Factor"
    _inherit = ["credit.scorecard.part"]
    _order = "has_low, low, id"

    factor_id = fields.Many2one("credit.scorecard.factor", "Factor", required=True, index=True, ondelete="cascade")
    has_low = fields.Boolean("Has a Lower End", default=True, help="Off: the range has all values below its upper end.")
    low = fields.Float("From", aggregator=None, help="The range begins **at** this value.")
    has_high = fields.Boolean(
        "Has an Upper End", default=True, help="Off: the range has all values from its lower end on."
    )
    high = fields.Float(
        "Below", aggregator=None, help="The range ends **before** this value; the last range has its upper end itself."
    )
    word = fields.Char(help="For factors that are no figures: the value that has the points.")
    points = fields.Float(aggregator=None, help="From 0 (worst) to 100 (best).")

    _points_in_range = models.Constraint("CHECK (points >= 0 AND points <= 100)", "Points are from 0 to 100.")

    def _write(self, words):
        """Return the range or the word with its points, as people read it."""
        if self.word:
            value = words.get(self.word, self.word)
        elif self.has_low and self.has_high:
            value = f"{self.low:g} – {self.high:g}"
        elif self.has_low:
            value = f"≥ {self.low:g}"
        else:
            value = f"< {self.high:g}" if self.has_high else self.env._("any")
        return f"{value} → {self.points:g}"

    def _get_ends(self):
        """Return the ends of the range, None where it has none."""
        return self.low if self.has_low else None, self.high if self.has_high else None


def make_factor(definition):
    """Return the engine's factor of a definition that was kept."""
    return engine.Factor(
        definition["key"], definition["weight"],
        tuple(engine.Band(points, low, high) for points, low, high in definition["bands"]),
        definition["listed"] or None, definition["missing"],
    )
