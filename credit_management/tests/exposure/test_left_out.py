"""What does not concern a customer is left out of the statements about it, and nothing that does."""

import dataclasses
from datetime import timedelta
from unittest.mock import patch

from odoo.addons.credit_management.hooks import add_parties_columns
from odoo.addons.credit_management.models.exposure.shared import ROWS
from odoo.addons.credit_management.models.reading import credit_exposure_scope
from odoo.addons.credit_management.models.reading.scope import Scope, nothing
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import CreditCommon

# the methods with `left_out`, by question
LEFT_OUT = {
    "credit_correction": "_get_corrections_sql",
    "credit_moved": "_get_moved_items_sql",
    "credit_named": "_get_named_sql",
    "credit_payment": "_get_payments_sql",
    "credit_transaction": "_get_transactions_sql",
    "credit_uncovered": "_get_uncovered_sql",
    "drafts": "_get_drafts_sql",
    "left_orders": "_get_left_orders_sql",
    "orders": "_get_confirmed_orders_sql",
    "promises": "_get_broken_promises_sql",
}


@tagged("post_install", "-at_install")
class TestLeftOut(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Exposure = cls.env["credit.exposure"]
        cls.customer = cls.make_customer()
        # each by itself
        cls.startClassPatcher(patch.object(credit_exposure_scope, "USUAL", ()))

    def absent(self, customer=None):
        scope = self.Exposure._make_scope(self.today, (customer or self.customer).ids)
        return set(LEFT_OUT) & scope.absent

    def check_there(self, *names):
        self.assertEqual(self.absent(), set(LEFT_OUT) - set(names))

    def describe(self, statement):
        self.env.cr.execute(SQL("SELECT * FROM (%s) statement LIMIT 0", statement))
        return [(column.name, column.type_code) for column in self.env.cr.description]

    def test_nothing_concerns_a_customer_of_whom_nothing_is_known(self):
        self.check_there()

    def test_an_order_and_an_invoice_alone_need_nothing_else(self):
        self.make_confirmed(self.customer, 100)
        self.make_invoice(self.customer, 70)
        self.check_there("orders")
        self.assertExposure(self.customer, 170.0)

    def test_a_draft_is_there_for_its_customer_and_nobody_else(self):
        self.make_invoice(self.customer, 70, post=False)
        self.check_there("drafts")
        self.assertEqual(self.absent(self.make_customer()), set(LEFT_OUT))

    def test_what_is_usual_is_left_out_together_or_not_at_all(self):
        """Otherwise each connection would plan a statement for each combination."""
        kinds = (frozenset({"orders", "drafts"}), frozenset({"promises"}))
        self.make_invoice(self.customer, 70, post=False)
        with patch.object(credit_exposure_scope, "USUAL", kinds):
            self.check_there("orders", "drafts")

    def test_a_draft_that_is_made_in_this_moment_is_seen(self):
        order = self.make_confirmed(self.customer, 100)
        order._create_invoices()
        self.check_there("drafts")

    def test_money_on_account_may_be_named(self):
        self.receive(self.customer, 40)
        self.check_there("credit_named", "credit_payment")

    def test_a_dispute_moves_a_part(self):
        invoice = self.make_invoice(self.customer, 70)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 20, "reason": "Broken"})
        self.check_there("credit_moved")

    def test_an_invoice_back_in_draft_voids_its_matches_also_for_the_payer(self):
        invoice = self.make_invoice(self.customer, 70)
        self.pay(invoice)
        invoice.button_draft()
        self.check_there("credit_correction", "credit_named", "credit_payment", "drafts")

    def test_a_match_with_somebody_else_is_looked_at_from_both_sides(self):
        payer = self.make_customer()
        invoice = self.make_invoice(self.customer, 70)
        payment = self.receive(payer, 70)
        lines = (invoice.line_ids + payment.move_id.line_ids).filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.assertNotIn("credit_named", LEFT_OUT.keys() - self.absent(payer))
        invoice.button_draft()
        for customer in (self.customer, payer):
            self.assertNotIn("credit_correction", self.absent(customer))
        self.assertExposure(payer, -70.0)

    def test_a_match_of_two_customers_names_both_and_any_other_nobody(self):
        payer = self.make_customer()
        parties = []
        for customer in (payer, self.customer):
            items = (self.make_invoice(self.customer, 70).line_ids + self.receive(customer, 70).move_id.line_ids)
            items = items.filtered(lambda line: line.account_id.account_type == "asset_receivable")
            items.reconcile()
            match = items.matched_debit_ids
            parties.append((match.credit_debtor_id, match.credit_payer_id))
        nobody = self.env["res.partner"]
        self.assertEqual(parties, [(self.customer, payer), (nobody, nobody)])

    def test_matches_that_were_there_before_are_told_apart_when_it_is_installed(self):
        payer = self.make_customer()
        items = self.make_invoice(self.customer, 70).line_ids + self.receive(payer, 70).move_id.line_ids
        items = items.filtered(lambda line: line.account_id.account_type == "asset_receivable")
        items.reconcile()
        match = items.matched_debit_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_partial_reconcile SET credit_debtor_id = NULL, credit_payer_id = NULL WHERE id = %s",
            [match.id],
        )
        add_parties_columns(self.env.cr)
        match.invalidate_recordset()
        self.assertEqual(match.credit_debtor_id + match.credit_payer_id, self.customer + payer)

    def test_for_a_credit_note_in_draft_what_it_covers_is_looked_up(self):
        order = self.make_confirmed(self.customer, 100)
        invoice = self.bill(order)
        self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=invoice.ids).create(
            {"journal_id": invoice.journal_id.id}
        ).reverse_moves()
        self.assertIn("credit_uncovered", LEFT_OUT.keys() - self.absent())

    def test_of_a_cancelled_order_what_was_delivered_is_there(self):
        order = self.make_confirmed(self.customer, 100, product=self.delivered_article)
        order.order_line.qty_delivered = 1
        order._action_cancel()
        self.check_there("left_orders")

    def test_each_statement_has_the_columns_that_are_said(self):
        present = Scope(self.today, tuple(self.customer.ids), (0,), tuple(self.customer.ids))
        self.assertEqual(self.Exposure._get_presence(present).keys() & LEFT_OUT.keys(), LEFT_OUT.keys())
        for name, method in LEFT_OUT.items():
            build = getattr(self.Exposure, method)
            absent = dataclasses.replace(present, absent=frozenset([name]))
            with self.subTest(name):
                names = [column for column, _type in self.describe(build(present))]
                self.assertEqual([column for column, _type in self.describe(build(absent))], names)
                self.assertIn("WHERE FALSE", self.env.cr.mogrify(build(absent)).decode())

    def test_every_source_has_the_columns_of_a_row(self):
        scope = Scope(self.today, tuple(self.customer.ids), (0,), tuple(self.customer.ids))
        names = [column for column, _type in self.describe(nothing(ROWS))]
        for name, source in self.Exposure._get_sources(scope).items():
            with self.subTest(name):
                self.assertEqual([column for column, _type in self.describe(source)], names)

    def test_a_down_payment_makes_an_order_looked_at_that_is_called_invoiced(self):
        order = self.make_confirmed(self.customer, 100)
        self.assertIn("down_payments", self.Exposure._make_scope(self.today, self.customer.ids).absent)
        self.bill(order)
        self.assertIn("orders", self.absent())
        order.order_line.sudo().is_downpayment = True
        scope = self.Exposure._make_scope(self.today, self.customer.ids)
        self.assertFalse({"down_payments", "orders"} & scope.absent)

    def test_a_temporary_limit_is_there_for_its_customer_until_it_ends(self):
        other = self.make_customer(100)
        request = self.env["credit.limit.request"].create(
            {"profile_id": self.profile_of(other).id, "kind": "increment", "limit_type": "amount", "amount": 50,
             "date_from": self.today, "date_to": self.today, "reason": "Season"}
        )
        self.assertIn("temporary_limits", self.Exposure._make_scope(self.today, other.ids).absent)
        request.sudo().state = "approved"  # as its button does
        self.assertNotIn("temporary_limits", self.Exposure._make_scope(self.today, other.ids).absent)
        self.assertIn("temporary_limits", self.Exposure._make_scope(self.today, self.customer.ids).absent)
        tomorrow = self.today + timedelta(days=1)
        self.assertIn("temporary_limits", self.Exposure._make_scope(tomorrow, other.ids).absent)
        self.assertEqual(self.profile_of(other).amount_limit_effective, 150)

    def test_a_cover_that_raises_the_limit_is_there(self):
        profile = self.profile_of(self.customer)
        self.env["credit.cover"].create(
            {"profile_id": profile.id, "kind": "insurance", "amount": 30, "effect": "limit", "date_from": self.today}
        )
        self.assertNotIn("temporary_limits", self.Exposure._make_scope(self.today, self.customer.ids).absent)
