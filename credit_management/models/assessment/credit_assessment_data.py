"""What was known when a customer was assessed: kept as it was, in the words of every reader.

A year later the documents have moved, statements were corrected and settings changed; what was decided on stays.
"""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, formatLang

from ..record.words import in_every_language, read_words
from ..setup.limit_value import LIMIT_TYPES

SECTIONS = ("figures", "financials", "methods", "outside")


def section(label, help_text):
    """Return a field with the rows of one section of what was kept."""
    return fields.Json(label, compute="_compute_sections", help=help_text)


class CreditAssessment(models.Model):
    _inherit = "credit.assessment"

    data = fields.Json(readonly=True, copy=False, help="Technical: what was known, in every language.")
    date_data = fields.Date("Data Of", readonly=True, copy=False, help="The day on which the data was collected.")
    figures_rows = section("What Is Known", "Exposure and payment behavior, as they were.")
    financials_rows = section("Financial Statements Used", "What the newest statements that balance said.")
    methods_rows = section("Limit by Method", "What each method would grant, with what it read.")
    outside_rows = section("Outside and Visits", "What others said, and what was seen.")
    financials_id = fields.Many2one(
        "credit.financials", "Statements", readonly=True, copy=False, ondelete="set null", index="btree_not_null",
        help="The financial statements that were used.",
    )
    score_id = fields.Many2one(
        "credit.score", readonly=True, copy=False, ondelete="set null", index="btree_not_null",
        help="The score that was found for this assessment, with what each factor was worth.",
    )
    has_score = fields.Boolean(related="score_id.has_score")
    score = fields.Float(related="score_id.score", string="Points")
    coverage = fields.Float(related="score_id.coverage")
    is_covered = fields.Boolean(related="score_id.is_covered")
    score_card_id = fields.Many2one(related="score_id.card_id")
    score_line_ids = fields.One2many(related="score_id.line_ids", string="Factors")
    rating_present_id = fields.Many2one(
        "credit.rating", "Present Rating", readonly=True, copy=False, help="The rating when the data was collected."
    )
    rating_model_id = fields.Many2one(
        "credit.rating", "Rating of the Model", readonly=True, copy=False, help="Which rating the score leads to."
    )
    is_override = fields.Boolean(
        "Overridden", compute="_compute_is_override", help="The analyst asks for another rating than the model."
    )
    limit_state = fields.Selection(
        LIMIT_TYPES, "Present Limit Type", readonly=True, copy=False, help="Which limit applied."
    )
    amount_present = fields.Monetary(
        "Present Limit", readonly=True, copy=False, help="The limit that applied when the data was collected."
    )
    has_proposal = fields.Boolean("Has a Proposed Limit", readonly=True, copy=False, help="A method had an answer.")
    amount_proposed = fields.Monetary(
        "Proposed Limit", readonly=True, copy=False, help="What the methods propose together."
    )
    amount_exposure = fields.Monetary("Exposure Then", readonly=True, copy=False, help="What the customer owed.")
    amount_overdue = fields.Monetary("Overdue Then", readonly=True, copy=False, help="What was overdue.")

    @api.depends("rating_id", "rating_model_id", "rating_present_id", "score_id")
    def _compute_is_override(self):
        for assessment in self:
            expected = assessment.rating_model_id or assessment.rating_present_id
            is_better = bool(assessment.rating_id) and assessment._is_below_all()
            assessment.is_override = is_better or assessment.rating_id != expected

    def _is_below_all(self):
        """Tell whether the score is below the lowest class of its card: any rating is better than the model's none."""
        score = self.sudo().score_id  # what the card said is part of the score
        return score.has_score and not score.rating_id and bool(score.version_id.definition["classes"])

    @api.depends("data")
    @api.depends_context("lang")
    def _compute_sections(self):
        for assessment in self:
            for name in SECTIONS:
                words = (assessment.data or {}).get(name)
                assessment[f"{name}_rows"] = json.loads(read_words(self.env, words)) if words else []

    # -- collecting --------------------------------------------------------------------------------

    def action_collect(self):
        """Collect what is known of the customers today, instead of what was known before.

        :raise AccessError: for who may not read financial statements
        :raise UserError: for what was submitted
        """
        self.check_access("write")
        if any(assessment.state != "draft" for assessment in self):
            raise UserError(self.env._("What was known is kept as it was when the assessment was submitted."))
        self._collect()
        return True

    def _collect(self):
        """Keep what is known of the customers now."""
        for assessment in self:
            assessment.profile_id._check_proposal_access()
            values = assessment._prepare_data()
            assessment.sudo().write(values)  # what was worked out is written by the system only

    def _prepare_data(self):
        profile = self.profile_id
        proposal, today = profile._get_limit_proposal(), profile.company_id._credit_today()
        score = profile._credit_score(today)
        rating = self.rating_id or score.rating_id or profile.rating_id
        return {
            "data": self._prepare_sections(proposal, today),
            "date_data": today,
            "financials_id": proposal.financials.id,
            "score_id": score.id,
            "rating_model_id": score.rating_id.id,
            "rating_present_id": profile.rating_id.id,
            "rating_id": rating.id,
            "limit_state": profile.limit_state,
            "amount_present": profile.amount_limit_effective if profile.limit_state == "amount" else 0.0,
            "has_proposal": proposal.combined.amount is not None,
            "amount_proposed": proposal.combined.amount or 0.0,
            "amount_exposure": profile.amount_exposure,
            "amount_overdue": profile.amount_overdue,
        }

    def _prepare_sections(self, proposal, today):
        """Return the rows of each section in the words of every language."""
        profile, financials = self.profile_id, proposal.financials
        outside = profile._get_latest_outside(today)
        visits = profile.visit_ids[:3]
        return {
            "figures": _keep(profile, lambda told: told._prepare_figure_rows()),
            "financials": _keep(financials, lambda told: told._prepare_kept_rows()) if financials else False,
            "methods": _keep(profile, lambda told: told._prepare_proposal_rows(proposal)),
            "outside": _keep(profile, lambda told: told._prepare_outside_rows(outside.ids, visits.ids)),
        }

    def _refresh_drafts(self):
        """Collect anew for drafts whose customer's file has changed; one that nobody has begun stays empty."""
        self.filtered(lambda assessment: assessment.state == "draft" and assessment.data)._collect()


def _keep(records, say):
    """Return rows in every language, as they are kept."""
    return in_every_language(records, lambda told: json.dumps(say(told)))


class CreditScore(models.Model):
    _inherit = "credit.score"

    @api.model
    def _get_kept_conditions(self, score):
        """Override: the score of an assessment stays with it."""
        used = SQL("EXISTS (SELECT FROM credit_assessment a WHERE a.score_id = %s.id)", score)
        return [*super()._get_kept_conditions(score), used]


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _prepare_figure_rows(self):
        """Return what is owed and how it is paid, each with its label and text."""
        labels = dict(self._fields["limit_state"]._description_selection(self.env))
        limit = self._format_money(self.amount_limit_effective) if self.limit_state == "amount" else (
            labels[self.limit_state]
        )
        used = formatLang(self.env, self.percent_utilisation, digits=1) if self.limit_state == "amount" else ""
        known = [
            ("exposure", self._format_money(self.amount_exposure),
             used and self.env._("%(used)s %% of the limit", used=used)),
            ("limit", limit, ""),
            ("overdue", self._format_money(self.amount_overdue), self._write_oldest()),
        ]
        names = {"exposure": self.env._("Exposure"), "limit": self.env._("Limit"), "overdue": self.env._("Overdue")}
        rows = [{"name": name, "label": names[name], "text": text, "note": note} for name, text, note in known]
        behaviour = self._prepare_behaviour()["behaviour_figures"]
        kept = ("name", "label", "text")  # how each figure is reckoned is said in the credit file
        return rows + [{**{name: row[name] for name in kept}, "note": ""} for row in behaviour]

    def _write_oldest(self):
        if not self.days_overdue_max:
            return ""
        return self.env._("the oldest for %(days)s days", days=self.days_overdue_max)

    def _prepare_outside_rows(self, rating_ids, visit_ids):
        """Return what others said and what was seen."""
        ratings = self.env["credit.outside.rating"].browse(rating_ids)
        visits = self.env["credit.visit"].browse(visit_ids)
        return [*(rating._prepare_kept_row() for rating in ratings), *(visit._prepare_kept_row() for visit in visits)]


class CreditFinancials(models.Model):
    _inherit = "credit.financials"

    def _prepare_kept_rows(self):
        """Return what the statements say, with Altman's Z″ and its terms, and the ratios."""
        entered = set(self.items_entered)
        amounts = [
            {
                "name": f"amount_{name}", "label": self._fields[f"amount_{name}"]._description_string(self.env),
                "text": self._write_amount(self[f"amount_{name}"]), "note": "",
            }
            for name in ("assets", "equity", "sales") if name in entered
        ]
        audited = self.env._("Audited") if self.is_audited else self.env._("Not audited")
        year = {"name": "year", "label": self.env._("Year End"), "text": format_date(self.env, self.date_end),
                "note": " · ".join(filter(None, (audited, self.auditor or self.source)))}
        return [year, *amounts, *self.altman_figures, *self.ratio_figures]


class CreditOutsideRating(models.Model):
    _inherit = "credit.outside.rating"

    def _prepare_kept_row(self):
        limit = self.amount_recommended and self.env._(
            "recommends %(amount)s", amount=self.currency_id.format(self.amount_recommended)
        )
        note = " · ".join(filter(None, (format_date(self.env, self.date), limit, self.note)))
        return {"name": f"outside_{self.id}", "label": self.source, "text": self.grade, "note": note}


class CreditVisit(models.Model):
    _inherit = "credit.visit"

    def _prepare_kept_row(self):
        label = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        text = self.env._("%(points)s points", points=self.points) if self.is_pointed else "–"
        note = " · ".join(filter(None, (format_date(self.env, self.date), self.person, self.note)))
        return {"name": f"visit_{self.id}", "label": label, "text": text, "note": note}
