"""What facts mean changed; nothing loosens by the upgrade.

A stored unit price of order lines is filled where the ordered quantity is 0. Membership of a credit group is the
customer's. A company and its branches are one legal company: what a branch had is joined to its company's. Payment
indexes were worked out of every match: they are thrown away, and worked out again. Requests that wait and name no last
day keep the one that the limit has. Orders that are not checked get the amount up to which. Money on account that names
a confirmed order is its own from now on. Disputes and withdrawn promises get the days between which they held, as far
as these are known. A rating without an amount names no currency: it had the one of the company at the moment of the
installation.
"""

from odoo import SUPERUSER_ID, api
from odoo.addons.credit_management.hooks import (
    bound_exclusions,
    date_old_disputes,
    fill_other,
    fill_unit_prices,
    keep_served,
)

# record rules are not updated by an upgrade; those that somebody has changed stay
RULES = {
    "[('company_id', 'in', company_ids)]": "[('company_id', 'parent_of', company_ids)]",
    "[('profile_id.company_id', 'in', company_ids)]": "[('profile_id.company_id', 'parent_of', company_ids)]",
    "[('company_id', 'in', company_ids + [False])]": "['|', ('company_id', '=', False), ('company_id', 'parent_of', "
    "company_ids)]",
}


def widen_rules(env):
    """Let whoever has a branch work with the files of its company."""
    known = env["ir.model.data"].search([("module", "=", "credit_management"), ("model", "=", "ir.rule")])
    for data in known.filtered(lambda data: data.name != "rule_credit_dispute_company"):
        rule = env["ir.rule"].browse(data.res_id)
        rule.domain_force = RULES.get(rule.domain_force, rule.domain_force)


def migrate(cr, version):
    """Fill the columns, bring the data up to what it means now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    fill_unit_prices(env)
    fill_other(env)
    bound_exclusions(env)
    env["credit.profile"]._join_branches()
    keep_served(env)
    date_old_disputes(env)
    env["credit.profile"]._unite_groups()
    widen_rules(env)
    cr.execute("DELETE FROM credit_behaviour")
    cr.execute("UPDATE credit_rating SET currency_id = NULL WHERE limit_type <> 'amount'")
    cr.execute(
        """
        UPDATE credit_limit_request r SET date_limit_expiry = p.date_limit_expiry
          FROM credit_profile p
         WHERE p.id = r.profile_id AND r.state IN ('draft', 'submitted') AND r.kind = 'permanent'
           AND r.date_limit_expiry IS NULL
        """
    )
    env.invalidate_all()
