"""Asking for a cap: by the request that limits are asked by, and somebody else approves."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...engine.limits import SINGLE, WHOLE, Cap

CAP = "cap"
AMOUNTS = (SINGLE, WHOLE)  # the others are a share of the limit


class CreditLimitRequest(models.Model):
    _inherit = "credit.limit.request"

    kind = fields.Selection(
        selection_add=[(CAP, "Own cap")],
        ondelete={CAP: "cascade"},
        help="New limit: replaces the limit for good. Temporary increase: added to the limit from and to the "
        "dates given. Temporary limit: stands in for the limit between the dates. Own cap: how large a single document "
        "may be, or which share of the limit a component of the exposure.",
    )
    cap_subject = fields.Selection(
        lambda self: self.env["credit.cap"]._get_subjects(), "Cap On", default=SINGLE, tracking=True,
        help="What is capped: a single document, or a component of the exposure.",
    )
    cap_percent = fields.Float(
        "Of the Limit (%)", digits=(16, 1), tracking=True,
        help="Which share of the customer's limit the component may be at most.",
    )
    is_cap_lifted = fields.Boolean("Lift the Cap", tracking=True, help="The customer has this cap no longer.")
    cap_present = fields.Char("Present Cap", compute="_compute_caps", help="The cap that the customer has now.")

    cap_asked = fields.Char("Asked Cap", compute="_compute_caps", help="The cap that is asked for.")

    @api.depends("profile_id", "cap_subject", "cap_percent", "is_cap_lifted", "amount", "currency_id", "kind")
    @api.depends_context("lang")
    def _compute_caps(self):
        nothing = self.env._("None")
        self.cap_present = self.cap_asked = nothing
        for request in self.filtered(lambda request: request.kind == CAP and request.profile_id):
            cap, asked = request._get_cap(), self.env["credit.cap"].new(request._prepare_cap())
            request.cap_present = cap._get_bound_text() if cap else nothing
            request.cap_asked = nothing if request.is_cap_lifted else asked._get_bound_text()

    @api.depends("cap_subject", "cap_percent", "is_cap_lifted", "amount", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Override: with what is capped, and how."""
        super()._compute_display_name()
        for request in self.filtered(lambda request: request.kind == CAP):
            request.display_name = f"{request.display_name} ({request._get_cap_text()})"

    @api.depends("cap_subject", "cap_percent", "is_cap_lifted")
    def _compute_present(self):
        """Override: of a cap, what it allows now and would allow."""
        super()._compute_present()
        for request in self.filtered(lambda request: request.kind == CAP and request.profile_id):
            present, asked = request.amount_present, request._get_cap_most() or 0.0
            request.amount_asked = request.figures["amount_asked"] if request.figures else asked
            request.percent_change = 100 * (request.amount_asked - present) / present if present else 0.0

    def _get_present(self):
        if self.kind != CAP or self.figures:
            return super()._get_present()
        cap = self._get_cap()
        return ("amount", cap._get_most() or 0.0) if cap else ("none", 0.0)

    def _note_before(self):
        """Override: of a cap, what it allowed."""
        super()._note_before()
        for request in self.filtered(lambda request: request.kind == CAP):
            request.amount_before = request.amount_present

    def _measure(self):
        asked = {"amount_asked": self._get_cap_most() or 0.0} if self.kind == CAP else {}
        return {**super()._measure(), **asked}

    @api.constrains("kind", "cap_subject", "cap_percent", "is_cap_lifted", "amount")
    def _check_cap(self):
        """Refuse what no cap can be, when it is asked for: the cap itself says why."""
        for request in self.filtered(lambda request: request.kind == CAP and not request.is_cap_lifted):
            if not request.cap_subject:
                raise ValidationError(self.env._("Choose what is to be capped."))
            self.env["credit.cap"].new(request._prepare_cap())._check_bound()

    def _is_temporary(self):
        return super()._is_temporary() and self.kind != CAP

    def _get_cap(self):
        """Return the cap that the customer has on the same."""
        # whoever asks for it sees its figures in the credit file
        return self.sudo().profile_id.cap_ids.filtered(lambda cap: cap.subject == self.cap_subject)

    def _get_cap_text(self):
        label = dict(self.env["credit.cap"]._get_subjects()).get(self.cap_subject, self.cap_subject or "")
        if self.is_cap_lifted:
            return self.env._("%(what)s: no cap", what=label)
        return f"{label}: {self.cap_asked}"

    def _prepare_cap(self):
        is_amount = self.cap_subject in AMOUNTS
        amount, percent = (self._get_amount_today(), 0.0) if is_amount else (0.0, self.cap_percent)
        return {"profile_id": self.profile_id.id, "subject": self.cap_subject, "amount": amount, "percent": percent}

    def _get_cap_most(self):
        """Return the most that may pass once it is approved, in company currency; None for any amount."""
        limit = self.profile_id._get_limit_now()
        if self.is_cap_lifted:
            return limit.amount if limit.is_amount else None
        values = self._prepare_cap()
        bounds = (values["amount"], None) if self.cap_subject in AMOUNTS else (None, values["percent"])
        return Cap(self.cap_subject, *bounds).get_most(limit)

    def _get_amount_decided(self):
        """Override: a cap never lets more pass than the limit does."""
        return self._get_cap_most() if self.kind == CAP else super()._get_amount_decided()

    def _get_amount_logged(self):
        return self._get_cap_most() if self.kind == CAP else super()._get_amount_logged()

    def _check_may_apply(self):
        """Override: no limit above the customer's own cap on it is approved: that is lifted first.

        :raise UserError: with the cap and the limit
        """
        super()._check_may_apply()
        refusal = "" if self.kind == CAP else self.profile_id._get_highest_refusal(self._get_amount_leading())
        if refusal:
            raise UserError(refusal)

    def _get_amount_leading(self):
        """Return the limit that applies once it is approved; without an own one that of the rating."""
        rated = self.profile_id._get_amount_rating() if self.limit_type == "none" else None
        return self._get_amount_decided() if rated is None else rated + self._get_temporary()._get_increases()

    def _apply(self):
        """Override: a cap is given, changed or lifted; the limit stays."""
        if self.kind != CAP:
            return super()._apply()
        self.ensure_one()
        cap = self._get_cap()
        if self.is_cap_lifted:
            cap.unlink()
        elif cap:
            cap.write(self._prepare_cap())
        else:
            cap.create(self._prepare_cap())
        return None
