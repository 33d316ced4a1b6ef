"""The measured operations: each returns its variants by name, to be run in turn.

The first variant is ours. ``floor`` is plain SQL for the same, ``core`` the same operation in a copy
of the database in which the add-on was never installed.
"""

from . import floor
from .measure import Variant

BIG, HEAVY, FIVE = 1, 2, 3
BATCH = range(4, 204)
RECORDS = ("partner_id", "company_id", "rating_id", "group_id", "policy_id", "salesperson_id")


def exposure_all(bench):
    """Exposure of all customers by component, one pass."""
    exposure = bench.env["credit.exposure"]

    def ours():
        bench.env.execute_query(exposure._get_totals_sql(exposure._make_scopes_of_today()[0][0]))

    return {"ours": bench.read(ours), "floor": bench.sql(floor.exposure())}


def exposure_one(bench):
    """Exposure of one customer: thousands of open items beside five."""
    exposure = bench.env["credit.exposure"]

    def of(number):
        partner_ids = bench.partner(number).ids

        def ours():
            scope = exposure._make_scopes_of_today(partner_ids)[0][0]
            bench.env.execute_query(exposure._get_totals_sql(scope))

        return bench.read(ours)

    heavy, five = (bench.contacts(number) for number in (HEAVY, FIVE))
    return {
        "ours": of(HEAVY),
        "five": of(FIVE),
        "floor": bench.sql(floor.exposure_of_one(), customer=heavy),
        "floor_five": bench.sql(floor.exposure_of_one(), customer=five),
    }


def list_page(bench):
    """A list page of 80 profiles with all figures."""
    profiles = bench.env["credit.profile"]
    names = [*RECORDS, "account_status", "hold_count", *profiles._get_figure_names()]
    shown = {name: {"fields": {"display_name": {}}} if name in RECORDS else {} for name in names}
    return {"ours": bench.read(lambda: profiles.web_search_read([], shown, limit=80))}


def figures_all(bench):
    """All figures of all profiles, as Python values."""
    profiles = bench.env["credit.profile"]
    return {
        "ours": bench.read(lambda: profiles.search([], order="id")._get_figures()),
        "floor": bench.sql(floor.exposure()),
    }


def search_over_limit(bench):
    """Search the profiles over their limit, in the list's order."""
    profiles = bench.env["credit.profile"]
    return {
        "ours": bench.read(lambda: profiles.search([("amount_over_limit", ">", 0)]).ids),
        "floor": bench.sql(floor.over_limit()),
    }


def _confirm(bench, numbers):
    """Confirm the quotations of customers in one call: with the add-on and without."""
    ours, core = bench.orders(bench.env, numbers), bench.orders(bench.core, numbers)
    return {
        "ours": bench.write(bench.env, ours.action_confirm),
        "core": bench.write(bench.core, core.action_confirm),
    }


def confirm_five(bench):
    """Confirm one order of a customer with five open items."""
    return _confirm(bench, [FIVE])


def confirm_big(bench):
    """Confirm one order of the biggest customer."""
    return {
        **_confirm(bench, [BIG]),
        "floor": bench.sql(floor.exposure_of_one(), customer=bench.contacts(BIG)),
    }


def confirm_batch(bench):
    """Confirm 200 orders of 200 customers in one call."""
    return _confirm(bench, BATCH)


def snapshot_all(bench):
    """Take the day's figures of all profiles."""
    snapshots, companies = bench.env["credit.snapshot"], bench.env["res.company"].search([]).ids

    def take():
        last_id, today = 0, bench.env.cr.now().date()
        while ids := snapshots._get_next_profiles(last_id, today, companies):
            snapshots._take(ids, today)
            last_id = ids[-1]

    return {"ours": bench.write(bench.env, take), "floor": bench.write_sql(floor.snapshot())}


def behaviour_all(bench):
    """Work out and keep the payment index of all profiles, as each night."""
    profiles, today = bench.env["credit.profile"].search([]), bench.env.cr.now().date()

    def keep():
        bench.env["credit.behaviour"]._keep(profiles, today)

    return {"ours": bench.write(bench.env, keep), "floor": bench.write_sql(floor.behaviour())}


def rules(bench):
    """Confirm under a policy of fifteen rules beside one of one rule."""
    return _rules(bench, FIVE)


def rules_big(bench):
    """The same for the biggest customer."""
    return _rules(bench, BIG)


def _rules(bench, number):
    """Switch between the two policies, untimed, before each run."""
    policy = bench.env["credit.policy"].search([("state", "=", "on")])
    rule = bench.env["credit.policy.rule"]
    criteria = dict(bench.env["credit.criterion"]._get_selection())
    others = [name for name in criteria if name not in ("domain", "limit_exceeded")]
    thresholds = {"amount": 10**9, "percent": 900, "days": 9999, "effect_order": "warn"}
    values = [{"policy_id": policy.id, "criterion": name, **thresholds} for name in others[:14]]
    order = bench.orders(bench.env, [number])
    profiles = bench.env["credit.profile"].search([("partner_id", "=", bench.partner(number).id)])

    def variant(more):
        plain = bench.write(bench.env, order.action_confirm)

        def before():
            if more:
                rule.create(values)
            bench.env["credit.behaviour"]._keep(profiles, bench.env.cr.now().date())  # as the night did
            bench.env.cr.flush()
            bench.env.invalidate_all()
            bench.env["credit.policy"]._get_active_snapshots(order.company_id.id)

        def after():
            plain.after()
            bench.env["credit.policy"]._clear_snapshots()

        return Variant(bench.env.cr, plain.action, before, after)

    return {"ours": variant(True), "one_rule": variant(False)}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        exposure_all, exposure_one, list_page, figures_all, search_over_limit, confirm_five, confirm_big,
        confirm_batch, snapshot_all, behaviour_all, rules, rules_big,
    )
}
