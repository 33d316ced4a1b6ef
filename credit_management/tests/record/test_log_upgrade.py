"""Upgrading: decisions become rows of the log, under their numbers; a hold keeps its check and its reasons."""


from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import CreditCommon
from ..upgrade import load_migration

OLD = """
    CREATE TABLE credit_decision (
        id serial PRIMARY KEY, create_uid integer, create_date timestamp, profile_id integer, company_id integer,
        res_model varchar, res_id integer, document_name varchar, checkpoint varchar, verdict varchar, amount numeric,
        amount_exposure_before numeric, amount_exposure_after numeric, amount_limit numeric, amount_over numeric,
        policy_name varchar, exemption varchar, findings jsonb, facts jsonb)
"""


@tagged("post_install", "-at_install")
class TestUpgrade(CreditCommon):
    def run_script(self, name):
        load_migration(name).migrate(self.env.cr, "19.0.1.0.0")

    def put_decision(self, order, profile, number):
        """Write a decision as the version before has kept it."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO credit_decision VALUES (%s, %s, '2026-03-14 10:00:00', %s, %s, 'sale.order', %s, %s,
                    'order', 'hold', 1500, 0, 1500, 1000, 500, 'Balanced', '',
                    '[{"criterion": "limit_exceeded", "effect": "hold", "rule_id": 1,
                       "figures": {"exposure": 1500, "limit": 1000, "over": 500}}]',
                    '{"limit": {"kind": "amount", "amount": 1000}}')
                """,
                number, self.env.uid, profile.id, self.company.id, order.id, order.name,
            )
        )

    @mute_logger("odoo.schema")
    def test_decisions_keep_number_figures_names_and_their_hold(self):
        self.make_policy("limit_exceeded")
        self.env["res.lang"]._activate_lang("zh_CN")
        customer = self.make_customer(1000, "March Ltd")
        order = self.make_held(customer, 1500)
        hold = self.hold_of(order)
        number = hold.decision_id.id + 1000
        self.env.flush_all()
        self.env.cr.execute(OLD)
        self.env.cr.execute("ALTER TABLE credit_hold DROP CONSTRAINT credit_hold_decision_id_fkey")
        self.put_decision(order, self.profile_of(customer), number)
        without_reasons = "UPDATE credit_hold SET decision_id = %s, findings = NULL WHERE id = %s"
        self.env.cr.execute(SQL(without_reasons, number, hold.id))
        before = hold.decision_id.id
        self.run_script("pre-log")
        self.run_script("post-log")
        self.env.invalidate_all()
        row = hold.decision_id
        self.assertEqual(row.id, number)
        self.assertEqual((row.kind, row.verdict, row.checkpoint), ("check", "hold", "order"))
        self.assertEqual((str(row.date), row.company_name), ("2026-03-14 10:00:00", self.company.name))
        self.assertEqual((row.document_name, row.policy_name), (order.name, "Balanced"))
        self.assertEqual(row.with_context(lang="zh_CN").policy_name, "Balanced")  # as it was written then
        self.assertEqual((row.customer_name, row.limit_name), ("March Ltd", "March Ltd"))
        self.assertEqual((row.amount, row.amount_limit, row.amount_over), (1500, 1000, 500))
        self.assertEqual(row.person_name, self.env.user.name)
        self.assertIn("over by", hold.reason)
        self.assertIn(row, self.profile_of(customer).log_ids)
        self.assertTrue(self.env["credit.log"].browse(before + number).exists())  # what came since stands after them
        self.assertGreater(self.env["credit.log"]._append([{"kind": "check"}]).id, before + number)
