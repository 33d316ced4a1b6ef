"""Deposits that a policy asks of some orders: of whom, of which orders, how much."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.deposit import DepositRule
from ..record.words import in_every_language

# what two rules must have in common for their bands to be compared
CONDITIONS = ("rating_ids", "category_ids", "term_ids", "is_overdue", "days_overdue", "is_new", "days_customer",
              "percent_index")


class CreditDepositRule(models.Model):
    _name = "credit.deposit.rule"
    _description = "Deposit Rule"
    _inherit = ["credit.policy.part"]
    _order = "sequence, id"

    policy_id = fields.Many2one("credit.policy", "Policy", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="policy_id.company_id")
    currency_id = fields.Many2one(related="policy_id.currency_id")
    sequence = fields.Integer(
        default=10, help="Order in which the deposits are shown. The strictest one counts, wherever it stands."
    )
    kind = fields.Selection(
        [("percent", "Percentage of the total"), ("amount", "Fixed amount")],
        "Asked For",
        default="percent",
        required=True,
        help="A percentage is one of the total of the order, tax included. A fixed amount is at most the total.",
    )
    percent = fields.Float("Percentage", default=30.0, help="Share of the total of the order, tax included, up to 100.")
    amount = fields.Monetary("Fixed Amount", help="In the currency of the company; at most the total of the order.")
    amount_most = fields.Monetary("At Most", help="The deposit is never higher than this. 0: no cap.")
    amount_step = fields.Float(
        "Rounded Up To",
        help="The deposit is rounded up to a multiple of this, in the currency of the order: 361.50 by 10 is 370. "
        "0: not rounded.",
    )
    amount_from = fields.Monetary(
        "Orders From", help="The deposit is asked of orders **at or above** this total, tax included."
    )
    amount_to = fields.Monetary("Orders Below", help="The deposit is asked of orders **below** this. 0: without end.")
    rating_ids = fields.Many2many(
        "credit.rating", string="Ratings", context={"active_test": False},
        help="Asked of customers rated so. Empty: of all.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Asked of orders with a product of these categories, or of one below them. Empty: of all.",
    )
    term_ids = fields.Many2many(
        "account.payment.term", string="Payment Terms", context={"active_test": False},
        help="Asked of orders with these terms. Empty: of all.",
    )
    is_overdue = fields.Boolean("Something Is Overdue", help="Asked of customers that are late.")
    days_overdue = fields.Integer(
        "Overdue Longer Than (days)", help="The oldest item is overdue for **more than** so many days."
    )
    is_new = fields.Boolean("New Customer", help="Asked of customers whose first invoice is not long ago, or to come.")
    days_customer = fields.Integer(
        "Customer for Fewer Than (days)", default=90, help="Counted from the first invoice that was posted."
    )
    percent_index = fields.Float(
        "Payment Index Below",
        help="Asked of customers whose payment index is **below** this: 80 means paid on time. 0: of all.",
    )
    whom = fields.Char("Asked Of", compute="_compute_texts", help="Of whom, and of which orders, in words.")
    asked = fields.Char("Deposit", compute="_compute_texts", help="How much is asked for, in words.")

    _not_negative = models.Constraint(
        "CHECK (percent >= 0 AND amount >= 0 AND amount_most >= 0 AND amount_step >= 0 AND amount_from >= 0 "
        "AND amount_to >= 0 AND days_overdue >= 0 AND days_customer >= 0 AND percent_index >= 0)",
        "Percentages, amounts and days of a deposit cannot be negative.",
    )

    @api.depends("policy_id.name")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = f"{rule.policy_id.name}: {rule.whom}"

    @api.depends("kind", "percent", "amount", "amount_most", "amount_step", "amount_from", "amount_to", *CONDITIONS)
    @api.depends_context("lang")
    def _compute_texts(self):
        for rule in self:
            rule.whom = self.env["credit.deposit.text"]._write_whom(rule)
            rule.asked = self.env["credit.deposit.text"]._write_asked(rule)

    # -- what cannot be meant ----------------------------------------------------------------------

    def _check_all(self):
        """Check what is tried out and not written.

        :raise ValidationError: with what cannot be meant
        """
        self._check_asked()
        self._check_bands()

    @api.constrains("kind", "percent", "amount", "amount_from", "is_new", "days_customer")
    def _check_asked(self):
        for rule in self:
            error = rule._get_asked_error()
            if error:
                raise ValidationError(error)

    def _get_asked_error(self):
        """Return what is wrong with how much the rule asks for, or an empty string."""
        if self.kind == "percent" and not 0 < self.percent <= 100:
            return self.env._(
                "A deposit of %(percent)s %% cannot be asked for: enter more than 0 and at most 100 %%.",
                percent=f"{self.percent:g}",
            )
        if self.kind == "amount" and self.amount <= 0:
            return self.env._("Enter the fixed amount of the deposit: it must be more than 0.")
        if self.kind == "amount" and self.amount_from and self.amount > self.amount_from:
            return self.env._(
                "A deposit of %(amount)s would be above the total of an order of %(from_amount)s, of which it is asked "
                "too. Lower the deposit, or ask it of larger orders.",
                amount=self.currency_id.format(self.amount),
                from_amount=self.currency_id.format(self.amount_from),
            )
        if self.is_new and not self.days_customer:
            return self.env._("Enter for how many days a customer is new: more than 0.")
        return ""

    @api.constrains("policy_id", "amount_from", "amount_to", *CONDITIONS)
    def _check_bands(self):
        for rule in self:
            if rule.amount_to and rule.amount_to <= rule.amount_from:
                raise ValidationError(
                    self.env._(
                        "The deposit is asked of no order: the amounts go from %(from_amount)s to below %(to_amount)s.",
                        from_amount=rule.currency_id.format(rule.amount_from),
                        to_amount=rule.currency_id.format(rule.amount_to),
                    )
                )
            rule._check_overlap()

    def _check_overlap(self):
        """Refuse two bands of the same customers and orders that overlap: nobody could say which one is meant."""
        for other in self.policy_id.deposit_rule_ids - self:
            ends = [rule.amount_to or float("inf") for rule in (self, other)]
            overlaps = self.amount_from < ends[1] and other.amount_from < ends[0]
            if overlaps and all(self[name] == other[name] for name in CONDITIONS):
                raise ValidationError(
                    self.env._(
                        "Two deposits of policy %(policy)s overlap: '%(one)s' and '%(other)s'. Let one end where the "
                        "other begins.",
                        policy=self.policy_id.name, one=self.whom, other=other.whom,
                    )
                )

    # -- for the engine ----------------------------------------------------------------------------

    def _to_engine(self):
        """Return the rule as a plain value for the engine."""
        self.ensure_one()
        return DepositRule(
            rule_id=self.id or 0,
            percent=self.percent if self.kind == "percent" else 0.0,
            amount=self.amount if self.kind == "amount" else 0.0,
            amount_most=self.amount_most,
            step=self.amount_step,
            amount_from=self.amount_from,
            amount_to=self.amount_to,
            rating_ids=frozenset(self.rating_ids._origin.ids),
            category_ids=frozenset(self.category_ids._origin.ids),
            term_ids=frozenset(self.term_ids._origin.ids),
            days_overdue=self.days_overdue if self.is_overdue else None,
            days_customer=self.days_customer if self.is_new else 0,
            index=self.percent_index,
            words=in_every_language(self, self.env["credit.deposit.text"]._write_whom),
        )
