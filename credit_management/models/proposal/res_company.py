"""How limits are proposed: which share of what each method takes, how they are combined, capped and rounded."""

from odoo import fields, models

from ...engine.limit_methods import own_cap

COMBINED = [("minimum", "The lowest of the methods"), ("mean", "The mean of the methods")]


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_percent_net_worth = fields.Float(
        "Of Net Worth (%)", default=10.0, help="How much of a customer's equity is proposed as its limit. 0: not used."
    )
    credit_percent_working_capital = fields.Float(
        "Of Net Current Assets (%)", default=20.0,
        help="How much of a customer's current assets less current liabilities is proposed. 0: not used.",
    )
    credit_percent_turnover = fields.Float(
        "Of Our Sales (%)", default=10.0,
        help="How much of what we sold to a customer in the last 12 months is proposed. 0: not used.",
    )
    credit_index_history = fields.Float(
        "Payment Index From", default=80.0,
        help="The highest month of 12 is proposed for as long as the terms run, only from this payment index on: who "
        "pays late gets no more by its history.",
    )
    credit_combined = fields.Selection(
        COMBINED, "Methods Are Combined By", required=True, default="minimum",
        help="Then the own cap binds, then the proposal is rounded down to the step.",
    )
    credit_percent_cap = fields.Float(
        "Own Cap (%)", default=10.0,
        help="No customer is proposed more than this share of what we sold to all in the last 12 months. 0: no cap.",
    )
    credit_is_uk_rule = fields.Boolean(
        "The Lower of Both",
        help="Net worth and net current assets are one method, which proposes the lower of both.",
    )
    credit_days_safety = fields.Integer(
        "Days of Safety", default=10,
        help="What a customer plans to buy is proposed for its terms and so many days more.",
    )
    credit_percent_cap_equity = fields.Float(
        "Own Cap by Equity (%)", help="No customer is proposed more than this share of our own equity. 0: no cap."
    )
    credit_amount_own_equity = fields.Monetary(
        "Our Equity", help="The company's own equity, of its last balance sheet."
    )
    credit_percent_cap_receivables = fields.Float(
        "Own Cap by Receivables (%)",
        help="No customer is proposed more than this share of all that customers owe us now. 0: no cap.",
    )
    credit_amount_step = fields.Monetary(
        "Step", default=1000.0, help="A proposal is rounded down to a multiple of this. 0: it is not rounded."
    )

    _credit_proposal_not_negative = models.Constraint(
        "CHECK (credit_percent_net_worth >= 0 AND credit_percent_working_capital >= 0 AND credit_percent_turnover >= 0 "
        "AND credit_percent_cap >= 0 AND credit_amount_step >= 0 AND COALESCE(credit_percent_cap_equity, 0) >= 0 "
        "AND COALESCE(credit_percent_cap_receivables, 0) >= 0 AND COALESCE(credit_days_safety, 0) >= 0)",
        "Percentages and the step of limit proposals are 0 or more.",
    )

    def _credit_get_own_caps(self, percent_sales=None):
        """Return what no customer is proposed more than, by what it is a share of; read only where there is a share.

        What was not entered, or is nothing yet, is no cap: it would be one of 0 for everybody.

        :param percent_sales: which share of our sales; None: as the company says
        """
        self.ensure_one()
        bases = {
            "sales": (self.credit_percent_cap if percent_sales is None else percent_sales, self._credit_get_own_sales),
            "equity": (self.credit_percent_cap_equity, lambda: self.credit_amount_own_equity),
            "receivables": (self.credit_percent_cap_receivables, self._credit_get_own_receivables),
        }
        caps = {name: own_cap((read() or None, percent)) for name, (percent, read) in bases.items() if percent}
        return {name: cap for name, cap in caps.items() if cap is not None}

    def _credit_get_own_receivables(self):
        """Return what all customers owe for invoices now, after what was not allocated, in company currency."""
        names = ("amount_not_due", "amount_overdue_gross", "amount_disputed", "amount_unallocated")
        # a total of the company, whoever may see its customers
        Profile = self.env["credit.profile"].sudo().with_context(active_test=False)
        [sums] = Profile._read_group([("company_id", "=", self.id)], [], [f"{name}:sum" for name in names])
        return sum(amount or 0.0 for amount in sums)
