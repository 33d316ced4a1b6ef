"""Nobody says of an entry that the bank has it: the line of a statement makes its own entry.

A customer pays 500 by a bill with a risk of 30 days, ten days ago: it is honoured in 21 days, or when the bank has it.
"""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestBankLine(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(1000)
        cls.biller = cls.make_user("biller", login="biller")
        cls.accountant = cls.make_user("biller", login="accountant")
        cls.accountant.group_ids += cls.env.ref("account.group_account_user")
        cls.bank = cls.company_data["default_journal_bank"]
        cls.line = cls.make_line(cls.env.user)

    @classmethod
    def make_line(cls, user):
        values = {"journal_id": cls.bank.id, "payment_ref": "Somebody", "amount": 70, "date": cls.today}
        return cls.env["account.bank.statement.line"].with_user(user).create(values)

    def prepare_entry(self):
        accounts = (self.company_data["default_account_receivable"], self.company_data["default_account_revenue"])
        return {
            "move_type": "entry",
            "date": self.today - timedelta(days=9),
            "line_ids": [
                Command.create({"account_id": account.id, "partner_id": self.customer.id, "balance": amount})
                for account, amount in zip(accounts, (-500, 500), strict=True)
            ],
        }

    def test_nobody_says_that_an_entry_is_the_banks(self):
        entry = self.env["account.move"].create(self.prepare_entry())
        invoice = self.make_invoice(self.customer, 500)
        entry.action_post()
        for user, move in ((self.accountant, entry), (self.biller, invoice), (self.accountant, invoice)):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                move.with_user(user).write({"statement_line_id": self.line.id})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.line.move_id.with_user(self.accountant).write({"statement_line_id": False})
        for context, values in (({}, {"statement_line_id": self.line.id}),
                                ({"default_statement_line_id": self.line.id}, {})):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                moves = self.env["account.move"].with_user(self.accountant).with_context(**context)
                moves.create({**self.prepare_entry(), **values})
        self.assertFalse((entry | invoice).statement_line_id)

    def test_an_accountant_enters_what_the_bank_says_and_takes_it_back(self):
        line = self.make_line(self.accountant)
        self.assertEqual(line.move_id.statement_line_id, line)
        line.write({"amount": 80, "payment_ref": "Somebody else"})
        line.action_undo_reconciliation()
        line.unlink()
        self.assertFalse(line.exists())
