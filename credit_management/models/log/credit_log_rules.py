"""The rules of a check as a table: what each looks at, from where on it is hit, what was found, what it did."""

from odoo import api, fields, models

from ..policy.credit_rule_text import ALWAYS, TEXTS

MONEY = ("amount", "amount_tolerance")
# thresholds that belong to the policy as a whole: ``_format_…`` of `credit.finding.text`, or a number
OF_POLICY = {
    "terms_longer": ("days_terms_max", "days"),
    "cash_discount_better": ("percent_cash_discount_max", "percent"),
    "discount_better": ("percent_discount_max", "percent"),
    "deposit_missing": ("percent_deposit", "percent"),
}


class CreditLog(models.Model):
    _inherit = "credit.log"

    rules_text = fields.Text(
        "Rules Tested", compute="_compute_rules", help="The rules with the thresholds of then, and what was found."
    )
    rules_html = fields.Html(
        "Table of Rules", compute="_compute_rules", sanitize=False, exportable=False, help="The same as a table."
    )

    @api.depends("rules", "findings", "facts")
    @api.depends_context("lang")
    def _compute_rules(self):
        for row in self:
            rows = row._get_rule_rows()
            row.rules_text = "\n".join(row._get_rule_line(rule) for rule in rows)
            table = "credit_management.credit_log_rules"
            row.rules_html = rows and self.env["ir.qweb"]._render(table, {"rows": rows})

    def _get_rule_rows(self):
        """Return a dict for each rule that was tested, and for each reason that no rule brought.

        :return: ``label, threshold, found, effect`` (its name), ``outcome``, ``is_hit``
        """
        hit = {(finding["criterion"], finding["effect"]) for finding in self.findings or []}
        tested = {rule["criterion"] for rule in self.rules or []}
        others = [{"criterion": name, "effect": effect} for name, effect in sorted(hit) if name not in tested]
        return [self._get_rule_row(rule, hit) for rule in [*others, *(self.rules or [])]]

    def _get_rule_row(self, rule, hit):
        entry = self.env["credit.criterion"]._get_by_name().get(rule["criterion"])
        is_hit = (rule["criterion"], rule["effect"]) in hit
        return {
            "label": self.env._(entry.label) if entry else rule["criterion"],
            "threshold": self._get_threshold_text(rule),
            "found": self._get_found(entry),
            "effect": rule["effect"],
            "outcome": self._get_effect_text(rule["effect"]) if is_hit else self._get_missed_text(entry, hit),
            "is_hit": is_hit,
        }

    @api.model
    def _get_effect_text(self, effect):
        effects = dict(self.env["credit.policy.rule"]._fields["effect_order"]._description_selection(self.env))
        return effects.get(effect, effect)

    def _get_missed_text(self, entry, hit):
        """Return why a rule did nothing: it was not hit, or another one says it all, or all must be hit together."""
        criteria = self.env["credit.criterion"]
        if entry and entry.superseded_by in {criterion for criterion, _effect in hit}:
            return self.env._("see: %(criterion)s", criterion=criteria._get_tag(entry.superseded_by))
        if ((self.facts or {}).get("policy") or {}).get("is_match_all"):
            return self.env._("not all were hit")
        return self.env._("not hit")

    def _get_rule_line(self, row):
        """Return a rule in a line: what it looked at, its threshold, what was found, what it did."""
        told = ": ".join(filter(None, (row["label"], row["threshold"])))
        return " → ".join(filter(None, (told, row["found"], row["outcome"])))

    def _get_threshold_text(self, rule):
        """Return the thresholds that say something, as the policy writes them."""
        texts = {name: text if isinstance(text, str) else self.env._(text) for name, text in TEXTS.items()}
        said = [texts[name] % {"value": self._format_threshold(rule, name)}
                for name in TEXTS if name in rule and (name in ALWAYS or rule[name])]
        return ", ".join([*self._get_policy_thresholds(rule["criterion"]), *said, *self._get_other_thresholds(rule)])

    def _format_threshold(self, rule, name):
        Text, value = self.env["credit.finding.text"], rule[name]
        if name in MONEY:
            return Text._format_money(value, {}, self)
        if name == "percent":
            entry = self.env["credit.criterion"]._get_by_name().get(rule["criterion"])
            return f"{value:g}{entry.unit if entry else ' %'}"
        return f"{value:g}"

    def _get_policy_thresholds(self, criterion):
        name, kind = OF_POLICY.get(criterion, ("", ""))
        value = ((self.facts or {}).get("policy") or {}).get(name)
        if value is None:
            return []
        if kind == "days":
            return [self.env._("%(value)s days", value=value)]
        return [self.env["credit.finding.text"]._format_percent(value, {}, self)]

    def _get_other_thresholds(self, rule):
        """Return the statuses of a rule, and its own condition as it was written."""
        Text = self.env["credit.finding.text"]
        return [
            *(Text._format_status(status, {}, self) for status in rule.get("statuses") or []),
            *filter(None, [rule.get("condition")]),
        ]
