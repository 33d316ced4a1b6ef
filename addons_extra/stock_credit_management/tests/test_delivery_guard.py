"""The guard: no way past the button."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryGuard(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(10000)
        cls.transfer = cls.make_delivery(cls.customer)
        cls.make_late(cls.customer)

    def assertRefused(self, step, *args):  # noqa: N802
        with self.assertRaisesRegex(UserError, "on credit hold"), self.env.cr.savepoint():
            step(*args)
        self.env.invalidate_all()
        self.assertNotEqual(self.transfer.state, "done")

    def test_the_transfer_done_directly_is_refused(self):
        self.transfer.move_ids.picked = True
        self.assertRefused(self.transfer.with_user(self.storekeeper)._action_done)

    def test_the_moves_done_directly_are_refused(self):
        self.transfer.move_ids.picked = True
        self.assertRefused(self.transfer.move_ids._action_done)

    def test_picked_and_quantity_written_then_done_are_refused(self):
        self.transfer.move_ids.write({"quantity": 3, "picked": True})
        self.assertRefused(self.transfer.move_ids._action_done)
        self.transfer.move_ids.move_line_ids.write({"quantity": 2, "picked": True})
        self.assertRefused(self.transfer.move_ids._action_done)

    def test_the_state_written_directly_is_refused(self):
        self.assertRefused(self.transfer.move_ids.with_user(self.storekeeper).write, {"state": "done"})

    def test_a_move_created_as_done_is_refused(self):
        values = self.transfer.move_ids.copy_data({"state": "done"})
        self.assertRefused(self.env["stock.move"].create, values)

    def test_a_move_without_a_transfer_is_refused(self):
        move = self.transfer.move_ids.copy({"picking_id": False})
        move._action_confirm(merge=False)
        move.write({"picking_id": False, "quantity": 1, "picked": True})
        self.assertRefused(move._action_done)

    def test_context_keys_permit_nothing(self):
        self.transfer.move_ids.picked = True
        keys = {"credit_interactive": True, "skip_sanity_check": True, "skip_backorder": True, "is_scrap": True}
        self.assertRefused(self.transfer.with_context(**keys)._action_done)

    def test_the_marks_are_not_written_by_hand(self):
        for values in ({"credit_hold_state": "released"}, {"credit_is_validating": True}):
            with self.assertRaises(AccessError):
                self.transfer.with_user(self.storekeeper).write(values)

    def test_a_pass_is_used_up(self):
        """Delivering a part leaves no pass for the rest in the same transaction."""
        good = self.make_customer(10000, "Good")
        transfer = self.make_delivery(good)
        rest = self.validate_part(transfer, 4)
        self.make_late(good)
        rest.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "on credit hold"):
            rest.move_ids._action_done()

    def test_what_was_delivered_does_not_grow_past_credit(self):
        good = self.make_customer(1000, "Good")
        transfer = self.make_delivery(good)
        self.validate(transfer)
        transfer.is_locked = False
        transfer.move_ids.with_user(self.storekeeper).quantity = 9  # told, where it is not the own order
        transfer.move_ids.quantity = 10
        with self.assertRaisesRegex(UserError, "on credit hold"):
            transfer.move_ids.quantity = 11
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "on credit hold"):
            self.env["stock.move.line"].create(
                {"move_id": transfer.move_ids.id, "picking_id": transfer.id, "product_id": self.goods.id, "quantity": 1}
            )

    def test_a_product_added_in_the_warehouse_is_checked_and_counted(self):
        good = self.make_customer(1150, "Good")
        transfer = self.make_delivery(good)
        extra = self._make_article("Extra", "delivery", type="consu", is_storable=True)
        self.fill(extra, 10)
        self.env["stock.move"].create(
            {
                "picking_id": transfer.id, "product_id": extra.id, "product_uom_qty": 2, "quantity": 2,
                "location_id": transfer.location_id.id, "location_dest_id": transfer.location_dest_id.id,
            }
        )
        self.validate(transfer)
        self.assertWaits(transfer)  # 1,000 + 2 × 100 at list price for a limit of 1,150
        self.set_limit(good, 1200)
        self.commit()
        self.assertDelivered(transfer)
        self.assertExposure(good, 1200.0)

    def test_the_customers_mutex_is_taken(self):
        """Two deliveries, or an order and a delivery, of one customer never decide at once: each updates
        the customer's row first, and who waited is replayed by Odoo on what the other left."""
        profile = self.profile_of(self.customer)
        self.env.cr.execute("SELECT lock_count FROM credit_profile WHERE id = %s", [profile.id])
        before = self.env.cr.fetchone()[0]
        self.validate(self.transfer)
        self.env.cr.execute("SELECT lock_count FROM credit_profile WHERE id = %s", [profile.id])
        self.assertEqual(self.env.cr.fetchone()[0], before + 1)
