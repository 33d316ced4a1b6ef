"""What an adversary has: the rights of a salesperson, and patience."""

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tools import mute_logger

from ..common import CreditCommon

REFUSED = (RedirectWarning, UserError, ValidationError, AccessError, ValueError)


class AttemptsMixin:
    """What is tried goes through, or is refused and leaves nothing."""

    def attempt(self, step, *arguments, **keywords):
        """Take a step as one RPC call would; return whether it went through."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                step(*arguments, **keywords)
                self.env.flush_all()
        except REFUSED:
            self.env.invalidate_all()
            return False
        self.env.invalidate_all()
        return True

    def assertRefused(self, step, *arguments, **keywords):  # noqa: N802
        self.assertFalse(self.attempt(step, *arguments, **keywords), "this went through")


class AdversaryCommon(AttemptsMixin, CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poor = cls.make_customer(1000, name="Poor")
        cls.rich = cls.make_customer(100000, name="Rich")
        cls.make_policy("limit_exceeded")
        cls.sneak = cls.make_user("sales", login="sneak")
        cls.controller = cls.make_user("controller")

    def my_order(self, price=5000, customer=None, **values):
        return self.make_order(customer or self.poor, price, **values).with_user(self.sneak)

    def my_confirmed(self, price=900, customer=None, **values):
        order = self.my_order(price, customer, **values)
        order.action_confirm()
        self.assertConfirmed(order)
        return order

    def owed(self, customer):
        """Add up, by hand, what the open orders of a customer are worth: no stored figure is read."""
        orders = self.env["sale.order"].search(
            [("partner_invoice_id", "child_of", customer.id), ("state", "=", "sale")]
        )
        return sum(line.product_uom_qty * line.price_unit * (1 - line.discount / 100) for line in orders.order_line)

    def assertKept(self, customer=None, limit=1000):  # noqa: N802
        """Check that nothing got past the limit, by hand and by the figure."""
        self.assertLessEqual(self.owed(customer or self.poor), limit)
