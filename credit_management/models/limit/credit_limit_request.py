"""Requests: a limit changes only through a document that somebody else approves."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..record.words import in_every_language
from ..setup.credit_day import of_today
from ..setup.limit_value import LIMIT_TYPES, check_number


class CreditLimitRequest(models.Model):
    _name = "credit.limit.request"
    _description = "Credit Limit Request"
    _inherit = ["credit.listed", "credit.decided", "mail.thread", "mail.activity.mixin", "credit.explicit"]
    _order = "id desc"

    # a customer with a history is archived, not deleted
    profile_id = fields.Many2one("credit.profile", "Customer", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="profile_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Currency of the requested amount.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    kind = fields.Selection(
        [
            ("permanent", "New limit"),
            ("increment", "Temporary increase"),
            ("replacement", "Temporary limit"),
        ],
        required=True,
        default="permanent",
        tracking=True,
        help="New limit: replaces the limit for good. Temporary increase: added to the limit from and to the "
        "dates given. Temporary limit: stands in for the limit between the dates.",
    )
    limit_type = fields.Selection(
        LIMIT_TYPES,
        "Requested Limit",
        required=True,
        default="amount",
        tracking=True,
        help="Temporary requests are always for an amount.",
    )
    amount = fields.Monetary(
        tracking=True, help="The requested limit, or the amount to add to it. 0 as a new limit means cash only."
    )
    amount_company = fields.Monetary(
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="The requested amount in company currency, at the rate of the day of the request.",
    )
    date_from = fields.Date("From", help="First day of a temporary limit.")
    date_to = fields.Date("Until", help="Last day of a temporary limit. It lapses by itself at midnight.")
    is_running = of_today(
        "is_running",
        "Running Today",
        lambda day: Domain("state", "=", "approved") & Domain("date_from", "<=", day) & Domain("date_to", ">=", day),
        "A temporary limit that counts today.",
        ("state", "date_from", "date_to"),
    )
    date_limit_expiry = fields.Date(
        "Limit Valid Until",
        compute="_compute_date_limit_expiry",
        store=True,
        readonly=False,
        precompute=True,
        help="Last day of a new limit. As it is now, unless the request changes it. Empty: without end.",
    )
    reason = fields.Text(required=True, tracking=True, help="Why the limit should change; the evidence is attached.")
    hold_id = fields.Many2one(
        "credit.hold", "From Hold", ondelete="set null", index="btree_not_null", help="The hold that asks for it."
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Evidence", copy=False, help="Accounts, an information, an order: what speaks for it."
    )
    decider_id = fields.Many2one(
        "res.users",
        "To Be Decided By",
        readonly=True,
        copy=False,
        help="Who was asked to decide; whoever may decide can.",
    )
    requester_id = fields.Many2one(
        "res.users",
        "Requested By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        help="This person cannot approve the request.",
    )
    approver_id = fields.Many2one("res.users", "Decided By", readonly=True)
    date_decided = fields.Datetime("Decided On", readonly=True, help="When the request was approved or rejected.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waiting for approval"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
        help="Only an approved request changes the limit.",
    )
    limit_type_before = fields.Selection(
        LIMIT_TYPES,
        "Limit Before",
        help="What kind of limit the customer had before the change.",
        readonly=True,
        copy=False,
    )
    amount_before = fields.Monetary("Amount Before", readonly=True, copy=False, help="The limit before the change.")
    amount_exposure = fields.Monetary(
        "Exposure Then",
        readonly=True,
        copy=False,
        currency_field="company_currency_id",
        help="What the customer owed when the request was decided.",
    )

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "A credit limit cannot be negative. Enter 0 for a customer that pays before delivery."
    )
    _dates_in_order = models.Constraint(
        # one that was ended on its first day, or before, counted on no day: its last day is before its first
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to OR date_ended IS NOT NULL)",
        "A temporary limit cannot end before it starts.",
    )
    _temporary_idx = models.Index(
        "(profile_id, date_to) WHERE state = 'approved' AND kind IN ('increment', 'replacement')"
    )

    @api.depends("profile_id")
    def _compute_currency_id(self):
        for request in self:
            request.currency_id = request.profile_id.limit_currency_id or request.profile_id.currency_id

    @api.depends("profile_id")
    def _compute_date_limit_expiry(self):
        """What a request does not name stays, and is shown as it is now."""
        for request in self:
            request.date_limit_expiry = request.profile_id.date_limit_expiry

    @api.depends("amount", "currency_id", "company_id")
    def _compute_amount_company(self):
        for request in self:
            request.amount_company = request.currency_id._convert(
                request.amount, request.company_currency_id, request.company_id, request.company_id._credit_today()
            ) if request.company_currency_id else request.amount

    @api.depends("profile_id", "kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            parts = (request.profile_id.display_name, labels.get(request.kind))
            request.display_name = ": ".join(filter(None, parts))

    @api.constrains("kind", "date_from", "date_to", "limit_type", "amount")
    def _check_temporary(self):
        for request in self.filtered(lambda request: request._is_temporary()):
            if not request.date_from or not request.date_to:
                raise ValidationError(self.env._("A temporary limit needs its first and its last day."))
            if request.limit_type != "amount" or request.amount <= 0:
                raise ValidationError(self.env._("A temporary limit must be an amount above zero."))

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a request starts as a draft of whoever writes it."""
        requests = super().create([self._prepare_new(vals) for vals in vals_list])
        requests._own_evidence()
        return requests

    def _own_evidence(self):
        """What is uploaded in a dialog, or taken from elsewhere, is the request's own: its evidence."""
        for request in self:
            own = request.attachment_ids._credit_give_to(request)
            if own != request.attachment_ids:
                request.attachment_ids = own

    @api.model
    def _prepare_new(self, vals):
        """Requests start as drafts of whoever writes them, whatever the caller says."""
        check_number(self.env, vals.get("amount"))
        asked = {name: value for name, value in vals.items() if self.env.su or not self._is_decided(name)}
        return {**asked, "state": "draft", "requester_id": self.env.uid, "approver_id": False}

    def write(self, vals):
        """Override: decisions are made by the buttons, and what was submitted stays as it was.

        :raise AccessError: when a decision is written
        :raise UserError: when the content of a submitted request is written
        """
        check_number(self.env, vals.get("amount"))
        content = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if content and not self.env.su:
            self._check_may_write(content)
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_evidence()
        return result

    @api.model
    def _is_decided(self, name):
        """Tell whether a field is decided or worked out: no person writes what the form shows read-only."""
        return name in self._fields and self._fields[name].readonly

    def _check_may_write(self, names):
        """Refuse to write what was decided or submitted; remember who has written a draft: an author, too."""
        if any(map(self._is_decided, names)):
            raise AccessError(self.env._("Use the buttons of the request: its decision cannot be written."))
        if any(request.state != "draft" for request in self):
            raise UserError(self.env._("This request was submitted already and cannot be changed. Make a new one."))
        others = self.filtered(lambda request: request.requester_id != self.env.user)
        if others:
            self.env["credit.owner"]._note(self._name, {(request.id, self.env.uid) for request in others})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own_drafts(self):
        others = self.filtered(lambda request: request.requester_id != self.env.user)
        if others and not self.env.su and not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only who made a request, or a credit manager, deletes it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(request.state in ("approved", "rejected") for request in self):
            raise UserError(self.env._("A decided request is part of the history of the limit and cannot be deleted."))

    def action_submit(self):
        """Ask for approval.

        :return: the action that tells who was asked
        :rtype: dict
        :raise UserError: when a request is not a draft
        """
        self.check_access("write")
        if any(request.requester_id != self.env.user for request in self):
            raise AccessError(self.env._("Only who made a request submits it."))
        self._check_state("draft", self.env._("This request was submitted already."))
        for request in self.sudo():  # the state is written by the buttons only
            request.state = "submitted"
            request._schedule_for_decider()
            request._tell_hold()
        return self._get_asked_notification()

    def action_approve(self):
        """Approve requests and change the limits, one after the other: each is compared with what those before it gave.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: when a request is not waiting, is one's own, or leads beyond one's authority
        """
        self._check_may_decide()
        # two approvals of one customer at the same moment are compared one after the other; whoever may see the file
        self.sudo().profile_id._lock()
        for request in self.sudo():  # the state is written by the buttons only
            request._check_authority()
            request._check_may_apply()
            request._note_before()
            request._set_decided("approved", self.env.user)
            request._apply()
        return True

    def action_reject(self):
        """Reject requests; the limits stay as they are.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: when a request is not waiting, is one's own, or is beyond one's authority
        """
        self._check_may_decide()
        for request in self.sudo():  # the state is written by the buttons only
            request._check_authority()
            request._note_before()
            request._set_decided("rejected", self.env.user)
        return True

    def _check_may_apply(self):
        """Refuse what cannot be approved by anybody, and can be rejected. Hook: a room adds its own."""

    def _is_temporary(self):
        """Tell whether the request is for some days only."""
        return self.kind != "permanent"

    def _get_amount_today(self):
        """Return the requested amount in company currency at today's rate: a limit is worth what it is worth today."""
        company = self.company_id
        return self.currency_id._convert(self.amount, company.currency_id, company, company._credit_today())

    def _check_state(self, state, message):
        if any(request.state != state for request in self):
            raise UserError(message)

    def _set_decided(self, state, user):
        self._log_decision(state)
        self.write({"state": state, "approver_id": user.id, "date_decided": fields.Datetime.now()})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _log_decision(self, state):
        """Keep what was decided and why in the log: it survives the customer."""
        self.env["credit.log"].sudo()._append(  # the log is written for everybody, and by nobody else
            [
                {
                    **request.profile_id._get_log_values(),
                    "kind": "change",
                    "verdict": "looser" if state == "approved" else None,
                    "res_model": request._name,
                    "res_id": request.id,
                    "document_name": in_every_language(request, lambda told: told.display_name),
                    "value_before": request._get_state_words(request.state),
                    "value_after": request._get_state_words(state),
                    "amount_most": request._get_amount_logged(),
                    "reason": f"{request.requester_id.name}: {request.reason}",
                }
                for request in self
            ]
        )

    def _get_amount_logged(self):
        """Return what was asked for, in company currency; None for any amount. Hook: of another kind of request."""
        return self.amount_company if self.limit_type == "amount" else None

    def _get_state_words(self, state):
        labels = self._fields["state"]._description_selection
        return in_every_language(self, lambda told: dict(labels(told.env))[state])

    def _note_before(self):
        """Keep what the limit and the exposure were, and what else was looked at, for the history."""
        profile = self.profile_id
        self.write(
            {
                "limit_type_before": profile.limit_type,
                "amount_before": profile.amount_limit,
                "amount_exposure": profile.amount_exposure,
                "figures": self._measure(),
            }
        )

    def _apply(self):
        """Change the limit of the profile; temporary limits count by themselves between their dates."""
        self.ensure_one()
        if self._is_temporary():
            self.profile_id._queue_recheck()
            return
        self.profile_id._apply_limit(
            {
                "limit_type": self.limit_type,
                "amount_limit": self.amount if self.limit_type == "amount" else 0.0,
                "limit_currency_id": self.currency_id.id,
                "date_limit_expiry": self.date_limit_expiry,
            }
        )
