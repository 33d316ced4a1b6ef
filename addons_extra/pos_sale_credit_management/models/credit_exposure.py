"""Down payments made at the counter, in the exposure of their sale orders."""

from odoo import api, models
from odoo.tools import SQL


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_down_payment_sql(self):
        """Override: what was paid down at a counter comes off the sale order too."""
        return SQL(
            """
            (%s + CASE WHEN l.is_downpayment AND l.product_uom_qty = 0 THEN COALESCE((
                 SELECT SUM(pl.price_subtotal_incl * so.credit_currency_rate / COALESCE(NULLIF(po.currency_rate, 0), 1))
                   FROM pos_order_line pl JOIN pos_order po ON po.id = pl.order_id
                  WHERE pl.sale_order_line_id = l.id AND po.state IN ('paid', 'done')), 0) ELSE 0 END)
            """,
            super()._get_down_payment_sql(),
        )
