"""What the machine must have: a Python that Odoo takes, room on the disk, Debian's programs."""

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .errors import SetupError
from .processes import output, run

PYTHONS = ((3, 10), (3, 13))
ROOM_GB = 3
NO_MAIN_CLUSTER = Path("/etc/postgresql-common/createcluster.d/credit-management.conf")


@dataclass(frozen=True)
class Package:
    """A Debian package, how to see that it is there, and what lacks without it."""

    name: str
    probes: tuple
    lack: str

    def present(self):
        """Tell whether one of the probes (a program's name or a glob under /) is found."""
        return any(_found(probe) for probe in self.probes)


POSTGRESQL = Package("postgresql", ("usr/lib/postgresql/*/bin/postgres",), "the database server")
BROWSER = Package(
    "chromium", ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable"),
    "the browser of the tests",
)
PDF = Package("wkhtmltopdf", ("wkhtmltopdf",), "PDF documents")
CJK_FONTS = Package(
    "fonts-noto-cjk", ("usr/share/fonts/**/NotoSansCJK*", "usr/share/fonts/**/NotoSerifCJK*"),
    "Chinese letters in PDF documents and pictures",
)


def _found(probe):
    """Tell whether a program or a file of this name or pattern exists."""
    if "/" in probe:
        return any(True for _ in Path("/").glob(probe))
    return shutil.which(probe) is not None


def is_root():
    """Tell whether we may install packages and must not run a database server."""
    return os.geteuid() == 0


def check_room(folder):
    """Refuse to begin on a disk that is nearly full."""
    free = shutil.disk_usage(folder).free / 1e9
    if free < ROOM_GB:
        raise SetupError(
            f"{folder} has {free:.1f} GB free, {ROOM_GB} GB are needed: "
            "make room, or choose another disk with CREDIT_STATE=…"
        )


def find_python():
    """Return a Python that Odoo 19 runs on: this one, or another one on the PATH."""
    if PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        return sys.executable
    for minor in (11, 12, 13, 10):
        if other := shutil.which(f"python3.{minor}"):
            return other
    raise SetupError(
        f"Odoo 19 takes Python 3.10 to 3.13, this is {sys.version.split()[0]}: "
        "install one of them, for instance by: apt-get install python3.11 python3.11-venv"
    )


def ensure_packages(packages, log, step):
    """Install what is missing where root may; return the packages still missing."""
    missing = [package for package in packages if not package.present()]
    if missing and is_root() and shutil.which("apt-get"):
        install([package.name for package in missing], log, step)
        missing = [package for package in missing if not package.present()]
    return missing


def install(names, log, step):
    """Install Debian packages without questions and without starting a database server."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def apt(*arguments):
        command = ["apt-get", "-q", "-o", "Acquire::Retries=3", *arguments]
        return run(command, log=log, step=step, detail=lambda: " ".join(names), check=False, env=environment)

    apt("update")
    with _no_main_cluster():
        code = apt("install", "-y", "--no-install-recommends", *names)
    if code:
        raise SetupError(f"apt-get could not install {' '.join(names)} (no network?); see {log}")


@contextlib.contextmanager
def _no_main_cluster():
    """Keep Debian's `postgresql` from creating and starting a cluster of its own."""
    NO_MAIN_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    NO_MAIN_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        NO_MAIN_CLUSTER.unlink(missing_ok=True)


def find_browser():
    """Return the path of the browser, or None."""
    return next(filter(None, map(shutil.which, BROWSER.probes)), None)


def has_venv(python):
    """Tell whether `python` can make virtual environments."""
    done = subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return done.returncode == 0


def python_version(python):
    """Return the version of `python` as `3.11`."""
    return output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).strip()
