"""Look back: whether the scores of a card told who would pay late."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang, plaintext2html

from ..engine.validation import ENOUGH, SHIFTED, STABLE

DAYS_BACK = 366  # a year that begins on the day after
DAYS_BAD = 60
SIDE = 240  # pixels of the picture


class CreditScorecardLookBack(models.TransientModel):
    _name = "credit.scorecard.look.back"
    _description = "Looking Back at Scores"

    card_id = fields.Many2one(
        "credit.scorecard", "Scorecard", required=True, default=lambda self: self._get_card(),
        help="Whose scores are looked at.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company._credit_company()
    )
    date = fields.Date(
        "Scores Of", required=True,
        default=lambda self: self.env.company._credit_today() - timedelta(days=DAYS_BACK),
        help="The scores of this day, by the card of today; nothing that was booked or paid later is in them.",
    )
    days_bad = fields.Integer(
        "Bad From (days)", required=True, default=DAYS_BAD,
        help="Who paid something this late in the year after, or owes something for as long, paid badly.",
    )
    result = fields.Html(compute="_compute_result", sanitize=False, help="What the scores told.")

    @api.model
    def _get_card(self):
        """Return the card that the dialog was opened from, else the one that has made most scores: the first one may
        be for a handful of customers."""
        Card = self.env["credit.scorecard"]
        if self.env.context.get("active_model") == Card._name:
            return Card.browse(self.env.context.get("active_id"))
        cards = Card.search([])  # pylint: disable=no-search-all
        counts = dict(self.env["credit.score"]._read_group([("card_id", "in", cards.ids)], ["card_id"], ["__count"]))
        return max(cards, key=lambda card: counts.get(card, 0), default=cards)

    @api.constrains("days_bad", "date", "company_id")
    def _check_asked(self):
        for wizard in self:
            if refusal := wizard._get_refusal():
                raise ValidationError(refusal)

    def _get_refusal(self):
        """Return in words why this cannot be looked at, nothing where it can."""
        last = self.company_id._credit_today() - timedelta(days=DAYS_BACK)
        if self.company_id not in self.env.companies._credit_company() or not self.company_id.has_access("read"):
            return self.env._(
                "You look back at the companies that you work in. Choose the other one at the top of the screen first.")
        if self.days_bad <= 0:
            return self.env._("Who pays on time does not pay badly: enter one day or more.")
        if self.date > last:
            return self.env._(
                "Look back at %(day)s, or at a day before it: what came in the year after the day is compared, and "
                "that year must be over.", day=format_date(self.env, last))
        return ""

    @api.depends("card_id", "date", "days_bad", "company_id")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_result(self):
        for wizard in self:
            is_asked = wizard.card_id and wizard.date and wizard.company_id
            refusal = is_asked and wizard._get_refusal()
            wizard.result = plaintext2html(refusal) if refusal else is_asked and wizard._write_result()

    def _write_result(self):
        """Return the result as a picture, a table and sentences.

        :raise AccessError: for who may not read the card
        """
        self.card_id.check_access("read")
        found = self.card_id._look_back(self.company_id, self.date, self.days_bad)
        return self.env["ir.qweb"]._render(
            "credit_management.credit_look_back",
            {"found": found, "result": found.result, "curve": self._get_curve(found.result.points), "side": SIDE,
             "figures": self._get_figures(found), "bands": [self._get_band(band) for band in found.bands],
             "enough": ENOUGH, "verdict": self._get_verdict(found.stability), "sample": self._get_sample(found.every),
             "chance": self._get_chance(found.result)},
        )

    def _get_sample(self, every):
        if every == 1:
            return ""
        return self.env._("There are very many customers: one of %(count)s was looked at.", count=every)

    def _get_chance(self, result):
        """Return between what the Gini coefficient is in all likelihood: some of it is chance."""
        if not result.is_enough:
            return ""
        low, high = max(result.gini - result.margin, -1.0), min(result.gini + result.margin, 1.0)
        return self.env._(
            "With so many customers the Gini is known to lie between %(low)s and %(high)s (in 19 of 20 cases).",
            low=self._write(low), high=self._write(high),
        )

    def _get_figures(self, found):
        figures = {"auc": found.result.auc, "gini": found.result.gini, "stability": found.stability}
        return {name: self._write(value) for name, value in figures.items()}

    def _write(self, value):
        return "–" if value is None else formatLang(self.env, value, digits=2)

    @api.model
    def _get_band(self, band):
        low, good, bad, unknown, now = band
        share = formatLang(self.env, 100 * bad / (good + bad), digits=0) + " %" if good + bad else "–"
        counts = {"good": good, "bad": bad, "unknown": unknown, "now": now}
        return {"range": f"{low} – {low + 20}", "share": share, **counts}

    def _get_verdict(self, stability):
        """Return what the stability says of the customers."""
        if stability is None:
            return ""
        if stability < STABLE:
            return self.env._("The customers are still those of then.")
        if stability < SHIFTED:
            return self.env._("The customers have changed somewhat since: look at the classes of the card.")
        return self.env._("The customers are others than then: the card was made for others.")

    @api.model
    def _get_curve(self, points):
        """Return the points of the curve as a picture wants them: the share of the good to the right, of the bad up."""
        return " ".join(f"{x * SIDE:.1f},{SIDE - y * SIDE:.1f}" for x, y in points)
