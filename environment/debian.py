"""Fetch Debian packages of any suite into a folder: nothing is installed, no root is needed."""

import shutil
from pathlib import Path

from .errors import SetupError
from .paths import ensure
from .processes import output, run

KEYRINGS = ("debian-archive-keyring.pgp", "debian-archive-keyring.gpg")
NO_MIRROR = (
    "No Debian mirror with the package odoo-19 could be reached (no network, or not a Debian machine): "
    "give a checkout of Odoo 19.0 with ODOO_PATH=…, or use `docker compose up`."
)


class PackageFetcher:
    """An apt of our own: its own list of suites, its own indexes, the machine's own mirror."""

    def __init__(self, folder, suites, log):
        """Keep everything under `folder`; what apt prints goes to `log`."""
        if not shutil.which("apt-get"):
            raise SetupError(NO_MIRROR)
        self.folder = ensure(folder)
        self.suites = suites
        self.log = log
        ensure(folder / "lists" / "partial")

    def update(self, wanted, step):
        """Read the indexes of the first mirror that has the package `wanted`."""
        for mirror in mirrors():
            self._write_sources(mirror)
            command = ["apt-get", *self._options(), "update"]
            failed = run(command, log=self.log, step=step, detail=lambda: "package lists", check=False)
            if not failed and self._knows(wanted):
                return
        raise SetupError(NO_MIRROR)

    def download(self, names, step):
        """Download packages (`name` or `name/suite`) into the folder; return their files."""
        command = ["apt-get", *self._options(), "download", *names]
        if run(command, log=self.log, step=step, detail=self._downloaded, check=False, cwd=self.folder):
            raise SetupError(f"The download of {names[0]} failed (no network, or a full disk); see {self.log}")
        return sorted(self.folder.glob("*.deb"))

    def unpack(self, target, step):
        """Unpack every downloaded package below `target`."""
        for package in sorted(self.folder.glob("*.deb")):
            run(["dpkg-deb", "-x", package, target], log=self.log, step=step, detail=lambda: "unpacking")

    def size_mb(self):
        """Return the size of what was downloaded."""
        files = [*self.folder.glob("*.deb"), *self.folder.glob("partial/*")]
        return sum(file.stat().st_size for file in files) / 1e6

    def _downloaded(self):
        """Say how far the download is."""
        return f"{self.size_mb():.0f} MB"

    def _knows(self, name):
        """Tell whether the indexes have a package."""
        return "Candidate:" in output(["apt-cache", *self._options(), "policy", name])

    def _write_sources(self, mirror):
        """Name the suites to read; apt checks their signatures as it does for its own."""
        signed = f"[signed-by={keyring}] " if (keyring := _keyring()) else ""
        lines = [f"deb {signed}{mirror} {suite} main\n" for suite in self.suites]
        (self.folder / "sources.list").write_text("".join(lines))

    def _options(self):
        """Return apt's options that keep it inside the folder."""
        settings = {
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::State::lists": self.folder / "lists",
            "Dir::Cache::pkgcache": "",
            "Dir::Cache::srcpkgcache": "",
            "APT::Sandbox::User": "",
            "APT::Update::Error-Mode": "any",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
        }
        return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def mirrors():
    """Return the mirrors of the machine's own apt, Debian's main archive first."""
    rows = output(["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"], check=False)
    ranked = {}
    for row in rows.splitlines():
        origin, label, address = row.split("|", 2)
        ranked.setdefault(address, 0 if (origin, label) == ("Debian", "Debian") else 1)
    return sorted(ranked, key=ranked.get)


def _keyring():
    """Return Debian's keyring where apt does not trust it by itself."""
    places = [Path("/usr/share/keyrings") / name for name in KEYRINGS]
    return next((place for place in places if place.exists()), None)
