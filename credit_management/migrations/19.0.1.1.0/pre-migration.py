"""What Odoo would fill in by itself, and otherwise: columns that are stored from now on, and which releases are old."""

from odoo.addons.credit_management.hooks import (
    add_order_rate_column,
    add_other_columns,
    add_parties_columns,
    add_unit_price_column,
    mark_old_releases,
)


def migrate(cr, version):
    """Add the columns."""
    add_unit_price_column(cr)
    add_order_rate_column(cr)
    add_other_columns(cr)
    add_parties_columns(cr)
    mark_old_releases(cr)
