"""Orders a second of a running server, beside Odoo alone: `python3 -m benchmarks throughput [small|medium] [seconds]`.

One server at a time, with workers; clients create and confirm orders over RPC, as fast as they are answered. Measured
from outside: what a person waits for, with the commit and the log in it; each database for half of the seconds, then
again. `beside` is the same while the nightly jobs run one after the other and somebody leafs through the list of files.
"""

import contextlib
import json
import statistics
import subprocess
import sys
import threading
from dataclasses import dataclass

from environment import odoo
from environment.progress import Steps, say
from environment.rpc import Session
from environment.workplace import PREPARATION, prepared

from . import generate, report
from .sizes import SIZES

WORKERS = 4
SECONDS, TURNS = 60, 2
FIRST = 101  # customers before it are the generator's special cases
NIGHTLY = ("cron_keep_behaviour", "cron_take_snapshots")
LIST = ("display_name", "amount_exposure", "amount_available", "amount_overdue")


@dataclass(frozen=True)
class Run:
    """How many clients share how many customers, and whether nightly work runs beside."""

    name: str
    clients: int
    customers: int
    is_beside: bool = False


RUNS = (
    Run("one_client", 1, 500), Run("many", 8, 500), Run("few", 8, 5),
    Run("many_beside", 8, 500, True), Run("few_beside", 8, 5, True),
)


def measure(size_name="medium", seconds=SECONDS):
    """Measure all runs on both databases, in turn; keep and show the results; return the exit code."""
    size, steps, seconds = SIZES[size_name], Steps(PREPARATION + 3), int(seconds)
    with prepared(steps, "bench", (), throw_away=True) as workplace:
        core = generate.core_database(workplace, size, generate.base_database(workplace, steps), steps)
        databases = {"core": f"{generate.PREFIX}throughput_core", "ours": f"{generate.PREFIX}throughput"}
        with steps.step("Copies to work in") as step:
            workplace.databases.drop(databases["core"])
            workplace.databases.create(databases["core"], core)
            generate.install_add_on(workplace, core, databases["ours"], step)
            generate.set_up_credit(workplace, databases["ours"], size)
            generate.psql(workplace, databases["ours"], "throughput", size)
        found = {run.name: _in_turn(workplace, databases, run, seconds) for run in RUNS}
        for name in databases.values():
            workplace.databases.drop(name)
    report.save("throughput", {"size": size_name, "seconds": seconds, "workers": WORKERS, "runs": found})
    report.write()
    return 0


def _in_turn(workplace, databases, run, seconds):
    """Let the clients work on either database, several times in turn: a machine is faster in one minute than in the
    next. Return what they saw of each."""
    seen = {name: [] for name in databases}
    for _turn in range(TURNS):
        for name in databases:
            seen[name].append(_run(workplace, databases, name, run, seconds // TURNS))
    return {name: _add_up(f"{run.name:<12} {name:<5}", turns, seconds) for name, turns in seen.items()}


def _run(workplace, databases, name, run, seconds):
    """Serve a database, let the clients work; return what they saw, and how often Odoo replayed."""
    with odoo.serving(workplace, databases[name], workers=WORKERS, log_name=f"bench-{name}") as server:
        with _beside(server, name) if run.is_beside else contextlib.nullcontext():
            seen = _clients(server, run, seconds)
        replays = server.log.read_text(errors="replace").count("tries left, try again in")
    server.log.unlink()
    return seen, replays


def _add_up(title, turns, seconds):
    """Return, and say, the figures of all clients of all turns."""
    seen = [one for clients, _replays in turns for one in clients]
    times = sorted(value for one in seen for value in one["milliseconds"])
    result = {
        "orders_per_second": sum(one["confirmed"] for one in seen) / seconds,
        "held": sum(one["held"] for one in seen),
        "errors": sorted({error for one in seen for error in one["errors"]}),
        "median_ms": statistics.median(times), "p95_ms": times[int(len(times) * 0.95)],
        "replays": sum(replays for _seen, replays in turns),
    }
    say(f"{title} {json.dumps(result)}")
    return result


def _clients(server, run, seconds):
    """Start the clients, let them go at the same moment, and collect what they print."""
    command = [sys.executable, "-m", "benchmarks.clients", server.url, server.database, str(seconds)]
    started = [
        subprocess.Popen(
            [*command, str(number), str(FIRST), str(run.customers)], text=True, cwd=generate.FOLDER.parent,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for number in range(run.clients)
    ]
    for client in started:
        client.stdout.readline()
    for client in started:
        client.stdin.write("go\n")
        client.stdin.flush()
    return [json.loads(client.communicate()[0].strip().splitlines()[-1]) for client in started]


@contextlib.contextmanager
def _beside(server, name):
    """Let somebody read lists, and run the nightly jobs, until the block ends; Odoo alone has neither list nor jobs."""
    if name == "core":
        yield
        return
    is_over = threading.Event()

    def work():
        session = Session(server.url, server.database, "admin")
        jobs = session.search("ir.model.data", [("name", "in", NIGHTLY), ("model", "=", "ir.cron")], "res_id")
        while not is_over.is_set():
            for job in jobs:
                session.call("ir.cron", "method_direct_trigger", [job["res_id"]])
                specification = {name: {} for name in LIST}
                session.call("credit.profile", "web_search_read", [], specification=specification, limit=80)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        yield
    finally:
        is_over.set()
        worker.join(timeout=120)
