"""Lists: eighty rows cost the statements of one page, and what a group shows of its rows is true."""

from datetime import timedelta

from lxml import etree
from odoo.tests import tagged

from ..gate.test_queries import QueryCommon

ROWS = 80
STATEMENTS = 12
LINKS = ("many2one", "many2one_reference", "reference")


class ListCommon(QueryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controller = cls.make_user("controller", "sales", login="lists")
        cls.company.credit_controller_id = cls.controller
        cls.seller = cls.make_user("sales", login="seller")
        cls.policy = cls.make_policy("limit_exceeded")

    def columns(self, xmlid, user):
        """Return the model and the names of the fields that the list of an action reads for a user."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        Model = self.env[action["res_model"]].with_user(user)
        ids = [view_id for view_id, kind in action["views"] if kind == "list"] or [False]
        tree = etree.fromstring(Model.get_views([(ids[0], "list")])["views"]["list"]["arch"])
        return Model, list(dict.fromkeys(node.get("name") for node in tree.xpath("//field[not(ancestor::groupby)]")))

    def specification(self, Model, names):  # noqa: N803
        info = Model.fields_get(names, ["type", "relation"])
        links = {name for name in names if info[name]["type"] in LINKS}
        many = {name for name in names if info[name]["type"] in ("many2many", "one2many")}
        return {
            name: {"fields": {"display_name": {}}} if name in links | many else {} for name in names
        }

    def assertQuick(self, xmlid, domain=()):  # noqa: N802
        """Check what a page of a list costs, after the first page of the day has warmed what is everybody's."""
        Model, names = self.columns(xmlid, self.controller)
        specification = self.specification(Model, names)

        def read():
            self.page = Model.web_search_read(list(domain), specification, limit=ROWS, count_limit=10001)

        self.statements(read)
        count = self.statements(read)
        self.assertEqual(len(self.page["records"]), ROWS)
        self.assertLessEqual(count, STATEMENTS, xmlid)

    def make_customers(self, limit=1000):
        return [self.make_customer(limit, f"Customer {number}") for number in range(ROWS)]

    def make_debtors(self):
        """Create customers with an overdue invoice each."""
        customers = self.make_customers()
        invoices = [self.make_invoice(customer, 10, days_overdue=3, post=False) for customer in customers]
        self.env["account.move"].union(*invoices).action_post()
        return customers


@tagged("post_install", "-at_install")
class TestListOfFiles(ListCommon):
    def test_files_also_of_members_of_groups(self):
        self.make_debtors()
        self.assertQuick("credit_management.action_credit_profile")
        profiles = self.env["credit.profile"].search([("partner_id.name", "like", "Customer ")], limit=ROWS)
        for number, half in enumerate((profiles[:ROWS // 2], profiles[ROWS // 2:])):
            values = {"name": f"Group {number}", "amount_limit": 500, "currency_id": self.company.currency_id.id}
            half.group_id = self.env["credit.group"].create(values)
        self.assertQuick("credit_management.action_credit_profile")
        self.assertIn(100.0, [row["amount_available"] for row in self.page["records"]])


@tagged("post_install", "-at_install")
class TestListOfHolds(ListCommon):
    def test_holds_and_the_log_of_their_checks(self):
        for customer in self.make_customers():
            order = self.make_order(customer, 2000, user_id=self.seller.id)
            self.confirm(order)
        self.assertQuick("credit_management.action_credit_hold", [("state", "=", "open")])
        self.assertQuick("credit_management.action_credit_log", [("kind", "=", "check")])


@tagged("post_install", "-at_install")
class TestListsOfRecords(ListCommon):
    def test_requests_promises_changes_and_the_log_of_changes(self):
        day = self.today + timedelta(days=7)
        rating = self.env["credit.rating"].create({"name": "Q", "limit_type": "amount", "amount_limit": 1000})
        for customer in self.make_customers():
            profile = self.profile_of(customer)
            profile.rating_id = rating
            request = {"profile_id": profile.id, "kind": "permanent", "amount": 5000, "reason": "More sales"}
            self.env["credit.limit.request"].create(request).action_submit()
            self.env["credit.promise"].create({"profile_id": profile.id, "amount": 10, "date_promised": day})
            values = {"res_model": "credit.profile", "res_id": profile.id, "values": '{"is_excluded": true}'}
            self.env["credit.change"].create({**values, "reason": "A friend"})
        self.assertQuick("credit_management.action_credit_limit_request")
        self.assertQuick("credit_management.action_credit_promise")
        self.assertQuick("credit_management.action_credit_change")
        self.assertQuick("credit_management.action_credit_log", [("kind", "=", "change")])

    def test_statements(self):
        partners = self.env["res.partner"].union(*self.make_debtors())
        self.env["credit.statement"]._make(partners, self.company, "open", self.today)
        self.assertQuick("credit_management.action_credit_statement")


# one customer's, as a chart draws it; no list adds it up
KEPT = {("credit.snapshot", "amount_limit")}


@tagged("post_install", "-at_install")
class TestGroups(ListCommon):
    def test_what_a_group_shows_is_a_sum_of_what_adds_up_or_the_most_days(self):
        odd = []
        for action in self.env["ir.actions.act_window"].search([("res_model", "like", "credit.")]):
            if "list" not in action.view_mode or self.env[action.res_model]._transient:
                continue
            Model, names = self.columns(action.xml_id, self.env.user)
            for name, field in Model.fields_get(names, ["type", "aggregator"]).items():
                if (Model._name, name) not in KEPT and not self.is_true(name, field):
                    odd.append(f"{Model._name}.{name}: {field['aggregator']}")
        self.assertFalse(odd)

    def is_true(self, name, field):
        aggregator = field.get("aggregator")
        if not aggregator or field["type"] not in ("integer", "float", "monetary"):
            return True
        if field["type"] == "integer":
            return aggregator == ("max" if name.startswith("days_") else "sum" if name.endswith("_count") else None)
        return aggregator == "sum" and not any(word in name for word in ("limit", "rate", "percent", "over_max"))

    def test_a_group_of_holds_adds_up_the_documents_and_nothing_of_the_customer(self):
        customer = self.make_customer(1000)
        self.make_invoice(customer, 300, days_overdue=9)
        for price in (2000, 3000):
            self.confirm(self.make_order(customer, price))
        fields = ["amount:sum"]
        Hold = self.env["credit.hold"].with_user(self.controller)
        self.assertEqual(Hold._read_group([("partner_id", "=", customer.id)], [], fields), [(5000.0,)])
        shown = Hold.fields_get(["amount_over", "amount_overdue", "amount_exposure"], ["aggregator"])
        self.assertFalse(any(field.get("aggregator") for field in shown.values()))
