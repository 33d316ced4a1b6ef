"""Where things live: the project's folders and the state folder outside of it."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRA_ADDONS = ROOT / "addons_extra"
TEST_ADDONS = ROOT / "tests" / "addons"
ARTEFACTS = ROOT / "artifacts"


def state_folder():
    """Return the folder that keeps what was fetched or created.

    `CREDIT_STATE` wins. Root gets a system folder: its home may be closed to the
    `postgres` user, who has to reach the private cluster.
    """
    if chosen := os.environ.get("CREDIT_STATE"):
        return Path(chosen).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/credit-management")
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser().resolve() / "credit-management"


def ensure(folder):
    """Create `folder` with its parents and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder
