"""The level of a customer: worked out, found and grouped in SQL, set by hand with a reason and a last day."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..upgrade import load_migration
from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestLevel(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_plan(5, 12)
        cls.profile = cls.profile_of(cls.customer)

    def test_it_is_that_of_the_item_that_has_come_furthest_and_falls_when_it_is_paid(self):
        older = self.invoice(100, "2026-03-01")
        self.ran("2026-03-06")
        self.invoice(70, "2026-03-02")
        self.ran("2026-03-13")
        self.assertEqual(self.level_of(), 2)
        self.paid(older)
        self.assertEqual(self.level_of(), 1)

    def test_a_part_payment_keeps_it_and_money_that_is_not_matched_lowers_it(self):
        invoice = self.invoice(100, "2026-03-01")
        self.ran("2026-03-06")
        self.paid(invoice, 60)
        self.assertEqual(self.level_of(), 1)
        self.receive(self.customer, 40)
        self.assertEqual(self.level_of(), 0)

    def test_customers_are_found_sorted_and_grouped_by_it(self):
        others = [self.make_customer(name=name) for name in ("One", "Two")]
        for customer in (self.customer, *others):
            self.invoice(100, "2026-03-01", customer)
        self.ran("2026-03-06")
        self.profile_of(others[1])._set_dunning_level(4, "Agreed by phone")
        profiles = self.env["credit.profile"].search([("dunning_level", ">", 0)], order="dunning_level desc, id")
        self.assertEqual(profiles.mapped("dunning_level"), [4, 1, 1])
        groups = self.env["credit.profile"]._read_group(
            [("id", "in", profiles.ids)], ["dunning_level"], ["__count"], order="dunning_level"
        )
        self.assertEqual(groups, [(1, 2), (4, 1)])

    def test_a_level_by_hand_counts_until_its_last_day_and_both_stay_in_sight(self):
        self.invoice(100, "2026-03-01")
        self.ran("2026-03-06")
        self.profile._set_dunning_level(3, "No answer", self.day("2026-03-10"))
        self.on("2026-03-10")
        self.assertEqual((self.level_of(), self.profile.dunning_level_found), (3, 1))
        self.on("2026-03-11")
        self.assertEqual(self.level_of(), 1)

    def test_a_level_by_hand_needs_a_reason_and_a_last_day_that_is_not_over(self):
        with self.assertRaisesRegex(UserError, "needs its reason"):
            self.profile._set_dunning_level(3, " ")
        with self.assertRaisesRegex(UserError, "is over: choose today or a later day"):
            self.profile._set_dunning_level(3, "Letter", self.today - timedelta(days=1))

    def test_a_level_by_hand_is_forgotten_again(self):
        self.profile._set_dunning_level(3, "Letter")
        self.profile.action_forget_dunning_level()
        self.assertEqual((self.level_of(), self.profile.dunning_reason), (0, False))

    def test_the_upgrade_makes_a_typed_level_one_by_hand(self):
        """A column `dunning_level` of before, with 2 for this customer."""
        migration = load_migration("pre-dunning")
        cr = self.env.cr
        cr.execute("ALTER TABLE credit_profile RENAME COLUMN dunning_level_set TO dunning_level")
        cr.execute("ALTER TABLE credit_profile DROP COLUMN is_dunning_level_set")
        cr.execute("UPDATE credit_profile SET dunning_level = 2 WHERE id = %s", [self.profile.id])
        migration.migrate(cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(
            (self.profile.dunning_level, self.profile.is_dunning_level_set, self.profile.date_dunning_level_to),
            (2, True, False),
        )
        migration.migrate(cr, "19.0.1.0.0")  # once more changes nothing
