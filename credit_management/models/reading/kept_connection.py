"""A connection keeps the statements that it has prepared when Odoo hands it out again.

Odoo's pool resets each connection that it hands out: DISCARD ALL, which forgets what was prepared. Every request then
plans the facts anew, which takes several times longer than to read them. Here everything else is reset.
A connection on which nothing of ours was prepared is reset as always.
"""

import functools

from odoo.sql_db import PsycoConnection

# What DISCARD ALL does (PostgreSQL's manual, DISCARD) but for DEALLOCATE ALL and DISCARD PLANS; `psycopg2` reads dates
# in ISO
RESET = """
CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; SET datestyle TO 'ISO'; UNLISTEN *;
SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES
"""


def keep(cr):
    """Let the connection of a cursor keep what it has prepared."""
    cr._cnx.credit_keeps = True


def keeps(cr):
    """Tell whether the connection of a cursor was told to keep what it has prepared."""
    return getattr(cr._cnx, "credit_keeps", False)


def _keeping(reset):
    @functools.wraps(reset)
    def reset_most(connection):
        if not getattr(connection, "credit_keeps", False):
            return reset(connection)
        connection.rollback()
        connection.set_session(isolation_level="DEFAULT", readonly="DEFAULT", deferrable="DEFAULT", autocommit=True)
        with connection.cursor() as cursor:
            cursor.execute(RESET)
        connection.autocommit = False
        return None

    return reset_most


PsycoConnection.reset = _keeping(PsycoConnection.reset)
