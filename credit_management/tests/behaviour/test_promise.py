"""Promises to pay: kept, broken, withdrawn, and what they do to orders."""

from datetime import date, timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.addons.credit_management.engine.policy import Asks
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import new_test_user

from ..common import CreditCommon


class PromiseCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("unlimited")

    @classmethod
    def make_promise(cls, amount, due_in, given=30, customer=None, **values):
        """Note a promise that was given ``given`` days ago and is due in so many days from today."""
        return cls.env["credit.promise"].create(
            {
                "profile_id": cls.profile_of(customer or cls.customer).id,
                "amount": amount,
                "date_noted": cls.today - timedelta(days=given),
                "date_promised": cls.today + timedelta(days=due_in),
                **values,
            }
        )

    def receive_ago(self, days, amount, partner=None, **values):
        return self.receive(partner or self.customer, amount, date=self.today - timedelta(days=days), **values)

    def assertState(self, promise, state, missing=None):  # noqa: N802
        promise.invalidate_recordset()
        self.assertEqual(promise.state, state)
        if missing is not None:
            self.assertEqual(promise.amount_missing, missing)


@tagged("post_install", "-at_install")
class TestKeptOrBroken(PromiseCommon):
    def test_a_promise_is_open_on_its_day_and_broken_the_day_after(self):
        self.assertState(self.make_promise(100, 0), "open", 100.0)
        self.assertState(self.make_promise(100, -1), "broken", 100.0)

    def test_the_grace_of_the_company_moves_the_day(self):
        promise = self.make_promise(100, -3)
        self.company.credit_days_promise_grace = 3
        self.assertState(promise, "open")
        self.company.credit_days_promise_grace = 2
        self.assertState(promise, "broken")

    def test_a_payment_keeps_it_to_the_cent(self):
        promise = self.make_promise(100, -1)
        self.receive_ago(5, 99.99)
        self.assertState(promise, "broken", 0.01)
        self.receive_ago(0, 0.01)
        self.assertState(promise, "kept", 0.0)

    def test_payments_before_it_was_given_do_not_count(self):
        self.receive_ago(31, 100)
        promise = self.make_promise(100, -1, given=30)
        self.assertState(promise, "broken", 100.0)
        self.receive_ago(30, 100)
        self.assertState(promise, "kept")

    def test_a_payment_of_a_contact_counts_and_one_of_another_customer_does_not(self):
        promise = self.make_promise(100, -1)
        self.receive_ago(2, 100, self.make_customer(name="Somebody else"))
        self.assertState(promise, "broken")
        self.receive_ago(2, 100, self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id}))
        self.assertState(promise, "kept")

    def test_a_payment_that_is_taken_back_breaks_it_again(self):
        promise = self.make_promise(100, -1)
        payment = self.receive_ago(2, 100)
        self.assertState(promise, "kept")
        payment.action_draft()
        self.assertState(promise, "broken")

    def test_two_instalments_are_not_kept_by_the_same_money(self):
        second = self.make_promise(500, -1)
        first = self.make_promise(500, -10)
        self.receive_ago(12, 500)
        self.assertState(first, "kept", 0.0)
        self.assertState(second, "broken", 500.0)
        self.receive_ago(2, 200)
        self.assertState(second, "broken", 300.0)
        self.receive_ago(1, 300)
        self.assertState(second, "kept", 0.0)

    def test_an_instalment_that_was_promised_later_waits_for_the_earlier_one(self):
        first = self.make_promise(500, -5, given=30)
        second = self.make_promise(500, -1, given=20)
        self.receive_ago(10, 500)
        self.assertState(first, "kept")
        self.assertState(second, "broken", 500.0)

    def test_money_for_a_new_promise_is_not_taken_by_one_that_was_broken_before(self):
        old = self.make_promise(500, -20, given=30)
        new = self.make_promise(500, -1, given=10)
        self.receive_ago(5, 500)
        self.assertState(new, "kept")
        self.assertState(old, "kept")  # late, but the money is there

    def test_the_invoices_it_is_about_may_be_settled_by_a_credit_note(self):
        invoices = self.make_invoice(self.customer, 60) + self.make_invoice(self.customer, 40)
        promise = self.make_promise(100, -1, invoice_ids=[Command.set(invoices.ids)])
        self.pay(invoices[0])
        self.assertState(promise, "broken", 40.0)
        refund = self.make_refund(self.customer, 40)
        (refund + invoices[1]).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.assertState(promise, "kept", 0.0)

    def test_a_promise_in_another_currency_is_kept_in_that_currency(self):
        foreign = self.setup_other_currency("HRK", rates=[("2016-01-01", 2.0)])
        promise = self.make_promise(200, -1, currency_id=foreign.id)
        self.assertEqual(promise.amount_company, 100.0)
        self.receive_ago(3, 150, currency_id=foreign.id)
        self.assertState(promise, "broken", 50.0)
        self.receive_ago(2, 25)  # 25 of the company's currency are 50
        self.assertState(promise, "kept", 0.0)

    def test_promises_are_searched_and_grouped_by_their_status(self):
        broken, opened = self.make_promise(100, -1), self.make_promise(70, 5)
        own = [("profile_id", "=", self.profile_of(self.customer).id)]
        Promise = self.env["credit.promise"]
        self.assertEqual(Promise.search([*own, ("state", "=", "broken")]), broken)
        self.assertEqual(Promise.search([*own, ("state", "!=", "broken")]), opened)
        self.assertEqual(Promise.search([*own, ("amount_missing", ">", 70)]), broken)
        self.assertEqual(
            Promise._read_group(own, ["state"], ["amount:sum"]), [("broken", 100.0), ("open", 70.0)]
        )
        profiles = self.env["credit.profile"].search([("promise_ids.state", "=", "broken")])
        self.assertIn(self.profile_of(self.customer), profiles)


@tagged("post_install", "-at_install")
class TestPromisesAndOrders(PromiseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.make_policy({"criterion": "broken_promise", "days_grace": 2, "amount_tolerance": 1})

    def test_an_order_is_held_after_the_grace_of_the_rule(self):
        self.make_promise(100, -2)
        self.assertConfirmed(self.make_confirmed(self.customer, 10))
        self.make_promise(50, -3)
        order = self.make_held(self.customer, 10)
        self.assertIn(
            "50.00 is missing of broken promises (1); the oldest was due 3 days ago.",
            order.credit_hold_reason.replace("$\xa0", ""),
        )

    def test_what_is_missing_within_the_tolerance_is_forgiven(self):
        self.make_promise(100, -9)
        self.receive_ago(1, 99)
        self.assertConfirmed(self.make_confirmed(self.customer, 10))

    def test_a_payment_frees_the_order_in_the_same_transaction(self):
        self.make_promise(100, -9)
        order = self.make_held(self.customer, 10)
        self.receive(self.customer, 98.99)
        self.commit()
        self.assertHeld(order)
        self.receive(self.customer, 0.01)
        self.commit()
        self.assertConfirmed(order)

    def test_a_payment_that_has_no_entry_yet_frees_too(self):
        promise = self.make_promise(100, -9)
        order = self.make_held(self.customer, 10)
        payment = self.receive(self.customer, 0.01).copy({"amount": 100, "date": self.today})
        payment.outstanding_account_id = False
        self.commit()
        payment.action_post()
        self.assertFalse(payment.move_id)
        self.commit()
        self.assertConfirmed(order)
        self.assertState(promise, "kept")

    def test_a_promise_that_is_withdrawn_with_a_reason_frees_the_order(self):
        promise = self.make_promise(100, -9)
        order = self.make_held(self.customer, 10)
        self.commit()
        wizard = self.env["credit.promise.withdraw"].with_user(self.make_user("controller"))
        wizard.create({"promise_ids": promise.ids, "reason": "Noted for the wrong customer"}).action_apply()
        self.commit()
        self.assertConfirmed(order)
        self.assertState(promise, "withdrawn", 0.0)
        self.assertEqual(promise.withdrawn_reason, "Noted for the wrong customer")

    def test_the_list_begins_with_those_of_the_last_30_days(self):
        old, lately, to_come = (self.make_promise(100, days, given=60) for days in (-31, -30, 20))
        current = self.env["credit.promise"].search([("is_current", "=", True), ("profile_id", "=", old.profile_id.id)])
        self.assertEqual(current, lately | to_come)
        self.assertEqual([promise.is_current for promise in (old, lately, to_come)], [False, True, True])

    def test_open_ones_are_found_whatever_is_promised_elsewhere(self):
        missed, running = self.make_promise(100, -9), self.make_promise(50, 5)
        other = self.make_promise(70, 3, customer=self.make_customer())
        mine = [("id", "in", (missed | running | other).ids)]
        found = self.env["credit.promise"].search([("state", "=", "open"), *mine])
        self.assertEqual(found, running | other)

    def test_a_foreign_promise_is_held_for_in_company_currency(self):
        foreign = self.setup_other_currency("HRK", rates=[("2016-01-01", 2.0)])
        self.make_promise(200, -9, currency_id=foreign.id)
        profile = self.profile_of(self.customer)
        self.assertFalse(profile._get_facts(self.today, ())[profile.id].promises_broken, "no rule asks for them")
        facts = profile._get_facts(self.today, [Asks("promises_broken")])[profile.id]
        self.assertEqual([(p.days, p.amount) for p in facts.promises_broken], [(9, 100.0)])


@tagged("post_install", "-at_install")
class TestWhoWritesPromises(PromiseCommon):
    def test_a_credit_user_notes_a_promise_under_its_own_name_and_no_more(self):
        user = self.make_user("credit_user")
        promise = self.env["credit.promise"].with_user(user).create(
            {
                "profile_id": self.profile_of(self.customer).id, "amount": 100, "date_promised": self.today,
                "user_id": self.env.user.id,
            }
        )
        self.assertEqual(promise.user_id, user)
        self.assertEqual(promise.state, "open")
        with self.assertRaises(AccessError):
            promise._withdraw("No")
        with self.assertRaises(AccessError):
            promise.write({"note": "No"})
        with self.assertRaises(AccessError):
            self.env["credit.promise.withdraw"].with_user(user).create({"promise_ids": promise.ids, "reason": "No"})

    def test_a_salesperson_neither_sees_nor_notes_promises(self):
        promise = self.make_promise(100, 5).with_user(self.make_user("sales"))
        with self.assertRaises(AccessError):
            promise.read(["amount"])
        with self.assertRaises(AccessError):
            promise.create({"profile_id": self.profile_of(self.customer).id, "amount": 1, "date_promised": self.today})

    def test_what_was_promised_is_not_rewritten(self):
        promise = self.make_promise(100, -1).with_user(self.make_user("controller"))
        for values in (
            {"amount": 1}, {"date_promised": self.today}, {"is_withdrawn": True}, {"withdrawn_reason": "x"},
            {"date_noted": self.today - timedelta(days=99)}, {"invoice_ids": [Command.clear()]},
        ):
            with self.assertRaisesRegex(UserError, "Withdraw the promise and note a new one"):
                promise.write(values)
        promise.note = "The bookkeeper said so"
        with self.assertRaises(AccessError):
            promise.unlink()

    def test_a_promise_is_withdrawn_once(self):
        promise = self.make_promise(100, -1).with_user(self.make_user("controller"))
        promise._withdraw("Mistake")
        with self.assertRaisesRegex(UserError, "withdrawn already"):
            promise._withdraw("Mistake")

    def test_nobody_creates_a_promise_that_is_withdrawn(self):
        with self.assertRaises(AccessError):
            self.make_promise(100, -1, is_withdrawn=True)

    def test_promises_of_other_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        promise = self.make_promise(100, 1)
        stranger = new_test_user(
            self.env, "stranger", groups="credit_management.group_credit_manager", company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertFalse(self.env["credit.promise"].with_user(stranger).search([("id", "=", promise.id)]))

    def test_the_button_of_the_file_proposes_what_is_overdue(self):
        self.make_invoice(self.customer, 75, days_overdue=10)
        action = self.customer.with_user(self.make_user("credit_user")).action_note_credit_promise()
        self.assertEqual(action["context"]["default_amount"], 75.0)
        self.assertEqual(action["context"]["default_profile_id"], self.profile_of(self.customer).id)

    def test_promises_move_with_a_merged_customer(self):
        target = self.make_customer(name="Stays")
        promise = self.make_promise(100, 1)
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | target).ids, target)
        promise.invalidate_recordset()
        self.assertEqual(promise.profile_id, self.profile_of(target))


@tagged("post_install", "-at_install")
class TestNoteAPromise(PromiseCommon):
    """Forty calls a day: what is overdue is named, summed up, and wanted by Friday."""

    def values(self):
        context = self.profile_of(self.customer).action_note_promise()["context"]
        with Form(self.env["credit.promise"].with_context(**context)) as form:
            return form.save()

    def test_what_is_overdue_is_named_and_summed_up(self):
        late = self.make_invoice(self.customer, 300, 10) + self.make_invoice(self.customer, 200, 1)
        self.make_invoice(self.customer, 50, 0)
        promise = self.values()
        self.assertEqual((promise.invoice_ids, promise.amount), (late, 500.0))

    def test_without_anything_overdue_all_open_invoices_are_named(self):
        invoices = self.make_invoice(self.customer, 300, -10) + self.make_invoice(self.customer, 200, 0)
        promise = self.values()
        self.assertEqual((promise.invoice_ids, promise.amount), (invoices, 500.0))

    def test_what_is_disputed_is_not_asked_for(self):
        disputed, late = self.make_invoice(self.customer, 300, 10), self.make_invoice(self.customer, 200, 1)
        self.env["credit.dispute"].create({"move_id": disputed.id, "amount": 300.0, "reason": "Damaged"})
        promise = self.values()
        self.assertEqual((promise.invoice_ids, promise.amount), (late, 200.0))

    def test_it_is_wanted_by_the_coming_friday_or_the_last_working_day_before(self):
        calendar = self.company.resource_calendar_id
        self.company.credit_tz = "Europe/Dublin"
        wanted = self.company._credit_get_next_friday
        with freeze_time("2026-11-25 12:00:00"):  # a Wednesday
            self.assertEqual(wanted(), date(2026, 11, 27))
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "Holiday", "calendar_id": calendar.id, "company_id": self.company.id,
                    "date_from": "2026-11-26 23:00:00", "date_to": "2026-11-27 23:00:00",
                }
            )
            self.assertEqual(wanted(), date(2026, 11, 26))
        with freeze_time("2026-11-26 12:00:00"):  # tomorrow is the holiday: the next working day is the Monday after
            self.assertEqual(wanted(), date(2026, 11, 30))
        with freeze_time("2026-11-27 12:00:00"):
            self.assertEqual(wanted(), date(2026, 12, 4))

    def test_the_calendar_tells_amount_customer_and_status(self):
        open_, broken, kept = self.make_promise(100, 3), self.make_promise(50, -2), self.make_promise(20, -1)
        kept._withdraw("By mistake")
        (open_ | broken | kept).invalidate_recordset()
        names = [name.replace("\xa0", " ") for name in (open_ | broken | kept).mapped("display_name")]
        self.assertEqual(names, ["$ 100.00 Customer", "✗ $ 50.00 Customer", "– $ 20.00 Customer"])
        self.assertEqual(len({open_.color, broken.color, kept.color}), 3)

    def test_who_may_not_see_invoices_reads_the_promise(self):
        promise = self.make_promise(300, 3, invoice_ids=[Command.set(self.make_invoice(self.customer, 300, 1).ids)])
        with Form(promise.with_user(self.make_user("credit_user", login="reads")), view=None) as form:
            self.assertEqual(form.amount, 300.0)
