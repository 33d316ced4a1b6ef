"""Everything that was found or made ready, handed to what runs Odoo."""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from . import machine, postgres
from .databases import Databases
from .locks import lock
from .odoo_source import ensure_odoo
from .paths import ensure, state_folder
from .postgres import Server
from .python_env import ensure_python, link_odoo

FILE = "CREDIT_WORKPLACE"
PREPARATION = 4


@dataclass(frozen=True)
class Workplace:
    """A machine on which Odoo can run: the state folder, a Python with Odoo, a server."""

    state: Path
    python: Path
    odoo: Path
    server: Server
    name: str

    @property
    def databases(self):
        """Return the databases of this workplace."""
        return Databases(self.server, self.state / "data" / self.name)

    def log(self, name):
        """Return the path of a log file."""
        return ensure(self.state / "logs") / f"{name}.log"

    def environment(self, **more):
        """Return the environment for programs that talk to this workplace's server."""
        # another Odoo on the user's PYTHONPATH would come before ours
        ours = {"ODOO_RC": "/dev/null", "PYTHONPATH": "", **self._bytecode()}
        return {**self.server.environment(), **ours, **more}

    def _bytecode(self):
        """Keep what Python compiles, outside of the user's folders: each start of Odoo is some five seconds shorter."""
        return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.state / "bytecode")}

    def save(self):
        """Write this workplace to a file that `load` reads in another process."""
        values = {
            "state": str(self.state), "python": str(self.python), "odoo": str(self.odoo), "name": self.name,
            "binaries": str(self.server.binaries), "variables": self.server.variables,
        }
        file = self.state / "locks" / f"{self.name}.json"
        file.write_text(json.dumps(values))
        return file


def load():
    """Return the workplace of the run that started this process."""
    values = json.loads(Path(os.environ[FILE]).read_text())
    server = Server(Path(values["binaries"]), values["variables"])
    return Workplace(Path(values["state"]), Path(values["python"]), Path(values["odoo"]), server, values["name"])


@contextlib.contextmanager
def prepared(steps, name, packages, *, throw_away):
    """Make the machine ready in `PREPARATION` steps; yield the workplace, then stop its server."""
    state = ensure(state_folder())
    with lock(state, name):
        with lock(state, "set-up"):
            python, odoo = _programs(steps, state, packages)
        with contextlib.ExitStack() as stack:
            with steps.step("PostgreSQL") as step:
                running = postgres.running(state, python, name, step, throw_away=throw_away)
                server = stack.enter_context(running)
            workplace = Workplace(state, python, odoo, server, name)
            workplace.databases.check_may_create()
            yield workplace


def _programs(steps, state, packages):
    """Make Debian's programs, the Python packages and Odoo present."""
    with steps.step("Machine") as step:
        ensure(state / "logs")
        machine.check_room(state)
        missing = machine.ensure_packages(packages, state / "logs" / "apt.log", step)
        step.done("; ".join(map(_without, missing)) or "ready")
    with steps.step("Python packages") as step:
        python = ensure_python(state, step)
    with steps.step("Odoo 19") as step:
        odoo = ensure_odoo(state, step)
        link_odoo(python, odoo)
    return python, odoo


def _without(package):
    """Say what is missing and how to get it."""
    return f"without {package.lack} (install it by: apt-get install {package.name})"
