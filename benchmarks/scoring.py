"""The measured operation of scores, as those of `operations.py`: all customers by the scorecard for trade."""

from . import floor

CARD = "credit_management.scorecard_trade"


def score_all(bench):
    """Score all customers, written; beside their factors as JSON, worked out and written by hand in one statement.

    ``core`` is the engine alone, on values that were read before: the target leaves it out.
    """
    env, today = bench.env, bench.env.cr.now().date()
    card = env.ref(CARD)
    env["credit.scorecard"].search([("id", "!=", card.id)]).active = False
    version = card._get_version()
    env.cr.commit()
    scores, companies = env["credit.score"].sudo(), env["res.company"].search([("parent_id", "=", False)]).ids
    parameters = {"card": card.id, "version": version.id}

    def ours():
        last_id = 0
        while ids := scores._get_next_profiles(last_id, today, companies):
            for _batch in scores._score_fetched(ids, today):
                env.cr.flush()
            last_id = ids[-1]

    return {
        "ours": bench.write(env, ours),
        "floor": bench.write(env, lambda: env.cr.execute(floor.factors(), {"accounts": bench.accounts, **parameters})),
        "core": bench.read(_engine(card, version, today)),
    }


def _engine(card, version, today):
    """Return what finds all scores, from values that are there."""
    from odoo.addons.credit_management.engine.scoring import score

    profiles, rule = card.env["credit.profile"].sudo().search([]), version._get_card()
    found = card.env["credit.factor"].sudo()._read(profiles, today, version._get_ready_names())

    def score_all_of_them():
        for values in found.values():
            score(rule, values)

    return score_all_of_them


OPERATIONS = {score_all.__name__: score_all}
