"""Whose documents are read, and as of which day; what a statement does without."""

import functools
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

# What many customers have some of, by the names of `_get_presence`. What is left out makes another statement, and each
# connection plans each of them: these are left out together or not at all.
USUAL = (
    frozenset({"orders", "down_payments", "drafts", "credit_payment"}),
    frozenset({"promises", "credit_named", "credit_moved"}),
)


def among(column, ids):
    """Return the condition that a column is among ids: values, or a parameter of a prepared statement."""
    if isinstance(ids, SQL):
        return SQL("%s = ANY(%s)", column, ids)
    return SQL("%s IN %s", column, ids or (0,))


def nothing(columns):
    """Return a statement without rows that has these columns, each with its type: ``item_id int, amount numeric``."""
    typed = (column.split() for column in columns.split(", "))
    return SQL("SELECT %s WHERE FALSE", SQL(", ").join(SQL(f"NULL::{kind} AS {name}") for name, kind in typed))


def left_out(name, columns):
    """Let a method that returns a statement for a scope return nothing where the scope says that it is absent.

    To plan the facts takes PostgreSQL several times longer than to read them, and of most customers there is nothing
    in most places.

    :param str name: of the question in `_get_presence`
    :param str columns: of the statement, with their types
    """

    def decorate(method):
        @functools.wraps(method)
        def build(model, scope, *values):
            return nothing(columns) if name in scope.absent else method(model, scope, *values)

        return build

    return decorate


@dataclass(frozen=True)
class Scope:
    """Whose documents are read, and as of which day; ``partner_ids`` None means everybody's.

    Sources put the values into their statements and nothing else: in a prepared statement they are
    its parameters.
    """

    as_of: date
    partner_ids: tuple[int, ...] | None = None
    account_ids: tuple[int, ...] = (0,)
    contact_ids: tuple[int, ...] | None = None
    until: date | None = None  # what was booked up to this day counts; None: all that is booked, whatever its day
    shared: frozenset[str] = frozenset()  # what the statement around has read already: see `shared.py`
    absent: frozenset[str] = frozenset()  # of what today's tables have nothing that concerns these customers

    def restrict(self, customer: SQL, contact: SQL | None = None) -> SQL:
        """Return the condition that keeps the scope's customers.

        :param customer: column with the commercial partner
        :param contact: column with the partner of the document. Where the scope lists the contacts,
            PostgreSQL then knows whose rows it reads, and how many there are: it plans the biggest
            customer otherwise than the average one.
        """
        if self.partner_ids is None:
            return SQL("TRUE")
        if contact is not None and self.contact_ids is not None:
            return among(contact, self.contact_ids)
        return among(customer, self.partner_ids)

    def narrow(self, contact: SQL) -> SQL:
        """Return a condition that leaves out most of other customers' rows early, where contacts are known."""
        return SQL("TRUE") if self.contact_ids is None else among(contact, self.contact_ids)

    def restrict_day(self, booked: SQL) -> SQL:
        """Return the condition that keeps what was booked up to the scope's day."""
        return SQL("TRUE") if self.until is None else SQL("%s <= %s", booked, self.until)

    def restrict_account(self, account: SQL) -> SQL:
        """Return the condition that keeps receivable accounts."""
        return among(account, self.account_ids)
