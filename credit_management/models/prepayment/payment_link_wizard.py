"""The payment link of an order: it says when its payment does not confirm the order yet."""

from odoo import api, models

from ..documents.sale_order import OPEN_STATES


class PaymentLinkWizard(models.TransientModel):
    _inherit = "payment.link.wizard"

    @api.depends("amount")
    def _compute_confirmation_message(self):
        """Override of `sale`: a part of the deposit confirms nothing."""
        super()._compute_confirmation_message()
        for wizard in self.filtered(lambda wizard: wizard.res_model == "sale.order"):
            order = self.env["sale.order"].browse(wizard.res_id)
            if order.state not in OPEN_STATES:
                continue
            missing = order._get_prepayment_required_amount()
            if missing and order.currency_id.compare_amounts(wizard.amount, missing) < 0:
                wizard.confirmation_message = self.env._(
                    "This is a part of the deposit: the quotation is confirmed when the other %(rest)s is here.",
                    rest=order._credit_write_own(missing - wizard.amount),
                )
