"""Why a document is held, in a word or two and in figures; nothing is decided here."""

from odoo import api, fields, models


class CreditHold(models.Model):
    _inherit = "credit.hold"

    rating_color = fields.Integer(related="rating_id.color", string="Rating Color")
    # figures of the customer: the same for all its holds, so a group shows them once
    amount_exposure = fields.Monetary(aggregator="max", help="Exposure of the customer now.")
    amount_limit_effective = fields.Monetary(aggregator="max", help="Limit that applies to the customer now.")
    amount_overdue = fields.Monetary(aggregator="max", help="Overdue of the customer now, after netting.")
    reason_tags = fields.Json(
        compute="_compute_reason_tags", help="The reasons in a word or two each, strictest first."
    )
    credit_panel = fields.Json(
        compute="_compute_credit_panel", help="The figures and findings of the document as they are now."
    )

    @api.depends("findings", "is_forced")
    @api.depends_context("lang")
    def _compute_reason_tags(self):
        get_tag = self.env["credit.criterion"]._get_tag
        for hold in self:
            found = {finding["criterion"]: finding for finding in hold.findings or []}
            if hold.is_forced:
                found.setdefault("forced_hold", {"effect": "hold"})
            hold.reason_tags = [
                {"name": get_tag(name, finding.get("figures")), "effect": finding.get("effect", "hold")}
                for name, finding in found.items()
            ]

    @api.depends("state", "findings")
    def _compute_credit_panel(self):
        for hold in self:
            document = hold.sudo()._get_document()  # the controller need not be allowed to open it
            hold.credit_panel = document._credit_get_panel() if document else False
