"""What the log says of files that became one."""

from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestMergeInTheLog(CreditCommon):
    def test_what_stood_in_the_file_that_goes_was_merged_and_not_loosened(self):
        """Galtee (8,000, stop) becomes Dunmore (10,000): Dunmore's limit falls to 8,000, and nothing is loosened."""
        self.make_policy("limit_exceeded")
        source = self.make_customer(8000, "Galtee", account_status="stop")
        target = self.make_customer(10000, "Dunmore")
        last = self.env["credit.log"].search([], limit=1).id
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((source | target).ids, target)
        rows = self.env["credit.log"].search([("id", ">", last), ("kind", "=", "change")])
        self.assertFalse(rows.filtered(lambda row: row.verdict == "looser"))
        gone = rows.filtered(lambda row: row.customer_name == "Galtee")
        self.assertEqual(
            {(row.field_name, row.value_before, row.value_after, row.verdict) for row in gone},
            {
                ("Limit", "Amount", "merged into Dunmore", "merged"),
                ("Limit Amount", "8,000.00", "merged into Dunmore", "merged"),
                ("", "Galtee", "merged into Dunmore", "merged"),
            },
        )
        self.assertTrue(all("nothing was loosened" in row.story for row in gone))
        limit = rows.filtered(lambda row: row.customer_name == "Dunmore" and row.field_name == "Limit Amount")
        self.assertEqual((limit.value_before, limit.value_after, limit.verdict), ("10,000.00", "8,000.00", "tighter"))
