"""Make the engine importable as `credit_engine`, without Odoo.

The engine is a folder of the add-on `credit_management`, whose own package
imports Odoo; it is therefore loaded from its path, under a name of its own.
"""

import importlib.util
import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("without_clock", deadline=None)  # a busy machine is no failure
settings.load_profile("without_clock")

ENGINE = Path(__file__).resolve().parents[2] / "credit_management" / "engine"


def load_engine():
    """Import the engine's package as `credit_engine`."""
    spec = importlib.util.spec_from_file_location(
        "credit_engine", ENGINE / "__init__.py", submodule_search_locations=[str(ENGINE)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["credit_engine"] = package
    spec.loader.exec_module(package)


if "credit_engine" not in sys.modules:
    load_engine()
