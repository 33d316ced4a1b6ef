"""The faults that the exposure still has: lives keep away from them, and each mending deletes one entry.

A fault is a question to a life: has its last step led into it? Such a step is not taken.
``CREDIT_MENDED=4,15`` tries a life as if these were mended. The numbers are those of the issue *Faults*.
"""

import os

from . import oracle

OWN_TAXES = ("group", "fixed", "division")


def other_decimals(life):
    """Amounts are rounded as their own currency is; companies with 0 and 3 decimals do business."""
    return any(company.currency_id.decimal_places != 2 for company in life.busy_companies())


def taxed_without_quantity(life):
    """The price with tax of one unit of a line that was ordered as 0 is what Odoo's tax engine says."""
    lines = life.orders.order_line.filtered(lambda line: not line.product_uom_qty and not line.is_downpayment)
    return any(tax.amount_type in OWN_TAXES or tax.price_include for tax in lines.tax_ids)


def draft_beyond_its_order(life):
    """A draft moves no more out of an order than was open of it: where it is for more, it counts what it says."""
    drafts = life.invoices.filtered(lambda move: move.state == "draft")
    goods = drafts.invoice_line_ids.sale_line_ids.filtered(lambda line: not line.is_downpayment)
    return any(oracle.covered_quantity(line) > oracle.owed_quantity(line) for line in goods)


KNOWN_FAULTS = {
    "13": other_decimals,
    "14": taxed_without_quantity,
    "beyond": draft_beyond_its_order,
}
for mended in filter(None, os.environ.get("CREDIT_MENDED", "").split(",")):
    del KNOWN_FAULTS[mended]
