"""What was sold stays sold: the link to accounting and the state are core's, and what is owed is not taken off.

A sale is booked by the closing of its session, or by its invoice; those say so on the cursor. What was put on account
becomes less only by money: another way of paying, in the same amount. Who changed it is in the log.
"""

from contextlib import contextmanager

from odoo import api, models
from odoo.addons.credit_management.models.gate.transaction import during, get_mark
from odoo.addons.credit_management.models.record.words import in_every_language
from odoo.exceptions import AccessError, ValidationError

from .pos_order_finish import SOLD, not_selling

BOOKING = "pos_credit_management.booking"
PAYING = "pos_credit_management.paying"


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: see `write`."""
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "done")._credit_check_booking()
        return orders

    def write(self, vals):
        """Override of `point_of_sale`: no person says that a sale is booked, or takes off what is owed for it.

        What an invoice puts on account of its customer is decided like a sale that has taken place.

        :raise AccessError: naming the sale
        """
        if vals.get("state") == "done":
            self.filtered(lambda order: order.state != "done")._credit_check_booking()
        if not {"payment_ids", "to_invoice"} & vals.keys():
            return super().write(vals)
        sold = self.filtered(lambda order: order.state in SOLD)
        before = {order: order._credit_get_on_account() for order in sold}
        with sold._credit_watch_payments():
            result = super().write(vals)
        if "to_invoice" in vals:
            not_selling(sold).filtered(lambda order: order._credit_get_on_account() > before[order])._credit_finish()
        return result

    def _credit_check_booking(self):
        """Refuse to a person to write that a sale is booked: it would be in no figure before it is.

        :raise AccessError: naming the sale
        """
        checked = self.browse() if self.env.su or get_mark(self.env.cr, BOOKING) else self._credit_get_enforced()
        if checked:
            raise AccessError(
                self.env._(
                    "%(order)s is booked when its session is closed, or when it is invoiced: its state cannot be "
                    "written.",
                    order=checked[0]._credit_get_document_name(),
                )
            )

    @api.constrains("company_id", "session_id")
    def _credit_check_company(self):
        """Refuse a sale of another company than that of its session: it would be in the figures of the wrong one.

        :raise ValidationError: naming the sale
        """
        for order in self:
            if order.session_id and order.company_id != order.session_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s is of the company of its session.", order=order._credit_get_document_name()
                    )
                )

    def _generate_pos_order_invoice(self):
        """Override of `point_of_sale`: what is not the customer's before there is an invoice is decided first."""
        with during(self.env.cr, BOOKING):
            nobodys = self.filtered(lambda order: order.payment_ids.payment_method_id.filtered(_is_nobodys))
            nobodys.filtered(lambda order: not order.to_invoice).to_invoice = True
            return super()._generate_pos_order_invoice()

    # -- payments ----------------------------------------------------------------------------------

    @contextmanager
    def _credit_watch_payments(self):
        """See to it that what is owed for these sales becomes less only by money. The outermost write on a sale checks
        it: what is inside may be a payment of another one.

        :raise AccessError: for persons, naming the sale
        """
        watched = self.browse(get_mark(self.env.cr, PAYING, ()))
        checked = self.browse() if self.env.su else not_selling(self - watched)
        sold = checked.filtered(lambda order: order.state in SOLD)._credit_get_enforced()
        before = {order: (order._credit_get_on_account(), order._credit_get_money()) for order in sold}
        with during(self.env.cr, PAYING, (watched | self).ids):
            yield
        for order, (owed, money) in before.items():
            order._credit_check_taken_off(owed, money)

    def _credit_get_money(self):
        """Return what was paid into a till or a bank, in company currency."""
        paid = self.payment_ids.filtered(lambda payment: payment.payment_method_id.journal_id)
        return self.company_id.currency_id.round(sum(paid.mapped("amount")) / (self.currency_rate or 1.0))

    def _credit_check_taken_off(self, owed, money):
        currency, left = self.company_id.currency_id, self._credit_get_on_account()
        if currency.compare_amounts(left, owed) >= 0:
            return
        if currency.compare_amounts(left + self._credit_get_money(), owed + money) < 0:
            raise AccessError(
                self.env._(
                    "%(order)s was sold on account: what is owed for it is not taken off. Enter how it was paid "
                    "instead, or refund it.",
                    order=self._credit_get_document_name(),
                )
            )
        self._credit_note_taken_off(owed, left)

    def _credit_note_taken_off(self, owed, left):
        """Keep in the log that somebody says it was paid in another way."""
        values = {
            **self._credit_prepare_looser(owed - left),
            "value_before": f"{owed:.2f}",
            "value_after": f"{left:.2f}",
            "reason": in_every_language(self, lambda told: told.env._(
                "On account; after the sale somebody entered that it was paid in another way."
            )),
        }
        self.env["credit.log"].sudo()._append([values])  # the log is written for every user
        self._credit_queue_recheck()


class PosSession(models.Model):
    _inherit = "pos.session"

    def write(self, vals):
        """Override of `point_of_sale`: a session is closed by the method that books what it sold on account.

        :raise AccessError: for persons, naming a sale
        """
        if vals.get("state") == "closed" and not self.env.su and not get_mark(self.env.cr, BOOKING):
            open_sales = self.filtered(lambda session: session.state != "closed").order_ids.filtered(
                lambda order: order.state == "paid" and not order.account_move and order._credit_get_on_account()
            )
            open_sales._credit_check_booking()
        return super().write(vals)

    def _validate_session(self, balancing_account=False, amount_to_balance=0, bank_payment_method_diffs=None):
        """Override of `point_of_sale`: the closing books the sales."""
        with during(self.env.cr, BOOKING):
            return super()._validate_session(balancing_account, amount_to_balance, bank_payment_method_diffs)


def _is_nobodys(method):
    """Tell whether a way of paying makes a debt of nobody, unless the sale is invoiced."""
    return method.type == "pay_later" and not method.split_transactions
