"""A session in an Odoo database without a server: registry, cursor, environment."""

import contextlib
import logging
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADMIN = 2


def start():
    """Import Odoo and point it at our add-ons; the server is found by libpq's variables."""
    from odoo.tools import config

    core = Path(__import__("odoo").__path__[0]) / "addons"
    more = [os.environ["BENCH_PEER"]] if "BENCH_PEER" in os.environ else []
    options = [f"--addons-path={','.join(map(str, (core, ROOT, ROOT / 'addons_extra', *more)))}"]
    if data_dir := os.environ.get("BENCH_DATA_DIR"):
        options.append(f"--data-dir={data_dir}")
    config.parse_config([*options, "--log-level=warn"], setup_logging=False)
    logging.getLogger("odoo").setLevel(logging.WARNING)


@contextlib.contextmanager
def environment(database, user_id=ADMIN):
    """Yield an environment on a database; what is not committed is rolled back."""
    start()
    from odoo import api
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        yield api.Environment(cr, user_id, {"lang": "en_US", "tz": "UTC"})
        cr.rollback()
