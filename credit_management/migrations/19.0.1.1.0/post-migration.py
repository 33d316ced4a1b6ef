"""A stored unit price of order lines: filled where the ordered quantity is 0."""

from odoo import SUPERUSER_ID, api
from odoo.addons.credit_management.hooks import fill_unit_prices


def migrate(cr, version):
    """Fill the column."""
    fill_unit_prices(api.Environment(cr, SUPERUSER_ID, {}))
