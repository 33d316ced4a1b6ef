"""What a policy allows of terms of payment, for some ratings and some time, and what it proposes instead."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.terms import TermsRule


class CreditPolicyTerms(models.Model):
    _name = "credit.policy.terms"
    _description = "Terms That a Policy Allows"
    _inherit = ["credit.policy.part"]
    _order = "sequence, id"

    policy_id = fields.Many2one("credit.policy", "Policy", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="policy_id.company_id")
    sequence = fields.Integer(default=10, help="Order in which they are shown. Of all that apply the strictest counts.")
    rating_ids = fields.Many2many(
        "credit.rating", string="Ratings", context={"active_test": False},
        help="For customers of these ratings. Empty: all.",
    )
    date_from = fields.Date("From", help="First day on which it applies. Empty: from the start.")
    date_to = fields.Date("To", help="Last day on which it applies, for instance of a season. Empty: without end.")
    days_max = fields.Integer(
        "Longest (days)", required=True, default=30,
        help="The longest terms that are allowed, in days until their last due date.",
    )
    is_discount_bound = fields.Boolean("Bound the Cash Discount", help="On: a better cash discount is a finding.")
    percent_discount_max = fields.Float(
        "Best Cash Discount (%)", help="The best discount for paying early that is allowed. 0: none is."
    )
    payment_term_id = fields.Many2one(
        "account.payment.term", "Proposed",
        help="What new orders and invoices get where the customer's own terms are not allowed, or it has none: for "
        "instance installments. Empty: the longest allowed terms in one installment; whoever has none pays at once.",
    )
    reason = fields.Char(
        "Because", translate=True,
        help="What the customer reads on its quotation after “30 Days instead of 60 Days”. No rating belongs here.",
    )

    _days_max_not_negative = models.Constraint("CHECK (days_max >= 0)", "Terms are 0 days or longer.")
    _percent_in_range = models.Constraint(
        "CHECK (percent_discount_max BETWEEN 0 AND 100)", "A cash discount is between 0 and 100 %."
    )
    _days_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)", "The last day is before the first one."
    )

    @api.constrains("payment_term_id", "days_max")
    def _check_payment_term(self):
        for rule in self:
            terms = rule.payment_term_id
            if terms and terms._credit_get_days() > rule.days_max:
                raise ValidationError(
                    self.env._(
                        "%(terms)s run for %(days)s days; %(allowed)s are allowed. Propose shorter terms, or allow "
                        "longer ones.", terms=terms.name, days=terms._credit_get_days(), allowed=rule.days_max,
                    )
                )

    @api.depends("policy_id.name", "days_max", "rating_ids.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rule in self:
            names = ", ".join(rule.rating_ids.mapped("name")) or self.env._("all ratings")
            rule.display_name = self.env._(
                "%(policy)s: %(days)s days, %(ratings)s", policy=rule.policy_id.name, days=rule.days_max, ratings=names
            )

    def _to_engine(self):
        """Return the rule as a plain value for the engine."""
        return TermsRule(
            rule_id=self.id, days_max=self.days_max,
            percent_discount_max=self.percent_discount_max if self.is_discount_bound else None,
            rating_ids=frozenset(self.rating_ids.ids), date_from=self.date_from or None, date_to=self.date_to or None,
            proposed_id=self.payment_term_id.id or 0,
        )
