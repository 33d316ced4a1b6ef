"""Many notices to a real mail server, while Odoo is killed again and again: none arrives twice, none is another's.

`make test-long ARGS=kills` is the long run; `CREDIT_NOTICES=10000 make test-system ARGS="-k dunning"` a longer one.
"""

import os
import random
import re
import time

import pytest
from post_office import PostOffice

from environment import odoo

NOTICES = int(os.environ.get("CREDIT_NOTICES", "120"))
WITH_LETTER = max(NOTICES // 50, 2)  # so many have a PDF that is drawn when they are sent
KILLS = 5 if NOTICES >= 1000 else 2
PATIENCE = 60 + NOTICES  # seconds: a notice takes a small part of one
SOON = 30  # seconds without a notice, after which the test does not wait for the next call of the job
TOKEN = re.compile(r"access_token=3?D?([0-9a-f-]{36})")

pytestmark = pytest.mark.xdist_group("threads")


def copies(server, table, row, source, **changed):
    """Copy a row once for each row of a source, with what is different; return nothing.

    Creating thousands of invoices in Odoo takes longer than what is tested.
    """
    names = server.query(
        f"SELECT string_agg(quote_ident(column_name), ',') FROM information_schema.columns "
        f"WHERE table_schema = 'public' AND table_name = '{table}' AND is_generated = 'NEVER'"
    ).split(",")
    kept = [name for name in names if name.strip('"') not in {"id", *changed}]
    server.query(
        f"INSERT INTO {table} ({', '.join([*kept, *changed])}) "
        f"SELECT {', '.join([f't.{name}' for name in kept] + list(changed.values()))} "
        f"FROM {table} t CROSS JOIN {source} WHERE t.id = {row}"
    )


def make_late_customers(server, count):
    """Create customers that each have an invoice that is late."""
    admin = server.login("admin")
    partner = admin.create("res.partner", {"name": "Notice Pattern", "is_company": True, "email": "0@notices.example"})
    line = {"name": "Goods", "quantity": 1, "price_unit": 100, "tax_ids": [(5, 0, 0)]}
    invoice = admin.create("account.move", {
        "move_type": "out_invoice", "partner_id": partner, "invoice_date": "2026-01-01",
        "invoice_date_due": "2026-01-31", "invoice_payment_term_id": False, "invoice_line_ids": [(0, 0, line)],
    })
    admin.call("account.move", "action_post", [invoice])
    numbers = f"generate_series(1, {count - 1}) g"
    copies(
        server, "res_partner", partner, numbers, name="'Notice ' || g", complete_name="'Notice ' || g",
        email="g || '@notices.example'", email_normalized="g || '@notices.example'", commercial_partner_id="NULL",
    )
    server.query("UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL")
    copies(
        server, "account_move", invoice, "(SELECT id, name FROM res_partner WHERE name ~ '^Notice [0-9]+$') p",
        name="'NX/' || p.id", partner_id="p.id", commercial_partner_id="p.id", partner_shipping_id="p.id",
        sequence_number="p.id", sequence_prefix="'NX/'",
    )
    for item in admin.search("account.move.line", [("move_id", "=", invoice)], "id"):
        copies(
            server, "account_move_line", item["id"], "(SELECT id, name, partner_id FROM account_move "
            "WHERE name ~ '^NX/[0-9]+$') m", move_id="m.id", move_name="m.name", partner_id="m.partner_id",
        )
    server.query("ANALYZE")


def make_plans(server):
    """Let the company dun everybody by e-mail without files, and a few with the letter."""
    admin = server.login("admin")
    template = admin.search("mail.template", [("name", "=", "Dunning: payment reminder")], "id")[0]["id"]
    plans = []
    for is_attached in (False, True):
        level = {
            "name": "Reminder", "days": 7, "is_email": True, "mail_template_id": template,
            "is_notice_attached": is_attached, "is_invoices_attached": False,
        }
        plans.append(admin.create("credit.dunning.plan", {"name": "Many", "level_ids": [(0, 0, level)]}))
    company = admin.search("res.users", [("login", "=", "admin")], "company_id")[0]["company_id"][0]
    admin.call("res.company", "write", [company], {"credit_dunning_plan_id": plans[0], "email": "house@house.example"})
    server.query(
        f"UPDATE account_move SET credit_dunning_plan_id = {plans[1]} WHERE id IN (SELECT id FROM account_move "
        f"WHERE name ~ '^NX/[0-9]+$' ORDER BY id LIMIT {WITH_LETTER})"
    )
    server.query("UPDATE res_partner SET lang = 'en_US'")  # what is not translated is refused


def states(server, run):
    """Return ``{state: how many notices of a run}``."""
    rows = server.query(f"SELECT state || '|' || count(*) FROM credit_notice WHERE run_id = {run} GROUP BY state")
    return {state: int(count) for state, count in (row.split("|") for row in rows.split())}


def run_state(server, run):
    return server.query(f"SELECT state FROM credit_dunning_run WHERE id = {run}")


def wait_for(server, condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"it takes too long: {where_it_stands(server)}"
        time.sleep(0.2)


def where_it_stands(server):
    """Return what tells why nothing goes on."""
    runs = server.query("SELECT state || ' ' || COALESCE(note, '') FROM credit_dunning_run")
    notices = server.query("SELECT run_id, state, count(*) FROM credit_notice GROUP BY 1, 2")
    job = server.query(
        "SELECT cron_name, nextcall, failure_count, active, timed_out_counter, done, remaining FROM ir_cron c "
        "LEFT JOIN ir_cron_progress p ON p.cron_id = c.id WHERE cron_name ~ 'dunning' ORDER BY p.id DESC LIMIT 3"
    )
    busy = server.query(
        "SELECT state, wait_event_type, left(query, 200) FROM pg_stat_activity WHERE datname = current_database()"
    )
    said = server.query("SELECT left(body, 300) FROM mail_message WHERE model = 'credit.dunning.run'")
    return "\n".join(map(str, (runs, notices, job, busy, said)))


def let_time_pass(server):
    """Let the job be called as it is every ten minutes: it may have met what the killed server had not ended."""
    server.query(
        "INSERT INTO ir_cron_trigger (cron_id, call_at) SELECT id, now() AT TIME ZONE 'UTC' FROM ir_cron c "
        "WHERE cron_name = 'Credit: prepare and send dunning runs' "
        "AND NOT EXISTS (SELECT FROM ir_cron_trigger t WHERE t.cron_id = c.id)"
    )


def wait_for_more(server, run, box, before):
    """Wait until more has arrived than before; return whether the run still goes on."""

    started = time.monotonic()

    def is_over():
        # a server that has just been started looks for work once a minute, or when it is told to
        server.workplace.server.query(f"NOTIFY cron_trigger, '{server.database}'")
        if time.monotonic() - started > SOON:
            let_time_pass(server)
        return box.count() > before or run_state(server, run) == "done"

    wait_for(server, is_over)
    return run_state(server, run) != "done"


def send_and_kill(server, run, box):
    """Let the server send, and kill it at random moments while it does."""
    rest = KILLS
    while rest:
        with odoo.serving(server.workplace, server.database, log_name="dunning") as running:
            again = type(server)(running, server.workplace)
            if not wait_for_more(server, run, box, box.count() + random.randrange(NOTICES // (KILLS + 1))):
                return KILLS - rest
            time.sleep(random.uniform(0.0, 0.5))
            again.kill()
            rest -= 1
    with odoo.serving(server.workplace, server.database, log_name="dunning"):
        wait_for_more(server, run, box, NOTICES * 2)
    return KILLS


def prepare_run(server, box):
    """Let the server prepare a run for many late customers, whose mails go to the post office; return its id."""
    make_late_customers(server, NOTICES)
    make_plans(server)
    admin = server.login("admin")
    admin.create("ir.mail_server", {
        "name": "Post office", "smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_encryption": "none",
    })
    waiting = [row["id"] for row in admin.search("credit.dunning.run", [("state", "=", "ready")], "id")]
    admin.call("credit.dunning.run", "action_cancel", waiting)  # a demo company has one of today
    run = admin.call("credit.dunning.run", "action_start", [])["res_id"]
    wait_for(server, lambda: run_state(server, run) == "ready")
    return run


def read_notices(box):
    """Return what arrived for customers; other mails tell colleagues."""
    return [got for got in box.read() if "credit.notice" in got[1]["Message-Id"]]


def test_notices_arrive_once_whatever_is_killed(new_server):
    server = new_server()
    with PostOffice() as box:
        run = prepare_run(server, box)
        server.login("admin").call("credit.dunning.run", "action_send", [run])
        server.kill()
        kills = send_and_kill(server, run, box)
        messages = read_notices(box)
    check_nothing_arrived_twice(server, run, messages, kills)
    check_nothing_is_another_ones(server, messages)


def check_nothing_arrived_twice(server, run, messages, kills):
    rows = server.query(
        f"SELECT message_reference || '|' || state FROM credit_notice WHERE message_reference <> '' AND run_id = {run}"
    )
    known = dict(row.rsplit("|", 1) for row in rows.split("\n"))
    arrived = [message["Message-Id"] for _recipients, message in messages]
    assert len(arrived) == len(set(arrived)), "a notice arrived twice"
    assert len({recipients[0] for recipients, _message in messages}) == len(messages), "a customer got two"
    assert set(arrived) <= set(known)
    sent = {reference for reference, state in known.items() if state == "sent"}
    assert sent <= set(arrived), "what is marked as sent did not arrive"
    unknown = {reference for reference, state in known.items() if state == "unknown"}
    assert len(unknown) <= kills, f"{len(unknown)} unknown after {kills} kills"
    assert set(arrived) - sent <= unknown
    assert states(server, run).keys() <= {"sent", "unknown"}, states(server, run)
    assert server.query("SELECT count(*) FROM mail_mail WHERE state = 'outgoing' AND body_html ~ 'my/notices'") == "0"


def check_nothing_is_another_ones(server, messages):
    rows = server.query(
        "SELECT n.message_reference || '|' || n.access_token || '|' || p.email || '|' || n.name "
        "FROM credit_notice n JOIN res_partner p ON p.id = n.recipient_id WHERE n.message_reference <> ''"
    )
    own = {reference: values for reference, *values in (row.split("|") for row in rows.split("\n"))}
    for recipients, message in messages:
        token, address, number = own[message["Message-Id"]]
        text = message.get_body(("html",)).get_content()
        assert recipients == [address]
        assert set(TOKEN.findall(text)) == {token}
        assert number in message["Subject"]
        assert all(number.replace("/", "-") in file.get_filename() for file in message.iter_attachments())
