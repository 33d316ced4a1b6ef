"""What late payment costs a customer, item by item, by the laws of its country: the worked figures of the domain."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LateCommon


@tagged("post_install", "-at_install")
class TestLate(LateCommon):
    def test_the_example_of_the_european_directive_with_its_compensation(self):
        invoice = self.bill_due(12000.0, "2026-03-15")
        self.pay_on(invoice, 12000.0, "2026-08-20")
        # 107 days × 10.15 % + 51 days × 10.40 % = 357.06 + 174.38 = 531.44, and 40
        self.assertEqual(self.late("2026-08-20"), [("compensation", 40.0), ("interest", 531.44)])
        line = self.open_late("2026-08-20").line_ids
        self.assertIn("107 days", line.explanation)
        self.assertIn("10.15 % a year", line.explanation)
        self.assertIn("51 days", line.explanation)
        self.assertEqual(self.open_late("2026-08-20").total_text, self.company.currency_id.format(571.44))

    def test_the_british_rate_of_the_first_day_and_the_compensation_by_size(self):
        british = self.env.ref("credit_management.interest_uk")
        british.compensation_currency_id = self.company.currency_id
        self.company.credit_interest_id = british
        self.bill_due(10000.0, "2025-05-31")
        self.assertEqual(self.late("2025-08-29"), [("compensation", 100.0), ("interest", 314.38)])

    def test_the_chinese_loan_prime_rate_times_one_and_a_half(self):
        self.company.credit_interest_id = self.env.ref("credit_management.interest_cn_lpr")
        self.bill_due(100000.0, "2026-01-31")
        self.assertEqual(self.late("2026-05-01"), [("interest", 1109.59)])

    def test_five_in_ten_thousand_for_each_day(self):
        self.company.credit_interest_id = self.env.ref("credit_management.interest_cn_daily")
        self.bill_due(10000.0, "2026-01-31")
        self.assertEqual(self.late("2026-02-20"), [("interest", 100.0)])

    def test_what_was_paid_in_time_costs_nothing(self):
        self.pay_on(self.bill_due(1000.0, "2026-03-15"), 1000.0, "2026-03-15")
        self.assertEqual(self.late("2026-05-01"), [])

    def test_interest_goes_on_after_the_day_that_was_claimed(self):
        self.eu.compensation_ids.unlink()
        self.bill_due(2000.0, "2026-02-28")
        self.assertEqual(self.late("2026-03-31"), [("interest", 17.24)])  # 2,000 × 10.15 % × 31 / 365
        self.claim_all("2026-03-31")
        self.assertEqual(self.late("2026-03-31"), [])
        self.assertEqual(self.late("2026-04-30"), [("interest", 16.69)])  # 33.93 of 61 days, less 17.24
        self.assertEqual(self.open_late("2026-04-30").line_ids.amount_before, 17.24)

    def test_the_compensation_is_claimed_once_for_each_invoice(self):
        self.bill_due(2000.0, "2026-02-28")
        self.assertEqual(len(self.claim_all("2026-03-31").filtered(lambda claim: claim.kind == "compensation")), 1)
        self.assertEqual(self.late("2026-04-30"), [("interest", 16.69)])

    def test_costs_of_reminders_count_only_above_the_compensation(self):
        """Costs of 15 are 40 in all, costs of 65 are 65."""
        invoice = self.bill_due(2000.0, "2026-02-28")
        self.claim_all("2026-03-31")
        first = self.claim(self.make_notice(invoice, "2026-04-01"), "2026-04-01", amount_fee=15.0)
        self.assertFalse(first.filtered(lambda claim: claim.kind == "fee"))
        second = self.claim(self.make_notice(invoice, "2026-05-01"), "2026-05-01", amount_fee=50.0)
        self.assertEqual(second.filtered(lambda claim: claim.kind == "fee").amount, 25.0)

    def test_a_compensation_counts_only_above_what_reminders_have_cost(self):
        invoice = self.bill_due(2000.0, "2026-02-28")
        self.claim(self.make_notice(invoice, "2026-03-15"), "2026-03-15", amount_fee=15.0)
        self.assertEqual(self.late("2026-03-31"), [("compensation", 25.0), ("interest", 17.24)])

    def test_installments_of_one_invoice_have_one_compensation(self):
        halves = self.env["account.payment.term"].create({"name": "Halves", "line_ids": [
            Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 30)
        ]})
        self.make_invoice(
            self.customer, 1000.0, invoice_date="2026-01-01", date="2026-01-01", invoice_payment_term_id=halves.id
        )
        # 500 from 1 January, 31 days later: 4.31; 500 from 31 January, 1 day: 0.14
        self.assertEqual(self.late("2026-02-01"), [("compensation", 40.0), ("interest", 0.14), ("interest", 4.31)])

    def test_what_the_customer_has_paid_on_account_lowers_the_base(self):
        self.eu.compensation_ids.unlink()
        self.bill_due(2000.0, "2026-02-28")
        self.receive(self.customer, 2000.0, date="2026-03-10")
        self.assertEqual(self.late("2026-04-30"), [("interest", 5.56)])  # 10 days: 2,000 × 10.15 % × 10 / 365

    def test_a_disputed_invoice_is_shown_and_not_claimed(self):
        invoice = self.bill_due(5000.0, "2026-03-31")
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 5000.0, "reason": "Cracked"})
        page = self.open_late("2026-05-31")
        self.assertEqual((page.line_ids.amount_interest, page.line_ids.is_taken), (84.82, False))
        with self.assertRaisesRegex(UserError, "Nothing is to be claimed"):
            page.action_claim()
        page.line_ids.is_taken = True  # whoever ticks it claims nothing of it either
        with self.assertRaisesRegex(UserError, "Nothing is to be claimed"):
            page.action_claim()

    def test_consumers_are_under_another_law(self):
        self.bill_due(1000.0, "2026-03-15")
        self.profile.legal_class = "consumer"
        self.assertEqual(self.late("2026-05-01"), [])
        consumers = self.make_rates(("2026-01-01", 6.0))
        consumers.write({"debtor": "consumer", "compensation_ids": [Command.create({"amount": 40.0})]})
        self.company.credit_interest_consumer_id = consumers
        self.assertEqual(self.late("2026-05-01"), [("interest", 7.73)])  # 1,000 × 6 % × 47 / 365, no compensation

    def test_a_policy_may_claim_another_interest(self):
        self.bill_due(1000.0, "2026-03-15")
        self.make_policy(interest_id=self.make_rates(("2026-01-01", 5.0)).id)
        self.assertEqual(self.late("2026-05-01"), [("interest", 6.44)])  # 1,000 × 5 % × 47 / 365

    def test_nothing_is_claimed_where_nothing_is_set_up(self):
        self.company.credit_interest_id = False
        self.bill_due(1000.0, "2026-03-15")
        self.assertEqual(self.late("2026-05-01"), [])
        self.assertIn("No late-payment interest is set up", self.open_late("2026-05-01").alert)

    def test_interest_of_days_to_come_is_not_claimed(self):
        self.bill_due(1000.0, "2026-03-15")
        self.on("2026-04-30")
        with self.assertRaisesRegex(UserError, "up to today, 04/30/2026"):
            self.open_late("2026-05-01").action_claim()

    def test_who_may_claim(self):
        self.bill_due(1000.0, "2026-03-15")
        controller = self.make_user("controller")
        self.assertEqual(len(self.claim_all("2026-05-01", controller)), 2)
        for role in ("sales", "credit_user"):
            with self.assertRaises(AccessError):
                self.open_late("2026-05-01", self.make_user(role, login=f"late-{role}"))

    def test_a_waived_claim_does_not_come_back(self):
        self.bill_due(2000.0, "2026-02-28")
        claims = self.claim_all("2026-03-31")
        claims._waive("A good customer")
        self.assertEqual(set(claims.mapped("state")), {"waived"})
        self.assertEqual(self.late("2026-03-31"), [])
        self.assertIn("A good customer", self.profile.message_ids[0].body)

    def test_an_invoice_paid_five_weeks_late_leaves_a_claim_to_decide_on(self):
        invoice = self.bill_due(1000.0, "2026-03-15")
        self.pay_on(invoice, 1000.0, "2026-04-19")
        self.on("2026-04-20")
        self.run_cron("cron_reckon_late")
        Claim = self.env["credit.dunning.claim"]
        self.assertFalse(Claim.search([("move_id", "=", invoice.id)]), "the company does not want it")
        self.company.credit_late_is_automatic = True
        self.run_cron("cron_reckon_late")
        self.run_cron("cron_reckon_late")
        claims = Claim.search([("move_id", "=", invoice.id)])
        # 1,000 × 10.15 % × 35 / 365
        self.assertEqual(sorted(claims.mapped("amount")), [9.73, 40.0])
        self.assertEqual(set(claims.mapped("state")), {"draft"})
        claims._waive("Once")
        self.run_cron("cron_reckon_late")
        self.assertEqual(Claim.search([("move_id", "=", invoice.id)]), claims)

    def test_the_day_of_the_interest_is_that_of_the_payment_not_of_the_page(self):
        invoice = self.bill_due(12000.0, "2026-03-15")
        self.pay_on(invoice, 12000.0, "2026-08-20")
        found = self.profile._get_late(date(2026, 11, 30))
        self.assertEqual(found[0].amount, 571.44)
