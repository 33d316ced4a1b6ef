"""Databases that are built once, kept, and copied for every run."""

from datetime import date

from . import addons, demo, odoo

PREFIX = "credit_test_"
RUN = f"{PREFIX}run"


def core(workplace, step, label, modules, *options):
    """Return the kept database with Odoo's own modules only."""
    prefix = f"{PREFIX}core_{label}_"
    name = prefix + addons.fingerprint((), _identity(workplace), modules, options)

    def build(database):
        odoo.install(workplace, database, modules or ["base"], step, *options)

    return _kept(workplace, step, name, prefix, build)


def ours(workplace, step, base):
    """Return the kept database with all our add-ons but the demo data, and with those of the tests."""
    ready = {**addons.tested(), **addons.of_tests()}
    prefix = f"{PREFIX}ours_"
    # No second language is loaded here, so the translation files do not matter.
    name = prefix + addons.fingerprint(ready.values(), base, without=("i18n",))

    def build(database):
        odoo.install(workplace, database, sorted(ready), step)

    return _with_pages(workplace, step, _kept(workplace, step, name, prefix, build, base))


def demo_company(workplace, step, base):
    """Return the kept database with the demo company, as `make demo` builds it.

    Its documents are dated relative to today, so it is good for one day.
    """
    wanted = demo.modules()
    everything = [*addons.with_dependencies(addons.DEMO).values(), *addons.tested().values()]
    prefix = f"{PREFIX}demo_"
    name = prefix + addons.fingerprint(everything, base, wanted, str(date.today()))

    def build(database):
        demo.build(workplace, database, wanted, step)

    return _with_pages(workplace, step, _kept(workplace, step, name, prefix, build, base))


def demo_company_with_bridges(workplace, step, company):
    """Return the kept database with the demo company and all our add-ons."""
    prefix = f"{PREFIX}bridges_"
    name = prefix + addons.fingerprint(addons.ours().values(), company)

    def build(database):
        odoo.install(workplace, database, sorted(addons.tested()), step)

    return _with_pages(workplace, step, _kept(workplace, step, name, prefix, build, company))


def demo_base(workplace, step):
    """Return the kept database with what of Odoo the demo company needs."""
    modules = addons.core_dependencies(addons.with_dependencies(addons.DEMO).values())
    return core(workplace, step, "demo", modules, f"--load-language={demo.LANGUAGE}")


def copy(workplace, template, name=RUN):
    """Return a fresh copy of a kept database."""
    workplace.databases.drop(name)
    workplace.databases.create(name, template)
    return name


def _kept(workplace, step, name, prefix, build, template="template0"):
    """Build a kept database unless it is there, and say which."""
    present = workplace.databases.exists(name)
    workplace.databases.kept(name, prefix, build, template)
    step.done("present" if present else "built")
    return name


def _with_pages(workplace, step, name):
    """Return the database `name`, with what browsers load built from our files as they are now."""
    databases, dates = workplace.databases, addons.page_dates()
    if databases.read_mark(name) != dates:
        odoo.build_assets(workplace, name, step)
        databases.mark(name, dates)
    return name


def _identity(workplace):
    """Return what tells one Odoo from another."""
    source = workplace.odoo / "odoo" / "release.py"
    return str(source), source.stat().st_mtime
