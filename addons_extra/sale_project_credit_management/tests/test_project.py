"""Projects, tasks and re-invoiced costs: no escape, no crash."""

from odoo import Command
from odoo.addons.credit_management.tests.common import CreditCommon
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestProject(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("project.group_project_manager")
        cls.customer = cls.make_customer(1000.0)

    def make_project(self, order, **values):
        return self.env["project.project"].create(
            {"name": "Project", "allow_billable": True, "partner_id": self.customer.id,
             "sale_line_id": order.order_line[:1].id, **values}
        )

    def test_a_project_confirms_an_order_that_fits(self):
        self.make_policy()
        order = self.make_order(self.customer, 1000.0)
        self.make_project(order)
        self.assertConfirmed(order)

    def test_a_project_is_saved_and_its_order_held(self):
        self.make_policy()
        order = self.make_order(self.customer, 1000.01)
        project = self.make_project(order)
        self.assertTrue(project.exists())
        self.assertHeld(order)

    def test_a_task_is_saved_and_its_order_held_once(self):
        self.make_policy()
        order = self.make_order(self.customer, 2000.0)
        project = self.env["project.project"].create(
            {"name": "Billable", "allow_billable": True, "partner_id": self.customer.id}
        )
        tasks = self.env["project.task"].create(
            [
                {"name": name, "project_id": project.id, "partner_id": self.customer.id,
                 "sale_line_id": order.order_line.id}
                for name in ("One", "Two")
            ]
        )
        tasks[0].sale_line_id = order.order_line
        self.assertEqual(len(tasks.exists()), 2)
        self.assertHeld(order)
        notes = order.message_ids.filtered(lambda message: "On credit hold" in (message.body or ""))
        self.assertEqual(len(notes), 1)

    def test_a_release_confirms_the_order_of_the_project(self):
        self.make_policy()
        order = self.make_order(self.customer, 2000.0)
        self.make_project(order)
        self.release(order, self.make_user("controller"))
        self.assertConfirmed(order)

    def test_a_rule_that_refuses_refuses_the_project(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_order": "refuse"})
        order = self.make_order(self.customer, 2000.0)
        with self.assertRaises(UserError):
            self.make_project(order)

    def test_an_order_created_from_a_task_is_held(self):
        self.make_policy()
        project = self.env["project.project"].create(
            {"name": "Billable", "allow_billable": True, "partner_id": self.customer.id}
        )
        task = self.env["project.task"].create({"name": "Task", "project_id": project.id})
        order = (
            self.env["sale.order"]
            .with_context(create_for_task_id=task.id)
            .create({"partner_id": self.customer.id, "order_line": [self.line(2000.0)]})
        )
        self.assertHeld(order)

    def test_a_service_that_creates_a_project_creates_none_while_the_order_is_held(self):
        self.make_policy()
        service = self._make_article("Project service", "order", service_tracking="project_only")
        order = self.make_held(self.customer, 2000.0, product=service)
        self.assertFalse(order.project_ids)
        self.release(order, self.make_user("controller"))
        self.assertEqual(len(order.project_ids), 1)

    def test_a_vendor_bill_is_posted_whatever_it_adds_to_the_order(self):
        order = self.make_confirmed(self.customer, 900.0)
        self.make_policy()
        controller = self.make_user("controller")
        self.company.credit_controller_id = controller
        cost = self._make_article("Travel", "delivery", expense_policy="cost")
        plan = next(iter(self.env["account.analytic.plan"]._get_all_plans()))  # the plan of projects
        account = self.env["account.analytic.account"].create({"name": "Order", "plan_id": plan.id})
        self.make_project(order, account_id=account.id, reinvoiced_sale_order_id=order.id)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice", "partner_id": self.partner.id, "invoice_date": self.today,
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": cost.id, "quantity": 1, "price_unit": 500.0, "tax_ids": [Command.clear()],
                         "analytic_distribution": {account.id: 100}}
                    )
                ],
            }
        )
        accountant = self.make_user("biller", "sales", login="accountant")
        accountant.group_ids += self.env.ref("project.group_project_manager")
        bill.with_user(accountant).action_post()
        self.assertEqual(bill.state, "posted")
        self.assertIn(cost, order.order_line.product_id)
        self.assertExposure(self.customer, 1400.0)
        grown = order.message_ids.filtered(lambda message: "grew by itself" in (message.body or ""))
        self.assertIn(controller.partner_id, grown.notified_partner_ids)
