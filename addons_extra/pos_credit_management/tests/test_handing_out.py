"""What the counter sold leaves without another check, when it is handed out, shipped later, or left for the evening."""

from odoo.tests import new_test_user, tagged

from .common import PosCommon


@tagged("post_install", "-at_install")
class TestHandingOut(PosCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "credit_hold_id" not in cls.env["stock.picking"]._fields:
            cls.skipTest(cls, "transfers are not under control here")
        cls.policy.rule_ids.write({"effect_delivery": "hold", "effect_invoice": "none"})
        cls.warehouse = cls.config.picking_type_id.warehouse_id
        cls.goods = cls._make_article("Crate", "order", type="consu", is_storable=True, available_in_pos=True)
        cls.env["stock.quant"]._update_available_quantity(cls.goods, cls.warehouse.lot_stock_id, 100)
        cls.storekeeper = new_test_user(
            cls.env, "storekeeper", "base.group_user,stock.group_stock_user", company_id=cls.company.id
        )
        cls.customer = cls.make_customer(100)
        cls.make_invoice(cls.customer, 5000)  # nothing would be delivered to it

    def test_cash_sales_are_handed_out(self):
        for customer in (self.customer, None):
            order = self.sell(customer, 500, [(self.cash, 500)])
            self.assertEqual(order.picking_ids.mapped("state"), ["done"])

    def test_sales_are_handed_out_when_the_session_closes(self):
        self.company.point_of_sale_update_stock_quantities = "closing"
        session = self.session
        self.close(session)
        session = self.open(self.config)
        self.sell(self.customer, 500, [(self.cash, 500)], session=session)
        self.close(session)
        self.assertEqual(session.picking_ids.mapped("state"), ["done"])

    def make_later(self):
        """Return the transfer of a sale that is paid, and shipped later; another was handed out before it."""
        self.sell(self.customer, 2000, [(self.cash, 2000)], lines=[self.sold(2000, 20)])
        order = self.sell(self.customer, 500, [(self.cash, 500)], shipping_date="2030-01-01", lines=[self.sold(500, 5)])
        transfer = order.picking_ids.with_user(self.storekeeper)
        self.assertEqual(transfer.move_ids.product_uom_qty, 5.0)
        return transfer

    def test_a_sale_that_is_shipped_later_leaves(self):
        transfer = self.make_later()
        transfer.action_assign()
        transfer.button_validate()
        self.assertEqual(transfer.state, "done")

    def test_a_part_of_it_and_the_rest_leave(self):
        transfer = self.make_later()
        transfer.move_ids.write({"quantity": 2, "picked": True})
        transfer.with_context(skip_backorder=True).button_validate()
        rest = transfer.backorder_ids
        rest.action_assign()
        rest.button_validate()
        self.assertEqual((transfer.state, rest.state), ("done", "done"))

    def test_more_than_was_sold_waits(self):
        transfer = self.make_later()
        transfer.action_assign()
        transfer.move_ids.write({"product_uom_qty": 50, "quantity": 50})
        transfer.with_context(credit_interactive=True).button_validate()
        self.assertEqual((transfer.state == "done", transfer.credit_hold_state), (False, "held"))

    def test_what_was_sold_is_shipped_once(self):
        transfer = self.make_later()
        transfer.action_assign()
        transfer.button_validate()
        again = transfer.copy()
        again.action_confirm()
        again.action_assign()
        again.with_context(credit_interactive=True).button_validate()
        self.assertEqual((again.state == "done", again.credit_hold_state), (False, "held"))
