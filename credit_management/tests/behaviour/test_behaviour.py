"""How a customer pays, in the figures that the credit file shows."""

from datetime import timedelta

from odoo.tests import tagged

from .test_paid import PaidCommon


@tagged("post_install", "-at_install")
class TestBehaviourFigures(PaidCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile = cls.profile_of(cls.customer)

    def behaviour(self):
        self.env.invalidate_all()
        return self.profile._get_behaviour(self.today)

    def shown(self):
        """Return the text of each figure by its name."""
        self.env.invalidate_all()
        return {figure["name"]: figure["text"] for figure in self.profile.behaviour_figures}

    def test_nothing_is_said_of_a_customer_that_bought_nothing(self):
        nothing = {"days_late": None, "share_on_time": None, "sales": 0.0, "dso": None}
        self.assertEqual(self.behaviour(), nothing)
        self.assertEqual({self.shown()[name] for name in ("index", "late", "on_time", "last", "dso")}, {"–"})
        self.assertFalse(self.profile.last_payment_text)

    def test_lateness_and_what_is_on_time_are_weighted_by_amount(self):
        """300 paid on its day, 100 paid 40 days late: 10 days late, three quarters on time."""
        self.pay(self.make_invoice(self.customer, 300, days_overdue=0))
        self.pay(self.make_invoice(self.customer, 100, days_overdue=40))
        found = self.behaviour()
        self.assertEqual((found["days_late"], found["share_on_time"]), (10, 75))
        self.assertEqual((self.shown()["late"], self.shown()["on_time"]), ("10 days late", "75 %"))

    def test_sales_are_invoices_less_credit_notes_of_a_year(self):
        self.make_invoice(self.customer, 1000, invoice_date=self.today - timedelta(days=364))
        self.make_invoice(self.customer, 5000, invoice_date=self.today - timedelta(days=366))
        self.make_refund(self.customer, 200)
        self.make_invoice(self.customer, 70, post=False)
        self.assertEqual(self.behaviour()["sales"], 800.0)

    def test_dso_is_open_items_by_days_by_sales(self):
        """Half of what was sold in a year is open: 183 days (182.5)."""
        old = self.make_invoice(self.customer, 500, invoice_date=self.today - timedelta(days=364))
        self.make_invoice(self.customer, 500)
        self.pay(old)
        self.assertEqual(self.behaviour()["dso"], 182)

    def test_the_dso_of_a_new_customer_is_of_the_time_since_its_first_invoice(self):
        """All of it is open after 10 days: 10 days and today, not a year."""
        self.make_invoice(self.customer, 500, invoice_date=self.today - timedelta(days=10))
        self.assertEqual(self.behaviour()["dso"], 11)

    def test_the_last_payments_come_first_and_say_how_late_they_were(self):
        invoice = self.make_invoice(self.customer, 100, days_overdue=12)
        self._register_payment(invoice, payment_date=self.today - timedelta(days=2))
        self.receive(self.customer, 50)
        found = self.profile._read_last_payments(self.today)
        self.assertEqual([(payment["amount"], payment["days"]) for payment in found], [(50.0, None), (100.0, 10)])
        self.assertEqual([payment["days"] for payment in self.profile.last_payments], ["not matched", "10 days late"])
        self.assertIn("50.00", self.profile.last_payment_text)

    def test_ten_payments_are_shown_in_few_queries(self):
        for _number in range(12):
            self.receive(self.customer, 10)
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            self.assertEqual(len(self.profile.last_payments), 10)

    def test_the_highest_exposure_is_that_of_the_days_kept_or_of_now(self):
        Snapshot = self.env["credit.snapshot"]
        invoice = self.make_invoice(self.customer, 900)
        Snapshot._take(self.profile.ids, self.today - timedelta(days=30))
        self.pay(invoice, 600)
        self.assertEqual(self.profile._get_highest_balance(), 900.0)
        self.make_invoice(self.customer, 5000)
        self.env.invalidate_all()
        self.assertEqual(self.profile._get_highest_balance(), self.profile.amount_exposure)

    def test_money_of_another_company_is_not_this_ones(self):
        other = self.setup_other_company(name="Other")["company"]
        self.receive(self.customer, 50)
        self.assertEqual(self.profile_of(self.customer, other)._read_last_payments(self.today), [])

    def test_a_salesperson_who_reads_no_payment_sees_the_figures(self):
        self.receive(self.customer, 50)
        user = self.make_user("sales", "credit_user")
        self.assertEqual(len(self.profile.with_user(user).last_payments), 1)
