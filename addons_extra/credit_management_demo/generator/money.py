"""Writing the payments and settling the invoices with them."""

from collections import defaultdict
from datetime import timedelta

from .history import receivable_lines
from .records import MODULE

IN_PROCESS_DAYS = 5
"""Payments younger than this have been announced but not seen on the bank account."""


def write_payments(env, written, today):
    """Create the planned payments, oldest first, and settle the items they are for."""
    batches = _group_by_day(written)
    payments = env["account.payment"].create([
        _payment_values(env, day, way, items, today) for (day, way, *_key), items in batches
    ])
    settle(env, payments, [
        env["account.move.line"].concat(*(line for line, _amount in items))
        for _key, items in batches
    ])
    return payments


def _group_by_day(written):
    """One payment for all the items that a customer pays on a day, oldest first.

    A payment in part stays by itself: in a batch it would be used up in another order.

    :return: [((days_ago, way of paying, partner, currency, part), [(line, amount)])]
    """
    batches = defaultdict(list)
    for days_ago, way, line, amount, is_part in _amounts(written):
        part = line.id if is_part else 0
        key = (days_ago, way, line.partner_id.id, line.currency_id.id, part)
        batches[key].append((line, amount))
    return sorted(batches.items(), key=lambda item: (-item[0][0], item[0][1:]))


def _amounts(written):
    """Every planned payment with its amount in the currency of the invoice."""
    for order, planned, move in written:
        lines = receivable_lines(move)
        left = {line: line.amount_residual_currency for line in lines}
        for payment in planned.payments:
            line = lines[payment.instalment]
            amount = line.currency_id.round(left[line] * payment.share)
            left[line] -= amount
            if amount > 0:
                yield payment.days_ago, order.pays_by, line, amount, payment.share < 1


def _payment_values(env, days_ago, way, items, today):
    lines = [line for line, _amount in items]
    if way == "transfer" and days_ago <= IN_PROCESS_DAYS:
        way = "in_process"
    return payment_values(
        get_method(env, way), lines[0].partner_id, sum(amount for _line, amount in items),
        lines[0].currency_id, today - timedelta(days=days_ago),
        ", ".join(line.move_name for line in lines),
    )


def get_method(env, way):
    """The payment method of one of the ways of paying of company.py."""
    return env.ref(f"{MODULE}.method_{way}")


def payment_values(method, partner, amount, currency, date, memo):
    """Values of one payment of a customer."""
    return {
        "payment_type": "inbound",
        "partner_type": "customer",
        "partner_id": partner.id,
        "amount": amount,
        "currency_id": currency.id,
        "date": date,
        "journal_id": method.journal_id.id,
        "payment_method_line_id": method.id,
        "memo": memo,
    }


def settle(env, payments, lines_by_payment):
    """Post the payments and reconcile each with its items, in one plan."""
    _write_entries(env, payments)
    payments.action_post()
    env["account.move.line"]._reconcile_plan([
        lines + receivable_lines(payment.move_id)
        for payment, lines in zip(payments, lines_by_payment, strict=True)
        if lines
    ])


def _write_entries(env, payments):
    """Create and post the entries of all payments at once, as `action_post` does singly.

    Linking them one by one makes Odoo look for the invoices of each payment twice, which
    took a quarter of the whole installation; so the links are written in one go and their
    dependents told once.
    """
    for payment in payments.filtered(lambda payment: not payment.outstanding_account_id):
        payment.outstanding_account_id = payment._get_outstanding_account(payment.payment_type)
    moves = env["account.move"].create([payment._generate_move_vals() for payment in payments])
    moves._post(soft=False)
    env.flush_all()
    payments._write_multi([{"move_id": move.id} for move in moves])
    payments.invalidate_recordset(["move_id"])
    payments.modified(["move_id"])
