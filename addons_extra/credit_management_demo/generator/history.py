"""Writing the plan: orders, their invoices and credit notes, each in one batch."""

from datetime import datetime, time, timedelta

from odoo import Command

from .catalogue import list_price


def write_orders(env, plan, customers, partners, products, today):
    """Create and confirm the planned orders.

    :return: confirmed orders, in the order of the plan
    """
    orders = env["sale.order"].create([
        _order_values(order, customers[order.customer], partners, products, today)
        for order in plan
    ])
    orders.action_confirm()
    # Confirming stamps the order with the present moment: put the past back.
    for order, planned in zip(orders, plan, strict=True):
        order.date_order = _moment(today, planned.days_ago)
    return orders


def _order_values(planned, customer, partners, products, today):
    return {
        "partner_id": partners[planned.customer].id,
        "date_order": _moment(today, planned.days_ago),
        "commitment_date": planned.promised_in and _moment(today, -planned.promised_in),
        "order_line": [
            Command.create({
                "product_id": products[sku].id,
                "product_uom_qty": quantity,
                "qty_delivered": delivered,
                "price_unit": list_price(sku, customer.currency),
            })
            for (sku, quantity), delivered in zip(planned.lines, planned.delivered, strict=True)
        ],
    }


def _moment(today, days_ago):
    return datetime.combine(today - timedelta(days=days_ago), time(9, 30))


def write_invoices(env, plan, orders, today):
    """Create the planned invoices and post those that are not drafts.

    :return: [(PlannedOrder, PlannedInvoice, invoice)], oldest order first
    """
    planned = [
        (order, planned_order, invoice)
        for order, planned_order in zip(orders, plan, strict=True)
        for invoice in planned_order.invoices
    ]
    moves = env["account.move"].create([
        _invoice_values(order, invoice, today) for order, _planned_order, invoice in planned
    ])
    written = [
        (planned_order, invoice, move)
        for (_order, planned_order, invoice), move in zip(planned, moves, strict=True)
    ]
    posted = [move.id for _order, invoice, move in written if not invoice.draft]
    env["account.move"].browse(posted)._post(soft=False)
    return written


def _invoice_values(order, planned, today):
    """As the button of the order does it, but with the date of the time."""
    values = order._prepare_invoice()
    lines = [
        Command.create(line._prepare_invoice_line(quantity=quantity))
        for line, quantity in zip(order.order_line, planned.quantities, strict=True)
        if quantity
    ]
    if not planned.draft:
        values["invoice_date"] = today - timedelta(days=planned.days_ago)
    return values | {"invoice_line_ids": lines}


def write_credit_notes(env, written, today):
    """Credit a part of the first line, and settle it against its invoice.

    The notes are allowances on the price: they have no link to the order's lines, which
    would make the order look as if the goods had still to be invoiced.
    """
    credited = [(planned, move) for _order, planned, move in written if planned.credit_note]
    notes = env["account.move"].create([
        credit_note_values(move, planned.credit_note, today - timedelta(days=planned.days_ago - 5))
        for planned, move in credited
    ])
    notes._post(soft=False)
    env["account.move.line"]._reconcile_plan([
        receivable_lines(move + note) for (_planned, move), note in zip(credited, notes, strict=True)
    ])


def credit_note_values(invoice, share, date):
    """Values of a credit note over a share of the invoice's first line."""
    line = invoice.invoice_line_ids[:1]
    return {
        "move_type": "out_refund",
        "partner_id": invoice.partner_id.id,
        "currency_id": invoice.currency_id.id,
        "invoice_date": date,
        "invoice_user_id": invoice.invoice_user_id.id,
        "invoice_payment_term_id": False,
        "reversed_entry_id": invoice.id,
        "ref": invoice.name,
        "invoice_line_ids": [Command.create({
            "product_id": line.product_id.id,
            "quantity": line.quantity,
            "price_unit": invoice.currency_id.round(line.price_unit * share),
            "tax_ids": [Command.set(line.tax_ids.ids)],
        })],
    }


def receivable_lines(moves):
    """The open items of these entries, first due first."""
    lines = moves.line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable")
    return lines.sorted(lambda line: (line.date_maturity, line.id))
