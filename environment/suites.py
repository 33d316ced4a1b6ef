"""What each phase of the tests runs."""

import importlib
from dataclasses import replace

from . import addons, odoo, outcomes
from .paths import ARTEFACTS, ROOT, ensure
from .processes import run
from .workplace import FILE

# Two at a time, each with databases of its own.
SIDE_BY_SIDE = ("-n", "2", "--dist")
PLAIN = ("tests/conventions", "tests/environment", "tests/engine")
# Rules of pylint-odoo that do not fit here. (A rcfile cannot enable a group and leave out parts of it.)
PYLINT_WITHOUT = (
    "consider-merging-classes-inherited",  # one model is spread over files by subject
    "manifest-deprecated-key",  # a description keeps Odoo from reading README.md as reStructuredText
    "missing-readme", "manifest-superfluous-key", "attribute-string-redundant",
    "no-wizard-in-models",  # an override of one of core's wizards needs no folder of its own
    "prefer-env-translation",  # takes LazyTranslate for a plain `_`
    "missing-return",  # computes return nothing
    "super-method-mismatch",  # calling the original `write` from a helper is how loops are avoided
)
SYSTEM = ROOT / "tests" / "system"
LIVES, LONG = 500, ("exposure/test_life.py", "statement/test_many_letters.py")
KILLS, NOTICES = 20, 2000  # of each kind; sent while the server is killed
# Odoo's own linter, without the tests that need a browser's linter or other services.
LINT = {
    "manifests": "ManifestLinter", "naming": "TestNaming", "index": "TestIndex", "dunderinit": "TestDunderinit",
    "test_holes": "TestTestHoles", "override_signatures": "TestLintOverrideSignatures",
}


def ruff(test_run):
    """Check style and likely errors of all Python code."""
    return outcomes.check(_tool(test_run, "ruff", "check", "."))


def pylint(test_run):
    """Check the add-ons with OCA's rules."""
    folders = sorted(str(addon.folder.relative_to(ROOT)) for addon in addons.ours().values())
    without = f"--disable={','.join(PYLINT_WITHOUT)}"
    return outcomes.check(_tool(test_run, "pylint", "--jobs=2", "--rcfile=.pylintrc", without, *folders))


def plain(test_run):
    """Run the tests that need neither Odoo nor a database."""
    return _pytest(test_run, "plain", PLAIN)


def odoo_tests(test_run):
    """Run the add-ons' own tests, two databases side by side."""
    folders = [addon.folder / "tests" for addon in [*addons.tested().values(), *addons.of_tests().values()]]
    return _pytest_odoo(test_run, "odoo", folders, *SIDE_BY_SIDE, "loadscope")


def lives(test_run):
    """Run many random lives of customers, of which `make test` has a few, and draw many letters."""
    places = [addons.ours()["credit_management"].folder / "tests" / test for test in LONG]
    outcome = _pytest_odoo(test_run, "lives", places, *SIDE_BY_SIDE, "load", CREDIT_LIVES=str(LIVES))
    return replace(outcome, note=f"{LIVES} lives")


def demo_tests(test_run):
    """Run the tests of the demo data, and of what bridges add to it, on the demo company with all add-ons."""
    folders = [addon.folder / "tests" for name, addon in addons.ours().items() if name not in addons.tested()]
    return _pytest_odoo(test_run, "demo", folders, database=test_run.demo_company_with_bridges())


def odoo_lint(test_run):
    """Run the part of Odoo's own linter that fits add-ons outside of Odoo."""
    place = test_run.workplace.odoo / "odoo" / "addons" / "test_lint" / "tests"
    return _pytest_odoo(test_run, "lint", [f"{place}/test_{file}.py::{name}" for file, name in LINT.items()])


def translations(test_run, *more):
    """Check that every text of the add-ons has a Chinese translation."""
    workplace = test_run.workplace
    script = ROOT / "tests" / "conventions" / "check_translations.py"
    options = [*odoo.command(workplace, test_run.ours())[4:], "--log-level=error", f"--http-interface={odoo.HOST}"]
    command = [workplace.python, script, ",".join(addons.tested()), *more, *options]
    return outcomes.check(run(command, check=False, env=workplace.environment()))


def write_translations(test_run):
    """Bring the translation files in line with the code; texts without translation are told."""
    return translations(test_run, "--write")


def system(test_run, name="system", places=(SYSTEM,), **environment):
    """Run the tests that use a real server as its users do, on the demo company."""
    environment |= {
        FILE: str(test_run.workplace.save()), "CREDIT_TEMPLATE": test_run.demo_company(),
        "CREDIT_TEMPLATE_BRIDGES": test_run.demo_company_with_bridges(), "CREDIT_ARTEFACTS": str(ensure(ARTEFACTS)),
    }
    return _pytest(test_run, name, [*places, *SIDE_BY_SIDE, "loadgroup", "--no-loadscope-reorder"], **environment)


def kills(test_run):
    """Kill servers in the middle of their work at many moments; `make test` has a few of them."""
    places = [SYSTEM / f"test_{name}.py" for name in ("faults", "dunning", "jobs")]
    return system(test_run, "kills", places, CREDIT_KILLS=str(KILLS), CREDIT_NOTICES=str(NOTICES))


def core_suites(test_run):
    """Run Odoo's own test suites with our add-ons."""
    return importlib.import_module("tests.core_suites").compare(test_run)


def _pytest_odoo(test_run, name, paths, *options, database=None, **environment):
    """Run tests inside Odoo, on a copy of a kept database: by default the one with our add-ons."""
    workplace = test_run.workplace
    with test_run.copy(database or test_run.ours()) as copy:
        command = [
            "-c", "environment/pytest-odoo.ini", f"--rootdir={ROOT}", f"--odoo-database={copy}", "--odoo-http",
            f"--odoo-addons-path={addons.addons_path(*addons.of_tests().values())}",
            f"--odoo-extra=data-dir={workplace.databases.data_dir}",
            f"--odoo-extra=screenshots={ensure(ARTEFACTS / 'odoo')}", *options,
        ]
        return _pytest(test_run, name, [*paths, *command], CREDIT_ARTEFACTS=str(ARTEFACTS), **environment)


def _pytest(test_run, name, what, **environment):
    """Run pytest and return its counts."""
    report = ensure(ARTEFACTS / "reports") / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [test_run.workplace.python, "-m", "pytest", *what, f"--junitxml={report}", *test_run.arguments]
    code = run(command, check=False, cwd=ROOT, env=test_run.workplace.environment(**environment))
    return outcomes.from_report(report, code)


def _tool(test_run, name, *arguments):
    """Run a linter of the virtual environment; return its exit code."""
    workplace = test_run.workplace
    return run([workplace.python, "-m", name, *arguments], check=False, cwd=ROOT, env=workplace.environment())
