"""What notices claim besides what is due: fees and interest, once, until they are paid or waived."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NoticeCommon


@tagged("post_install", "-at_install")
class TestClaims(NoticeCommon):
    def amounts(self, notice):
        return sorted((claim.kind, claim.amount) for claim in notice.claim_ids)

    def test_c23_the_claim_outlives_the_invoice(self):
        invoice = self.bill_due(100.0, "2026-03-01")
        notice = self.make_notice(invoice, "2026-03-16")
        claims = self.claim(notice, "2026-03-16", amount_fee=10.0, interest_id=self.make_rates(("2026-01-01", 10.0)).id)
        self.assertEqual(self.amounts(notice), [("fee", 10.0), ("interest", 0.41)])
        self.pay_on(invoice, 100.0, "2026-03-20")
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(claims.mapped("state"), ["claimed", "claimed"])
        self.assertEqual(notice.amount_claims, 10.41)

    def test_c13_no_interest_twice(self):
        invoice = self.bill_due(2000.0, "2026-02-28")
        rates = self.make_rates(("2026-01-01", 8.0))
        first = self.make_notice(invoice, "2026-03-31")
        self.claim(first, "2026-03-31", interest_id=rates.id)
        second = self.make_notice(invoice, "2026-04-30")
        claim = self.claim(second, "2026-04-30")
        self.assertEqual((self.amounts(first), self.amounts(second)), ([("interest", 13.59)], [("interest", 13.15)]))
        self.assertEqual(str(claim.date_from), "2026-04-01")
        self.assertIn("30 days", claim.explanation)

    def test_what_an_undone_notice_claimed_is_claimed_by_the_next_one(self):
        invoice = self.bill_due(2000.0, "2026-02-28")
        first = self.make_notice(invoice, "2026-03-31")
        self.claim(first, "2026-03-31", interest_id=self.make_rates(("2026-01-01", 8.0)).id)._cancel()
        second = self.make_notice(invoice, "2026-04-30")
        self.assertEqual(self.claim(second, "2026-04-30").amount, 26.74)

    def test_what_was_waived_is_not_claimed_again(self):
        invoice = self.bill_due(2000.0, "2026-02-28")
        first = self.make_notice(invoice, "2026-03-31")
        self.claim(first, "2026-03-31", interest_id=self.make_rates(("2026-01-01", 8.0)).id)._waive("First time")
        second = self.make_notice(invoice, "2026-04-30")
        self.assertEqual(self.claim(second, "2026-04-30").amount, 13.15)

    def test_the_disputed_part_costs_interest_once_the_dispute_is_over(self):
        """5,000 of a debt are disputed for 61 days and rejected: 84.82 of those days are claimed then."""
        invoice = self.bill_due(5000.0, "2026-03-31")
        disputed = self.make_notice(invoice, "2026-05-31")
        disputed.line_ids.write({"amount": 0.01, "amount_held": 5000.0})
        self.assertFalse(self.claim(disputed, "2026-05-31", interest_id=self.make_rates(("2026-01-01", 10.15)).id))
        rejected = self.make_notice(invoice, "2026-05-31")
        self.assertEqual(self.claim(rejected, "2026-05-31").amount, 84.82)

    def test_a_credit_that_is_taken_off_lowers_the_oldest_item_from_its_day(self):
        """200 due 28 February, a credit of 120 of 10 March; 31 March: 10 days of 200 and 21 of 80 at 10 %: 1.01."""
        invoice = self.bill_due(200.0, "2026-02-28")
        refund = self.make_refund(self.customer, 120.0, invoice_date="2026-03-10", date="2026-03-10")
        refund.line_ids.filtered(lambda line: line.account_type == "asset_receivable").date_maturity = "2026-03-10"
        notice = self.make_notice(invoice + refund, "2026-03-31")
        claim = self.claim(notice, "2026-03-31", interest_id=self.make_rates(("2026-01-01", 10.0)).id)
        self.assertEqual((notice.amount_total, claim.amount), (80.0, 1.01))

    def test_a_fee_is_converted_into_the_currency_of_the_notice(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": yen.id, "name": "2026-01-01", "rate": 160.0, "company_id": self.company.id}
        )
        notice = self.make_notice(self.bill_due(8000.0, "2026-03-01", currency_id=yen.id), "2026-03-16")
        self.claim(notice, "2026-03-16", amount_fee=10.0)
        self.assertEqual(self.amounts(notice), [("fee", 1600.0)])

    def test_a_claim_is_booked_paid_and_never_dunned(self):
        self.set_accounts()
        notice = self.make_notice(self.bill_due(100.0, "2026-03-01"), "2026-03-16")
        claims = self.claim(notice, "2026-03-16", amount_fee=10.0, interest_id=self.make_rates(("2026-01-01", 10.0)).id)
        claims.action_book()
        booking = claims.booking_id
        self.assertEqual((booking.amount_residual, booking.no_followup), (10.41, True))
        self.assertEqual(claims.mapped("state"), ["booked", "booked"])
        payment = self.receive(self.customer, 10.41)
        (booking + self.item_of(payment.move_id)).reconcile()
        self.assertEqual(claims.mapped("state"), ["paid", "paid"])
        with self.assertRaisesRegex(UserError, "is “Paid”"):
            claims._waive("Too late")

    def test_nothing_is_booked_without_an_account(self):
        notice = self.make_notice(self.bill_due(100.0, "2026-03-01"), "2026-03-16")
        claims = self.claim(notice, "2026-03-16", amount_fee=10.0)
        with self.assertRaisesRegex(UserError, "has no account for fees"):
            claims.action_book()

    def test_a_claim_is_waived_with_a_reason_by_who_may(self):
        notice = self.make_notice(self.bill_due(100.0, "2026-03-01"), "2026-03-16")
        claims = self.claim(notice, "2026-03-16", amount_fee=10.0)
        with self.assertRaises(AccessError):
            claims.with_user(self.make_user("credit_user"))._waive("For a friend")
        controller = self.make_user("controller")
        with self.assertRaisesRegex(UserError, "say why"):
            claims.with_user(controller)._waive(" ")
        claims.with_user(controller)._waive("First time late")
        self.assertEqual((claims.state, claims.reason, claims.waived_by_id), ("waived", "First time late", controller))
        self.assertIn("First time late", notice.message_ids[0].body)

    def test_nobody_writes_a_claim_by_hand(self):
        notice = self.make_notice(self.bill_due(100.0, "2026-03-01"), "2026-03-16")
        claims = self.claim(notice, "2026-03-16", amount_fee=10.0)
        with self.assertRaises(AccessError):
            claims.with_user(self.env.user).amount = 1.0

    def test_many_notices_are_reckoned_in_a_fixed_number_of_statements(self):
        self.level.write({"amount_fee": 10.0, "interest_id": self.make_rates(("2026-01-01", 10.0)).id})
        notices = self.env["credit.notice"]
        for number in range(6):
            partner = self.make_customer(name=f"Customer {number}")
            notices += self.make_notice(self.bill_due(100.0, "2026-03-01", partner=partner), "2026-03-16")
        day = notices[0].date
        Claim = self.env["credit.dunning.claim"].sudo()

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Claim._prepare(some, day, lambda notice: notice._get_claim_terms())
            return self.env.cr.sql_log_count - before

        count(notices)  # what is read once is read
        self.assertEqual(count(notices[:2]), count(notices))
