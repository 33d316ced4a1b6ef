"""Rules of a policy: one criterion, its thresholds, its effect at each checkpoint."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.safe_eval import safe_eval

from ...engine.criteria import CRITERIA
from ...engine.policy import Rule

CHECKPOINTS = ("quotation", "order", "change", "invoice", "delivery", "shop", "pos")
DATED = ("review_expired", "limit_expired", "cover_expired")  # criteria about the last day of something
EFFECT_SELECTION = [("none", "None"), ("warn", "Warn"), ("hold", "Hold"), ("refuse", "Refuse")]


def _effect(label, help_text, default="none"):
    return fields.Selection(EFFECT_SELECTION, label, required=True, default=default, help=help_text)


class CreditPolicyRule(models.Model):
    _name = "credit.policy.rule"
    _description = "Credit Policy Rule"
    _order = "sequence, id"

    policy_id = fields.Many2one("credit.policy", "Policy", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="policy_id.company_id")
    currency_id = fields.Many2one(related="policy_id.currency_id")
    sequence = fields.Integer(default=10, help="Order in which the rules are shown. All of them are tested.")
    criterion = fields.Selection(
        [
            ("limit_exceeded", "Limit exceeded"),
            ("group_limit_exceeded", "Limit of the credit group exceeded"),
            ("utilisation", "Utilisation at or above"),
            ("limit_missing", "No limit set up"),
            ("overdue_days", "Overdue longer than"),
            ("overdue_amount", "Overdue amount and share"),
            ("oldest_item", "Oldest open item older than"),
            ("dunning_level", "Dunning level reached"),
            ("broken_promise", "Broken promise to pay"),
            ("cover_expired", "Cover expired"),
            ("account_status", "Account status"),
            ("review_expired", "Review overdue"),
            ("limit_expired", "Limit expired"),
            ("document_amount", "Document amount at or above"),
            ("terms_longer", "Payment terms longer than allowed"),
            ("terms_better", "Terms better than the customer's"),
            ("discount_better", "Discount better than allowed"),
            ("deposit_missing", "Deposit missing"),
            ("no_payment", "No payment for"),
            ("payment_index", "Payment index below"),
            ("domain", "Own condition"),
        ],
        required=True,
        default="limit_exceeded",
        help="What the rule looks at.",
    )
    amount = fields.Monetary(
        "Amount At Least",
        help="The rule is hit when the overdue or document amount is **at or above** this, in the "
        "currency of the company.",
    )
    percent = fields.Float(
        "Percent At Least",
        default=0.0,
        help="The rule is hit when the utilisation, or the overdue share of the exposure, is **at or above** "
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
        help="Customers (credit profiles) that match this condition hit the rule.",
    )
    effect_quotation = _effect("Quotation", "What happens while a quotation is written. It is never stopped.")
    effect_order = _effect("Order", "What happens when a quotation is confirmed.", default="hold")
    effect_change = _effect(
        "Change of Order",
        "What happens when a confirmed order grows. Hold and Refuse both refuse the change until a "
        "credit manager has released the larger amount.",
        default="hold",
    )
    effect_invoice = _effect(
        "Invoice",
        "What happens when an invoice is posted that does not come from a confirmed order. "
        "Goods already delivered can always be invoiced.",
    )
    effect_delivery = _effect("Delivery", "What happens when goods are delivered.")
    effect_shop = _effect("Shop", "What happens when a customer checks out in the web shop.", default="hold")
    effect_pos = _effect("Point of Sale", "What happens when a sale is put on account at the counter.")
    summary = fields.Char(compute="_compute_summary", help="The rule in words.")

    _thresholds_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND percent >= 0 AND days >= 0 AND days_grace >= 0 AND amount_tolerance >= 0 "
        "AND days_ahead >= 0 AND level >= 0)",
        "Thresholds, grace days and tolerances of a rule cannot be negative.",
    )

    @api.constrains("domain", "criterion")
    def _check_domain(self):
        for rule in self.filtered(lambda rule: rule.criterion == "domain"):
            try:
                self.env["credit.profile"].search(rule._get_domain(), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The condition of the rule cannot be understood: %(error)s",
                        error=error,
                    )
                ) from error

    @api.depends("criterion", "amount", "percent", "days", "days_grace", "days_ahead", "level")
    def _compute_summary(self):
        labels = dict(self._fields["criterion"]._description_selection(self.env))
        for rule in self:
            rule.summary = " ".join(filter(None, [labels.get(rule.criterion), rule._get_threshold_text()]))

    def _get_threshold_text(self):
        texts = {
            "utilisation": f"{self.percent:g} %",
            "payment_index": f"{self.percent:g}",
            "dunning_level": str(self.level),
            "overdue_days": self.env._("%(days)s days", days=self.days + self.days_grace),
            "oldest_item": self.env._("%(days)s days", days=self.days),
            "no_payment": self.env._("%(days)s days", days=self.days),
        }
        if self.days_ahead and self.criterion in DATED:
            return self.env._("%(days)s days ahead", days=self.days_ahead)
        return texts.get(self.criterion, "")

    def _has_effect(self):
        return any(self[f"effect_{checkpoint}"] != "none" for checkpoint in CHECKPOINTS)

    def _get_domain(self):
        """Return the own condition of the rule as a domain on `credit.profile`."""
        return safe_eval(self.domain or "[]", {"uid": self.env.uid})

    def _to_engine(self):
        """Return the rule as a plain value for the engine."""
        self.ensure_one()
        statuses = {"watch": self.is_status_watch, "stop": self.is_status_stop}
        return Rule(
            rule_id=self.id,
            criterion=self.criterion,
            effects={checkpoint: self[f"effect_{checkpoint}"] for checkpoint in CHECKPOINTS},
            amount=self.amount,
            percent=self.percent,
            days=self.days,
            days_grace=self.days_grace,
            days_ahead=self.days_ahead,
            level=self.level,
            amount_tolerance=self.amount_tolerance,
            statuses=frozenset(status for status, is_hit in statuses.items() if is_hit),
            is_blank_hit=self.is_blank_hit,
        )

    @api.model
    def _get_criteria(self):
        """Return the names of the criteria that the engine knows."""
        return list(CRITERIA)

    @api.model_create_multi
    def create(self, vals_list):
        """Override: checks use the new rules at once, and holds are looked at again."""
        rules = super().create(vals_list)
        self._react()
        return rules

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        self._react()
        return result

    def unlink(self):
        """Override: see `create`."""
        result = super().unlink()
        self._react()
        return result

    @api.model
    def _react(self):
        self.env["credit.policy"]._clear_snapshots()
        self.env["credit.recheck"]._queue_all()
