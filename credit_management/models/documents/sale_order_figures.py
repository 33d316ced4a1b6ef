"""What an order tells of the documents that follow from it: prices, what is delivered, what is paid."""

from odoo import models

PRICE = "price_"  # how the weights of prices begin


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_get_paid_share(self):
        """Return which share of the order was received, by whatever way."""
        total = self.amount_total
        return min(1.0, self._credit_get_received() / total) if total > 0 else 0.0

    def _credit_get_share(self, transaction):
        """Return what of an online payment is this order's, in the currency of the payment.

        Orders that share a payment are served by number, the last one takes the rest.
        """
        orders = transaction.sale_order_ids.filtered(lambda order: order.state != "cancel")
        earlier = orders.filtered(lambda order: order.id < self._origin.id)
        later = orders - earlier - self._origin
        left = max(0.0, abs(transaction.amount) - sum(max(0.0, order.amount_total) for order in earlier))
        share = min(left, max(0.0, self.amount_total)) if later else left
        return share if transaction.amount > 0 else -share

    def _credit_get_own_amount(self, request):
        """Override: what is invoiced of a confirmed order counts as invoice, and no longer once it is paid."""
        amount = super()._credit_get_own_amount(request)
        if self.state != "sale":
            return amount
        posted = self.order_line.invoice_lines.filtered(_is_posted)
        open_amount = self.company_id.currency_id.round(self._credit_get_open(posted) / self._credit_get_rate())
        return min(amount, open_amount)

    def _credit_get_delivered(self):
        """Return what was delivered of these orders, tax included, in company currency, and taken off it since. What
        somebody says has come back, or a discount, gives nothing back."""
        delivered = sum(max(0.0, line.qty_delivered * line._credit_get_unit_price()) for line in self.order_line)
        return delivered + sum(self.mapped("credit_amount_lowered"))

    def _credit_get_extra(self):
        """Return what was delivered beyond the order, tax included, in company currency: it is owed, too."""
        lines = self.order_line if self.state == "sale" else self.order_line.browse()  # nothing is delivered before
        return self.company_id.currency_id.round(sum(line._credit_get_extra() for line in lines))

    def _credit_get_prices(self):
        """Return the price of one unit of each line, in company currency, by the name of a weight."""
        return {f"{PRICE}{line.id}": line._credit_get_unit_price() for line in self.order_line}

    def _credit_get_grown(self, before):
        """Override: a price matters where more was delivered than ordered. That the goods have left does not make
        them dearer; of all other lines the amount of the order tells."""
        grown = super()._credit_get_grown(before)
        extra = {f"{PRICE}{line.id}" for line in self.order_line if line.qty_delivered > line.product_uom_qty}
        return {name for name in grown if not name.startswith(PRICE) or name in extra}

    def _credit_get_taken(self, move):
        """Return by how much an invoice lowers what the order counts for, in company currency.

        At the invoice's rate where the currencies are the same: what was ordered can be invoiced
        though the rate has changed. Another draft of a negative line covers nothing yet.
        """
        lines = self.order_line.invoice_lines
        own = lines & move.invoice_line_ids
        others = (lines - own).filtered(lambda line: _is_posted(line) or self._credit_is_covered_by(line))
        rate = move.invoice_currency_rate if move.currency_id == self.currency_id else self._credit_get_rate()
        return (self._credit_get_open(others) - self._credit_get_open(others | own)) / (rate or 1.0)

    def _credit_is_covered_by(self, invoice_line):
        """Tell whether a line of a draft covers the order: one for somebody else does not, nor a negative one."""
        move = invoice_line.move_id
        is_own = move.commercial_partner_id == self.partner_invoice_id.commercial_partner_id
        return is_own and move.state == "draft" and move.move_type == "out_invoice" and invoice_line.price_total > 0

    def _credit_get_used_by_invoices(self, move):
        """Return what else than an invoice uses up the order's release, in company currency: its other
        posted invoices, less credit notes, and what is still to be invoiced."""
        lines = self.order_line.invoice_lines
        own = lines & move.invoice_line_ids
        posted = (lines - own).filtered(_is_posted)
        invoiced = sum(posted.move_id.mapped("amount_total_signed"))
        return invoiced + self._credit_get_open(posted | own, is_whole=True) / self._credit_get_rate()

    def _credit_get_open(self, invoice_lines, is_whole=False):
        """Return what the order counts for where these invoice lines cover it, in its own currency.

        :param bool is_whole: also what the exposure leaves out. Otherwise an order that does not
            count, or is beyond the horizon, counts for what was delivered
        """
        total, delivered = self._credit_get_open_parts(invoice_lines)
        if is_whole or (self.company_id.credit_count_orders and not self._credit_is_beyond_horizon()):
            return total
        return min(total, delivered)

    def _credit_get_open_parts(self, invoice_lines):
        """Return what is left to be invoiced, and what is delivered of it, where these invoice lines cover the order,
        in its own currency."""
        total, delivered, owed = self._credit_add_up_open(invoice_lines)
        return max(0.0, total, owed), max(0.0, delivered)

    def _credit_add_up_open(self, invoice_lines):
        """Return the sums of what `sale.order.line._credit_get_open` says of each line."""
        lines = self.order_line.filtered(lambda line: not line.display_type)
        parts = [line._credit_get_open(line.invoice_lines & invoice_lines) for line in lines]
        return [sum(part) for part in zip(*parts, strict=True)] or [0.0, 0.0, 0.0]

    def _credit_get_ahead(self, amount):
        """Return by how much a delivery of an amount, in company currency, makes the order count for more: what it
        orders back has not come back."""
        if not any(line._credit_is_way_back() for line in self.order_line):
            return 0.0
        lines = self.order_line.invoice_lines
        covering = lines.filtered(lambda line: _is_posted(line) or self._credit_is_covered_by(line))
        total, _delivered, owed = (part / self._credit_get_rate() for part in self._credit_add_up_open(covering))
        return max(0.0, owed + amount - max(0.0, total, owed))


def _is_posted(invoice_line):
    return invoice_line.parent_state == "posted"


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _credit_get_unit_price(self):
        """Return the price of one unit, tax included, in company currency."""
        return self._credit_get_unit() / self.order_id._credit_get_rate()

    def _credit_get_extra(self):
        """Return what was delivered beyond the order, tax included, in company currency."""
        quantity = self.qty_delivered - self.product_uom_qty
        return quantity * self._credit_get_unit_price() if quantity > 0 else 0.0

    def _credit_get_open(self, invoice_lines):
        """Return what these invoice lines leave to be invoiced, the delivered part of it, and what is owed of it
        whatever is still to come or to come back, tax included, in the currency of the order; negative for what a
        down payment takes off it."""
        if self._credit_is_advance():
            advance = -sum(self._credit_get_advance(line) for line in invoice_lines)
            return advance, 0.0, advance
        ordered, delivered, unit = self.product_uom_qty, self.qty_delivered, self._credit_get_unit()
        invoiced = sum(self._credit_get_invoiced(line) for line in invoice_lines)
        is_return = ordered < 0
        left = min(ordered - invoiced, 0.0) if is_return else max(max(ordered, delivered) - invoiced, 0.0)
        gone = max(delivered - invoiced, 0.0)
        owed = left if is_return or unit < 0 else gone
        if self._credit_is_way_back():
            owed = min(delivered - invoiced, 0.0)
        return left * unit, gone * unit, owed * unit

    def _credit_is_way_back(self):
        """Tell whether the line orders goods back of which stock knows whether they came."""
        return self.product_uom_qty < 0 and self.qty_delivered_method == "stock_move"

    def _credit_is_advance(self):
        """Tell whether the line is a down payment: it is of no quantity, ordered or delivered."""
        return self.is_downpayment and not self.product_uom_qty and not self.qty_delivered

    def _credit_get_invoiced(self, invoice_line):
        quantity = invoice_line.product_uom_id._compute_quantity(
            invoice_line.quantity, self.product_uom_id, round=False
        )
        return -invoice_line.move_id.direction_sign * quantity

    def _credit_get_advance(self, invoice_line):
        rate = 1.0
        if invoice_line.currency_id != self.currency_id:
            rate = self.order_id._credit_get_rate() / (invoice_line.move_id.invoice_currency_rate or 1.0)
        return -invoice_line.move_id.direction_sign * invoice_line.price_total * rate

    def _credit_get_undelivered(self):
        """Return the quantity that the exposure contains, as order or as invoice, and that is still here."""
        order = self.order_id
        is_counted = (
            order.state == "sale" and order.company_id.credit_count_orders and not order._credit_is_beyond_horizon()
        )
        return max(self.product_uom_qty if is_counted else 0.0, self.qty_invoiced) - self.qty_delivered

    def _credit_is_ahead(self, move):
        """Tell whether an invoice takes more of the line than was delivered and is in no posted invoice yet.

        Another draft does not stand in its way: what was delivered can be invoiced. A down payment is of no goods.
        """
        if self._credit_is_advance():
            return False
        own = self.invoice_lines & move.invoice_line_ids
        invoiced = sum(map(self._credit_get_invoiced, (self.invoice_lines - own).filtered(_is_posted)))
        taken = sum(self._credit_get_invoiced(line) for line in own if line.price_total > 0)
        return self.product_uom_id.compare(taken, max(self.qty_delivered - invoiced, 0.0)) > 0
