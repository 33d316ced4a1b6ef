"""A rule of what follows from a score, in one sentence."""

from odoo import api, fields, models

from ...engine import following as engine
from ..scoring.credit_score_line_text import write_number


class CreditScoreRule(models.Model):
    _inherit = "credit.score.rule"

    sentence = fields.Char("Rule", compute="_compute_sentence", help="The rule in one sentence.")

    @api.depends("when", "points", "days_within", "classes", "percent_coverage", "factor", "action", "kind_id",
                 "recipient", "user_id", "days_due", "basis", "percent", "percent_most")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            rule.sentence = rule.env._("%(when)s: %(what)s.", when=rule._write_when(), what=rule._write_what())

    def _write_when(self):
        """Return when something follows, in words."""
        write = {
            engine.FALL: self._write_fall, engine.BELOW: self._write_below, engine.COVERAGE: self._write_coverage,
            engine.CLASS_DOWN: self._write_class_down, engine.CLASS_UP: self._write_class_up,
            engine.WORST: self._write_worst,
        }
        return write[self.when]() if self.when else ""

    def _write_number(self, value):
        return write_number(self.env, value)

    def _write_fall(self):
        if not self.days_within:
            return self.env._(
                "When the score falls by at least %(points)s points", points=self._write_number(self.points)
            )
        return self.env._(
            "When the score falls by at least %(points)s points within %(days)s days",
            points=self._write_number(self.points), days=self.days_within,
        )

    def _write_below(self):
        return self.env._("When the score falls below %(points)s", points=self._write_number(self.points))

    def _write_coverage(self):
        return self.env._(
            "When the coverage falls below %(percent)s %%", percent=self._write_number(self.percent_coverage)
        )

    def _write_class_down(self):
        return self.env._("When the class by the score falls by at least %(count)s", count=self.classes)

    def _write_class_up(self):
        return self.env._("When the class by the score rises by at least %(count)s", count=self.classes)

    def _write_worst(self):
        factor = dict(self._get_factor_labels()).get(self.factor, self.factor or "–")
        return self.env._("When '%(factor)s' gets into its worst range", factor=factor)

    def _write_what(self):
        """Return what follows, in words."""
        if self.action == "review":
            return self.env._(
                "open the review '%(kind)s', due within %(days)s days", kind=self.kind_id.name or "–",
                days=self.days_due,
            )
        if self.action == "alert":
            return self.env._("a task for %(person)s within %(days)s days", person=self._write_person(),
                              days=self.days_due)
        if self.action == "hold":
            return self.env._(
                "stop the account until %(person)s decides, within %(days)s days", person=self._write_person(),
                days=self.days_due,
            )
        if self.action == "lower":
            return self.env._(
                "lower the limit %(how)s, or propose it where the customer is a natural person", how=self._write_how()
            )
        return self.env._("propose a lower limit %(how)s", how=self._write_how()) if self.action else ""

    def _write_person(self):
        if self.recipient == "person":
            return self.user_id.name or "–"
        return self.env._("the credit controller") if self.recipient == "controller" else self.env._("the salesperson")

    def _write_how(self):
        """Return how far a limit is lowered, in words."""
        most = self._write_number(self.percent_most)
        if self.basis == "percent":
            less = min(self.percent, self.percent_most or self.percent)
            return self.env._("by %(percent)s %%", percent=self._write_number(less))
        if not self.percent_most:
            return self.env._("to what the methods propose")
        return self.env._("to what the methods propose, by %(percent)s %% at most", percent=most)
