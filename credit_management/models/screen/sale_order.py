"""Core's own warning on an order names the customer's limit: for those who may see figures."""

from odoo import api, models

from ..gate.contract import FIGURE_GROUPS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.depends_context("uid")
    @api.depends("company_id", "partner_id", "amount_total")
    def _compute_partner_credit_warning(self):
        """Override of `sale`: who buys can read the own orders, and has no right to the limit that we keep."""
        if any(self.env.user.has_group(group) for group in FIGURE_GROUPS):
            return super()._compute_partner_credit_warning()
        self.partner_credit_warning = ""
        return None
