"""The bar is as long as the exposure, and its legend says what is in it."""

from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestBar(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)

    def parts(self):
        self.env.invalidate_all()
        return [(part["label"], part["amount"]) for part in self.profile.exposure_bar["parts"]]

    def test_credits_are_taken_off_what_is_oldest(self):
        self.make_invoice(self.customer, 500, days_overdue=10)
        self.make_confirmed(self.customer, 300)
        self.receive(self.customer, 150)
        self.assertEqual(self.parts(), [("Overdue", 350.0), ("Open Orders", 300.0)])
        self.assertEqual(self.profile.amount_exposure, 650.0)

    def test_credits_beyond_what_is_past_due_lower_what_comes_next(self):
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.make_invoice(self.customer, 200)
        self.receive(self.customer, 150)
        self.assertEqual(self.parts(), [("Not Due, less credits", 150.0)])

    def test_what_is_disputed_is_covered_last(self):
        invoice = self.make_invoice(self.customer, 100, days_overdue=10)
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 100, "reason": "quality"})
        self.make_confirmed(self.customer, 300)
        self.receive(self.customer, 350)
        self.assertEqual(self.parts(), [("Disputed, less credits", 50.0)])
        self.assertEqual(self.profile.amount_exposure, 50.0)

    def test_credits_that_do_not_count_take_nothing_off(self):
        self.company.credit_count_unallocated = False
        self.make_invoice(self.customer, 100, days_overdue=10)
        self.receive(self.customer, 40)
        self.assertEqual(self.parts(), [("Past Due", 100.0)])

    def test_what_a_group_leaves_is_available_where_it_is_less(self):
        """1,800 of the sister's leave 200 of the group's 2,000, and 1,000 of the own limit."""
        self.assertEqual(self.said(), ("1,000.00", 0.0, ""))
        sister = self.make_customer(limit=5000)
        (self.profile | self.profile_of(sister)).group_id = self.env["credit.group"].create(
            {"name": "Family", "limit_type": "amount", "amount_limit": 2000, "currency_id": self.company.currency_id.id}
        )
        self.make_invoice(sister, 1800)
        self.assertEqual(self.said(), ("200.00", False, "Family: all members use $ 1,800.00 of $ 2,000.00."))
        self.assertEqual(self.profile.amount_available, 200.0)
        self.make_invoice(sister, 300)
        self.assertEqual(self.said(), ("-100.00", "100.00", "Family: all members use $ 2,100.00 of $ 2,000.00."))

    def said(self):
        self.env.invalidate_all()
        bar = self.profile.exposure_bar
        texts = [bar["available_text"], bar["over"] and bar["over_text"], bar["group_text"]]
        return tuple(text and text.replace("\xa0", " ").removeprefix("$ ") for text in texts)

    def test_of_a_customer_with_more_credit_than_debt_nothing_is_drawn(self):
        self.make_invoice(self.customer, 100)
        self.receive(self.customer, 150)
        self.assertEqual((self.parts(), self.profile.exposure_bar["exposure"]), ([], -50.0))

    def test_a_line_says_how_overdue_follows_from_past_due(self):
        self.make_invoice(self.customer, 500, days_overdue=10)
        self.env.invalidate_all()
        self.assertFalse(self.profile.overdue_text)
        self.receive(self.customer, 150)
        self.env.invalidate_all()
        self.assertEqual(
            self.profile.overdue_text.replace("\N{NO-BREAK SPACE}", " "),
            "$ 500.00 past due − $ 150.00 unallocated credits = $ 350.00 overdue",
        )

    def test_only_who_may_read_the_sheet_is_led_there(self):
        for roles, is_open in ((("sales", "credit_user"), False), (("controller",), True)):
            profile = self.profile.with_user(self.make_user(*roles))
            self.assertEqual(profile.exposure_bar["is_sheet_open"], is_open)
