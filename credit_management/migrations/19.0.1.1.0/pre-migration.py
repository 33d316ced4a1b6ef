"""What Odoo would fill in by itself, and otherwise: the unit prices of order lines, and which releases are old."""

from odoo.addons.credit_management.hooks import add_unit_price_column, mark_old_releases


def migrate(cr, version):
    """Add the columns."""
    add_unit_price_column(cr)
    mark_old_releases(cr)
