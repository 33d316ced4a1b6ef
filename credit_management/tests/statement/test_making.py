"""What a statement says, who may make it, and that it stays as it was made."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementMaking(StatementCommon):
    def test_open_items_are_those_of_the_day(self):
        first = self.invoice(1000.0, "2026-04-01", "2026-05-01", ref="PO-7")
        self.pay_on(first, 400.0, "2026-06-10")
        second = self.invoice(250.0, "2026-06-15", "2026-07-15")
        self.invoice(99.0, "2026-07-01")
        statement = self.state("2026-06-30")
        self.assertEqual(self.lines(statement), [(first.name, 600.0), (second.name, 250.0)])
        self.assertEqual(statement.amount_total, 850.0)
        self.assertEqual(self.lines(self.state("2026-05-31")), [(first.name, 1000.0)])
        line = statement.open_line_ids[0]
        self.assertEqual((line.reference, line.days_late, line.amount_original), ("PO-7", 60, 1000.0))

    def test_movements_run_from_the_opening_to_the_closing_balance(self):
        first = self.invoice(1000.0, "2026-04-01")
        self.pay_on(first, 400.0, "2026-06-10")
        second = self.invoice(250.0, "2026-06-15")
        statement = self.state("2026-06-30", kind="movements", date_from="2026-06-01")
        moved = statement.movement_line_ids
        self.assertEqual(moved.mapped("section"), ["opening", "movement", "movement"])
        self.assertEqual(moved.mapped("amount"), [1000.0, -400.0, 250.0])
        self.assertEqual(moved.mapped("amount_balance"), [1000.0, 600.0, 850.0])
        [part] = statement._get_parts()
        self.assertEqual((part.closing, part.total), (850.0, 850.0))
        self.assertEqual(moved[2].move_id, second)

    def test_each_currency_is_a_part_of_its_own(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.invoice(100.0, "2026-06-01")
        self.invoice(70.0, "2026-06-02", currency_id=euro.id)
        parts = self.state("2026-06-30", kind="movements", date_from="2026-06-01")._get_parts()
        own = self.company.currency_id.name
        self.assertEqual(
            [(part.currency.name, part.total, part.closing) for part in parts],
            [(own, 100.0, 100.0), ("EUR", 70.0, 70.0)],
        )

    def test_what_is_booked_later_does_not_change_a_statement(self):
        first = self.invoice(1000.0, "2026-04-01")
        statement = self.state("2026-06-30")
        self.pay_on(first, 1000.0, "2026-06-20")
        self.assertEqual(statement.amount_total, 1000.0)

    def test_the_summary_by_age_uses_the_columns_of_the_company(self):
        self.invoice(100.0, "2026-05-31", "2026-05-31")  # 30 days late
        self.invoice(200.0, "2026-05-30", "2026-05-30")  # 31 days late
        self.invoice(400.0, "2026-06-30", "2026-06-30")  # due on the day
        self.invoice(50.0, "2026-06-01", move_type="out_refund")
        [part] = self.state("2026-06-30")._get_parts()
        found = {title: amount for _name, title, amount in part.aging if amount}
        self.assertEqual(
            found, {"Not due": 400.0, "1–30 days": 100.0, "31–60 days": 200.0, "Credits": -50.0}
        )
        self.assertEqual(part.due, 250.0)  # 100 + 200 - 50

    def test_what_is_disputed_is_not_asked_for(self):
        invoice = self.invoice(300.0, "2026-05-01")
        self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 120.0, "reason": "Damaged"})
        [part] = self.state("2026-06-30")._get_parts()
        self.assertEqual((part.total, part.due), (300.0, 180.0))

    def test_a_day_before_the_first_entry_is_refused_and_the_first_one_named(self):
        self.invoice(100.0, "2026-04-01")
        with self.assertRaisesRegex(UserError, "the first entry is of 04/01/2026"):
            self.state("2026-03-31")
        self.assertFalse(self.Statement.search([("partner_id", "=", self.customer.id)]))

    def test_an_empty_period_is_refused(self):
        self.pay_on(self.invoice(100.0, "2026-04-01"), 100.0, "2026-04-02")
        with self.assertRaisesRegex(UserError, "There is nothing to state for Blue Pump Ltd"):
            self.state("2026-06-30", kind="movements", date_from="2026-06-01")
        with self.assertRaisesRegex(UserError, "a first day that is not after 06/30/2026"):
            self.state("2026-06-30", kind="movements", date_from="2026-07-01")
        with self.assertRaisesRegex(UserError, "or an earlier day"):
            self.state(str(self.today + timedelta(days=1)))

    def test_of_many_customers_those_with_something_to_state_get_one(self):
        self.invoice(100.0, "2026-04-01")
        quiet = self.make_customer(name="Quiet")
        self.assertEqual(self.state("2026-06-30", self.customer + quiet).partner_id, self.customer)

    def test_the_dialog_makes_them(self):
        self.invoice(100.0, "2026-04-01")
        action = self.customer.action_make_credit_statement()
        wizard = self.env[action["res_model"]].with_context(**action["context"]).create({"date": "2026-06-30"})
        self.assertEqual(wizard.date_from, date(2026, 6, 1))
        found = wizard.action_make()
        self.assertEqual(self.Statement.browse(found["res_id"]).amount_total, 100.0)

    def test_nobody_writes_figures_answers_or_states_by_hand(self):
        self.invoice(100.0, "2026-04-01")
        statement = self.state("2026-06-30").with_user(self.make_user("biller"))
        for values in ({"state": "agreed"}, {"pdf_sha256": "0"}, {"date": "2026-05-31"}, {"answer_name": "Me"}):
            with self.assertRaises(AccessError):
                statement.write(values)
        with self.assertRaises(AccessError):
            statement.line_ids.write({"amount": 1.0})
        with self.assertRaises(AccessError):
            self.Statement.with_user(statement.env.user).create({"name": "x", "state": "agreed"})
        statement.recipient_id = self.env["res.partner"].create({"name": "Book", "parent_id": self.customer.id})
        statement.unlink()

    def test_what_was_sent_stays(self):
        self.invoice(100.0, "2026-04-01")
        statement = self.sent()
        with self.assertRaisesRegex(UserError, "Only drafts can be deleted"):
            statement.unlink()
        with self.assertRaises(AccessError):
            statement.recipient_id = False

    def test_salespeople_read_their_own_customers_and_make_none(self):
        seller, other = self.seller("own"), self.seller("other")
        self.customer.user_id = seller
        self.invoice(100.0, "2026-04-01")
        statement = self.state("2026-06-30")
        self.assertEqual(statement.with_user(seller).line_ids.mapped("amount"), [100.0])
        self.assertFalse(self.Statement.with_user(other).search([("id", "=", statement.id)]))
        with self.assertRaises(AccessError):
            statement.with_user(other).line_ids.mapped("amount")
        with self.assertRaises(AccessError):
            self.customer.with_user(seller).action_make_credit_statement()
        with self.assertRaises(AccessError):
            statement.with_user(seller).action_send()

    def test_accounting_and_credit_make_and_send_them(self):
        self.invoice(100.0, "2026-04-01")
        for role in ("biller", "credit_user"):
            Statement = self.Statement.with_user(self.make_user(role))
            made = Statement._make_or_explain(self.customer.with_env(Statement.env), self.company, "open",
                                              date(2026, 6, 30))
            made.action_send()
            self.assertEqual(made.state, "sent")

    def test_another_companys_statements_are_not_seen(self):
        self.invoice(100.0, "2026-04-01")
        statement = self.state("2026-06-30")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user("biller", login="stranger", company_id=company.id)
        self.assertFalse(self.Statement.with_user(stranger).search([("id", "=", statement.id)]))

    def test_many_statements_take_no_query_each(self):
        partners = self.customer
        for number in range(6):
            partners |= self.make_customer(name=f"Customer {number}")
        for partner in partners:
            self.invoice(100.0, "2026-04-01", partner=partner)
        self.env.flush_all()
        rows = self.Statement._read_lines(partners, self.company, "movements", date(2026, 6, 30), date(2026, 6, 1))
        self.assertEqual(len(rows), 7)
        self.env.invalidate_all()
        with self.assertQueryCount(10):
            self.Statement._read_lines(partners, self.company, "movements", date(2026, 6, 30), date(2026, 6, 1))
