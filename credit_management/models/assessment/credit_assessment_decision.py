"""Who decides on an assessment: one prepares it, another one with enough authority approves it (双重审核)."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang

from ..record.words import in_every_language

# state: from which ones it is reached
SOURCES = {
    "submitted": ("draft",),
    "draft": ("submitted",),
    "approved": ("submitted",),
    "refused": ("submitted",),
    "cancelled": ("draft", "submitted"),
}


class CreditAssessment(models.Model):
    _inherit = "credit.assessment"

    def _update_state(self, state, **values):
        """Change the state, with what belongs to it.

        :raise UserError: from a state that does not lead there
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for assessment in self:
            if assessment.state not in SOURCES[state]:
                raise UserError(
                    self.env._(
                        "%(assessment)s is '%(state)s': it cannot become '%(target)s'.",
                        assessment=assessment.display_name, state=labels[assessment.state], target=labels[state],
                    )
                )
        self.write({"state": state, **values})

    # -- preparing ---------------------------------------------------------------------------------

    def action_submit(self):
        """Ask for approval: what is known and what is asked for stays as it is from now on.

        :raise UserError: naming all that is missing
        """
        self.check_access("write")
        for assessment in self:
            assessment._check_is_whole()
            now = fields.Datetime.now()
            submitted = assessment.sudo()  # the state is written by the buttons only
            submitted.item_ids._keep()
            submitted._update_state("submitted", preparer_id=self.env.uid, date_submitted=now)
            submitted.activity_unlink(["mail.mail_activity_data_todo"])
            submitted._schedule_for_decider()
        return True

    def _check_is_whole(self):
        """Refuse an assessment that is not whole yet.

        :raise UserError: naming all that is missing
        """
        missing = [*self._get_missing()]
        if missing:
            raise UserError(
                self.env._(
                    "%(assessment)s cannot be submitted yet:\n%(missing)s", assessment=self.display_name,
                    missing="\n".join(f"• {text}" for text in missing),
                )
            )

    def _get_missing(self):
        """Return in words what holds the submission. Hook: a room adds its own."""
        if not self.data:
            yield self.env._("Nothing is known yet: press 'Collect Data'.")
        required = self.item_ids.filtered(lambda item: item.is_required and not item.is_there)
        for item in required:
            yield self.env._("Evidence is missing: %(name)s (%(found)s).", name=item.name, found=item.found_text)
        if self.is_override and not (self.override_reason or "").strip():
            yield self._get_missing_reason()
        if not (self.reason or "").strip():
            yield self.env._("The assessment in words is empty.")
        if self.date_review and self.date_review <= self.company_id._credit_today():
            yield self.env._("The next review is not a day to come.")

    def _get_missing_reason(self):
        if self._is_below_all():
            return self.env._(
                "The score %(score)s is below the lowest class of its scorecard, and %(asked)s is asked for: say why.",
                score=formatLang(self.env, self.score, digits=2), asked=self.rating_id.name,
            )
        expected = self.rating_model_id or self.rating_present_id
        return self.env._(
            "The rating asked for is %(asked)s, and not %(expected)s: say why.", asked=self.rating_id.name or "–",
            expected=expected.name or "–",
        )

    def action_take_back(self):
        """Go on working at what was submitted and is not decided yet.

        :raise AccessError: for who has not submitted it
        """
        self.check_access("write")
        if any(assessment.preparer_id != self.env.user for assessment in self):
            raise AccessError(self.env._("Only who submitted an assessment takes it back."))
        taken = self.sudo()  # the state is written by the buttons only
        taken.item_ids.kept = False
        taken._update_state("draft", preparer_id=False, date_submitted=False, decider_id=False)
        taken.activity_unlink(["mail.mail_activity_data_todo"])
        self._note_author()
        return True

    def action_cancel(self):
        """Give up assessments that nobody has decided on; nothing changes."""
        self.check_access("write")
        cancelled = self.sudo()  # the state is written by the buttons only
        cancelled._update_state("cancelled")
        cancelled.activity_unlink(["mail.mail_activity_data_todo"])
        return True

    # -- deciding ----------------------------------------------------------------------------------

    def action_approve(self):
        """Approve assessments; rating, limit and next review follow, one customer after the other.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: when one is not waiting, is one's own, leads beyond one's authority, or is out of date
        """
        self._check_may_decide()
        # what two persons decide on one customer at the same moment is compared one after the other
        self.sudo().profile_id._lock()  # whoever may see the file
        for assessment in self:
            refusal = assessment._get_refusal(self.env.user) or assessment._get_staleness()
            if refusal:
                raise UserError(refusal)
            assessment.sudo()._set_decided("approved", self.env.user)  # the right to it was checked above
            assessment._follow()
        return True

    def _refuse(self, reason):
        """Refuse assessments; everything stays as it is.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: when one is not waiting, is one's own, or is beyond one's authority
        """
        self._check_may_decide()
        for assessment in self:
            refusal = assessment._get_refusal(self.env.user)
            if refusal:
                raise UserError(refusal)
        self.sudo()._set_decided("refused", self.env.user, refusal=reason)  # the right to it was checked above

    def _check_may_decide(self):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers decide on assessments."))
        self.check_access("write")
        if any(assessment.state != "submitted" for assessment in self):
            raise UserError(self.env._("This assessment is not waiting for a decision."))
        if any(self.env.user in assessment._get_profiting() for assessment in self):
            raise UserError(
                self.env._(
                    "You prepared this assessment, or the customer is yours, so somebody else has to decide on it."
                )
            )

    def _get_profiting(self):
        """Override: who prepared it or has written in it, and who sells to the customer or ever did."""
        former = self.env["credit.owner"]._get_former(self)
        makers = self.preparer_id | (self.create_uid - self.env.ref("base.user_root"))
        return makers | former | self.profile_id.partner_id._credit_get_sellers()

    def _get_refusal(self, user):
        """Override: another rating may make any amount possible; a limit is measured as one that is asked for."""
        authority, profile = self.env["credit.authority"], self.profile_id
        if self.rating_id != profile.rating_id:
            return authority._get_refusal(user, profile, None, "limit")
        if self._is_limit_changed():
            amount = self._get_amount_company() if self.limit_kind == "amount" else None
            return authority._get_refusal(user, profile, amount, "limit")
        return ""

    def _get_staleness(self):
        """Return that what is asked for no longer fits: another rating since, or a day that is over; or an empty
        string."""
        if self.date_review and self.date_review <= self.company_id._credit_today():
            return self.env._("The next review that is asked for is over by now. Refuse the assessment, or let it be "
                              "taken back.")
        rating = self.profile_id.rating_id
        if rating == self.rating_present_id:
            return ""
        return self.env._(
            "%(customer)s is rated %(rating)s now, and was %(before)s when its data was collected. Refuse the "
            "assessment; it can be made again.",
            customer=self.profile_id.display_name, rating=rating.name or "–", before=self.rating_present_id.name or "–",
        )

    def _get_decider_task(self):
        return self.env._("Decide on the assessment of %(customer)s", customer=self.profile_id.display_name)

    def _set_decided(self, state, user, **values):
        self._log_decision(state)
        self._update_state(state, approver_id=user.id, date_decided=fields.Datetime.now(), **values)
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for assessment in self:
            label = dict(self._fields["state"]._description_selection(self.env))[state]
            assessment.message_post(
                body=": ".join(filter(None, (label, values.get("refusal")))), author_id=user.partner_id.id,
                partner_ids=assessment.preparer_id.partner_id.ids, subtype_xmlid="mail.mt_note",
            )

    def _log_decision(self, state):
        """Keep what was decided in the log: it survives the customer."""
        labels = self._fields["state"]._description_selection
        self.env["credit.log"].sudo()._append(  # the log is written for everybody, and by nobody else
            [
                {
                    **assessment.profile_id._get_log_values(),
                    "kind": "change",
                    "res_model": assessment._name,
                    "res_id": assessment.id,
                    "document_name": in_every_language(assessment, lambda told: told.display_name),
                    "value_before": in_every_language(assessment, lambda told: dict(labels(told.env))[told.state]),
                    "value_after": in_every_language(assessment, lambda told: dict(labels(told.env))[state]),
                    # everybody in credit reads the log, and not what an analyst has written
                    "reason": f"{assessment.preparer_id.name}: {assessment.name}",
                }
                for assessment in self
            ]
        )
