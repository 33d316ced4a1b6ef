"""Statements that a connection plans once: planning the facts takes PostgreSQL several times longer than running them.

A connection keeps them from request to request (`kept_connection.py`). Whether a statement is there the connection is
asked; what a cursor was told is good until it is closed.
"""

import hashlib
from dataclasses import dataclass

from odoo.tools import SQL

from .kept_connection import keep

# so many statements a connection keeps: each takes up to a megabyte of the database server
MOST = 40
# the names of what the connection has
KNOWN = SQL("ARRAY(SELECT name::text FROM pg_prepared_statements)")
# keeps PostgreSQL, in this transaction, from planning a statement for its values after all, as it would the first five
# times
GENERIC = SQL("SET LOCAL plan_cache_mode = force_generic_plan")


@dataclass(frozen=True)
class PreparedStatement:
    """The text of a statement with ``$1``, ``$2``, … in place of its values, whose types these are."""

    name: str
    text: str
    types: tuple[str, ...]

    @classmethod
    def make(cls, cr, prefix, types, build):
        """Return a statement; another text gets another name, so that no connection runs an old one.

        :param build: called with a parameter for each type; returns the `SQL`
        """
        parameters = [SQL(f"${number}::{kind}") for number, kind in enumerate(types, 1)]
        text = cr.mogrify(build(*parameters)).decode()
        return cls(f"{prefix}_{hashlib.sha256(text.encode()).hexdigest()[:16]}", text, tuple(types))

    def fetch_rows(self, env, is_known, values):
        """Return the rows of the statement; the connection gets it first where it does not have it.

        :param bool is_known: whether its name is among `KNOWN`
        """
        if not is_known:
            types = SQL(", ").join(SQL(kind) for kind in self.types)
            statement = SQL(self.text.replace("%", "%%"))
            env.cr.execute(SQL("PREPARE %s (%s) AS %s", SQL.identifier(self.name), types, statement))
            keep(env.cr)
        values = SQL(", ").join(SQL("%s", value) for value in values)
        return env.execute_query(SQL("%s; EXECUTE %s (%s)", GENERIC, SQL.identifier(self.name), values))


def read_known(cr):
    """Return the names of the statements that the connection of a cursor has; of too many it has none any more."""
    cr.execute(SQL("SELECT %s", KNOWN))
    [[known]] = cr.fetchall()
    if len(known) <= MOST:
        return tuple(known)
    cr.execute("DEALLOCATE ALL")
    return ()
