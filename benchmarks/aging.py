"""The measured operations of aged receivables, as those of `operations.py`.

``rewind`` and ``add_up`` are two ways to the same figures by plain SQL, each with the ledger's side of the tie; the
better one is the floor.
"""

import io
from datetime import date

import xlsxwriter
from dateutil.relativedelta import relativedelta

from . import floor
from .measure import Variant

BIG = 1
WAYS = ("rewind", "add_up")
COLUMNS = [f"amount_{number}" for number in range(1, 13)]
AMOUNTS = [*COLUMNS, "amount_credits", "amount_advance", "amount_beside", "amount_total", "amount_received_since",
           "amount_credited_since"]
SHOWN = ("partner_id", "document_name", "date_document", "date_due", "days_late", "kind", "marks", "currency_id",
         "company_currency_id", "shown_currency_id", *AMOUNTS)
WIDE = [30, 16, 16, 20, 12, 12, 8, 8] + [15] * 10
NAMED = ("partner_id", "currency_id", "company_currency_id", "shown_currency_id")


def day_before(bench, months):
    """Return a day some months back."""
    return bench.env.cr.now().date() - relativedelta(months=months)


def open_items(bench, day, **context):
    """Return the model of open items as the administrator of all companies asks for it."""
    companies = bench.env.user.company_ids.ids
    return bench.env["credit.open.item"].with_context(
        allowed_company_ids=companies, credit_aging_as_of=str(day), **context
    )


def floors(bench, day):
    """Return the floor, in both ways."""
    return {way: bench.sql(floor.aging(way), floor.ledger(), day=day) for way in WAYS}


def read_totals(items):
    """Return all customers' totals, with what stands around them."""
    from odoo.addons.credit_management.models.aging.credit_open_item_page import Summary

    summary = Summary(items, [])
    sums = [f"{name}:sum" for name in ("amount_total", *COLUMNS[:6], "amount_credits", "amount_beside")]
    rows = items._read_group([], ["partner_id", "company_id"], [*sums, *summary.specs])
    return rows, summary.make(rows[0][2 + len(sums):])


def _totals(bench, months):
    day = day_before(bench, months)
    return {"ours": bench.read(lambda: read_totals(open_items(bench, day))), **floors(bench, day)}


def aging_today(bench):
    """All customers' totals with the tie, today."""
    return _totals(bench, 0)


def aging_2(bench):
    """The same two months back."""
    return _totals(bench, 2)


def aging_11(bench):
    """The same eleven months back."""
    return _totals(bench, 11)


def aging_marks(bench):
    """All customers' totals with the tie, and what of each item was disputed, promised and covered."""
    day = day_before(bench, 2)

    def ours():
        items = open_items(bench, day)
        return read_totals(items), items._read_marks()

    return {"ours": bench.read(ours), **floors(bench, day)}


def aging_page(bench):
    """The first page of the report, as the screen asks for it."""
    day = day_before(bench, 2)
    aggregates = ["shown_currency_id:array_agg_distinct", "days_late:max"]
    aggregates += [f"{name}:{way}" for name in AMOUNTS for way in ("sum", "sum_currency")]

    def ours():
        return open_items(bench, day).web_read_group([], ["partner_id"], aggregates, limit=80)

    return {"ours": bench.read(ours), **floors(bench, day)}


def aging_unfold(bench):
    """The items of the biggest customer, as the screen unfolds them."""
    day, customer = day_before(bench, 2), bench.partner(BIG)
    shown = {name: {"fields": {"display_name": {}}} if name in NAMED else {} for name in SHOWN}

    def ours():
        items = open_items(bench, day, credit_aging_partner_id=customer.id)
        return items.web_search_read([("partner_id", "=", customer.id)], shown, limit=80)

    return {"ours": bench.read(ours), "floor": bench.sql(floor.aging_one(), day=day, customer=bench.contacts(BIG))}


def aging_xlsx(bench):
    """All open items as a workbook, beside plain xlsxwriter of the same rows."""
    day = day_before(bench, 2)
    plain = bench.read(lambda: write_plain(bench, day))
    return {"ours": bench.read(lambda: open_items(bench, day)._write_xlsx(io.BytesIO())), "floor": plain}


def write_plain(bench, day):
    """Write the rows of the file as anybody would who has the programmer's manual beside him."""
    bench.env.cr.execute(floor.aging_rows(), {"accounts": bench.accounts, "day": day})
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet, rows = book.add_worksheet("Aged Receivables"), bench.env.cr.fetchall()
    amount, dated = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, width in enumerate(WIDE):
        sheet.set_column(number, number, width)
    for number, (*values, value) in enumerate(rows, 1):
        late = values[6]
        place = 0 if value < 0 else 1 + min(5, -(-late // 30))
        for column, cell in enumerate([*values, *(value if column == place else 0 for column in range(8)), value]):
            write = sheet.write_datetime if isinstance(cell, date) else sheet.write
            write(number, column, cell, dated if isinstance(cell, date) else amount if column > 7 else None)
    book.close()


def aging_peer(bench):
    """The first company's customers, beside the report of the open peer, which is of one company."""
    day, theirs = day_before(bench, 2), bench.core
    company = theirs["res.company"].browse(1)
    accounts = theirs["account.account"].search([("account_type", "=", "asset_receivable"), ("company_ids", "=", 1)])
    wizard = theirs["aged.partner.balance.report.wizard"].create(
        {"company_id": company.id, "date_at": day, "account_ids": accounts.ids}
    )
    data = {**wizard._prepare_report_data(), "date_at": str(day)}
    report = theirs["report.account_financial_report.aged_partner_balance"]
    items = open_items(bench, day).with_context(allowed_company_ids=company.ids)
    return {
        "ours": bench.read(lambda: read_totals(items)),
        "peer": Variant(theirs.cr, lambda: report._get_report_values([], data), before=theirs.invalidate_all),
    }


OPERATIONS = {
    operation.__name__: operation
    for operation in (aging_today, aging_2, aging_11, aging_marks, aging_page, aging_unfold, aging_xlsx, aging_peer)
}
