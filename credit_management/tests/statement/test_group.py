"""The statement of a credit group: it shows members each other's debts, so only where the company wants it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementOfGroup(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_customer(name="Azure Pump Ltd")
        cls.group = cls.env["credit.group"].create({"name": "Pumps", "amount_limit": 9000.0})
        cls.profile_of(cls.customer).group_id = cls.group
        cls.profile_of(cls.other).group_id = cls.group

    def setUp(self):
        super().setUp()
        self.invoice(1000.0, "2026-04-01")
        self.invoice(250.0, "2026-06-15", partner=self.other)

    def make(self, **values):
        """Press the button of the group and make the statement of 30 June."""
        action = self.group.action_make_statement()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        found = wizard.create({"date": "2026-06-30", "member_id": self.customer.id, **values}).action_make()
        return self.Statement.browse(found["res_id"])

    def test_it_is_refused_unless_the_company_wants_it(self):
        self.assertFalse(self.group.is_statement_offered)
        with self.assertRaisesRegex(UserError, "show its members each other's debts"):
            self.group.action_make_statement()
        with self.assertRaisesRegex(UserError, "show its members each other's debts"):
            self.Statement._make_of_group(self.group, self.customer, self.company, "open", self.today)

    def test_it_has_a_part_for_each_member_and_one_total(self):
        self.company.credit_is_group_statement = True
        statement = self.make()
        self.assertEqual(
            [(part.member.name, part.total) for part in statement._get_parts()],
            [("Azure Pump Ltd", 250.0), ("Blue Pump Ltd", 1000.0)],
        )
        self.assertEqual(statement.amount_total, 1250.0)
        self.assertEqual((statement.partner_id, statement.group_id), (self.customer, self.group))
        html = self.env["ir.actions.report"]._render_qweb_html(
            "credit_management.report_statement", statement.ids
        )[0].decode().replace("\xa0", " ")
        for text in ("Credit group", "Azure Pump Ltd", "All members", "1,250.00"):
            self.assertIn(text, html)

    def test_it_goes_to_a_member_and_to_nobody_else(self):
        self.company.credit_is_group_statement = True
        with self.assertRaisesRegex(UserError, "Choose a member of Pumps"):
            self.make(member_id=self.make_customer(name="Stranger").id)

    def test_a_draft_is_not_sent_once_the_company_wants_it_no_more(self):
        self.company.credit_is_group_statement = True
        statement = self.make()
        self.company.credit_is_group_statement = False
        with self.assertRaisesRegex(UserError, "show its members each other's debts"):
            statement.action_send()
        self.assertEqual(statement.state, "draft")

    def test_the_salesperson_of_one_member_does_not_read_what_the_others_owe(self):
        self.company.credit_is_group_statement = True
        seller = self.seller("group-seller")
        self.customer.user_id = seller
        own, statement = self.state("2026-06-30"), self.make()
        self.assertEqual(own.with_user(seller).amount_total, 1000.0)
        for records in (statement, statement.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(seller).check_access("read")
