"""Who asks for a limit is told who decides; who decides sees what the customer has, owes and pays, now and later."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import CreditCommon


class AskedCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.make_policy("limit_exceeded")
        cls.asker = cls.make_user("credit_user")
        cls.manager = cls.make_user("manager", name="Max")
        cls.company.credit_controller_id = cls.manager

    def ask(self, **values):
        values = {"profile_id": self.profile.id, "reason": "They grow", "amount": 1500, **values}
        return self.env["credit.limit.request"].with_user(self.asker).create(values)


@tagged("post_install", "-at_install")
class TestSubmitting(AskedCommon):
    def test_the_dialog_of_a_hold_submits_and_names_who_was_asked(self):
        order = self.make_held(self.customer, 1500)
        hold = self.hold_of(order).with_user(self.asker)
        action = hold.action_request_limit()
        with Form(self.env["credit.limit.request"].with_user(self.asker).with_context(**action["context"]),
                  view=action["views"][0][0]) as form:
            self.assertEqual((form.amount, form.amount_present), (1500, 1000))
            form.reason = "A good year"
        request = form.record
        told = request.action_submit()["params"]
        self.assertEqual((told["type"], told["message"]), ("success", "Max was asked to decide."))
        self.assertEqual((request.state, request.decider_id, request.hold_id), ("submitted", self.manager, hold))
        self.assertEqual(hold.limit_request_id, request)
        self.assertIn("A limit was requested", hold.message_ids[0].body)
        self.assertTrue(order.credit_panel["hold"]["limit"])
        with self.assertRaisesRegex(UserError, "requested .* already"):
            hold.action_request_limit()

    def test_the_line_on_the_hold_goes_with_the_decision(self):
        hold = self.hold_of(self.make_held(self.customer, 1500))
        request = self.ask(hold_id=hold.id)
        self.assertFalse(hold.limit_request_id)  # a draft: nobody was asked
        request.action_submit()
        self.assertEqual(hold.limit_request_id, request)
        request.with_user(self.manager).action_reject()
        hold.invalidate_recordset()
        self.assertFalse(hold.limit_request_id)

    def test_who_can_ask_nobody_is_told(self):
        self.company.credit_controller_id = False
        managers = self.env.ref("credit_management.group_credit_manager")
        self.env["credit.authority"].create(
            {"name": "None", "user_ids": managers.all_user_ids.ids, "amount_limit_max": 1, "amount_over_max": 1}
        )
        told = self.ask().action_submit()["params"]
        self.assertEqual(told["type"], "warning")

    def test_evidence_attached_in_the_dialog_belongs_to_the_request_and_stays(self):
        file = self.env["ir.attachment"].with_user(self.asker).create({"name": "Accounts.pdf", "raw": b"1"})
        request = self.ask(attachment_ids=[Command.set(file.ids)])
        self.assertEqual((file.res_model, file.res_id), ("credit.limit.request", request.id))
        request.action_submit()
        request.with_user(self.manager).action_approve()
        with self.assertRaises(AccessError):
            file.unlink()

    def file_of_customer(self):
        return self.env["ir.attachment"].create(
            {"name": "Other.pdf", "raw": b"1", "res_model": "res.partner", "res_id": self.customer.id}
        )

    def test_of_what_belongs_to_another_record_a_copy_is_kept(self):
        file = self.file_of_customer()
        request = self.ask(attachment_ids=[Command.set(file.ids)])
        self.assertEqual(file.res_model, "res.partner")
        kept = request.attachment_ids
        self.assertEqual((kept.res_model, kept.res_id, kept.name, kept.raw),
                         ("credit.limit.request", request.id, "Other.pdf", b"1"))
        request.action_submit()
        request.with_user(self.manager).action_approve()
        file.with_user(self.asker).raw = b"2"
        file.with_user(self.asker).unlink()
        self.assertEqual(request.attachment_ids.raw, b"1")

    def test_a_file_of_another_record_that_a_decided_request_names_stays(self):
        file, request = self.file_of_customer(), self.ask()
        # named before copies were made
        self.env.cr.execute(
            "INSERT INTO credit_limit_request_ir_attachment_rel VALUES (%s, %s)", (request.id, file.id)
        )
        self.env.invalidate_all()
        file.with_user(self.asker).raw = b"2"
        request.action_submit()
        request.with_user(self.manager).action_reject()
        for step in (lambda own: own.write({"raw": b"3"}), lambda own: own.unlink()):
            with self.assertRaisesRegex(AccessError, "evidence of a decision"), self.env.cr.savepoint():
                step(file.with_user(self.asker))


@tagged("post_install", "-at_install")
class TestBriefing(AskedCommon):
    """1,000 now, 1,500 asked; two invoices of 300 and 200, the second 40 days late."""

    def setUp(self):
        super().setUp()
        self.make_invoice(self.customer, 300)
        self.make_invoice(self.customer, 200, days_overdue=40)
        self.make_refund(self.customer, 50)

    def see(self, request):
        request = request.with_user(self.manager)
        request.invalidate_recordset()
        return request

    def test_the_present_limit_and_the_change_are_seen_before_the_decision(self):
        request = self.see(self.ask())
        self.assertEqual((request.limit_state, request.amount_present, request.amount_asked), ("amount", 1000, 1500))
        self.assertEqual(request.percent_change, 50)

    def test_an_increase_is_added_to_what_is_there(self):
        days = {"date_from": self.today, "date_to": self.today + timedelta(days=5)}
        request = self.see(self.ask(kind="increment", amount=200, **days))
        self.assertEqual((request.amount_present, request.amount_asked, request.percent_change), (1000, 1200, 20))

    def test_no_limit_is_not_zero_and_a_rating_s_limit_is_one(self):
        self.profile.sudo().write({"limit_type": "none", "amount_limit": 0})
        request = self.ask()
        self.assertEqual((self.see(request).limit_state, request.percent_change), ("none", 0))
        rating = self.env["credit.rating"].create({"name": "R", "limit_type": "amount", "amount_limit": 300})
        self.profile.sudo().rating_id = rating
        self.assertEqual((self.see(request).limit_state, request.amount_present), ("amount", 300))

    def test_what_is_known_of_the_customer(self):
        self.env["credit.promise"].create(
            {"profile_id": self.profile.id, "amount": 150, "date_promised": self.today + timedelta(days=3)}
        )
        earlier = self.ask(amount=1100)
        earlier.action_submit()
        request = self.see(self.ask())
        self.assertEqual((request.amount_now, request.amount_overdue, request.days_overdue_max), (450, 150, 40))
        self.assertEqual((request.amount_sales, request.amount_highest), (450, 450))
        self.assertEqual((request.amount_promised, request.has_payment_index), (150, False))
        self.assertEqual(request.earlier_request_ids, earlier)

    def test_the_highest_balance_is_of_a_year_of_days(self):
        Snapshot = self.env["credit.snapshot"].sudo()
        for days, amount in ((10, 800), (300, 900), (400, 5000)):
            day = self.today - timedelta(days=days)
            values = {"profile_id": self.profile.id, "company_id": self.company.id, "date": day}
            Snapshot.create({**values, "amount_exposure": amount})
        self.assertEqual(self.see(self.ask()).amount_highest, 900)

    def test_sales_are_those_of_twelve_months(self):
        self.make_invoice(self.customer, 100, days_overdue=366)
        self.make_invoice(self.customer, 1, post=False)
        self.assertEqual(self.see(self.ask()).amount_sales, 450)

    def test_what_was_seen_stays_after_the_decision(self):
        request = self.ask()
        request.action_submit()
        request.with_user(self.manager).action_approve()
        self.make_invoice(self.customer, 400)
        self.set_limit(self.customer, 7000)
        request = self.see(request)
        self.assertEqual((request.amount_present, request.percent_change, request.amount_now), (1000, 50, 450))

    def test_a_list_of_requests_costs_the_same_however_many_there_are(self):
        requests = self.env["credit.limit.request"]
        for number in range(6):
            profile = self.profile_of(self.make_customer(100 * number, name=f"Customer {number}"))
            requests += self.ask(profile_id=profile.id)
        names = ("amount_present", "amount_asked", "percent_change", "amount_overdue", "rating_id")

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.web_read({name: {} for name in names})
            return self.env.cr.sql_log_count - before

        count(requests)
        self.assertEqual(count(requests), count(requests[:2]))
