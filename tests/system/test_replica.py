"""Aged receivables are read on a replica: a standby that follows the database, and can be written by nobody."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from conftest import TEMPLATE, Server
from standby import pair

from environment import odoo, workplace

pytestmark = pytest.mark.xdist_group("replica")

COUNTED = ("credit_profile", "ir_attachment", "credit_log", "res_currency_rate")
SUMS = ["amount_total:sum", "amount_1:sum"]


@pytest.fixture(scope="module")
def followed():
    """Return a database server and its standby."""
    with pair(workplace.load(), TEMPLATE) as found:
        yield found


@pytest.fixture(scope="module")
def server(followed):
    """Return an Odoo on the copy, that knows the standby."""
    place = replace(workplace.load(), server=followed.primary)
    with odoo.serving(place, TEMPLATE, log_name="credit_test_replica") as running:
        found = Server(running, place)
        yield found
        found.kill()


@pytest.fixture(scope="module")
def accountant(server):
    """Return the accountant's session of the web client."""
    return sign_in(server, "accountant")


def sign_in(server, login):
    """Return a user's session of the web client."""
    session = requests.Session()
    who = {"db": server.database, "login": login, "password": login}
    answer = session.post(f"{server.url}/web/session/authenticate", json={"params": who}, timeout=60)
    assert "error" not in answer.json(), answer.text
    return session


def call(server, session, method, *arguments, **keywords):
    """Call a method of the open items as the web client does."""
    body = {"params": {"model": "credit.open.item", "method": method, "args": arguments, "kwargs": keywords}}
    url = f"{server.url}/web/dataset/call_kw/credit.open.item/{method}"
    answer = session.post(url, json=body, timeout=60).json()
    assert "error" not in answer, answer
    return answer["result"]


@contextlib.contextmanager
def nothing_written(server):
    """Make sure that reading writes nothing: no row, no file, no second try on the database itself."""
    before, seen = _written(server), len(server.log.read_text())
    yield
    assert _written(server) == before
    assert "retrying with a read/write cursor" not in server.log.read_text()[seen:]


def _written(server):
    counts = {name: server.query(f"SELECT COUNT(*), MAX(id) FROM {name}") for name in COUNTED}
    store = Path(server.workplace.databases.filestore(server.database))
    return counts, sorted(str(file) for file in store.rglob("*") if file.is_file())


def statements(followed, seen=0):
    """Return what the standby was asked since a point of its log, with that point."""
    text = followed.log.read_text(errors="replace")
    return text[seen:], len(text)


def test_the_report_is_read_on_the_standby_and_says_so(server, accountant, followed):
    followed.wait()
    _text, seen = statements(followed)
    with nothing_written(server):
        page = call(server, accountant, "web_read_group", [], ["partner_id"], SUMS, limit=80)
    assert page["length"] > 3
    assert all(row["difference"] == 0 for row in page["aging"]["tie"]) and page["aging"]["tie"]
    assert any(note.startswith("Read on the replica, as it was at ") for note in page["aging"]["notes"])
    text, _seen = statements(followed, seen)
    assert "credit_open_item" in text and "account_partial_reconcile" in text


def test_a_customer_is_unfolded_and_its_marks_are_read_on_the_standby(server, accountant, followed):
    page = call(server, accountant, "web_read_group", [], ["partner_id"], SUMS, limit=80)
    customer = page["groups"][0]["partner_id"][0]
    _text, seen = statements(followed)
    with nothing_written(server):
        found = call(
            server, accountant, "web_search_read", [("partner_id", "=", customer)],
            {"document_name": {}, "amount_total": {}, "marks": {}}, context={"credit_aging_partner_id": customer},
        )
    assert found["length"]
    assert "credit_dispute" in statements(followed, seen)[0]


def test_a_customer_without_credit_file_gets_none_by_being_read(server, accountant, followed):
    server.query(
        "DELETE FROM credit_profile f WHERE id IN (SELECT f.id FROM credit_profile f JOIN account_move_line l "
        "ON l.partner_id = f.partner_id WHERE l.amount_residual > 0 AND NOT EXISTS "
        "(SELECT FROM credit_hold h WHERE h.profile_id = f.id) AND NOT EXISTS "
        "(SELECT FROM credit_assessment a WHERE a.profile_id = f.id) AND NOT EXISTS "
        "(SELECT FROM credit_revaluation_line r WHERE r.profile_id = f.id) LIMIT 1)"
    )
    followed.wait()
    with nothing_written(server):
        page = call(server, accountant, "web_read_group", [], ["rating_id"], SUMS)
    assert page["aging"]["count"] > 3


def test_the_workbook_is_written_from_the_standby_and_kept_nowhere(server, followed):
    admin = sign_in(server, "admin")  # may export
    _text, seen = statements(followed)
    with nothing_written(server):
        answer = admin.get(
            f"{server.url}/credit/aging/xlsx", params={"data": json.dumps({"groupby": "partner_id"})}, timeout=60
        )
    assert answer.ok and answer.content[:2] == b"PK"
    assert "DECLARE credit_aging" in statements(followed, seen)[0]
