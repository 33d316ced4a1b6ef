"""Sales at the counter under credit control: what is put on the customer's account.

The screen asks before a sale is finished (`pos_order_counter.py`). What reaches the server is a sale
that has taken place, so it is decided again here, kept, and marked when credit does not allow it.
"""

import logging
import math

from odoo import api, fields, models
from odoo.addons.credit_management.engine.indicators import discount
from odoo.exceptions import UserError
from odoo.tools import lazy
from psycopg2 import OperationalError

from .pos_order_finish import SOLD

_logger = logging.getLogger(__name__)
MARKS = ("credit_hold_id", "credit_hold_state", "credit_hold_reason", "credit_is_beyond")


class PosOrder(models.Model):
    _name = "pos.order"
    _inherit = ["pos.order", "credit.gate.mixin"]

    credit_is_beyond = fields.Boolean(
        "Sold Beyond Credit",
        readonly=True,
        copy=False,
        help="Put on account at the counter although credit did not allow it: sold without a connection, or the "
        "credit was used meanwhile. The mark stays.",
    )

    _credit_open_sales_idx = models.Index("(partner_id, company_id) WHERE state = 'paid' AND account_move IS NULL")

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | {"credit_is_beyond"}

    # -- the contract of the gate ------------------------------------------------------------------

    def _credit_get_customers(self):
        return {order: order.sudo()._credit_get_debtor() for order in self}  # cashiers read no sale orders

    def _credit_get_debtor(self):
        """Return who will owe what is put on account."""
        return self.partner_id

    def _credit_is_checked(self, checkpoint):
        """What is put on account; not what is paid, and not what is given back."""
        return self.filtered(lambda order: order.partner_id and order._credit_get_on_account() > 0)

    def _credit_prepare_request(self, check):
        amount = self._credit_get_on_account()
        terms = self.partner_id.property_payment_term_id if self.to_invoice else self.env["account.payment.term"]
        return self._credit_make_request(
            check,
            amount=amount,
            amount_counted=self._credit_get_counted(amount, check.profile),
            amount_document=amount,
            component="not_due",
            days_terms=terms._credit_get_days(),
            percent_discount=lazy(self._credit_get_discount),
        )

    def _credit_get_owner_names(self):
        return (*super()._credit_get_owner_names(), "user_id")

    def _credit_get_gone(self):
        return 0.0 if self.state == "draft" else math.inf

    def _credit_get_salesperson(self):
        return self.user_id

    # -- figures -----------------------------------------------------------------------------------

    def _credit_get_on_account(self, is_invoiced=None):
        """Return what becomes the customer's debt, in company currency; negative when it is given back.

        :param is_invoiced: with an invoice or without; as the sale says by default
        """
        is_invoiced = self.to_invoice if is_invoiced is None else is_invoiced
        later = self.payment_ids.filtered(
            lambda payment: (
                payment.payment_method_id.type == "pay_later"
                and (payment.payment_method_id.split_transactions or is_invoiced)
            )
        )
        return self.company_id.currency_id.round(sum(later.mapped("amount")) / (self.currency_rate or 1.0))

    def _credit_get_counted(self, amount, profile):
        """Return what the facts contain already of what is put on account: a finished sale."""
        # what is invoiced to somebody else is owed by the customer until then
        is_owed = self.partner_id.commercial_partner_id == profile.partner_id
        if self.state == "done" and not self.account_move:
            return min(amount, self._credit_get_on_account(is_invoiced=False))  # the rest is booked, and nobody's
        is_open = self.state == "paid" and is_owed and self.company_id.credit_count_pos
        return amount if self.state == "done" or is_open else 0.0

    def _credit_get_discount(self):
        """Return the best discount in percent: of a line, or of the whole sale against the price list."""
        lines = [(line._credit_get_list_price() * line.qty, line._credit_get_charged()) for line in self.lines]
        return max(discount(lines), *self.lines.mapped("discount"), 0.0)

    # -- texts: cashiers see that, not how much ------------------------------------------------------

    def _credit_get_document_name(self):
        """Return the receipt number: an order has no name before it is paid."""
        return f"{self.config_id.name} {self.pos_reference or self.name}"

    @api.model
    def _credit_get_neutral_reason(self):
        return self.env._("The customer's credit does not allow this sale on account for now.")

    def _credit_get_hold_note(self, hold):
        return self._credit_get_neutral_reason()

    def _credit_get_panel_checkpoint(self):
        return "pos"

    def _credit_get_document_label(self):
        return self.env._("This sale")

    # -- the finished sale -----------------------------------------------------------------------------

    @api.model
    def _process_order(self, order, existing_order):
        """Override of `point_of_sale`: the marks of the check, and the link to an invoice, are the server's, whatever
        a screen sends."""
        for name in (*MARKS, "account_move"):
            order.pop(name, None)
        return super()._process_order(order, existing_order)

    @api.model
    def _load_pos_data_read(self, records, config):
        """Override of `point_of_sale`: the marks stay on the server."""
        read = super()._load_pos_data_read(records, config)
        return [{name: value for name, value in values.items() if name not in MARKS} for values in read]

    def _credit_check_sale(self):
        """Decide finished sales again; keep, mark and report what credit does not allow. Never raises."""
        checked = self._credit_is_checked("pos")
        (self - checked)._credit_end_holds()  # paid in another way
        try:
            with self.env.cr.savepoint():
                stopped = checked - checked._credit_gate("pos", is_held=True)
        except OperationalError:  # somebody else's sale to the same customer: the server takes the call again
            raise
        except Exception:  # pylint: disable=broad-except
            _logger.exception("The credit of the sales %s could not be checked", checked.ids)
            stopped = checked
        stopped._credit_mark_beyond()

    def _credit_mark_beyond(self):
        for order in self.sudo().filtered(lambda order: not order.credit_is_beyond):  # cashiers write no marks
            order.credit_is_beyond = True
            if order.credit_hold_id:
                order.credit_hold_id.message_post(
                    body=self.env._("The sale has taken place: the goods are handed out, on the customer's account.")
                )

    def _credit_get_refused(self, decisions):
        """A sale that has taken place is kept; before, the screen says that it is refused."""
        return self.browse()

    def _credit_get_rejected(self, decisions):
        """At the counter a customer waits: who asks again is heard again."""
        return self.browse()

    def _create_invoice(self, move_vals):
        """Override of `point_of_sale`: the counter has decided the sale, and its invoice is posted with it. What the
        invoice asks for beyond the payments nobody has decided: it is checked like any other.
        """
        invoice = super()._create_invoice(move_vals)
        if self._credit_get_unpaid_of(invoice) > 0:
            self._credit_check_unpaid(invoice)
        else:
            invoice._credit_note_pass("invoice")
        return invoice

    def _credit_check_unpaid(self, invoice):
        """Say to a cashier that an invoice will be refused, without the figures: core posts it with all rights.

        :raise UserError: without the rights to see figures
        """
        checked = self.env[invoice._name] if self._credit_sees_figures() else invoice._credit_get_enforced()
        checked = checked._credit_is_checked("invoice")
        if checked and not checked._credit_decide("invoice")[checked].is_allowed:
            raise UserError(self._credit_get_neutral_reason())

    def _credit_get_unpaid_of(self, invoice):
        """Return what an invoice asks for beyond the payments of its sales, in their currency. A screen rounds taxes
        line by line, an invoice may do so in one: less than that is nothing."""
        asked = sum(invoice.line_ids.filtered(_is_of_terms).mapped("amount_currency"))
        unpaid = asked - sum(self.payment_ids.mapped("amount"))
        return unpaid if unpaid > self.currency_id.rounding * len(self.lines) else 0.0

    def write(self, vals):
        """Override of `point_of_sale` to close the holds of what is cancelled, and free credit given back."""
        result = super().write(vals)
        if vals.get("state") == "cancel":
            self._credit_end_holds()
        if vals.get("state") in SOLD:
            self.filtered(lambda order: order._credit_get_on_account() < 0)._credit_queue_recheck()
        return result


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _credit_get_list_price(self):
        """Return what one unit costs by the price list of the sale, with the extras that were chosen."""
        pricelist = self.order_id.pricelist_id
        if not pricelist:
            return self.product_id.lst_price + self.price_extra
        return pricelist._get_product_price(self.product_id, self.qty or 1.0) + self.price_extra

    def _credit_get_charged(self):
        """Return what is charged for the line, before taxes are added."""
        return self.price_unit * self.qty * (1 - self.discount / 100)


def _is_of_terms(item):
    return item.display_type == "payment_term"
