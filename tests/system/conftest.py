"""A real server on a copy of the demo company, and a real browser.

`make test-system` starts PostgreSQL and builds the demo company's database; a
test asks for what it needs: `server` is shared by all tests that only add to the
database, `bridges` is the same with all bridges, `processes` the same in several processes, and `new_server`
gives a test a server and a database of its own. Tests of one server carry the same mark `xdist_group`.
"""

import contextlib
import copy
import os
import signal
import xmlrpc.client
from pathlib import Path

import pytest

from environment import machine, odoo, rpc, workplace
from environment import processes as programs

TEMPLATE = os.environ.get("CREDIT_TEMPLATE")
WITH_BRIDGES = os.environ.get("CREDIT_TEMPLATE_BRIDGES")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
LOOK = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
# every test is marked with one of them
LONGEST_FIRST = ("bridges", "en_US", "zh_CN", "replica", "processes", "threads")
BROWSER_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]


class Session(rpc.Session):
    """A session that several threads can use, each on a connection of its own."""

    def __init__(self, url, database, login):
        super().__init__(url, database, login)
        self._url = url

    def again(self):
        """Return one more connection of the same user, for another thread."""
        other = copy.copy(self)
        other._models = xmlrpc.client.ServerProxy(f"{self._url}/xmlrpc/2/object", allow_none=True)
        return other


class Server:
    """A running Odoo, its database, and sessions of its users."""

    def __init__(self, running, place):
        self.url = running.url
        self.database = running.database
        self.process = running.process
        self.log = running.log
        self.workplace = place
        self._sessions = {}

    def login(self, login):
        """Return the user's session of the external API."""
        if login not in self._sessions:  # a sign-in takes half a second: passwords are hashed well
            self._sessions[login] = Session(self.url, self.database, login)
        return self._sessions[login]

    def kill(self):
        """Kill the server at once, unless it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def kill_workers(self):
        """Kill the processes that answer requests, whatever they are doing; the server starts new ones at once."""
        for child in _children(self.process.pid):
            if _command_line(child) == _command_line(self.process.pid):  # the one for live messages has another
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

    def query(self, statement):
        """Return what PostgreSQL answers to one statement."""
        return self.workplace.server.query(statement, self.database)


def _children(process):
    """Return the ids of a process's children."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _command_line(process):
    """Return what a process was started with; nothing for one that is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


@contextlib.contextmanager
def serve_copy(name, template=TEMPLATE, **options):
    """Serve a copy of the demo company; drop it afterwards. Workers that run side by side have their own."""
    place = workplace.load()
    name = f"{name}_{WORKER}" if WORKER else name
    place.databases.drop(name)
    place.databases.create(name, template)
    try:
        with odoo.serving(place, name, log_name=name, **options) as running:
            server = Server(running, place)
            yield server
            server.kill()  # its database goes with it: a polite end takes seconds
    finally:
        place.databases.drop(name)


def pytest_collection_modifyitems(items):
    """Say how to run these tests instead of failing one by one; begin with those that take longest."""
    if not TEMPLATE and items:
        pytest.exit("The whole-system tests are run by: make test-system", returncode=4)
    items.sort(key=lambda item: LONGEST_FIRST.index(_group(item)))


def _group(item):
    """Return the name of the tests that share a server with this one."""
    return item.get_closest_marker("xdist_group").args[0]


def pytest_runtest_setup(item):
    """Servers are started once only when tests of one mark run in one process."""
    if WORKER and item.get_closest_marker("xdist_group") and "@" not in item.nodeid:
        pytest.fail("pytest-xdist does not keep together what the mark xdist_group says.")


def pytest_sessionfinish(session):
    if WORKER or not session.config.option.numprocesses:  # the one that hands out the work ends its workers itself
        programs.end_descendants()


@pytest.fixture(scope="session")
def server():
    """Return the server that tests share."""
    with serve_copy("credit_test_system") as running:
        yield running


@pytest.fixture(scope="session")
def bridges():
    """Return the server of a demo company with warehouse, shop, counter and projects."""
    with serve_copy("credit_test_bridges", WITH_BRIDGES) as running:
        yield running


@pytest.fixture(scope="session")
def processes():
    """Return a server of several processes."""
    with serve_copy("credit_test_processes", workers=2) as running:
        yield running


@pytest.fixture
def new_server(request):
    """Return a function that starts one more server, on a fresh copy, for tests that stop it."""
    with contextlib.ExitStack() as stack:
        def start(**options):
            name = f"credit_test_system_{abs(hash(request.node.nodeid)) % 10**6}"
            return stack.enter_context(serve_copy(name, **options))
        yield start


@pytest.fixture(scope="session")
def browser():
    """Return a headless browser."""
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=machine.find_browser(), args=BROWSER_OPTIONS)
        yield chromium
        chromium.close()


def sign_in(context, server, login):
    """Sign a user in, whose password is the login: Odoo's own page for it would load the web client once more."""
    who = {"db": server.database, "login": login, "password": login}
    answer = context.request.post(f"{server.url}/web/session/authenticate", data={"jsonrpc": "2.0", "params": who})
    assert "error" not in answer.json(), answer.text()


@pytest.fixture(scope="session")
def kept_pages():
    """Return the pages of users by who reads them, for all tests: loading the web client takes seconds."""
    return {}


@pytest.fixture
def log_in(browser, kept_pages):
    """Return a function that returns the page of a user of a server: `page = log_in(server, "sales")`."""
    def open_page(server, login, language="en_US"):
        key = (server.url, login, language)
        if key not in kept_pages:
            context = browser.new_context(locale=language.replace("_", "-"), **LOOK)
            sign_in(context, server, login)
            kept_pages[key] = context.new_page()
        return kept_pages[key]

    yield open_page
    for key, page in list(kept_pages.items()):
        if page.is_closed() or page.locator(".modal").count():  # a test that failed left it like this
            kept_pages.pop(key).context.close()


@pytest.fixture(scope="session")
def screenshots():
    """Return the folder in which pictures are kept after the run."""
    folder = Path(os.environ["CREDIT_ARTEFACTS"]) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
