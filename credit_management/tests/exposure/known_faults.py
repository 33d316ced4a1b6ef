"""The faults that the exposure still has: lives keep away from them, and each mending deletes one entry.

A fault is a question to a life: has its last step led into it? Such a step is not taken.
``CREDIT_MENDED=4,15`` tries a life as if these were mended. The numbers are those of the issue *Faults*.
"""

import os

from . import oracle

OWN_TAXES = ("group", "fixed", "division")


def matched_with_a_draft(life):
    """A match with an entry that is not posted is no match: Odoo keeps it when an entry is reset to draft."""
    lines = (life.invoices + life.payments.move_id).line_ids
    matches = lines.matched_debit_ids + lines.matched_credit_ids
    return any(move.state != "posted" for move in (matches.debit_move_id + matches.credit_move_id).move_id)


def rejected(life):
    """A rejected payment is no money, though its entry stays posted."""
    return any(payment.state == "rejected" and payment.move_id.state == "posted" for payment in life.payments)


def other_decimals(life):
    """Amounts are rounded as their own currency is; companies with 0 and 3 decimals do business."""
    return any(company.currency_id.decimal_places != 2 for company in life.busy_companies())


def taxed_without_quantity(life):
    """The price with tax of one unit of a line that was ordered as 0 is what Odoo's tax engine says."""
    lines = life.orders.order_line.filtered(lambda line: not line.product_uom_qty and not line.is_downpayment)
    return any(tax.amount_type in OWN_TAXES or tax.price_include for tax in lines.tax_ids)


def bounced_while_matched(life):
    """A payment whose entry was reversed settles nothing: the debt is as old as its invoice."""
    entries = life.payments.move_id.filtered(lambda entry: "posted" in entry.reversal_move_ids.mapped("state"))
    matches = entries.line_ids.matched_debit_ids
    return bool(matches.debit_move_id.move_id - entries.reversal_move_ids)


def business_of_a_branch(life):
    """A company and its branches are one legal company: what a customer owes them is one debt."""
    return any(company.parent_id for company in life.busy_companies())


def draft_beyond_its_order(life):
    """A draft moves no more out of an order than was open of it: where it is for more, it counts what it says."""
    drafts = life.invoices.filtered(lambda move: move.state == "draft")
    goods = drafts.invoice_line_ids.sale_line_ids.filtered(lambda line: not line.is_downpayment)
    return any(oracle.covered_quantity(line) > oracle.owed_quantity(line) for line in goods)


KNOWN_FAULTS = {
    "draft": matched_with_a_draft,  # 3 of the issue
    "4": rejected,
    "13": other_decimals,
    "14": taxed_without_quantity,
    "15": bounced_while_matched,
    "17": business_of_a_branch,
    "beyond": draft_beyond_its_order,
}
for mended in filter(None, os.environ.get("CREDIT_MENDED", "").split(",")):
    del KNOWN_FAULTS[mended]
