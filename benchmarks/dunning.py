"""The measured operations of dunning, as those of `operations.py`: what is decided about all customers with something
late, with earlier notices, promises, disputes and credits; and the notices and reasons that become of it.
"""

from pathlib import Path

from . import floor

DATA = Path(__file__).resolve().parent / "sql" / "dunning.sql"
PLAN = "credit_management.dunning_plan_normal"
QUIETLY = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


def _start(bench):
    """Return a run of today; the first time with earlier notices, which stay in the database."""
    env, plan, company = bench.env, bench.env.ref(PLAN), bench.env.company
    Run = env["credit.dunning.run"].sudo()  # as the job does
    if run := Run._find_open(company):
        return run
    company.credit_dunning_plan_id = plan
    env.flush_all()
    env.cr.execute(DATA.read_text(), {"plan": plan.id})
    run = Run._start(company)
    env.cr.commit()
    return run


def dunning_decide(bench):
    """What is done about each customer, and why nobody writes to the others."""
    run, plan = _start(bench), bench.env.ref(PLAN)
    parameters = {"company": run.company_id.id, "plan": plan.id, "quiet": plan.days_quiet}
    return {"ours": bench.read(run._decide), "floor": bench.sql(*floor.dunning(), **parameters)}


def dunning_prepare(bench):
    """Notices and rows of who is left out; beside the same records created in one batch."""
    run = _start(bench)
    decided = run._decide()
    contacts = run._find_contacts({outcome.partner_id for outcome, omission in decided if omission is None})
    notices = [
        {**run._prepare_notice(outcome), **contacts[outcome.partner_id]}
        for outcome, omission in decided if omission is None
    ]
    omissions = [run._prepare_omission(outcome, omission) for outcome, omission in decided if omission is not None]

    def create():
        bench.env["credit.notice"].sudo().with_context(**QUIETLY).create(notices)
        bench.env["credit.dunning.omission"].sudo().create(omissions)

    variants = {"ours": lambda: run._write_down(decided), "batch": create}
    return {name: bench.write(bench.env, action) for name, action in variants.items()}


OPERATIONS = {operation.__name__: operation for operation in (dunning_decide, dunning_prepare)}
