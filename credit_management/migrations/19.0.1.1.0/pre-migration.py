"""A stored unit price of order lines: its column, before Odoo would work it out for each line there is."""

from odoo.addons.credit_management.hooks import add_unit_price_column


def migrate(cr, version):
    """Add the column."""
    add_unit_price_column(cr)
