"""What an order tells of the documents that follow from it: prices, what is delivered, what is paid."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_mark(self, hold, state):
        """Override: a released order frees the documents that follow from it."""
        super()._credit_mark(hold, state)
        if state == "released":
            self._credit_queue_recheck()

    def _credit_get_paid_share(self):
        """Return which share of the order was received: online, or on its posted invoices."""
        total = self._credit_get_amount()
        received = max(self._credit_get_prepaid(), sum(self.order_line.invoice_lines.mapped(_get_received)))
        return min(1.0, received / total) if total > 0 else 0.0

    def _credit_get_delivered(self):
        """Return what was delivered of these orders, tax included, in company currency."""
        return sum(line.qty_delivered * line._credit_get_unit_price() for line in self.order_line)


def _get_received(invoice_line):
    """Return the paid part of an invoice line, in company currency; negative on a credit note."""
    move = invoice_line.move_id
    if move.state != "posted" or not move.amount_total:
        return 0.0
    paid = 1 - move.amount_residual / move.amount_total
    return -move.direction_sign * invoice_line.price_total * paid / (move.invoice_currency_rate or 1.0)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _credit_get_unit_price(self):
        """Return the price of one unit, tax included, in company currency."""
        price = self.price_total / self.product_uom_qty if self.product_uom_qty else self.price_unit
        return price / (self.order_id.currency_rate or 1.0)

    def _credit_get_undelivered(self):
        """Return the quantity that the exposure contains, as order or as invoice, and that is still here."""
        order = self.order_id
        is_counted = (
            order.state == "sale" and order.company_id.credit_count_orders and not order._credit_is_beyond_horizon()
        )
        return max(self.product_uom_qty if is_counted else 0.0, self.qty_invoiced) - self.qty_delivered
