"""A slow, obvious oracle: it walks through a customer's documents one by one (domain.md §2).

It reads no figure that the exposure reads: no stored invoiced quantity, no status, no SQL.
"""

from decimal import ROUND_HALF_UP, Decimal


def to_cents(amount):
    """Round to the cent as a person does."""
    return Decimal(f"{amount:.15g}").quantize(Decimal("0.01"), ROUND_HALF_UP)


def exposure(env, customer, company):
    """Return what a customer owes or will owe a company."""
    env = env(su=True)
    return sum(
        (
            *(open_item(line) for line in receivable_lines(env, customer, company)),
            *(draft(move) for move in draft_invoices(env, customer, company)),
            *(open_order(order) for order in confirmed_orders(env, customer, company)),
        ),
        Decimal(0),
    )


def receivable_lines(env, customer, company):
    lines = env["account.move.line"].search([("company_id", "=", company.id), ("parent_state", "=", "posted")])
    return lines.filtered(
        lambda line: (
            line.account_id.account_type == "asset_receivable" and line.partner_id.commercial_partner_id == customer
        )
    )


def open_item(line):
    """Return what is open of an item: its balance less everything matched with it."""
    matched = sum(line.matched_credit_ids.mapped("amount")) - sum(line.matched_debit_ids.mapped("amount"))
    return to_cents(line.balance - matched)


def draft(move):
    """Return what a draft invoice may become: it is never below what its orders counted."""
    rate = move.invoice_currency_rate
    lines = move.invoice_line_ids.filtered(lambda line: any(sold.state == "sale" for sold in line.sale_line_ids))
    of_orders = sum(draft_line(line, line.price_total / rate) for line in lines)
    others = to_cents(move.amount_total_signed) - to_cents(sum(line.price_total / rate for line in lines))
    return max(Decimal(0), to_cents(of_orders)) + max(Decimal(0), others)


def draft_line(line, amount):
    """Return the amount of a draft's line, or what it covers of its order where that is more."""
    goods = line.sale_line_ids.filtered(lambda sold: not sold.is_downpayment and unit_price(sold))
    covered = sum(unit_price(sold) * covered_quantity(line, sold) / sold.order_id.currency_rate for sold in goods)
    return covered if goods and covered - amount > 0.01 else amount


def covered_quantity(line, sold):
    return min(quantity_of(line, sold), max(sold.product_uom_qty, sold.qty_delivered))


def draft_invoices(env, customer, company):
    moves = env["account.move"].search(
        [("company_id", "=", company.id), ("state", "=", "draft"), ("move_type", "=", "out_invoice")]
    )
    return moves.filtered(lambda move: move.partner_id.commercial_partner_id == customer)


def confirmed_orders(env, customer, company):
    orders = env["sale.order"].search([("company_id", "=", company.id), ("state", "=", "sale")])
    return orders.filtered(lambda order: order.partner_invoice_id.commercial_partner_id == customer)


def open_order(order):
    """Return what is ordered or delivered and not invoiced, less down payments, in company currency."""
    lines = order.order_line.filtered(lambda line: not line.display_type)
    worth = sum(-down_payment(line) if line.is_downpayment else open_line(line) for line in lines)
    return max(Decimal(0), to_cents(worth / order.currency_rate))


def open_line(line):
    ordered, delivered = line.product_uom_qty, line.qty_delivered
    invoiced = sum(sign * quantity_of(invoice_line, line) for sign, invoice_line in counted_lines(line))
    if ordered < 0:
        return unit_price(line) * min(ordered - invoiced, 0)
    return unit_price(line) * max(max(ordered, delivered) - invoiced, 0)


def unit_price(line):
    """Return the price of one unit with tax."""
    if line.product_uom_qty:
        return line.price_total / line.product_uom_qty
    return line.price_unit * (1 - line.discount / 100) * (1 + sum(line.tax_ids.mapped("amount")) / 100)


def quantity_of(invoice_line, line):
    return invoice_line.product_uom_id._compute_quantity(invoice_line.quantity, line.product_uom_id, round=False)


def counted_lines(line):
    """Yield what covers an order line: posted invoices and drafts, less posted credit notes."""
    for invoice_line in line.invoice_lines:
        move = invoice_line.move_id
        if move.move_type == "out_invoice" and move.state in ("draft", "posted"):
            yield 1, invoice_line
        elif move.move_type == "out_refund" and move.state == "posted":
            yield -1, invoice_line


def down_payment(line):
    """Return what was invoiced in advance, in the currency of the order."""
    rate = line.order_id.currency_rate
    return sum(
        sign * invoice_line.price_total * rate / invoice_line.move_id.invoice_currency_rate
        for sign, invoice_line in counted_lines(line)
    )
