"""What the guard of moves looks at, for as long as it does: a transfer is asked about those moves, not about others.

It lives on the cursor, out of reach of any client. Where a rollback empties it, the whole transfer is looked at.
"""

from contextlib import contextmanager

GUARDED = "stock_credit_management.guarded"


def get_guarded(cr):
    """Return the ids of the moves that the guard looks at right now."""
    return cr.cache.get(GUARDED, frozenset())


@contextmanager
def guarding(cr, move_ids):
    """Say which moves the guard looks at, while what is inside runs."""
    before = get_guarded(cr)
    cr.cache[GUARDED] = frozenset(move_ids)
    try:
        yield
    finally:
        cr.cache[GUARDED] = before
