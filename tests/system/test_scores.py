"""The server is killed while it scores thousands of customers: no customer is scored twice, none half.

It takes minutes, and runs with `CREDIT_KILLS` alone: `make test-long kills`.
"""

import random
import time
import xmlrpc.client

import pytest
from test_dunning import copies, make_late_customers
from test_faults import KILLS, kill_during

from environment import odoo

CUSTOMERS, FALLING = 3_000, 399  # that are scored; that something follows for
TIMES = 4  # that it is killed: in the statement for all of them, and while something follows for each
TURNS = 60  # a scheduled action stops after ten seconds, and is called again

pytestmark = [
    pytest.mark.xdist_group("threads"),
    pytest.mark.skipif(not KILLS, reason="takes minutes: make test-long kills"),
]
OURS = "(SELECT f.id FROM credit_profile f JOIN res_partner p ON p.id = f.partner_id WHERE p.name ~ '^Notice ')"
FALL = OURS.replace("'^Notice '", "'^Notice ([0-9]{1,2}|[1-3][0-9]{2})$'")


def make_customers(server):
    """Create customers that each have an invoice that is late, some of them with the best rating; return that."""
    make_late_customers(server, CUSTOMERS)
    admin = server.login("admin")
    first = admin.search("res.partner", [("name", "=", "Notice Pattern")], "id")[0]["id"]
    best = admin.search("credit.rating", [], "id", order="sequence, id", limit=1)[0]["id"]
    profile = admin.search("credit.profile", [("partner_id", "=", first)], "id")[0]["id"]  # its invoice made it
    copies(
        server, "credit_profile", profile, "(SELECT id FROM res_partner WHERE name ~ '^Notice [0-9]+$') p",
        partner_id="p.id",
    )
    server.query(f"UPDATE credit_profile SET rating_id = {best}, date_rating = '2020-01-01' WHERE id IN {FALL}")
    return best


def let_scores_act(server):
    """Let a card of one factor propose the worst rating of who is late, and a rule give a task of whoever falls."""
    admin = server.login("admin")
    for table in ("credit_scorecard", "credit_score_rule"):  # those of the demo company
        server.query(f"UPDATE {table} SET active = FALSE")
    worst = admin.search("credit.rating", [], "id", order="sequence desc, id desc", limit=1)[0]["id"]
    bands = [(0, 0, {"has_low": False, "high": 1, "points": 90}), (0, 0, {"low": 1, "has_high": False, "points": 10})]
    factor = {"factor": "days_overdue_max", "weight": 10, "band_ids": bands}
    admin.create("credit.scorecard", {
        "name": "Killed", "factor_ids": [(0, 0, factor)], "class_ids": [(0, 0, {"rating_id": worst, "score_from": 0})],
    })
    company = admin.search("res.users", [("login", "=", "admin")], "company_id")[0]["company_id"][0]
    admin.create("credit.score.rule", {"name": "Fallen", "company_id": company, "points": 50, "action": "alert"})
    server.query("UPDATE res_company SET credit_score_change = 'down'")


def score(server):
    """Run the job, or wait for the one that the server has begun by itself."""
    admin = server.login("admin").again()
    cron = admin.search("ir.cron", [("name", "=", "Credit: score all customers")], "id")[0]["id"]
    try:
        admin.call("ir.cron", "method_direct_trigger", [cron])
    except xmlrpc.client.Fault:  # it runs
        time.sleep(1)


def make_yesterday_better(server):
    """Make what was found today the scores of yesterday, when all was well with some: tonight they fall by 80."""
    server.query(
        "UPDATE credit_score SET date = date - 1, date_to = date_to - 1, fingerprint = 'before', follow_up = 'none', "
        "is_rules_due = FALSE"
    )
    server.query(
        "UPDATE credit_score SET score = 90, rating_id = (SELECT id FROM credit_rating ORDER BY sequence LIMIT 1) "
        f"WHERE profile_id IN {FALL}"
    )


def number(server, statement):
    return int(server.query(statement))


def is_done(server):
    due = number(server, f"SELECT count(*) FROM credit_score WHERE profile_id IN {OURS} "
                         "AND (follow_up = 'due' OR is_rules_due)")
    scored = number(server, f"SELECT count(*) FROM credit_score WHERE profile_id IN {OURS} AND fingerprint <> 'before'")
    return scored == CUSTOMERS and not due


def check_nobody_is_half_way(server, best):
    """A rating that fell has its change and its score, and the other way round; a task has its row."""
    changed = f"(SELECT profile_id FROM credit_score WHERE follow_up = 'changed' AND profile_id IN {OURS})"
    fallen = f"(SELECT id FROM credit_profile WHERE rating_id <> {best} AND id IN {FALL})"
    assert not number(server, f"SELECT count(*) FROM {changed} c FULL JOIN {fallen} f ON f.id = c.profile_id "
                              "WHERE f.id IS NULL OR c.profile_id IS NULL")
    assert number(server, f"SELECT count(*) FROM credit_change WHERE res_model = 'credit.profile' AND res_id IN {OURS}"
                  ) == number(server, f"SELECT count(*) FROM {fallen} f")
    assert number(server, f"SELECT count(*) FROM mail_activity WHERE res_model = 'credit.profile' AND res_id IN {OURS}"
                  ) == number(server, f"SELECT count(*) FROM credit_score_act WHERE profile_id IN {OURS}")
    assert not number(server, f"SELECT count(*) FROM (SELECT profile_id FROM credit_score WHERE profile_id IN {OURS} "
                              "GROUP BY profile_id HAVING count(*) > 2) twice")


def test_scores_of_thousands_are_found_once_whatever_is_killed(new_server):
    server = new_server()
    best = make_customers(server)
    let_scores_act(server)
    server.query("UPDATE res_company SET credit_score_change = 'none'")
    score(server)  # what is of everybody is scored in one statement, and nothing follows from a first score
    make_yesterday_better(server)
    server.query("UPDATE res_company SET credit_score_change = 'down'")
    server.kill()
    for turn in range(TIMES):
        with odoo.serving(server.workplace, server.database, log_name=f"scores-{turn}") as running:
            again = type(server)(running, server.workplace)
            again.login("admin")
            kill_during(again.kill, lambda again=again: score(again), random.uniform(1, 6))
        time.sleep(1)  # PostgreSQL undoes what was not committed
        server.query("UPDATE ir_cron_progress SET timed_out_counter = 0")  # after three, Odoo waits for the next day
        check_nobody_is_half_way(server, best)
    with odoo.serving(server.workplace, server.database, log_name="scores-last") as running:
        again = type(server)(running, server.workplace)
        for _turn in range(TURNS):
            if not is_done(server):
                score(again)
    assert is_done(server)
    check_nobody_is_half_way(server, best)
    assert number(server, f"SELECT count(*) FROM credit_score_act WHERE profile_id IN {OURS}") == FALLING
    assert number(server, f"SELECT count(*) FROM credit_score WHERE follow_up = 'changed' AND profile_id IN {OURS}"
                  ) == FALLING
