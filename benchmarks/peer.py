"""The open peer: OCA's aged partner balance, from the Python package index that the machine is set up for, pinned."""

from environment import odoo
from environment.errors import SetupError
from environment.processes import run
from environment.progress import warn

OPERATION = "aging_peer"
REPEATS = 3  # it takes seconds
MODULE = "account_financial_report"
PACKAGES = (
    "odoo-addon-account-financial-report==19.0.0.0.26.3", "odoo-addon-date-range==19.0.1.0.1",
    "odoo-addon-report-xlsx==19.0.1.0.2.2", "xlrd==2.0.1",
)


def database(workplace, size, core, step):
    """Return a copy of the data with the peer installed, and where its add-ons are; None where it does not install."""
    name, folder = f"bench_{size.name}_peer", workplace.state / "peer" / PACKAGES[0].rpartition("=")[2]
    log = workplace.log("bench-peer")
    try:
        if not folder.exists():
            pip = [workplace.python, "-m", "pip", "install", "--no-deps", "--target", folder, *PACKAGES]
            run(pip, log=log, step=step)
        workplace.databases.drop(name)
        workplace.databases.create(name, core)
        places = f"--addons-path={folder / 'odoo' / 'addons'}"
        command = odoo.command(workplace, name, places, f"--init={MODULE}", "--stop-after-init", "--no-http")
        run(command, log=log, step=step, env=workplace.environment(PYTHONPATH=str(folder)))
    except SetupError as error:
        warn(f"The peer is left out: {error}")
        return None
    return name, folder
