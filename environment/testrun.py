"""One run of the tests: where it runs, and the databases it builds when a phase asks for them."""

import contextlib

from . import addons, odoo, templates
from .errors import SetupError

DATABASE_STEPS = 2
# Apps of Odoo that no add-on of ours depends on, but whose flows our tests go through.
ALSO_INSTALLED = ("stock_dropshipping", "stock_picking_batch", "website_sale_collect")


class TestRun:
    """Built once per command and handed to every phase."""

    def __init__(self, workplace, steps, arguments):
        """Run in `workplace`, count on in `steps`, pass `arguments` to pytest."""
        self.workplace = workplace
        self.steps = steps
        self.arguments = arguments
        self._results = {}

    def ours(self):
        """Return the kept database with all our add-ons but the demo data."""
        return self._once("ours", self._build_ours)

    def demo_company(self):
        """Return the kept database of the demo company."""
        return self._once("demo", self._build_demo)

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

    def _build_ours(self):
        """Build what `ours` returns, in two steps."""
        with self.steps.step("Database: Odoo's modules") as step:
            modules = sorted({*addons.core_dependencies(addons.tested().values()), *ALSO_INSTALLED})
            base = templates.core(self.workplace, step, "odoo", modules)
        with self.steps.step("Database: our add-ons") as step:
            return templates.ours(self.workplace, step, base)

    def _build_demo(self):
        """Build what `demo_company` returns, in two steps."""
        with self.steps.step("Database: Odoo for the demo") as step:
            base = templates.demo_base(self.workplace, step)
        with self.steps.step("Database: demo company") as step:
            return templates.demo_company(self.workplace, step, base)

    def _once(self, name, build):
        """Build something at most once, also when that fails."""
        if name not in self._results:
            try:
                self._results[name] = build()
            except SetupError as error:
                self._results[name] = error
        if isinstance(self._results[name], SetupError):
            raise self._results[name]
        return self._results[name]
