"""Down payments made at the counter, in the exposure of their sale orders."""

from odoo import api, models
from odoo.tools import SQL


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_down_payment_sql(self):
        """Override: what was paid down at a counter comes off the sale order too: of a sale no more than was paid for
        it, or is on the customer's account. A line says nothing of that."""
        return SQL(
            """
            (%(invoiced)s + CASE WHEN l.is_downpayment AND l.product_uom_qty = 0 THEN COALESCE((
                 SELECT SUM(pl.price_subtotal_incl * so.credit_currency_rate / COALESCE(NULLIF(po.currency_rate, 0), 1)
                            * CASE WHEN pl.price_subtotal_incl > 0 THEN %(share)s ELSE 1 END)
                   FROM pos_order_line pl JOIN pos_order po ON po.id = pl.order_id
                  WHERE pl.sale_order_line_id = l.id AND po.state IN ('paid', 'done')), 0) ELSE 0 END)
            """,
            invoiced=super()._get_down_payment_sql(),
            share=self._get_pos_advance_share_sql(),
        )

    @api.model
    def _get_pos_advance_share_sql(self):
        """The share of its down payments that sale ``po`` has received; ``pos.order`` says the same of one that is on
        its way."""
        return SQL(
            """
            (SELECT LEAST(1, GREATEST(0, paid.amount) / NULLIF(advance.amount, 0))
               FROM (SELECT COALESCE(SUM(pay.amount), 0) AS amount
                       FROM pos_payment pay JOIN pos_payment_method m ON m.id = pay.payment_method_id
                      WHERE pay.pos_order_id = po.id
                        AND (m.journal_id IS NOT NULL OR m.split_transactions OR po.to_invoice)) paid,
                    (SELECT SUM(GREATEST(0, a.price_subtotal_incl)) AS amount
                       FROM pos_order_line a JOIN sale_order_line al ON al.id = a.sale_order_line_id
                      WHERE a.order_id = po.id AND al.is_downpayment AND al.product_uom_qty = 0) advance)
            """
        )
