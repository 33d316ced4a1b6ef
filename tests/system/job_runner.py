"""An Odoo with OCA's `queue_job` and its job runner: installed beside the environment, for the tests of one bridge."""

import contextlib

from environment import odoo, processes

# no dependencies: Odoo is one of them, and is there already
PACKAGES = ("odoo-addon-queue_job==19.0.2.4.0.1", "openupgradelib==3.13.7", "cssselect==1.6.0")
MODULES = "queue_job,queue_job_credit_management"
CHANNELS = "root:4,root.credit_dunning:2"


def install_packages(place):
    """Return the folder with the packages, which are fetched once."""
    folder = place.state / "queue_job" / "-".join(package.rpartition("=")[2] for package in PACKAGES)
    if not (folder / "complete").exists():
        command = [place.python, "-m", "pip", "install", "--no-input", "--no-deps", f"--target={folder}", *PACKAGES]
        processes.run(command, log=place.log("pip-queue-job"))
        (folder / "complete").touch()
    return folder


def install_modules(place, database):
    """Install the queue and its bridge into a database."""
    options = f"--init={MODULES}", "--stop-after-init", "--no-http", "--max-cron-threads=0"
    environment = place.environment(PYTHONPATH=str(install_packages(place)))
    processes.run(odoo.command(place, database, *options), log=place.log("queue-job-install"), env=environment)


@contextlib.contextmanager
def serving(place, database):
    """Serve a database with a job runner, until the block ends; wait until it answers."""
    port, log = odoo.free_port(), place.log("queue-job")
    options = [
        f"--http-interface={odoo.HOST}", f"--http-port={port}", f"--gevent-port={odoo.free_port()}", "--workers=0",
        "--max-cron-threads=1", f"--db-filter=^{database}$", "--no-database-list", "--load=base,rpc,web,queue_job",
    ]
    environment = place.environment(
        PYTHONPATH=str(install_packages(place)), ODOO_QUEUE_JOB_CHANNELS=CHANNELS, ODOO_QUEUE_JOB_HOST=odoo.HOST,
        ODOO_QUEUE_JOB_PORT=str(port),
    )
    process = processes.start(odoo.command(place, database, *options), log=log, env=environment)
    running = odoo.Running(process, f"http://localhost:{port}", database, log)
    try:
        odoo._wait_until_it_answers(running, port)
        yield running
    finally:
        processes.stop(process)
