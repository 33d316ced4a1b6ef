"""Payments of customers: each may free held documents, with or without an entry; what served an order stays with it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..gate.guard import get_changed

# of a confirmed payment: by what, and when, it was made, from which follows when it is honoured, and which entry waits
# for it; whose, and how much. Another journal brings another method along, which nobody writes
STAYS = frozenset({
    "amount", "currency_id", "date", "journal_id", "move_id", "partner_id", "partner_type", "payment_method_line_id",
    "payment_transaction_id", "payment_type",
})


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | {"credit_served_order_id"}


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "credit.fact.mixin"]

    def write(self, vals):
        """Override of `account`: a customer's payment counts once it is confirmed, with or without an entry.

        :raise AccessError: when a payment that an order was let through with should serve another one, or a bill that
            runs should be honoured sooner
        """
        self._credit_check_stays({**vals, "date": fields.Date.to_date(vals["date"])} if vals.get("date") else vals)
        if "credit_order_id" in vals:
            self._credit_check_served(vals["credit_order_id"])
        result = super().write(vals)
        if vals.get("state") in ("in_process", "paid") or "credit_order_id" in vals:
            received = self.filtered(lambda payment: payment.payment_type == "inbound" and payment.partner_id)
            checked = received.filtered(lambda payment: payment.company_id._is_credit_checked())
            if checked:
                self.env["credit.recheck"]._queue(checked.sudo().partner_id, cause=checked)  # ids only
        return result

    def _credit_check_stays(self, vals):
        """Refuse to say later by what, when, by whom or how much was paid of a payment that is confirmed.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if not STAYS & vals.keys():
            return
        made = self.filtered(lambda payment: payment.state in ("in_process", "paid"))
        written = made and self.env["account.move"]._credit_is_person() and get_changed(made, STAYS, vals)
        if written:
            raise AccessError(
                self.env._(
                    "%(invoice)s is posted: '%(field)s' stays as it is. Reset it to draft, or ask a credit controller.",
                    invoice=made[0].display_name,
                    field=self._fields[min(written)]._description_string(self.env),
                )
            )

    def _credit_check_served(self, order_id):
        """Refuse to take money from the order that it has served; what a credit controller writes counts.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        served = self.sudo().move_id.filtered(  # whoever bills need not see orders
            lambda move: move.credit_served_order_id.state == "sale" and move.credit_served_order_id.id != order_id
        )
        if served and self.env["account.move"]._credit_is_person():
            raise AccessError(
                self.env._(
                    "%(order)s was let through with this payment and keeps it. Cancel the order, or ask a credit "
                    "controller.",
                    order=served[0].credit_served_order_id.name,
                )
            )
        served.credit_served_order_id = False
