"""The lines of a score in words: the value with its unit, why it has these points or none, and what would raise it."""

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...engine import scoring as engine
from ..factor.credit_factor_file import STATEMENT
from ..factor.factor import DAYS, KEPT_NOT, MONEY, MONTHS, NOTHING_YET, PERCENT
from .credit_scorecard_own import DIGITS_OWN, NEEDS, NO_RESULT


def write_number(env, value):
    """Return points or a coverage in words: with decimals where it has any, so that no 74.96 is read as 75."""
    return formatLang(env, value, digits=0 if float(value).is_integer() else 2)


class CreditScoreLine(models.Model):
    _inherit = "credit.score.line"

    name = fields.Text("Score Factor", compute="_compute_words")  # texts, for lists break them
    value_text = fields.Char("Value", compute="_compute_words")
    points_text = fields.Char("Points as Text", compute="_compute_words", help="A dash where it is left out.")
    reason_text = fields.Text("Why", compute="_compute_words", help="Why it has these points, or none.")
    gain = fields.Float(
        "Could Add", digits=(5, 2), compute="_compute_gain", aggregator=None,
        help="By how much the score would rise with its best points.",
    )

    @api.depends("key", "label", "value", "word", "has_data", "reason", "points")
    @api.depends_context("lang")
    def _compute_words(self):
        factors = self.env["credit.factor"]._get_factors()
        for line in self:
            factor = factors.get(line.key)
            line.name = self.env._(factor.label) if factor else line.label or line.key
            line.value_text = line._write_value(factor)
            line.points_text = write_number(self.env, line.points) if line.has_points else "–"
            line.reason_text = line._write_reason(factor)

    @api.depends("score_id")
    def _compute_gain(self):
        for score, lines in self.grouped("score_id").items():
            gains = {gain.key: gain.gain for gain in score._get_gains()}
            for line in lines:
                line.gain = gains.get(line.key, 0.0)

    # -- the value -----------------------------------------------------------------------------------

    def _write_value(self, factor):
        """Return the value as people read it."""
        if not self.has_data:
            return "–"
        if self.word:
            words = factor.words(self.env) if factor and factor.words else self._get_yes_no()
            return words.get(self.word, self.word)
        return self._write_figure(self.value, factor)

    def _get_yes_no(self):
        return {"yes": self.env._("Yes"), "no": self.env._("No")}

    def _write_figure(self, value, factor):
        unit, digits = (factor.unit, factor.digits) if factor else ("", DIGITS_OWN)
        if unit == MONEY:
            return self.company_id.currency_id.format(value)
        figure = formatLang(self.env, value, digits=digits)
        if unit == PERCENT:
            return f"{figure} %"
        if unit == DAYS:
            return self.env._("%(days)s days", days=figure)
        if unit == MONTHS:
            return self.env._("%(months)s months", months=figure)
        return figure

    # -- the reason ----------------------------------------------------------------------------------

    def _write_reason(self, factor):
        """Return in words why the line has these points, or none."""
        reason = self.reason or ""
        kind, _colon, rest = reason.removeprefix(engine.BEST).partition(":")
        if not kind:
            return self._write_range(factor)
        if kind == engine.OUTSIDE:
            return self.env._("No range of the scorecard has this value")
        without = self._write_missing(kind, rest, factor)
        if not self.has_points or reason.startswith(engine.BEST):
            return without
        return self.env._("%(reason)s: fixed points", reason=without)

    def _write_missing(self, kind, rest, factor):
        if kind == KEPT_NOT:
            return self._write_not_kept(rest)
        if kind == NEEDS:
            return self.env._("No data for %(names)s", names=self._write_names(rest))
        if kind == NO_RESULT and not self._is_formula():
            return self.env._("The condition of the scorecard cannot be searched")
        if kind == NO_RESULT:
            return self.env._("The formula has no result, for it divides by zero")
        if kind == STATEMENT:
            reason, _colon, of = rest.partition(":")
            return self.env["credit.financials"]._write_lack(reason, tuple(filter(None, of.split(","))))
        return self.env._(factor.missing) if factor else self.env._("No data")

    def _is_formula(self):
        return self.score_id._get_kind(self.key) == "expression"

    def _write_not_kept(self, since):
        """Return in words since when something is kept, if it is at all."""
        if since == NOTHING_YET:
            return self.env._("Nothing has been kept yet")
        if since:
            return self.env._("Kept since %(day)s only", day=format_date(self.env, since))
        return self.env._("What stood there on that day was not kept")

    def _write_names(self, names):
        factors = self.env["credit.factor"]._get_factors()
        return ", ".join(self.env._(factors[name].label) if name in factors else name for name in names.split(","))

    def _write_range(self, factor):
        """Return the range that has the value."""
        found = self.score_id._get_factor(self.key)
        if self.word or not found:
            return self._write_value(factor)
        band = engine.band_of(found, self.value)
        ends = [None if end is None else self._write_figure(end, factor) for end in (band.low, band.high)]
        if None not in ends:
            return self.env._("From %(low)s to below %(high)s", low=ends[0], high=ends[1])
        if ends[1] is not None:
            return self.env._("Below %(high)s", high=ends[1])
        return self.env._("From %(low)s on", low=ends[0]) if ends[0] is not None else self.env._("Any value")


class CreditScore(models.Model):
    _inherit = "credit.score"

    def _get_factor(self, key):
        """Return the engine's factor as the card had it then, None where there is none."""
        card = self.sudo().version_id._get_card()  # what the card said is part of the score
        return next((factor for factor in card.factors if factor.key == key), None)

    def _get_kind(self, key):
        """Return what kind of factor the card had then: ready, a condition or a formula."""
        definition = self.sudo().version_id._get_definitions().get(key)  # as above
        return definition and definition["kind"]

    def _get_gains(self):
        """Return what would raise the score most: see `engine.scoring.gains`."""
        self.ensure_one()
        if not self:
            return ()
        values = {
            key: engine.Value(value, reason if value is None else "")
            for key, (value, reason, _points, _share) in self._get_lines().items()
        }
        return engine.gains(self.sudo().version_id._get_card(), values)  # see above
