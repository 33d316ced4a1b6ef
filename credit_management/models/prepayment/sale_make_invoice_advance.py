"""The invoice that asks for a deposit: with tax, or plain where the tax is due with the delivery only."""

from odoo import Command, models
from odoo.exceptions import UserError

from ..documents.sale_order import OPEN_STATES


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def _prepare_down_payment_invoice_values(self, order, so_lines):
        """Override of `sale`: the same amount without tax where the company asks for deposits so. All the tax is then
        on the invoices of the delivery, from which the plain amount is deducted."""
        if self.company_id._credit_company().sudo().credit_deposit_invoice == "plain":  # a setting, for every user
            self._credit_take_tax_in(order, so_lines)
        return super()._prepare_down_payment_invoice_values(order, so_lines)

    def _credit_take_tax_in(self, order, so_lines):
        """Let the lines of a down payment ask for its whole amount without tax; the last one takes what is left."""
        is_fixed = self.advance_payment_method == "fixed"
        left = self.fixed_amount if is_fixed else order.currency_id.round(order.amount_total * self.amount / 100)
        for line in so_lines:
            whole = line.tax_ids.compute_all(line.price_unit, order.currency_id)["total_included"]
            price = left if line == so_lines[-1] else whole
            line.write({"tax_ids": [Command.clear()], "price_unit": price, "extra_tax_data": False})
            left -= price


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_credit_invoice_deposit(self):
        """Ask for what is missing of the deposit by a down-payment invoice.

        :return: Odoo's dialog, filled in
        :rtype: dict
        :raise UserError: when nothing is missing
        """
        self.ensure_one()
        self.check_access("write")
        asked = self._credit_find_asked()[self]
        if self.state not in (*OPEN_STATES, "sale") or not asked.deposit.is_missing(asked.tolerance):
            raise UserError(self.env._("Nothing is missing of a deposit of %(order)s.", order=self.name))
        action = self.env["ir.actions.actions"]._for_xml_id("sale.action_view_sale_advance_payment_inv")
        return {**action, "context": {
            "active_model": self._name, "active_id": self.id, "active_ids": self.ids,
            "default_advance_payment_method": "fixed", "default_fixed_amount": asked.deposit.missing,
        }}
