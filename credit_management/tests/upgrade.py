"""Scripts of an upgrade, as Odoo finds them."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.addons import credit_management


def load_migration(name, version="19.0.1.1.0"):
    """Return the script ``name`` of the upgrade to a version, as a module."""
    path = Path(credit_management.__file__).parent / "migrations" / version / f"{name}.py"
    spec = spec_from_file_location(name.replace("-", "_"), path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
