"""Tricks on the records of credit itself, also by those who work with them."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestTricksOnRecords(AdversaryCommon):
    def test_the_marks_of_a_hold_are_not_written_by_hand(self):
        order = self.make_held(self.poor, 1500, self.sneak).with_user(self.sneak)
        for values in (
            {"credit_hold_state": "released"}, {"credit_hold_state": False}, {"credit_hold_id": False},
        ):
            self.assertRefused(order.write, values)
        self.assertHeld(order)

    def test_the_marks_of_a_hold_are_not_created_by_hand(self):
        values = {"partner_id": self.poor.id, "order_line": [self.line(5000)], "credit_hold_state": "released"}
        self.assertRefused(self.env["sale.order"].with_user(self.sneak).create, values)

    def test_another_document_s_hold_or_release_helps_nobody(self):
        released = self.make_held(self.poor, 1500, self.sneak)
        self.release(released, self.controller, is_resumed=False)
        order = self.my_order(1500)
        self.attempt(order.write, {"credit_hold_id": self.hold_of(released).id, "credit_hold_state": "released"})
        self.assertRefused(order.action_confirm)

    def test_credit_records_are_not_for_salespeople(self):
        profile = self.profile_of(self.poor)
        order = self.make_held(self.poor, 1500, self.sneak)
        hold = self.hold_of(order)
        env = self.env(user=self.sneak)
        policy = self.env["credit.policy"].search([], limit=1)
        values = {
            "credit.release": {
                "profile_id": profile.id, "res_model": "sale.order", "res_id": order.id, "amount_max": 1e6,
                "reason_id": self.reason.id, "user_id": self.sneak.id, "date_until": "2099-01-01",
            },
            "credit.hold": {"profile_id": profile.id, "company_id": self.company.id, "res_model": "x", "res_id": 1},
            "credit.log": {"kind": "check", "company_ref": self.company.id, "verdict": "pass"},
            "credit.profile": {"partner_id": self.make_customer(name="Third").id, "limit_type": "unlimited"},
            "credit.policy": {"name": "Mine"},
            "credit.policy.rule": {"policy_id": policy.id, "criterion": "domain"},
            "credit.rating": {"name": "Best", "limit_type": "unlimited"},
            "credit.group": {"name": "Family", "limit_type": "unlimited"},
            "credit.reason": {"name": "Because"},
            "credit.dispute": {"move_id": 1, "amount": 1, "reason": "None"},
            "credit.limit.request": {"profile_id": profile.id, "reason": "I want", "amount": 1e6},
            "credit.hold.release": {"hold_ids": hold.ids, "reason_id": self.reason.id},
            "credit.snapshot": {"profile_id": profile.id, "company_id": self.company.id, "date": self.today},
        }
        for model, vals in values.items():
            with self.subTest(model):
                self.assertRefused(env[model].create, vals)
        for record, vals in (
            (profile, {"limit_type": "unlimited"}),
            (profile, {"is_excluded": True}),
            (hold, {"state": "released"}),
            (hold.decision_id, {"verdict": "pass"}),
            (self.env["credit.policy"].search([("state", "=", "on")], limit=1), {"state": "draft"}),
            (self.env["credit.policy.rule"].search([], limit=1), {"effect_order": "none"}),
        ):
            with self.subTest(str(record)):
                self.assertRefused(record.with_user(self.sneak).write, vals)
                self.assertRefused(record.with_user(self.sneak).unlink)

    def test_the_buttons_of_the_hold_are_not_for_salespeople(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        hold = self.hold_of(order).with_user(self.sneak)
        self.assertRefused(hold._release, self.reason, self.today)
        self.assertRefused(hold._reject, self.reason)
        self.attempt(hold.action_recheck)
        policy = self.env["credit.policy"].search([("state", "=", "on")], limit=1).with_user(self.sneak)
        self.assertRefused(policy.action_deactivate)
        self.assertHeld(order)

    def test_asking_for_the_release_of_what_is_free_is_refused(self):
        self.assertRefused(self.my_order(900).action_credit_request_release)

    def test_the_company_s_switches_are_not_for_salespeople(self):
        company = self.company.with_user(self.sneak)
        for values in ({"credit_count_orders": False}, {"credit_days_horizon": 1}):
            self.assertRefused(company.write, values)

    def test_the_policy_s_condition_cannot_run_code(self):
        rule = {"criterion": "domain", "domain": "[('id', '=', __import__('os').getpid())]"}
        self.assertRefused(self.make_policy, rule)

    def test_public_methods_of_the_gate_do_not_take_permissions_from_the_caller(self):
        names = [
            name for name in dir(type(self.env["sale.order"]))
            if "credit" in name and not name.startswith("_") and callable(getattr(type(self.env["sale.order"]), name))
        ]
        self.assertTrue(names)
        order = self.my_order(5000)
        for name in names:
            self.attempt(getattr(order, name))
        self.assertNotEqual(order.state, "sale")


@tagged("post_install", "-at_install")
class TestTricksOfControllersAndBillers(AdversaryCommon):
    def test_who_asked_cannot_be_rewritten(self):
        order = self.make_held(self.poor, 1500, self.controller)
        hold = self.hold_of(order).with_user(self.controller)
        for values in ({"requester_id": self.sneak.id}, {"salesperson_id": self.sneak.id}, {"amount": 1e6}):
            self.assertRefused(hold.write, values)
        self.assertRefused(self.release, order, self.controller)

    def test_a_colleague_who_asks_again_does_not_make_the_first_one_free(self):
        both = self.make_user("sales", "controller", login="both")
        order = self.make_held(self.poor, 1500, both)
        self.attempt(order.with_user(self.sneak).action_credit_request_release)
        self.attempt(self.confirm, order, self.sneak)
        self.assertRefused(self.release, order, both)

    def test_holds_and_releases_are_changed_by_their_buttons_only(self):
        order = self.make_held(self.poor, 1500, self.sneak)
        hold = self.hold_of(order).with_user(self.controller)
        self.assertRefused(hold.write, {"state": "released"})
        self.release(order, self.controller, is_resumed=False)
        release = hold.release_ids
        for values in ({"amount_max": 1e6}, {"date_until": "2099-01-01"}, {"state": "void"}, {"res_id": 1}):
            self.assertRefused(release.write, values)

    def test_a_submitted_request_is_not_changed_under_the_approver_s_eyes(self):
        user = self.make_user("credit_user")
        request = (
            self.env["credit.limit.request"]
            .with_user(user)
            .create({"profile_id": self.profile_of(self.poor).id, "amount": 1100, "reason": "A little more"})
        )
        request.action_submit()
        self.assertRefused(request.write, {"amount": 1e6})
        manager = self.make_user("manager")
        self.assertRefused(request.with_user(manager).write, {"amount": 1e6})

    def test_a_request_is_never_created_approved(self):
        user = self.make_user("credit_user")
        Request = self.env["credit.limit.request"].with_user(user).with_context(default_state="approved")
        request = Request.create(
            {
                "profile_id": self.profile_of(self.poor).id, "amount": 1e6, "reason": "More", "state": "approved",
                "requester_id": self.controller.id,
            }
        )
        self.assertEqual((request.state, request.requester_id), ("draft", user))
        for values in ({"state": "approved"}, {"requester_id": self.controller.id}):
            self.assertRefused(request.write, values)

    def test_what_a_request_was_decided_on_is_not_rewritten(self):
        user = self.make_user("credit_user")
        hold = self.hold_of(self.make_held(self.poor, 1500, self.sneak))
        request = self.env["credit.limit.request"].with_user(user).create(
            {
                "profile_id": self.profile_of(self.poor).id, "amount": 1100, "reason": "A little more",
                "amount_company": 1.0, "limit_type_before": "unlimited",
            }
        )
        self.assertEqual((request.amount_company, request.limit_type_before), (1100, False))
        request.action_submit()
        self.assertRefused(request.write, {"amount_company": 1.0})
        request.with_user(self.make_user("manager")).action_approve()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        for values in (
            {"limit_type_before": "unlimited"}, {"amount_company": 1.0}, {"hold_id": hold.id},
            {"company_id": other.id}, {"amount_before": 1e6},
        ):
            with self.subTest(str(values)):
                self.assertRefused(request.write, values)
        self.assertEqual((request.limit_type_before, request.amount_company), ("amount", 1100))

    def test_the_evidence_of_a_decided_request_stays(self):
        user = self.make_user("credit_user")
        request = self.env["credit.limit.request"].with_user(user).create(
            {"profile_id": self.profile_of(self.poor).id, "amount": 1100, "reason": "A little more"}
        )
        values = {"name": "balance.txt", "raw": b"a good one", "res_model": request._name, "res_id": request.id}
        first, evidence = self.env["ir.attachment"].with_user(user).create([values, values])
        first.unlink()  # it is still a draft
        request.action_submit()
        request.with_user(self.make_user("manager")).action_approve()
        self.assertRefused(evidence.unlink)
        self.assertRefused(evidence.write, {"raw": b"a better one"})
        create = self.env["ir.attachment"].with_user(user).create
        self.assertRefused(create, [values])
        self.assertRefused(self.env["ir.attachment"].with_user(user).with_context(
            default_res_model=request._name, default_res_id=request.id).create, {"name": "later.txt", "raw": b"x"})
        elsewhere = create({"name": "later.txt", "raw": b"x"})
        self.assertRefused(elsewhere.write, {"res_model": request._name, "res_id": request.id})
        self.assertEqual(evidence.raw, b"a good one")

    def test_messages_of_a_file_are_not_rewritten_or_deleted(self):
        profile = self.profile_of(self.poor).with_user(self.controller)
        profile._set_account_status("stop", "Insolvent", None)
        said = profile.message_post(body="I have seen the balance sheet", message_type="comment")
        for values in ({"body": "Nothing"}, {"res_id": profile.id + 1}, {"author_id": self.poor.id}):
            self.assertRefused(said.write, values)
        self.assertRefused(said.unlink)
        self.assertRefused(profile._message_update_content, said, body="Nothing")
        self.assertIn("balance sheet", said.body)

    def test_messages_of_a_file_are_their_writer_s_and_of_now(self):
        """A penetration test made the manager say, a year ago, that all was well."""
        manager = self.make_user("manager").partner_id
        forged = {"author_id": manager.id, "email_from": manager.email_formatted, "date": "2025-01-01 08:00:00"}
        hold = self.hold_of(self.make_held(self.poor, 1500, self.sneak))
        for record in (hold, self.profile_of(self.poor)):
            values = {"body": "I approve", "message_type": "comment"}
            place = {"model": record._name, "res_id": record.id}
            Message = self.env["mail.message"].with_user(self.controller)
            defaults = {f"default_{name}": value for name, value in {**place, **forged}.items()}
            for said in (
                Message.create({**values, **place, **forged}),
                Message.with_context(**defaults).create({**values}),
                record.with_user(self.controller).message_post(**values, **forged),
            ):
                self.assertEqual(said.sudo().author_id, self.controller.partner_id)
                self.assertEqual(said.sudo().email_from, self.controller.partner_id.email_formatted)
                self.assertGreater(said.date, fields.Datetime.now() - timedelta(minutes=1))

    def test_a_message_does_not_move_to_a_file(self):
        """On the customer, core lets anybody write in another's name."""
        values = {"body": "I approve", "model": "res.partner", "res_id": self.poor.id, "date": "2025-01-01 08:00:00"}
        said = self.env["mail.message"].with_user(self.controller).create({**values, "author_id": self.rich.id})
        profile = self.profile_of(self.poor)
        self.assertRefused(said.write, {"model": profile._name, "res_id": profile.id})

    def test_the_reason_of_a_status_is_no_markup_in_a_task(self):
        reason = "<b>See</b> <a href='https://evil.example'>here</a>"
        self.profile_of(self.poor)._set_account_status("stop", reason, None)
        self.make_policy("account_status", sequence=0)
        order = self.make_held(self.poor, 10, self.sneak, user_id=self.sneak.id)
        self.hold_of(order).with_user(self.controller)._ask_salespeople("<i>When?</i>")
        note = order.sudo().activity_ids.filtered(lambda task: task.user_id == self.sneak).note
        self.assertIn("&lt;b&gt;See", note)
        self.assertIn("&lt;i&gt;When?", note)
        self.assertNotIn("<a", note)

    def test_an_order_s_invoice_sent_to_another_customer_is_checked(self):
        biller = self.make_user("biller", "sales", login="biller-sales")
        order = self.my_confirmed(5000, self.rich)
        invoice = self.bill(order, post=False).with_user(biller)
        self.assertRefused(invoice.write, {"partner_id": self.poor.id})
        invoice.sudo().partner_id = self.poor
        self.assertRefused(invoice.action_post)

    def test_a_line_that_borrows_another_customer_s_order_is_checked(self):
        biller = self.make_user("biller", "sales", login="biller-sales")
        order = self.my_confirmed(5000, self.rich)
        invoice = self.make_invoice(self.poor, 5000, post=False).with_user(biller)
        self.attempt(invoice.invoice_line_ids.write, {"sale_line_ids": [Command.set(order.order_line.ids)]})
        self.assertRefused(invoice.action_post)

    def test_a_made_up_total_on_an_invoice(self):
        biller = self.make_user("biller", login="biller")
        invoice = self.make_invoice(self.poor, 5000, post=False).with_user(biller)
        for values in ({"amount_total_signed": 1.0}, {"amount_total": 0.0}, {"amount_total": False}):
            self.attempt(invoice.write, values)
            self.attempt(invoice.action_post)
        self.assertEqual(invoice.state, "draft")

    def test_a_negative_credit_note_is_no_invoice(self):
        biller = self.make_user("biller", login="biller")
        refund = self.make_refund(self.poor, -5000, post=False).with_user(biller)
        self.assertRefused(refund.action_post)
