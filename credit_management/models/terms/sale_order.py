"""Orders are proposed the terms of who pays them, shortened to what its policy allows."""

from odoo import api, models

OPEN_STATES = ("draft", "sent")


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "credit.terms.proposal"]

    def _credit_get_payer(self):
        return self.partner_invoice_id.commercial_partner_id

    @api.depends("partner_invoice_id")
    def _compute_payment_term_id(self):
        """Override of `sale`: where credit is checked, who pays has the terms, and no longer ones than allowed.

        What is confirmed keeps its terms: another invoice address does not change what was agreed.
        """
        kept = self.filtered(lambda order: order._origin and order.state not in OPEN_STATES)
        for order in kept:
            order.payment_term_id = order.payment_term_id
        super(SaleOrder, self - kept)._compute_payment_term_id()
        for order in self - kept:
            payer = order._credit_get_payer()
            if payer and payer != order.partner_id.commercial_partner_id and order.company_id._is_credit_checked():
                order.payment_term_id = payer.with_company(order.company_id).property_payment_term_id
        for order, (terms, _own, _policy) in (self - kept)._credit_propose_terms().items():
            order.payment_term_id = terms
