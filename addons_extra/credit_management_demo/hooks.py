"""Installing the add-on writes the demo company, once."""

import logging
from time import monotonic

from odoo import fields

from .generator import (
    abroad,
    company,
    credit,
    history,
    language,
    ledger,
    masterdata,
    money,
    partners,
    plan,
    script,
    story,
    users,
)
from .generator.customers import CUSTOMERS
from .generator.personas import PERSONAS

_logger = logging.getLogger(__name__)

QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "tracking_disable": True,
}
"""Nobody is told about 18 months of history, by mail or in the chatter."""


def post_init_hook(env):
    """Write company, people, history and story, then switch the credit checks on."""
    started = monotonic()
    env = env(context={**env.context, **QUIET, "lang": "en_US"})
    today = fields.Date.context_today(env.user)
    language.activate(env)
    company.set_up(env, today)
    staff = users.create_users(env)
    products, pricelists, terms = masterdata.set_up(env)
    customers = partners.create_customers(env, CUSTOMERS, staff, pricelists, terms)
    users.create_portal_user(env)
    _write_history(env, customers, products, today)
    branch = company.open_branch(env)
    users.let_into_branch(env, staff, branch)
    quotations = story.write_quotations(env, CUSTOMERS, customers, products, staff, branch, today)
    dover = abroad.open_company(env, staff, products, today)
    credit.set_up(env, CUSTOMERS, customers, staff, quotations, today)
    abroad.set_limits(env, dover)
    language.translate_own_records(env)
    _logger.info("Demo company written in %.0f s.", monotonic() - started)


def _write_history(env, customers, products, today):
    planned = plan.plan_history(CUSTOMERS, PERSONAS, script.ORDERS)
    orders = history.write_orders(env, planned, CUSTOMERS, customers, products, today)
    written = history.write_invoices(env, planned, orders, today)
    history.write_credit_notes(env, written, today)
    money.write_payments(env, written, today)
    story.write_down_payments(env, CUSTOMERS, customers, products, today)
    story.write_loose_ends(env, CUSTOMERS, customers, today)
    ledger.write(env, customers, today)
