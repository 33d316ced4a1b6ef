"""Sales that settle sale orders: what the exposure contains of them already."""

from odoo import models

SOLD = ("paid", "done")


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _credit_get_debtor(self):
        """Override: an invoice goes to whom the settled order invoices."""
        settled = self.lines.sale_order_origin_id[:1] if self.to_invoice else self.env["sale.order"]
        is_other = settled.partner_invoice_id != settled.partner_id
        return settled.partner_invoice_id if is_other else super()._credit_get_debtor()

    def _credit_get_counted(self, amount, profile):
        """Override: a sale takes what it settles off its sale order; of a finished one only the down
        payments are still to come, which `pos_sale` takes off after the sale was saved. Never more than there is of
        the order: a down payment may be of any amount."""
        lines = self.lines.filtered(lambda line: line._credit_is_order_counted(profile))
        if self.state in SOLD:
            lines = lines.filtered(lambda line: not line.sale_order_line_id)
        by_order = lines.grouped("sale_order_origin_id")
        counted = lines.sale_order_origin_id._credit_read_counted()
        settled = sum(
            min(sum(line._credit_get_settled() for line in of_order), counted.get(order.id, 0.0))
            for order, of_order in by_order.items()
        )
        return super()._credit_get_counted(amount, profile) + self.company_id.currency_id.round(settled)

    def _credit_get_advance_share(self):
        """Return which share of its down payments the sale receives: a discount on the same sale is no money."""
        received = self.payment_ids.filtered(
            lambda payment: payment.payment_method_id.journal_id
            or payment.payment_method_id.split_transactions
            or self.to_invoice
        )
        advance = sum(max(0.0, line.price_subtotal_incl) for line in self.lines if line._credit_is_advance())
        return min(1.0, max(0.0, sum(received.mapped("amount"))) / advance) if advance else 1.0

    def _credit_get_release_keys(self):
        """Override: the release of a sale order covers what is settled of it, if nothing else is on account."""
        keys = super()._credit_get_release_keys()
        for order in self.sudo():  # cashiers read no sale orders
            if order._credit_get_on_account() <= sum(line._credit_get_settled() for line in order.lines):
                keys += [("sale.order", order_id) for order_id in order.lines.sale_order_origin_id.ids]
        return keys


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _credit_is_order_counted(self, profile):
        """Tell whether the exposure of a customer contains the sale order of the line."""
        order = self.sale_order_origin_id
        return (
            order.state == "sale"
            and order.company_id._credit_company() == profile.company_id
            and order.company_id.credit_count_orders
            and not order._credit_is_beyond_horizon()
            and order.partner_invoice_id.commercial_partner_id == profile.partner_id
        )

    def _credit_is_advance(self):
        """Tell whether the line is a down payment on a sale order: `pos_sale` knows them by the article, and gives them
        a line of the order after the sale."""
        if self.sale_order_line_id:
            return self.sale_order_line_id.is_downpayment
        article = self.order_id.config_id.down_payment_product_id
        return bool(article) and self.product_id == article

    def _credit_get_settled(self):
        """Return what the line takes off its sale order, tax included, in company currency.

        At the order's price, and within what was open of it; a down payment at its own amount as far as it was
        received, negative where it is deducted. What only names an order takes nothing off it.
        """
        ordered = self.sale_order_line_id
        if not self.sale_order_origin_id or not (ordered or self._credit_is_advance()):
            return 0.0
        if self._credit_is_advance():
            share = self.order_id._credit_get_advance_share() if self.price_subtotal_incl > 0 else 1.0
            return self.price_subtotal_incl * share / (self.order_id.currency_rate or 1.0)
        quantity = ordered._convert_qty(ordered, self.qty, "p2s")
        before = ordered.qty_invoiced - (quantity if self.order_id.state in SOLD else 0.0)
        left = max(ordered.product_uom_qty, ordered.qty_delivered) - before
        return max(0.0, min(quantity, left)) * ordered._credit_get_unit_price()
