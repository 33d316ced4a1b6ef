"""The commands: `python3 -m environment COMMAND [arguments]`."""

import argparse
import importlib
import os
import shlex
import sys

from . import processes
from .errors import SetupError
from .progress import say, warn

COMMANDS = {
    "demo": ("demo", "serve the demo company until stopped"),
    "demo-reset": ("demo", "build the demo company anew and serve it"),
    "smoke": ("smoke", "confirm one order within and one over the limit, through the external API"),
    "test": ("phases", "run every check and test but those that take long"),
    "test-long": ("phases", "run what takes long: lives, kills, suites; `test-long lives` runs one of them"),
    "lint": ("phases", "run the linters"),
    "test-engine": ("phases", "run the tests that need no Odoo"),
    "test-odoo": ("phases", "run the add-ons' tests in Odoo"),
    "test-system": ("phases", "run the whole-system tests"),
    "i18n": ("phases", "bring the translation files in line with the code"),
    "demo-database": ("testrun", "build the demo company's test database; `test` runs it beside its first phases"),
    "setup": ("phases", "only fetch and install what everything else needs"),
}


def main():
    """Run the command of the command line; return the exit code."""
    command, arguments = _parse()
    processes.adopt_orphans()
    processes.interrupt_on_signals()
    try:
        return _run(command, arguments) or 0
    except SetupError as error:
        warn(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    except OSError as error:
        warn(f"\n{error.strerror or error}: {error.filename or 'the system'}")
        return 1
    finally:
        processes.ignore_signals()
        processes.end_descendants()


def _run(command, arguments):
    """Call the function behind a command; its module is imported only now."""
    module = importlib.import_module(f".{COMMANDS[command][0]}", __package__)
    if command == "demo-database":
        return module.build_demo_company()
    if command.startswith("demo"):
        return module.demo(reset=command == "demo-reset")
    if command == "smoke":
        return module.smoke()
    return module.run_phases(command, arguments)


def _parse():
    """Return the command and what follows it."""
    listing = "\n".join(f"  {name:<12} {text}" for name, (_module, text) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="python3 -m environment", description=__doc__, epilog=f"commands:\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed to pytest")
    values = parser.parse_args()
    return values.command, values.arguments + shlex.split(os.environ.get("ARGS", ""))


if __name__ == "__main__":
    sys.exit(main())
