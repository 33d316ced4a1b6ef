"""Membership of a credit group is the customer's, not that of its file in one company."""


from odoo.tests import Form, tagged

from ..common import CreditCommon
from ..upgrade import load_migration


@tagged("post_install", "-at_install")
class TestMembership(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Second")["company"]
        cls.env.user.company_ids += cls.other
        cls.group = cls.env["credit.group"].create({"name": "Family", "amount_limit": 1000})
        cls.member = cls.make_customer("unlimited")
        cls.profile = cls.profile_of(cls.member)

    def owe(self, amount):
        """The member owes so much in the second company."""
        return self.env["account.move"].with_company(self.other).create(
            {
                "move_type": "out_invoice",
                "partner_id": self.member.id,
                "invoice_date": self.today,
                "invoice_line_ids": [(0, 0, {"name": "Line", "price_unit": amount, "tax_ids": []})],
            }
        )

    def test_a_member_that_owes_in_another_company_counts(self):
        """900 in the second company, 200 here: 1,100 of 1,000."""
        self.profile_of(self.member, self.other)
        self.owe(900).action_post()
        self.profile.group_id = self.group
        self.make_policy("group_limit_exceeded")
        self.assertEqual(self.group.amount_exposure, 900.0)
        order = self.make_order(self.member, 200)
        self.confirm(order)
        self.assertHeld(order)
        fitting = self.make_order(self.member, 100)
        self.confirm(fitting)
        self.assertConfirmed(fitting)

    def test_it_counts_where_it_has_no_file_either(self):
        self.profile.group_id = self.group
        self.owe(900).action_post()
        self.env["credit.profile"].search([("company_id", "=", self.other.id)]).unlink()
        self.group.invalidate_recordset()
        self.assertEqual(self.group.amount_exposure, 900.0)

    def test_while_its_limit_is_typed_its_figures_stand(self):
        """900 are owed; 2,000 are typed over 1,000: 1,100 would be free."""
        self.profile.group_id = self.group
        self.owe(900).action_post()
        with Form(self.group) as form:
            form.amount_limit = 2000
            self.assertEqual((form.amount_exposure, form.amount_available), (900.0, 1100.0))

    def test_its_files_say_the_same(self):
        there = self.profile_of(self.member, self.other)
        self.profile.group_id = self.group
        self.assertEqual(there.group_id, self.group)
        there.group_id = False
        self.assertFalse(self.profile.group_id)
        self.group.profile_ids = there
        self.assertEqual(self.profile.group_id, self.group)

    def test_a_file_that_is_opened_later_is_in_the_group(self):
        self.profile.group_id = self.group
        self.assertEqual(self.profile_of(self.member, self.other).group_id, self.group)

    def test_a_file_that_is_created_by_hand_is_in_the_group(self):
        self.profile.group_id = self.group
        there = self.env["credit.profile"].create({"partner_id": self.member.id, "company_id": self.other.id})
        self.assertEqual(there.group_id, self.group)
        third = self.make_customer()
        here = self.profile_of(third)
        self.env["credit.profile"].create(
            {"partner_id": third.id, "company_id": self.other.id, "group_id": self.group.id}
        )
        self.assertEqual(here.group_id, self.group)

    def test_an_upgrade_keeps_the_lower_limit_of_two_groups(self):
        there = self.profile_of(self.member, self.other)
        lower = self.env["credit.group"].create({"name": "Lower", "amount_limit": 400})
        single = self.profile_of(self.make_customer(name="Single"))
        self.env.flush_all()
        for profile, group in ((self.profile, self.group), (there, lower), (single, self.group)):
            self.env.cr.execute("UPDATE credit_profile SET group_id = %s WHERE id = %s", [group.id, profile.id])
        self.env.invalidate_all()
        self.migrate()
        self.assertEqual((self.profile + there).group_id, lower)
        self.assertEqual(single.group_id, self.group)

    def test_an_upgrade_keeps_the_last_day_of_limits_and_forgets_old_indexes(self):
        self.profile.write({"limit_type": "amount", "amount_limit": 100, "date_limit_expiry": "2030-01-31"})
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.profile.id, "amount": 200, "reason": "More"}
        )
        self.env["credit.behaviour"]._keep(self.profile, self.today)
        self.env.flush_all()
        self.env.cr.execute("UPDATE credit_limit_request SET date_limit_expiry = NULL WHERE id = %s", [request.id])
        self.migrate()
        self.assertEqual(str(request.date_limit_expiry), "2030-01-31")
        self.assertFalse(self.env["credit.behaviour"].search([]))

    def migrate(self):
        load_migration("post-migration").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
