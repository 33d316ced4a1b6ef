"""A private PostgreSQL cluster, reached through a socket that only its owner can open."""

import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .errors import SetupError
from .machine import is_root
from .paths import ensure
from .processes import output, run, tail

OWNER = "postgres"
ROLE = "odoo"
COMMON = {"max_connections": 200, "work_mem": "32MB", "jit": "off", "listen_addresses": "''"}
# Only for databases that can be thrown away: a crash may corrupt them.
THROW_AWAY = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "wal_level": "minimal", "max_wal_senders": 0, "max_wal_size": "4GB", "autovacuum_naptime": "5min",
}


@dataclass(frozen=True)
class Cluster:
    """One cluster: the binaries that run it, its folder and the folder of its socket."""

    binaries: Path
    folder: Path
    socket: Path
    settings: dict

    @property
    def data(self):
        """Return the data directory."""
        return self.folder / "data"

    @property
    def log(self):
        """Return the server's log file."""
        return self.folder / "server.log"

    def start(self, step):
        """Create the cluster when it is new, and start its server."""
        if not (self.data / "PG_VERSION").exists():
            self._create(step)
        self.stop()
        options = " ".join(f"-c {name}={value}" for name, value in self._all_settings().items())
        command = [self._program("pg_ctl"), "-D", self.data, "-l", self.log, "-w", "-t", "120", "-o", options, "start"]
        if run(self._as_owner(command), log=self.folder / "control.log", step=step, check=False, cwd="/"):
            raise SetupError(f"PostgreSQL did not start; the end of {self.log}:\n{tail(self.log, 6)}")

    def stop(self):
        """Stop the server if it runs, also one that a killed run left behind."""
        if (self.data / "postmaster.pid").exists():
            command = [self._program("pg_ctl"), "-D", self.data, "-m", "fast", "-w", "-t", "60", "stop"]
            output(self._as_owner(command), check=False, cwd="/")

    def close(self):
        """Stop the server and remove its socket."""
        self.stop()
        shutil.rmtree(self.socket, ignore_errors=True)

    def create_role(self):
        """Create Odoo's role: Odoo refuses to work as `postgres`."""
        statement = f"CREATE ROLE {ROLE} LOGIN SUPERUSER"
        command = [self._program("psql"), "-h", self.socket, "-U", OWNER, "-d", "postgres", "-c", statement]
        output(self._as_owner(command), check=False, cwd="/")

    def _create(self, step):
        """Run `initdb` in a folder that gets its name last."""
        fresh = self.folder / "data.partial"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [
            self._program("initdb"), "-D", fresh, "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8",
            "--auth-local=trust", "--auth-host=reject", "--no-instructions",
        ]
        run(self._as_owner(command), log=self.folder / "control.log", step=step, cwd="/")
        fresh.rename(self.data)

    def _all_settings(self):
        """Return the server's settings of this start."""
        return {**COMMON, **self.settings, "unix_socket_directories": self.socket, "shared_buffers": _buffers()}

    def _program(self, name):
        """Return the path of one of PostgreSQL's programs."""
        return self.binaries / name

    def _as_owner(self, command):
        """PostgreSQL refuses to run as root."""
        return ["runuser", "-u", OWNER, "--", *command] if is_root() else command


def prepare(binaries, state, name, throw_away):
    """Return the cluster `name` of the state folder, one per major version of PostgreSQL."""
    major = output([binaries / "postgres", "--version"]).split()[2].split(".")[0]
    folder = ensure(state / "pg" / f"{name}-{major}")
    socket = Path(tempfile.mkdtemp(prefix="credit-pg-"))
    for place in (folder, socket):
        _give_to_owner(place)
    _check_reachable(folder)
    return Cluster(binaries, folder, socket, THROW_AWAY if throw_away else {})


def _give_to_owner(folder):
    """Hand a folder to the user that runs the server."""
    if not is_root():
        return
    try:
        owner = pwd.getpwnam(OWNER)
    except KeyError:
        raise SetupError(f"There is no user {OWNER}: install it by: apt-get install postgresql") from None
    os.chown(folder, owner.pw_uid, owner.pw_gid)


def _check_reachable(folder):
    """As root, make sure that PostgreSQL's user can get to the folder."""
    if is_root() and run(["runuser", "-u", OWNER, "--", "test", "-w", folder], check=False, cwd="/"):
        raise SetupError(
            f"The user {OWNER} cannot reach {folder} (a folder above it is closed): "
            "choose another one with CREDIT_STATE=…"
        )


def _buffers():
    """Return an eighth of the memory, between 128 MB and 1 GB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return f"{min(1024, max(128, memory // 8))}MB"
