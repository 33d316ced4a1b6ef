"""The checklist of an assessment: which evidence is there, which is missing, and what holds the submission."""

from datetime import date

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..record.words import get_words
from .credit_review_kind import SOURCES

TYPED = {"attachment_ids", "note", "is_ticked"}  # what people write in an item


class CreditReviewKindItem(models.Model):
    _inherit = "credit.review.kind.item"

    def _prepare_item(self, assessment):
        """Return the values of an item of an assessment, which keeps what the kind asks for today."""
        names = ("sequence", "source", "is_required", "months_valid")
        return {
            "assessment_id": assessment.id, "kind_item_id": self.id, "name": get_words(self, "name"),
            **{name: self[name] for name in names},
        }


class CreditAssessmentItem(models.Model):
    _name = "credit.assessment.item"
    _description = "Evidence of an Assessment"
    _inherit = ["credit.worded", "credit.filed", "credit.explicit"]
    _order = "sequence, id"

    assessment_id = fields.Many2one("credit.assessment", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="assessment_id.company_id", store=True)
    kind_item_id = fields.Many2one("credit.review.kind.item", readonly=True, ondelete="set null")
    sequence = fields.Integer(readonly=True, default=10, help="Order in the checklist.")
    name = fields.Char("Evidence", required=True, readonly=True, translate=True, help="What has to be there.")
    source = fields.Selection(SOURCES, "Found In", required=True, readonly=True, help="Where it is looked for.")
    is_required = fields.Boolean("Required", readonly=True, help="Without it nothing is submitted.")
    months_valid = fields.Integer(
        "Not Older Than (months)", readonly=True, aggregator=None, help="How old it may be at most. 0: any age."
    )
    is_ticked = fields.Boolean("Looked At", help="Somebody has looked at it.")
    note = fields.Char(help="What was seen, or why it is missing.")
    kept = fields.Json(readonly=True, help="Technical: what was there when it was submitted.")
    is_there = fields.Boolean("There", compute="_compute_is_there", help="It is there, and not too old.")
    found_text = fields.Char(
        "What Was Found", compute="_compute_is_there", help="What is there, or that it is missing."
    )

    @api.depends(
        "kept", "source", "months_valid", "is_ticked", "attachment_ids", "assessment_id.state",
        "assessment_id.profile_id.financials_ids.date_end", "assessment_id.profile_id.visit_ids.date",
        "assessment_id.profile_id.outside_rating_ids.date",
    )
    @api.depends_context("lang")
    def _compute_is_there(self):
        for item in self:
            found = item.kept or item._find()
            item.is_there, item.found_text = bool(found["is_there"]), item._write_found(found)

    def _find(self):
        """Return what is there, as plain values: the day of what is found in the credit file, or the files."""
        if self.source == "file":
            return {"is_there": bool(self.attachment_ids), "names": self.attachment_ids.mapped("name")}
        if self.source == "tick":
            return {"is_there": self.is_ticked}
        found, name = self._find_newest()
        day = found[name] if found else None
        return {
            "is_there": bool(day) and day >= self._get_first_day(), "day": day and fields.Date.to_string(day),
            "said": self._write_said(found),
        }

    def _find_newest(self):
        """Return the newest record that the credit file has of this kind, and the name of its day."""
        profile = self.assessment_id.profile_id
        names = {"financials": ("financials_ids", "date_end"), "visit": ("visit_ids", "date"),
                 "outside": ("outside_rating_ids", "date")}
        rows, name = names[self.source]
        found = profile[rows].filtered(name)
        if self.source == "outside":
            found = found.filtered("is_valid")
        return found.sorted(name)[-1:], name

    def _write_said(self, found):
        """Return what the newest record says, as somebody typed it: who rates how, with whom was spoken."""
        names = {"outside": ("source", "grade"), "visit": ("person",)}.get(self.source, ())
        return " ".join(found[name] for name in names if found[name])

    def _get_first_day(self):
        """Return the first day that is not too old."""
        today = (self.assessment_id.company_id or self.env.company)._credit_today()
        return today - relativedelta(months=self.months_valid) if self.months_valid else date.min

    def _write_found(self, found):
        """Return in words what is there."""
        if found.get("names"):
            return ", ".join(found["names"])
        if found["is_there"] and not found.get("day"):
            return self.env._("Looked at")
        if not found.get("day"):
            return self.env._("Missing")
        day = " · ".join(filter(None, (format_date(self.env, found["day"]), found.get("said"))))
        return day if found["is_there"] else self.env._("Too old: %(day)s", day=day)

    def _keep(self):
        """Keep what is there, as it is now."""
        for item in self:
            item.kept = item._find()

    def _get_file_owner(self):
        """Override: the files of an item are those of its assessment."""
        return self.assessment_id

    @api.model_create_multi
    def create(self, vals_list):
        """Override: the checklist follows from the kind of review.

        :raise AccessError: for a person
        """
        if not self.env.su:
            raise AccessError(self.env._("The checklist follows from the kind of review: choose another kind."))
        return super().create(vals_list)

    def write(self, vals):
        """Override: evidence joins a draft, and nothing else of an item is written.

        :raise AccessError: for what the kind of review says
        :raise UserError: once the assessment was submitted
        """
        if not self.env.su:
            if vals.keys() - TYPED:
                raise AccessError(self.env._("The checklist follows from the kind of review: choose another kind."))
            self._check_is_draft()
            self.assessment_id._note_author()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_system(self):
        if not self.env.su:
            raise AccessError(self.env._("The checklist follows from the kind of review: choose another kind."))

    def _check_is_draft(self):
        if any(assessment.state != "draft" for assessment in self.assessment_id):
            raise UserError(
                self.env._("The checklist of an assessment that was submitted stays. Take the assessment back first.")
            )


class CreditAssessment(models.Model):
    _inherit = "credit.assessment"

    missing_text = fields.Char(
        "Missing", compute="_compute_missing_text", help="What the checklist asks for and is not there."
    )
    is_held_up = fields.Boolean(
        "Something Required Is Missing", compute="_compute_missing_text", help="It cannot be submitted yet."
    )

    @api.depends("item_ids.is_there", "item_ids.name", "item_ids.is_required")
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for assessment in self:
            missing = assessment.item_ids.filtered(lambda item: not item.is_there)
            assessment.missing_text = ", ".join(missing.mapped("name"))
            assessment.is_held_up = any(missing.mapped("is_required"))
