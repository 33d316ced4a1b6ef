"""Run Odoo's own test suites with our add-ons; what fails is run again by itself, then without them.

    python3 tests/core_suites.py account sale portal payment

Exits with 1 when something fails with our add-ons that passes without them. What passes with them
needs no comparison, so only the failures are repeated. Tests that run while a module is
being installed (`at_install`) are left out: they expect a database with that module only.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environment import addons, odoo, processes, templates
from environment.phases import PACKAGES
from environment.progress import Steps, say
from environment.workplace import PREPARATION, prepared

SUITES = ("account", "sale", "portal", "payment")
CORES = 2
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
        say(f"Odoo's {', '.join(suites)} with our add-ons, on {CORES} cores …")
        shares = [suites[core::CORES] for core in range(CORES) if suites[core::CORES]]
        started = [_start(workplace, full, [f"/{suite}" for suite in share], f"with-{share[0]}") for share in shares]
        failed, count = _sum([_finish(workplace, *one) for one in started])
        failed = _fail_alone(workplace, full, failed, "again")  # side by side, a browser may just have been too slow
        return _report(failed, count, _fail_alone(workplace, bare, failed, "without"))


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


def _fail_alone(workplace, template, failed, label):
    """Run failed tests once more, by themselves; return which of them fail again."""
    if not failed:
        return set()
    say(f"what failed, {label} …")
    return _finish(workplace, *_start(workplace, template, sorted({_tag(name) for name in failed}), label))[0]


def _tag(name):
    """Return Odoo's test tag of a failed test, or of the class that could not be set up."""
    return f":{name.rstrip(')').rsplit('.', 1)[1]}" if name.startswith("setUpClass") else f":{name}"


def _start(workplace, template, tags, label):
    """Start tests on a copy of a database; return the process, the database and the log."""
    database = templates.copy(workplace, template, f"{templates.RUN}_{label.replace('-', '_')}")
    log = workplace.log(f"suites-{label}")
    log.unlink(missing_ok=True)
    only = ["--test-tags", ",".join([*tags, "-at_install"])]
    options = [*only, "--stop-after-init", f"--http-port={odoo.free_port()}", "--max-cron-threads=0"]
    say(f"log {log}")
    command = odoo.command(workplace, database, *options)
    return processes.start(command, log=log, env=workplace.environment()), database, log


def _finish(workplace, process, database, log):
    """Wait for the suites; return the names of what failed and the number run."""
    process.wait()
    workplace.databases.drop(database)
    text = log.read_text(errors="replace")
    counted = COUNTED.findall(text)
    return set(FAILED.findall(text)), int(counted[-1][2]) if counted else 0


def _sum(results):
    """Return the names of what failed in all shares, and the number of tests run."""
    return set().union(*(failed for failed, _count in results)), sum(count for _failed, count in results)


def _report(failed, count, without):
    """Print what differs; return the exit code."""
    say(f"\nwith our add-ons: {count} tests, {len(failed)} fail, {len(failed & without)} of them without ours, too")
    for name in sorted(failed):
        say(f"  {'also without' if name in without else 'only with'} ours: {name}")
    new = failed - without
    say(f"\n{count - len(new)} passed, {len(new)} failed")
    return 1 if new or not count else 0


if __name__ == "__main__":
    processes.adopt_orphans()
    processes.interrupt_on_signals()
    try:
        sys.exit(compare(tuple(sys.argv[1:]) or SUITES))
    finally:
        processes.end_descendants()
