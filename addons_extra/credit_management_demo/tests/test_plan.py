from odoo.tests import BaseCase, tagged

from ..generator.catalogue import INSTALMENTS
from ..generator.customers import CUSTOMERS
from ..generator.personas import PERSONAS
from ..generator.plan import plan_history


@tagged("post_install", "-at_install")
class TestPlan(BaseCase):
    """The plan is the same every time and tells nothing impossible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = plan_history(CUSTOMERS, PERSONAS)
        cls.invoices = [(order, invoice) for order in cls.plan for invoice in order.invoices]

    def test_it_is_the_same_every_time(self):
        self.assertEqual(self.plan, plan_history(CUSTOMERS, PERSONAS))

    def test_a_customer_does_not_depend_on_the_others(self):
        alone = plan_history({"maas": CUSTOMERS["maas"]}, PERSONAS)
        self.assertEqual(alone, [order for order in self.plan if order.customer == "maas"])

    def test_it_covers_18_months_with_some_hundred_invoices(self):
        self.assertEqual(self.plan[0].days_ago, 540)
        self.assertTrue(600 <= len(self.invoices) <= 900, len(self.invoices))

    def test_every_persona_has_a_customer(self):
        self.assertEqual({customer.persona for customer in CUSTOMERS.values()}, set(PERSONAS))

    def test_nothing_is_invoiced_before_it_is_ordered_or_after_today(self):
        self.assertFalse([
            order for order, invoice in self.invoices if not 0 <= invoice.days_ago <= order.days_ago
        ])

    def test_nothing_is_paid_before_it_is_invoiced_or_after_today(self):
        self.assertFalse([
            invoice
            for _order, invoice in self.invoices
            for payment in invoice.payments
            if not 0 < payment.days_ago <= invoice.days_ago
        ])

    def test_no_more_is_invoiced_than_ordered(self):
        for order in self.plan:
            billed = [sum(column) for column in zip(*(i.quantities for i in order.invoices), strict=True)]
            ordered = [quantity for _sku, quantity in order.lines]
            self.assertTrue(all(b <= o for b, o in zip(billed, ordered, strict=False)), order)

    def test_the_shares_of_the_terms_add_up(self):
        for instalments in INSTALMENTS.values():
            self.assertEqual(sum(share for share, _days in instalments), 1)
