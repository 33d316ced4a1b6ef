"""Progress on the terminal: one line per step, a sign of life in long ones."""

import contextlib
import sys
import time

QUIET_SECONDS = 20


def say(text=""):
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def warn(text):
    """Print one line on standard error."""
    print(text, file=sys.stderr, flush=True)


class Step:
    """One step that is under way; `done` says how it ended."""

    def __init__(self, label):
        """Begin the step `label`, for instance `[3/7] Odoo 19`."""
        self.label = label
        self.started = time.monotonic()
        self.result = None
        self.last_sign = self.started

    def done(self, result):
        """Keep the sentence that closes the step's line."""
        self.result = result

    def tick(self, detail="working"):
        """Show that a long step is alive."""
        now = time.monotonic()
        pause = 1 if sys.stdout.isatty() else QUIET_SECONDS
        if now - self.last_sign < pause:
            return
        self.last_sign = now
        line = f"{self.label} … {detail} ({now - self.started:.0f} s)"
        print(f"\r\033[K{line}" if sys.stdout.isatty() else line, end="" if sys.stdout.isatty() else "\n", flush=True)

    def close(self):
        """Print the closing line of the step."""
        seconds = time.monotonic() - self.started
        took = f" ({seconds:.0f} s)" if seconds >= 1 else ""
        start = "\r\033[K" if sys.stdout.isatty() else ""
        say(f"{start}{self.label} … {self.result or 'done'}{took}")


class Steps:
    """Numbers the steps of one run: `[2/6] …`."""

    def __init__(self, total):
        """Expect `total` steps."""
        self.total = total
        self.number = 0

    @contextlib.contextmanager
    def step(self, name):
        """Yield a `Step`; its line is closed only when it went well."""
        self.number += 1
        step = Step(f"[{self.number}/{self.total}] {name}")
        yield step
        step.close()
