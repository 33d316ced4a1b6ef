"""What a check and a list cost: the number of statements, whatever the customer has."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from ..common import CreditCommon

AT_CONFIRMATION = 10
LIST_PAGE = 12
LINE_FIELDS = ["discount", "product_id", "price_total", "is_downpayment", "qty_invoiced", "qty_delivered"]


class QueryCommon(CreditCommon):
    def statements(self, step):
        """Count what a step sends to the database, with caches as in a request of its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @contextmanager
    def patch_facts(self):
        """Note each reading of facts: the profiles it was for."""
        read, origin = [], type(self.env["credit.profile"])._read_fact_figures

        def _read_fact_figures(profiles, reading):
            read.append(profiles)
            return origin(profiles, reading)

        with patch.object(type(self.env["credit.profile"]), "_read_fact_figures", _read_fact_figures):
            yield read


@tagged("post_install", "-at_install")
class TestQueries(QueryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded", {"criterion": "overdue_days", "days": 30}, "group_limit_exceeded")

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
        order.order_line.fetch(LINE_FIELDS)
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

    def confirmation_of(self, customer):
        order = self.make_order(customer, 10)
        return self.statements(order.action_confirm)

    def test_bounds_on_terms_cost_a_confirmation_nothing_more(self):
        france = self.env.ref("base.fr")
        names = ("First", "Without", "Second", "With")
        first, without, second, bounded = (self.make_customer(1000, name=name) for name in names)
        (first | without | second | bounded).country_id = self.company.country_id = france
        self.confirmation_of(first)  # what is read once per server
        before = self.confirmation_of(without)
        policy = self.make_policy("terms_longer", "terms_ceiling", "terms_blocked", sequence=1, days_terms_max=60)
        self.env["credit.policy.terms"].create({"policy_id": policy.id, "days_max": 30})
        self.confirmation_of(second)
        self.assertEqual(self.confirmation_of(bounded), before)

    def test_own_caps_cost_a_confirmation_nothing_more(self):
        first, without, second, capped = (self.make_customer(1000, name=name) for name in ("1", "2", "3", "4"))
        self.confirmation_of(first)  # what is read once per server
        before = self.confirmation_of(without)
        self.make_policy("own_cap", sequence=1)
        for customer in (second, capped):
            profile = self.profile_of(customer)
            self.env["credit.cap"].create(
                [{"profile_id": profile.id, "subject": "document", "amount": 500},
                 {"profile_id": profile.id, "subject": "orders", "percent": 40}]
            )
        self.confirmation_of(second)
        self.assertEqual(self.confirmation_of(capped), before)

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


    def test_a_list_of_eighty_rows_of_the_log_with_all_columns(self):
        Log = self.env["credit.log"]
        orders = self.env["sale.order"].create(
            [{"partner_id": self.make_customer(5, f"C{n}").id, "order_line": [self.line(10)]} for n in range(80)]
        )
        orders.with_context(credit_interactive=True).action_confirm()
        columns = self.env["credit.log"].get_view(view_type="list")["models"]["credit.log"]
        specification = {name: {} for name in columns if name != "id"}

        def read():
            page = Log.web_search_read([("kind", "=", "check")], specification, limit=80)
            self.assertEqual(len(page["records"]), 80)
            self.assertTrue(all("over by" in record["summary"] for record in page["records"]))

        read()
        self.assertLessEqual(self.statements(read), LIST_PAGE)


# what the one statement of the facts answers
FROM_THE_STATEMENT = (
    "limit_exceeded", "group_limit_exceeded", "utilisation", "limit_missing", "overdue_days", "overdue_amount",
    "account_status", "review_expired", "limit_expired", "document_amount", "terms_longer", "deposit_missing",
    "dunning_level", "broken_promise", "cover_expired",
)


class ManyCommon(QueryCommon):
    """What the check itself sends, from the request to the verdict."""

    def check(self, orders):
        """Return how many statements deciding and logging takes, with nothing of the customers in memory."""
        for _time in ("what is read once per server", "what is read each time"):
            self.env.flush_all()
            self.env.invalidate_all()
            self.read(orders)
            before = self.env.cr.sql_log_count
            orders._credit_gate("order", is_held=True)
            self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def read(self, orders):
        """Read what Odoo reads at confirmation without us."""
        for records, names in (
            (orders, ["state", "partner_id", "partner_invoice_id", "company_id", "currency_id", "amount_total"]),
            (orders.order_line, LINE_FIELDS),
            (orders.partner_invoice_id, ["commercial_partner_id", "name"]),
        ):
            records.fetch(names)
        orders.payment_term_id.line_ids.fetch(["nb_days"])
        orders.company_id.fetch(["name", "currency_id"])

    def make_orders(self, number, customers, price=10):
        customers = [self.make_customer(10**6, name=f"Customer {n}") for n in range(customers)]
        lines = [self.line(price)]
        owners = [customers[n % len(customers)] for n in range(number)]
        return self.env["sale.order"].create([{"partner_id": one.id, "order_line": lines} for one in owners])

    def with_rules(self, orders, *rules):
        """Return what the check takes under a policy of these rules, each with thresholds nobody reaches."""
        policy = self.make_policy(*rules, sequence=0)
        count = self.check(orders)
        policy.action_deactivate()
        return count

    def rule(self, criterion, number=0):
        far = {"amount": 10**9, "days": 10**4 + number, "level": 9, "percent": 10**4}
        return {"criterion": criterion, **far}


@tagged("post_install", "-at_install")
class TestQueriesOfMany(ManyCommon):
    def test_fifteen_rules_take_as_many_statements_as_one(self):
        orders = self.make_orders(2, 2)
        one = self.with_rules(orders, self.rule("limit_exceeded"))
        fifteen = self.with_rules(orders, *map(self.rule, FROM_THE_STATEMENT))
        self.assertEqual(len(FROM_THE_STATEMENT), 15)
        self.assertEqual(fifteen, one)

    def test_fifteen_rules_about_the_same_further_fact_take_as_many_statements_as_one(self):
        orders = self.make_orders(2, 2)
        for criterion in ("no_payment", "oldest_item", "payment_index", "terms_better"):
            one = self.with_rules(orders, self.rule(criterion) | {"percent": 0})
            fifteen = self.with_rules(orders, *(self.rule(criterion, n) | {"percent": 0} for n in range(15)))
            self.assertEqual(fifteen, one, criterion)

    def test_fifteen_own_conditions_take_as_many_statements_as_one(self):
        orders = self.make_orders(2, 2)
        rules = [{"criterion": "domain", "domain": f"[('amount_overdue', '>', {10**6 + n})]"} for n in range(15)]
        self.assertEqual(self.with_rules(orders, *rules), self.with_rules(orders, rules[0]))

    def test_a_batch_of_two_hundred_orders_takes_no_statement_per_order(self):
        self.make_policy(*map(self.rule, FROM_THE_STATEMENT), sequence=0)
        ten, many = self.check(self.make_orders(10, 5)), self.check(self.make_orders(200, 5))
        self.assertLessEqual(ten, AT_CONFIRMATION)
        self.assertEqual(many, ten)

    def test_a_batch_is_decided_by_one_reading_of_the_facts(self):
        self.make_policy(*map(self.rule, FROM_THE_STATEMENT), sequence=0)
        orders = self.make_orders(40, 5)
        with self.patch_facts() as read:
            orders._credit_gate("order")
        self.assertEqual([len(profiles) for profiles in read], [5])
