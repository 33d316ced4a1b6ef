"""Starting programs and ending them, with everything they started themselves."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from .errors import SetupError

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 10


def adopt_orphans():
    """Become the parent of orphaned grandchildren, so that none escapes `end_descendants`."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def _end_with_parent():
    """In a new process: end when our own one is killed without a chance to clean up."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _prctl(option, value):
    """Set a property of this process that only Linux has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, int(value), 0, 0, 0)


def interrupt_on_signals():
    """Let SIGTERM and SIGHUP unwind the program as Ctrl-C does."""

    def interrupt(_number, _frame):
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def ignore_signals():
    """Finish a clean-up even when the user is impatient."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def start(command, *, log=None, script=None, **options):
    """Start `command` in a process group of its own, with its output in `log`; it reads the file `script`."""
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(Path(log).open("ab")) if log else None
        read = stack.enter_context(Path(script).open()) if script else subprocess.DEVNULL
        try:
            return subprocess.Popen(
                [str(part) for part in command], stdin=read, stdout=output,
                stderr=subprocess.STDOUT if log else None, start_new_session=True,
                preexec_fn=_end_with_parent, **options,  # noqa: PLW1509 (this program has one thread)
            )
        except FileNotFoundError as error:
            raise SetupError(f"The program {command[0]} is missing on this machine.") from error


def stop(process):
    """End the process group of `process`: politely first, then for certain."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
            if number == signal.SIGKILL or not _group_alive(process.pid):
                return


def run(command, *, log=None, step=None, detail=None, check=True, **options):
    """Run `command` to its end and return its exit code; ended if we are interrupted.

    `step` is ticked while it runs, with the text that `detail()` returns.
    """
    process = start(command, log=log, **options)
    try:
        code = wait(process, step, detail)
    finally:
        stop(process)
    if check and code:
        raise SetupError(_failure(command, code, log))
    return code


def wait(process, step, detail):
    """Wait for `process` while its step shows a sign of life."""
    while True:
        try:
            return process.wait(1)
        except subprocess.TimeoutExpired:
            if step:
                step.tick(detail() if detail else "working")


def output(command, *, check=True, **options):
    """Return what a short `command` prints."""
    try:
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False, **options,
        )
    except FileNotFoundError as error:
        raise SetupError(f"The program {command[0]} is missing on this machine.") from error
    if check and done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise SetupError(f"{Path(str(command[0])).name} failed: {' '.join(last) or done.returncode}")
    return done.stdout


def tail(log, lines=12):
    """Return the last lines of a log file."""
    text = Path(log).read_text(errors="replace") if Path(log).exists() else ""
    return "\n".join(text.splitlines()[-lines:])


def end_descendants():
    """End every process that this run started, directly or not."""
    for number, patience in ((signal.SIGTERM, 3), (signal.SIGKILL, 1)):
        deadline = time.monotonic() + patience
        for pid in _descendants():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        while _descendants() and time.monotonic() < deadline:
            time.sleep(0.1)


def _failure(command, code, log):
    """Return the sentence for a command that failed, with the end of its log."""
    name = Path(str(command[0])).name
    where = f"; the end of {log}:\n{tail(log)}" if log else "."
    return f"{name} ended with code {code}{where}"


def _group_alive(group):
    """Tell whether a process group still has members."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _descendants():
    """Return the ids of the living processes below this one."""
    parents = dict(_processes())
    found = set()
    for pid in parents:
        ancestor = pid
        while (ancestor := parents.get(ancestor)) is not None:
            if ancestor == os.getpid():
                found.add(pid)
                break
    return found


def _processes():
    """Yield (process, parent) of every living process on the machine."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = entry.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                yield int(entry.parent.name), int(parent)
