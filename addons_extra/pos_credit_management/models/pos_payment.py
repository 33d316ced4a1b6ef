"""Payments that are changed after the sale: from cash to account, for instance, or away from it."""

from odoo import api, models

from .pos_order_finish import SOLD, not_selling


class PosPayment(models.Model):
    _inherit = "pos.payment"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: what is put on account after the sale is decided too.

        :raise AccessError: for persons, when what is owed for a sale becomes less without money
        """
        orders = self.env["pos.order"].browse({vals["pos_order_id"] for vals in vals_list if vals.get("pos_order_id")})
        with orders._credit_watch_payments():
            payments = super().create(vals_list)
        payments._credit_check_sold()
        return payments

    def write(self, vals):
        """Override: see `create`."""
        if not {"amount", "payment_method_id", "pos_order_id"} & vals.keys():
            return super().write(vals)
        with (self.pos_order_id | self.pos_order_id.browse(vals.get("pos_order_id")))._credit_watch_payments():
            result = super().write(vals)
        self._credit_check_sold()
        return result

    def unlink(self):
        """Override: see `create`."""
        with self.pos_order_id._credit_watch_payments():
            return super().unlink()

    def _credit_check_sold(self):
        """Decide sales that were finished before; one that is being taken in is decided when it is whole."""
        sold = not_selling(self.pos_order_id).filtered(lambda order: order.state in SOLD)
        if sold and any(payment.payment_method_id.type == "pay_later" for payment in self):
            sold._credit_finish()
