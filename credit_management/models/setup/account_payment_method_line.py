"""Payment methods whose risk ends only some days after the payment, and how their payments are found."""

from datetime import timedelta

from odoo import api, fields, models


class AccountPaymentMethodLine(models.Model):
    _inherit = "account.payment.method.line"

    credit_days_risk = fields.Integer(
        "Risk Period (days)",
        default=0,
        help="A customer payment by this method (bill, check, direct debit) stays in the credit exposure until "
        "this many days after its date. 0: a payment frees credit at once.",
    )

    _credit_days_risk_not_negative = models.Constraint(
        "CHECK (credit_days_risk >= 0)", "The risk period of a payment method cannot be negative."
    )


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # core has no index on the customer of a payment
    _credit_unmatched_idx = models.Index(
        "(partner_id) WHERE payment_type = 'inbound' AND partner_type = 'customer' "
        "AND (state = 'in_process' OR (state = 'paid' AND is_matched IS NOT TRUE))"
    )
    _credit_risk_idx = models.Index(
        "(partner_id, payment_method_line_id, date) WHERE payment_type = 'inbound' AND partner_type = 'customer' "
        "AND state = 'paid' AND is_matched IS TRUE AND move_id IS NOT NULL"
    )
    _credit_rejected_idx = models.Index("(partner_id) WHERE state IN ('rejected', 'canceled') AND move_id IS NOT NULL")
    _credit_of_other_idx = models.Index(
        "(move_id) WHERE state IN ('rejected', 'canceled') AND move_id IS NOT NULL AND credit_is_of_other"
    )

    credit_is_of_other = fields.Boolean(
        "Booked for Somebody Else",
        compute="_compute_credit_is_of_other",
        store=True,
        help="A rejected payment whose entry names somebody else than the payment: it is looked at for every customer.",
    )

    @api.depends("state", "partner_id", "move_id.line_ids.partner_id")
    def _compute_credit_is_of_other(self):
        for payment in self:
            is_undone = payment.state in ("rejected", "canceled")
            payment.credit_is_of_other = is_undone and bool(payment.move_id.line_ids.partner_id - payment.partner_id)

    def _credit_is_at_risk(self, as_of):
        """Tell whether the payment is not honoured yet; `credit.exposure._get_at_risk_sql` says the same."""
        days = self.payment_method_line_id.credit_days_risk
        return days > 0 and self.date + timedelta(days=days) >= as_of
