"""Upgrading: what branches had of their own is joined to their company's, and nothing loosens."""


from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..gate.test_branches import BranchCommon
from ..upgrade import load_migration


@tagged("post_install", "-at_install")
class TestUpgradeOfBranches(BranchCommon):
    def old(self, record, **values):
        """Write values as the version before kept them, which knew no branches."""
        self.env.flush_all()
        columns = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items())
        self.env.cr.execute(
            SQL("UPDATE %s SET %s WHERE id IN %s", SQL.identifier(record._table), columns, tuple(record.ids))
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def file_in(self, company, partner=None, **values):
        """Return a file as it was kept in a branch."""
        stand_in = self.make_customer(name="Stand-in")
        profile = self.profile_of(stand_in)
        profile.write(values)
        self.old(profile, partner_id=(partner or self.customer).id, company_id=company.id)
        return profile

    def migrate(self):
        self.env.flush_all()
        load_migration("post-migration").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_files_of_a_customer_become_one_that_keeps_the_stricter_of_both(self):
        kept = self.profile_of(self.customer)
        self.file_in(
            self.branch, limit_type="amount", amount_limit=400, account_status="watch", status_reason="Slow",
        )
        self.file_in(self.second, limit_type="amount", amount_limit=700, date_limit_expiry="2030-01-31")
        self.migrate()
        files = self.env["credit.profile"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(files, kept)
        self.assertEqual((kept.company_id, kept.amount_limit, kept.account_status), (self.company, 400, "watch"))
        self.assertEqual(str(kept.date_limit_expiry), "2030-01-31")
        self.assertIn("700.0", "".join(kept.message_ids.mapped("body")))
        for company in (self.company, self.branch, self.second):
            self.assertEqual(self.customer.with_company(company).credit_limit, 400)

    def test_a_file_that_only_branches_had_becomes_the_companys(self):
        customer = self.env["res.partner"].create({"name": "Of branches", "is_company": True})
        first = self.file_in(self.branch, customer, limit_type="amount", amount_limit=300)
        self.file_in(self.second, customer, limit_type="unlimited")
        self.migrate()
        files = self.env["credit.profile"].search([("partner_id", "=", customer.id)])
        self.assertEqual((files, files.company_id, files.amount_limit), (first, self.company, 300))

    def test_no_row_of_holds_releases_requests_covers_promises_and_figures_is_lost(self):
        self.make_policy("limit_exceeded")
        held = self.make_held(self.customer, 1500)
        hold = self.hold_of(held)
        profile = self.profile_of(self.customer)
        values = {"profile_id": profile.id, "amount": 5}
        records = [
            hold,
            self.env["credit.cover"].sudo().create(values),
            self.env["credit.promise"].create({**values, "date_promised": self.today}),
            self.env["credit.limit.request"].create({**values, "reason": "More"}),
        ]
        self.env["credit.snapshot"]._take(profile.ids, self.today)
        records.append(self.env["credit.snapshot"].search([("profile_id", "=", profile.id)]))
        for record in records:
            self.old(record, company_id=self.branch.id)
        self.old(profile, company_id=self.branch.id)
        kept = self.profile_of(self.customer)
        self.assertNotEqual(kept, profile)
        self.migrate()
        for record in records:
            with self.subTest(record._name):
                self.assertEqual((record.profile_id, record.company_id), (kept, self.company))
        self.assertTrue(kept.log_ids)

    def test_a_policy_of_a_branch_is_its_companys_where_that_had_none(self):
        policy = self.make_policy("limit_exceeded")
        self.old(policy, company_id=self.branch.id)
        self.migrate()
        self.assertEqual((policy.company_id, policy.state), (self.company, "on"))
        self.assertTrue(self.company._is_credit_checked())

    def test_a_policy_of_a_branch_waits_where_the_company_has_one(self):
        self.make_policy("limit_exceeded", name="Of the company")
        policy = self.make_policy("limit_exceeded", name="Of the branch")
        self.old(policy, company_id=self.branch.id)
        self.migrate()
        self.assertEqual((policy.company_id, policy.state), (self.company, "draft"))
        setup = self.env["credit.setup"].create({})
        self.assertIn("Of the branch: made for a branch", "".join(setup.check_ids.mapped("name")))
        policy.active = False
        setup._refresh_checks()
        self.assertNotIn("Of the branch", "".join(setup.check_ids.mapped("name")))

    def test_who_had_another_policy_in_a_branch_is_asked_for_once(self):
        policy = self.make_policy("limit_exceeded", scope="customer")
        self.file_in(self.branch, policy_id=policy.id)
        self.migrate()
        kept = self.profile_of(self.customer)
        self.assertEqual(kept.policy_id, policy)
        setup = self.env["credit.setup"].create({})
        self.assertIn("joined", setup.check_ids.mapped("fix"))
        self.assertIn("1 credit files were joined", "".join(setup.check_ids.mapped("name")))
        found = self.env["credit.profile"].search(setup.action_show_joined()["domain"])
        self.assertEqual(found, kept)
        self.assertNotIn("joined", self.env["credit.setup"].create({}).check_ids.mapped("fix"))

    def test_an_authority_of_a_branch_lets_nobody_decide_on_more(self):
        users = [Command.set(self.env.user.ids)]
        of_branch = self.env["credit.authority"].create({"name": "Branch", "user_ids": users, "is_unlimited": True})
        alone = of_branch.copy({"company_id": self.company.id})
        self.old(of_branch, company_id=self.branch.id)
        self.migrate()
        self.assertEqual((of_branch.company_id, of_branch.active), (self.company, False))
        alone.unlink()
        of_branch.active = True
        self.old(of_branch, company_id=self.branch.id)
        self.migrate()
        self.assertEqual((of_branch.company_id, of_branch.active), (self.company, True))

    def test_of_settings_the_tighter_ones_are_the_companys(self):
        self.company.credit_days_promise_grace = 3
        self.old(self.branch, credit_count_orders=True, credit_days_promise_grace=9, credit_count_received=False)
        self.old(self.company, credit_count_orders=False)
        self.old(self.second, credit_days_promise_grace=1, credit_count_drafts=False)
        self.migrate()
        for company in (self.company, self.branch, self.second):
            self.assertTrue(company.credit_count_orders)
            self.assertTrue(company.credit_count_drafts)
            self.assertFalse(company.credit_count_received)
            self.assertEqual(company.credit_days_promise_grace, 1)

    def test_rules_that_nobody_has_changed_let_whoever_has_a_branch_in(self):
        old = "[('company_id', 'in', company_ids)]"
        rule = self.env.ref("credit_management.rule_credit_profile_company")
        changed = self.env.ref("credit_management.rule_credit_hold_company")
        dispute = self.env.ref("credit_management.rule_credit_dispute_company")
        rule.domain_force, changed.domain_force = old, "[('company_id', '=', 7)]"
        self.migrate()
        self.assertEqual(rule.domain_force, "[('company_id', 'parent_of', company_ids)]")
        self.assertEqual(changed.domain_force, "[('company_id', '=', 7)]")
        self.assertEqual(dispute.domain_force, old)
