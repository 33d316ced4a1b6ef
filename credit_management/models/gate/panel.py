"""What the credit panel of a document shows: totals and reasons, nobody else's documents."""

from dataclasses import replace

from odoo import models
from odoo.tools import format_date, formatLang

from ...engine.decision import decide_batch


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

    def _credit_get_panel(self):
        """Return the figures and reasons of a document as a dry run: nothing is locked or logged.

        :rtype: dict, JSON-safe; amounts in company currency, with ``*_text`` written for the reader
        """
        self.ensure_one()
        checkpoint = self._credit_get_panel_checkpoint()
        decision = self._credit_look_early(self._credit_decide(checkpoint, is_locked=False)[self])
        profile = self.env["credit.profile"].sudo().browse(decision.request.profile_id)  # totals are everybody's
        is_checked = self.company_id._is_credit_checked()
        is_allowed = decision.is_allowed or not is_checked
        figures = self._credit_get_panel_figures(decision)
        criteria = [finding.criterion for finding in decision.findings]
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
            "criteria": criteria,
            "cures": [] if is_allowed else self.env["credit.criterion"]._get_cures(criteria, figures),
            "document_label": self._credit_get_document_label(),
            "message": self.env._("The document fits the credit of the customer."),
            "hold": self._credit_get_panel_hold(),
            "release": self._credit_get_panel_release(),
        }

    def _credit_get_panel_title(self, decision, is_checked):
        if not is_checked:
            return self.env._("Credit checks are off")
        if not decision.is_allowed:
            return self.env._("Would be held on credit")
        return self.env._("Within credit") if decision.verdict == "pass" else self.env._("Passes, look closer")

    def _credit_get_panel_figures(self, decision):
        facts, request = decision.facts, decision.request
        limit = facts.limit.amount if facts.limit.is_amount else 0.0
        used = decision.exposure_after
        figures = {
            "limit": limit,
            "exposure": decision.exposure_before,
            "document": request.amount,
            "after": used,
            "available_after": limit - used if facts.limit.is_amount else 0.0,
            "over": max(used - limit, 0.0) if facts.limit.is_amount else 0.0,
            "overdue": facts.amount_overdue(),
        }
        currency = self.company_id.currency_id
        texts = {f"{name}_text": formatLang(self.env, value, currency_obj=currency) for name, value in figures.items()}
        return {
            **figures,
            **texts,
            "limit_kind": facts.limit.kind,
            "utilisation": self._credit_get_percent(decision.exposure_before, limit),
            "utilisation_after": self._credit_get_percent(used, limit),
            "days_overdue": facts.days_overdue_max,
        }

    def _credit_get_percent(self, used, limit):
        if used <= 0:
            return 0.0
        return round(100 * used / limit, 1) if limit else 100.0

    def _credit_get_panel_hold(self):
        # a salesperson sees who decides and since when
        hold = self.sudo().credit_hold_id
        if self.credit_hold_state != "held" or hold.state != "open":
            return False
        return {
            "reason": hold.reason or hold.forced_reason or "",
            "desk": hold.controller_id.name or "",
            "since": format_date(self.env, hold.create_date),
            "days": hold.days_waiting,
            "is_requested": hold.is_requested,
        }

    def _credit_get_panel_release(self):
        # a salesperson sees who released, until when and up to how much
        releases = self.sudo().credit_hold_id.release_ids.filtered(lambda release: release.state == "running")
        if self.credit_hold_state != "released" or not releases:
            return False
        release = releases[0]
        return {
            "user": release.user_id.name,
            "until": format_date(self.env, release.date_until),
            "amount": formatLang(self.env, release.amount_max, currency_obj=release.currency_id),
            "reason": release.reason_id.name,
        }
