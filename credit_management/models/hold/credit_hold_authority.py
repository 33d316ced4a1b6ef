"""Who may release a hold: not who asked for it, and up to the authority."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CreditHold(models.Model):
    _inherit = "credit.hold"

    may_release = fields.Boolean(
        "You May Release It", compute="_compute_may_release", help="Off: somebody with more authority has to."
    )
    release_note = fields.Char(
        "Your Authority", compute="_compute_may_release", help="Whether you may release it, up to what, or why not."
    )

    def _check_may_release(self):
        """Refuse those who may not release these holds.

        :raise AccessError: without the rights of a credit controller
        :raise UserError: for the person the document was stopped for
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers release documents."))
        self.check_access("read")
        own = self.filtered(lambda hold: self.env.user in hold._get_askers())
        if own:
            raise UserError(
                self.env._(
                    "You asked for %(document)s yourself, so somebody else has to release it.",
                    document=own[0].document_name,
                )
            )

    def _get_askers(self):
        """Return for whom the document was stopped: whoever tried first, last, and its salesperson."""
        first = self.browse() if self.is_forced else self
        return first.create_uid | self.requester_id | self.salesperson_id

    def _check_authority(self):
        """Refuse what goes over the limit by more than the user may release.

        :raise UserError: naming the authority and the amount
        """
        for hold, (refusal, _reach) in self._get_standings().items():
            if refusal:
                raise UserError(
                    self.env._("%(document)s cannot be released. %(why)s", document=hold.document_name, why=refusal)
                )

    def _get_standings(self):
        """Return ``{hold: (refusal, reach)}`` of the user's authority, see `credit.authority`."""
        over = self._get_amounts_over()
        claims = [(hold.profile_id, over[hold]) for hold in self]
        standings = self.env["credit.authority"]._get_standings(self.env.user, claims, "over")
        return dict(zip(self, standings, strict=True))

    def _get_amounts_over(self):
        """Return ``{hold: amount}`` by which the limits are exceeded now: what was let go since counts, too."""
        amounts = {hold: hold.amount_over for hold in self}
        live = self.filtered(lambda hold: hold.state == "open" and hold._is_controlled())
        for (model, checkpoint), holds in live.grouped(lambda hold: (hold.res_model, hold.checkpoint)).items():
            # the controller need not be allowed to open the documents
            documents = self.env[model].sudo().browse(holds.mapped("res_id")).exists()
            asked = {hold.res_id: hold.amount for hold in holds if hold.is_ahead and hold.res_id in documents._ids}
            decisions = documents and documents._credit_decide(checkpoint, is_locked=False, asked=asked)
            over = {document.id: decision.amount_over for document, decision in (decisions or {}).items()}
            amounts |= {hold: over[hold.res_id] for hold in holds if hold.res_id in over}
        return amounts

    @api.depends("state", "amount_over", "requester_id")
    @api.depends_context("uid", "lang")
    def _compute_may_release(self):
        is_controller = self.env.user.has_group("credit_management.group_credit_controller")
        waiting = self.filtered(lambda hold: is_controller and hold.state == "open")
        (self - waiting).update({"may_release": False, "release_note": ""})
        for hold, (refusal, reach) in waiting._get_standings().items():
            why_not = self._get_own_text() if self.env.user in hold._get_askers() else refusal
            hold.may_release = not why_not
            hold.release_note = why_not or self._get_permission_text(reach)

    @api.model
    def _get_own_text(self):
        return self.env._("You asked for it yourself, so somebody else has to release it.")

    @api.model
    def _get_permission_text(self, reach):
        if not reach:
            return self.env._("You may release it.")
        return self.env._("You may release it: your authority reaches %(authority)s over the limit.", authority=reach)
