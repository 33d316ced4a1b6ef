"""What has left and is not invoiced does not shrink unseen, whatever is written on an order or its lines, in any state.

It is measured before and after: delivered and in no posted invoice, at the price of the order, less what is taken off
it. Three things lower it without a question: an invoice, goods that come back, a credit manager who says that it will
not be invoiced; none of them writes an order. Any other fall lets more pass than before. It is added up on the order:
what a release let go at a higher price is used up by it.
"""

from contextlib import contextmanager
from dataclasses import dataclass, replace

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..change.measures import higher_amount, named
from ..fact.credit_fact import WATCHED_FIELDS
from ..gate.transaction import get_left

GRANTED, LOWERED = "credit_amount_lowered_max", "credit_amount_lowered"


@dataclass(frozen=True)
class Left:
    """What has left of an order and is in no posted invoice."""

    debtor: tuple  # the customer and the company
    amount: float  # in the currency of the order
    currency: models.BaseModel
    rate: float  # one unit of the company's currency in that of the order

    def get_fall(self, after):
        """Return by how much it has fallen, in company currency: not by a rate that has moved."""
        if self.currency == after.currency:
            return (self.amount - after.amount) / self.rate
        return self.amount / self.rate - after.amount / after.rate


class SaleOrder(models.Model):
    _inherit = "sale.order"

    credit_amount_lowered = fields.Monetary(
        "Taken Off After Delivery",
        currency_field="credit_currency_id",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="By how much what was delivered and not invoiced was lowered: a lower price, a smaller quantity, a "
        "discount. It uses up a release like what is invoiced.",
    )
    credit_amount_lowered_max = fields.Monetary(
        "May Be Taken Off",
        currency_field="credit_currency_id",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="How much may be taken off in all, of what was delivered and is not invoiced: a second person has "
        "agreed to it.",
    )

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | {LOWERED}

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), **named({GRANTED: higher_amount})}

    @api.model_create_multi
    def create(self, vals_list):
        """Override: nothing was taken off a new order, whatever a default says."""
        orders = super().create(vals_list)
        # both are the system's, whoever may see them
        told = orders.sudo().filtered(lambda order: order[GRANTED] or order[LOWERED])
        if told:
            told.write({GRANTED: 0.0, LOWERED: 0.0})
        return orders

    def write(self, vals):
        """Override: whoever makes a debt disappear is asked for a second person, or told about.

        :raise RedirectWarning: where the company asks for a second person
        """
        if GRANTED in vals:
            self._credit_check_may_waive()
        if not (WATCHED_FIELDS - {"date_order"}) & vals.keys():
            return super().write(vals)
        with self._credit_watch_left():
            return super().write(vals)

    def _recompute_prices(self):
        """Override of `sale`: discounts are taken off and given again; what counts is the end."""
        with self._credit_watch_left():
            return super()._recompute_prices()

    # -- measured before and after -------------------------------------------------------------------

    @contextmanager
    def _credit_watch_left(self, is_wish=False):
        """Notice when what happens inside lowers what has left of these orders, or makes them grow.

        First what is taken off is added up, then growth is decided: what takes its place is more.

        :param bool is_wish: see `_credit_watch`
        """
        confirmed = self.filtered(lambda order: order.state == "sale")
        with confirmed._credit_watch(is_wish=is_wish), self._credit_measure_left():
            yield

    @contextmanager
    def _credit_measure_left(self):
        """Measure before and after. Writes are nested: the outermost one measures."""
        is_person = not self.env.su and self.env["credit.policy"]._is_any_on()
        watched = get_left(self.env.cr)
        orders = self.filtered(lambda order: order.id not in watched) if is_person else self.browse()
        watched |= {order.id: order._credit_get_left_debt() for order in orders}
        try:
            yield
            before = {order: watched[order.id] for order in orders}
        finally:
            for order in orders:
                watched.pop(order.id, None)
        self._credit_note_falls(before)

    def _credit_get_left_debt(self):
        """Return the `Left` of the order."""
        order = self.sudo()  # a salesperson need not read invoices
        amount = 0.0
        if any(line.qty_delivered for line in order.order_line):
            posted = order.order_line.invoice_lines.filtered(lambda line: line.parent_state == "posted")
            amount = min(order._credit_get_open_parts(posted))
        debtor = (order.partner_invoice_id.commercial_partner_id, order.company_id)
        return Left(debtor, amount, order.currency_id, order._credit_get_rate())

    @api.model
    def _credit_note_falls(self, before):
        """Ask for a second person, or tell, where what has left is less than before.

        :param dict before: the `Left` by order
        :raise AccessError: when it is somebody else's now
        """
        falls, totals = {}, {}
        for order, left in before.items():
            after = order._credit_get_left_debt() if order.exists() else replace(left, amount=0.0)
            if after.debtor != left.debtor:
                order._credit_check_left_debtor(left, after)
            falls[order] = left.get_fall(after) if after.debtor == left.debtor else left.amount / left.rate
            totals[left.debtor] = totals.get(left.debtor, 0.0) + falls[order]
        for order, fall in falls.items():  # what only went from one order to another is owed as before
            order._credit_note_fall(before[order], min(fall, totals[before[order].debtor]))

    def _credit_note_fall(self, before, fall):
        """Ask for a second person, or tell, where what has left of the order has fallen, in company currency."""
        currency = before.debtor[1].currency_id
        if currency.compare_amounts(fall, 0.0) <= 0:
            return
        own = self.sudo()  # both amounts are the system's
        lowered = currency.round(own.credit_amount_lowered + fall)
        amount = before.amount / before.rate
        texts = (f"{currency.round(amount):.2f}", f"{currency.round(amount - fall):.2f}")
        # what a second person has agreed to is kept in the log like everything else
        noted = own if currency.compare_amounts(lowered, own.credit_amount_lowered_max) <= 0 else self
        noted._credit_note_loosening("write", {GRANTED: lowered}, [("credit_amount_uninvoiced", *texts, fall)])
        own.credit_amount_lowered = lowered

    def _credit_check_left_debtor(self, before, after):
        """Refuse to make what has left another customer's: it was decided for the one who got it.

        :raise AccessError: for persons without credit rights
        """
        is_owed = before.debtor[1].currency_id.compare_amounts(before.amount / before.rate, 0.0) > 0
        if is_owed and self.env["account.move"]._credit_is_person():
            raise AccessError(
                self.env._(
                    "%(order)s: what was delivered and is not invoiced is owed by %(customer)s. Invoice it, or ask a "
                    "credit controller, before it is somebody else's order.",
                    order=self.display_name,
                    customer=before.debtor[0].sudo().display_name,  # the name of a customer
                )
            )
