"""Shipping costs of a transfer that is done: the carrier has asked for them."""

import functools

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _register_hook(self):
        """Override to watch what `stock_delivery` adds to an order, where that is installed: nobody needs it here."""
        super()._register_hook()
        origin = getattr(type(self), "_add_delivery_cost_to_so", None)
        if origin and not hasattr(origin, "credit_origin"):
            type(self)._add_delivery_cost_to_so = _report(origin)


def _report(origin):
    """Return `_add_delivery_cost_to_so` as something that the system adds: counted and reported, never refused."""

    @functools.wraps(origin)
    def _add_delivery_cost_to_so(self):
        # the warehouse need not read orders
        with self.sudo().sale_id._credit_watch(is_added=True):
            return origin(self)

    _add_delivery_cost_to_so.credit_origin = origin
    return _add_delivery_cost_to_so
