"""Builders for deliveries: a policy that looks at them, goods in stock, orders with transfers."""

from odoo import Command
from odoo.addons.credit_management.tests.common import CreditCommon
from odoo.tests import new_test_user


class DeliveryCommon(CreditCommon):
    """Orders pass whatever they are; deliveries are held over the limit and for what is overdue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("stock.group_stock_manager")
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.warehouse.delivery_steps = "ship_only"
        cls.stock = cls.warehouse.lot_stock_id
        cls.goods = cls._make_article("Goods", "delivery", type="consu", is_storable=True)
        cls.fill(cls.goods, 1000)
        cls.storekeeper = new_test_user(
            cls.env, "storekeeper", "base.group_user,stock.group_stock_user", company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.controller = cls.make_user("controller")
        cls.salesperson = cls.make_user("sales")
        cls.policy = cls.make_policy(
            {"criterion": "limit_exceeded", **cls.at_delivery("hold")},
            {"criterion": "overdue_days", **cls.at_delivery("hold")},
        )

    @classmethod
    def at_delivery(cls, effect):
        return {"effect_order": "none", "effect_change": "none", "effect_invoice": "none", "effect_delivery": effect}

    @classmethod
    def fill(cls, product, quantity):
        cls.env["stock.quant"]._update_available_quantity(product, cls.stock, quantity)

    @classmethod
    def make_delivery(cls, partner, quantity=10, price=100, **values):
        """Confirm an order of goods and return its transfer, reserved."""
        values.setdefault("user_id", cls.salesperson.id)
        return cls.make_confirmed(partner, price, quantity, product=cls.goods, **values).picking_ids

    @classmethod
    def make_late(cls, partner, amount=50):
        """Make the customer owe something for 40 days: its deliveries are held."""
        return cls.make_invoice(partner, amount, 40)

    def validate(self, transfers, user=None):
        """Press Validate at the screen, as the warehouse."""
        return transfers.with_user(user or self.storekeeper).with_context(credit_interactive=True).button_validate()

    def validate_part(self, transfer, quantity, is_backorder=True):
        """Deliver a part, and answer the question what becomes of the rest."""
        transfer.move_ids[0].quantity = quantity
        transfer.move_ids[0].picked = True
        action = self.validate(transfer)
        wizard = self.env["stock.backorder.confirmation"].with_user(self.storekeeper).with_context(**action["context"])
        wizard = wizard.create({})
        wizard.process() if is_backorder else wizard.process_cancel_backorder()
        return transfer.backorder_ids

    def assertDelivered(self, *transfers):  # noqa: N802
        for transfer in transfers:
            self.assertEqual(transfer.state, "done")
            self.assertNotEqual(transfer.credit_hold_state, "held")

    def assertWaits(self, *transfers):  # noqa: N802
        for transfer in transfers:
            self.assertNotIn(transfer.state, ("done", "cancel"))
            self.assertEqual(transfer.credit_hold_state, "held")
            self.assertEqual(self.hold_of(transfer).state, "open")
