"""The exposure sheet: what each document says, what adds up and what does not."""

from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestSheet(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(10_000)
        cls.profile = cls.profile_of(cls.customer)

    def lines(self, *domain):
        self.env.invalidate_all()
        return self.env["credit.exposure.line"].search([("profile_id", "=", self.profile.id), *domain])

    def overdue(self):
        """Return what the button of the file opens."""
        action = self.profile.action_open_overdue()
        Line = self.env["credit.exposure.line"].with_context(**action["context"])
        return Line.search(action["domain"], order="date_due, id")

    def test_what_is_overdue_adds_up_to_the_figure_of_the_button(self):
        self.make_invoice(self.customer, 100, days_overdue=30)
        self.make_invoice(self.customer, 200, days_overdue=10)
        self.make_invoice(self.customer, 400)
        self.make_refund(self.customer, 130)
        self.assertEqual(self.overdue().mapped("amount_overdue"), [170.0])
        self.assertEqual(self.profile.amount_overdue, 170.0)

    def test_disputes_and_credits_together_leave_what_the_button_says(self):
        self.make_invoice(self.customer, 100, days_overdue=30)
        disputed = self.make_invoice(self.customer, 200, days_overdue=10)
        self.env["credit.dispute"].create({"move_id": disputed.id, "amount": 50, "reason": "quality"})
        self.receive(self.customer, 120)
        self.env.invalidate_all()
        self.assertEqual(self.profile.amount_overdue, 130.0)
        self.assertEqual(sum(self.overdue().mapped("amount_overdue")), 130.0)

    def test_what_is_disputed_leaves_its_line_and_the_rest_stays_in_one(self):
        for amount, disputed in ((100, 100), (300, 120)):
            invoice = self.make_invoice(self.customer, amount, days_overdue=30)
            self.env["credit.dispute"].create({"move_id": invoice.id, "amount": disputed, "reason": "quality"})
        found = sorted((line.component, line.amount, line.days_late) for line in self.lines())
        self.assertEqual(found, [("disputed", 100, 0), ("disputed", 120, 0), ("overdue", 180, 30)])

    def test_where_nothing_is_overdue_nothing_is_listed(self):
        self.make_invoice(self.customer, 100, days_overdue=30)
        self.receive(self.customer, 120)
        self.assertFalse(self.overdue())
        self.assertEqual(self.profile.amount_overdue, 0.0)

    def test_the_oldest_of_many_are_covered_whatever_customers_are_read_together(self):
        other = self.make_customer(name="Other")
        for partner, credit in ((self.customer, 150), (other, 20)):
            for days in (30, 20, 10):
                self.make_invoice(partner, 100, days_overdue=days)
            self.receive(partner, credit)
        self.env.invalidate_all()
        for partner, amounts in ((self.customer, [0.0, 50.0, 100.0]), (other, [80.0, 100.0, 100.0])):
            mine = [("profile_id", "=", self.profile_of(partner).id), ("component", "=", "overdue")]
            lines = self.env["credit.exposure.line"].search(mine, order="date_due")
            self.assertEqual(lines.mapped("amount_overdue"), amounts)

    def test_a_salesperson_gets_the_invoices_instead(self):
        user = self.make_user("sales", "credit_user")
        self.assertEqual(self.profile.with_user(user).action_open_overdue()["res_model"], "account.move")

    def test_days_are_told_of_what_is_late_only(self):
        self.make_invoice(self.customer, 100, days_overdue=-25)
        self.make_invoice(self.customer, 200, days_overdue=5)
        self.make_confirmed(self.customer, 300)
        self.assertEqual({line.amount: line.days_late for line in self.lines()}, {100: 0, 200: 5, 300: 0})
        self.assertEqual(len(self.lines(("days_late", "=", False))), 2)

    def test_each_date_says_what_it_is_of(self):
        self.make_invoice(self.customer, 100)
        self.make_invoice(self.customer, 110, post=False)
        self.receive(self.customer, 20)
        self.make_confirmed(self.customer, 300)
        self.make_confirmed(self.customer, 310, commitment_date=self.today)
        found = {line.amount: line.date_kind for line in self.lines()}
        money = {20: "booked", -20: "booked"}  # on its way to the bank, and on account
        self.assertEqual(found, {100: "due", 110: "due", 300: "order", 310: "delivery", **money})

    def test_a_document_in_another_currency_shows_what_stands_on_it(self):
        """39,195.00 at 7.854566 are 4,990.09; back they would be 39,194.99."""
        yuan = self.setup_other_currency("CNY", rates=[("1900-01-01", 7.854566)])
        self.make_confirmed(self.customer, 39195, pricelist_id=self.make_pricelist(yuan).id)
        self.make_invoice(self.customer, 39195, post=False, currency_id=yuan.id)
        lines = self.lines()
        self.assertEqual(lines.mapped("amount"), [4990.09, 4990.09])
        self.assertEqual(lines.mapped("amount_currency"), [39195.0, 39195.0])

    def test_a_part_of_an_order_shows_its_part(self):
        yuan = self.setup_other_currency("CNY", rates=[("1900-01-01", 2.0)])
        order = self.make_confirmed(self.customer, 100, 5, pricelist_id=self.make_pricelist(yuan).id)
        self.deliver(order.order_line, 2)
        found = {line.component: line.amount_currency for line in self.lines()}
        self.assertEqual(found, {"delivered": 200.0, "orders": 300.0})

    def test_parts_of_an_order_add_up_to_what_stands_on_it_to_the_cent(self):
        """Of 5 at 7,839.00 two are delivered: 15,678.00 are 1,996.04 at 7.854566, and 23,517.00 the rest; converted
        back they would be 15,678.03 and 23,516.96."""
        yuan = self.setup_other_currency("CNY", rates=[("1900-01-01", 7.854566)])
        order = self.make_confirmed(self.customer, 7839, 5, pricelist_id=self.make_pricelist(yuan).id)
        self.deliver(order.order_line, 2)
        found = {line.component: (line.amount, line.amount_currency) for line in self.lines()}
        self.assertEqual(found, {"delivered": (1996.04, 15678.0), "orders": (2994.05, 23517.0)})

    def test_only_what_counts_adds_up(self):
        names = ["amount", "amount_currency", "amount_counted"]
        fields = self.env["credit.exposure.line"].fields_get(names, ["aggregator"])
        self.assertEqual([fields[name].get("aggregator") for name in ("amount", "amount_currency")], [None, None])
        self.assertEqual(fields["amount_counted"]["aggregator"], "sum")

    def test_limits_are_not_added_up(self):
        fields = self.env["credit.profile"].fields_get(["amount_limit_effective", "amount_available"], ["aggregator"])
        self.assertFalse(any(field.get("aggregator") for field in fields.values()))

    def test_a_component_is_opened_by_its_name(self):
        action = self.profile.action_open_exposure("orders")
        self.assertEqual(action["context"]["search_default_component"], "orders")
