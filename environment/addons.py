"""What our add-ons are, what of Odoo's they need, and whether they changed."""

import ast
import hashlib
from dataclasses import dataclass
from pathlib import Path

from .paths import EXTRA_ADDONS, ROOT, TEST_ADDONS

DEMO, APART = "credit_management_demo", "queue_job"  # what needs the latter is tested with it, in `tests/system`
# What does not change an installed database.
NOT_INSTALLED = {"__pycache__", "tests", "static", "doc", "README.md"}


@dataclass(frozen=True)
class AddOn:
    """One add-on of this project."""

    name: str
    folder: Path
    manifest: dict

    @property
    def depends(self):
        """Return the names of the modules it depends on."""
        return tuple(self.manifest.get("depends", ()))


def ours():
    """Return this project's installable add-ons by name."""
    return _inside(ROOT, EXTRA_ADDONS)


def of_tests():
    """Return the add-ons that show how others extend ours: only the database of the add-ons' tests has them."""
    return _inside(TEST_ADDONS)


def _inside(*folders):
    """Return the installable add-ons in some folders by name."""
    manifests = sorted(path for folder in folders for path in folder.glob("*/__manifest__.py"))
    found = [AddOn(path.parent.name, path.parent, ast.literal_eval(path.read_text())) for path in manifests]
    return {it.name: it for it in found if it.manifest.get("installable", True) and APART not in it.depends}


def tested():
    """Return the add-ons that the tests install: all but the demo data."""
    return {name: addon for name, addon in ours().items() if DEMO not in with_dependencies(name)}


def core_dependencies(addons):
    """Return the modules of Odoo that `addons` need directly, sorted."""
    everything = ours()
    return sorted({need for addon in addons for need in addon.depends if need not in everything})


def with_dependencies(name):
    """Return our add-ons that installing `name` brings along, itself included."""
    everything = ours()
    wanted, found = [name], {}
    while wanted:
        current = wanted.pop()
        if current in everything and current not in found:
            found[current] = everything[current]
            wanted.extend(everything[current].depends)
    return found


def addons_path(*more):
    """Return the folders that hold our add-ons, and `more`, for Odoo's `--addons-path`."""
    return ",".join(str(folder) for folder in sorted({addon.folder.parent for addon in [*ours().values(), *more]}))


def fingerprint(addons, *more, without=()):
    """Return a short hash of everything in `addons` that an installed database depends on.

    `without` names further folders that do not matter.
    """
    digest = hashlib.sha256(repr(more).encode())
    for addon in sorted(addons, key=lambda addon: addon.name):
        for file in _files(addon.folder, NOT_INSTALLED | set(without)):
            digest.update(str(file.relative_to(addon.folder)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def page_dates():
    """Return a short hash of what our add-ons show in browsers, by date: so Odoo tells whether it is still the same."""
    places = [place for addon in ours().values() for place in (addon.folder / "static").rglob("*") if place.is_file()]
    dates = [(str(place), place.stat().st_mtime_ns) for place in sorted(places)]
    return hashlib.sha256(repr(dates).encode()).hexdigest()[:10]


def _files(folder, ignored):
    """Return the files of an add-on that matter once it is installed."""

    def matters(path):
        names = path.relative_to(folder).parts
        return path.is_file() and not any(name in ignored or name.startswith(".") for name in names)

    return sorted(filter(matters, folder.rglob("*")))
