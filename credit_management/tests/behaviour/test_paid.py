"""Paid is money on the bank: what else settles an invoice is no payment, for whoever asks."""

import random
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from ...engine.indicators import index_of_lateness, payment_index
from ..common import CreditCommon


class PaidCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    def index(self, customer=None):
        """Return the payment index, worked out now; None without one."""
        profile = self.profile_of(customer or self.customer)
        return profile._work_out_payment_indexes(self.today)[profile.id]

    def pay_late(self, amount=1000, days=60, count=1, **values):
        for _number in range(count):
            self.pay(self.make_invoice(self.customer, amount, days_overdue=days), **values)

    def match(self, *entries):
        lines = self.env["account.move"].union(*entries).line_ids
        lines.filtered(lambda line: line.account_type == "asset_receivable" and not line.reconciled).reconcile()

    def credited(self, amount, count):
        for _number in range(count):
            self.match(self.make_invoice(self.customer, amount, 0), self.make_refund(self.customer, amount))

    def days_without(self):
        """Return the days since the last payment."""
        profile = self.profile_of(self.customer)
        optional = {profile.id: {}}
        profile._add_dates(optional, profile._start_reading(self.today))
        return next(iter(optional.values()))["days_since_payment"]


@tagged("post_install", "-at_install")
class TestPaymentIndexOfMoney(PaidCommon):
    def test_credit_notes_do_not_improve_it(self):
        """Three of 1,000 paid 60 days late are 40; three of 7,000 credited the same day weigh nothing."""
        self.pay_late(count=3)
        self.credited(7000, 3)
        self.assertEqual(self.index(), 40.0)

    def test_credited_invoices_alone_give_none(self):
        self.credited(1000, 3)
        self.assertIsNone(self.index())

    def test_credit_notes_that_are_paid_out_give_none(self):
        for _number in range(3):
            refund = self.make_refund(self.customer, 1000)
            self._register_payment(refund, payment_date=self.today)
            self.assertEqual(refund.amount_residual, 0.0)
        self.assertIsNone(self.index())

    def test_reversed_payments_give_none_and_the_debt_is_open(self):
        for _number in range(3):
            payment = self.pay(self.make_invoice(self.customer, 1000, 0))
            payment.move_id._reverse_moves([{"date": self.today}]).action_post()
        self.assertIsNone(self.index())

    def test_rejected_payments_give_none(self):
        for _number in range(3):
            self.pay(self.make_invoice(self.customer, 1000, 0)).action_reject()
        self.assertIsNone(self.index())

    def test_reversed_entries_give_none(self):
        receivable = self.company_data["default_account_receivable"]
        revenue = self.company_data["default_account_revenue"]
        journal = self.env["account.journal"].search([("type", "=", "general")], limit=1)
        for _number in range(3):
            sides = ((receivable, 1000.0), (revenue, -1000.0))
            entry = self.env["account.move"].create(
                {
                    "journal_id": journal.id,
                    "line_ids": [
                        (0, 0, {"account_id": account.id, "balance": balance, "partner_id": self.customer.id})
                        for account, balance in sides
                    ],
                }
            )
            entry.action_post()
            entry._reverse_moves(cancel=True)
        self.assertIsNone(self.index())

    def test_what_is_written_off_gives_none(self):
        """1 of each 1,000 is paid, the rest is written off with it."""
        account = self.company_data["default_account_revenue"]
        for _number in range(3):
            self.pay(
                self.make_invoice(self.customer, 1000, 0),
                1.0,
                payment_difference_handling="reconcile",
                writeoff_account_id=account.id,
            )
        self.assertExposure(self.customer, 0.0)
        self.assertIsNone(self.index())

    def test_an_exchange_gain_is_no_settled_invoice(self):
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.5), (str(self.today), 0.4)])
        for _number in range(2):
            invoice = self.make_invoice(
                self.customer, 100, days_overdue=20, currency_id=euro.id, invoice_date=self.today - timedelta(days=30)
            )
            self.pay(invoice, currency_id=euro.id)
            self.assertTrue(invoice.line_ids.matched_credit_ids.exchange_move_id)
        self.assertIsNone(self.index())

    def test_an_invoice_in_three_instalments_is_one(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Thirds",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": share, "nb_days": days})
                    for share, days in ((33, 0), (33, 1), (34, 2))
                ],
            }
        )
        invoice = self.make_invoice(self.customer, 300, 0, post=False)
        invoice.invoice_payment_term_id = term
        invoice.action_post()
        self.pay(invoice)
        self.assertEqual(len(invoice.line_ids.filtered("date_maturity")), 3)
        self.assertIsNone(self.index())

    def test_money_before_the_invoice_is_early(self):
        """30 days before the due day, though the invoice is of today: 100."""
        for _number in range(3):
            payment = self.receive(self.customer, 100, date=self.today - timedelta(days=30))
            self.match(payment.move_id, self.make_invoice(self.customer, 100, 0))
        self.assertEqual(self.index(), 100.0)

    def test_half_paid_and_half_credited_is_settled(self):
        for _number in range(3):
            invoice = self.make_invoice(self.customer, 1000, 0)
            self.pay(invoice, 500)
            self.match(invoice, self.make_refund(self.customer, 500))
        self.assertEqual(self.index(), 80.0)

    def test_what_is_covered_on_account_is_not_late(self):
        self.pay_late(days=0, count=3)
        self.make_invoice(self.customer, 9000, days_overdue=90)
        self.receive(self.customer, 9000)
        self.assertEqual(self.index(), 80.0)

    def test_the_usual_lateness_is_that_of_money(self):
        self.pay_late(days=10)
        self.credited(7000, 1)
        self.assertEqual(self.profile_of(self.customer)._get_usual_lateness(self.today), 10)


@tagged("post_install", "-at_install")
class TestIndexInSql(PaidCommon):
    """The statement says what the engine says."""

    def test_any_day(self):
        chance = random.Random(11)
        days = [-400, -31, -30, -29, -20, -1, 0, 1, 15, 22, 30, 60, 90, 120, 121, 400]
        days += [chance.randint(-50, 150) for _number in range(200)]
        Exposure = self.env["credit.exposure"]
        rows = self.env.execute_query(
            SQL("SELECT days, %s FROM unnest(%s::int[]) days", Exposure._get_index_of_lateness_sql(SQL("days")), days)
        )
        for day, index in rows:
            self.assertAlmostEqual(index, index_of_lateness(day), places=9, msg=f"{day} days")

    def test_any_payments(self):
        """Paid in parts on random days, some never: the engine is told days and amounts as they were played."""
        chance = random.Random(5)
        for name in ("A", "B", "C"):
            customer = self.make_customer(name=name)
            behaviour, settled = [], 0
            for _number in range(chance.randint(3, 6)):
                due, amount = chance.randint(0, 200), chance.randint(2, 50)
                invoice = self.make_invoice(customer, amount, days_overdue=due)
                paid = chance.choice((amount, amount, amount // 2))
                for part in filter(None, (paid // 2, paid - paid // 2)):
                    ago = chance.randint(0, due + 20)
                    self._register_payment(invoice, payment_date=self.today - timedelta(days=ago), amount=part)
                    behaviour.append((due - ago, part))
                settled += paid == amount
                if paid < amount and due:
                    behaviour.append((due, amount - paid))
            expected = payment_index(behaviour, settled)
            if expected is None:
                self.assertIsNone(self.index(customer))
            else:
                self.assertAlmostEqual(self.index(customer), expected, places=5)


@tagged("post_install", "-at_install")
class TestLastPayment(PaidCommon):
    def setUp(self):
        """An invoice of 90 days ago, a payment of 50 days ago."""
        super().setUp()
        self.invoice = self.make_invoice(self.customer, 1000, days_overdue=90)
        self.receive(self.customer, 10, date=self.today - timedelta(days=50))

    def test_a_payment_is_one(self):
        self.assertEqual(self.days_without(), 50)
        self.receive(self.customer, 10, date=self.today - timedelta(days=3))
        self.assertEqual(self.days_without(), 3)

    def test_a_rejected_or_reversed_one_is_none(self):
        self.receive(self.customer, 10).action_reject()
        self.receive(self.customer, 10).move_id._reverse_moves([{"date": self.today}]).action_post()
        self.receive(self.customer, 10).move_id._reverse_moves([{"date": self.today}], cancel=True)
        self.assertEqual(self.days_without(), 50)

    def test_a_payment_that_was_paid_back_is_none(self):
        payment = self.receive(self.customer, 10)
        back = self.receive(self.customer, 10, payment_type="outbound")
        self.match(payment.move_id, back.move_id)
        self.assertEqual(self.days_without(), 50)

    def test_a_credit_note_is_none(self):
        self.match(self.invoice, self.make_refund(self.customer, 10))
        self.assertEqual(self.days_without(), 50)

    def test_an_entry_that_somebody_made_in_the_journal_of_the_bank_is_one(self):
        journal = self.company_data["default_journal_bank"]
        receivable = self.company_data["default_account_receivable"]
        sides = ((journal.default_account_id, 10.0), (receivable, -10.0))
        self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": self.today - timedelta(days=7),
                "line_ids": [
                    (0, 0, {"account_id": account.id, "balance": balance, "partner_id": self.customer.id})
                    for account, balance in sides
                ],
            }
        ).action_post()
        self.assertEqual(self.days_without(), 7)


@tagged("post_install", "-at_install")
class TestBills(PaidCommon):
    """A bill of 30 days is money when it is honoured: on its last day, or when the bank had it, and not before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls.inbound_payment_method_line.copy({"name": "Bill", "credit_days_risk": 30})

    def pay_by_bill(self, days_ago, **values):
        """Receive a bill so many days ago."""
        day = self.today - timedelta(days=days_ago)
        partner = values.pop("partner", self.customer)
        return self.receive(partner, 1000, date=day, payment_method_line_id=self.bill.id, **values)

    def pay_invoices(self, days_late, days_ago):
        for _number in range(3):
            invoice = self.make_invoice(self.customer, 1000, days_overdue=days_late + days_ago)
            self.match(invoice, self.pay_by_bill(days_ago).move_id)

    def test_a_bill_that_runs_is_no_payment(self):
        """Received 30 days ago it runs until today: no index, and no payment since the invoice of 90 days ago."""
        self.pay_invoices(days_late=60, days_ago=30)
        self.assertIsNone(self.index())
        self.assertEqual(self.days_without(), 90)

    def test_a_bill_that_was_honoured_is_paid_on_its_last_day(self):
        """60 days late when it came, 90 when it was honoured: 30. That was yesterday."""
        self.pay_invoices(days_late=60, days_ago=31)
        self.assertEqual(self.index(), 30.0)
        self.assertEqual(self.days_without(), 1)

    def test_a_bill_that_bounced_is_none(self):
        for _number in range(3):
            payment = self.pay_by_bill(31)
            self.match(self.make_invoice(self.customer, 1000, days_overdue=91), payment.move_id)
            payment.action_reject()
        self.assertIsNone(self.index())

    def test_the_bank_had_the_money_before_the_risk_ended(self):
        """A direct debit of 40 days ago was on the bank 38 days ago, and can no longer be returned: 38, not 10."""
        payment = self.pay_by_bill(40)
        outstanding, _counterpart, _other = payment._seek_for_lines()
        line = self.env["account.bank.statement.line"].create(
            {
                "payment_ref": "Bank", "journal_id": payment.journal_id.id, "amount": 1000,
                "date": self.today - timedelta(days=38),
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.with_context(skip_account_move_synchronization=True).account_id = outstanding.account_id
        (suspense + outstanding).reconcile()
        self.assertEqual(self.days_without(), 38)

    def test_a_bill_keeps_no_promise_before_it_is_honoured(self):
        for days_ago, missing in ((30, 1000.0), (31, 0.0)):
            promise = self.env["credit.promise"].create(
                {
                    "profile_id": self.profile_of(self.make_customer(name=f"{days_ago} days")).id, "amount": 1000,
                    "date_noted": self.today - timedelta(days=40), "date_promised": self.today + timedelta(days=7),
                }
            )
            self.pay_by_bill(days_ago, partner=promise.partner_id)
            promise.invalidate_recordset()
            self.assertEqual(promise.amount_missing, missing, days_ago)

    def test_a_bill_is_no_deposit_before_it_is_honoured(self):
        self.make_policy("deposit_missing", percent_deposit=30)
        order = self.make_held(self.customer, 1000)
        self.pay_by_bill(30, memo=order.name)
        self.commit()
        self.assertHeld(order)
        self.pay_by_bill(31, memo=order.name)
        self.commit()
        self.assertConfirmed(order)

    def test_a_bill_on_account_that_nobody_named_is_no_deposit_either(self):
        """A bill of 1,000 runs, and 299 came to the bank: 30 % of 1,000 are 300; one more is enough."""
        self.make_policy("deposit_missing", percent_deposit=30)
        order = self.make_held(self.customer, 1000)
        self.pay_by_bill(30)
        self.receive(self.customer, 299)
        self.commit()
        self.assertHeld(order)
        self.receive(self.customer, 1)
        self.commit()
        self.assertConfirmed(order)
