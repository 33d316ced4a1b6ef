"""What an administrator does to the checks themselves is in the log, and under the own name."""

import psycopg2
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestActs(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tech = cls.make_user("sales", login="tech")
        cls.tech.group_ids += cls.env.ref("base.group_system")
        cls.managers = cls.env.ref("credit_management.group_credit_manager")

    def last(self, **values):
        domain = [("person_ref", "=", self.tech.id), *((name, "=", value) for name, value in values.items())]
        return self.env["credit.log"].search(domain, limit=1)

    def test_joining_and_leaving_the_managers_is_noted_on_every_way(self):
        for step in (
            lambda: self.tech.with_user(self.tech).write({"group_ids": [Command.link(self.managers.id)]}),
            lambda: self.managers.with_user(self.tech).write({"user_ids": [Command.link(self.tech.id)]}),
        ):
            step()
            row = self.last(res_model="res.groups", res_id=self.managers.id)
            self.assertEqual((row.value_before, row.value_after, row.verdict), ("", self.tech.name, "looser"))
            self.tech.with_user(self.tech).write({"group_ids": [Command.unlink(self.managers.id)]})
            row = self.last(res_model="res.groups", res_id=self.managers.id)
            self.assertEqual((row.value_before, row.value_after, row.verdict), (self.tech.name, "", "tighter"))

    def test_a_new_group_that_makes_managers_of_its_users_is_noted(self):
        values = {"name": "Deputies", "implied_ids": [Command.link(self.managers.id)],
                  "user_ids": [Command.link(self.tech.id)]}
        group = self.env["res.groups"].with_user(self.tech).create(values)
        row = self.last(res_model="res.groups", res_id=self.managers.id)
        self.assertEqual((row.value_after, row.verdict), (self.tech.name, "looser"))
        group.with_user(self.tech).unlink()
        self.assertEqual(self.last(res_model="res.groups", value_before=self.tech.name).verdict, "tighter")

    def test_a_manager_who_is_archived_or_made_is_noted(self):
        manager = self.make_user("manager", login="colleague")
        self.assertEqual(self.env["credit.log"].search([("value_after", "=", manager.name)], limit=1).verdict, "looser")
        manager.with_user(self.tech).active = False
        self.assertEqual(self.last(res_model="res.groups", value_before=manager.name).verdict, "tighter")

    def test_jobs_rules_and_rights_of_ours_are_noted(self):
        job = self.env.ref("credit_management.cron_confirmed_orders").with_user(self.tech)
        job.active = False
        row = self.last(res_model="ir.cron", res_id=job.id)
        self.assertEqual((row.value_before, row.value_after, row.field_name), ("True", "False", "Active"))
        job.code = "pass"
        self.assertEqual(self.last(res_model="ir.actions.server").value_after, "pass")
        rule = self.env.ref("credit_management.rule_credit_hold_company").with_user(self.tech)
        rule.active = False
        self.assertEqual(self.last(res_model="ir.rule", res_id=rule.id).value_after, "False")
        number = rule.id
        rule.unlink()
        self.assertEqual(self.last(res_model="ir.rule", res_id=number).value_after, "")
        model = self.env["ir.model"]._get("credit.release")
        right = self.env["ir.model.access"].with_user(self.tech).create(
            {"name": "Free", "model_id": model.id, "group_id": self.managers.id, "perm_write": True}
        )
        self.assertEqual(self.last(res_model="ir.model.access", res_id=right.id).value_after, "Free")

    def test_what_is_not_ours_is_not_noted(self):
        before = self.env["credit.log"].search_count([])
        self.env.ref("base.res_partner_rule").with_user(self.tech).active = False
        self.tech.with_user(self.tech).write({"group_ids": [Command.link(self.env.ref("base.group_multi_company").id)]})
        self.assertEqual(self.env["credit.log"].search_count([]), before)

    def test_a_bridge_that_is_uninstalled_is_noted(self):
        bridge = self.env.ref("base.module_stock_credit_management", raise_if_not_found=False)
        if not bridge or bridge.state != "installed":
            self.skipTest("without the bridge to deliveries")
        bridge.with_user(self.tech).button_uninstall()
        row = self.last(res_model="ir.module.module", res_id=bridge.id)
        self.assertEqual((row.value_before, row.verdict), ("stock_credit_management", "looser"))

    def test_a_purge_that_somebody_starts_is_theirs(self):
        jobs = self.registry["ir.cron"]
        log = self.env["credit.log"]

        def purge(*_args):
            with log._lift("Retention"):
                pass

        self.classPatch(jobs, "_acquire_one_job", lambda *_args, **_kwargs: {"id": 1})
        self.classPatch(jobs, "_process_job", purge)
        job = self.env.ref("credit_management.cron_purge_log")
        job.with_user(self.tech).method_direct_trigger()
        self.assertEqual(self.last(kind="purge").reason, "Retention")
        self.assertEqual(self.last(res_model="ir.cron", res_id=job.id).value_after, "Started by hand")


@tagged("post_install", "-at_install")
class TestNames(CreditCommon):
    def setUp(self):
        super().setUp()
        self.env["credit.log"]._append([{"kind": "check"}])
        self.person = self.env["credit.log.person"].search([("person_ref", "=", self.env.uid)])

    def test_no_right_writes_a_name(self):
        for step in (
            lambda person: person.write({"name": "Somebody Else"}),
            lambda person: person.write({"person_ref": 999999}),
            lambda person: person.unlink(),
            lambda person: person.create({"name": "Nobody", "person_ref": 999999}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                step(self.person.sudo())
        statement = SQL("UPDATE credit_log_person SET name = 'x' WHERE id = %s", self.person.id)
        refused = self.assertRaises(psycopg2.errors.RaiseException)
        with refused, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(statement)

    def test_making_somebody_anonymous_leaves_a_row_and_is_an_administrators(self):
        with self.assertRaises(AccessError):
            self.person.with_user(self.make_user("manager", login="m")).action_make_anonymous()
        self.person.action_make_anonymous()
        row = self.env["credit.log"].search([], limit=1)
        self.assertEqual(self.person.name, f"#{self.env.uid}")
        self.assertEqual((row.kind, row.person_ref, row.reason),
                         ("purge", self.env.uid, f"Made anonymous: #{self.env.uid}"))

    def test_a_shorter_retention_is_a_loosening(self):
        self.make_policy("limit_exceeded")
        self.company.sudo().credit_second_person = "told"
        self.company.sudo().write({"credit_years_log_keep": 10, "credit_days_snapshot_keep": 1100})
        admin = self.env.ref("base.user_admin")
        self.company.with_user(admin).write({"credit_years_log_keep": 1, "credit_days_snapshot_keep": 30})
        rows = self.env["credit.log"].search([("res_model", "=", "res.company")], limit=2)
        self.assertEqual(set(rows.mapped("verdict")), {"looser"})
        self.assertEqual({(row.value_before, row.value_after) for row in rows}, {("10", "1"), ("1100", "30")})
