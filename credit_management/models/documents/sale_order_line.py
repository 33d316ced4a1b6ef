"""Lines: an order that was confirmed grows through them, and what they count for is not typed."""

from odoo import SUPERUSER_ID, api, models


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "credit.fact.mixin"]

    _credit_down_payments_idx = models.Index("(order_id) WHERE is_downpayment")
    _credit_deducted_idx = models.Index(
        "(order_id) WHERE is_downpayment AND (qty_invoiced < 0 OR untaxed_amount_invoiced < 0 OR product_uom_qty <> 0)"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a line makes a confirmed order grow, or takes something off what has left.

        :raise UserError: with the reasons, when the larger order does not pass
        :raise RedirectWarning: where the company asks for a second person
        """
        default = self.env.context.get("default_order_id")
        orders = self._credit_find_orders({vals.get("order_id", default) for vals in vals_list})
        with orders._credit_watch_left(is_wish=self._credit_is_wish(vals_list)):
            return super().create(vals_list)

    @api.model
    def _credit_is_wish(self, vals_list):
        """Tell whether a person asks for new lines, though core adds them with all rights: the shipping cost whose
        price somebody has typed. What a carrier has asked for a delivery is added by the system."""
        return self.env.uid != SUPERUSER_ID and any(vals.get("is_delivery") for vals in vals_list)

    def write(self, vals):
        """Override: see `create`."""
        orders = self._credit_find_orders({*self.order_id.ids, vals.get("order_id")})
        with orders._credit_watch_left():
            result = super().write(vals)
        orders.filtered(_is_confirmed)._credit_queue_recheck()
        return result

    def unlink(self):
        """Override: an order grows, too, by what is taken off it: a discount, a returned down payment."""
        orders = self._credit_find_orders(self.order_id.ids)
        with orders._credit_watch_left():
            result = super().unlink()
        orders.filtered(_is_confirmed)._credit_queue_recheck()
        return result

    @api.model
    def _credit_find_orders(self, order_ids):
        """Return the orders that lines leave and join."""
        return self.env["sale.order"].browse(filter(None, order_ids))


def _is_confirmed(order):
    return order.state == "sale"
