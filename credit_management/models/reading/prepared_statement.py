"""Statements that a connection plans once: planning the facts takes PostgreSQL several times longer than running them.

It holds as long as a cursor does. Odoo resets each connection that it hands out, and that forgets what was prepared: a
request plans once, however many customers it decides on, and so does the next. Whether a statement is there is asked
each time, in a round trip that is made anyway; what a cursor was told is good until it is closed.
"""

import hashlib
from dataclasses import dataclass

from odoo.tools import SQL

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
        values = SQL(", ").join(SQL("%s", value) for value in values)
        return env.execute_query(SQL("%s; EXECUTE %s (%s)", GENERIC, SQL.identifier(self.name), values))
