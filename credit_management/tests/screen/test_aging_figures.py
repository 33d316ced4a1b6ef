"""Files, groups and invoices show how old it is what is owed, and open the report."""

from odoo.tests import new_test_user, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestAgingFigures(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer, cls.sister = cls.make_customer(name="Aged"), cls.make_customer(name="Sister")
        cls.group = cls.env["credit.group"].create({"name": "Family"})
        profiles = cls.profile_of(cls.customer) + cls.profile_of(cls.sister)
        profiles.group_id = cls.group
        cls.make_invoice(cls.customer, 100.0, -5)
        cls.late = cls.make_invoice(cls.customer, 200.0, 45)
        cls.make_invoice(cls.sister, 50.0, 121)

    def figures(self, record):
        return {column["title"]: column["amount"] for column in record.aging_figures if column["amount"]}

    def opened(self, action):
        items = self.env[action["res_model"]].with_context(**action["context"]).search(action["domain"])
        return sum(items.mapped("amount_total"))

    def test_a_file_shows_what_is_open_by_age_and_opens_it(self):
        profile = self.profile_of(self.customer)
        self.assertEqual(self.figures(profile), {"Not due": 100.0, "31–60 days": 200.0})
        self.assertEqual(self.opened(profile.action_open_aging()), 300.0)

    def test_a_group_shows_all_its_members(self):
        self.receive(self.sister, 20.0)
        self.assertEqual(
            self.figures(self.group),
            {"Not due": 100.0, "31–60 days": 200.0, "Over 120 days": 50.0, "Credits": -20.0},
        )
        self.assertEqual(self.opened(self.group.action_open_aging()), 330.0)

    def test_a_customer_without_open_items_says_so_by_none(self):
        self.assertFalse(self.profile_of(self.make_customer(name="New")).aging_figures)

    def test_an_invoice_names_its_column_and_opens_the_report(self):
        self.assertEqual(self.late.credit_lateness, "45 days overdue (column: 31–60 days)")
        self.assertEqual(self.opened(self.late.action_open_aging()), 300.0)
        biller = new_test_user(self.env, "auditor", groups="base.group_user,account.group_account_readonly")
        self.assertEqual(self.opened(self.late.with_user(biller).action_open_aging()), 300.0)

    def test_a_salesperson_sees_what_the_report_shows(self):
        groups = "base.group_user,sales_team.group_sale_salesman,credit_management.group_credit_user"
        seller = new_test_user(self.env, "seller", groups=groups)
        profile = self.profile_of(self.customer).with_user(seller)
        self.assertFalse(profile.aging_figures)
        self.customer.user_id = seller
        self.env.invalidate_all()
        self.assertEqual(self.figures(profile), {"Not due": 100.0, "31–60 days": 200.0})
