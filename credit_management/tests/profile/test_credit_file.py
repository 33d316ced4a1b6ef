"""The credit file: opened by one rule, and every change of it seen by whoever extends it."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditFile(CreditCommon):
    def make_partner(self, **values):
        return self.env["res.partner"].create({"name": "Customer", "is_company": True, **values})

    def opened(self, partner):
        """Return the file as one that trades gets it, without ever having been looked at."""
        return self.env["credit.profile"]._ensure(partner, self.company)

    def test_it_starts_as_the_fields_say(self):
        profile = self.opened(self.make_partner())
        created = self.env["credit.profile"].create({"partner_id": self.make_partner().id})
        names = [name for name, field in profile._fields.items() if field.store and field.column_type and field.default]
        self.assertIn("account_status", names)
        for name in {*names, "limit_type", "amount_limit", "limit_currency_id", "is_excluded"} - {"lock_count"}:
            self.assertEqual(profile[name], created[name], name)

    def test_no_default_of_a_user_loosens_it(self):
        self.env["ir.default"].set("credit.profile", "is_excluded", True)
        self.env["ir.default"].set("credit.profile", "account_status", "watch")
        profile = self.opened(self.make_partner())
        self.assertEqual((profile.is_excluded, profile.account_status), (False, "normal"))

    def test_own_companies_are_not_checked_whenever_their_file_is_opened(self):
        other = self.env["res.company"].create({"name": "Sister"})
        self.assertTrue(self.opened(other.partner_id).is_excluded)
        self.assertFalse(self.opened(self.make_partner()).is_excluded)

    def test_core_s_limit_is_taken_over_where_the_company_uses_it(self):
        self.company.account_use_credit_limit = False
        self.assertEqual(self.opened(self.make_partner(credit_limit=900)).limit_type, "none")
        self.company.account_use_credit_limit = True
        profile = self.opened(self.make_partner(credit_limit=900))
        self.assertEqual((profile.limit_type, profile.amount_limit), ("amount", 900.0))

    def test_so_is_the_limit_that_core_gives_everybody(self):
        self.company.account_use_credit_limit = True
        self.env["ir.default"].set("res.partner", "credit_limit", 300.0, company_id=self.company.id)
        self.assertEqual(self.opened(self.make_partner()).amount_limit, 300.0)

    def test_many_are_opened_in_one_statement(self):
        partners = self.env["res.partner"].create([{"name": f"C{n}", "is_company": True} for n in range(5)])
        rows = SQL("SELECT id AS partner_id, %s AS company_id FROM res_partner WHERE id IN %s",
                   self.company.id, tuple(partners.ids))
        self.env.flush_all()
        with self.assertQueryCount(3):
            self.env["credit.profile"]._insert(rows, self.company)
        profiles = self.env["credit.profile"].search([("partner_id", "in", partners.ids)])
        self.assertEqual(len(profiles), 5)
        self.env["credit.profile"]._insert(rows, self.company)
        self.assertEqual(self.env["credit.profile"].search_count([("partner_id", "in", partners.ids)]), 5)

    def test_an_add_on_sees_every_write_also_those_of_the_system(self):
        seen = []
        Profile = self.env.registry["credit.profile"]
        write = Profile.write

        def spy(records, vals):
            seen.append(set(vals))
            return write(records, vals)

        self.patch(Profile, "write", spy)
        customer = self.make_customer()
        profile = self.profile_of(customer)
        self.make_policy("limit_exceeded")
        seen.clear()
        profile.with_user(self.make_user("manager"))._apply_limit({"limit_type": "amount", "amount_limit": 5.0})
        self.assertIn({"limit_type", "amount_limit"}, seen)
        self.assertEqual(customer.credit_limit, 5.0)

    def test_an_unlimited_customer_stays_unlimited_although_core_says_0(self):
        customer = self.make_customer(100)
        self.assertEqual(customer.credit_limit, 100.0)
        self.profile_of(customer).limit_type = "unlimited"
        self.assertEqual(customer.credit_limit, 0.0)
        self.assertEqual(self.profile_of(customer).limit_type, "unlimited")
