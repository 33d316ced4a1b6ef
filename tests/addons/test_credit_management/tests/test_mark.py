"""A mark of another add-on: one entry, and the exposure sheet says it of the item; no figure changes."""

from odoo.tests import tagged

from .common import GuaranteeCommon


@tagged("post_install", "-at_install")
class TestMark(GuaranteeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.marked, cls.plain = (cls.make_invoice(cls.customer, amount, 10) for amount in (200, 100))
        cls.make_given(cls.customer, 50, move_id=cls.marked.id)

    def sheet(self, user=None):
        lines = self.env["credit.exposure.line"].with_user(user or self.env.user)
        return lines.search([("profile_id", "=", self.profile_of(self.customer).id)])

    def marks_of(self, document, user=None):
        [line] = self.sheet(user).filtered(
            lambda line: line.component == "overdue" and (line.res_model, line.res_id) == (document._name, document.id)
        )
        return line.marks

    def test_the_sheet_says_it_of_the_item(self):
        self.assertEqual(self.marks_of(self.marked), "Guarantee given")
        self.assertFalse(self.marks_of(self.plain))

    def test_it_changes_no_figure(self):
        self.assertEqual(self.components(self.customer)["overdue"], 300)
        self.assertEqual(self.exposure(self.customer), 350)

    def test_who_may_not_read_its_records_is_not_told(self):
        self.assertEqual(self.marks_of(self.marked, self.make_user("controller")), "Guarantee given")
        self.assertFalse(self.marks_of(self.marked, self.make_user("biller")))

    def test_it_goes_with_the_guarantee(self):
        self.env["credit.test.guarantee"].search([("partner_id", "=", self.customer.id)]).state = "draft"
        self.assertFalse(self.marks_of(self.marked))
