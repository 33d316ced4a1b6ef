"""The numbers of the delivery notes under which a customer knows an invoice."""

from odoo import api, models
from odoo.addons.credit_management.models.open_item.account_move_numbers import Number
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
DELIVERY = Number("delivery", _lt("Delivery Note"), lambda moves: moves._credit_read_delivery_numbers())


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _credit_get_numbers(self):
        return (*super()._credit_get_numbers(), DELIVERY)

    def _credit_read_delivery_numbers(self):
        """Return ``{id: numbers}`` of what was sent to the customer for the lines of these invoices."""
        self.env["stock.move"].flush_model(["sale_line_id", "picking_id", "state", "location_dest_id"])
        self.env["account.move.line"].flush_model(["move_id", "sale_line_ids"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT l.move_id, STRING_AGG(DISTINCT p.name, ', ')
                      FROM account_move_line l
                      JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = l.id
                      JOIN stock_move s ON s.sale_line_id = rel.order_line_id AND s.state = 'done'
                      JOIN stock_location place ON place.id = s.location_dest_id AND place.usage = 'customer'
                      JOIN stock_picking p ON p.id = s.picking_id
                     WHERE l.move_id IN %s GROUP BY l.move_id
                    """,
                    tuple(self.ids),
                )
            )
        )
