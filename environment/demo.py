"""`make demo`: a trading company's database, served until you stop it."""

import contextlib
import os

from . import addons, odoo
from .errors import SetupError
from .machine import CJK_FONTS, PDF
from .progress import Steps, say
from .workplace import PREPARATION, prepared

DATABASE = "credit_demo"
LANGUAGE = "en_US,zh_CN"
LOGINS = {
    "sales": "salesperson: orders of own customers",
    "controller": "credit controller: works the holds",
    "manager": "credit manager: limits, policies, releases",
    "accountant": "accountant: invoices and payments",
    "admin": "administrator",
}


def modules():
    """Return what a demo database has: the demo add-on, and what `DEMO_MODULES` adds."""
    if addons.DEMO not in addons.ours():
        raise SetupError(f"The add-on {addons.DEMO} is missing in addons_extra/: the demo company comes from it.")
    more = os.environ.get("DEMO_MODULES", "").replace(",", " ").split()
    return [addons.DEMO, *more]


def demo(*, reset=False):
    """Prepare the machine and the database, serve it until Ctrl-C."""
    port, interface = _port(), os.environ.get("HOST_INTERFACE", odoo.HOST)
    odoo.check_port(port, interface)
    wanted = modules()
    steps = Steps(PREPARATION + 2)
    with prepared(steps, "demo", (PDF, CJK_FONTS), throw_away=False) as workplace:
        with steps.step("Demo company") as step:
            _ensure_database(workplace, wanted, step, reset)
        _serve(workplace, steps, port, interface)


def _serve(workplace, steps, port, interface):
    """Serve the demo database until somebody stops us."""
    with contextlib.ExitStack() as stack:
        with steps.step("Server") as step:
            serving = odoo.serving(workplace, DATABASE, port=port, interface=interface, workers=_workers())
            running = stack.enter_context(serving)
            step.done("ready")
        _welcome(running)
        code = running.process.wait()
        raise SetupError(f"Odoo ended by itself with code {code}; see {running.log}")


def build(workplace, database, wanted, step):
    """Install the demo company into a new database."""
    odoo.install(workplace, database, wanted, step, f"--load-language={LANGUAGE}")


def _build_whole(workplace, database, wanted, step):
    """Install the demo company, and build what browsers load."""
    build(workplace, database, wanted, step)
    odoo.build_assets(workplace, database, step)


def _ensure_database(workplace, wanted, step, reset):
    """Create the demo database, or bring it up to date with the add-ons' code."""
    databases = workplace.databases
    present = addons.with_dependencies(addons.DEMO).values()
    print_ = addons.fingerprint([*present, *addons.tested().values()])
    if reset:
        databases.drop(DATABASE)
    if not databases.exists(DATABASE):
        databases.kept(DATABASE, f"{DATABASE}_", lambda name: _build_whole(workplace, name, wanted, step))
        step.done("created")
    elif databases.read_mark(DATABASE) != print_:
        odoo.update(workplace, DATABASE, sorted(addons.with_dependencies(addons.DEMO)), step)
        step.done("updated, because the add-ons' code changed (make demo-reset builds it anew)")
    else:
        step.done("present")
    databases.mark(DATABASE, print_)


def _welcome(running):
    """Say where the demo is and who can log in."""
    say(f"\n  {running.url}   (stop with Ctrl-C)\n")
    for login, role in LOGINS.items():
        say(f"  {login:<11} password {login:<11} {role}")
    say(f"\n  Odoo's log: {running.log}")


def _port():
    """Return the port that `PORT` names."""
    try:
        return int(os.environ.get("PORT") or 8069)
    except ValueError:
        raise SetupError(f"PORT={os.environ['PORT']} is not a number.") from None


def _workers():
    """Return the number of worker processes that `WORKERS` names; 0 means threads."""
    return int(os.environ.get("WORKERS") or 0)
