"""What is decided of goods stays so: their order line, their product, and whether they leave for a customer.

A check is about goods as they are when they leave. So before that nearly everything may be written, and is looked at
then. What could make a decision untrue afterwards, or take goods out of its sight, is their *bond*, and no person
writes it once something is checked: `sale_stock` and the wizards of `stock` do.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from odoo import api, models
from odoo.addons.credit_management.models.gate.fact import Columns
from odoo.addons.credit_management.models.gate.guard import get_changed
from odoo.exceptions import AccessError

DECIDED = "looked at when the goods leave"
GROWING = frozenset({"state", "quantity", "product_uom_id"})  # watched by the guard of `stock_move.py`
OUT = (False, True)  # the way of goods: from customers, to customers
SHARED = "stock.stock_location_inter_company"
COLUMNS = {
    "stock.move": Columns(
        watched=frozenset({
            "sale_line_id", "origin_returned_move_id", "product_id", "location_id", "location_dest_id", "picking_id",
            "to_refund", "state",
        }),
        harmless={"quantity": DECIDED, "product_uom_qty": DECIDED, "product_uom": DECIDED, "picked": DECIDED},
    ),
    "stock.move.line": Columns(
        watched=frozenset({
            "move_id", "product_id", "location_id", "location_dest_id", "quant_id", "quantity", "product_uom_id",
        }),
        harmless={"picked": DECIDED, "lot_id": "which of the same goods"},
    ),
    "stock.picking": Columns(
        watched=frozenset({"partner_id", "sale_id", "location_id", "location_dest_id", "picking_type_id", "state"}),
        harmless={"user_id": "who works on it"},
    ),
    "stock.location": Columns(harmless={"*": "set up by managers of the warehouse, not for a delivery"}),
}


class CreditFact(models.AbstractModel):
    _inherit = "credit.fact"

    @api.model
    def _get_columns(self):
        """Override to name what the check of a delivery reads of core's models."""
        return {**super()._get_columns(), **COLUMNS}


@dataclass(frozen=True)
class Bond:
    """What a person must not change of a move."""

    line_id: int
    product_id: int
    origin_id: int
    is_done: bool
    is_outbound: bool
    is_refunded: bool
    picking_id: int
    way: tuple  # from customers, to customers: what an order counts is the way of the move itself
    ways: frozenset  # and where goods really go is that of each line: {(line id, way)}

    def get_broken(self, after):
        """Return which field has broken the bond, or an empty string."""
        if self.line_id != after.line_id and (self.line_id or (self.is_done and not self.is_outbound)):
            return "sale_line_id"
        if not (self.line_id or self.is_done):
            return ""
        if self.product_id != after.product_id:
            return "product_id"
        if self.origin_id != after.origin_id and (after.origin_id or self.is_done):
            return "origin_returned_move_id"
        if self._is_diverted(after):
            return "location_dest_id"
        return self._get_rewritten(after) if self.is_done else ""

    def _get_rewritten(self, after):
        """Return which field says something else of what is done, or an empty string."""
        if self.picking_id != after.picking_id:
            return "picking_id"
        # by this mark alone an order counts goods that went out a second time, and what came back
        return "to_refund" if self.is_refunded != after.is_refunded else ""

    def _is_diverted(self, after):
        """Tell whether the goods go elsewhere: before they leave, whether what was for a customer no longer is."""
        if self.is_done:
            return self.way != after.way or not self.ways <= after.ways
        return (self.is_outbound and not after.is_outbound) or (self.way == OUT and after.way != OUT)


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _credit_is_customers(self):
        """Tell what `_is_outgoing` of `stock` tells, which asks the database anew for each location."""
        shared = self.env["ir.model.data"]._xmlid_to_res_id(SHARED, raise_if_not_found=False)
        return self.usage == "customer" or bool(shared and f"/{shared}/" in f"/{self.parent_path}")


class CreditBondMixin(models.AbstractModel):
    _name = "credit.stock.bond.mixin"
    _description = "Record that says what becomes of goods"

    def _credit_get_goods(self):
        """Return the moves that these records are about."""
        raise NotImplementedError

    def _credit_is_way_out(self):
        """Tell whether goods go to a customer, from a place that is not one."""
        return self._credit_get_way() == OUT

    def _credit_get_way(self):
        """Return whether goods come from customers, and whether they go to customers."""
        return (self.location_id._credit_is_customers(), self.location_dest_id._credit_is_customers())

    @contextmanager
    def _credit_keep_bonds(self, vals):
        """Refuse what changes the bond of goods, when a person writes these values.

        :raise AccessError: naming the field, and the way forward
        """
        if not self._credit_is_bonding(vals):
            yield
            return
        moves = self.sudo()._credit_get_goods()  # which goods are whose is a fact
        before = {move: move._credit_get_bond() for move in moves}
        yield
        moves.flush_recordset()  # places follow from the transfer
        for move in moves.exists():
            broken = before[move].get_broken(move._credit_get_bond())
            if broken:
                move._credit_refuse_bond(broken)

    @api.model
    def _credit_is_bonding(self, vals):
        """Tell whether a person writes what goods are bound by, and something is checked."""
        watched = self.env["credit.fact"]._get_columns()[self._name].watched - GROWING
        return bool(not self.env.su and watched & vals.keys() and self.env["credit.policy"]._is_any_on())


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "credit.stock.bond.mixin"]

    def _credit_get_goods(self):
        return self

    def _credit_get_bond(self):
        return Bond(
            self.sale_line_id.id,
            self.product_id.id,
            self.origin_returned_move_id.id,
            self.state == "done",
            self._credit_is_outbound(),
            self.to_refund,
            self.picking_id.id,
            self._credit_get_way(),
            frozenset((line.id, line._credit_get_way()) for line in self.move_line_ids),
        )

    @api.model
    def _credit_refuse_bond(self, name):
        raise AccessError(
            self.env._(
                "'%(field)s' of goods that belong to an order, or have left, is not changed by hand. Change or cancel "
                "the order, or return the goods.",
                field=self._fields[name]._description_string(self.env),
            )
        )

    def _credit_check_goods(self):
        """Refuse to a person to put other goods under an order line than what the order brings.

        :raise AccessError: once something is checked
        """
        # which goods are whose is a fact
        if not self.env.su and self.sudo()._credit_get_foreign() and self.env["credit.policy"]._is_any_on():
            self._credit_refuse_bond("sale_line_id")

    def _credit_get_foreign(self):
        """Return what is neither the product of its order line nor a part of it: of a kit, other moves have them."""
        other = self.filtered(lambda move: move.sale_line_id and move.product_id != move.sale_line_id.product_id)
        return other.filtered(lambda move: move.product_id not in (move.sale_line_id.move_ids - self).product_id)


class StockMoveLine(models.Model):
    _name = "stock.move.line"
    _inherit = ["stock.move.line", "credit.stock.bond.mixin"]

    def _credit_get_goods(self):
        return self.move_id

    def _credit_check_goods(self):
        """Refuse to a person to deliver other goods than what the move says.

        :raise AccessError: once something is checked
        """
        if self.env.su:
            return
        # which goods are whose is a fact
        other = self.sudo().filtered(lambda line: line.move_id and line.product_id != line.move_id.product_id)
        if other and self.env["credit.policy"]._is_any_on():
            raise AccessError(
                self.env._(
                    "%(product)s is not the product of its transfer line. Add it to the transfer as a product.",
                    product=other[0].product_id.display_name,
                )
            )


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "credit.stock.bond.mixin"]

    def _credit_get_goods(self):
        return self.move_ids

    def _credit_check_receivers_kept(self, vals):
        """Refuse to a person to say that somebody else got what has left, or brought what came back.

        :raise AccessError: once something is checked
        """
        names = {"partner_id", "sale_id"} & vals.keys()
        if not (names and self._credit_is_bonding(vals)):
            return
        # which goods are whose is a fact
        left = self.sudo().filtered(
            lambda picking: any(
                move.state == "done" and (move._credit_is_outbound() or move.location_id._credit_is_customers())
                for move in picking.move_ids
            )
        )
        changed = get_changed(left, names, vals) if left else ()
        if changed:
            raise AccessError(
                self.env._(
                    "'%(field)s' of goods that have left is not changed. Return them, and deliver them anew.",
                    field=self._fields[min(changed)]._description_string(self.env),
                )
            )
