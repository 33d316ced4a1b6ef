"""Payment methods whose risk ends only some days after the payment."""

from odoo import fields, models


class AccountPaymentMethodLine(models.Model):
    _inherit = "account.payment.method.line"

    credit_days_risk = fields.Integer(
        "Risk Period (days)",
        default=0,
        help="A customer payment by this method (bill, cheque, direct debit) stays in the credit exposure until "
        "this many days after its date. 0: a payment frees credit at once.",
    )

    _credit_days_risk_not_negative = models.Constraint(
        "CHECK (credit_days_risk >= 0)", "The risk period of a payment method cannot be negative."
    )
