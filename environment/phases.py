"""`make test`: the phases, what each runs, and in which order."""

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
}
COMMANDS = {
    "test": tuple(name for name in PHASES if name != "translation files"),
    "lint": ("ruff", "pylint-odoo", "Odoo's linter", "translations"),
    "test-engine": ("conventions and engine",),
    "test-odoo": ("add-ons in Odoo", "demo company in Odoo"),
    "test-system": ("whole system",),
    "i18n": ("translation files",),
    "setup": (),
}
PACKAGES = (machine.BROWSER, machine.PDF, machine.CJK_FONTS)


NEEDS_OURS = {"add-ons in Odoo", "Odoo's linter", "translations", "translation files"}
NEEDS_DEMO = {"whole system", "demo company in Odoo"}
NEEDS_BROWSER = {"add-ons in Odoo", "whole system"}


def run_phases(command, arguments):
    """Run the phases of a command one after the other; return the exit code."""
    names = COMMANDS[command]
    steps = Steps(PREPARATION + _database_steps(names))
    with prepared(steps, "test", PACKAGES, throw_away=True) as workplace:
        if not names:
            return 0
        _require_browser(names)
        test_run = TestRun(workplace, steps, arguments)
        if NEEDS_DEMO & set(names):
            test_run.begin_demo_company()
        return outcomes.close([_timed(name, test_run) for name in names])


def _database_steps(names):
    """Return how many steps it takes to build the databases of these phases."""
    kinds = [bool(needs & set(names)) for needs in (NEEDS_OURS, NEEDS_DEMO)]
    return DATABASE_STEPS * sum(kinds) + ("whole system" in names)


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
