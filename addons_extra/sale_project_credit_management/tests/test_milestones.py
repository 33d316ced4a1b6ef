"""A consultant sells a service and works on it: what was reached stays owed, whatever is said of it later."""

from odoo.addons.credit_management.tests.gate.adversary import AdversaryCommon
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestMilestones(AdversaryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consultant = new_test_user(
            cls.env, "consultant", "sales_team.group_sale_salesman_all_leads,project.group_project_user"
        )
        cls.helper = new_test_user(cls.env, "helper", "base.group_user,project.group_project_user")
        service = cls._make_article("By milestones", "order", service_policy="delivered_milestones")
        cls.order = cls.make_confirmed(cls.poor, 900, product=service, user_id=cls.consultant.id)
        project = cls.env["project.project"].create(
            {"name": "Project", "allow_billable": True, "allow_milestones": True, "partner_id": cls.poor.id}
        )
        cls.milestone = cls.env["project.milestone"].create(
            {"name": "Reached", "project_id": project.id, "sale_line_id": cls.order.order_line.id,
             "quantity_percentage": 1.0, "is_reached": True}
        )

    def attempt_all(self, user):
        milestone = self.milestone.with_user(user)
        return [
            self.attempt(milestone.write, {"is_reached": False}),
            self.attempt(milestone.write, {"sale_line_id": False}),
            self.attempt(milestone.write, {"quantity_percentage": 0.1}),
            self.attempt(milestone.unlink),
        ]

    def test_nobody_takes_back_what_was_reached_of_the_own_sale(self):
        self.assertExposure(self.poor, 900, delivered=900)
        self.assertFalse(any(self.attempt_all(self.consultant)))
        self.order.with_user(self.consultant)._action_cancel()
        self.assertExposure(self.poor, 900, delivered=900)

    def test_where_a_second_person_is_asked_nobody_does(self):
        self.company.credit_second_person = "required"
        self.assertFalse(any(self.attempt_all(self.helper)))
        self.assertEqual(self.order.order_line.qty_delivered, 1.0)

    def test_a_mistake_is_corrected_and_told(self):
        self.assertTrue(self.attempt(self.milestone.with_user(self.helper).write, {"is_reached": False}))
        self.assertEqual(self.order.credit_amount_lowered, 900)
        self.assertTrue(self.attempt(self.milestone.with_user(self.helper).write, {"is_reached": True}))
        self.assertExposure(self.poor, 900, delivered=900)
