"""Rules of a policy: one criterion, its thresholds, its effect at each checkpoint."""

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ...engine.policy import Rule
from .condition import check_names

EFFECT_SELECTION = [("none", "None"), ("warn", "Warn"), ("hold", "Hold"), ("refuse", "Refuse")]


def effect_field(label, help_text, default="none"):
    """Return the field ``effect_…`` of a checkpoint: what happens there when the rule is hit."""
    return fields.Selection(EFFECT_SELECTION, label, required=True, default=default, help=help_text)


class CreditPolicyRule(models.Model):
    _name = "credit.policy.rule"
    _description = "Credit Policy Rule"
    _inherit = ["credit.policy.part"]
    _order = "sequence, id"

    policy_id = fields.Many2one("credit.policy", "Policy", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="policy_id.company_id")
    currency_id = fields.Many2one(related="policy_id.currency_id")
    sequence = fields.Integer(default=10, help="Order in which the rules are shown. All of them are tested.")
    criterion = fields.Selection(
        "_get_criteria_selection",
        required=True,
        default=lambda self: self.env["credit.criterion"]._get_criteria()[0].name,
        help="What the rule looks at.",
    )
    uses = fields.Json(compute="_compute_uses", help="The thresholds that the criterion of the rule looks at.")
    amount = fields.Monetary(
        "Amount At Least",
        help="The rule is hit when the overdue or document amount is **at or above** this, in the "
        "currency of the company.",
    )
    percent = fields.Float(
        "Percent At Least",
        default=0.0,
        help="The rule is hit when the utilization, or the overdue share of the exposure, is **at or above** "
        "this percentage. For the payment index: when it is **below** this value (80 means paid on time).",
    )
    days = fields.Integer("Days More Than", help="The rule is hit when the days are **more than** this.")
    days_grace = fields.Integer("Grace Days", help="Days that are forgiven: added to the days before the rule is hit.")
    days_ahead = fields.Integer(
        "Days Ahead",
        help="The rule is hit as soon as **fewer** than so many days are left until a review, the end of a limit "
        "or of the cover. 0: only after the last day.",
    )
    level = fields.Integer(
        "Level At Least", default=1, help="The rule is hit when the dunning level is **at or above** this, 1 to 9."
    )
    amount_tolerance = fields.Monetary(
        "Tolerance",
        help="Amount that is forgiven: over the limit, overdue, or missing of promises, up to and including this.",
    )
    is_status_watch = fields.Boolean("On Watch", help="The rule is hit by accounts on watch.")
    is_status_stop = fields.Boolean("On Stop", default=True, help="The rule is hit by stopped accounts.")
    is_blank_hit = fields.Boolean(
        "Empty Date Counts", help="A missing date is treated as expired; a customer without any cover too."
    )
    domain = fields.Char(
        "Condition",
        default="[]",
        help="Customers (credit files) that match this condition hit the rule.",
    )
    effect_quotation = effect_field("Quotation", "What happens while a quotation is written. It is never stopped.")
    effect_order = effect_field("Order", "What happens when a quotation is confirmed.", default="hold")
    effect_change = effect_field(
        "Change of Order",
        "What happens when a confirmed order grows. Hold and Refuse both refuse the change until a "
        "credit manager has released the larger amount.",
        default="hold",
    )
    effect_invoice = effect_field(
        "Invoice",
        "What happens when an invoice is posted that does not come from a confirmed order. "
        "Goods already delivered can always be invoiced.",
    )
    effect_confirmed = effect_field(
        "Confirmed Orders",
        "What happens to confirmed orders when the customer turns bad afterwards: each night they are looked at again. "
        "Hold: their next step waits; nothing is taken back.",
    )
    summary = fields.Char(compute="_compute_summary", help="The rule in words.")
    threshold_text = fields.Char(
        "Threshold", compute="_compute_threshold_text", help="From where on the rule is hit, and what is forgiven."
    )

    _thresholds_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND percent >= 0 AND days >= 0 AND days_grace >= 0 AND amount_tolerance >= 0 "
        "AND days_ahead >= 0 AND level >= 0)",
        "Thresholds, grace days and tolerances of a rule cannot be negative.",
    )

    @api.model
    def _get_checkpoints(self):
        """Return where checks take place, as the choices of a selection.

        Hook: an add-on adds its own checkpoint and a field ``effect_…`` of that name.
        """
        return [
            ("quotation", self.env._("Quotation")),
            ("order", self.env._("Order")),
            ("change", self.env._("Change of Order")),
            ("invoice", self.env._("Invoice")),
            ("confirmed", self.env._("Confirmed Orders")),
        ]

    @api.depends("policy_id.name", "criterion")
    @api.depends_context("lang")
    def _compute_display_name(self):
        entries = self.env["credit.criterion"]._get_by_name()
        for rule in self:
            label = entries[rule.criterion].label if rule.criterion in entries else rule.criterion
            rule.display_name = f"{rule.policy_id.name}: {label if isinstance(label, str) else self.env._(label)}"

    @api.model
    def _get_criteria_selection(self):
        known = self.env["credit.criterion"]._get_selection()
        return known + self._get_unknown(known, self._name, "criterion")

    @api.model
    @tools.ormcache("model", "self.env.lang", cache="stable")
    def _get_logged_checkpoints(self, model):
        """Return the checkpoints that a log knows, also those whose add-on is gone, as choices of a selection.

        Kept: a log is long, and it gets a checkpoint that nobody knows only when an add-on is removed.
        """
        known = self._get_checkpoints()
        return known + self._get_unknown(known, model, "checkpoint")

    @api.model
    def _get_unknown(self, known, model, name):
        """Return the choices that records have and nobody knows: their add-on is gone, their names are shown."""
        table, column = SQL.identifier(self.env[model]._table), SQL.identifier(name)
        names = tuple(value for value, _label in known)
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT %s FROM %s WHERE %s NOT IN %s ORDER BY 1", column, table, column, names)
        )
        return [(value, value) for (value,) in rows]

    @api.constrains("criterion")
    def _check_criterion(self):
        # the choices of a selection by method are not checked by the field
        for rule in self.filtered(lambda rule: not rule._get_criterion()):
            raise ValidationError(self.env._("There is no criterion %(name)s.", name=rule.criterion))

    @api.constrains("domain", "criterion")
    def _check_domain(self):
        for rule in self.filtered(lambda rule: "domain" in rule._get_uses()):
            check_names(self.env, rule.domain)
            try:
                self.env["credit.profile"].search(rule._get_domain(), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The condition of the rule cannot be understood: %(error)s",
                        error=error,
                    )
                ) from error

    def _get_criterion(self):
        """Return the entry of the rule's criterion, None when the add-on that brought it is gone."""
        self.ensure_one()
        entry = self.env["credit.criterion"]._get_by_name().get(self.criterion)
        return entry if entry and entry.test else None

    def _get_uses(self):
        """Return the names of the fields that the criterion of the rule looks at."""
        entry = self._get_criterion()
        return list(entry.uses) if entry else []

    @api.depends("criterion")
    def _compute_uses(self):
        for rule in self:
            rule.uses = rule._get_uses()

    @api.depends("criterion", "amount", "percent", "days", "days_grace", "days_ahead", "level")
    @api.depends_context("lang")
    def _compute_summary(self):
        for rule in self:
            entry = rule._get_criterion()
            threshold = entry.threshold(rule) if entry and entry.threshold else ""
            label = self.env._(entry.label) if entry else rule.criterion
            rule.summary = f"{label} {threshold}".strip() if label else ""

    @api.depends(
        "criterion", "amount", "percent", "days", "days_grace", "days_ahead", "level", "amount_tolerance", "domain",
        "is_status_watch", "is_status_stop", "is_blank_hit", "currency_id",
    )
    @api.depends_context("lang")
    def _compute_threshold_text(self):
        for rule in self:
            rule.threshold_text = self.env["credit.rule.text"]._write_thresholds(rule)

    def _has_effect(self):
        return any(effect != "none" for effect in self._get_effects().values())

    def _get_effects(self):
        """Return the effect at each checkpoint, as ``{checkpoint: effect}``."""
        return {checkpoint: self[f"effect_{checkpoint}"] for checkpoint, _label in self._get_checkpoints()}

    # -- health: rules that can never do anything ---------------------------------------------------

    def _get_defect(self):
        """Return why the rule can never do anything, or an empty string."""
        self.ensure_one()
        entry = self._get_criterion()
        if not self._has_effect():
            return self.env._("it has no effect at any checkpoint")
        if not entry:
            return self.env._("the add-on that brought it is not installed")
        return next((self.env._(text) for is_defect, text in entry.defects if is_defect(self)), "")

    def _can_cover_expire(self):
        return self.is_blank_hit or self._has_any("credit.cover")

    def _has_any(self, model):
        """Tell whether there is a record of a model in the company of the policy, or in any."""
        company = self.policy_id.company_id
        return bool(self.env[model].search_count([("company_id", "child_of", company.id)] if company else [], limit=1))

    def _has_groups(self):
        return bool(self.env["credit.group"].search_count([("limit_type", "=", "amount")], limit=1))

    # -- the rule as the engine sees it -------------------------------------------------------------

    def _get_domain(self):
        """Return the own condition of the rule as a domain on `credit.profile`.

        It is the same whoever asks: an old one that names the user is the system's, and a new one is refused.
        """
        return safe_eval(self.domain or "[]", {"uid": SUPERUSER_ID})

    def _to_engine(self):
        """Return the rule as a plain value for the engine; its criterion must be known."""
        self.ensure_one()
        entry = self._get_criterion()
        statuses = {"watch": self.is_status_watch, "stop": self.is_status_stop}
        return Rule(
            rule_id=self.id,
            criterion=self.criterion,
            test=entry.test,
            effects=self._get_effects(),
            amount=self.amount,
            percent=self.percent,
            days=self.days,
            days_grace=self.days_grace,
            days_ahead=self.days_ahead,
            level=self.level,
            amount_tolerance=self.amount_tolerance,
            statuses=frozenset(status for status, is_hit in statuses.items() if is_hit),
            is_blank_hit=self.is_blank_hit,
            condition=self.domain if "domain" in entry.uses else "",
            needs=entry.needs,
            superseded_by=entry.superseded_by,
        )
