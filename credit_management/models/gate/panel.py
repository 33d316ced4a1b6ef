"""What the credit panel of a document shows: totals and reasons, nobody else's documents."""

from dataclasses import replace

from odoo import models
from odoo.tools import formatLang

from ...engine.decision import decide_batch, get_overruns
from ..setup.credit_day import write_day


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    def _credit_look_early(self, decision):
        """Return the decision with what the policy wants said while the step is only prepared.

        Nothing is stopped there: the strip shows what the step would do, and these warnings.
        """
        early = self._credit_get_early_checkpoint(decision.request.checkpoint)
        if not early or not decision.is_allowed or decision.findings:
            return decision
        # a decision does not depend on who asks for it
        profile = self.env["credit.profile"].sudo().browse(decision.request.profile_id)
        policies = self.env["credit.policy"]._get_for_profiles(profile, decision.facts.as_of)
        prepared = replace(decision.request, checkpoint=early)
        warning = decide_batch([prepared], {profile.id: decision.facts}, policies)[0]
        return replace(decision, findings=warning.findings, verdict="warn") if warning.findings else decision

    def _credit_get_panel(self, checkpoint=None):
        """Return the figures and reasons of a document as a dry run: nothing is locked or logged.

        :param str checkpoint: the step that is tried out; without, the next one of the document
        :rtype: dict, JSON-safe; amounts in company currency, with ``*_text`` written for the reader
        """
        self.ensure_one()
        checkpoint = checkpoint or self._credit_get_panel_checkpoint()
        decision = self._credit_look_early(self._credit_decide(checkpoint, is_locked=False)[self])
        profile = self.env["credit.profile"].sudo().browse(decision.request.profile_id)  # totals are everybody's
        is_checked = self.company_id._is_credit_checked()
        is_allowed = decision.is_allowed or not is_checked
        figures = self._credit_get_panel_figures(decision)
        return {
            **figures,
            "profile_id": profile.id,
            "customer": profile.partner_id.display_name,
            "rating": profile.rating_id.name or "",
            "rating_color": profile.rating_id.color,
            "is_checked": is_checked,
            "verdict": decision.verdict if is_checked else "off",
            "is_allowed": is_allowed,
            "title": self._credit_get_panel_title(decision, is_checked),
            "reasons": self._credit_get_reasons(decision),
            "criteria": [finding.criterion for finding in decision.findings],
            "cures": [] if is_allowed else self._credit_get_cures(decision, figures),
            "document_label": self._credit_get_document_label(),
            "message": self.env._("The document fits the credit of the customer."),
            **self._credit_get_panel_marks(decision),
        }

    def _credit_get_banner(self):
        """Return what the banner of a document tells where there is no strip."""
        is_rejected = self.credit_hold_state == "rejected"
        checkpoint = self._credit_get_panel_checkpoint()
        return self._credit_get_panel_marks(
            self._credit_decide(checkpoint, is_locked=False)[self] if is_rejected else None
        )

    def _credit_get_panel_marks(self, decision):
        """Return what was decided on the document, and on whose desk it lies, as its banner tells it.

        :param decision: the engine's `Decision` of now; asked for a rejected document only
        """
        return {
            "hold": self._credit_get_panel_hold(),
            "release": self._credit_get_panel_release(),
            "rejection": self._credit_get_panel_rejection(decision),
        }

    def _credit_get_cures(self, decision, figures):
        """Return what frees the document, as sentences: all but the last one together, or the last one."""
        return self.env["credit.criterion"]._get_cures([hit.criterion for hit in decision.stopping], figures)

    def _credit_get_panel_title(self, decision, is_checked):
        if not is_checked:
            return self.env._("Credit checks are off")
        if not decision.is_allowed:
            return self._credit_get_stopped_title()
        if decision.verdict != "pass":
            return self.env._("Passes, look closer")
        is_open = decision.amount_limit is None and not decision.facts.limit.is_unlimited
        return self.env._("No limit set up") if is_open else self.env._("Within credit")

    def _credit_get_stopped_title(self):
        """Return what the strip says of a document that does not pass. Hook: of one that has passed before."""
        return self.env._("Would be held on credit")

    def _credit_get_panel_figures(self, decision):
        """Return what is used of the limit that binds, the group's or the own, and what would free the document."""
        facts, request = decision.facts, decision.request
        limit, used = decision.amount_limit, decision.exposure_binding
        own = self._credit_get_own_amount(request)
        late, late_days = decision.late
        overruns = get_overruns(facts, decision.exposure_after, decision.group_exposure_after)
        over_own, over_group = (max(overruns.get(name, 0.0), 0.0) for name in ("own", "group"))
        amounts = {
            "limit": limit or 0.0,
            "exposure": used - own,
            "document": own,
            "after": used,
            "available_after": 0.0 if limit is None else limit - used,
            "over": max(over_own, over_group),
            "over_own": over_own,
            "over_group": over_group,
            "after_own": decision.exposure_after,
            "overdue": facts.amount_overdue(),
            "late": late,
            "payment": max(over_own, over_group, late),
            "over_cap": max((finding.figures.get("over_cap", 0.0) for finding in decision.findings), default=0.0),
            "missing": max((finding.figures.get("missing", 0.0) for finding in decision.findings), default=0.0),
        }
        return {
            **amounts,
            **self._credit_write_amounts(amounts),
            "limit_kind": facts.limit.kind if limit is None else "amount",
            "group": facts.group.name if decision.is_group_binding and facts.group else "",
            "utilisation": self._credit_get_percent(used - own, limit),
            "utilisation_after": self._credit_get_percent(used, limit),
            "days_overdue": facts.days_overdue_max,
            "late_days": late_days,
        }

    def _credit_get_own_amount(self, request):
        """Return how much of what will be used is this document's.

        Hook: a document of which a part went into others says what is left.
        """
        return request.amount

    def _credit_write_amounts(self, amounts):
        """Return amounts in company currency as the reader writes them, by ``<name>_text``."""
        currency = self.company_id.currency_id
        return {f"{name}_text": formatLang(self.env, value, currency_obj=currency) for name, value in amounts.items()}

    def _credit_get_percent(self, used, limit):
        if used <= 0:
            return 0.0
        return round(100 * used / limit, 1) if limit else 100.0

    def _credit_get_panel_hold(self):
        # a salesperson sees who decides and since when
        hold = self.sudo().credit_hold_id
        if self.credit_hold_state != "held" or hold.state != "open":
            return False
        is_told = self._credit_sees_figures()
        return {
            "reason": (hold.reason or hold.forced_reason or "") if is_told else self._credit_get_neutral_reason(),
            "where": self._credit_write_desk(hold.controller_id.name, self._credit_write_day(hold.create_date)),
            "is_requested": hold.is_requested,
            "question": hold._get_question_text() if is_told else "",
            "limit": bool(hold.limit_request_id),
        }

    def _credit_write_desk(self, desk, since):
        """Return on whose desk the document lies: one sentence, which other languages order otherwise."""
        if desk:
            return self.env._("On the desk of %(desk)s since %(since)s.", desk=desk, since=since)
        return self.env._("On the list of the credit controllers since %(since)s.", since=since)

    def _credit_write_day(self, day):
        return write_day(self.env, day, self.company_id._credit_today())

    def _credit_get_panel_release(self):
        # a salesperson sees who released, until when and up to how much
        releases = self.sudo().credit_hold_id.release_ids.filtered(lambda release: release.state == "running")
        if self.credit_hold_state != "released" or not releases:
            return False
        release = releases[0]
        is_told = self._credit_sees_figures()
        amount = formatLang(self.env, release.amount_max, currency_obj=release.currency_id)
        return {
            "user": release.user_id.name,
            "until": self._credit_write_day(release.date_until),
            "amount": amount if is_told else "",
            "reason": release.reason_id.name if is_told else "",
        }
