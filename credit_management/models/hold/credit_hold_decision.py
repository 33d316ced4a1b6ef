"""What a person decides on a hold: release it, with its limits, or reject it."""

from odoo import models
from odoo.exceptions import UserError

from ..record.words import get_words


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def action_release(self):
        """Open the dialog that releases these holds."""
        if len(self) == 1:
            return self._get_dialog("release", self.env._("Release %(document)s", document=self.document_name))
        return self._get_dialog("release", self.env._("Release %(count)s documents", count=len(self)))

    def action_reject(self):
        """Open the dialog that rejects these holds."""
        if len(self) == 1:
            return self._get_dialog("reject", self.env._("Reject %(document)s", document=self.document_name))
        return self._get_dialog("reject", self.env._("Reject %(count)s documents", count=len(self)))

    def _get_dialog(self, decision, name):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_hold_release")
        return {**action, "name": name, "context": {"default_decision": decision, "default_hold_ids": self.ids}}

    def _check_open(self):
        closed = self.filtered(lambda hold: hold.state != "open")
        if closed:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(document)s is no longer on credit hold (%(state)s): there is nothing to decide.",
                    document=closed[0].document_name,
                    state=labels[closed[0].state],
                )
            )

    def _release(
        self, reason, date_until, percent_tolerance=0.0, note=False, is_resumed=True, date_review=False
    ):
        """Release held documents and take the stopped step again.

        :param reason: `credit.reason`
        :param date_until: last day of the release
        :param float percent_tolerance: by how much the document may still grow
        :param bool is_resumed: take the stopped step again; otherwise only allow it
        :raise UserError: when a hold is closed, or the user may not release it
        """
        self._check_open()
        self._check_may_release()
        self.profile_id._lock()  # two releases of one customer at the same moment are measured together
        for hold in self:
            amounts = hold._get_amounts(percent_tolerance)
            most = hold._get_most_over(amounts)
            hold._check_authority(most)
            values = {"note": note, "date_until": date_until, "date_review": date_review, "reason_id": reason.id}
            # written for the log; the right to do it was checked above
            self.env["credit.release"].sudo().create(
                {**hold._prepare_release(amounts[hold], most[hold]), **values}
            )
            hold.sudo()._set_released()  # the mark is written on a document the controller may not write
        user = self.env.user.name
        self._tell_salesperson(
            lambda env: env._("Released by %(user)s: %(reason)s", user=user, reason=reason.with_env(env).name)
        )
        if is_resumed:
            self._resume()

    def _prepare_release(self, amount_max, amount_over):
        return {
            "profile_id": self.profile_id.id,
            "hold_id": self.id,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "document_name": get_words(self, "document_name"),
            "user_id": self.env.uid,
            "requester_id": self.requester_id.id,
            "amount_max": amount_max,
            "amount_over": amount_over,
        }

    def _reject(self, reason, note=False):
        """Reject held documents: they stay unconfirmed, and their salesperson is told why.

        :raise UserError: when a hold is closed, or the user may not decide on it
        """
        self._check_open()
        self._check_may_release()
        holds = self.sudo()  # the mark is written on a document the controller may not write
        for hold, decision in self._get_decisions().items():
            hold.sudo().reject_figures = hold._measure(decision)  # see above
        holds.write({"rejected_by_id": self.env.uid, "reject_reason_id": reason.id, "reject_note": note})
        holds._set_rejected()
        user = self.env.user.name
        self._tell_salesperson(
            lambda env: env._(
                "Rejected by %(user)s: %(reason)s %(note)s",
                user=user,
                reason=reason.with_env(env).name,
                note=note or "",
            )
        )

    @staticmethod
    def _measure(decision):
        """Return what a rejection is about: the document, and the figures that stopped it, as plain values."""
        return {
            "profile": decision.request.profile_id,
            "amount": decision.request.amount_document,
            "over": decision.amount_over,
            "overdue": decision.facts.amount_overdue(),
            "criteria": sorted({finding.criterion for finding in decision.findings}),
        }

    def _is_rejection_kept(self, decision):
        """Tell whether a rejection stands: the document is the same, and nothing that stopped it has become better."""
        then, now = self.reject_figures, self._measure(decision)
        if not then or now["profile"] != then["profile"] or set(then["criteria"]) - set(now["criteria"]):
            return False
        is_same = not self.currency_id.compare_amounts(now["amount"], then["amount"])
        compare = self.currency_id.compare_amounts
        return is_same and all(compare(now[name], then[name]) >= 0 for name in ("over", "overdue"))

    def _resume(self):
        """Take the stopped steps again, each in its own company."""
        for hold in self:
            # the step was asked for by the salesperson; the controller only lets it happen
            document = hold.sudo()._get_document()
            if document:
                document.with_company(document.company_id)._credit_resume(hold.checkpoint)

    # -- what to look at first ---------------------------------------------------------------------

    def _get_status_warning(self):
        """Return whose account is stopped or on watch, and why; empty when nobody's is."""
        profiles = self.profile_id.filtered(lambda profile: profile.account_status != "normal")
        if not profiles:
            return ""
        labels = dict(profiles._fields["account_status"]._description_selection(self.env))
        words = [(p.display_name, labels[p.account_status], p.status_text) for p in profiles]
        texts = [" – ".join(filter(None, parts)) for parts in words]
        return self.env._("Not in good standing: %(customers)s.", customers="; ".join(texts))

    def _get_authority_warning(self):
        """Return which of these the user may not release; empty when all may go."""
        refused = self.filtered(lambda hold: not hold.may_release)
        if not refused:
            return ""
        texts = [f"{hold.document_name}: {hold.release_note}" for hold in refused]
        return self.env._("Not yours to release, take them out of the list: %(holds)s", holds=" ".join(texts))
