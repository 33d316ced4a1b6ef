"""How much of a debt is settled by which payment is worked out by Odoo's matching: nobody writes it."""

from odoo import Command
from odoo.tests import tagged

from ..gate.adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestMatchesWrittenByHand(AdversaryCommon):
    """A biller has all rights on Odoo's matches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")

    def get_receivable(self, move):
        return move.line_ids.filtered(lambda item: item.account_type == "asset_receivable")

    def match(self, debit, credit, amount):
        values = {"amount": amount, "debit_amount_currency": amount, "credit_amount_currency": amount}
        matches = self.env["account.partial.reconcile"].with_user(self.biller)
        return matches.create({**values, "debit_move_id": debit.id, "credit_move_id": credit.id})

    def test_an_invoice_is_not_settled_by_what_is_no_money(self):
        invoice = self.make_invoice(self.rich, 5000)
        debt = self.get_receivable(invoice)
        small = self.receive(self.rich, 1)
        money, somebody = self.get_receivable(small.move_id), self.get_receivable(self.receive(self.poor, 1).move_id)
        draft = self.get_receivable(self.make_refund(self.rich, 5000, post=False))
        for other in (invoice.line_ids - debt, small.move_id.line_ids - money, money, somebody, draft, debt):
            self.assertRefused(self.match, debt, other[:1], 5000)
        self.assertExposure(self.rich, 4999)

    def test_what_was_matched_is_not_made_more(self):
        debt = self.get_receivable(self.make_invoice(self.rich, 5000, 60))
        (debt + self.get_receivable(self.receive(self.rich, 1).move_id)).reconcile()
        other = self.get_receivable(self.make_invoice(self.rich, 700))
        match = debt.matched_credit_ids.with_user(self.biller)
        for values in (
            {"amount": 5000, "debit_amount_currency": 5000}, {"debit_move_id": other.id}, {"max_date": "1990-01-01"},
        ):
            self.assertRefused(match.write, values)
        command = Command.update(match.id, {"amount": 5000})
        self.assertRefused(debt.with_user(self.biller).write, {"matched_credit_ids": [command]})
        self.assertEqual(debt.amount_residual, 4999)

    def test_a_biller_matches_and_takes_matches_back(self):
        debt = self.get_receivable(self.make_invoice(self.rich, 500))
        money = self.get_receivable(self.receive(self.rich, 200).move_id)
        (debt + money).with_user(self.biller).reconcile()
        self.assertEqual(debt.amount_residual, 300)
        debt.with_user(self.biller).remove_move_reconcile()
        self.assertEqual(debt.amount_residual, 500)
