"""Build the databases of a size: Odoo with the data, its twin with the add-on, and an empty pair.

`core` has Odoo's own modules and the data; `ours` is a copy of it in which the add-on was then
installed. Both are kept, so that a second run only measures; a change of the generator builds them anew.
"""

import hashlib
import time
from pathlib import Path

from environment import odoo
from environment.processes import run

FOLDER = Path(__file__).resolve().parent
PREFIX = "bench_"
STEPS = (
    "00_begin", "10_customers", "20_invoices", "21_invoice_lines", "30_payments", "31_exceptions", "40_orders",
    "90_end",
)
MODULES = ("account", "sale_management")
ADD_ON = "credit_management"
# foreign keys hold by construction; checking each of millions would take most of the time
LOADING = "-c session_replication_role=replica -c maintenance_work_mem=512MB -c work_mem=256MB"


def core_database(workplace, size, base, steps):
    """Return the kept database with Odoo and the data of a size."""
    prefix = f"{PREFIX}{size.name}_core_"
    with steps.step(f"Data of size {size.name}") as step:

        def build(name):
            module(workplace, "benchmarks.prepare", name, "core")
            for file in STEPS:
                step.tick(file)
                psql(workplace, name, file, size)

        present = workplace.databases.exists(prefix + _fingerprint())
        name = workplace.databases.kept(prefix + _fingerprint(), prefix, build, base)
        step.done("present" if present else "generated")
    return name


def base_database(workplace, steps):
    """Return the kept database with Odoo and nothing in it but a chart of accounts."""
    prefix = f"{PREFIX}base_"
    with steps.step("Odoo's own modules") as step:

        def build(name):
            odoo.install(workplace, name, MODULES, step)

        name = workplace.databases.kept(prefix + "v1", prefix, build)
        step.done("ready")
    return name


def install_add_on(workplace, template, name, step):
    """Install the add-on in a fresh copy of a database; return the seconds that took."""
    workplace.databases.drop(name)
    workplace.databases.create(name, template)
    started = time.monotonic()
    odoo.install(workplace, name, [ADD_ON], step)
    return time.monotonic() - started


def set_up_credit(workplace, name, size):
    """Give the customers limits, ratings and groups, and switch a policy on."""
    psql(workplace, name, "credit", size)
    module(workplace, "benchmarks.prepare", name, "credit")


def psql(workplace, database, file, size):
    """Run a file of SQL; the variables of the size are known to it."""
    options = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, *size.variables()]
    options += ["-f", FOLDER / "sql" / f"{file}.sql"]
    environment = workplace.environment(PGOPTIONS=LOADING if file in STEPS else "")
    run([workplace.server.binaries / "psql", *options], log=workplace.log("bench-sql"), env=environment)


def module(workplace, name, *arguments):
    """Run a module of ours in the Python that has Odoo."""
    environment = workplace.environment(BENCH_DATA_DIR=str(workplace.databases.data_dir))
    run([workplace.python, "-m", name, *arguments], log=workplace.log("bench-odoo"), env=environment, cwd=FOLDER.parent)


def _fingerprint():
    """Return a short hash of the generator."""
    content = b"".join((FOLDER / "sql" / f"{file}.sql").read_bytes() for file in STEPS)
    content += (FOLDER / "prepare.py").read_bytes()
    return hashlib.sha256(content).hexdigest()[:8]
