"""Customers are the own of whoever has made their open orders, too."""

from odoo import models
from odoo.fields import Domain

from .sale_order import OPEN_STATES


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _credit_get_sellers(self):
        """Override: and who has made their orders that are open, or was ever their salesperson."""
        customers = self._origin.commercial_partner_id
        is_open = Domain("state", "in", OPEN_STATES)
        is_left = Domain("state", "=", "sale") & Domain("invoice_status", "!=", "invoiced")
        orders = self.env["sale.order"].sudo().search(  # whose they are, whoever may see them
            Domain("partner_invoice_id.commercial_partner_id", "in", customers.ids) & (is_open | is_left)
        )
        return super()._credit_get_sellers() | orders._credit_get_owners()
