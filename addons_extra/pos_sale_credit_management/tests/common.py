"""Builders for sale orders that are settled at the counter."""

from odoo.addons.pos_credit_management.tests.common import PosCommon


class SaleOrderCommon(PosCommon):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(1000)
        # Odoo's own: who settles quotations at the counter must be allowed to confirm them
        self.cashier = self.make_cashier(
            "seller", "point_of_sale.group_pos_user,sales_team.group_sale_salesman_all_leads"
        )

    def settle(self, order, quantity=None, payments=None, **values):
        """Sell what a sale order contains; all of it on account unless payments are given."""
        [line] = order.order_line.filtered(lambda line: not line.display_type and not line.is_downpayment)
        quantity = quantity or line.product_uom_qty
        sold = self.sold(
            line.price_unit * quantity, quantity, product_id=line.product_id.id,
            sale_order_origin_id=order.id, sale_order_line_id=line.id,
        )
        return self.sell(order.partner_id, line.price_unit * quantity, payments, lines=[sold], **values)

    def pay_down_line(self, order, amount):
        """Return the command of a down payment on a sale order."""
        if not self.config.down_payment_product_id:
            self.config.down_payment_product_id = self._make_article("Down payment", "order", available_in_pos=True)
        product = self.config.down_payment_product_id
        return self.sold(amount, 1, product_id=product.id, sale_order_origin_id=order.id)

    def pay_down(self, order, amount, payments=None):
        return self.sell(order.partner_id, amount, payments, lines=[self.pay_down_line(order, amount)])
