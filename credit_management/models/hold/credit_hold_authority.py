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
        own = self.filtered(lambda hold: self.env.user in hold._get_profiting())
        if own:
            raise UserError(
                self.env._(
                    "%(document)s is your own, or you asked for it, so somebody else has to release it.",
                    document=own[0].document_name,
                )
            )

    @api.model
    def _credit_get_owner_names(self):
        return (*super()._credit_get_owner_names(), "requester_id", "salesperson_id")

    def _get_profiting(self):
        """Return who decides nothing on this hold: whoever tried first, later and last, and whose document it is."""
        # whose it is, whoever may read that
        hold = self.sudo()
        first = hold.browse() if hold.is_forced else hold
        document = hold._get_document()
        asked = first.create_uid | hold.requester_id | hold.salesperson_id | self.env["credit.owner"]._get_former(hold)
        return asked | (document._credit_get_profiting() if document else asked.browse())

    def _get_stopped(self):
        """Return who was stopped by these holds, and whose documents they are; whoever forced one was not."""
        forced = self.filtered("is_forced")
        return (self - forced)._credit_get_owners() | forced._credit_get_owners(is_maker_owner=False)

    def _check_authority(self, most):
        """Refuse what can go over the limit by more than the user may release.

        :param dict most: what each of these holds can lead to, see `_get_most_over`
        :raise UserError: naming the authority and the amount
        """
        for hold, (refusal, _reach) in self._get_standings(most).items():
            if refusal:
                raise UserError(
                    self.env._("%(document)s cannot be released. %(why)s", document=hold.document_name, why=refusal)
                )

    def _get_standings(self, most):
        """Return ``{hold: (refusal, reach)}`` of the user's authority, see `credit.authority`."""
        claims = [(hold.profile_id, most[hold]) for hold in self]
        standings = self.env["credit.authority"]._get_standings(self.env.user, claims, "over")
        return dict(zip(self, standings, strict=True))

    @api.depends("state", "amount_over", "requester_id")
    @api.depends_context("uid", "lang")
    def _compute_may_release(self):
        is_controller = self.env.user.has_group("credit_management.group_credit_controller")
        waiting = self.filtered(lambda hold: is_controller and hold.state == "open")
        (self - waiting).update({"may_release": False, "release_note": ""})
        most = waiting._get_most_over(waiting._get_amounts())
        for hold, (refusal, reach) in waiting._get_standings(most).items():
            why_not = self._get_own_text() if self.env.user in hold._get_profiting() else refusal
            hold.may_release = not why_not
            hold.release_note = why_not or self._get_permission_text(reach)

    @api.model
    def _get_own_text(self):
        return self.env._("It is your own, or you asked for it, so somebody else has to release it.")

    @api.model
    def _get_permission_text(self, reach):
        if not reach:
            return self.env._("You may release it.")
        return self.env._("You may release it: your authority reaches %(authority)s over the limit.", authority=reach)
