"""A match with an entry that settles nothing is no match, wherever it is asked."""

from datetime import timedelta

from odoo.tests import tagged

from .test_faults_of_facts import FaultCommon


class VoidCommon(FaultCommon):
    def reverse(self, payment, **kwargs):
        reversal = payment.move_id._reverse_moves([{"date": self.today}], **kwargs)
        if reversal.state == "draft":
            reversal.action_post()
        return reversal

    def match(self, *entries):
        lines = self.env["account.move"].union(*entries).line_ids
        lines.filtered(lambda line: line.account_type == "asset_receivable" and not line.reconciled).reconcile()

    def read_figures(self, customer):
        profile = self.profile_of(customer)
        return profile._read_fact_figures(profile._start_reading(self.today))


@tagged("post_install", "-at_install")
class TestVoidMatches(VoidCommon):
    def test_a_part_that_was_paid_by_a_rejected_payment_is_open_again(self):
        """400 of 1,000 are paid, 600 more by a payment that is rejected: 600."""
        invoice = self.make_invoice(self.customer, 1000, days_overdue=20)
        self.pay(invoice, 400)
        self.pay(invoice, 600).action_reject()
        self.assertExposure(self.customer, 600.0, overdue=600.0, in_process=400.0)
        self.assertEqual(self.overdue(), (600.0, 20))

    def test_the_sheet_shows_the_invoice_once(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=20)
        self.pay(invoice, 600).action_reject()
        lines = self.env["credit.exposure.line"].search([("profile_id", "=", self.profile_of(self.customer).id)])
        self.assertEqual([(line.res_id, line.amount) for line in lines], [(invoice.id, 1000.0)])

    def test_an_invoice_that_was_paid_by_a_rejected_payment_is_disputed_in_full(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=20)
        dispute = self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 250, "reason": "Broken"})
        self.assertTrue(dispute)
        self.pay(invoice, 800).action_reject()
        self.assertExposure(self.customer, 1000.0, disputed=250.0, overdue=750.0)

    def test_a_rejected_payment_is_nothing_for_whom_its_entry_names(self):
        """300 of the customer's payment are booked for somebody else, who owes 1,000: rejected, he owes 1,000 again."""
        other = self.make_customer(name="Named by the entry")
        self.make_invoice(other, 1000)
        payment = self.env["account.payment"].create(
            {"partner_id": self.customer.id, "amount": 300, "payment_type": "inbound", "partner_type": "customer"}
        )
        payment.action_post()
        payment.move_id.line_ids.partner_id = other
        self.assertExposure(other, 700.0)
        payment.action_reject()
        self.assertTrue(payment.credit_is_of_other)
        self.assertExposure(other, 1000.0)
        self.assertExposure(self.customer, 0.0)
        payment.move_id.line_ids.partner_id = self.customer
        self.assertFalse(payment.credit_is_of_other)
        self.assertExposure(other, 1000.0)
        self.assertExposure(self.customer, 0.0)

    def test_a_rejected_payment_of_a_foreign_invoice_leaves_no_exchange_difference(self):
        """100 at 0.5 are 200, paid at 0.4 for 250, rejected: 200 are open."""
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.5), (str(self.today), 0.4)])
        invoice = self.make_invoice(
            self.customer, 100, days_overdue=20, currency_id=euro.id, invoice_date=self.today - timedelta(days=30)
        )
        self.assertEqual(invoice.amount_total_signed, 200.0)
        payment = self.pay(invoice, currency_id=euro.id)
        self.assertTrue(invoice.line_ids.matched_credit_ids.exchange_move_id)
        payment.action_reject()
        self.assertExposure(self.customer, 200.0, overdue=200.0)

    def test_a_posted_entry_of_a_cancelled_payment_is_nothing(self):
        payment = self.receive(self.customer, 500)
        payment.state = "canceled"
        self.assertEqual(payment.move_id.state, "posted")
        self.assertExposure(self.customer, 0.0)


@tagged("post_install", "-at_install")
class TestBounced(VoidCommon):
    def test_the_debt_is_as_old_as_what_was_paid(self):
        """700 for 90 days and 300 for 10 days, paid in one, and bounced."""
        invoices = self.make_invoice(self.customer, 700, days_overdue=90)
        invoices += self.make_invoice(self.customer, 300, days_overdue=10)
        self.reverse(self.pay(invoices, group_payment=True))
        self.assertExposure(self.customer, 1000.0, overdue=1000.0)
        self.assertEqual(self.overdue(), (1000.0, 90))
        ladder = self.read_figures(self.customer)
        self.assertEqual([float(amount) for amount in next(iter(ladder.values()))["ladder"].values()], [700.0, 300.0])

    def test_a_bounced_payment_of_what_is_a_draft_again_pays_nothing(self):
        """100 for 20 days; 50 were paid, bounced, and their invoice is a draft again: 100 are overdue, 50 drafted."""
        self.make_invoice(self.customer, 100, days_overdue=20)
        invoice = self.make_invoice(self.customer, 50)
        self.reverse(self.pay(invoice))
        invoice.button_draft()
        self.assertExposure(self.customer, 150.0, overdue=100.0, drafts=50.0)
        self.assertEqual(self.overdue(), (100.0, 20))

    def test_a_bounced_payment_that_is_a_draft_again_leaves_no_debt(self):
        """500 on account, bounced, reset to draft: its reversal takes back what is not there."""
        payment = self.receive(self.customer, 500)
        self.reverse(payment)
        payment.action_draft()
        self.assertEqual(payment.move_id.state, "draft")
        self.assertExposure(self.customer, 0.0)

    def test_what_is_paid_afterwards_of_the_reversal_is_paid(self):
        """1,000 bounced, 400 came since: 600 for 90 days; all came: nothing."""
        payment = self.pay(self.make_invoice(self.customer, 1000, days_overdue=90))
        reversal = self.reverse(payment)
        self.match(reversal, self.receive(self.customer, 400).move_id)
        self.assertEqual(self.overdue(), (600.0, 90))
        self.match(reversal, self.receive(self.customer, 600).move_id)
        self.assertEqual(self.overdue(), (0.0, 0))
        self.assertExposure(self.customer, 0.0, in_process=1000.0)

    def test_a_cancelling_reversal_opens_the_invoice_by_itself(self):
        payment = self.pay(self.make_invoice(self.customer, 1000, days_overdue=90))
        self.reverse(payment, cancel=True)
        self.assertEqual(self.overdue(), (1000.0, 90))
        self.assertExposure(self.customer, 1000.0, overdue=1000.0)

    def test_a_payment_that_is_rejected_and_reversed_counts_once(self):
        payment = self.pay(self.make_invoice(self.customer, 1000, days_overdue=90))
        self.reverse(payment)
        payment.action_reject()
        self.assertExposure(self.customer, 1000.0, overdue=1000.0)
        self.assertEqual(self.overdue(), (1000.0, 90))

    def test_a_reversed_payment_on_account_leaves_nothing(self):
        self.reverse(self.receive(self.customer, 1000))
        self.assertExposure(self.customer, 0.0)
        self.assertEqual(self.overdue(), (0.0, 0))


@tagged("post_install", "-at_install")
class TestPastDays(VoidCommon):
    def test_a_past_day_knows_no_void_match_either(self):
        """Invoice of 60 days ago, paid 50 days ago by a payment that is rejected now: 40 days ago it was open."""
        invoice = self.make_invoice(self.customer, 1000, days_overdue=60)
        payment = self._register_payment(invoice, payment_date=self.today - timedelta(days=50))
        day = self.today - timedelta(days=40)
        self.profile_of(self.customer)
        payment.action_reject()
        self.env["credit.snapshot"]._take_past(day)
        snapshot = self.env["credit.snapshot"].search(
            [("profile_id", "=", self.profile_of(self.customer).id), ("date", "=", day)]
        )
        self.assertEqual((snapshot.amount_overdue, snapshot.days_overdue_max), (1000.0, 20))


@tagged("post_install", "-at_install")
class TestMatchesOfTwoCustomers(VoidCommon):
    """A mother pays for her daughter; each by itself is asked what it owes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls.make_customer()

    def pay_for_the_daughter(self):
        invoice = self.make_invoice(self.customer, 1000, days_overdue=20)
        payment = self.receive(self.mother, 1000)
        self.match(invoice, payment.move_id)
        self.assertExposure(self.customer, 0.0)
        return payment

    def facts(self, customer):
        """Return what is read of a customer alone."""
        return self.read_figures(customer)[self.profile_of(customer).id]

    def test_a_rejected_payment_of_the_mother_leaves_the_daughters_debt(self):
        self.pay_for_the_daughter().action_reject()
        for customer, amount in ((self.customer, 1000.0), (self.mother, 0.0)):
            self.assertExposure(customer, amount)
            self.assertEqual(float(self.facts(customer)["exposure"]), amount)

    def test_a_bounced_payment_of_the_mother_is_hers(self):
        self.reverse(self.pay_for_the_daughter())
        for customer, amount in ((self.customer, 0.0), (self.mother, 1000.0)):
            self.assertExposure(customer, amount)
            self.assertEqual(float(self.facts(customer)["exposure"]), amount)

    def test_the_exchange_entry_of_a_match_with_a_draft_is_taken_back_once(self):
        """A draft of 200 (100 at 0.5) is paid with 250 (100 at 0.4): the entry of the difference is a draft, too. All
        of the money, 250, is on account."""
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.5), (str(self.today), 0.4)])
        invoice = self.make_invoice(
            self.customer, 100, post=False, currency_id=euro.id, invoice_date=self.today - timedelta(days=30)
        )
        payment = self.receive(self.customer, 100, currency_id=euro.id)
        self.match(invoice, payment.move_id)
        self.assertEqual(invoice.line_ids.matched_credit_ids.exchange_move_id.state, "draft")
        self.assertExposure(self.customer, -50.0, drafts=200.0, unallocated=-250.0, in_process=250.0)
