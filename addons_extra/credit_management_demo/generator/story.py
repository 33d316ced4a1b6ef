"""Writing what script.py has: quotations, loose money, down payments, drafts."""

from datetime import timedelta

from odoo import Command

from . import money
from .catalogue import list_price
from .history import credit_note_values, receivable_lines, write_orders
from .plan import PlannedOrder
from .records import load, name
from .script import BOUNCED, CREDIT_NOTES, DOWN_PAYMENTS, DRAFT_INVOICES, QUOTATIONS, UNALLOCATED


def write_quotations(env, customers, partners, products, users, branch, today):
    """Create the open quotations of the story, named by their keys."""
    return load(env, "sale.order", "quotation", {
        key: {
            "partner_id": partners[quotation.customer].id,
            "company_id": (branch if quotation.is_of_branch else env.company).id,
            "user_id": users[quotation.seller].id,
            "client_order_ref": quotation.reference,
            "state": "sent" if quotation.is_sent else "draft",
            "require_signature": True,
            "validity_date": today + timedelta(days=30),
            "order_line": [
                Command.create({
                    "product_id": products[sku].id,
                    "product_uom_qty": quantity,
                    "price_unit": list_price(sku, customers[quotation.customer].currency),
                })
                for sku, quantity in quotation.lines
            ],
        }
        for key, quotation in QUOTATIONS.items()
    })


def write_loose_ends(env, customers, partners, today):
    """Payments and credit notes that wait to be matched, drafts that wait to be posted."""
    _write_unallocated_payments(env, customers, partners, today)
    _write_bounced_payments(env, partners, today)
    _write_unallocated_credit_notes(env, partners, today)
    _write_draft_invoices(env, partners)


def _write_unallocated_payments(env, customers, partners, today):
    method = money.get_method(env, "transfer")
    payments = env["account.payment"].create([
        money.payment_values(
            method, partners[ref], amount, env.ref(f"base.{customers[ref].currency}"),
            today - timedelta(days=days_ago), "Payment on account",
        )
        for ref, (amount, days_ago) in UNALLOCATED.items()
    ])
    money.settle(env, payments, [env["account.move.line"]] * len(payments))


def _write_bounced_payments(env, partners, today):
    for ref, days_ago in BOUNCED.items():
        payment = _pay(env, oldest_open_invoice(env, partners[ref]), today - timedelta(days=days_ago))
        payment.action_reject()
        name(env, "bounced", {ref: payment})


def _write_unallocated_credit_notes(env, partners, today):
    values = {}
    for ref, (share, days_ago, _is_posted) in CREDIT_NOTES.items():
        invoice = last_invoice(env, partners[ref])
        values[ref] = credit_note_values(invoice, share, today - timedelta(days=days_ago))
        # Posting a credit note of an invoice would match the two.
        values[ref]["reversed_entry_id"] = False
    notes = load(env, "account.move", "credit_note", values)
    posted = [notes[ref].id for ref, (*_rest, is_posted) in CREDIT_NOTES.items() if is_posted]
    env["account.move"].browse(posted)._post(soft=False)


def _write_draft_invoices(env, partners):
    load(env, "account.move", "draft_invoice", {
        ref: {
            "move_type": "out_invoice",
            "partner_id": partners[ref].id,
            "invoice_line_ids": [Command.create({"name": text, "quantity": 1, "price_unit": amount})],
        }
        for ref, (text, amount) in DRAFT_INVOICES.items()
    })


def last_invoice(env, customer):
    """The customer's latest posted invoice."""
    return env["account.move"].search(_posted_invoices(customer), order="invoice_date desc, id desc", limit=1)


def oldest_open_invoice(env, customer):
    """The posted invoice that the customer has owed the longest."""
    domain = [*_posted_invoices(customer), ("amount_residual", ">", 0)]
    return env["account.move"].search(domain, order="invoice_date, id", limit=1)


def _posted_invoices(customer):
    return [
        ("commercial_partner_id", "=", customer.id),
        ("move_type", "=", "out_invoice"),
        ("state", "=", "posted"),
    ]


def write_down_payments(env, customers, partners, products, today):
    """Orders with a down payment: waiting for the money, for the goods, or finished."""
    planned = [
        PlannedOrder(
            down.customer, down.days_ago + 2, down.lines,
            tuple(quantity if down.final_days_ago else 0 for _sku, quantity in down.lines),
        )
        for down in DOWN_PAYMENTS.values()
    ]
    orders = write_orders(env, planned, customers, partners, products, today)
    for order, down in zip(orders, DOWN_PAYMENTS.values(), strict=True):
        _write_down_payment(env, order, down, today)
    name(env, "down_payment", dict(zip(DOWN_PAYMENTS, orders, strict=True)))


def _write_down_payment(env, order, down, today):
    wizard = env["sale.advance.payment.inv"].create({
        "advance_payment_method": "percentage",
        "amount": down.percent,
        "sale_order_ids": [Command.set(order.ids)],
    })
    invoice = _post(wizard._create_invoices(order), today - timedelta(days=down.days_ago))
    if down.is_paid:
        _pay(env, invoice, today - timedelta(days=down.days_ago - 5))
    if down.final_days_ago:
        _post(order._create_invoices(final=True), today - timedelta(days=down.final_days_ago))


def _post(invoice, date):
    invoice.invoice_date = date
    invoice._post(soft=False)
    return invoice


def _pay(env, invoice, date):
    payment = env["account.payment"].create(money.payment_values(
        money.get_method(env, "transfer"), invoice.commercial_partner_id, invoice.amount_total,
        invoice.currency_id, date, invoice.name,
    ))
    money.settle(env, payment, [receivable_lines(invoice)])
    return payment
