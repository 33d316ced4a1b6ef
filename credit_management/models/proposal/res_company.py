"""How limits are proposed: which share of what each method takes, how they are combined, capped and rounded."""

from odoo import fields, models

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
    credit_amount_step = fields.Monetary(
        "Step", default=1000.0, help="A proposal is rounded down to a multiple of this. 0: it is not rounded."
    )

    _credit_proposal_not_negative = models.Constraint(
        "CHECK (credit_percent_net_worth >= 0 AND credit_percent_working_capital >= 0 AND credit_percent_turnover >= 0 "
        "AND credit_percent_cap >= 0 AND credit_amount_step >= 0)",
        "Percentages and the step of limit proposals are 0 or more.",
    )
