"""Who sees and writes what: groups, companies, salespeople without accounting rights."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestAccess(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.policy = cls.make_policy("limit_exceeded")
        cls.users = {role: cls.make_user(role) for role in ("sales", "credit_user", "controller", "manager")}

    def can(self, user, record, operation):
        return record.with_user(self.users[user]).sudo(False).has_access(operation)

    def test_the_groups_see_and_write_what_is_theirs(self):
        order = self.make_held(self.customer, 1500)
        hold = self.hold_of(order)
        expected = {
            # role: (profile read, profile write, policy write, hold read, hold write)
            "sales": (False, False, False, False, False),
            "credit_user": (True, False, False, True, False),
            "controller": (True, True, False, True, False),
            "manager": (True, True, True, True, False),
        }
        checks = (
            (self.profile, "read"),
            (self.profile, "write"),
            (self.policy, "write"),
            (hold, "read"),
            (hold, "write"),
        )
        for role, answers in expected.items():
            self.assertEqual(tuple(self.can(role, record, operation) for record, operation in checks), answers, role)

    def test_a_salesperson_sees_totals_and_reasons_and_nobody_s_documents(self):
        self.make_invoice(self.customer, 900)
        order = self.make_held(self.customer, 600, self.users["sales"]).with_user(self.users["sales"])
        self.assertEqual((order.credit_panel["exposure"], order.credit_panel["limit"]), (900.0, 1000.0))
        self.assertIn("1,500.00", order.credit_hold_reason)
        for model in ("credit.exposure.line", "credit.log", "credit.hold", "credit.release", "account.move"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.users["sales"]).search([]).read()

    def test_employees_without_credit_rights_read_the_name_of_a_rating_and_no_amount(self):
        rating = self.env["credit.rating"].create({"name": "AA", "limit_type": "amount", "amount_limit": 5000})
        seen = rating.with_user(self.make_user(login="nobody"))
        self.assertEqual(seen.read(["name"])[0]["name"], "AA")
        self.assertNotIn("amount_limit", seen.read()[0])
        with self.assertRaises(AccessError):
            seen.read(["amount_limit"])
        self.assertEqual(rating.with_user(self.users["credit_user"]).amount_limit, 5000)

    def test_a_salesperson_still_reads_customers_and_orders_whole(self):
        order = self.make_order(self.customer, 100).with_user(self.users["sales"])
        self.assertTrue(order.read())
        customer = self.customer.with_user(self.users["sales"])
        self.assertTrue(customer.read([name for name in customer.fields_get() if "credit" in name or name == "name"]))

    def test_the_panel_of_a_new_quotation_shows_before_it_is_saved(self):
        order = self.env["sale.order"].with_user(self.users["sales"]).new({"partner_id": self.customer.id})
        self.assertEqual(order.credit_panel["limit"], 1000.0)

    def test_a_customer_at_the_portal_sees_no_figures(self):
        portal = new_test_user(self.env, "portal-buyer", groups="base.group_portal", partner_id=self.customer.id)
        order = self.make_held(self.customer, 1500)
        order.message_subscribe(self.customer.ids)
        fields = self.env["sale.order"].with_user(portal).fields_get(["credit_panel", "credit_hold_reason"])
        self.assertEqual(fields, {})
        with self.assertRaises(AccessError):
            order.with_user(portal).read(["credit_panel"])

    def test_another_company_s_file_is_closed(self):
        other = self.setup_other_company(name="Other company")["company"]
        theirs = self.profile_of(self.customer, other)
        for role in ("credit_user", "controller", "manager"):
            with self.assertRaises(AccessError):
                theirs.with_user(self.users[role]).sudo(False).read(["amount_exposure"])
        both = self.make_user("credit_user", login="both", company_ids=[Command.set((self.company + other).ids)])
        profiles = (
            self.env["credit.profile"].with_user(both).with_context(allowed_company_ids=(self.company + other).ids)
        )
        self.assertEqual(profiles.search([("partner_id", "=", self.customer.id)]), self.profile + theirs)

    def test_decisions_are_kept_as_they_are_even_from_the_system(self):
        self.make_confirmed(self.customer, 10)
        decision = self.env["credit.log"].sudo().search([("customer_ref", "=", self.customer.id)], limit=1)
        for step in (lambda: decision.write({"verdict": "hold"}), decision.unlink):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                step()
        self.assertEqual(decision.verdict, "pass")

    def test_a_decision_outlives_its_document(self):
        order = self.make_held(self.customer, 1500)
        decision = self.hold_of(order).decision_id
        name = order.name
        order.unlink()
        self.assertEqual((decision.exists().document_name, decision.verdict), (name, "hold"))

    def test_each_user_finds_the_same_total(self):
        self.make_invoice(self.customer, 123.45)
        found = {
            self.profile.with_user(self.users[role]).sudo(False).amount_exposure
            for role in ("credit_user", "controller", "manager")
        }
        order = self.make_order(self.customer, 1).with_user(self.users["sales"])
        self.assertEqual(found | {order.credit_panel["exposure"]}, {123.45})
