"""Statements that customers are to confirm, or have confirmed, and an auditor's confirmation run."""

from datetime import timedelta

from .records import name

AUDITOR = {
    "auditor_name": "Shannon Audit", "auditor_person": "Niamh Daly", "auditor_email": "answers@shannon-audit.example",
    "auditor_address": "7 Quay Street\nLimerick\nIreland",
}
ASKED = 5


def write(env, customers, family, today):
    """Write one statement of each kind, and the run of the end of the quarter.

    They are noted as sent without their letters: a demo company has nobody to send them to.
    """
    company = env.company
    company.credit_is_group_statement = True  # the Lough companies have agreed to it
    Statement, last = env["credit.statement"], today.replace(day=1) - timedelta(days=1)
    first = (last - timedelta(days=300)).replace(day=1)  # months in which the customer bought something
    made = {
        "open": Statement._make(customers["lismore"], company, "open", today),
        "moved": Statement._make(customers["lismore"], company, "movements", last, first),
        "delivered": Statement._make(customers["castlebar"], company, "delivered", today),
        "group": Statement._make_of_group(family, customers["lough_derg"], company, "open", today),
        "differs": Statement._make(customers["bantry"], company, "open", today),
    }
    for statement in made.values():
        statement._update_state("sent", date_sent=today)
    made["moved"]._note_agreed(name="Brian Carroll", function="Buyer", method="phone")
    line = made["differs"].open_line_ids[:1]
    made["differs"]._note_differences(
        {line: (line.amount - 615.0, "One shelving bay came back")}, name="Mary Hurley", method="letter"
    )
    name(env, "statement", made)
    name(env, "confirmation", {"quarter": _write_run(env, last)})


def _write_run(env, day):
    """Ask the largest, and one that owes nothing; one agrees, one does not, one is tested otherwise, the rest waits."""
    run = env["credit.confirmation"].create(
        {"date": day, "sample": "largest", "sample_count": ASKED, "zero_count": 1, "seed": 20260930, **AUDITOR}
    )
    run.action_draw()
    letters = run.letter_ids.sorted("id")
    letters._update_state("sent", date_sent=day + timedelta(days=1))
    letters[0]._note_agreed(name="Accounts", method="letter")
    line = letters[1].open_line_ids[:1]
    letters[1]._note_differences({line: (line.amount - 100.0, "Bonus not deducted")}, name="Accounts", method="letter")
    letters[2].action_test_otherwise()
    env["mail.mail"].search([]).unlink()  # the auditor is told what was answered, and there is none
    return run
