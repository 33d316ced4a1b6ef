"""A run in jobs of OCA's queue, two at once, while the server is killed again and again: no notice arrives twice.

It takes minutes, most of them to install the queue and to wait for its runner: `make test-long ARGS=kills`.
"""

import os
import random
import time

import job_runner
import pytest
from post_office import PostOffice
from test_dunning import (
    KILLS,
    NOTICES,
    check_nothing_arrived_twice,
    check_nothing_is_another_ones,
    prepare_run,
    read_notices,
    run_state,
    states,
    wait_for_more,
)

AT_ONCE = 2  # batches: see `job_runner.CHANNELS`

pytestmark = [
    pytest.mark.xdist_group("threads"), pytest.mark.skipif("CREDIT_NOTICES" not in os.environ, reason="a long run"),
]


def send_and_kill(server, run, box):
    """Let jobs send, and kill the server at random moments while they do."""
    for _kill in range(KILLS):
        with job_runner.serving(server.workplace, server.database) as running:
            again = type(server)(running, server.workplace)
            if run_state(server, run) == "ready":
                again.login("admin").call("credit.dunning.run", "action_send", [run])
            wait_for_more(server, run, box, box.count() + random.randrange(1, NOTICES // (KILLS + 1)))
            time.sleep(random.uniform(0.0, 0.3))
            again.kill()
    with job_runner.serving(server.workplace, server.database):
        wait_for_more(server, run, box, NOTICES * 2)


def test_notices_that_jobs_send_arrive_once_whatever_is_killed(new_server):
    server = new_server()
    with PostOffice() as box:
        run = prepare_run(server, box)
        server.kill()
        job_runner.install_modules(server.workplace, server.database)
        send_and_kill(server, run, box)
        messages = read_notices(box)
    assert run_state(server, run) == "done", states(server, run)
    assert int(server.query("SELECT count(*) FROM queue_job WHERE channel = 'root.credit_dunning'")) >= NOTICES // 50
    check_nothing_arrived_twice(server, run, messages, KILLS * AT_ONCE)
    check_nothing_is_another_ones(server, messages)
