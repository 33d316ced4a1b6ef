"""What a part payment settles first, and the fixed compensation that a notice claims: once for each invoice."""

from odoo.tests import tagged

from .common import LateCommon


@tagged("post_install", "-at_install")
class TestPaymentOrder(LateCommon):
    """1,000 due on 31 January at 7.3 % (0.20 a day), of which 500 are paid after 50 days, seen after 100."""

    def setUp(self):
        super().setUp()
        self.company.credit_interest_id = self.make_rates(("2026-01-01", 7.3))
        self.bill = self.bill_due(1000.0, "2026-01-31")
        self.pay_on(self.bill, 500.0, "2026-03-22")

    def use(self, order):
        self.company.credit_payment_order = order

    def test_a_company_begins_with_what_its_law_says(self):
        for code, order in (("us", "principal"), ("cn", "costs"), ("de", "costs"), ("fr", "principal")):
            company = self.env["res.company"].create({"name": code, "country_id": self.env.ref(f"base.{code}").id})
            self.assertEqual(company.credit_payment_order, order)

    def test_a_country_that_is_set_later_counts_unless_somebody_has_chosen(self):
        company = self.env["res.company"].create({"name": "Later"})
        self.assertEqual(company.credit_payment_order, "principal")
        company.country_id = self.env.ref("base.de")
        self.assertEqual(company.credit_payment_order, "costs")
        company.credit_payment_order = "principal"
        company.country_id = self.env.ref("base.cn")
        self.assertEqual(company.credit_payment_order, "principal", "what somebody has chosen stays")

    def test_settings_that_are_saved_as_they_were_choose_nothing(self):
        company = self.env["res.company"].create({"name": "Saved"})
        company.write({"credit_payment_order": "principal"})
        company.country_id = self.env.ref("base.de")
        self.assertEqual(company.credit_payment_order, "costs")

    def test_the_principal_first(self):
        self.use("principal")
        self.assertEqual(self.late("2026-05-11"), [("interest", 15.0)])

    def test_costs_and_interest_first(self):
        """10.00 of the 500 settle the interest: 510 bear 5.10 in the next 50 days."""
        self.use("costs")
        self.assertEqual(self.late("2026-05-11"), [("interest", 15.1)])
        self.assertIn("510.00", self.open_late("2026-05-11").line_ids.explanation)

    def test_costs_are_those_that_were_claimed(self):
        """40.00 of compensation were claimed on 1 March: 550 bear 5.50."""
        self.use("costs")
        fee = self.make_notice(self.bill, "2026-03-01")
        self.claim(fee, "2026-03-01", amount_fee=40.0)
        self.assertEqual(self.late("2026-05-11"), [("interest", 15.5)])

    def test_claims_that_were_paid_besides_are_not_settled_again(self):
        """The 40.00 were booked and paid on their own on 22 March: the 500 settle 10.00 of interest."""
        self.use("costs")
        claims = self.claim(self.make_notice(self.bill, "2026-03-01"), "2026-03-01", amount_fee=40.0)
        self.on("2026-03-22")
        claims._book()
        payment = self.receive(self.customer, 40.0, date="2026-03-22")
        (payment.move_id.line_ids + claims.booking_id).filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(claims.state, "paid")
        self.on("2026-05-11")
        self.assertEqual(self.late("2026-05-11"), [("interest", 15.1)])

    def test_what_was_waived_is_not_settled_either(self):
        self.use("costs")
        claims = self.claim(self.make_notice(self.bill, "2026-03-01"), "2026-03-01", amount_fee=40.0)
        self.on("2026-03-10")
        claims._waive("A good customer")
        self.assertEqual(self.late("2026-05-11"), [("interest", 15.1)])

    def test_a_notice_reckons_in_the_same_order(self):
        self.use("costs")
        claims = self.claim(
            self.make_notice(self.bill, "2026-05-11"), "2026-05-11", interest_id=self.company.credit_interest_id.id
        )
        self.assertEqual(claims.mapped("amount"), [15.1])

    def test_an_invoice_that_is_paid_bears_nothing_further(self):
        self.use("costs")
        self.pay_on(self.bill, 500.0, "2026-05-11")
        self.assertEqual(self.late("2026-12-31"), [("interest", 15.1)])


@tagged("post_install", "-at_install")
class TestCompensationOfNotices(LateCommon):
    """2,000 due on 28 February 2026; the directive's compensation is 40."""

    def setUp(self):
        super().setUp()
        self.bill = self.bill_due(2000.0, "2026-02-28")

    def claimed(self, day, moves=None, **values):
        """Return ``[(kind, amount)]`` of a notice of a day whose level claims the compensation."""
        values = {"interest_id": self.eu.id, "is_compensation": True, **values}
        claims = self.claim(self.make_notice(moves or self.bill, day), day, **values)
        return sorted((claim.kind, claim.amount) for claim in claims)

    def test_it_is_claimed_once_for_each_invoice(self):
        self.assertEqual(self.claimed("2026-03-31"), [("compensation", 40.0), ("interest", 17.24)])
        self.assertEqual(self.claimed("2026-04-30"), [("interest", 16.69)])
        self.assertEqual(self.late("2026-04-30"), [], "neither does the page of the customer claim it again")

    def test_each_invoice_has_its_own(self):
        other = self.bill_due(500.0, "2026-03-15")
        self.assertEqual(
            [row for row in self.claimed("2026-03-31", self.bill + other) if row[0] == "compensation"],
            [("compensation", 40.0), ("compensation", 40.0)],
        )

    def test_not_where_the_level_does_not_say_so(self):
        self.assertEqual(self.claimed("2026-03-31", is_compensation=False), [("interest", 17.24)])

    def test_not_of_a_consumer(self):
        self.profile.legal_class = "consumer"
        self.assertEqual(self.claimed("2026-03-31"), [("interest", 17.24)])

    def test_not_of_what_is_listed_and_not_late(self):
        notice = self.make_notice(self.bill_due(500.0, "2026-03-31"), "2026-03-31")
        claims = self.claim(notice, "2026-03-31", interest_id=self.eu.id, is_compensation=True)
        self.assertFalse(claims)

    def test_its_own_fee_counts_only_above_it(self):
        """A fee of 15 beside 40 is 40 in all, one of 65 is 65."""
        self.assertEqual(self.claimed("2026-03-31", amount_fee=15.0), [("compensation", 40.0), ("interest", 17.24)])
        other = self.bill_due(2000.0, "2026-02-28")
        self.assertEqual(
            self.claimed("2026-03-31", other, amount_fee=65.0),
            [("compensation", 40.0), ("fee", 25.0), ("interest", 17.24)],
        )

    def test_what_fees_have_cost_before_is_taken_off(self):
        """15, then 40 - 15 = 25; a second fee of 15 (30 in all) claims nothing, a third one of 20 (50) claims 10."""
        self.claimed("2026-03-15", amount_fee=15.0, is_compensation=False, interest_id=False)
        self.assertEqual(
            self.claimed("2026-03-31", amount_fee=0.0), [("compensation", 25.0), ("interest", 17.24)]
        )
        for day, fee, expected in (("2026-04-15", 15.0, []), ("2026-05-15", 20.0, [("fee", 10.0)])):
            self.assertEqual(self.claimed(day, amount_fee=fee, interest_id=False), expected)

    def test_the_letter_names_it(self):
        notice = self.make_notice(self.bill, "2026-03-31")
        self.claim(notice, "2026-03-31", interest_id=self.eu.id, is_compensation=True)
        letter = self.env["ir.qweb"]._render("credit_management.notice_claims", notice._prepare_letter())
        for text in (letter, notice._get_mail_values()[1]):
            self.assertIn("Fixed compensation for", str(text))
            self.assertNotIn("settles costs and interest first", str(text))
        self.company.credit_payment_order = "costs"
        letter = self.env["ir.qweb"]._render("credit_management.notice_claims", notice._prepare_letter())
        for text in (letter, notice._get_mail_values()[1]):
            self.assertIn("A part payment settles costs and interest first", str(text))
