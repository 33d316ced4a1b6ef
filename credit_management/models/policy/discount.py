"""What documents cost by price list, and what is charged for them: the discount, wherever it was given.

In the discount column, by a typed price, by a negative line. Prices are compared as they are typed, taxes in or out.
Worked out only where a rule asks for it.
"""

from odoo import models

from ...engine.indicators import discount


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_get_discount(self):
        """Return the best discount in percent: of a line, or of the whole order against the price list."""
        lines = self.order_line.filtered(lambda line: line._credit_is_charged())
        prices = [(line._credit_get_list_price() * line.product_uom_qty, line._credit_get_charged()) for line in lines]
        return max(discount(prices), *lines.mapped("discount"), 0.0)

    def _credit_get_discount_asked(self):
        """Return the best discount where a rule may ask for it, else 0.0: it takes the price of each line."""
        is_asked = self.env["credit.policy"]._is_asked("discount_better", self.company_id)
        return self._credit_get_discount() if is_asked else 0.0


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _credit_is_charged(self):
        """Tell whether the line is about goods or their price: not a text, an advance, or shipping."""
        is_shipping = "is_delivery" in self._fields and self.is_delivery
        return not (self.display_type or self.is_downpayment or is_shipping)

    def _credit_get_list_price(self):
        """Return what one unit costs by the price list of the order, as Odoo proposes it; 0.0 where it has none."""
        if not self.product_id:
            return 0.0
        line = self.with_company(self.company_id)
        return line.product_id._get_tax_included_unit_price_from_price(
            line._get_display_price(),
            product_taxes=line.product_id.taxes_id._filter_taxes_by_company(line.company_id),
            fiscal_position=line.order_id.fiscal_position_id,
        )

    def _credit_get_charged(self):
        """Return what is charged for the line, at its price as it was typed."""
        return self.price_unit * self.product_uom_qty * (1 - self.discount / 100)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_get_discount(self):
        """Return the best discount in percent: of a line, or of the whole invoice against the price list."""
        lines = self.invoice_line_ids.filtered(lambda line: line._credit_is_charged())
        prices = [(line._credit_get_list_price() * line.quantity, line._credit_get_charged()) for line in lines]
        return max(discount(prices), *lines.mapped("discount"), 0.0)

    def _credit_is_discounted(self):
        """Tell whether less is charged than the orders say, where a rule asks: somebody has given a discount here.

        A lower quantity is none.
        """
        if not self.env["credit.policy"]._is_asked("discount_better", self.company_id):
            return False
        lines = self.invoice_line_ids.filtered(lambda line: line._credit_is_charged())
        agreed = sum(line._credit_get_agreed() for line in lines)
        return self.currency_id.compare_amounts(agreed, sum(line._credit_get_charged() for line in lines)) > 0


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _credit_is_charged(self):
        """Tell whether the line is about goods or their price: see the order's."""
        ordered = self.sale_line_ids
        return self.display_type == "product" and all(line._credit_is_charged() for line in ordered)

    def _credit_get_list_price(self):
        """Return what one unit costs by price list: that of its order, else the product's, as Odoo proposes it."""
        if self.sale_line_ids:
            ordered = self.sale_line_ids[0]
            return ordered._credit_get_list_price() * self._credit_get_ordered_units(ordered)
        if not self.product_id:
            return 0.0
        move = self.move_id
        return self.product_id._get_tax_included_unit_price(
            move.company_id, move.currency_id, move.date, "sale",
            fiscal_position=move.fiscal_position_id, product_uom=self.product_uom_id,
        )

    def _credit_get_agreed(self):
        """Return what the order says that is to be charged for this quantity; what no order knows was not agreed."""
        ordered = self.sale_line_ids[:1]
        if not ordered:
            return max(self._credit_get_charged(), 0.0)
        price = ordered.price_unit * (1 - ordered.discount / 100)
        return price * self.quantity * self._credit_get_ordered_units(ordered)

    def _credit_get_ordered_units(self, ordered):
        """Return how many units of the order one unit of the invoice is."""
        return self.product_uom_id._compute_quantity(1.0, ordered.product_uom_id, round=False) if ordered else 1.0

    def _credit_get_charged(self):
        """Return what is charged for the line, at its price as it was typed."""
        return self.price_unit * self.quantity * (1 - self.discount / 100)
