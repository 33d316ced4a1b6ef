"""Find Odoo 19: the user's checkout, the unpacked copy of an earlier run, or Debian's package."""

import os
import re
import shutil
from pathlib import Path

from .debian import PackageFetcher
from .errors import SetupError
from .paths import ensure

# The fonts that Odoo's package links to; Debian's newest Font Awesome has other
# letters than Odoo's style sheets, so it comes from an older suite.
PACKAGES = (
    "odoo-19/unstable", "libjs-jquery/unstable", "libjs-jquery-form/unstable", "libjs-underscore/unstable",
    "fonts-inconsolata/unstable", "fonts-montserrat/unstable", "fonts-ocr-b/unstable",
    "fonts-roboto-unhinted/unstable", "fonts-font-awesome/trixie",
)
PLACE = Path("usr/lib/python3/dist-packages")
# Named by the assets but left out of the package; a missing file is a console
# error in the browser, and every tour fails on one.
LEFT_OUT = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


def ensure_odoo(state, step):
    """Return the folder to import Odoo from."""
    if given := os.environ.get("ODOO_PATH"):
        step.done("from ODOO_PATH")
        return _checked(Path(given).expanduser().resolve())
    folder = state / "odoo"
    if folder.exists():
        step.done("present")
    else:
        step.done(f"fetched {_fetch(state, folder, step):.0f} MB")
    return _checked(folder / PLACE)


def release(folder):
    """Return Odoo's series as its source says it, for instance `19.0`, or None."""
    source = folder / "odoo" / "release.py"
    found = source.exists() and re.search(r"^version_info = \((\d+), (\d+)", source.read_text(), re.MULTILINE)
    return ".".join(found.groups()) if found else None


def _checked(folder):
    """Return `folder` when it has an Odoo 19.0."""
    series = release(folder)
    if series != "19.0":
        found = f"Odoo {series}" if series else "no Odoo"
        raise SetupError(f"{folder} has {found}: Odoo 19.0 is needed there (set ODOO_PATH to a checkout of it).")
    return folder


def _fetch(state, folder, step):
    """Download and unpack Odoo; the folder gets its name last, so that half of one never counts."""
    fetcher = PackageFetcher(state / "apt", ("unstable", "trixie"), ensure(state / "logs") / "apt.log")
    partial = state / "odoo.partial"
    shutil.rmtree(partial, ignore_errors=True)
    fetcher.update("odoo-19", step)
    fetcher.download(PACKAGES, step)
    fetcher.unpack(partial, step)
    complete_links(partial)
    size = fetcher.size_mb()
    partial.rename(folder)
    shutil.rmtree(fetcher.folder)
    return size


def complete_links(root):
    """Add the files that the package links to or names, and that are elsewhere or nowhere."""
    addons = root / PLACE / "odoo" / "addons"
    for name in LEFT_OUT:
        ensure((addons / name).parent)
        (addons / name).touch()
    for link in (path for path in (root / PLACE).rglob("*") if path.is_symlink() and not path.exists()):
        _mend(link, root)


def _mend(link, root):
    """Give a dangling link the file of its name from anywhere in the unpacked packages."""
    name = os.readlink(link).rpartition("/")[2]
    stem, suffix = os.path.splitext(name)
    share = root / "usr" / "share"
    for pattern in (name, f"{stem}-Regular{suffix}"):
        if target := next(share.rglob(pattern), None):
            link.unlink()
            link.symlink_to(os.path.relpath(target, link.parent))
            return
