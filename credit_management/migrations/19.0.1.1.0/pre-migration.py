"""Columns that are stored from this version on, before Odoo would work them out for each record there is."""

from odoo.addons.credit_management.hooks import add_order_rate_column, add_unit_price_column


def migrate(cr, version):
    """Add the columns."""
    add_unit_price_column(cr)
    add_order_rate_column(cr)
