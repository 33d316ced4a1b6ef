"""Make `credit_management.engine` importable without Odoo.

The add-on's own package imports Odoo. Here a package of its name stands for it that has the same folder and
runs nothing, so that the engine is imported by its real name.
"""

import sys
import types
from pathlib import Path

from hypothesis import settings

settings.register_profile("without_clock", deadline=None)  # a busy machine is no failure
settings.load_profile("without_clock")

ADDON = Path(__file__).resolve().parents[2] / "credit_management"

if ADDON.name not in sys.modules:
    package = types.ModuleType(ADDON.name)
    package.__path__ = [str(ADDON)]
    sys.modules[ADDON.name] = package
