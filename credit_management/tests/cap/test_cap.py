"""A customer's own caps: asked for by a request, given by somebody else, stopped at, and said with the numbers."""

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import CreditCommon


class CapCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.make_policy("limit_exceeded", "own_cap")
        cls.asker = cls.make_user("credit_user")
        cls.manager = cls.make_user("manager")

    def cap(self, subject, bound, profile=None):
        name = "amount" if subject == "document" else "percent"
        return self.env["credit.cap"].sudo().create(
            {"profile_id": (profile or self.profile).id, "subject": subject, name: bound}
        )

    def ask(self, **values):
        values = {"profile_id": self.profile.id, "kind": "cap", "reason": "They order in bulk", **values}
        request = self.env["credit.limit.request"].with_user(self.asker).create(values)
        request.action_submit()
        return request

    def caps(self):
        return {cap.subject: cap._get_most() for cap in self.profile.cap_ids}


@tagged("post_install", "-at_install")
class TestStopped(CapCommon):
    def test_an_order_above_the_cap_waits_and_says_by_how_much_and_what_helps(self):
        self.cap("document", 300)
        self.assertConfirmed(self.make_confirmed(self.customer, 300))
        order = self.make_held(self.customer, 300.01)
        self.assertEqual(
            order.credit_hold_reason.replace("\xa0", " "),
            "A Single Document: $ 300.01 for the customer's own cap of $ 300.00 (over by $ 0.01).",
        )
        self.assertEqual(self.hold_of(order).reason_tags, [{"name": "Own cap", "effect": "hold"}])
        self.assertEqual(
            [cure.replace("\xa0", " ") for cure in order.credit_panel["cures"]],
            ["A document smaller by $ 0.01, or a higher cap of the customer.", "A release by a credit controller."],
        )

    def test_open_orders_may_be_a_share_of_the_limit_that_applies_today(self):
        self.cap("orders", 40)
        self.assertConfirmed(self.make_confirmed(self.customer, 250))
        order = self.make_held(self.customer, 200)
        self.assertIn(
            "Open orders, at most 40.0 % of the limit: $ 450.00 for the customer's own cap of $ 400.00 (over by "
            "$ 50.00).", order.credit_hold_reason.replace("\xa0", " "),
        )
        self.set_limit(self.customer, 1125)  # 40 % are 450
        self.commit()
        self.assertConfirmed(order)

    def test_what_is_invoiced_is_no_open_order_any_more(self):
        self.cap("orders", 40)
        first = self.make_confirmed(self.customer, 400)
        order = self.make_held(self.customer, 400)
        self.bill(first)
        self.commit()
        self.assertConfirmed(order)

    def test_a_confirmed_order_does_not_grow_beyond_the_cap(self):
        self.cap("document", 300)
        order = self.make_confirmed(self.customer, 300)
        with self.assertRaisesRegex(UserError, "own cap of"), self.env.cr.savepoint():
            order.order_line.price_unit = 301

    def test_an_invoice_of_no_order_is_a_document_too_and_one_of_an_order_was_looked_at(self):
        self.cap("document", 300)
        order = self.make_confirmed(self.customer, 300)
        self.profile.cap_ids.amount = 200
        self.assertEqual(self.bill(order).state, "posted")
        invoice = self.make_invoice(self.customer, 201, post=False)
        with self.assertRaisesRegex(UserError, "own cap of"):
            invoice.action_post()

    def test_without_a_rule_nothing_looks_at_caps_and_the_file_says_so(self):
        other = self.make_customer(1000, name="Other")
        profile = self.profile_of(other)
        self.assertFalse(profile.is_cap_idle)
        self.cap("document", 10, profile)
        self.assertFalse(profile.is_cap_idle)
        self.make_policy("limit_exceeded", sequence=0)
        profile.invalidate_recordset()
        self.assertTrue(profile.is_cap_idle)
        self.assertConfirmed(self.make_confirmed(other, 11))

    def test_a_lifted_cap_frees_what_waits(self):
        cap = self.cap("document", 300)
        order = self.make_held(self.customer, 400)
        cap.unlink()
        self.commit()
        self.assertConfirmed(order)

    def test_of_two_files_that_become_one_the_lower_caps_stay(self):
        other = self.make_customer(1000, name="Other")
        for profile, amount, percent in ((self.profile, 300, 40), (self.profile_of(other), 200, 60)):
            self.cap("document", amount, profile)
            self.cap("orders", percent, profile)
        self.cap("not_due", 50, self.profile_of(other))
        self.env["credit.profile"].sudo()._merge_into(other, self.customer)
        found = {cap.subject: (cap.amount, cap.percent) for cap in self.profile.cap_ids}
        self.assertEqual(found, {"document": (200, 0), "orders": (0, 40), "not_due": (0, 50)})


@tagged("post_install", "-at_install")
class TestAsked(CapCommon):
    def test_the_dialog_of_the_file_asks_for_a_cap_and_somebody_else_gives_it(self):
        action = self.profile.with_user(self.asker).action_request_cap()
        Request = self.env["credit.limit.request"].with_user(self.asker).with_context(**action["context"])
        with Form(Request, view=action["views"][0][0]) as form:
            self.assertEqual((form.kind, form.cap_subject, form.cap_present), ("cap", "document", "None"))
            form.amount = 300
            form.reason = "Large orders wait for the bank's information"
        request = form.record
        self.assertEqual(request.display_name.replace("\xa0", " "), "Customer: Own cap (A Single Document: $ 300.00)")
        request.action_submit()
        self.assertEqual(self.caps(), {})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            request.with_user(self.asker).action_approve()
        request.with_user(self.manager).action_approve()
        self.assertEqual(self.caps(), {"document": 300})
        self.assertEqual((self.profile.amount_limit, request.amount_present, request.amount_asked), (1000, 0, 300))

    def test_a_share_of_the_limit_is_raised_and_then_lifted(self):
        self.cap("orders", 40)
        request = self.ask(cap_subject="orders", cap_percent=60)
        self.assertEqual((request.amount_present, request.amount_asked, request.percent_change), (400, 600, 50))
        request.with_user(self.manager).action_approve()
        self.assertEqual(self.caps(), {"orders": 600})
        lifting = self.ask(cap_subject="orders", is_cap_lifted=True)
        self.assertEqual(lifting.display_name, "Customer: Own cap (Open orders: no cap)")
        lifting.with_user(self.manager).action_approve()
        self.assertEqual(self.caps(), {})
        self.set_limit(self.customer, 500)
        self.assertEqual((request.amount_present, request.amount_asked), (400, 600))  # as it was decided

    def test_nobody_gives_an_own_request_nor_beyond_the_authority(self):
        own = self.env["credit.limit.request"].with_user(self.manager).create(
            {"profile_id": self.profile.id, "kind": "cap", "amount": 100, "reason": "Mine"}
        )
        own.action_submit()
        with self.assertRaisesRegex(UserError, "somebody else"), self.env.cr.savepoint():
            own.action_approve()
        self.env["credit.authority"].create({"name": "Small", "user_ids": self.manager.ids, "amount_limit_max": 500})
        for values in ({"amount": 501}, {"is_cap_lifted": True}):
            with self.assertRaisesRegex(UserError, "authority"), self.env.cr.savepoint():
                self.ask(**values).with_user(self.manager).action_approve()
        self.ask(amount=500).with_user(self.manager).action_approve()
        self.assertEqual(self.caps(), {"document": 500})

    def test_a_foreign_amount_is_kept_at_the_rate_of_the_day(self):
        euro = self.setup_other_currency("EUR", rates=[(self.today, 2.0)])
        self.ask(amount=600, currency_id=euro.id).with_user(self.manager).action_approve()
        self.assertEqual(self.caps(), {"document": 300})

    def test_what_can_be_no_cap_is_refused(self):
        for values, why in (
            ({"amount": 0}, "above zero"),
            ({"cap_subject": "orders", "cap_percent": 101}, "0 to 100 percent"),
            ({"cap_subject": "orders", "cap_percent": -1}, "0 to 100 percent"),
            ({"cap_subject": False}, "Choose what"),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, why), self.env.cr.savepoint():
                self.ask(**values)

    def test_a_cap_is_no_temporary_limit(self):
        request = self.ask(amount=300)
        request.with_user(self.manager).action_approve()
        self.assertEqual(self.profile.amount_limit_effective, 1000)
        self.assertFalse(self.ask(amount=200)._get_temporary())


@tagged("post_install", "-at_install")
class TestOnTheLimit(CapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["credit.cap"].sudo().create({"profile_id": cls.profile.id, "subject": "limit", "amount": 50_000})
        cls.rating = cls.env["credit.rating"].create({"name": "B", "limit_type": "amount", "amount_limit": 40_000})
        cls.profile.write({"rating_id": cls.rating.id, "amount_limit": 45_000})

    def test_what_is_above_it_is_not_approved_and_can_be_rejected(self):
        request = self.ask(kind="permanent", amount=50_000.01).with_user(self.manager)
        with self.assertRaisesRegex(UserError, "has a cap of"), self.env.cr.savepoint():
            request.action_approve()
        request.action_reject()
        self.assertEqual((request.state, self.profile.amount_limit), ("rejected", 45_000))

    def test_the_ratings_limit_is_compared_where_it_is_asked_for(self):
        request = self.ask(kind="permanent", limit_type="none").with_user(self.manager)
        self.rating.amount_limit = 50_001
        with self.assertRaisesRegex(UserError, r"leads to \D*50,001\.00"), self.env.cr.savepoint():
            request.action_approve()
        self.rating.amount_limit = 40_000
        request.action_approve()
        self.assertEqual(self.profile.limit_type, "none")
        self.rating.limit_type = "unlimited"
        with self.assertRaisesRegex(UserError, "leads to any amount"), self.env.cr.savepoint():
            self.ask(kind="permanent", limit_type="none").with_user(self.manager).action_approve()

    def test_a_change_of_the_limit_does_not_pass_it_either(self):
        self.company.credit_second_person = "required"
        asked = [{"amount_limit": 50_001}, {"limit_type": "unlimited"}, {"amount_limit": 50_000}]
        changes = [
            self.env["credit.change"].with_user(self.make_user("manager", login=f"asker-{number}")).create(
                {"res_model": "credit.profile", "res_id": self.profile.id, "values": json.dumps(values), "reason": "X"}
            ).with_user(self.manager)
            for number, values in enumerate(asked)
        ]
        for change in changes[:2]:
            with self.assertRaisesRegex(UserError, "has a cap of"), self.env.cr.savepoint():
                change.action_apply()
        changes[0].action_reject()
        changes[2].action_apply()
        self.assertEqual(self.profile.amount_limit, 50_000)
