"""What lives on the cursor, for one transaction: the pass, the watch, the way out, and what was queued.

All are out of reach of any client: no context key and no field carries a permission.

**The pass** (`cr.precommit.data`): the gate decided on a document and let it through a checkpoint; the guard below it
need not decide again. It is used up by the step it was given for.

**The watch** (`cr.cache`): what documents weighed when the outermost write on them began. Writes are nested (an order
writes its lines): whoever began it ends it, also when the write raises, so nothing is left for a later one.

**The way out** (`cr.cache`): which orders are being cancelled right now, by the method that does it. A cancellation
flushes and opens savepoints, so a pass would be lost on the way, and a person refused who may cancel.

**The queue** (`setup/credit_recheck.py`): rows of a table, written by the transaction; `cr.precommit.data` only knows
which of them were written already, and that they are looked at before the commit.

**Why a pass may be lost.** Odoo empties the *whole* `precommit.data`, whoever put what there: opening a savepoint
flushes the cursor, and where anything is queued `Callbacks.run` calls it and then clears all data
(`odoo/sql_db.py`, `_FlushingSavepoint.__init__`, `BaseCursor.flush`; `odoo/tools/misc.py`, `Callbacks.run`); rolling a
savepoint back clears it too (`_FlushingSavepoint.rollback`, `BaseCursor.clear`). Then the guard finds no pass and
decides again: the same facts, the same answer, a second line in the log. That costs time and nothing else.

**Why a pass is never invented.** Passes are added by the gate alone, after a decision that allows the document, and by
the counter for the invoice of a sale that it has decided. One that was given inside a savepoint goes when the savepoint
is rolled back, with all others; one that is left at the end of a transaction goes with it. `cr.cache` may be emptied
as well, by a rollback: nothing that permits is kept there but the way out, which ends with the method that opened it,
also when that raises. What is lost there refuses, or decides twice.

**Why the queue is not lost.** Its rows are the transaction's: a rollback takes what was queued by what is rolled back,
and what the transaction does not look at is there for the job after its commit.
"""

from contextlib import contextmanager

PASSED = "credit_management.passed"
WATCH = "credit_management.watch"
LEFT = "credit_management.left"
CANCELLING = "credit_management.cancelling"


def note_passes(cr, passes):
    """Remember, in this transaction only, that documents may take a step.

    :param passes: tuples (checkpoint, model, id)
    """
    cr.precommit.data.setdefault(PASSED, set()).update(passes)


def get_passes(cr):
    """Return the passes that were given and are not used up."""
    return cr.precommit.data.get(PASSED, frozenset())


def forget_passes(cr, passes):
    """Use passes up, or take them back."""
    cr.precommit.data.get(PASSED, set()).difference_update(passes)


def get_watched(cr):
    """Return ``{document key: weight}`` of what is being written right now, to read and to change."""
    return cr.cache.setdefault(WATCH, {})


def get_left(cr):
    """Return ``{order id: what has left of it and is not invoiced}`` of what is being written right now, to change."""
    return cr.cache.setdefault(LEFT, {})


@contextmanager
def during(cr, mark, value=True):
    """Say something on the cursor while what is inside runs: which method of core's is at work, or on what.

    :param str mark: its name, `<add-on>.<what>`; bridges bring their own
    """
    before = get_mark(cr, mark, None)
    cr.cache[mark] = value
    try:
        yield
    finally:
        cr.cache[mark] = before


def get_mark(cr, mark, default=False):
    """Return what is said on the cursor right now, else ``default``."""
    value = cr.cache.get(mark)
    return default if value is None else value


def cancelling(cr, order_ids):
    """Say that orders are being cancelled by the method that does it, while what is inside runs."""
    return during(cr, CANCELLING, get_mark(cr, CANCELLING, frozenset()) | frozenset(order_ids))


def is_cancelling(cr, order_ids):
    """Tell whether all these orders are being cancelled by the method that does it."""
    return get_mark(cr, CANCELLING, frozenset()).issuperset(order_ids)
