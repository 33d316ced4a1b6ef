"""What is said of open items: disputed, promised, covered."""

from datetime import timedelta

from odoo import Command
from odoo.addons.credit_management.models.exposure.credit_mark import Mark
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..common import CreditCommon

_lt = LazyTranslate("credit_management")


class MarkCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000, "Marked Ltd")
        cls.profile = cls.profile_of(cls.customer)
        cls.first = cls.make_invoice(cls.customer, 100, days_overdue=20)
        cls.second = cls.make_invoice(cls.customer, 200, days_overdue=-5)

    def make_promise(self, amount, days=5, **values):
        return self.env["credit.promise"].create(
            {
                "profile_id": self.profile.id,
                "amount": amount,
                "date_noted": self.today - timedelta(days=10),
                "date_promised": self.today + timedelta(days=days),
                **values,
            }
        )

    def make_cover(self, amount, **values):
        return self.env["credit.cover"].create({"profile_id": self.profile.id, "amount": amount, **values})

    def dispute(self, invoice, amount):
        return self.env["credit.dispute"].create({"move_id": invoice.id, "amount": amount, "reason": "Broken"})

    def marked(self, name):
        """Return the marked parts by invoice: (amount, amount in the currency of the item)."""
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        [mark] = [mark for mark in Exposure._get_marks() if mark.name == name]
        rows = self.env.execute_query(
            SQL(
                "SELECT l.move_id, m.amount::float, m.amount_currency::float FROM (%s) m "
                "JOIN account_move_line l ON l.id = m.item_id",
                mark.source(Exposure, Exposure._make_scope(self.today, self.customer.ids)),
            )
        )
        return {move_id: (amount, amount_currency) for move_id, amount, amount_currency in rows}

    def sheet(self, user=None):
        lines = self.env["credit.exposure.line"].with_user(user or self.env.user)
        return lines.search([("profile_id", "=", self.profile.id)])


@tagged("post_install", "-at_install")
class TestMarkedParts(MarkCommon):
    def test_a_promise_marks_the_oldest_items_up_to_its_amount(self):
        self.make_promise(150)
        self.assertEqual(self.marked("promise"), {self.first.id: (100, 100), self.second.id: (50, 50)})

    def test_a_promise_marks_the_invoices_it_names(self):
        self.make_promise(150, invoice_ids=[Command.set(self.second.ids)])
        self.assertEqual(self.marked("promise"), {self.second.id: (150, 150)})

    def test_what_was_paid_of_a_promise_is_no_longer_marked(self):
        self.make_promise(80)
        self.pay(self.first, 50)
        self.assertEqual(self.marked("promise"), {self.first.id: (30, 30)})

    def test_only_an_open_promise_marks(self):
        broken = self.make_promise(80, days=-1)
        self.assertEqual(broken.state, "broken")
        self.make_promise(50)._withdraw("Noted twice")
        self.assertEqual(self.marked("promise"), {})

    def test_a_cover_marks_the_oldest_items_while_it_is_valid(self):
        cover = self.make_cover(250)
        self.assertEqual(self.marked("cover"), {self.first.id: (100, 100), self.second.id: (150, 150)})
        cover.write({"date_from": self.today - timedelta(days=9), "date_to": self.today})
        self.assertEqual(len(self.marked("cover")), 2)
        cover.date_to = self.today - timedelta(days=1)
        self.assertEqual(self.marked("cover"), {})
        cover.write({"date_to": False, "date_from": self.today + timedelta(days=1)})
        self.assertEqual(self.marked("cover"), {})

    def test_a_cover_in_another_currency_is_converted(self):
        foreign = self.setup_other_currency("HRK", rates=[("2016-01-01", 2.0)])  # 2 of theirs are 1 of ours
        self.make_cover(160, currency_id=foreign.id)
        self.assertEqual(self.marked("cover"), {self.first.id: (80, 80)})

    def test_a_foreign_item_is_marked_in_both_currencies(self):
        foreign = self.setup_other_currency("HRK", rates=[("2016-01-01", 2.0)])
        invoice = self.make_invoice(self.customer, 100, days_overdue=30, currency_id=foreign.id)
        self.make_cover(20)
        self.assertEqual(self.marked("cover"), {invoice.id: (20, 40)})

    def test_neither_promise_nor_cover_changes_a_figure(self):
        before = self.figures(self.customer)
        self.make_promise(150)
        self.make_cover(1000)
        self.assertEqual(self.figures(self.customer), before)

    def test_a_dispute_moves_its_part(self):
        self.dispute(self.first, 30)
        self.assertEqual(self.marked("dispute"), {self.first.id: (30, 30)})
        self.assertExposure(self.customer, 300, overdue=70, not_due=200, disputed=30)


@tagged("post_install", "-at_install")
class TestMarksOnTheSheet(MarkCommon):
    def test_each_open_item_says_its_marks(self):
        self.dispute(self.first, 30)
        self.make_promise(100)
        self.make_cover(150)
        order = self.make_confirmed(self.customer, 10)
        marks = {(line.res_model, line.res_id): line.marks for line in self.sheet()}
        self.assertEqual(
            marks,
            {
                ("account.move", self.first.id): "Disputed, Promised, Covered",
                ("account.move", self.second.id): "Covered",
                ("sale.order", order.id): False,
            },
        )

    def test_who_may_not_see_covers_is_not_told_of_them(self):
        self.dispute(self.first, 30)
        self.make_cover(150)
        marks = {line.res_id: line.marks for line in self.sheet(self.make_user("biller"))}
        self.assertEqual(marks, {self.first.id: "Disputed", self.second.id: False})

    def test_marks_of_many_rows_cost_as_much_as_of_one(self):
        self.make_cover(10**6)

        def count(lines):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines.mapped("marks")
            return self.env.cr.sql_log_count - before

        few = self.sheet()
        count(few)
        one = count(few)
        for number in range(10):
            self.make_invoice(self.customer, 10 + number)
        self.assertEqual(len(self.sheet()), 12)
        self.assertLessEqual(count(self.sheet()), one)

    def test_a_mark_needs_one_entry(self):
        item = self.second.line_ids.filtered("date_maturity").id
        claim = Mark(
            "claim",
            _lt("Claimed"),
            "credit.dispute",
            lambda _exposure, _scope: SQL(
                "SELECT %s AS item_id, 20::numeric AS amount, 20::numeric AS amount_currency, "
                "NULL::date AS date_from, NULL::date AS date_to",
                item,
            ),
            component="disputed",
        )
        registry = type(self.env["credit.exposure"])
        marks = registry._get_marks
        self.patch(registry, "_get_marks", lambda model: (*marks(model), claim))
        self.assertExposure(self.customer, 300, overdue=100, not_due=180, disputed=20)
        self.assertEqual({line.marks for line in self.sheet() if line.res_id == self.second.id}, {"Claimed"})
