"""An assessment (信用评估): what was known of a customer, what is asked for on it, and who decided (双重审核)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..setup.credit_day import of_today
from ..setup.limit_value import check_number

OPEN = ("draft", "submitted")
LIMITS = [
    ("keep", "As it is"),
    ("amount", "Amount"),
    ("unlimited", "Unlimited"),
    ("none", "The rating's or the policy's"),
]
FREE = ("message_", "activity_")  # written in any state


class CreditAssessment(models.Model):
    _name = "credit.assessment"
    _description = "Credit Assessment"
    _inherit = ["credit.listed", "credit.decided", "mail.thread", "mail.activity.mixin", "credit.explicit"]
    _order = "id desc"

    name = fields.Char("Number", required=True, readonly=True, copy=False, default="–", help="Its number.")
    # a customer with a history is archived, not deleted
    profile_id = fields.Many2one("credit.profile", "Customer", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="profile_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    kind_id = fields.Many2one(
        "credit.review.kind", "Kind", required=True, ondelete="restrict",
        default=lambda self: self.env["credit.review.kind"].search([], limit=1),
        help="Which evidence has to be there.",
    )
    is_review = fields.Boolean("Opened by the Calendar", readonly=True, copy=False, help="The next review had come.")
    date_due = fields.Date("Due", readonly=True, copy=False, help="The day by which the customer must be reviewed.")
    user_id = fields.Many2one(
        "res.users", "Assigned To", tracking=True, default=lambda self: self.env.user, help="Who prepares it."
    )
    is_escalated = fields.Boolean(
        "Put Before a Manager", readonly=True, copy=False, help="The review is late, and a credit manager was told."
    )
    is_late = of_today(
        "is_late", "Late", lambda day: Domain("state", "in", OPEN) & Domain("date_due", "<", day),
        "The day by which the customer must be reviewed is over.", ("state", "date_due"),
    )
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Waiting for approval"), ("approved", "Approved"), ("refused", "Refused"),
         ("cancelled", "Canceled")],
        "Status", default="draft", required=True, readonly=True, tracking=True, copy=False,
        help="Only an approved assessment changes the rating, the limit and the next review.",
    )
    date_valid_to = fields.Date(
        "Valid Until", readonly=True, copy=False, help="The day by which the customer is assessed again."
    )
    is_expired = of_today(
        "is_expired", "Expired", lambda day: Domain("state", "=", "approved") & Domain("date_valid_to", "<", day),
        "It was approved, and its last day is over.", ("state", "date_valid_to"),
    )
    # -- what is asked for ---------------------------------------------------------------------------
    rating_id = fields.Many2one(
        "credit.rating", "Rating", tracking=True, copy=False, help="Which rating the customer should have."
    )
    override_reason = fields.Text(
        "Reason of the Override", tracking=True, copy=False,
        help="Why the customer should have another rating than the model's. Both stay visible.",
    )
    limit_kind = fields.Selection(
        LIMITS, "Limit", required=True, default="keep", tracking=True, copy=False, help="Which limit it should have."
    )
    limit_currency_id = fields.Many2one(
        "res.currency", compute="_compute_limit_currency_id", store=True, readonly=False, precompute=True,
        help="The currency of the limit.",
    )
    amount = fields.Monetary(
        "Limit Amount", currency_field="limit_currency_id", tracking=True, copy=False,
        help="The limit the customer should have. 0 means cash only.",
    )
    date_review = fields.Date(
        "Next Review", compute="_compute_date_review", store=True, readonly=False, copy=False, tracking=True,
        help="By when the customer is reviewed again: as its rating and its importance ask for, unless changed here.",
    )
    reason = fields.Text("Assessment", tracking=True, copy=False, help="What follows from what is known, in words.")
    opinion = fields.Text(
        "Outside Opinion", copy=False, help="What somebody outside says of it, beside the own result."
    )
    opinion_source = fields.Char("Opinion Of", copy=False, help="Who says so: an auditor, an adviser, an agency.")
    # -- who ---------------------------------------------------------------------------------------
    preparer_id = fields.Many2one(
        "res.users", "Prepared By", readonly=True, copy=False, help="Who submitted it, and cannot approve it."
    )
    date_submitted = fields.Datetime("Submitted On", readonly=True, copy=False, help="When approval was asked for.")
    decider_id = fields.Many2one(
        "res.users", "To Be Decided By", readonly=True, copy=False,
        help="Who was asked to decide; whoever may decide can.",
    )
    approver_id = fields.Many2one("res.users", "Decided By", readonly=True, copy=False)
    date_decided = fields.Datetime("Decided On", readonly=True, copy=False, help="When it was approved or refused.")
    date_approved = fields.Date("Approved On", readonly=True, copy=False, help="The company's day of the approval.")
    refusal = fields.Text("Reason of the Refusal", readonly=True, copy=False, help="Why it was refused.")
    item_ids = fields.One2many("credit.assessment.item", "assessment_id", "Checklist", copy=False)
    limit_request_ids = fields.One2many("credit.limit.request", "assessment_id", "Limit Requests", readonly=True)

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "A credit limit cannot be negative. Enter 0 for a customer that pays before delivery."
    )
    _one_open = models.UniqueIndex(
        "(profile_id) WHERE state IN ('draft', 'submitted')",
        "An assessment of this customer is open already. Open that one in its credit file.",
    )
    _waiting_idx = models.Index("(company_id, date_due) WHERE state IN ('draft', 'submitted')")

    @api.depends("profile_id")
    def _compute_limit_currency_id(self):
        for assessment in self:
            profile = assessment.profile_id
            assessment.limit_currency_id = (
                assessment.limit_currency_id or profile.limit_currency_id or profile.currency_id
            )

    @api.depends("rating_id", "profile_id")
    def _compute_date_review(self):
        for assessment in self:
            profile = assessment.profile_id
            day = profile and profile._get_review_day(assessment.rating_id, profile.company_id._credit_today())
            assessment.date_review = day or False

    @api.depends("name", "profile_id")
    def _compute_display_name(self):
        for assessment in self:
            assessment.display_name = " · ".join(filter(None, (assessment.name, assessment.profile_id.display_name)))

    @api.constrains("date_review", "state")
    def _check_date_review(self):
        for assessment in self.filtered(lambda assessment: assessment.state == "submitted"):
            if assessment.date_review and assessment.date_review < assessment.company_id._credit_today():
                raise ValidationError(self.env._("The next review is a day to come."))

    @api.constrains("kind_id")
    def _check_kind(self):
        """Refuse an archived kind, which nobody had to agree to."""
        for kind in self.kind_id.filtered(lambda kind: not kind.active):
            raise ValidationError(self.env._("%(kind)s is archived and can no longer be chosen.", kind=kind.name))

    # -- writing -----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override: an assessment starts as a draft with the checklist of its kind, and its number."""
        assessments = super().create([self._prepare_new(vals) for vals in vals_list])
        for assessment in assessments:
            assessment._note_number()
            assessment._fill_checklist()
        return assessments

    @api.model
    def _prepare_new(self, vals):
        """Assessments start as drafts, whatever the caller says."""
        check_number(self.env, vals.get("amount"))
        asked = {name: value for name, value in vals.items() if self.env.su or not self._is_decided(name)}
        return {**asked, "state": "draft"}

    def _note_number(self):
        sequence = self.env["ir.sequence"].sudo().with_company(self.company_id)  # numbers are nobody's
        self.sudo().name = sequence.next_by_code("credit.assessment")  # the number is written by the system only

    @api.model
    def _is_decided(self, name):
        """Tell whether a field is decided or worked out: no person writes what the form shows read-only."""
        return name in self._fields and self._fields[name].readonly

    def write(self, vals):
        """Override: decisions are made by the buttons, and what was submitted stays as it was.

        :raise AccessError: when a decision is written
        :raise UserError: when the content of a submitted assessment, or the customer of any, is written
        """
        check_number(self.env, vals.get("amount"))
        names = {name for name in vals if not name.startswith(FREE)}
        if names and not self.env.su:
            self._check_may_write(names)
        kinds = {assessment: assessment.kind_id for assessment in self} if "kind_id" in vals else {}
        result = super().write(vals)
        for assessment, before in kinds.items():
            if assessment.kind_id != before:
                assessment._fill_checklist()
        return result

    def _check_may_write(self, names):
        """Refuse to write what was decided or submitted; remember who has written a draft: an author, too."""
        if any(map(self._is_decided, names)):
            raise AccessError(self.env._("Use the buttons of the assessment: its decision cannot be written."))
        if "profile_id" in names:
            raise UserError(self.env._("An assessment stays with its customer. Assess the other one in its file."))
        if any(assessment.state != "draft" for assessment in self):
            raise UserError(
                self.env._(
                    "This assessment was submitted already and cannot be changed. Take it back first, or make a new "
                    "one."
                )
            )
        self._note_author()

    def _note_author(self):
        """Keep who has written in these drafts: they decide on none of them."""
        if self:
            self.env["credit.owner"]._note(self._name, {(assessment.id, self.env.uid) for assessment in self})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drafts(self):
        if any(assessment.state != "draft" for assessment in self):
            raise UserError(
                self.env._("Only drafts are deleted: an assessment that was submitted is part of the credit file.")
            )

    def _fill_checklist(self):
        """Take over what the kind of review asks for; what is attached to items that stay is kept."""
        items = self.sudo().item_ids  # written by the system only
        items.filtered(lambda item: not item.attachment_ids and not item.note).unlink()
        kept = items.exists().kind_item_id
        self.env["credit.assessment.item"].sudo().create(  # see above
            [item._prepare_item(self) for item in self.kind_id.item_ids - kept]
        )

    def action_take_proposed(self):
        """Ask for the limit that the methods propose.

        :raise UserError: where no method had an answer
        """
        self.ensure_one()
        if not self.has_proposal:
            raise UserError(self.env._("No method proposed a limit: each says why on the page 'What Is Known'."))
        company = self.company_id
        amount = company.currency_id._convert(
            self.amount_proposed, self.limit_currency_id, company, company._credit_today()
        )
        self.write({"limit_kind": "amount", "amount": amount})
        return True

    def action_enter_financials(self):
        """Open an empty year of the customer's financial statements; the draft reads it at once."""
        self.ensure_one()
        return self.profile_id.action_enter_financials()

    def action_enter_outside(self):
        """Open an empty outside rating of the customer; the draft reads it at once."""
        return self._get_enter_action("credit.outside.rating", self.env._("Outside Rating"))

    def action_enter_visit(self):
        """Open an empty visit to the customer; the draft reads it at once."""
        return self._get_enter_action("credit.visit", self.env._("Visit or Interview"))

    def _get_enter_action(self, model, name):
        self.ensure_one()
        self.env[model].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "context": {"default_profile_id": self.profile_id.id},
        }
