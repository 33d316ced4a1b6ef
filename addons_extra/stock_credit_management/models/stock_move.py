"""Moves: what leaves for a customer, what it is worth, and the guard under every button."""

from odoo import api, fields, models
from odoo.addons.credit_management.models.gate.transaction import during
from odoo.exceptions import AccessError, UserError

from .stock_bond import COLUMNS
from .stock_picking import GUARDED

COUNTED = {"quantity", "state"}  # by which a move says what has left, and what came back


class StockMove(models.Model):
    _inherit = "stock.move"

    credit_is_replacement = fields.Boolean(
        "Replacement",
        readonly=True,
        help="Replaces returned goods: not checked against the customer's credit, as far as they have come back. Set "
        "by Odoo's return for exchange.",
    )

    # -- what is under control -----------------------------------------------------------------------

    def _credit_get_checked(self):
        """Return the moves under control: what leaves for a customer, and by policy its first step."""
        return self.filtered(
            lambda move: (
                move.state != "cancel"
                and not move._credit_is_covered()
                and (move._credit_is_leaving() or move._credit_is_first_step())
            )
        )

    def _credit_is_covered(self):
        """Tell whether the move replaces what has come back: as much as that, and once."""
        if not (self.credit_is_replacement and self.sale_line_id):
            return False
        done = self.sale_line_id.move_ids.filtered(
            lambda move: move.state == "done" and move.product_id == self.product_id and move != self
        )
        returned = done.filtered(lambda move: not move.location_dest_id._credit_is_customers())
        returned = returned.filtered(lambda move: move.location_id._credit_is_customers())
        replaced = done.filtered("credit_is_replacement") - returned
        left = returned._credit_get_units() - replaced._credit_get_units()
        return self.product_id.uom_id.compare(self._credit_get_units(), left) <= 0

    def _credit_get_units(self):
        """Return how much these moves are about, in the unit of their product: of what is done, what was moved."""
        quantities = [
            (move, move.quantity if move.state == "done" else move.quantity or move.product_uom_qty) for move in self
        ]
        return sum(
            move.product_uom._compute_quantity(quantity, move.product_id.uom_id, round=False)
            for move, quantity in quantities
        )

    def _credit_is_leaving(self):
        """Goods that go to a customer. Without an order: not what was his already, not the counter's."""
        if not self._credit_is_outbound():
            return False
        if self.sale_line_id:
            return True
        if not self.picking_id:  # what is counted at a customer's has not left from here
            return self.location_id.usage != "inventory"
        return not (self._credit_is_way_back() or self.picking_id._credit_is_checked_elsewhere())

    def _credit_is_outbound(self):
        """Tell whether goods go to a customer: by the move, or by one of its lines, which say where they really go."""
        return any(place._credit_is_way_out() for place in (self, *self.move_line_ids))

    def _credit_is_way_back(self):
        """Tell whether the move gives back what had left to the same customer and came back: no more than that.

        That something came is the warehouse's word; that it had left was checked.
        """
        came = self.origin_returned_move_id
        left = came.origin_returned_move_id
        if not (self._credit_is_kin(came) and self._credit_is_kin(left) and left._credit_is_outbound()):
            return False
        limits = [
            (came._credit_get_given() | self, came),
            (left.returned_move_ids._credit_get_given() | self, left),  # whatever else says that it came back
        ]
        compare = self.product_id.uom_id.compare
        return all(compare(given._credit_get_units(), most._credit_get_units()) <= 0 for given, most in limits)

    def _credit_is_kin(self, other):
        """Tell whether another move has taken the same goods of the same customer, of the same order."""
        partner = self.picking_id.partner_id.commercial_partner_id
        return (
            other.state == "done"
            and other.product_id == self.product_id
            and other.sale_line_id == self.sale_line_id
            and bool(partner)
            and other.picking_id.partner_id.commercial_partner_id == partner
        )

    def _credit_get_given(self):
        """Return what gave back to customers what came from them by these moves."""
        done = self.returned_move_ids.filtered(lambda move: move.state == "done")
        return done.filtered(lambda move: move._credit_is_outbound())

    def _credit_is_less_than_given(self):
        """Tell whether less came from a customer by the move than was given back of it."""
        given = self._credit_get_given() if self.state == "done" else self.browse()
        compare = self.product_id.uom_id.compare
        return bool(given) and compare(self._credit_get_units(), given._credit_get_units()) < 0

    def _credit_is_first_step(self):
        if self.company_id.credit_delivery_step == "last" or not self.sale_line_id or self.origin_returned_move_id:
            return False
        if self.location_id.usage != "internal" or self.move_orig_ids.sale_line_id:
            return False
        later = self.location_final_id | self.browse(self._rollup_move_dests()).location_dest_id
        return any(location._credit_is_customers() for location in later)

    # -- figures -------------------------------------------------------------------------------------

    def _credit_get_values(self):
        """Return what these moves deliver, tax included, in company currency: all of it, the part that
        the exposure contains, and the part that is paid."""
        total = counted = paid = 0.0
        by_order = {}
        for line, moves in self.grouped("sale_line_id").items():
            if not line:
                total += sum(move._credit_get_list_value() for move in moves)
                continue
            unit = line._credit_get_unit_price()
            done = sum(move._credit_get_quantity() for move in moves if move.state == "done")
            planned = sum(move._credit_get_quantity() for move in moves if move.state != "done")
            total += (done + planned) * unit
            here = max(0.0, min(planned, line._credit_get_undelivered())) * unit
            by_order[line.order_id] = by_order.get(line.order_id, 0.0) + here
            counted += done * unit + here
            paid += (done + planned) * unit * line.order_id._credit_get_paid_share()
        # an order that orders goods back counts for less, until they should leave
        counted -= sum(order._credit_get_ahead(amount) for order, amount in by_order.items())
        return total, counted, paid

    def _credit_get_quantity(self):
        """Return what is moved, or is to be, in the unit of the order line; of a kit its share."""
        line, quantity = self.sale_line_id, self.quantity or self.product_uom_qty
        if line.product_id == self.product_id:
            return self.product_uom._compute_quantity(quantity, line.product_uom_id, round=False)
        parts = line.move_ids.filtered(lambda move: move.location_dest_id == self.location_dest_id)
        whole = sum(parts.filtered(lambda move: move.state != "cancel").mapped("product_uom_qty"))
        return line.product_uom_qty * quantity / whole if whole else 0.0

    def _credit_get_list_value(self):
        """Return what goods without an order line are worth: at list price."""
        product, quantity = self.product_id, self.quantity or self.product_uom_qty
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        quantity = self.product_uom._compute_quantity(quantity, product.uom_id)
        return taxes.compute_all(product.lst_price, quantity=quantity, product=product)["total_included"]

    # -- guard ---------------------------------------------------------------------------------------

    def _credit_guard_done(self):
        """Refuse what no decision of this transaction has let through, of its transfer or of its order."""
        # facts are everybody's: the warehouse need not read orders
        checked = self.sudo()._credit_get_checked()
        if checked:
            checked._credit_check_transfer()
            checked._credit_check_counted()
            with during(self.env.cr, GUARDED, frozenset(checked.ids)):
                checked._credit_check_receivers()
                self.env["stock.picking"].browse(checked.picking_id.ids)._credit_guard("delivery")
            checked.filtered(lambda move: not move.picking_id)._credit_guard_orders()

    def _credit_guard_orders(self):
        """Refuse goods without a transfer that their order does not let go: to the warehouse without its figures.

        :raise UserError: when a customer does not pass
        """
        try:
            self.sale_line_id.order_id._credit_gate("delivery")
        except UserError:
            pickings = self.env["stock.picking"]
            if pickings._credit_sees_figures():
                raise
            texts = (pickings._credit_get_neutral_reason(), pickings._credit_get_way_forward())
            raise UserError(" ".join(texts)) from None

    def _credit_check_transfer(self):
        """Refuse to move goods to customers without a transfer or an order: nobody could be asked.

        :raise UserError: naming the product
        """
        lost = self.filtered(lambda move: not (move.picking_id or move.sale_line_id))
        lost = lost.filtered(lambda move: move.company_id._is_credit_checked())
        if lost:
            raise UserError(
                self.env._(
                    "%(product)s would go to customers without a transfer, and nothing says whose credit is used. "
                    "Make a delivery order with the customer as contact.",
                    product=lost[0].product_id.display_name,
                )
            )

    def _credit_check_counted(self):
        """Refuse what its order would not count: it says that it gives something back, and does not.

        :raise UserError: naming the product
        """
        self._credit_check_ways()
        ordered = self.filtered(lambda move: move.sale_line_id and move.origin_returned_move_id and not move.to_refund)
        wrong = ordered.filtered(lambda move: move._credit_is_outbound() and not move._credit_is_way_back())
        if wrong.filtered(lambda move: move.company_id._is_credit_checked()):
            raise UserError(
                self.env._(
                    "%(product)s is more than what came back, or was never returned: the order would not count it. "
                    "Deliver it by the order.",
                    product=wrong[0].product_id.display_name,
                )
            )

    def _credit_check_ways(self):
        """Refuse what leaves by its lines alone: its order counts where the move goes.

        :raise UserError: naming the product
        """
        diverted = self.filtered(
            lambda move: move.sale_line_id and move._credit_is_outbound() and not move._credit_is_way_out()
        )
        if diverted.filtered(lambda move: move.company_id._is_credit_checked()):
            raise UserError(
                self.env._(
                    "%(product)s would go to customers by a line of a transfer that does not: the order would not "
                    "count it. Deliver it by the order.",
                    product=diverted[0].product_id.display_name,
                )
            )

    def _credit_check_receivers(self):
        for picking in self.picking_id:
            picking._credit_check_receiver(picking._credit_get_moving())

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `stock`: a move that is created as done is checked too.

        :raise UserError: with the reasons, when its customer does not pass
        """
        if not self.env.su:  # whoever can make a move cannot call it a replacement
            vals_list = [{**vals, "credit_is_replacement": False} for vals in vals_list]
        with self._credit_find_orders(vals_list)._credit_measure_left():
            moves = super().create(vals_list)
        moves._credit_check_goods()
        moves.filtered(lambda move: move.state == "done")._credit_guard_done()
        return moves

    @api.model
    def _credit_find_orders(self, vals_list):
        """Return the orders of which new moves may say that something came back: no transfer says it with them."""
        default = self.env.context.get("default_sale_line_id")
        line_ids = {vals.get("sale_line_id", default) for vals in vals_list}
        # which goods are whose is a fact
        lines = self.env["sale.order.line"].sudo().browse(filter(None, line_ids)).exists()
        return self.env["sale.order"].browse(lines.order_id.ids)

    def write(self, vals):
        """Override of `stock`: the guard below `_action_done`, and every other way into state 'done'.

        :raise UserError: with the reasons, when a customer does not pass
        :raise RedirectWarning: where less has left than before, and the company asks for a second person
        """
        if not self.env.su:
            vals = {name: value for name, value in vals.items() if name != "credit_is_replacement"}
        self._credit_check_left(vals)
        if vals.get("state") == "done":
            self.filtered(lambda move: move.state != "done")._credit_guard_done()
        typed = self if COUNTED & vals.keys() else self.browse()
        with typed._credit_get_counting()._credit_measure_left(), self._credit_keep_bonds(vals):
            result = super().write(vals)
        if "sale_line_id" in vals:
            self._credit_check_goods()
        return result

    def _credit_get_counting(self):
        """Return the orders that count what has left by these moves: a smaller quantity makes a debt disappear.

        That something came back is the word of the warehouse. Whoever is not of it, and says so, is asked as well.
        """
        # which goods are whose is a fact
        left = self.sudo()
        if self.env.user.has_group("stock.group_stock_user"):
            left = left.filtered(lambda move: move.state == "done" and move._credit_is_outbound())
        return self.env["sale.order"].browse(left.sale_line_id.order_id.ids)

    def _credit_check_left(self, vals):
        """Refuse to say that goods have not left: they come back by a return.

        :raise AccessError: when a person writes another state on what is done, once something is checked
        """
        if self.env.su or vals.get("state", "done") == "done" or not self.env["credit.policy"]._is_any_on():
            return
        # which goods are whose is a fact
        if self.sudo().filtered(lambda move: move.state == "done" and any(move._credit_get_way())):
            raise AccessError(self.env._("These goods have left. Return them instead."))

    def _action_synch_order(self):
        """Override of `sale_stock`: products that were added in the warehouse are counted on the order, and
        reported. They were checked with their transfer."""
        return super(StockMove, self.sudo())._action_synch_order()  # the system adds them

    # -- reservation ---------------------------------------------------------------------------------

    def _action_assign(self, force_qty=False):
        """Override of `stock` to reserve nothing for what is on hold, where the company wants that."""
        waiting = self.filtered(lambda move: not move.picked and move.state not in ("draft", "done", "cancel"))
        pickings = waiting.picking_id
        pickings._credit_gate_reservation(waiting)
        stopped = pickings.filtered(lambda picking: picking._credit_is_unreservable()).move_ids
        return super(StockMove, self - stopped)._action_assign(force_qty=force_qty)


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `stock`: what is added to a transfer that is done was delivered too.

        :raise UserError: with the reasons, when its customer does not pass
        """
        moves = self.env["stock.move"].browse(filter(None, {vals.get("move_id") for vals in vals_list}))
        with moves._credit_get_counting()._credit_measure_left():
            lines = super().create(vals_list)
        lines._credit_check_goods()
        lines._credit_guard_growth({})
        return lines

    def write(self, vals):
        """Override: see `create`. What an order counts does not become less unseen.

        :raise RedirectWarning: where the company asks for a second person
        """
        if not COLUMNS[self._name].watched & vals.keys():
            return super().write(vals)
        before = {line: line._credit_get_left() for line in self}
        with self.move_id._credit_get_counting()._credit_measure_left(), self._credit_keep_bonds(vals):
            result = super().write(vals)
        self._credit_check_given(before)
        self._credit_check_goods()
        self._credit_guard_growth(before)
        return result

    def _credit_get_left(self):
        """Return how much has left by the line, in the unit of its product."""
        return self.quantity_product_uom if self.state == "done" and self._credit_is_way_out() else 0.0

    def _credit_guard_growth(self, before):
        """Refuse to raise what was delivered beyond what credit allows."""
        grown = self.filtered(lambda line: line._credit_get_left() > before.get(line, 0.0))
        if grown:
            grown.move_id._credit_guard_done()

    def _credit_check_given(self, before):
        """Refuse to a person to say that less came from a customer than he was given back, or that less was given.

        :raise AccessError: once something is checked
        """
        if self.env.su or not self.env["credit.policy"]._is_any_on():
            return
        lines = self.sudo()  # which goods are whose is a fact
        shrunk = lines.filtered(lambda line: line._credit_get_left() < before.get(line, 0.0)).move_id
        is_given = any(move.location_id._credit_is_customers() for move in shrunk.origin_returned_move_id)
        if is_given or any(move._credit_is_less_than_given() for move in lines.move_id):
            raise AccessError(
                self.env._("What a customer was given back is not made less by hand. Return the goods instead.")
            )
