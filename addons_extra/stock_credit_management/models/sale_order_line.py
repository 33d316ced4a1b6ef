"""By which delivery notes came what is not invoiced yet."""

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _credit_get_deliveries(self, quantities, day):
        """Override: the newest deliveries are those not invoiced. What came after the day is left out."""
        found = super()._credit_get_deliveries(quantities, day)
        for line in self.filtered(lambda line: line.qty_delivered_method == "stock_move"):
            found[line] = line._credit_split(quantities[line], day)
        return found

    def _credit_split(self, quantity, day):
        """Return ``[(quantity, delivery note, day)]``, the oldest first; what no delivery tells of has no note."""
        parts, left = [], quantity
        for move, delivered in self._credit_get_delivered_moves():
            taken = min(delivered, left)
            moved_on = move.company_id._credit_day_of(move.date)
            if taken > 0 and moved_on <= day:
                parts.append((taken, move.picking_id.name or "", moved_on))
            left -= max(taken, 0)
        if self.product_uom_id.compare(left, 0) > 0:
            parts.append((left, "", None))
        return parts[::-1]

    def _credit_get_delivered_moves(self):
        """Return ``[(move, quantity)]`` of what left for the customer and did not come back, the newest first, in the
        unit of the line."""
        done = self.move_ids.filtered(lambda move: move.state == "done")
        sent = done.filtered(lambda move: move.location_dest_id._credit_is_customers())
        found = []
        for move in sent.sorted(lambda move: (move.date, move.id), reverse=True):
            returned = move.returned_move_ids & done
            units = move._credit_get_units() - (returned._credit_get_units() if returned else 0.0)
            found.append((move, self.product_id.uom_id._compute_quantity(units, self.product_uom_id, round=False)))
        return found
