"""Run Odoo's own test suites without and with our add-ons, and compare what fails.

    python3 tests/core_suites.py sale account portal payment

Exits with 1 when something fails with our add-ons that passes without them. Tests that run while
a module is being installed (`at_install`) are left out: they expect a database with that module only.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environment import addons, odoo, processes, templates
from environment.phases import PACKAGES
from environment.progress import Steps, say
from environment.workplace import PREPARATION, prepared

SUITES = ("sale", "account", "portal", "payment")
FAILED = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(setUpClass \(\S+\)|\w+\.\w+)")
COUNTED = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def compare(suites):
    """Run the suites on both databases; return the exit code."""
    needed = sorted({*suites, *addons.core_dependencies(_compared(suites))})
    with prepared(Steps(PREPARATION + 2), "core-suites", PACKAGES, throw_away=True) as workplace:
        steps = Steps(2)
        with steps.step("Database: Odoo's modules") as step:
            bare = templates.core(workplace, step, "suites", needed)
        with steps.step("Database: our add-ons") as step:
            full = _with_ours(workplace, step, bare, suites)
        say(f"Odoo's {', '.join(suites)} without and with our add-ons, side by side …")
        both = [_start(workplace, bare, suites, "without"), _start(workplace, full, suites, "with")]
        return _report(*[_finish(workplace, *one) for one in both])


def _compared(suites):
    """Return the main add-on, and each of ours whose needs of Odoo's the suites name."""
    ours = addons.tested()
    named = {*suites, "account", "sale_management"}
    return [addon for addon in ours.values() if {need for need in addon.depends if need not in ours} <= named]


def _with_ours(workplace, step, bare, suites):
    name = f"{templates.PREFIX}suites_ours"
    workplace.databases.drop(name)
    workplace.databases.create(name, bare)
    odoo.install(workplace, name, sorted(addon.name for addon in _compared(suites)), step)
    step.done("built")
    return name


def _start(workplace, template, suites, label):
    """Start the suites on a copy of a database; return the process, the database and the log."""
    database = templates.copy(workplace, template, f"{templates.RUN}_{label}")
    log = workplace.log(f"suites-{label}")
    log.unlink(missing_ok=True)
    tags = ",".join(f"/{suite}" for suite in suites) + ",-at_install"
    options = ["--test-tags", tags, "--stop-after-init", f"--http-port={odoo.free_port()}", "--max-cron-threads=0"]
    say(f"{label} our add-ons: log {log}")
    command = odoo.command(workplace, database, *options)
    return processes.start(command, log=log, env=workplace.environment()), database, log


def _finish(workplace, process, database, log):
    """Wait for the suites; return the names of what failed and the number run."""
    process.wait()
    workplace.databases.drop(database)
    text = log.read_text(errors="replace")
    counted = COUNTED.findall(text)
    return set(FAILED.findall(text)), int(counted[-1][2]) if counted else 0


def _report(without, with_ours):
    """Print what differs; return the exit code."""
    say(f"\nwithout our add-ons: {without[1]} tests, {len(without[0])} fail")
    for name in sorted(without[0]):
        say(f"  {name}")
    say(f"with our add-ons:    {with_ours[1]} tests, {len(with_ours[0])} fail")
    new = sorted(with_ours[0] - without[0])
    for name in new:
        say(f"  only with ours: {name}")
    say(f"\n{with_ours[1] - len(new)} passed, {len(new)} failed")
    return 1 if new or not with_ours[1] else 0


if __name__ == "__main__":
    processes.adopt_orphans()
    processes.interrupt_on_signals()
    try:
        sys.exit(compare(tuple(sys.argv[1:]) or SUITES))
    finally:
        processes.end_descendants()
