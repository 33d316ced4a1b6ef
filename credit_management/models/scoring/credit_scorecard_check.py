"""What of a scorecard is refused: ranges that leave a gap or overlap, unknown words, formulas that see too much."""

from collections import Counter
from itertools import pairwise

from odoo import api, models
from odoo.exceptions import ValidationError

from ...engine import formula, scoring
from .credit_score_line import MAX_FACTORS
from .credit_scorecard_own import UNSEARCHABLE
from .credit_scorecard_part import are_written, written_whole


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def write(self, vals):
        """Override: a form writes one line after the other, and is checked as a whole."""
        with written_whole(self):
            return super().write(vals)

    def _check_whole(self):
        self._check_factors()
        self._check_classes()
        self.factor_ids._check_points()

    @api.constrains("factor_ids")
    def _check_factors(self):
        for card in self - are_written(self):
            keys = Counter(factor._get_key() for factor in card.factor_ids)
            twice = card.factor_ids.filtered(lambda factor, keys=keys: keys[factor._get_key()] > 1)
            if twice:
                raise ValidationError(
                    self.env._(
                        "%(card)s weighs %(factor)s twice. A factor is on a card once: give the one that stays the "
                        "weight of both.", card=card.name, factor=twice[0].display_name,
                    )
                )
            if len(card.factor_ids) >= MAX_FACTORS:
                raise ValidationError(
                    self.env._("%(card)s has %(count)s factors: a card has at most %(most)s. Remove some.",
                               card=card.name, count=len(card.factor_ids), most=MAX_FACTORS - 1)
                )

    @api.constrains("class_ids")
    def _check_classes(self):
        """A better rating begins at a higher score."""
        for card in self - are_written(self):
            classes = card.class_ids.sorted(lambda line: (line.rating_id.sequence, line.rating_id.id))
            for better, worse in pairwise(classes):
                if better.score_from <= worse.score_from:
                    raise ValidationError(
                        self.env._(
                            "%(better)s is a better rating than %(worse)s, so it begins at a higher score: not at "
                            "%(from_better)s beside %(from_worse)s.", better=better.rating_id.name,
                            worse=worse.rating_id.name, from_better=better.score_from, from_worse=worse.score_from,
                        )
                    )


class CreditScorecardClass(models.Model):
    _inherit = "credit.scorecard.class"

    @api.constrains("score_from", "rating_id")
    def _check_order(self):
        self.card_id._check_classes()


class CreditScorecardFactor(models.Model):
    _inherit = "credit.scorecard.factor"

    def write(self, vals):
        """Override: its ranges are written one after the other, and checked as a whole."""
        with written_whole(self.card_id):
            return super().write(vals)

    @api.constrains("kind", "factor", "band_ids")
    def _check_points(self):
        """Every factor has points: a figure by ranges, anything else by words."""
        self.card_id._check_factors()
        written = are_written(self.card_id)
        for factor in self.filtered(lambda factor: factor.card_id not in written):
            words = factor.band_ids.filtered("word")
            if not factor.band_ids or (factor.kind == "ready" and not factor.factor):
                raise ValidationError(
                    self.env._("%(factor)s has no points. Add its ranges, or its words.", factor=factor.display_name)
                )
            if factor._is_of_words():
                factor._check_words(words)
            elif words:
                raise ValidationError(
                    self.env._("%(factor)s is a figure, and has no word '%(word)s'. Enter ranges.",
                               factor=factor.display_name, word=words[0].word)
                )
            else:
                factor._check_ranges()

    def _check_words(self, words):
        known, used = self._get_words(), words.mapped("word")
        if self.band_ids - words or len(set(used)) < len(used):
            raise ValidationError(
                self.env._("%(factor)s is no figure: each line of it is another word with its points.",
                           factor=self.display_name)
            )
        wrong = [word for word in used if known and word not in known]
        if wrong:
            raise ValidationError(
                self.env._("%(factor)s has no word '%(word)s'. It has: %(words)s.", factor=self.display_name,
                           word=wrong[0], words=", ".join(known))
            )

    def _check_ranges(self):
        ranges = self.band_ids.sorted(lambda band: (band.has_low, band.low))
        found = scoring.defects(
            scoring.Factor("", 1, tuple(scoring.Band(band.points, *band._get_ends()) for band in ranges))
        )
        for kind, value in found[:1]:
            raise ValidationError(self._write_defect(kind, value))

    def _write_defect(self, kind, value):
        names = {"factor": self.display_name, "value": f"{value or 0:g}"}
        if kind == "gap":
            return self.env._(
                "The ranges of %(factor)s leave a gap before %(value)s: what lies in it would have no points. Let each "
                "range end where the next one begins.", **names,
            )
        if kind == "overlap":
            return self.env._(
                "Two ranges of %(factor)s have %(value)s: one value, two points. Let each range end where the next one "
                "begins; only the first has no lower end, and only the last no upper one.", **names,
            )
        return self.env._("A range of %(factor)s begins at %(value)s and ends before it. Exchange its ends.", **names)

    # -- own factors ---------------------------------------------------------------------------------

    @api.constrains("kind", "domain", "expression", "label", "factor", "card_id")
    def _check_own(self):
        for factor in self:
            if factor.kind != "ready" and not factor.label:
                raise ValidationError(self.env._("An own factor needs a name: the score shows it."))
            if factor.kind == "domain":
                factor._check_domain()
            if factor.kind == "expression":
                factor._check_formula()

    def _check_domain(self):
        """Try the condition with the rights of who writes it: nobody scores by what he may not search."""
        try:
            with self.env.cr.savepoint():
                self._get_condition().validate(self.env["credit.profile"])
                # cards are written with all rights, once it is known who may
                self.env["credit.profile"].with_user(self.env.user).search(self._get_condition(), limit=1)
        except UNSEARCHABLE as error:
            raise ValidationError(
                self.env._("The condition of %(factor)s cannot be read: %(error)s. Choose it with the editor.",
                           factor=self.display_name, error=error)
            ) from error

    def _check_formula(self):
        names = self.card_id.factor_ids.filtered(lambda factor: factor._is_figure()).mapped("factor")
        wrong = formula.defect(self.expression or "", names)
        if wrong:
            raise ValidationError(
                self.env._(
                    "The formula of %(factor)s cannot have '%(part)s'. It may add, subtract, multiply, divide and "
                    "compare numbers and the figures of its card: %(names)s.",
                    factor=self.display_name, part=wrong, names=", ".join(names) or "–",
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named(self):
        """A formula goes on having what it names."""
        for own in (self.card_id.factor_ids - self).filtered(lambda factor: factor.kind == "expression"):
            missing = formula.names_of(own.expression) & set(self.mapped("factor"))
            if missing:
                raise ValidationError(
                    self.env._("The formula of %(factor)s reckons with '%(name)s'. Change the formula first.",
                               factor=own.display_name, name=min(missing))
                )

    def _is_figure(self):
        """Tell whether this is a ready factor that is a figure: formulas reckon with those."""
        return self.kind == "ready" and bool(self.factor) and not self._is_of_words()


class CreditScorecardBand(models.Model):
    _inherit = "credit.scorecard.band"

    @api.constrains("has_low", "low", "has_high", "high", "word")
    def _check_beside_others(self):
        self.factor_id._check_points()
