"""Orders that are confirmed no longer: what was delivered of them is owed on, and `sale` is left on one way only.

Three things end the debt: the order is confirmed again and invoiced, the goods come back, or somebody says with a
reason that it will not be invoiced. The last one lets more pass than before; so does what takes something off it
otherwise: see `sale_order_lowered.py`.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..change.measures import higher_amount, named
from ..gate.transaction import cancelling, is_cancelling

WAIVED = frozenset({"credit_amount_waived", "credit_waived_reason"})
LEFT_STATES = ("draft", "sent", "cancel")


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "credit.loosening"]

    credit_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    credit_amount_uninvoiced = fields.Monetary(
        "Delivered, Not Invoiced",
        compute="_compute_credit_amount_uninvoiced",
        currency_field="credit_currency_id",
        groups="base.group_user",
        help="What was delivered of an order that is not confirmed any more, and not invoiced, tax included. "
        "The customer owes it: confirm the order again, take the goods back, or say that it will not be invoiced.",
    )
    credit_amount_waived = fields.Monetary(
        "Will Not Be Invoiced",
        currency_field="credit_currency_id",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="What was delivered and will never be invoiced. It does not count in the credit exposure.",
    )
    credit_waived_reason = fields.Char(
        "Not Invoiced Because", copy=False, readonly=True, groups="base.group_user", help="Why it is not invoiced."
    )

    @api.depends("state", "order_line.qty_delivered", "order_line.qty_invoiced", "credit_amount_waived")
    def _compute_credit_amount_uninvoiced(self):
        amounts = self._credit_read_uninvoiced()
        for order in self:
            order.credit_amount_uninvoiced = amounts.get(order._origin.id, 0.0)

    def _credit_read_uninvoiced(self):
        """Return ``{id: amount}`` of what is delivered and not invoiced of those that are not confirmed."""
        # filtered once: what is filtered anew reads its lines order by order
        left = self.filtered(
            lambda order: order.state != "sale" and any(line.qty_delivered for line in order.order_line)
        )._origin
        if not left:
            return {}
        Exposure = self.env["credit.exposure"]
        self.env.flush_all()
        customers = left.sudo().partner_invoice_id.commercial_partner_id  # ids only
        scope = Exposure._make_scope(left[:1].company_id._credit_today(), customers.ids)  # no day matters to it
        query = "SELECT id, total::float FROM (%s) o WHERE id IN %s"
        return dict(self.env.execute_query(SQL(query, Exposure._get_left_orders_sql(scope), tuple(left.ids))))

    def _credit_get_left(self):
        """Return what the facts contain already of an order that is not confirmed, in company currency."""
        return self._credit_read_uninvoiced().get(self._origin.id, 0.0) if self.company_id.credit_count_orders else 0.0

    # -- will not be invoiced ----------------------------------------------------------------------

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), **named({"credit_amount_waived": higher_amount})}

    def _credit_get_profiting(self):
        return super()._credit_get_profiting() | self.sudo().user_id  # who sells, whoever asks

    def _credit_waive(self, reason):
        """Say that what was delivered of these orders will not be invoiced: it counts no longer.

        :param str reason: why; shown on the order
        :raise AccessError: without the rights of a credit manager
        :raise UserError: when nothing is left to be invoiced
        """
        self._credit_check_may_waive()
        self.check_access("read")
        amounts = self._credit_read_uninvoiced()
        for order in self:
            if not amounts.get(order.id):
                raise UserError(
                    self.env._("%(order)s: nothing was delivered that is not invoiced.", order=order.display_name)
                )
            amount = order.credit_amount_waived + amounts[order.id]
            order.write({"credit_amount_waived": amount, "credit_waived_reason": reason})

    @api.model
    def _credit_check_may_waive(self):
        if not self.env.su and not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers say that a delivery will not be invoiced."))

    @api.model_create_multi
    def create(self, vals_list):
        """Override: nobody creates an order of which something will not be invoiced."""
        orders = super().create(vals_list)
        if any(orders.sudo().mapped("credit_amount_waived")):  # the value may be a default, whoever may see it
            self._credit_check_may_waive()
        return orders

    # -- the way out -------------------------------------------------------------------------------

    def write(self, vals):
        """Override: a confirmed order is cancelled, it does not become a quotation by a value that is written.

        :raise AccessError: when somebody writes the state of a confirmed order, or that it is not invoiced
        """
        if WAIVED & vals.keys():
            self._credit_check_may_waive()
        if vals.get("state") in LEFT_STATES:
            self._credit_check_leaving(vals["state"])
        if vals.get("state") == "sale":
            # what is confirmed again will be invoiced, whoever confirms it
            waived = self.sudo().filtered("credit_amount_waived")
            if waived:
                waived.write({"credit_amount_waived": 0.0, "credit_waived_reason": False})
        result = super().write(vals)
        if "credit_amount_waived" in vals:
            self._credit_queue_recheck()
        return result

    def _credit_check_leaving(self, state):
        """Refuse to a person to write another state on confirmed orders, once something is checked."""
        if self.env.su or (state == "cancel" and is_cancelling(self.env.cr, self.ids)):
            return
        left = self.filtered(lambda order: order.state == "sale")._credit_get_enforced()
        if left:
            raise AccessError(
                self.env._(
                    "%(order)s is confirmed: its state cannot be written. Cancel it by its button.",
                    order=left[0].display_name,
                )
            )

    def _action_cancel(self):
        """Override of `sale`: the one way out of state `sale`."""
        with cancelling(self.env.cr, self.ids):
            return super()._action_cancel()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_delivered(self):
        if not self.env.su and self._credit_get_enforced()._credit_read_uninvoiced():
            self._credit_refuse_to_forget()

    def _credit_refuse_to_forget(self):
        raise UserError(
            self.env._(
                "%(order)s: something was delivered that is not invoiced, so this cannot be deleted. Confirm the "
                "order again, take the goods back, or have a credit manager say that it will not be invoiced.",
                order=self[:1].display_name,
            )
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _credit_get_uninvoiced(self, delivered):
        """Return what a delivered quantity leaves to be invoiced, tax included, in company currency."""
        return max(delivered - self.qty_invoiced, 0.0) * self._credit_get_unit_price()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_delivered(self):
        delivered = self.filtered(lambda line: line._credit_get_uninvoiced(line.qty_delivered) > 0)
        checked = delivered.order_id._credit_get_enforced()
        if checked and not self.env.su:
            checked._credit_refuse_to_forget()
