"""A slow, obvious oracle: what one customer owes, worked out from the rules of the domain alone.

It walks through the records one by one and asks only core: its documents, its partial matches, its tax
engine. It reads no stored figure that could be stale or that leaves something out (no residual, no
invoiced quantity, no status of an invoice), no SQL, and nothing of this add-on but what people enter
there: a dispute, a promise, the days of risk of a payment method, the horizon.

Amounts are exact fractions and are rounded once, where a figure is shown. The rules, each said where it is used:

* A customer owes one *legal company*: the root of a tree of branches.
* An entry that is not posted settles nothing; nor does a payment that was rejected or whose entry was reversed.
* An order counts what is ordered or delivered and not invoiced; once it is no longer confirmed, what was delivered.
* A draft moves an amount out of the orders of its customer and frees nothing.
* Credits are netted before anything is called overdue or old; what is disputed is neither.

Left out, because no life has it: captured online payments, ordered returns, credit groups, limits.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

COMPONENTS = (
    "not_due",
    "overdue",
    "disputed",
    "unallocated",
    "in_process",
    "bills",
    "received",
    "drafts",
    "order_drafts",
    "orders",
    "delivered",
    "orders_later",
)
NOT_COUNTED = ("in_process", "orders_later")  # what a company does not count unless it says so
NOISE = 9  # decimals: floats are not exact beyond them, and a half must stay a half


@dataclass(frozen=True)
class Item:
    """An open receivable item: what is open of it, and the disputed part of that."""

    date_due: date
    date_origin: date
    amount: Fraction
    disputed: Fraction

    @property
    def undisputed(self):
        return max(self.amount, 0) - self.disputed


@dataclass(frozen=True)
class Answer:
    """What the oracle says of a customer in a legal company."""

    components: dict
    exposure: Fraction
    overdue: dict  # days overdue: amount
    days_oldest_item: int


def ask(customer, root, today):
    """Return what a customer owes a legal company, with all that is known of it."""
    customer, root = customer.sudo(), root.sudo()
    items = [item(line, root.currency_id) for line in receivable_lines(customer, root)]
    components = dict.fromkeys(COMPONENTS, Fraction(0))
    for name, amount in (
        *(part for each in items for part in item_parts(each, today)),
        *(part for payment in payments(customer, root) for part in payment_parts(payment, root, today)),
        *(part for move in draft_invoices(customer, root) for part in draft_parts(move, root.currency_id)),
        *(part for order in orders(customer, root) for part in order_parts(order, root, today)),
    ):
        components[name] += amount
    left = net(items, -components["unallocated"] - components["received"])
    return Answer(
        components,
        sum(amount for name, amount in components.items() if name not in NOT_COUNTED),
        overdue(left, today),
        max(((today - each.date_origin).days for each, _amount in left), default=0),
    )


# -- numbers -----------------------------------------------------------------------------------------


def exact(number):
    """Return a float as the number that a person reads in it."""
    return Fraction(Decimal(f"{number:.15g}"))


def rounded(amount, decimals):
    """Round half up, as a person does; what a float cannot hold is no half."""
    shift = 10**decimals
    if decimals < NOISE:
        amount = rounded(amount, NOISE)
    size = (abs(amount) * shift + Fraction(1, 2)) // 1
    return Fraction(size if amount >= 0 else -size, shift)


def in_currency(amount, currency):
    """Round an amount as its own currency is: to 0, 2 or 3 decimals."""
    return rounded(amount, currency.decimal_places)


# -- whose -------------------------------------------------------------------------------------------


def records(customer, root, model, partner, *domain):
    """Return all records of a customer, its contacts included, in a legal company and its branches."""
    return customer.env[model].search(
        [("company_id", "child_of", root.id), (f"{partner}.commercial_partner_id", "=", customer.id), *domain]
    )


def receivable_lines(customer, root):
    trade = ("account_id.account_type", "=", "asset_receivable")
    return records(customer, root, "account.move.line", "partner_id", trade).filtered(
        lambda line: not line.account_id.non_trade and not is_void(line.move_id)
    )


def payments(customer, root):
    """Return the money a customer paid us, or is paying us."""
    return records(customer, root, "account.payment", "partner_id", ("payment_type", "=", "inbound")).filtered(
        lambda payment: payment.partner_type == "customer" and is_money(payment)
    )


def draft_invoices(customer, root):
    """Return draft invoices and receipts. A draft credit note frees nothing: it is not here."""
    types = ("move_type", "in", ("out_invoice", "out_receipt"))
    return records(customer, root, "account.move", "partner_id", types, ("state", "=", "draft"))


def orders(customer, root):
    """Return all orders that this customer is invoiced for, in every state: what was delivered is owed in each."""
    return records(customer, root, "sale.order", "partner_invoice_id")


# -- what was booked ---------------------------------------------------------------------------------


def is_money(payment):
    """Tell whether a payment is money: not a wish, not rejected, not bounced."""
    entry = payment.move_id
    if payment.state not in ("in_process", "paid"):
        return False
    return not entry or (entry.state == "posted" and "posted" not in entry.reversal_move_ids.mapped("state"))


def is_void(move):
    """Tell whether an entry settles nothing: it is not posted, or of a payment that is no money (then its
    reversal is void, too), or the exchange difference of a match that is none."""
    payment = move.origin_payment_id or move.reversed_entry_id.origin_payment_id
    if move.state != "posted" or (payment and not is_money(payment)):
        return True
    matches = move.env["account.partial.reconcile"].search([("exchange_move_id", "=", move.id)])
    return any(is_undone(side.move_id) for match in matches for side in (match.debit_move_id, match.credit_move_id))


def is_undone(move):
    """Tell whether an entry is not in the books, or of a payment that never came. A bounced one was there: what its
    match made of the rate stays."""
    reversals = move.reversal_move_ids.mapped("state")
    return move.state != "posted" or (
        move.origin_payment_id.state in ("rejected", "canceled") and "posted" not in reversals
    )


def open_of(line):
    """Return what is open of an item in the company's and in its own currency: what was booked, less every
    match with an entry that settles something."""
    amount, foreign = exact(line.balance), exact(line.amount_currency)
    for match in line.matched_credit_ids:
        if not is_void(match.credit_move_id.move_id):
            amount, foreign = amount - exact(match.amount), foreign - exact(match.debit_amount_currency)
    for match in line.matched_debit_ids:
        if not is_void(match.debit_move_id.move_id):
            amount, foreign = amount + exact(match.amount), foreign + exact(match.credit_amount_currency)
    return amount, foreign


def item(line, currency):
    amount, _foreign = open_of(line)
    share = disputed_share(line.move_id) if amount > 0 else 0
    return Item(
        line.date_maturity or line.date,
        line.move_id.invoice_date or line.date,
        amount,
        in_currency(amount * share, currency),
    )


def disputed_share(move):
    """Return which part of what is open of an invoice is disputed: never more than all of it."""
    disputes = move.env["credit.dispute"].search([("move_id", "=", move.id), ("state", "=", "open")])
    lines = move.line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable")
    total = sum(foreign for _amount, foreign in map(open_of, lines))
    return min(1, sum(map(exact, disputes.mapped("amount"))) / total) if total > 0 else 0


def item_parts(each, today):
    """Yield where an open item stands. What is due today is not overdue."""
    if each.amount < 0:
        yield "unallocated", each.amount
    else:
        yield "overdue" if each.date_due < today else "not_due", each.undisputed
        yield "disputed", each.disputed


def net(items, credit):
    """Return the items with what is left of them once all credits have served the oldest due ones first."""
    left = []
    for each in sorted(items, key=lambda each: (each.date_due, each.date_origin)):
        served = min(credit, each.undisputed)
        credit -= served
        if each.undisputed > served:
            left.append((each, each.undisputed - served))
    return left


def overdue(left, today):
    """Return the ladder: what is overdue, by the number of days since it was due."""
    ladder = {}
    for each, amount in left:
        if each.date_due < today:
            days = (today - each.date_due).days
            ladder[days] = ladder.get(days, 0) + amount
    return ladder


def payment_parts(payment, root, today):
    """Yield what is at risk of a payment; one without an entry has not lowered the items yet: it is received."""
    amount = exact(abs(payment.amount_company_currency_signed))
    days_risk = payment.payment_method_line_id.credit_days_risk
    if not payment.move_id:
        if payment.state == "in_process":
            yield "received", -in_currency(amount, root.currency_id)
    elif days_risk:
        if payment.date + timedelta(days=days_risk) >= today:
            yield "bills", amount
    elif not payment.is_matched:
        yield "in_process", amount


# -- what was promised to the customer ---------------------------------------------------------------


def order_parts(order, root, today):
    """Yield what counts of an order, converted once: the delivered part apart from the rest."""
    lines = order.order_line.filtered(lambda line: not line.display_type)
    goods = lines.filtered(lambda line: not line.is_downpayment)
    deposit = sum(map(down_payment, lines - goods))
    if order.state != "sale":
        deposit = max(deposit, 0)  # what was deducted too much raises what is ordered, and nothing is any more
    total = order_worth(order, root, sum(unit_price(line) * open_quantity(line) for line in goods) - deposit)
    delivered = order_worth(order, root, sum(unit_price(line) * delivered_quantity(line) for line in goods))
    yield "delivered", min(delivered, total)
    yield "orders_later" if is_later(order, root, today) else "orders", total - min(delivered, total)


def order_worth(order, root, amount):
    return max(in_currency(amount / exact(order.currency_rate), root.currency_id), Fraction(0))


def is_later(order, root, today):
    days = root.credit_days_horizon
    return bool(days and order.commitment_date and order.commitment_date.date() > today + timedelta(days=days))


def open_quantity(line):
    return max(owed_quantity(line) - covered_quantity(line), Fraction(0))


def owed_quantity(line):
    """Return what is owed of a line, invoiced or not: while its order is confirmed what was ordered or
    delivered, whichever is more; in every other state what was delivered."""
    ordered = exact(line.product_uom_qty) if line.order_id.state == "sale" else Fraction(0)
    return max(ordered, exact(line.qty_delivered))


def delivered_quantity(line):
    return max(exact(line.qty_delivered) - covered_quantity(line), Fraction(0))


def covered_quantity(line):
    """Return how much of a line is invoiced or in a draft."""
    return sum(sign * quantity_of(billed, line) for sign, billed in covering_lines(line))


def quantity_of(billed, line):
    """Return the quantity on an invoice in the unit of the order."""
    return exact(billed.product_uom_id._compute_quantity(billed.quantity, line.product_uom_id, round=False))


def covering_lines(line):
    """Yield what covers an order line: posted invoices and drafts for its customer, less posted credit notes."""
    for billed in line.invoice_lines:
        move = billed.move_id
        is_covering = move.state == "posted" or (move.state == "draft" and is_own(billed, line))
        if move.move_type == "out_invoice" and is_covering:
            yield 1, billed
        elif move.move_type == "out_refund" and move.state == "posted":
            yield -1, billed


def is_own(billed, line):
    """Tell whether an invoice is for the customer of the order."""
    return billed.move_id.partner_id.commercial_partner_id == line.order_id.partner_invoice_id.commercial_partner_id


def unit_price(line):
    """Return the price of one unit with tax: of what was ordered, or what Odoo's tax engine says of one unit
    where nothing was ordered."""
    if line.product_uom_qty:
        return exact(line.price_total) / exact(line.product_uom_qty)
    base_line = line._prepare_base_line_for_taxes_computation(quantity=1.0)
    company = line.order_id.company_id
    line.env["account.tax"]._add_tax_details_in_base_line(base_line, company, rounding_method="round_globally")
    return exact(base_line["tax_details"]["raw_total_included_currency"])


def down_payment(line):
    """Return what was invoiced in advance, or is in a draft, in the currency of the order."""
    order_rate = exact(line.order_id.currency_rate)
    return sum(
        sign
        * exact(billed.price_total)
        * (1 if billed.currency_id == line.currency_id else order_rate / invoice_rate(billed.move_id))
        for sign, billed in covering_lines(line)
    )


# -- drafts ------------------------------------------------------------------------------------------


def draft_parts(move, currency):
    """Yield what a draft may become: the part of its customer's confirmed orders, and the rest. Neither goes below
    zero."""
    ordered = move.invoice_line_ids.filtered(lambda line: "sale" in own_lines(line).order_id.mapped("state"))
    written = in_currency(sum(map(draft_amount, ordered)), currency)
    kept = sum(draft_weight(line) - draft_amount(line) for line in move.invoice_line_ids - ordered)
    yield "order_drafts", max(in_currency(sum(map(draft_weight, ordered)), currency), Fraction(0))
    yield "drafts", max(in_currency(exact(move.amount_total_signed) - written + kept, currency), Fraction(0))


def invoice_rate(move):
    return exact(move.invoice_currency_rate)


def draft_amount(line):
    return exact(line.price_total) / invoice_rate(line.move_id)


def draft_weight(line):
    """Return what a draft's line counts: what it says, or what its order counted for it where that is more.
    A cent is not more: taxes are rounded on each invoice anew."""
    goods = own_lines(line).filtered(lambda sold: not sold.is_downpayment)
    amount = draft_amount(line)
    moved = sum(unit_price(sold) * moved_quantity(line, sold) / exact(sold.order_id.currency_rate) for sold in goods)
    cent = exact(line.company_id.currency_id.rounding)
    return moved if goods and rounded(moved - amount, NOISE) > cent else amount


def own_lines(billed):
    """Return the lines that an invoice bills of orders of its customer."""
    return billed.sale_line_ids.filtered(lambda sold: is_own(billed, sold))


def moved_quantity(line, sold):
    """Return how much of an order's line a draft took over: what was still open of it, drafts in their order."""
    others = sum(
        sign * quantity_of(billed, sold)
        for sign, billed in covering_lines(sold)
        if billed.move_id.state == "posted" or billed.id < line.id
    )
    return max(min(quantity_of(line, sold), owed_quantity(sold) - others), Fraction(0))


# -- paid --------------------------------------------------------------------------------------------


def is_at_risk(payment, today):
    """Tell whether a bill is not honoured yet: its risk runs."""
    days = payment.payment_method_line_id.credit_days_risk
    return bool(days) and payment.date + timedelta(days=days) >= today


def paid_since(customer, root, day):
    """Return the money that came since a day, less what was paid back: what was rejected or bounced did not come, and
    a bill has not come before it is honoured."""
    today = root._credit_today()
    booked = receivable_lines(customer, root).filtered(
        lambda line: (
            line.move_id.journal_id.type in ("bank", "cash")
            and line.date >= day
            and not is_at_risk(line.move_id.origin_payment_id, today)
        )
    )
    unbooked = payments(customer, root).filtered(
        lambda payment: (
            not payment.move_id
            and payment.state == "in_process"
            and payment.date >= day
            and not is_at_risk(payment, today)
        )
    )
    return sum(exact(-line.balance) for line in booked) + sum(
        exact(abs(payment.amount_company_currency_signed)) for payment in unbooked
    )


def missing(promise):
    """Return what is missing of a customer's only promise, made in the currency of the company."""
    root, customer = promise.company_id, promise.partner_id
    paid = paid_since(customer.sudo(), root.sudo(), promise.date_noted)
    return min(max(exact(promise.amount) - paid, Fraction(0)), exact(promise.amount))
