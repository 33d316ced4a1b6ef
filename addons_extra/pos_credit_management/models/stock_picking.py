"""Transfers of the counter: what it hands out was decided there, as much as it has sold."""

from odoo import api, models
from odoo.addons.credit_management.models.gate.transaction import during, get_mark

from .pos_order_finish import SOLD

HANDING_OUT = "pos_credit_management.handing_out"  # on the cursor: no context key, no field


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.model
    def _create_picking_from_pos_order_lines(self, location_dest_id, lines, picking_type, partner=False):
        """Override of `point_of_sale`: it validates the transfer before it says whose it is."""
        with during(self.env.cr, HANDING_OUT):
            return super()._create_picking_from_pos_order_lines(location_dest_id, lines, picking_type, partner)

    def _credit_is_checked_elsewhere(self):
        """Override of the contract of `credit_management`: the counter decides on its sales.

        Asked only where transfers are under control, by an add-on that is neither above this one nor below.
        """
        is_counters = get_mark(self.env.cr, HANDING_OUT) or self._credit_is_sold()
        return is_counters or super()._credit_is_checked_elsewhere()

    def _credit_is_sold(self):
        """Tell whether the counter has sold what the transfer brings, and not handed it out yet: anybody who
        works in the warehouse may write that a transfer is the counter's."""
        counter = self.sudo()  # the warehouse reads no sales
        orders = counter.pos_order_id or counter.pos_session_id.order_ids
        pickings = (counter.pos_order_id or counter.pos_session_id).picking_ids | counter
        if not orders:
            return False
        left = dict.fromkeys(counter.move_ids.product_id, 0.0)
        for line in orders.filtered(lambda order: order.state in SOLD).lines:
            if line.product_id in left:
                left[line.product_id] += max(0.0, line.qty)
        for move in pickings.move_ids:
            if move.product_id in left and move.location_dest_id._is_outgoing() and _counts(move, counter):
                left[move.product_id] -= _get_units(move)
        return all(product.uom_id.compare(quantity, 0.0) >= 0 for product, quantity in left.items())


def _counts(move, picking):
    """Tell whether a move takes from what was sold: it did, or it is of the transfer that is asked about."""
    return move.state == "done" or (move.picking_id == picking and move.state != "cancel")


def _get_units(move):
    quantity = move.quantity or move.product_uom_qty
    return move.product_uom._compute_quantity(quantity, move.product_id.uom_id, round=False)
