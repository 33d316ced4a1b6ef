"""Payments that are changed after the sale: from cash to account, for instance."""

from odoo import api, models

from .pos_order_finish import SOLD, is_selling


class PosPayment(models.Model):
    _inherit = "pos.payment"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: what is put on account after the sale is decided too."""
        payments = super().create(vals_list)
        payments._credit_check_sold()
        return payments

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        if {"amount", "payment_method_id", "pos_order_id"} & vals.keys():
            self._credit_check_sold()
        return result

    def _credit_check_sold(self):
        """Decide sales that were finished before; one that is being taken in is decided when it is whole."""
        sold = self.pos_order_id.filtered(lambda order: order.state in SOLD)
        is_on_account = any(payment.payment_method_id.type == "pay_later" for payment in self)
        if sold and is_on_account and not is_selling(self.env.cr):
            sold._credit_finish()
