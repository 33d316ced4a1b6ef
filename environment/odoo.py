"""Run Odoo: install and update modules, serve a database."""

import contextlib
import http.client
import re
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from . import addons
from .errors import SetupError
from .processes import run, start, stop, tail

ASSETS = Path(__file__).with_name("build_assets.py")
LOADING = re.compile(r"Loading module (\S+) (\(\d+/\d+\))")
HOST = "127.0.0.1"
START_SECONDS = 180


def command(workplace, database, *options, subcommand="server"):
    """Return the command line of Odoo for one database; only tests see the add-ons of the tests."""
    path = addons.addons_path(*addons.of_tests().values() if workplace.name == "test" else ())
    place = f"--data-dir={workplace.databases.data_dir}", f"--addons-path={path}"
    return [workplace.python, "-m", "odoo", subcommand, "-d", database, *place, *options]


def install(workplace, database, modules, step, *options):
    """Install modules into a database and leave."""
    _once(workplace, database, step, f"--init={','.join(modules)}", *options)


def update(workplace, database, modules, step):
    """Update modules in a database and leave."""
    _once(workplace, database, step, f"--update={','.join(modules)}")


def build_assets(workplace, database, step):
    """Build what browsers load, so that the first page of this database and of its copies comes at once."""
    log = workplace.log(f"odoo-assets-{database}")
    log.unlink(missing_ok=True)
    arguments = command(workplace, database, "--no-http", subcommand="shell")
    run(arguments, log=log, step=step, script=ASSETS, env=workplace.environment())


def _once(workplace, database, step, *options):
    """Run Odoo for an installation or update; an error in its log is a failure."""
    log = workplace.log("odoo-" + "-".join(re.findall(r"[a-z]+", step.label.lower())))
    log.unlink(missing_ok=True)
    arguments = command(workplace, database, *options, "--stop-after-init", "--no-http", "--max-cron-threads=0")
    code = run(arguments, log=log, step=step, detail=lambda: loading(log), check=False, env=workplace.environment())
    if code or "Failed to initialize database" in log.read_text(errors="replace"):
        raise SetupError(f"Odoo could not finish ({' '.join(options)}); the end of {log}:\n{tail(log, 15)}")


def loading(log):
    """Say which module Odoo is at."""
    found = LOADING.findall(tail(log, 60))
    return " ".join(found[-1]) if found else "working"


@dataclass(frozen=True)
class Running:
    """An Odoo that serves one database."""

    process: object
    url: str
    database: str
    log: object


@contextlib.contextmanager
def serving(workplace, database, *, port=None, interface=HOST, workers=0, log_name="odoo-server"):
    """Serve a database until the block ends; wait until it answers.

    Without workers, requests run in threads of one process: they are parallel
    in the database, and the web client's live connection needs no second port.
    """
    port = port or free_port()
    log = workplace.log(log_name)
    options = [
        f"--http-interface={interface}", f"--http-port={port}", f"--gevent-port={free_port()}",
        f"--workers={workers}", "--max-cron-threads=1", f"--db-filter=^{database}$", "--no-database-list",
    ]
    process = start(command(workplace, database, *options), log=log, env=workplace.environment())
    running = Running(process, f"http://localhost:{port}", database, log)
    try:
        _wait_until_it_answers(running, port)
        yield running
    finally:
        stop(process)


def free_port():
    """Return a port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def check_port(port, interface=HOST):
    """Say clearly when a port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except OSError as error:
            raise SetupError(f"Port {port} cannot be used ({error.strerror}): use PORT=… for another one.") from error


def _wait_until_it_answers(running, port):
    """Wait for the server's health page."""
    deadline = time.monotonic() + START_SECONDS
    while not _healthy(port):
        if running.process.poll() is not None or time.monotonic() > deadline:
            raise SetupError(f"Odoo does not answer on {running.url}; the end of {running.log}:\n{tail(running.log)}")
        time.sleep(0.3)


def _healthy(port):
    """Tell whether the server answers its health page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request("GET", "/web/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
