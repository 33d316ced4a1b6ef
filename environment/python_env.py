"""The virtual environment with what Odoo and the tests need, one per `requirements.txt`."""

import hashlib
import shutil
import time

from .errors import SetupError
from .machine import find_python, has_venv, install, is_root, python_version
from .paths import ROOT, ensure
from .processes import run, tail

REQUIREMENTS = ROOT / "requirements.txt"
STAMP = "complete"
DAYS_KEPT = 30


def ensure_python(state, step):
    """Return the Python of the virtual environment, built when it is not there."""
    python = find_python()
    version = python_version(python)
    folder = state / "venv" / f"{version}-{_key()}"
    if (folder / STAMP).exists():
        step.done(f"Python {version} present")
    else:
        _build(python, folder, state / "logs" / "pip.log", step)
        forget_unused(folder.parent)
        step.done(f"Python {version} installed")
    (folder / STAMP).touch()
    return folder / "bin" / "python"


def forget_unused(folder):
    """Remove the environments of requirements that nobody has used for a month."""
    oldest = time.time() - DAYS_KEPT * 24 * 3600
    for stamp in folder.glob(f"*/{STAMP}"):
        if stamp.stat().st_mtime < oldest:
            shutil.rmtree(stamp.parent)


def link_odoo(python, odoo):
    """Let the environment's Python import Odoo from where it was found."""
    site = next(python.parent.parent.glob("lib/python*/site-packages"))
    (site / "odoo-source.pth").write_text(f"{odoo}\n")


def install_wheel(python, requirement, log, step):
    """Add one more package to the environment."""
    _pip(python, log, step, requirement)


def _key():
    """Return a short hash of the requirements."""
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:10]


def _build(python, folder, log, step):
    """Make the environment; its stamp is written last, so that a broken one is made anew."""
    ensure(log.parent)
    _ensure_venv_module(python, log, step)
    shutil.rmtree(folder, ignore_errors=True)
    run([python, "-m", "venv", folder], log=log, step=step)
    _pip(folder / "bin" / "python", log, step, "-r", REQUIREMENTS)
    (folder / STAMP).touch()


def _pip(python, log, step, *what):
    """Run `pip install`; a missing network becomes a clear sentence."""
    command = [python, "-m", "pip", "install", "--no-input", "--prefer-binary", *what]
    if run(command, log=log, step=step, detail=lambda: "installing", check=False):
        end = f"the end of {log}:\n{tail(log, 6)}"
        raise SetupError(f"pip could not install the Python packages (is the network there?); {end}")


def _ensure_venv_module(python, log, step):
    """Debian keeps `venv` in a package of its own."""
    if has_venv(python):
        return
    package = f"python{python_version(python)}-venv"
    if not is_root():
        raise SetupError(f"Python's venv module is missing: install it by: apt-get install {package}")
    install([package], log, step)
