"""Transfers of the counter: what it hands out was decided there."""

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _credit_is_checked_elsewhere(self):
        """Override of the contract of `credit_management`: the counter decides on its sales.

        Asked only where transfers are under control, by an add-on that is neither above this one nor below.
        """
        return bool(self.pos_order_id or self.pos_session_id) or super()._credit_is_checked_elsewhere()
