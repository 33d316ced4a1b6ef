"""What many statements start from is read, and planned, once in each, however many of its parts ask for it."""

import dataclasses
import functools

from odoo.tools import SQL

# what a source of the exposure selects, in this order: their rows are united
ROWS = (
    "company_id int, partner_id int, component text, res_model text, res_id int, row_id int, date_due date, "
    "amount numeric, amount_currency numeric, currency_id int"
)
# common tables and the methods that read them, in the order in which they need each other
SHARED = {
    "credit_item": "_get_items_sql",
    "credit_moved": "_get_moved_items_sql",
    "credit_payment": "_get_payments_sql",
    "credit_transaction": "_get_transactions_sql",
    "credit_named": "_get_named_sql",
    "credit_uncovered": "_get_uncovered_sql",
}
NETTED = "credit_netted"  # what several sources of factors ask for
TABLES = {**{method: table for table, method in SHARED.items()}, "_get_netted_sql": NETTED}


def read_once(method):
    """Let a method of `SHARED` return the common table where the statement around has it.

    A method with `left_out` has that outside: what is absent needs no table. An override would be read into the table
    and asked for its rows once more: more documents are a further source.
    """
    table = TABLES[method.__name__]

    @functools.wraps(method)
    def build(exposure, scope):
        return SQL("TABLE %s", SQL.identifier(table)) if table in scope.shared else method(exposure, scope)

    return build


def share(method):
    """Let a method that builds a statement for a scope put what its parts start from before it, in common tables.

    PostgreSQL leaves out those that nobody asks for. Within a statement that has them already nothing is put.
    """

    @functools.wraps(method)
    def build(model, scope, *values):
        if scope.shared:
            return method(model, scope, *values)
        tables, exposure = [], model.env["credit.exposure"]
        for table, source in SHARED.items():
            if table in scope.absent:
                continue
            tables.append(SQL("%s AS (%s)", SQL.identifier(table), getattr(exposure, source)(scope)))
            scope = dataclasses.replace(scope, shared=scope.shared | {table})
        statement = method(model, scope, *values)  # may have tables of its own, and WITH stands once
        return SQL("WITH %s SELECT built.* FROM (%s) built", SQL(", ").join(tables), statement)

    return build
