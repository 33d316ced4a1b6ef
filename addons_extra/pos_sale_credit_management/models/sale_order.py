"""Quotations that are settled at the counter: confirmed without an error, whatever credit says."""

import dataclasses

from odoo import models
from odoo.tools import SQL


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_get_settled(self):
        """Return what was settled of the order at a counter, in company currency: paid there, or decided there."""
        lines = self.sudo().pos_order_line_ids  # salespeople read no sales of the counter
        sold = lines.filtered(lambda line: line.order_id.state in ("paid", "done"))
        return self.company_id.currency_id.round(sum(line._credit_get_settled() for line in sold))

    def _credit_read_counted(self):
        """Return ``{order id: what the facts contain of it}``, in company currency."""
        if not self:
            return {}
        Exposure = self.env["credit.exposure"]
        customers = self.partner_invoice_id.commercial_partner_id
        scope = Exposure._make_scope(self.company_id[:1]._credit_today(), customers.ids)
        rows = self.env.execute_query(
            SQL(
                "SELECT res_id, SUM(amount) FROM (%s) d WHERE res_id IN %s GROUP BY res_id",
                Exposure._get_orders_sql(scope),
                tuple(self.ids),
            )
        )
        return {order_id: float(amount) for order_id, amount in rows}

    def _credit_prepare_request(self, check):
        """Override: what was settled at a counter is not asked for a second time. Nothing is left to
        be lent on an order that was settled in full; only a forced hold of its own still stops it."""
        request = super()._credit_prepare_request(check)
        settled = self._credit_get_settled() if self.state in ("draft", "sent") else 0.0
        if settled <= 0:
            return request
        is_full = settled >= request.amount_document
        is_stopped = not is_full or self.credit_hold_id._is_forced_open()
        ordered = request.ordered
        return dataclasses.replace(
            request,
            ordered=dataclasses.replace(ordered, received=ordered.received + settled * ordered.rate),
            amount=max(0.0, request.amount - settled),
            amount_prepaid=request.amount_prepaid + settled,
            forced_hold=request.forced_hold if is_stopped else "",
        )

    def _credit_is_at_counter(self):
        """Tell whether these orders were settled at a counter: the customer has paid and gone."""
        return bool(self) and all(order._credit_get_settled() for order in self)

    def _credit_is_interactive(self):
        """Override: an error would break the session of the counter; the order is held, and tells somebody."""
        return super()._credit_is_interactive() or self._credit_is_at_counter()

    def _credit_get_refused(self, decisions):
        refused = super()._credit_get_refused(decisions)
        return refused.filtered(lambda order: not order._credit_is_at_counter())
