"""What a customer reads of the own documents by a program: nothing of its limit."""

from odoo.tests import tagged

from .test_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalFigures(PortalCommon):
    def test_core_tells_the_customer_no_limit(self):
        """The own quotation said that the customer has reached its credit limit of 1,000."""
        self.company.account_use_credit_limit = True
        order = self.make_order(self.customer, 1500.0)
        order.write({"state": "sent"})
        order.message_subscribe(self.user.partner_id.ids)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn("1,000.00", order.partner_credit_warning)
        self.assertFalse(order.with_user(self.user).partner_credit_warning)
