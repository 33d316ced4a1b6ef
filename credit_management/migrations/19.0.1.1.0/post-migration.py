"""Unit prices of order lines with an ordered quantity of 0; up to what orders are not checked."""

from odoo import SUPERUSER_ID, api
from odoo.addons.credit_management.hooks import bound_exclusions, fill_unit_prices


def migrate(cr, version):
    """Fill the columns."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    fill_unit_prices(env)
    bound_exclusions(env)
