"""What a check and a list cost: the number of statements, whatever the customer has."""

from odoo.tests import tagged

from .common import CreditCommon

AT_CONFIRMATION = 10
LIST_PAGE = 12


@tagged("post_install", "-at_install")
class TestQueries(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded", {"criterion": "overdue_days", "days": 30}, "group_limit_exceeded")

    def statements(self, step):
        """Count what a step sends to the database, with caches as in a request of its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def check_of_one_order(self, customer):
        order = self.make_order(customer, 10)
        facts = order.order_line  # what confirming reads anyway

        def check():
            order._credit_gate("order")

        self.assertTrue(facts)
        check()  # policies and fields are known
        self.env.flush_all()
        return self.statements(lambda: self.warm(order) or check()) - self.statements(lambda: self.warm(order))

    def warm(self, order):
        """Read what Odoo reads at confirmation without us."""
        order.fetch(["state", "partner_id", "partner_invoice_id", "company_id", "currency_id", "amount_total", "name"])
        order.order_line.fetch(["discount", "product_id", "price_total"])
        order.partner_invoice_id.fetch(["commercial_partner_id", "name"])
        order.company_id.fetch(["name", "currency_id"])
        order.currency_id.fetch(["rounding", "name"])

    def test_a_check_costs_the_same_whatever_the_customer_has(self):
        small, large = (self.make_customer(100000, name=name) for name in ("Small", "Large"))
        for _number in range(12):
            self.make_invoice(large, 5, days_overdue=3)
            self.make_confirmed(large, 5)
        self.check_of_one_order(self.make_customer(1000, name="First"))  # what is read once per server
        few, many = self.check_of_one_order(small), self.check_of_one_order(large)
        self.assertEqual(few, many)
        self.assertLessEqual(many, AT_CONFIRMATION)

    def test_a_batch_costs_hardly_more_than_one(self):
        customers = [self.make_customer(1000, name=f"Customer {number}") for number in range(10)]
        orders = self.env["sale.order"].union(*(self.make_order(customer, 10) for customer in customers))
        orders._credit_gate("order")
        one = self.statements(lambda: orders[0]._credit_gate("order"))
        ten = self.statements(lambda: orders._credit_gate("order"))
        self.assertLessEqual(ten - one, 10)

    def test_a_list_of_eighty_profiles_with_all_figures(self):
        for number in range(80):
            partner = self.make_customer(1000, name=f"Listed {number:02}")
            if number % 8 == 0:
                self.make_invoice(partner, 10)
        Profile = self.env["credit.profile"]
        names = [*Profile._get_figure_names(), "limit_type", "amount_limit", "account_status"]
        specification = {name: {} for name in names}
        for name in ("partner_id", "company_id", "currency_id", "rating_id", "group_id"):
            specification[name] = {"fields": {"display_name": {}}}
        domain = [("partner_id.name", "like", "Listed")]

        def read():
            page = Profile.web_search_read(domain, specification, limit=80, order="amount_exposure desc")
            self.assertEqual(len(page["records"]), 80)
            self.assertEqual(sum(record["amount_exposure"] for record in page["records"]), 100.0)

        read()
        self.assertLessEqual(self.statements(read), LIST_PAGE)
