"""Lateness by the first due date, by the present one, and by the date that is planned."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.ledger.account_move_due import get_due_day
from .common import AgingCommon


@tagged("post_install", "-at_install")
class TestAgingPlanned(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(name="Planned")
        cls.profile = cls.profile_of(cls.customer)

    def move_due(self, invoice, day):
        invoice.line_ids.filtered("date_maturity").date_maturity = day

    def item_of(self, day, **switches):
        self.env["credit.open.item"].invalidate_model()  # as each request does
        return self.items_of(day, **switches).search([("partner_id", "=", self.customer.id)])

    def test_a_due_date_that_was_moved_counts_from_what_it_was_first(self):
        """Due 31 January, moved to 30 April and to 31 May: on 30 June 150 days late by the first, 30 by the present."""
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-01-31")
        self.move_due(invoice, "2026-04-30")
        self.move_due(invoice, "2026-05-31")
        self.assertEqual(self.columns("2026-06-30", self.customer), {"1–30 days": 100.0, "total": 100.0})
        self.assertEqual(
            self.columns("2026-06-30", self.customer, basis="original"), {"Over 120 days": 100.0, "total": 100.0}
        )
        item = self.item_of("2026-06-30", basis="original")
        dates = (date(2026, 1, 31), date(2026, 5, 31))
        self.assertEqual((item.date_original, item.date_due, item.days_late), (*dates, 150))
        self.assertEqual(self.item_of("2026-06-30").days_late, 30)

    def test_a_due_date_that_comes_earlier_is_the_original_one(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-05-31")
        self.move_due(invoice, "2026-06-30")
        self.move_due(invoice, "2026-04-30")
        self.assertEqual(self.item_of("2026-06-30", basis="original").date_original, date(2026, 4, 30))

    def test_what_is_posted_once_more_with_more_time_keeps_its_first_due_date(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-01-31")
        invoice.button_draft()
        invoice.invoice_date_due = "2026-05-31"
        invoice.action_post()
        self.assertEqual(self.item_of("2026-06-30", basis="original").date_original, date(2026, 1, 31))
        self.assertEqual(self.item_of("2026-06-30").date_due, date(2026, 5, 31))

    def test_installments_find_their_first_due_date_by_what_comes_before_them(self):
        due = [["2026-01-31", 30.0], ["2026-02-28", 70.0]]
        found = [get_due_day(due, owed) for owed in (0.0, 29.99, 30.0, 99.99, 100.0)]
        self.assertEqual(
            found, ["2026-01-31", "2026-01-31", "2026-02-28", "2026-02-28", "2026-02-28"]
        )

    def test_nobody_writes_when_something_was_due_first(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-01-31")
        items = invoice.line_ids.with_user(self.make_user("biller", login="b"))
        with self.assertRaises(AccessError):
            items.write({"credit_date_due_first": "2026-05-01"})

    def test_a_promise_plans_what_it_covers_while_it_holds(self):
        """100 and 100 are due; 130 are promised on 10 March for 10 April: the first item is planned, of the second a
        part is, which moves nothing."""
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.invoice(self.customer, 100, "2026-01-01", "2026-03-01")
        self.env["credit.promise"].create(
            {"profile_id": self.profile.id, "amount": 130, "date_noted": "2026-03-10", "date_promised": "2026-04-10"}
        )
        for day, dates in (("2026-03-09", [(2, 1), (3, 1)]), ("2026-03-10", [(4, 10), (3, 1)]),
                           ("2026-04-10", [(4, 10), (3, 1)]), ("2026-04-11", [(2, 1), (3, 1)])):
            items = self.item_of(day, basis="planned").sorted("date_due")
            self.assertEqual(items.mapped("date_planned"), [date(2026, *found) for found in dates], day)
        self.assertEqual(
            self.columns("2026-03-31", self.customer, basis="planned"),
            {"Not due": 100.0, "1–30 days": 100.0, "total": 200.0},
        )
        self.assertEqual(self.columns("2026-03-31", self.customer), {"1–30 days": 100.0, "31–60 days": 100.0,
                                                                     "total": 200.0})

    def test_promises_go_on_where_the_one_before_ends_and_the_last_of_an_item_counts(self):
        """60 in April and 140 in May: the first item of 100 is paid up in May, and so is the second."""
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.invoice(self.customer, 100, "2026-01-01", "2026-03-01")
        for amount, day in ((140, "2026-05-10"), (60, "2026-04-10")):
            self.env["credit.promise"].create(
                {"profile_id": self.profile.id, "amount": amount, "date_noted": "2026-03-10", "date_promised": day}
            )
        items = self.item_of("2026-03-31", basis="planned").sorted("date_due")
        self.assertEqual(items.mapped("date_planned"), [date(2026, 5, 10), date(2026, 5, 10)])
        self.env["credit.promise"].create(
            {"profile_id": self.profile.id, "amount": 40, "date_noted": "2026-03-11", "date_promised": "2026-04-20"}
        )
        items = self.item_of("2026-03-31", basis="planned").sorted("date_due")
        self.assertEqual(items.mapped("date_planned"), [date(2026, 4, 20), date(2026, 5, 10)])

    def test_who_may_not_read_promises_sees_due_dates(self):
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.env["credit.promise"].create(
            {"profile_id": self.profile.id, "amount": 130, "date_noted": "2026-03-10", "date_promised": "2026-04-10"}
        )
        reader = new_test_user(self.env, "auditor", groups="base.group_user,account.group_account_readonly")
        items = self.items_of("2026-03-31", reader, basis="planned")
        self.assertEqual(items.search([("partner_id", "=", self.customer.id)]).date_planned, date(2026, 2, 1))


@tagged("post_install", "-at_install")
class TestAgingCovered(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(name="Covered")
        cls.profile = cls.profile_of(cls.customer)
        cls.domain = [("partner_id", "=", cls.customer.id)]

    def cover(self, amount, percent=100):
        self.env["credit.cover"].sudo().create(
            {"profile_id": self.profile.id, "amount": amount, "percent_share": percent, "date_from": "2026-01-01"}
        )

    def covered(self, user=None, **switches):
        items = self.items_of("2026-06-30", user, is_cover_shown=True, **switches)
        return items.search(self.domain, order="date_due").mapped("amount_covered")

    def test_a_share_of_each_item_the_oldest_first(self):
        """90 % of 100 and of 200 are 90 and 180; the cover ends at 150."""
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.invoice(self.customer, 200, "2026-01-01", "2026-03-01")
        self.cover(150, 90)
        self.assertEqual(self.covered(), [90.0, 60.0])
        totals = self.page("2026-06-30", domain=self.domain, is_cover_shown=True)["aging"]["totals"]
        self.assertEqual(totals["amount_covered"], 150.0)
        self.assertEqual(self.page("2026-06-30", domain=self.domain)["aging"]["totals"]["amount_covered"], 0.0)

    def test_two_covers_go_on_where_the_first_ends(self):
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.invoice(self.customer, 200, "2026-01-01", "2026-03-01")
        self.cover(100)
        self.cover(50)
        self.assertEqual(self.covered(), [100.0, 50.0])

    def test_an_item_is_never_covered_for_more_than_is_open_of_it(self):
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.cover(500)
        self.cover(500, 90)
        self.assertEqual(self.covered(), [100.0])

    def test_in_document_currency_the_covered_part_is_of_the_document(self):
        foreign = self.setup_other_currency("EUR", rates=[("1900-01-01", 2.0)])
        self.invoice(self.customer, 200, "2026-01-01", "2026-02-01", currency_id=foreign.id)
        self.cover(50)
        self.assertEqual(self.covered(in_document_currency=True), [100.0])

    def test_it_is_shared_out_with_its_item(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        account = self.env["account.analytic.account"].create({"name": "North", "plan_id": plan.id})
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        invoice.invoice_line_ids.analytic_distribution = {str(account.id): 60}
        self.cover(50)
        page = self.page(
            "2026-06-30", "analytic_account_id", domain=self.domain, plan=plan.id, is_cover_shown=True
        )
        self.assertEqual([group["amount_covered:sum"] for group in page["groups"]], [30.0, 20.0])

    def test_who_may_not_read_covers_is_not_told(self):
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.cover(500)
        reader = new_test_user(self.env, "auditor", groups="base.group_user,account.group_account_readonly")
        self.assertEqual(self.covered(reader), [0.0])
