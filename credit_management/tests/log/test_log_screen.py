"""The log on screen: why did this pass in March? For a document, a customer, a person; in a sentence and a table."""

from lxml import html
from odoo.tests import tagged

from ..common import CreditCommon

RULES = (
    {"criterion": "limit_exceeded", "effect_order": "hold"},
    {"criterion": "overdue_days", "days": 30, "days_grace": 5, "amount_tolerance": 10, "effect_order": "warn"},
    {"criterion": "document_amount", "amount": 600, "effect_order": "warn"},
)


@tagged("post_install", "-at_install")
class TestLogOnScreen(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy(*RULES, name="Careful")
        cls.customer = cls.make_customer(1000, "Asked Ltd")
        cls.sales = cls.make_user("sales", login="march-seller", name="Marcia March")
        cls.Log = cls.env["credit.log"]

    def row(self, document):
        of_document = [("res_model", "=", document._name), ("res_id", "=", document.id)]
        return self.Log.search(of_document, limit=1)

    def ordered(self, amount):
        """Return the row of an order that the salesperson confirmed."""
        order = self.make_order(self.customer, amount, user_id=self.sales.id)
        order.with_user(self.sales).with_context(credit_interactive=True).action_confirm()
        return self.row(order)

    def said(self, text):
        return text.replace("\xa0", " ")

    def table(self, row):
        """Return the cells of the table of rules."""
        lines = html.fromstring(row.rules_html).xpath("//tbody/tr")
        return [[self.said(cell.text_content()).strip() for cell in line] for line in lines]

    def test_a_row_reads_as_sentences(self):
        self.make_invoice(self.customer, 300)
        row = self.ordered(1500)
        self.assertIn(
            f"Marcia March brought {row.document_name} of Asked Ltd, $ 1,500.00, to the checkpoint Order. It was held. "
            "Exposure would reach $ 1,800.00 for a limit of $ 1,000.00 (over by $ 800.00).",
            self.said(row.story),
        )
        self.assertIn(
            "The customer owed $ 300.00 without it and $ 1,800.00 with it; the limit of Asked Ltd was $ 1,000.00, "
            "exceeded by $ 800.00. Policy Careful tested 3 rules, 2 were hit.",
            self.said(row.story),
        )

    def test_what_passed_says_that_it_passed_and_what_was_found(self):
        row = self.ordered(500)
        self.assertIn("It passed. The customer owed $ 0.00 without it and $ 500.00 with it", self.said(row.story))
        self.assertEqual(
            self.table(row),
            [
                ["Limit exceeded", "", "$ 500.00 of $ 1,000.00", "not hit"],
                ["Overdue longer than", "30 days, 5 days of grace, by more than $ 10.00",
                 "$ 0.00 overdue, the oldest for 0 days", "not hit"],
                ["Document amount at or above", "$ 600.00", "$ 500.00", "not hit"],
            ],
        )

    def test_what_was_hit_stands_beside_what_was_not(self):
        self.make_invoice(self.customer, 200, days_overdue=50)
        rows = self.table(self.ordered(700))
        self.assertEqual([line[3] for line in rows], ["not hit", "Warn", "Warn"])
        self.assertEqual(rows[1][2], "$ 200.00 overdue, the oldest for 50 days")

    def test_thresholds_of_the_whole_policy_and_terms_of_the_document_are_there(self):
        self.make_policy(
            "terms_longer", "deposit_missing", name="Terms", sequence=0, days_terms_max=45, percent_deposit=30
        )
        rows = self.table(self.ordered(1000))
        self.assertEqual(rows[0][:3], ["Payment terms longer than allowed", "45 days", "0 days"])
        self.assertEqual(rows[1], ["Deposit missing", "30.0 %", "$ 0.00 received", "Hold"])

    def test_a_stop_is_in_the_table_though_no_rule_brought_it(self):
        self.profile_of(self.customer).sudo().write({"account_status": "stop"})
        row = self.ordered(100)
        self.assertEqual(self.table(row)[0], ["Account stopped", "", "no reason given", "Hold"])

    def test_a_release_and_a_change_read_as_sentences(self):
        controller = self.make_user("controller", name="Clara")
        order = self.make_held(self.customer, 1500, self.sales)
        self.release(order, controller, note="Pays on Friday")
        row = self.Log.search([("kind", "=", "release"), ("res_id", "=", order.id)])
        self.assertIn(f"Clara released {order.name} (Asked Ltd) up to $", self.said(row.story))
        self.assertIn("This loosens the checks. Reason: ", row.story)
        self.assertIn("Pays on Friday.", row.story)
        self.profile_of(self.customer).account_status = "watch"
        change = self.Log.search([("kind", "=", "change"), ("customer_ref", "=", self.customer.id)], limit=1)
        self.assertIn("changed Account Status of Asked Ltd from Normal to Watch.", change.story)

    def test_a_rule_is_named_by_its_policy_and_what_it_looks_at(self):
        rule = self.env["credit.policy.rule"].search([("policy_id.name", "=", "Careful")], limit=1)
        rule.effect_order = "warn"
        row = self.Log.search([("res_model", "=", rule._name), ("res_id", "=", rule.id)], limit=1)
        self.assertIn("changed Order of Careful: Limit exceeded from Hold to Warn.", row.story)

    # -- finding -----------------------------------------------------------------------------------

    def test_found_by_reason_also_where_it_is_not_the_first(self):
        self.make_invoice(self.customer, 200, days_overdue=50)
        held, passed = self.ordered(1500), self.ordered(100)
        found = self.Log.search([("criterion", "in", ["overdue_days"])])
        self.assertLessEqual({held.id, passed.id}, set(found.ids))
        self.assertEqual(self.Log.search([("criterion", "=", "document_amount"), ("id", "in", found.ids)]), held)

    def test_found_by_checkpoint_verdict_customer_person_and_day(self):
        row = self.ordered(700)
        for domain in (
            [("checkpoint", "=", "order"), ("verdict", "=", "warn")],
            [("customer_name", "ilike", "asked")],
            [("person_name", "=", "Marcia March")],
            [("date", ">=", f"{self.env.cr.now().date()} 00:00:00")],
        ):
            self.assertIn(row, self.Log.search(domain), domain)

    def test_grouped_by_reason_and_by_person(self):
        self.ordered(700), self.ordered(1500)
        of_customer = [("customer_ref", "=", self.customer.id), ("kind", "=", "check")]
        groups = self.Log._read_group(of_customer, ["person_name"], ["__count"])
        self.assertEqual(groups, [("Marcia March", 2)])
        groups = self.Log._read_group(of_customer, ["criterion"], ["__count"])
        self.assertEqual(dict(groups), {"document_amount": 1, "limit_exceeded": 1})
        self.assertTrue(self.Log.fields_get(["person_name"])["person_name"]["groupable"])

    def test_a_user_a_customer_and_a_document_open_their_rows(self):
        row = self.ordered(700)
        order = self.env["sale.order"].browse(row.res_id)
        for action in (
            self.sales.action_open_credit_log(), order.action_credit_log(), row.action_open_person(),
            row.action_open_same(), self.profile_of(self.customer).action_open_log(),
        ):
            self.assertIn(row, self.Log.search(action["domain"]))

    # -- many --------------------------------------------------------------------------------------

    def test_a_page_of_80_rows_takes_at_most_12_queries(self):
        for number in range(80):
            self.ordered(10 + number)
        view = self.env.ref("credit_management.credit_log_view_list")
        names = {node.get("name") for node in view._get_combined_arch().iter("field")}
        shown = {name: {"fields": {"display_name": {}}} if name == "currency_id" else {} for name in names}
        Log = self.Log.with_user(self.make_user("controller"))
        self.commit()
        for most in (30, 12):  # once to look up the rights of the reader
            self.env.invalidate_all()
            with self.assertQueryCount(most):
                page = Log.web_search_read([("kind", "=", "check")], shown, limit=80)
        self.assertEqual(len(page["records"]), 80)

    def test_the_export_offers_the_columns_of_an_auditor_and_no_json(self):
        template = self.env.ref("credit_management.export_credit_log")
        known = self.Log.fields_get()
        names = template.export_fields.mapped("name")
        self.assertFalse([name for name in names if name not in known or known[name].get("exportable") is False])
        row = self.ordered(700)
        cells = dict(zip(names, row.export_data(names)["datas"][0], strict=True))
        self.assertEqual((cells["person_name"], cells["verdict"], cells["amount"]), (
            "Marcia March", "Passed with a warning", 700.0))
        self.assertIn("Limit exceeded → $ 700.00 of $ 1,000.00 → not hit", self.said(cells["rules_text"]))
        self.assertFalse([name for name in ("rules", "findings", "facts") if known[name].get("exportable", True)])
