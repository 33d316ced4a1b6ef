"""Measure one size: `python3 -m benchmarks small|medium|large [operation …]`; `throughput [size] [seconds]` measures a
running server; `report` writes the tables."""

import json
import statistics
import sys

from environment import processes
from environment.errors import SetupError
from environment.processes import output
from environment.progress import Steps, say, warn
from environment.workplace import PREPARATION, prepared

from . import generate, peer, report, throughput
from .operations_list import NAMES
from .sizes import SIZES

OWN_STEPS = 4
INSTALLATIONS = {"small": 3, "medium": 2, "large": 1}


def main():
    """Prepare, measure, write the results; return the exit code."""
    if len(sys.argv) < 2 or sys.argv[1] not in (*SIZES, "throughput", "report"):
        warn(__doc__)
        return 2
    if sys.argv[1] == "report":
        report.write()
        return 0
    processes.adopt_orphans()
    processes.interrupt_on_signals()
    try:
        if sys.argv[1] == "throughput":
            return throughput.measure(*sys.argv[2:])
        return _measure(SIZES[sys.argv[1]], sys.argv[2:] or NAMES)
    except SetupError as error:
        warn(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        processes.ignore_signals()
        processes.end_descendants()


def _measure(size, names):
    """Measure the operations of a size."""
    steps = Steps(PREPARATION + OWN_STEPS + (peer.OPERATION in names))
    with prepared(steps, "bench", (), throw_away=True) as workplace:
        base = generate.base_database(workplace, steps)
        core = generate.core_database(workplace, size, base, steps)
        ours = f"{generate.PREFIX}{size.name}"
        results = report.load(size.name)
        with steps.step("Installing the add-on") as step:
            results["install"] = _install(workplace, size, core, base, ours, step)
        with steps.step("Setting credit up"):
            generate.set_up_credit(workplace, ours, size)
        for name in names:
            if found := _peer(workplace, size, core, name, steps):
                results[name] = _worker(workplace, ours, *found)
                say(report.line(name, results[name]))
        results["size"] = _counts(workplace, core)
        report.save(size.name, results)
        report.write()
    return 0


def _install(workplace, size, core, base, ours, step):
    """Install in turn on the data and on nothing; the last copy with data is the one to measure in."""
    empty, full = [], []
    for _turn in range(INSTALLATIONS[size.name]):
        empty.append(generate.install_add_on(workplace, base, f"{ours}_empty", step))
        full.append(generate.install_add_on(workplace, core, ours, step))
    workplace.databases.drop(f"{ours}_empty")
    seconds = {"ours": statistics.median(full), "empty": statistics.median(empty)}
    return {name: {"ms": 1000 * value, "queries": None} for name, value in seconds.items()}


def _peer(workplace, size, core, name, steps):
    """Return what an operation is measured beside: a database, the operation's name, how often, and its variables."""
    if name != peer.OPERATION:
        return core, name, size.repeats, {}
    with steps.step("The open peer") as step:
        found = peer.database(workplace, size, core, step)
    if found:
        folder = found[1]
        return found[0], name, peer.REPEATS, {"BENCH_PEER": f"{folder}/odoo/addons", "PYTHONPATH": str(folder)}
    return None


def _worker(workplace, ours, core, name, repeats, variables):
    """Measure one operation in a process of its own."""
    command = [workplace.python, "-m", "benchmarks.worker", ours, core, name, repeats]
    environment = workplace.environment(BENCH_DATA_DIR=str(workplace.databases.data_dir), **variables)
    return json.loads(output(command, env=environment, cwd=generate.FOLDER.parent).strip().splitlines()[-1])


def _counts(workplace, database):
    """Return how much of everything there is, and how many items are open."""
    statement = (generate.FOLDER / "sql" / "counts.sql").read_text()
    return json.loads(workplace.server.query(statement, database))


if __name__ == "__main__":
    sys.exit(main())
