"""The log in words, for whoever reads it: reasons, facts, exemption."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

EXEMPTIONS = {
    "no_policy": _lt("No policy was on for the customer."),
    "customer_excluded": _lt("The customer was excluded from the checks."),
    "ignored_until": _lt("The checks of the customer were ignored until a day to come."),
    "prepaid": _lt("The document was paid in advance."),
    "order_excluded": _lt("The document was set to be not checked."),
    "policy_exclusion": _lt("The policy does not check orders of this kind."),
    "from_order": _lt("The invoice came from a confirmed order."),
    "claim": _lt("The invoice asks for claims for late payment, and for nothing besides."),
    "no_amount": _lt("The document has no amount."),
}
# facts of the customer that are written one by one: label, and ``_format_…`` of `credit.finding.text`
FACTS = {
    "account_status": (_lt("Account status"), "status"),
    "date_limit_expiry": (_lt("Limit valid until"), "date"),
    "date_review_next": (_lt("Next review"), "date"),
    "date_cover_expiry": (_lt("Covered until"), "date"),
    "date_ignore_until": (_lt("Checks ignored until"), "date"),
    "dunning_level": (_lt("Dunning level"), ""),
    "days_oldest_item": (_lt("Days of the oldest open item"), ""),
    "days_since_payment": (_lt("Days since the last payment"), ""),
    "payment_index": (_lt("Payment index"), ""),
}


class CreditLog(models.Model):
    _inherit = "credit.log"

    findings_text = fields.Text("Reasons", compute="_compute_texts", help="All reasons in words.")
    facts_text = fields.Text(
        "What Was Known", compute="_compute_facts_text", help="What was known of the customer then."
    )
    summary = fields.Char("What", compute="_compute_summary", help="The row in one line.")
    exemption_text = fields.Char("Not Checked Because", compute="_compute_texts", help="Why nothing was checked.")

    @api.depends("document_name", "checkpoint", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds, checkpoints = dict(self._get_kinds()), dict(self._get_checkpoints())
        for row in self:
            step = checkpoints.get(row.checkpoint, row.checkpoint) if row.checkpoint else kinds.get(row.kind, row.kind)
            row.display_name = " · ".join(filter(None, (row.document_name, step)))

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_facts_text(self):
        for row in self:
            row.facts_text = "\n".join(row._get_fact_lines(row.facts or {}))

    @api.depends("findings", "exemption")
    @api.depends_context("lang")
    def _compute_texts(self):
        for row in self:
            # a row names its currency as a company does: the company may be gone
            row.findings_text = "\n".join(self.env["credit.finding.text"]._render_all(row.findings or [], row))
            text = EXEMPTIONS.get(row.exemption)
            row.exemption_text = self.env._(text) if text else row.exemption

    @api.depends("findings", "exemption", "kind", "field_name", "value_before", "value_after", "reason")
    @api.depends_context("lang")
    def _compute_summary(self):
        for row in self:
            if row.kind == "check":
                row.summary = " ".join(row.findings_text.splitlines()) or row.exemption_text
            else:
                row.summary = row._get_change_text() or row.reason

    def _get_change_text(self):
        """Return a change in a line; a record that is new or gone has no field."""
        before, after = self.value_before, self.value_after
        if not self.field_name and not (before and after):
            return (after and self.env._("New")) or (before and self.env._("Deleted: %(what)s", what=before))
        return ": ".join(filter(None, (self.field_name, f"{before or '–'} → {after or '–'}")))

    def _get_fact_lines(self, facts):
        """Return the facts in words, one a line; what says nothing is left out."""
        Text = self.env["credit.finding.text"]
        lines = [
            self._get_line(label, getattr(Text, f"_format_{kind}")(facts[name], {}, self) if kind else facts[name])
            for name, (label, kind) in FACTS.items() if facts.get(name)
        ]
        return [*self._get_money_lines(facts), *self._get_group_lines(facts.get("group"), facts), *lines]

    def _get_money_lines(self, facts):
        Text, parts = self.env["credit.finding.text"], facts.get("components") or {}
        labels = {component.name: component.label for component in self.env["credit.exposure"]._get_components()}
        amounts = [(labels.get(name, name), amount) for name, amount in parts.items() if amount]
        overdue = facts.get("overdue") or []
        if overdue:
            amounts.append((_lt("Overdue, net"), sum(item["amount"] for item in overdue)))
        lines = [self._get_line(label, Text._format_money(amount, {}, self)) for label, amount in amounts]
        if overdue:
            lines.append(self._get_line(_lt("Days overdue"), max(item["days"] for item in overdue)))
        return lines

    def _get_group_lines(self, group, facts):
        if not group:
            return []
        figures = {"group_currency_id": group["currency_id"]}
        money = self.env["credit.finding.text"]._format_group_money
        return [
            self._get_line(_lt("Credit group"), group["name"]),
            self._get_line(_lt("Limit of the group"), money(group["limit"]["amount"], figures, self)),
            self._get_line(_lt("Exposure of the group before"), money(group["exposure"], figures, self)),
            self._get_line(_lt("Exposure of the group after"), money(facts["group_exposure_after"], figures, self)),
            self._get_line(_lt("Rate into the currency of the group"), f"{group['rate']:g}"),
        ]

    @api.model
    def _get_line(self, label, value):
        return f"{self.env._(label) if not isinstance(label, str) else label}: {value}"

    # -- buttons -----------------------------------------------------------------------------------

    def action_open_document(self):
        """Open what the row is about, as long as it is there.

        :raise UserError: when it is gone, or the add-on that brought it
        """
        self.ensure_one()
        if self.res_model not in self.env or not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(self.env._("%(document)s is gone. The log keeps its name.", document=self.document_name))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_open_same(self):
        """Open all rows about the same customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_log")
        numbers = self._get_merged_into(self.customer_ref)
        return {**action, "domain": [("customer_ref", "in", numbers)], "display_name": self.customer_name}

    def action_open_person(self):
        """Open all rows about the steps of the same person."""
        self.ensure_one()
        return self._get_action_of_person(self.person_ref, self.person_name)

    @api.model
    def _get_action_of_person(self, person_id, name):
        """Return the action that opens all rows about the steps of a user, whatever became of them."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check log of %(document)s", document=name),
            "res_model": self._name,
            "views": [(False, "list"), (False, "kanban"), (False, "pivot"), (False, "form")],
            "domain": [("person_ref", "=", person_id)],
        }
