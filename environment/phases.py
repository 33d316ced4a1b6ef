"""`make test` and `make test-long`: the phases, what each runs, and in which order."""

import itertools
import time

from . import machine, outcomes, suites
from .errors import SetupError
from .progress import Steps, say, warn
from .testrun import DATABASE_STEPS, TestRun
from .workplace import PREPARATION, prepared

PHASES = {
    "ruff": suites.ruff,
    "pylint-odoo": suites.pylint,
    "conventions and engine": suites.plain,
    "Odoo's linter": suites.odoo_lint,
    "translations": suites.translations,
    "translation files": suites.write_translations,
    "add-ons in Odoo": suites.odoo_tests,
    "demo company in Odoo": suites.demo_tests,
    "whole system": suites.system,
    "lives": suites.lives,
    "kills": suites.kills,
    "suites": suites.core_suites,
}
LONG = ("lives", "kills", "suites")
COMMANDS = {
    "test": tuple(name for name in PHASES if name not in {"translation files", *LONG}),
    "test-long": LONG,
    "lint": ("ruff", "pylint-odoo", "Odoo's linter", "translations"),
    "test-engine": ("conventions and engine",),
    "test-odoo": ("add-ons in Odoo", "demo company in Odoo"),
    "test-system": ("whole system",),
    "i18n": ("translation files",),
    "setup": (),
}
PACKAGES = (machine.BROWSER, machine.PDF, machine.CJK_FONTS)
NEEDS_OURS = {"add-ons in Odoo", "Odoo's linter", "translations", "translation files", "lives"}
NEEDS_BRIDGES = {"whole system", "kills"}
NEEDS_DEMO = {"demo company in Odoo", *NEEDS_BRIDGES}
NEEDS_CORE = {"suites"}
NEEDS_BROWSER = {"add-ons in Odoo", "whole system", "suites"}


def run_phases(command, arguments):
    """Run the phases of a command, or those that the first arguments name; return the exit code."""
    names, arguments = choose(command, arguments)
    steps = Steps(PREPARATION + _database_steps(names))
    with prepared(steps, "test", PACKAGES, throw_away=True) as workplace:
        if not names:
            return 0
        _require_browser(names)
        test_run = TestRun(workplace, steps, arguments)
        if NEEDS_DEMO & set(names):
            test_run.begin_demo_company()
        return outcomes.close([_timed(name, test_run) for name in names])


def choose(command, arguments):
    """Return the phases to run, and what pytest gets."""
    chosen = tuple(itertools.takewhile(COMMANDS[command].__contains__, arguments))
    return chosen or COMMANDS[command], arguments[len(chosen):]


def _database_steps(names):
    """Return how many steps it takes to build the databases of these phases."""
    needed = [bool(needs & set(names)) for needs in (NEEDS_OURS, NEEDS_DEMO, NEEDS_CORE)]
    return DATABASE_STEPS * sum(needed) + bool(NEEDS_BRIDGES & set(names))


def _require_browser(names):
    """Refuse to skip the browser tests silently."""
    if not machine.find_browser() and NEEDS_BROWSER & set(names):
        raise SetupError("The tests need a browser: install it by: apt-get install chromium")


def _timed(name, test_run):
    """Run one phase; what cannot be set up counts as a failure, and the others still run."""
    started = time.monotonic()
    say(f"\n== {name} ==")
    try:
        outcome = PHASES[name](test_run)
    except SetupError as error:
        warn(str(error))
        outcome = outcomes.check(1)
    return name, time.monotonic() - started, outcome
