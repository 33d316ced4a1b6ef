"""One run of the tests: where it runs, and the databases it builds when a phase asks for them."""

import contextlib
import functools
import os
import sys

from . import addons, odoo, processes, templates, workplace
from .errors import SetupError
from .paths import ROOT
from .progress import Steps

DATABASE_STEPS = 2
BESIDE = "demo-database"
# Apps of Odoo that no add-on of ours depends on, but whose flows our tests go through.
ALSO_INSTALLED = ("stock_dropshipping", "stock_picking_batch", "website_sale_collect")


def once(build):
    """Let a run build something at most once, also when that fails."""

    @functools.wraps(build)
    def result(self):
        kept = self._results
        if build not in kept:
            try:
                kept[build] = build(self)
            except SetupError as error:
                kept[build] = error
        if isinstance(kept[build], SetupError):
            raise kept[build]
        return kept[build]

    return result


class TestRun:
    """Built once per command and handed to every phase."""

    def __init__(self, workplace, steps, arguments):
        """Run in `workplace`, count on in `steps`, pass `arguments` to pytest."""
        self.workplace = workplace
        self.steps = steps
        self.arguments = arguments
        self._results = {}
        self._beside = None

    def begin_demo_company(self):
        """Build the demo company beside the phases that keep only one core busy; `demo_company` waits for it."""
        command = [sys.executable, "-m", "environment", BESIDE]
        environment = {**os.environ, workplace.FILE: str(self.workplace.save())}
        log = self.workplace.log(BESIDE)
        log.unlink(missing_ok=True)
        self._beside = processes.start(command, log=log, cwd=ROOT, env=environment)

    @once
    def ours(self):
        """Return the kept database with all our add-ons but the demo data, and with those of the tests."""
        with self.steps.step("Database: Odoo's modules") as step:
            modules = sorted({*addons.core_dependencies(addons.tested().values()), *ALSO_INSTALLED})
            base = templates.core(self.workplace, step, "odoo", modules)
        with self.steps.step("Database: our add-ons") as step:
            return templates.ours(self.workplace, step, base)

    @once
    def demo_company(self):
        """Return the kept database of the demo company; what was begun beside us is waited for."""
        with self.steps.step("Database: Odoo for the demo") as step:
            if self._beside:
                processes.wait(self._beside, step, lambda: "is built beside")
            base = templates.demo_base(self.workplace, step)
        with self.steps.step("Database: demo company") as step:
            return templates.demo_company(self.workplace, step, base)

    @once
    def demo_company_with_bridges(self):
        """Return the kept database of the demo company with all our add-ons."""
        company = self.demo_company()
        with self.steps.step("Database: demo company with all add-ons") as step:
            return templates.demo_company_with_bridges(self.workplace, step, company)

    @contextlib.contextmanager
    def copy(self, template):
        """Yield a copy of a kept database; it is dropped at the end."""
        name = templates.copy(self.workplace, template)
        try:
            yield name
        finally:
            self.workplace.databases.drop(name)

    @contextlib.contextmanager
    def serving_demo(self, name):
        """Yield a server on a copy of the demo company; both are gone at the end."""
        template = self.demo_company()
        with self.steps.step("Server") as step, contextlib.ExitStack() as starting:
            templates.copy(self.workplace, template, name)
            starting.callback(self.workplace.databases.drop, name)
            running = starting.enter_context(odoo.serving(self.workplace, name, log_name=name))
            step.done("ready")
            serving = starting.pop_all()
        with serving:
            yield running


def build_demo_company():
    """Build the demo company's databases in the workplace of the run that started this process.

    :raise SetupError: when no run did
    """
    if workplace.FILE not in os.environ:
        raise SetupError(f"`{BESIDE}` is a part of `make test`, which calls it.")
    TestRun(workplace.load(), Steps(DATABASE_STEPS + 1), ()).demo_company_with_bridges()
