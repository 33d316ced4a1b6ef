"""Run Odoo's own test suites with our add-ons; what fails is run again by itself, then without them.

    make test-long ARGS="suites account sale portal payment"

A test counts as failed when it fails with our add-ons and passes without them. What passes with them
needs no comparison, so only the failures are repeated. Tests that run while a module is
being installed (`at_install`) are left out: they expect a database with that module only.
"""

import re

from environment import addons, odoo, outcomes, processes, templates
from environment.progress import Steps, say

SUITES = ("sale",)
CORES = 2
FAILED = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(setUpClass \(\S+\)|\w+\.\w+)")
COUNTED = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
STARTED = re.compile(r" Starting \w+\.\w+ \.\.\.")


def compare(test_run):
    """Run the suites that the arguments name, or `SUITES`, on both databases; return the outcome."""
    workplace, suites = test_run.workplace, _wanted(test_run.arguments)
    needed = sorted({*suites, *addons.core_dependencies(_compared(suites))})
    with test_run.steps.step("Database: Odoo's modules of the suites") as step:
        bare = templates.core(workplace, step, "suites", needed)
    with test_run.steps.step("Database: our add-ons beside them") as step:
        full = _with_ours(workplace, step, bare, suites)
        say(f"Odoo's {', '.join(suites)} with our add-ons, on {CORES} cores …")
    shares = [suites[core::CORES] for core in range(CORES) if suites[core::CORES]]
    started = [_start(workplace, full, [f"/{suite}" for suite in share], f"with-{share[0]}") for share in shares]
    failed, count = _sum([_finish(workplace, *one) for one in started])
    failed = _fail_alone(workplace, full, failed, "again")  # side by side, a browser may just have been too slow
    return _report(suites, failed, count, _fail_alone(workplace, bare, failed, "without"))


def _wanted(arguments):
    """Return the suites that the arguments name; options are pytest's."""
    return [name for name in arguments if not name.startswith("-")] or list(SUITES)


def _compared(suites):
    """Return the main add-on, and each of ours whose needs of Odoo's the suites name."""
    ours = addons.tested()
    named = {*suites, "account", "sale_management"}
    return [addon for addon in ours.values() if {need for need in addon.depends if need not in ours} <= named]


def _with_ours(workplace, step, bare, suites):
    """Return a new database with what the suites need and our add-ons."""
    name = templates.copy(workplace, bare, f"{templates.PREFIX}suites_ours")
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
    """Wait for the suites, and show how far they are; return the names of what failed and the number run."""
    with Steps(1).step(log.stem) as step:
        processes.wait(process, step, lambda: f"{len(STARTED.findall(log.read_text(errors='replace')))} tests begun")
    workplace.databases.drop(database)
    text = log.read_text(errors="replace")
    counted = COUNTED.findall(text)
    return set(FAILED.findall(text)), int(counted[-1][2]) if counted else 0


def _sum(results):
    """Return the names of what failed in all shares, and the number of tests run."""
    return set().union(*(failed for failed, _count in results)), sum(count for _failed, count in results)


def _report(suites, failed, count, without):
    """Print what differs; return the outcome. That nothing was run is a failure, too."""
    for name in sorted(failed):
        say(f"  {'also without' if name in without else 'only with'} ours: {name}")
    new = failed - without
    note = f"{', '.join(suites)}; {len(failed & without)} fail without ours, too"
    return outcomes.Outcome(passed=count - len(new), failed=len(new) + (not count), note=note)
