"""The strip of a document says what binds, and what frees the document in one sum."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CreditCommon


class PanelCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(limit=1000)

    def panel(self, price, partner=None):
        return self.make_order(partner or self.customer, price).credit_panel

    def cures(self, price, partner=None):
        return [cure.replace("\xa0", " ") for cure in self.panel(price, partner)["cures"]]


@tagged("post_install", "-at_install")
class TestWhatBinds(PanelCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls.make_customer(limit=5000)
        cls.group = cls.env["credit.group"].create(
            {"name": "Family", "limit_type": "amount", "amount_limit": 2000, "currency_id": cls.company.currency_id.id}
        )
        (cls.profile_of(cls.customer) | cls.profile_of(cls.sister)).group_id = cls.group
        cls.make_policy("limit_exceeded", "group_limit_exceeded")

    def test_the_own_limit_binds_while_it_leaves_less_room(self):
        """600 of 1,000, and 600 of the group's 2,000."""
        panel = self.panel(600)
        self.assertEqual((panel["group"], panel["limit"], panel["available_after"]), ("", 1000.0, 400.0))

    def test_the_groups_limit_binds_where_it_leaves_less_room(self):
        """1,800 of the sister's and 600 are 400 over 2,000; the own limit of 1,000 would leave 400."""
        self.make_invoice(self.sister, 1800)
        panel = self.panel(600)
        self.assertEqual((panel["group"], panel["limit"], panel["exposure"]), ("Family", 2000.0, 1800.0))
        self.assertEqual((panel["after"], panel["over"], panel["available_after"]), (2400.0, 400.0, -400.0))
        self.assertEqual(
            [cure.replace("\xa0", " ") for cure in panel["cures"]],
            ["A payment of $ 400.00 by any customer of Family, or a higher limit of the group.",
             "A release by a credit controller."],
        )

    def test_one_payment_frees_both(self):
        """1,100 are 100 over the own limit, and with 1,800 of the sister 900 over the group's."""
        self.make_invoice(self.sister, 1800)
        self.assertEqual(
            self.cures(1100)[0], "A payment of $ 900.00, or higher limits for the customer and its group."
        )


@tagged("post_install", "-at_install")
class TestWhatFreesIt(PanelCommon):
    def test_what_is_overdue_and_what_is_over_are_one_sum(self):
        """900 overdue and an order of 600: 500 over, and the 900 free both."""
        self.make_invoice(self.customer, 900, days_overdue=60)
        self.make_policy("limit_exceeded", "overdue_days")
        self.assertEqual(
            self.cures(600),
            ["Payment of what is overdue: $ 900.00.", "A release by a credit controller."],
        )

    def test_the_sum_is_the_larger_one(self):
        """300 overdue and an order of 1,200: 500 over."""
        self.make_invoice(self.customer, 300, days_overdue=60)
        self.make_policy("limit_exceeded", "overdue_days")
        self.assertEqual(self.cures(1200)[0], "A payment of $ 500.00, of what is overdue first ($ 300.00).")

    def test_only_what_is_late_enough_is_to_be_paid(self):
        """900 overdue, of it 250 for more than the 30 days that the rule allows."""
        for amount, days in ((250, 45), (650, 12)):
            self.make_invoice(self.customer, amount, days_overdue=days)
        self.make_policy({"criterion": "overdue_days", "days": 30, "effect_order": "hold"})
        self.assertEqual(self.cures(10)[0], "Payment of what is overdue for more than 30 days: $ 250.00.")
        order = self.make_held(self.customer, 10)
        self.assertEqual(order._credit_get_payment_asked(), 250.0)

    def test_of_a_larger_sum_what_is_late_enough_comes_first(self):
        """900 owed and an order of 600 are 500 over 1,000; 250 are overdue for more than 30 days."""
        for amount, days in ((250, 45), (650, 12)):
            self.make_invoice(self.customer, amount, days_overdue=days)
        self.make_policy("limit_exceeded", {"criterion": "overdue_days", "days": 30, "effect_order": "hold"})
        self.assertEqual(
            self.cures(600)[0], "A payment of $ 500.00, of what is overdue for more than 30 days first ($ 250.00)."
        )

    def test_what_only_warns_needs_no_cure(self):
        """300 are overdue, which this policy mentions; held is what is 500 over the limit."""
        self.make_invoice(self.customer, 300, days_overdue=60)
        self.make_policy("limit_exceeded", {"criterion": "overdue_days", "effect_order": "warn"})
        self.assertEqual(
            self.cures(1200),
            ["A payment of $ 500.00, or a limit of $ 1,500.00.", "A release by a credit controller."],
        )

    def test_a_stopped_customer_is_not_asked_to_pay(self):
        self.make_policy("limit_exceeded")
        self.profile_of(self.customer).write({"account_status": "stop", "status_reason": "Insolvency"})
        order = self.make_order(self.customer, 10)
        with self.assertRaises(UserError) as refusal:
            order.action_confirm()
        self.assertIn("Insolvency.\nWhat frees it: Lifting the stop. Or: A release", str(refusal.exception))
        self.assertNotIn("payment", str(refusal.exception))

    def test_a_customer_that_pays_first_is_told_so(self):
        self.make_policy("limit_exceeded")
        customer = self.make_customer(limit=0)
        order = self.make_held(customer, 442.80)
        self.assertEqual(
            order.credit_hold_reason.replace("\xa0", " "), "The customer pays first: $ 442.80 is still to be paid."
        )
        self.assertEqual(self.hold_of(order).reason_tags, [{"name": "Pays first", "effect": "hold"}])
        self.assertEqual(self.cures(442.80, customer)[0], "A payment of $ 442.80.")


@tagged("post_install", "-at_install")
class TestWithoutALimit(PanelCommon):
    def test_it_is_no_approval(self):
        self.make_policy("limit_exceeded")
        self.assertEqual(self.panel(10, self.make_customer())["title"], "No limit set up")

    def test_unlimited_is_within_credit(self):
        self.make_policy("limit_exceeded")
        customer = self.make_customer()
        self.profile_of(customer).limit_type = "unlimited"
        self.assertEqual(self.panel(10, customer)["title"], "Within credit")


@tagged("post_install", "-at_install")
class TestOfWhatIsConfirmed(PanelCommon):
    def split(self, order):
        self.env.invalidate_all()
        panel = order.credit_panel
        return panel["exposure"], panel["document"], panel["after"]

    def test_what_is_invoiced_and_paid_is_no_part_of_the_order_any_more(self):
        """Of 500, 200 are invoiced and 120 of them paid: 380 are used, 300 of it are this order's."""
        self.make_invoice(self.customer, 50)
        order = self.make_confirmed(self.customer, 100, 5)
        self.assertEqual(self.split(order), (50.0, 500.0, 550.0))
        self.deliver(order.order_line, 2)
        invoice = self.bill(order, post=False)
        invoice.invoice_line_ids.quantity = 2
        self.assertEqual(self.split(order), (50.0, 500.0, 550.0))
        invoice.action_post()
        self.assertEqual(self.split(order), (250.0, 300.0, 550.0))
        self.receive(self.customer, 120)
        self.assertEqual(self.split(order), (130.0, 300.0, 430.0))

    def test_an_order_that_is_invoiced_and_paid_uses_nothing(self):
        self.make_invoice(self.customer, 50)
        order = self.make_confirmed(self.customer, 500)
        invoice = self.bill(order)
        self.receive(self.customer, 500)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.split(order), (50.0, 0.0, 50.0))


@tagged("post_install", "-at_install")
class TestOtherTitles(PanelCommon):
    def test_the_deposit_that_is_missing_is_named(self):
        """30 % of 1,000, of which 120 came."""
        self.make_policy("deposit_missing", percent_deposit=30)
        order = self.make_order(self.customer, 1000)
        self.receive(self.customer, 120, memo=order.name)
        order.invalidate_recordset()
        self.assertEqual(order.credit_panel["cures"][0].replace("\xa0", " "), "A payment of $ 180.00 for the deposit.")

    def test_a_confirmed_order_whose_customer_is_over_the_limit_now_says_so(self):
        self.make_policy({"criterion": "limit_exceeded", "effect_invoice": "none"})
        order = self.make_order(self.customer, 600)
        order.action_confirm()
        self.assertEqual(order.credit_panel["title"], "Within credit")
        self.make_invoice(self.customer, 900)
        order.invalidate_recordset()
        self.assertEqual(order.credit_panel["title"], "Confirmed, no longer within credit")
