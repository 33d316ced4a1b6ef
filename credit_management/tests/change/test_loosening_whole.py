"""What the approver reads is all that happens; who profits is looked at before and after; what goes is measured."""

import json
from datetime import timedelta

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import Form, tagged

from .test_loosening_kinds import KindsCommon


class WholeCommon(KindsCommon):
    def make_change(self, model, vals, user=None, record=None):
        values = {"res_model": model, "res_id": record.id if record else 0, "values": json.dumps(vals), "reason": "x",
                  "operation": "write" if record else "create"}
        return self.env["credit.change"].with_user(user or self.manager).create(values)

    def logged(self, record):
        domain = [("kind", "=", "change"), ("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["credit.log"].search(domain)

    def set_default(self, user, model, name, value):
        self.env["ir.default"].with_user(user).set(model, name, value, True)


@tagged("post_install", "-at_install")
class TestAllThatHappens(WholeCommon):
    def test_values_inside_of_a_link_are_no_part_of_a_change(self):
        self.profile.sudo().group_id = self.group
        inside = [[1, self.profile.id, {"is_excluded": True, "limit_type": "unlimited"}]]
        for model, vals, record in (
            ("credit.group", {"amount_limit": 1100, "profile_ids": inside}, self.group),
            ("credit.group", {"amount_limit": 1100, "profile_ids": [[2, self.profile.id]]}, self.group),
            ("credit.authority", {"name": "Juniors", "amount_limit_max": 10, "user_ids": [[4, self.seller.id]],
                                  "rating_ids": [[1, self.rating.id, {"amount_limit": 9e8}]]}, None),
        ):
            with self.subTest(model), self.assertRaisesRegex(UserError, "inside"), self.env.cr.savepoint():
                self.make_change(model, vals, record=record)

    def test_everything_that_is_written_is_read_before(self):
        change = self.make_change("credit.group", {"amount_limit": 1100, "date_limit_expiry": "2199-01-01"},
                                  record=self.group)
        self.assertIn("Limit Amount: 1,000.00 → 1,100.00", change.summary)
        self.assertIn("Limit Valid Until: – → 01/01/2199", change.summary)  # tighter, and shown all the same
        change = self.make_change("credit.authority", {"name": "Juniors", "amount_limit_max": 10,
                                                       "user_ids": [[4, self.seller.id]]})
        self.assertIn("Limits Up To: – → 10.00", change.summary)
        self.assertIn(f"Users: – → {self.seller.name}", change.summary)

    def test_no_message_comes_with_a_dispute_that_is_asked_for(self):
        invoice = self.make_invoice(self.customer, 500, days_overdue=60)
        forged = [[0, 0, {"body": "All paid", "author_id": self.boss.partner_id.id}]]
        vals = {"move_id": invoice.id, "amount": 1, "reason": "Broken", "message_ids": forged}
        self.make_change("credit.dispute", vals, self.biller).with_user(self.colleague).action_apply()
        dispute = self.env["credit.dispute"].search([("move_id", "=", invoice.id)])
        self.assertNotIn("All paid", "".join(dispute.sudo().message_ids.mapped("body")))

    def test_the_release_of_a_customer_is_measured_whatever_the_change_says(self):
        vals = {"profile_id": self.profile.id, "reason_id": self.reason.id, "amount_max": 90, "amount_total": 90,
                "date_until": str(self.today), "is_measured": False, "user_id": self.seller.id}
        self.make_change("credit.release", vals).with_user(self.colleague).action_apply()
        self.assertEqual((self.profile.release_ids.is_measured, self.profile.release_ids.user_id),
                         (True, self.colleague))

    def test_a_change_takes_no_defaults_of_anybody(self):
        self.set_default(self.manager, "credit.change", "approver_id", self.boss.id)
        context = {"default_state": "applied", "default_date_decided": "2020-01-01"}
        change = self.env["credit.change"].with_user(self.manager).with_context(**context).create(
            {"res_model": "credit.rating", "res_id": self.rating.id, "values": '{"amount_limit": 2000}', "reason": "x"}
        )
        nobody = self.env["res.users"]
        self.assertEqual((change.state, change.approver_id, change.date_decided), ("waiting", nobody, False))

    def test_what_is_made_inside_of_a_link_changes_whom_it_is_for(self):
        """A rule for all becomes one for a rating that nobody has: it was taken for unchanged."""
        policy, nobody = self.policy.sudo(), [Command.create({"name": "Nobody's"})]
        policy.write({"deposit_rule_ids": [Command.create({"percent": 30})],
                      "terms_ids": [Command.create({"days_max": 10})]})
        for rule in (policy.deposit_rule_ids, policy.terms_ids):
            with self.subTest(rule._name):
                self.assertGuarded(lambda rule=rule: rule.with_user(self.manager).write({"rating_ids": nobody}))
                self.assertFalse(rule.rating_ids)

    def test_a_default_does_not_become_one_of_limits(self):
        admin = self.env.ref("base.user_admin")
        fields_ = [self.env["ir.model.fields"]._get("res.partner", name).id for name in ("comment", "credit_limit")]
        default = self.env["ir.default"].with_user(admin).create({"field_id": fields_[0], "json_value": "9000"})
        self.assertGuarded(lambda: default.write({"field_id": fields_[1]}))
        own = {"field_id": fields_[1], "json_value": "500", "user_id": admin.id}
        kept = self.env["ir.default"].sudo().create(own).with_user(admin)
        self.assertGuarded(lambda: kept.write({"user_id": False}))
        self.assertGuarded(lambda: kept.write({"field_id": fields_[0]}))
        default.write({"json_value": "8000"})

    def test_defaults_of_the_approver_are_no_part_of_what_is_applied(self):
        self.set_default(self.colleague, "credit.authority", "is_unlimited", True)
        vals = {"name": "Small", "user_ids": [[4, self.seller.id]], "amount_over_max": 50}
        self.make_change("credit.authority", vals).with_user(self.colleague).action_apply()
        self.assertFalse(self.env["credit.authority"].search([("name", "=", "Small")]).is_unlimited)


@tagged("post_install", "-at_install")
class TestExplicit(WholeCommon):
    """Nobody's default fills in what no person writes."""

    def test_releases_of_a_hold_and_of_a_customer_are_measured(self):
        self.company.sudo().credit_second_person = "told"
        self.set_default(self.colleague, "credit.release", "is_measured", False)
        order = self.sold(1100)
        self.confirm(order, self.seller)
        self.release(order, self.colleague, is_resumed=False)
        release = self.hold_of(order).release_ids
        self.assertEqual((release.is_measured, release.amount_over), (True, 100))
        other = self.profile_of(self.make_customer(1000))
        other.with_user(self.colleague).with_context(default_is_measured=False)._release(
            self.reason, self.today, 40, 40
        )
        self.assertTrue(other.release_ids.is_measured)

    def test_a_hold_is_born_open(self):
        for name, value in (("state", "cured"), ("date_closed", "2020-01-01"), ("is_forced", True)):
            self.set_default(self.seller, "credit.hold", name, value)
        order = self.sold(1100)
        self.confirm(order, self.seller)
        hold = self.hold_of(order)
        self.assertEqual((hold.state, hold.date_closed, hold.is_forced), ("open", False, False))

    def test_a_request_says_nothing_that_was_not_decided(self):
        self.set_default(self.biller, "credit.limit.request", "amount_before", 9000)
        vals = {"profile_id": self.profile.id, "amount": 2000, "reason": "x"}
        request = self.env["credit.limit.request"].with_user(self.biller).create(vals)
        self.assertEqual(request.amount_before, 0)

    def test_an_order_is_born_without_marks(self):
        self.set_default(self.seller, "sale.order", "credit_hold_state", "released")
        self.set_default(self.seller, "sale.order", "credit_amount_excluded", 5000)
        order = self.env["sale.order"].with_user(self.seller).create({"partner_id": self.customer.id})
        self.assertEqual((order.credit_hold_state, order.credit_amount_excluded), (False, 0))


@tagged("post_install", "-at_install")
class TestGone(WholeCommon):
    def test_a_group_that_limits_somebody_is_deleted_by_two(self):
        self.profile.sudo().write({"group_id": self.group.id, "limit_type": "unlimited"})
        change = self.ask(self.group, {}, operation="unlink")
        self.assertTrue(change.is_any)
        self.assertEqual(self.profile.amount_limit_effective, 1000)
        number = self.group.id
        change.with_user(self.boss).action_apply()
        row = self.env["credit.log"].search([("res_model", "=", "credit.group"), ("res_id", "=", number)], limit=1)
        self.assertEqual((row.value_before, row.value_after, row.person_ref, row.verdict),
                         ("Family", "", self.boss.id, "looser"))

    def test_a_rating_that_somebody_has_is_deleted_by_two(self):
        self.profile.sudo().write({"rating_id": self.rating.id, "limit_type": "none"})
        self.assertTrue(self.ask(self.rating, {}, operation="unlink").is_any)
        self.assertEqual(self.profile.amount_limit_effective, 1000)

    def test_what_nobody_has_is_deleted_at_once_and_logged(self):
        for record in (self.rating, self.group):
            number = record.id
            record.with_user(self.manager).unlink()
            domain = [("res_model", "=", record._name), ("res_id", "=", number), ("verdict", "=", "tighter")]
            self.assertEqual(self.env["credit.log"].search(domain).person_ref, self.manager.id)

    def test_an_authority_does_not_lose_its_last_rating_by_a_deletion(self):
        self.env["credit.authority"].sudo().create(
            {"name": "Only Q", "user_ids": [Command.set(self.manager.ids)], "is_unlimited": True,
             "rating_ids": [Command.set(self.rating.ids)]}
        )
        for user in (self.boss, self.env.ref("base.user_admin")):
            with self.assertRaisesRegex(UserError, "Only Q"), self.env.cr.savepoint():
                self.rating.with_user(user).sudo().unlink()
        self.assertTrue(self.rating.exists())


@tagged("post_install", "-at_install")
class TestBeforeAndAfter(WholeCommon):
    def setUp(self):
        super().setUp()
        self.company.sudo().credit_second_person = "told"

    def test_nobody_turns_an_absence_to_the_own_advantage(self):
        days = {"date_from": self.today, "date_to": self.today}
        absence = self.env["credit.substitute"].with_user(self.manager).create(
            {"user_id": self.boss.id, "substitute_id": self.colleague.id, **days}
        )
        self.assertGuarded(lambda: absence.with_user(self.manager).write({"substitute_id": self.manager.id}))
        self.assertGuarded(lambda: absence.with_user(self.colleague).write({"date_to": self.today + timedelta(days=9)}))

    def test_nobody_moves_a_cover_to_the_own_customer(self):
        own = self.make_customer(1000, "Own", )
        own.user_id = self.manager
        cover = self.env["credit.cover"].with_user(self.manager).create({"profile_id": self.profile.id, "amount": 50})
        self.assertGuarded(lambda: cover.with_user(self.manager).write({"profile_id": self.profile_of(own).id}))

    def test_nobody_raises_the_own_authority(self):
        for vals in ({"is_unlimited": True}, {"amount_over_max": 101}, {"rating_ids": [Command.clear()]}):
            self.authority.sudo().rating_ids = self.rating
            self.assertGuarded(lambda vals=vals: self.authority.with_user(self.manager).write(vals))
        self.authority.with_user(self.manager).write({"amount_over_max": 90})
        self.authority.with_user(self.manager).write({"user_ids": [Command.link(self.seller.id)]})
        vals = {"name": "Mine", "user_ids": [Command.set(self.manager.ids)], "amount_over_max": 5}
        self.assertGuarded(lambda: self.env["credit.authority"].with_user(self.manager).create(vals))

    def test_nobody_leaves_an_authority_to_raise_it_alone_in_one_step(self):
        values = {"user_ids": [Command.unlink(self.manager.id)], "amount_over_max": 900000}
        self.assertGuarded(lambda: self.authority.with_user(self.manager).write(values))
        self.authority.with_user(self.manager).write({"user_ids": [Command.unlink(self.manager.id)]})
        self.assertNotIn(self.manager, self.authority.user_ids)

    def test_the_first_authority_takes_away_and_is_anybodys(self):
        self.env["credit.authority"].sudo().search([]).active = False
        vals = {"name": "Mine", "user_ids": [Command.set(self.manager.ids)], "amount_over_max": 5}
        self.assertTrue(self.env["credit.authority"].with_user(self.manager).create(vals))

    def test_over_is_compared_with_over_and_limits_with_limits(self):
        vals = {"name": "Seller", "user_ids": [[4, self.seller.id]], "amount_over_max": 10, "amount_limit_max": 10}
        self.make_change("credit.authority", vals).with_user(self.colleague).action_apply()
        authority = self.env["credit.authority"].search([("name", "=", "Seller")])
        change = self.make_change("credit.authority", {"amount_over_max": 5000}, record=authority)
        with self.assertRaisesRegex(UserError, "100.00.*5,000.00"), self.env.cr.savepoint():
            change.with_user(self.colleague).action_apply()
        self.make_change("credit.authority", {"amount_limit_max": 5000, "amount_over_max": 100},
                         record=authority).with_user(self.colleague).action_apply()
        self.assertEqual((authority.amount_over_max, authority.amount_limit_max), (100, 5000))


@tagged("post_install", "-at_install")
class TestWhere(WholeCommon):
    """The manager of another company neither sees nor decides what acts in this one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other", "currency_id": cls.company.currency_id.id})
        cls.stranger = cls.make_user("manager", login="stranger", company_id=cls.other.id)
        cls.env["credit.authority"].sudo().create(
            {"name": "Stranger", "user_ids": [Command.set(cls.stranger.ids)], "is_unlimited": True}
        )

    def test_what_is_new_acts_in_the_company_of_its_customer(self):
        change = self.make_change("credit.cover", {"profile_id": self.profile.id, "amount": 90})
        self.assertEqual(change.company_id, self.company)
        self.assertFalse(self.env["credit.change"].with_user(self.stranger).search([("id", "=", change.id)]))
        with self.assertRaises(UserError):
            change.with_user(self.stranger).action_apply()
        change.with_user(self.colleague).action_apply()

    def test_a_group_acts_where_its_members_are(self):
        self.profile.sudo().group_id = self.group
        self.company.sudo().credit_second_person = "told"
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.group.with_user(self.stranger).unlink()
        change = self.make_change("credit.group", {"amount_limit": 1100}, record=self.group)
        self.assertEqual(change.company_id, self.company)


@tagged("post_install", "-at_install")
class TestWhatIsSaid(WholeCommon):
    def test_a_rule_has_a_name_and_what_it_did_is_kept_when_it_goes(self):
        rule = self.policy.rule_ids
        name = f"{self.policy.name}: Limit exceeded"
        self.assertEqual(rule.display_name, name)
        change = self.ask(rule, {}, operation="unlink")
        self.assertEqual(change.record_name, name)
        self.assertIn("Order: Hold", change.summary)
        rule.sudo().unlink()
        domain = [("res_model", "=", "credit.policy.rule"), ("kind", "=", "change")]
        row = self.env["credit.log"].search(domain, limit=1)
        self.assertTrue(row.value_before.startswith(f"{name} ("))
        self.assertIn("Order: Hold", row.value_before)

    def test_what_has_changed_since_is_not_written_over(self):
        """20,000 were asked for when 1,000 stood there; 4,000 were granted meanwhile."""
        first = self.ask(self.rating, {"amount_limit": 2000})
        second = self.ask(self.rating, {"amount_limit": 4000})
        second.with_user(self.colleague).action_apply()
        with self.assertRaisesRegex(UserError, "Limit Amount is 4,000.00 now"):
            first.with_user(self.colleague).action_apply()
        first.with_user(self.colleague).action_reject()
        self.assertEqual(self.rating.amount_limit, 4000)

    def test_the_same_is_not_asked_for_twice_and_its_record_says_that_it_waits(self):
        self.ask(self.group, {"amount_limit": 4000})
        self.assertIn("asks a second person: Limit Amount: 1,000.00 → 4,000.00", self.group.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "has asked for this already"):
            self.ask(self.group, {"amount_limit": 4000}, user=self.colleague)
        self.assertEqual(self.ask(self.group, {"amount_limit": 3000}).state, "waiting")

    def test_yes_no_and_days_are_words(self):
        order = self.sold(400)
        self.assertIn("Not Checked: No → Yes", self.ask(order, {"credit_is_excluded": True}).summary)

    def test_the_first_authority_says_who_loses_theirs(self):
        self.env["credit.authority"].search([]).sudo().active = False
        form = Form(self.env["credit.authority"], view="credit_management.credit_authority_view_list")
        form.name = "Managers to 20,000"
        with self.assertLogs("odoo.tests.form", "WARNING") as said:
            form.user_ids.add(self.manager)
        self.assertIn(self.colleague.name, "".join(said.output))
