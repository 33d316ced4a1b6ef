"""What the list and the form of holds show beside the stored record; nothing is decided here."""

from odoo import api, fields, models


class CreditHold(models.Model):
    _inherit = "credit.hold"

    rating_color = fields.Integer(related="rating_id.color", string="Rating Colour")
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

    @api.depends("decision_id", "is_forced")
    @api.depends_context("lang")
    def _compute_reason_tags(self):
        labels = self._get_reason_labels()
        for hold in self:
            findings = hold.decision_id.findings or []
            names = [(finding["criterion"], finding.get("effect", "hold")) for finding in findings]
            if hold.is_forced and "forced_hold" not in dict(names):
                names.append(("forced_hold", "hold"))
            hold.reason_tags = [
                {"name": labels.get(criterion, criterion), "effect": effect}
                for criterion, effect in dict(names).items()
            ]

    @api.model
    def _get_reason_labels(self):
        """Return the short name of each criterion: as the rules call it, shorter where that wants a number."""
        _ = self.env._
        field = self.env["credit.policy.rule"]._fields["criterion"]
        return dict(field._description_selection(self.env)) | {
            "forced_hold": _("Account stopped"),
            "group_limit_exceeded": _("Group limit exceeded"),
            "overdue_days": _("Overdue"),
            "overdue_amount": _("Overdue amount"),
            "oldest_item": _("Old open item"),
            "utilisation": _("High utilisation"),
            "dunning_level": _("Dunning level"),
            "document_amount": _("Large document"),
            "no_payment": _("No payment"),
            "payment_index": _("Low payment index"),
        }

    @api.depends("state", "decision_id")
    def _compute_credit_panel(self):
        for hold in self:
            document = hold.sudo()._get_document()  # the controller need not be allowed to open it
            hold.credit_panel = document._credit_get_panel() if document else False
