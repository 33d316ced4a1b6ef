"""What the parts of a statement start from stands in it once."""

import dataclasses

from odoo.addons.credit_management.models.exposure.shared import SHARED
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestShared(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()
        cls.profile = cls.profile_of(cls.customer)
        cls.Exposure = cls.env["credit.exposure"]
        scope = cls.Exposure._make_scope(cls.today, cls.customer.ids)
        cls.scope = dataclasses.replace(scope, absent=frozenset())  # of a customer of whom there is everything

    def text(self, statement):
        return self.env.cr.mogrify(statement).decode()

    def count(self, statement):
        return {table: self.text(statement).count(f'"{table}" AS (') for table in SHARED}

    def test_totals_read_each_once(self):
        self.assertEqual(self.count(self.Exposure._get_totals_sql(self.scope)), dict.fromkeys(SHARED, 1))

    def test_so_do_the_facts_which_are_made_of_totals_and_what_is_overdue_and_more(self):
        statement = self.profile._get_facts_sql(self.scope, tuple(self.profile.ids))
        self.assertEqual(self.count(statement), dict.fromkeys(SHARED, 1))
        self.assertEqual(self.text(statement).count("amount_residual <> 0"), 1)

    def test_a_source_by_itself_needs_nothing_around_it(self):
        self.make_invoice(self.customer, 300)
        self.env.flush_all()
        rows = self.env.execute_query(self.Exposure._get_items_sql(self.scope))
        self.assertEqual([row[7] for row in rows], [300.0])
        self.assertNotIn("TABLE ", self.text(self.Exposure._get_named_sql(self.scope)))
