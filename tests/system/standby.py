"""A database server with a real standby that follows it: what Odoo calls a replica."""

import contextlib
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

from environment import cluster, machine
from environment.postgres import Server
from environment.processes import output

SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "replica"}
EVERY_STATEMENT = {"log_statement": "all", "hot_standby": "on"}
PATIENCE = 30


@dataclass(frozen=True)
class Pair:
    """The server that is written to, and the one that follows."""

    primary: Server
    standby: Server
    log: Path  # every statement that the standby was asked

    def wait(self):
        """Wait until the standby has what was written so far."""
        written, deadline = self.primary.query("SELECT pg_current_wal_lsn()"), time.monotonic() + PATIENCE
        while self.standby.query(f"SELECT pg_last_wal_replay_lsn() >= '{written}'") != "t":
            assert time.monotonic() < deadline, f"the standby does not follow; see {self.log}"
            time.sleep(0.1)


@contextlib.contextmanager
def pair(place, database):
    """Yield a server that has a copy of a database, and its standby; Odoo's process finds both by their variables."""
    with _started(place, "replicated", SETTINGS) as first:
        primary = _server(first)
        first.create_role()
        _copy(place, primary, database)
        with _started(place, "replica", {**SETTINGS, **EVERY_STATEMENT}, follows=first) as second:
            replica = {"PGHOST_REPLICA": str(second.socket), "PGPORT_REPLICA": "5432"}
            yield Pair(replace(primary, variables={**primary.variables, **replica}), _server(second), second.log)


@contextlib.contextmanager
def _started(place, name, settings, follows=None):
    """Start a cluster that is thrown away, new or as a standby that follows another one."""
    program = place.server.binaries
    found = replace(cluster.prepare(program, place.state, name, throw_away=False), settings=settings)
    shutil.rmtree(found.data, ignore_errors=True)
    try:
        if follows:
            command = [program / "pg_basebackup", "-h", follows.socket, "-U", cluster.OWNER, "-D", found.data, "-R"]
            output(_as_owner([*command, "--checkpoint=fast"]), cwd="/")
        found.start(None)
        yield found
    finally:
        found.close()
        shutil.rmtree(found.folder)


def _as_owner(command):
    return ["runuser", "-u", cluster.OWNER, "--", *command] if machine.is_root() else command


def _server(found):
    return Server(found.binaries, {"PGHOST": str(found.socket), "PGPORT": "5432", "PGUSER": cluster.ROLE})


def _copy(place, primary, database):
    """Copy a database from the server of the tests: that one does not write what a standby needs."""
    folder = place.state / "replicated.dump"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        run = [place.server.binaries / "pg_dump", "-Fd", "-j2", "-Z0", "-f", folder, database]
        output(run, env=place.server.environment())
        primary.query(f'CREATE DATABASE "{database}" TEMPLATE template0')
        run = [place.server.binaries / "pg_restore", "-j2", "-d", database, folder]
        output(run, env=primary.environment())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
