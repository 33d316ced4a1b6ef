"""Keep two runs from using the same databases at once."""

import contextlib
import fcntl
import os

from .errors import SetupError
from .paths import ensure


@contextlib.contextmanager
def lock(state, name):
    """Hold the lock `name` of the state folder; say who holds it when it is taken."""
    with (ensure(state / "locks") / name).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise SetupError(_taken(state, name, file.read().strip())) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _taken(state, name, holder):
    """Return the sentence for a lock that another run holds."""
    return (
        f"Another run (process {holder or 'unknown'}) is using the {name} part of {state}: "
        "wait for it, end it, or give this run a folder of its own with CREDIT_STATE=…"
    )
