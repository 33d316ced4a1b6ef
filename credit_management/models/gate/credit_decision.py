"""Decisions: every check with its facts and reasons, kept as it was (append-only)."""

import dataclasses

from odoo import api, fields, models
from odoo.exceptions import UserError


class CreditDecision(models.Model):
    _name = "credit.decision"
    _description = "Credit Decision"
    _order = "id desc"

    profile_id = fields.Many2one("credit.profile", required=True, index=True, ondelete="restrict", readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="profile_id.partner_id", string="Customer")
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    document_name = fields.Char("Document Name", readonly=True)
    checkpoint = fields.Selection(
        lambda self: self.env["credit.policy.rule"]._get_logged_checkpoints(self._name),
        readonly=True,
        help="Where the check took place.",
    )
    verdict = fields.Selection(
        [
            ("pass", "Passed"),
            ("warn", "Passed with a warning"),
            ("released", "Passed by a release"),
            ("hold", "Held"),
            ("refuse", "Refused"),
        ],
        readonly=True,
        help="What was decided.",
    )
    amount = fields.Monetary("Document Amount", readonly=True, help="In company currency, tax included.")
    amount_exposure_before = fields.Monetary("Exposure Before", readonly=True, help="Without the document.")
    amount_exposure_after = fields.Monetary("Exposure After", readonly=True, help="With the document.")
    amount_limit = fields.Monetary("Limit Tested", readonly=True, help="The customer's own limit that day.")
    amount_over = fields.Monetary("Over By", readonly=True, help="By how much the limit would be exceeded.")
    policy_name = fields.Char("Policy", readonly=True, help="The policy as it was called then.")
    exemption = fields.Char(readonly=True, help="Why the document was free of the check, if it was.")
    findings = fields.Json(readonly=True, help="All reasons with their figures.")
    facts = fields.Json(readonly=True, help="All facts the decision stands on.")
    findings_text = fields.Text("Reasons", compute="_compute_findings_text", help="All reasons in words.")

    _document_idx = models.Index("(res_model, res_id)")

    @api.depends("document_name", "checkpoint")
    def _compute_display_name(self):
        labels = dict(self.env["credit.policy.rule"]._get_checkpoints())
        for decision in self:
            label = labels.get(decision.checkpoint, decision.checkpoint or "")
            decision.display_name = f"{decision.document_name} · {label}"

    @api.depends_context("lang")
    @api.depends("findings")
    def _compute_findings_text(self):
        for decision in self:
            texts = self.env["credit.finding.text"]._render_all(decision.findings or [], decision.company_id)
            decision.findings_text = "\n".join(texts)

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: the log is append-only.

        :raise UserError: always
        """
        raise UserError(self.env._("A credit decision is a record of what was decided. It cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_logged(self):
        raise UserError(self.env._("A credit decision is a record of what was decided. It cannot be deleted."))

    @api.model
    def _log(self, decisions, names):
        """Keep decisions.

        :param list decisions: `Decision` values of the engine
        :param dict names: the name of each document by its key
        :return: the records, in the same order
        """
        # the log is written for every user
        profiles = self.env["credit.profile"].sudo().browse([d.request.profile_id for d in decisions])
        companies = {profile.id: profile.company_id.id for profile in profiles}
        vals_list = [
            self._prepare_values(decision, companies[decision.request.profile_id], names[decision.request.key])
            for decision in decisions
        ]
        return self.sudo().create(vals_list)  # the log is written for every user, and by nobody else

    @api.model
    def _prepare_values(self, decision, company_id, name):
        request = decision.request
        return {
            "profile_id": request.profile_id,
            "company_id": company_id,
            "res_model": request.key[0],
            "res_id": request.key[1],
            "document_name": name,
            "checkpoint": request.checkpoint,
            "verdict": decision.verdict,
            "amount": request.amount_document,
            "amount_exposure_before": decision.exposure_before,
            "amount_exposure_after": decision.exposure_after,
            "amount_limit": decision.facts.limit.amount,
            "amount_over": decision.amount_over,
            "policy_name": decision.policy_name,
            "exemption": decision.exemption,
            "findings": [dataclasses.asdict(finding) for finding in decision.findings],
            "facts": self._prepare_facts(decision.facts),
        }

    @api.model
    def _prepare_facts(self, facts):
        """Return the facts as JSON-safe values."""
        values = dataclasses.asdict(facts)
        values["matched_rule_ids"] = sorted(values["matched_rule_ids"])
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
