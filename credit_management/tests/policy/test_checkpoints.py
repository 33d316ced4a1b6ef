"""The table of checkpoints: each has its effect, and the log keeps those whose add-on is gone."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestCheckpoints(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(1000)

    def setUp(self):
        super().setUp()
        # choices are kept between tests, and a rolled back log leaves no trace in them
        self.env.registry.clear_cache("stable")
        self.addCleanup(self.env.registry.clear_cache, "stable")

    def log_at_a_checkpoint_that_is_gone(self):
        hold = self.hold_of(self.make_held(self.customer, 1500))
        self.env.flush_all()
        for record in (hold, hold.decision_id):
            table = SQL.identifier(record._table)
            with self.env["credit.log"]._lift("an add-on is gone"):
                self.env.cr.execute(SQL("UPDATE %s SET checkpoint = 'rental' WHERE id = %s", table, record.id))
        self.env.invalidate_all()
        return hold

    def test_every_checkpoint_has_its_effect_in_a_rule(self):
        Rule = self.env["credit.policy.rule"]
        names = [name for name, _label in Rule._get_checkpoints()]
        self.assertLessEqual({"quotation", "order", "change", "invoice"}, set(names))
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual([name for name in names if f"effect_{name}" not in Rule._fields], [])

    def test_every_effect_is_a_column_of_the_policy(self):
        arch = self.env["credit.policy"]._get_view(view_type="form")[0]
        columns = arch.iterfind(".//field[@name='rule_ids']/list/field")
        shown = {field.get("name"): field.get("optional") for field in columns}
        for name, _label in self.env["credit.policy.rule"]._get_checkpoints():
            self.assertIn(f"effect_{name}", shown)
            self.assertNotEqual(shown[f"effect_{name}"], "hide")

    def test_the_log_shows_a_checkpoint_that_is_gone_by_its_name(self):
        hold = self.log_at_a_checkpoint_that_is_gone()
        for record in (hold, hold.decision_id):
            choices = dict(record.fields_get(["checkpoint"])["checkpoint"]["selection"])
            self.assertEqual((record.checkpoint, choices["rental"], choices["order"]), ("rental", "rental", "Order"))
            self.assertEqual(record.export_data(["checkpoint"])["datas"], [["rental"]])
        self.assertEqual(hold.decision_id.display_name, f"{hold.document_name} · rental")

    def test_the_log_is_searched_and_grouped_by_a_checkpoint_that_is_gone(self):
        hold = self.log_at_a_checkpoint_that_is_gone()
        for record in (hold, hold.decision_id):
            self.assertEqual(record.search([("checkpoint", "=", "rental")]), record)
            groups = record.formatted_read_group([("id", "in", record.ids)], ["checkpoint"], ["__count"])
            self.assertEqual([(group["checkpoint"], group["__count"]) for group in groups], [("rental", 1)])
