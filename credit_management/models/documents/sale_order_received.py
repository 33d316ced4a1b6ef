"""What was received for an order: by whatever way it came, each amount once."""

from collections import defaultdict
from dataclasses import replace

from odoo import models
from odoo.tools import SQL, lazy

from ...engine.deposit import Ordered, get_deposit

NOTHING = (0.0, 0.0)  # of money that is named for an order: in company currency, and in the order's


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_get_received(self, check=None):
        """Return what was received for the order, in its currency.

        Online captures, the paid part of its posted invoices (down payments above all), and money on account that is
        named for it; then what is left of the customer's money after what is overdue, by the age of the orders that
        wait for a deposit.

        :param check: the gate's `Check`, whose facts tell whether there is money on account at all; without it the
            customer's money is asked for
        """
        self.ensure_one()
        own = self._credit_get_captured() + self._credit_get_paid_on_invoices()
        if check and not self._credit_may_be_paid_by(-check.facts.components["unallocated"], own, check):
            return own
        named = ((check and check.together.get("named")) or self._credit_read_named())[self]
        own += named.get(self._origin.id, NOTHING)[1]
        return own + (self._credit_get_from_account(check, own, named) if check else 0.0)

    def _credit_may_be_paid_by(self, money, own, check):
        """Tell whether money on account can change the decision: for a deposit, or where it pays the whole order."""
        money *= self._credit_get_rate()
        return money > 0 and (self._credit_get_deposit(check) > own or own + money >= self.amount_total)

    def _credit_get_captured(self):
        """Return what was captured or authorised online, but for what is matched with an invoice already, in the
        currency of the order."""
        transactions = self.transaction_ids.filtered(
            lambda tx: tx.state in ("authorized", "done") and tx.payment_id.state not in ("canceled", "rejected")
        )
        captured = sum(self._credit_get_own(self._credit_get_share(tx), tx.currency_id, tx.create_date.date())
                       for tx in transactions)
        matched = sum(self._credit_get_own(payment.amount - _get_unmatched(payment, "amount_currency"),
                                           payment.currency_id, payment.date)
                      for payment in transactions.payment_id)
        return max(0.0, captured - matched)

    def _credit_get_own(self, amount, currency, day):
        """Return an amount in the currency of the order."""
        if currency == self.currency_id:
            return amount
        return currency._convert(amount, self.currency_id, self.company_id, day, round=False)

    def _credit_get_paid_on_invoices(self):
        """Return what was paid of the posted invoices of the order, less what was given back, in its currency."""
        return self._credit_read_paid_on_invoices()[self]

    def _credit_read_paid_on_invoices(self):
        """Return ``{order: the paid part of its posted invoices, less what was given back}``, in its currency.

        Paid is money, and what is paid by a method with a risk when it is honoured: an invoice that a credit note, a
        write-off or an entry has settled, or a payment that was rejected, brought nothing.
        """
        lines = self.order_line.filtered(lambda line: line.is_downpayment or line.qty_invoiced)  # else nothing to read
        invoiced = self & lines.order_id
        paid = {}
        for company, orders in invoiced.grouped(lambda order: order.company_id._credit_company()).items():
            moves = orders.order_line.invoice_lines.move_id
            paid |= self.env["credit.exposure"]._read_paid_of(moves, company._credit_today())
        return {
            order: max(0.0, sum(order._credit_get_received_by(line, paid) for line in order.order_line.invoice_lines)
                       if paid else 0.0)
            for order in self
        }

    def _credit_prepare_requests(self, checks):
        """Override: what is named for orders is read once, of all customers with money on account."""
        rich = self.filtered(lambda order: checks[order].facts and checks[order].facts.components["unallocated"] < 0)
        named = lazy(rich._credit_read_named)
        return super()._credit_prepare_requests(
            {order: replace(check, together={**check.together, "named": named}) for order, check in checks.items()}
        )

    def _credit_read_named(self):
        """Return ``{order: {order id: (amount, in the order's currency)}}`` of the money on account of its customer
        that is named for orders, in its company."""
        Exposure, found = self.env["credit.exposure"], defaultdict(dict)
        for company, orders in self.grouped(lambda order: order.company_id._credit_company()).items():
            customers = orders.partner_invoice_id.commercial_partner_id
            rows = Exposure._read_named(Exposure._make_scope(company._credit_today(), customers.ids))
            for company_id, partner_id, order_id, *amounts in rows:
                if company_id == company.id:
                    found[company_id, partner_id][order_id] = amounts
        return {
            order: found[order.company_id._credit_company().id, order.partner_invoice_id.commercial_partner_id.id]
            for order in self
        }

    def _credit_note_use(self, decisions):
        """Override: money on account that an order was let through with stays with it: one euro serves one order,
        whatever somebody writes on either afterwards."""
        super()._credit_note_use(decisions)
        self.filtered(lambda order: decisions[order].request.amount_prepaid > 0)._credit_keep_served()

    def _credit_keep_served(self):
        """Keep which entries of money on account are named for these orders."""
        if not self:
            return
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        # ids only; no day matters to it
        customers = self.sudo().partner_invoice_id.commercial_partner_id
        scope = Exposure._make_scope(self[:1].company_id._credit_today(), customers.ids)
        query = "SELECT move_id, order_id FROM (%s) named WHERE order_id IN %s AND order_id IS DISTINCT FROM served_id"
        for move_id, order_id in self.env.execute_query(
            SQL(query, Exposure._get_named_credits_sql(scope), tuple(self.ids))
        ):
            # no person writes it, and who sells need not see payments
            self.env["account.move"].sudo().browse(move_id).credit_served_order_id = order_id

    def _credit_get_from_account(self, check, own, named):
        """Return what the customer's money that nobody has named leaves for the deposit of this order, in its currency.

        It settles what is overdue first; then it serves the open orders that ask for a deposit, the oldest first.
        """
        components, rate = check.facts.components, self._credit_get_rate()
        left = -components["unallocated"] - sum(amount for amount, _own in named.values())
        left -= max(0.0, components["overdue"])
        if components["bills"]:
            left -= self._credit_get_bills_on_account(check.as_of)
        need = (self._credit_get_deposit(check) - own) / rate
        if left <= 0 or need <= 0:
            return 0.0
        served = self._credit_get_served_before()
        for order, paid in served._credit_read_paid_on_invoices().items():
            before = order._credit_get_captured() + paid + named.get(order.id, NOTHING)[1]
            left -= max(0.0, order._credit_get_deposit(check) - before) / order._credit_get_rate()
        return max(0.0, min(left, need)) * rate

    def _credit_get_bills_on_account(self, as_of):
        """Return what of the customer's money on account is not honoured yet, in company currency: it settles what is
        owed, and is no deposit."""
        customer = self.partner_invoice_id.commercial_partner_id
        payments = self.env["account.payment"].search(
            [
                ("partner_id.commercial_partner_id", "=", customer.id),
                ("company_id", "=", self.company_id.id),
                ("payment_type", "=", "inbound"),
                ("state", "in", ("in_process", "paid")),
                ("payment_method_line_id.credit_days_risk", ">", 0),
            ]
        )
        return sum(payments.filtered(lambda payment: payment._credit_is_at_risk(as_of)).mapped(_get_unmatched))

    def _credit_get_deposit(self, check):
        """Return the deposit that the policy of the customer asks for, in the currency of the order."""
        snapshot = self.env["credit.policy"]._get_snapshot_for(check.profile, check.as_of)
        deposits = snapshot["policy"].deposits if snapshot else ()
        ordered = self._credit_get_deposit_basis(check.as_of)
        return get_deposit(deposits, ordered, check.facts).required if deposits else 0.0

    def _credit_get_deposit_basis(self, as_of, received=0.0):
        """Return the order as the rules on deposits see it.

        :param received: what came for it, in its currency
        """
        return Ordered(
            total=self.amount_total,
            received=received,
            rate=self._credit_get_rate(as_of),
            rounding=self.currency_id.rounding,
            term_id=self.payment_term_id.id,
            get_category_ids=self._credit_get_category_ids,
        )

    def _credit_get_category_ids(self):
        """Return the categories of the products of the order, and those above them."""
        paths = self.order_line.product_id.categ_id.mapped("parent_path")
        return frozenset(int(part) for path in paths for part in (path or "").split("/") if part)

    def _credit_get_received_by(self, invoice_line, paid):
        """Return the paid part of an invoice line, in the currency of the order; negative on a credit note.

        :param dict paid: the money by move, in its currency
        """
        move = invoice_line.move_id
        if not move.amount_total:
            return 0.0
        share = paid.get(move.id, 0.0) / move.amount_total
        is_own = move.currency_id == self.currency_id
        rate = 1.0 if is_own else self._credit_get_rate() / (move.invoice_currency_rate or 1.0)
        return -move.direction_sign * invoice_line.price_total * share * rate

    def _credit_get_served_before(self):
        """Return the open orders of the customer whose turn is before this one's."""
        customer = self.partner_invoice_id.commercial_partner_id
        served = self.search(
            [
                ("partner_invoice_id", "child_of", customer.id),
                ("company_id", "child_of", self.company_id._credit_company().id),
                ("id", "!=", self._origin.id),
                "|",
                ("credit_hold_state", "=", "held"),
                "&",
                ("state", "=", "sale"),
                ("invoice_status", "!=", "invoiced"),
            ]
        )
        return served.filtered(
            lambda order: order._credit_get_turn() < self._credit_get_turn() and order._credit_is_left_to_invoice()
        )

    def _credit_is_left_to_invoice(self):
        """Tell whether something of the order is not invoiced: what is invoiced ahead of its delivery asks for no
        deposit any more, though Odoo calls the order not invoiced."""
        posted = self.order_line.invoice_lines.filtered(lambda line: line.parent_state == "posted")
        return self.state != "sale" or self._credit_get_open(posted, is_whole=True) > 0

    def _credit_get_turn(self):
        """Return whose turn it is: confirmed orders have had theirs, then by age, which nobody types."""
        return (self.state != "sale", self._origin.id)


def _get_unmatched(payment, amount="amount"):
    """Return what of a payment is not matched with an invoice, in company currency, or in its own."""
    items = payment.move_id.line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable")
    residual = "amount_residual_currency" if amount == "amount_currency" else "amount_residual"
    whole = payment.amount if amount == "amount_currency" else payment.amount_company_currency_signed
    return abs(sum(items.mapped(residual))) if items else whole
