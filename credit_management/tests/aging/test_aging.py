"""Aged receivables: worked cases, each figure by hand; groups, netting, currencies and the tie to the ledger."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common import GROUPINGS, AgingCommon


@tagged("post_install", "-at_install")
class TestAging(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(name="Aged")

    def test_every_edge(self):
        """C24: 0, 1, 30, 31, 60, 61, 90, 91, 120 and 121 days late on 30 June."""
        due = ("06-30", "06-29", "05-31", "05-30", "05-01", "04-30", "04-01", "03-31", "03-02", "03-01")
        for number, day in enumerate(due):
            self.invoice(self.customer, 10 * 2**number, "2026-01-01", f"2026-{day}")
        self.assertEqual(
            self.columns("2026-06-30", self.customer),
            {
                "Not due": 10.0, "1–30 days": 60.0, "31–60 days": 240.0, "61–90 days": 960.0, "91–120 days": 3840.0,
                "Over 120 days": 5120.0, "total": 10230.0,
            },
        )

    def test_the_past_stays_as_it_was(self):
        """C25: 1,200 due on 4 February; 500 paid on 20 February, a credit note of 200, 500 paid on 2 April."""
        invoice = self.invoice(self.customer, 1200, "2026-01-05", "2026-02-04")
        self.pay_on(invoice, 500, "2026-02-20")
        self.match(invoice, self.invoice(self.customer, 200, "2026-03-10", move_type="out_refund"))
        self.pay_on(invoice, 500, "2026-04-02")
        self.assertEqual(self.columns("2026-01-31", self.customer), {"Not due": 1200.0, "total": 1200.0})
        self.assertEqual(self.columns("2026-02-28", self.customer), {"1–30 days": 700.0, "total": 700.0})
        self.assertEqual(self.columns("2026-03-31", self.customer), {"31–60 days": 500.0, "total": 500.0})
        self.assertEqual(self.columns("2026-04-30", self.customer), {})

    def test_what_came_since_is_told_apart_from_what_was_credited(self):
        """C25, as of 28 February: 700 are open; 200 were credited since, and 500 came."""
        invoice = self.invoice(self.customer, 1200, "2026-01-05", "2026-02-04")
        self.pay_on(invoice, 500, "2026-02-20")
        self.match(invoice, self.invoice(self.customer, 200, "2026-03-10", move_type="out_refund"))
        self.pay_on(invoice, 500, "2026-04-02")
        domain = [("partner_id", "=", self.customer.id)]
        totals = self.page("2026-02-28", domain=domain, is_since_shown=True)["aging"]["totals"]
        names = ("amount_total", "amount_received_since", "amount_credited_since")
        self.assertEqual([totals[name] for name in names], [700.0, 500.0, 200.0])
        self.assertEqual(self.page("2026-02-28", domain=domain)["aging"]["totals"]["amount_received_since"], 0.0)

    def test_a_payment_that_comes_before_its_invoice_is_a_credit_until_then(self):
        """C26."""
        payment = self.receive(self.customer, 1000, date="2025-09-20")
        self.match(payment.move_id, self.invoice(self.customer, 1000, "2025-10-05", "2025-11-04"))
        self.assertEqual(self.columns("2025-09-30", self.customer), {"credits": -1000.0, "total": -1000.0})
        self.assertEqual(self.columns("2025-10-31", self.customer), {})
        self.assertEqual(self.columns("2025-11-30", self.customer), {})

    def test_a_customer_is_unfolded_page_by_page_and_counted(self):
        """Three invoices, two on the first page."""
        for day in (1, 2, 3):
            self.invoice(self.customer, 100 * day, "2026-01-01", f"2026-02-0{day}")
        items = self.items_of("2026-03-31", partner_id=self.customer.id)
        domain, shown = [("partner_id", "=", self.customer.id)], {"amount_total": {}, "days_late": {}}
        first = items.web_search_read(domain, shown, limit=2)
        self.assertEqual([row["amount_total"] for row in first["records"]], [100.0, 200.0])
        self.assertEqual(first["length"], 3)
        second = items.web_search_read(domain, shown, offset=2, limit=2)
        self.assertEqual([(row["amount_total"], row["days_late"]) for row in second["records"]], [(300.0, 56)])
        self.assertEqual(second["length"], 3)

    def test_an_exchange_difference_stands_beside_until_it_is_booked(self):
        """C27: 1,000 at 1.25 are 800; 400 paid at 1.20 are 333.33: 480 are open, 13.33 to be booked on 30 April."""
        foreign = self.setup_other_currency("EUR", rates=[("1900-01-01", 1.25), ("2026-04-01", 1.20)])
        invoice = self.invoice(self.customer, 1000, "2026-03-01", "2026-03-31", currency_id=foreign.id)
        self.pay_on(invoice, 400, "2026-04-15", currency_id=foreign.id)
        self.assertEqual(
            self.columns("2026-04-20", self.customer), {"1–30 days": 480.0, "beside": -13.33, "total": 466.67}
        )
        self.assertEqual(self.columns("2026-04-30", self.customer), {"1–30 days": 480.0, "total": 480.0})
        self.assertEqual(
            self.columns("2026-04-30", self.customer, in_document_currency=True), {"1–30 days": 600.0, "total": 600.0}
        )
        self.pay_on(invoice, 600, "2026-04-16", currency_id=foreign.id)
        # 20 April: 833.33 came for 800
        self.assertEqual(self.columns("2026-04-20", self.customer), {"beside": -33.33, "total": -33.33})
        self.assertEqual(self.columns("2026-04-30", self.customer), {})

    def test_credits_stand_in_a_column_of_their_own_or_are_taken_off_the_oldest(self):
        self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.invoice(self.customer, 200, "2026-01-01", "2026-06-20")
        self.invoice(self.customer, 400, "2026-01-01", "2026-07-20")
        self.receive(self.customer, 150, date="2026-06-01")
        self.assertEqual(
            self.columns("2026-06-30", self.customer),
            {"Not due": 400.0, "1–30 days": 200.0, "31–60 days": 100.0, "credits": -150.0, "total": 550.0},
        )
        self.assertEqual(
            self.columns("2026-06-30", self.customer, is_netted=True),
            {"Not due": 400.0, "1–30 days": 150.0, "total": 550.0},
        )
        self.receive(self.customer, 1000, date="2026-06-01")
        self.assertEqual(
            self.columns("2026-06-30", self.customer, is_netted=True), {"credits": -450.0, "total": -450.0}
        )

    def test_credits_of_one_customer_are_never_taken_off_another(self):
        other = self.make_customer(name="Other")
        self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.receive(other, 150, date="2026-06-01")
        self.assertEqual(
            self.columns("2026-06-30", self.customer, other, is_netted=True),
            {"31–60 days": 100.0, "credits": -150.0, "total": -50.0},
        )

    def test_age_runs_on_where_lateness_starts_anew(self):
        """An invoice of 31 December 2023 whose due date was moved: not late, and one year old on 31 December 2024."""
        invoice = self.invoice(self.customer, 100, "2023-12-31", "2024-01-30")
        invoice.line_ids.filtered("date_maturity").date_maturity = "2025-06-30"
        by_age = {"set": self.years.id}
        self.assertEqual(self.columns("2024-12-31", self.customer), {"Not due": 100.0, "total": 100.0})
        self.assertEqual(
            self.columns("2024-12-31", self.customer, **by_age), {"Up to 1 year (incl.)": 100.0, "total": 100.0}
        )
        self.assertEqual(self.columns("2025-01-01", self.customer, **by_age), {"1–2 years": 100.0, "total": 100.0})
        invoice.delivery_date = "2022-12-30"
        self.assertEqual(self.columns("2024-12-31", self.customer, **by_age), {"2–3 years": 100.0, "total": 100.0})
        self.assertEqual(
            self.columns("2024-12-31", self.customer, basis="document"), {"Over 120 days": 100.0, "total": 100.0}
        )

    def test_every_grouping_adds_up_to_the_same_total(self):
        other = self.make_customer(name="Elsewhere")
        other.country_id = self.env.ref("base.de")
        self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.invoice(other, 250, "2026-01-01", "2026-07-01")
        self.receive(other, 30, date="2026-06-01")
        totals = set()
        for groupby in GROUPINGS:
            page = self.page("2026-06-30", groupby, limit=None)
            self.assertEqual(page["length"], len(page["groups"]), groupby)
            totals.add(round(sum(group["amount_total:sum"] for group in page["groups"]), 2))
            totals.add(page["aging"]["totals"]["amount_total"])
        self.assertEqual(len(totals), 1)

    def test_the_page_says_the_total_of_all_and_their_number(self):
        customers = [self.customer] + [self.make_customer(name=f"Aged {number}") for number in range(4)]
        for customer in customers:
            self.invoice(customer, 100, "2026-01-01", "2026-05-01")
            self.invoice(customer, 10, "2026-01-01", "2026-05-01")
        domain = [("partner_id", "in", [customer.id for customer in customers])]
        page = self.page("2026-06-30", domain=domain, limit=2)
        self.assertEqual((len(page["groups"]), page["length"]), (2, 5))
        self.assertEqual((page["aging"]["count"], page["aging"]["totals"]["amount_total"]), (10, 550.0))
        self.assertEqual([group["__count"] for group in page["groups"]], [2, 2])

    def test_the_columns_tie_to_the_receivable_accounts(self):
        account = self.make_account(self.company, "R7")
        self.customer.property_account_receivable_id = account
        self.invoice(self.customer, 700, "2026-01-01", "2026-05-01")
        self.receive(self.customer, 150, date="2026-06-01")
        tie = self.page("2026-06-30")["aging"]["tie"]
        [row] = [row for row in tie if row["account"].startswith("R7")]
        self.assertEqual((row["open"], row["ledger"], row["difference"]), (550.0, 550.0, 0.0))
        self.assertFalse([row for row in tie if row["difference"]])

    def test_a_screen_gets_its_page_first_and_the_tie_then(self):
        """Nothing is lost: what is left out of the page is what is read beside it; a salesperson has none of it."""
        self.invoice(self.customer, 700, "2026-01-01", "2026-05-01")
        whole = self.page("2026-06-30")["aging"]
        items = self.env["credit.open.item"].with_context(credit_aging_as_of="2026-06-30")
        apart = items.with_context(credit_aging_is_tie_apart=True)
        page = apart.web_read_group([], ["partner_id"], ["amount_total:sum"])["aging"]
        self.assertEqual((page["tie"], page["is_tie_apart"], whole["is_tie_apart"]), ([], True, False))
        self.assertEqual(page["totals"], whole["totals"])
        self.assertTrue(whole["tie"])
        self.assertEqual(apart.read_tie(), whole["tie"])
        seller = new_test_user(self.env, "seller", groups="base.group_user,sales_team.group_sale_salesman")
        own = apart.with_user(seller)
        self.assertEqual(own.read_tie(), [])
        self.assertFalse(own.web_read_group([], ["partner_id"], ["amount_total:sum"])["aging"]["is_tie_apart"])

    def test_a_difference_to_the_ledger_says_where_it_comes_from(self):
        account = self.make_account(self.company, "R8")
        self.customer.property_account_receivable_id = account
        invoice = self.invoice(self.customer, 700, "2026-01-01", "2026-05-01")
        self.pay_on(invoice, 700, "2026-05-02")
        elsewhere = self.make_account(self.company, "R9")
        self.env.flush_all()
        self.env.cr.execute(  # an item that was moved to another account behind Odoo's back
            "UPDATE account_move_line SET account_id = %s WHERE move_id = %s AND account_id = %s",
            [elsewhere.id, invoice.id, account.id],
        )
        self.env.invalidate_all()
        rows = [row for row in self.page("2026-06-30")["aging"]["tie"] if row["difference"]]
        self.assertEqual({row["difference"] for row in rows}, {700.0, -700.0})
        reasons = {row["account"].split()[0]: self.plain(row["reason"]) for row in rows}
        [moved] = invoice.line_ids.filtered(lambda line: line.account_id == elsewhere)
        payment = moved.matched_credit_ids.credit_move_id
        self.assertEqual(reasons, {
            "R8": f"$ 700.00 is matched with items of another account: {payment.move_id.name}.",
            "R9": f"$ -700.00 is matched with items of another account: {invoice.name}.",
        })

    def plain(self, text):
        """Return a text without the marks that keep a figure in one line."""
        return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{ZERO WIDTH NO-BREAK SPACE}", "")

    def test_a_difference_of_a_branch_that_is_not_chosen_is_named(self):
        """The branch's receipt of 700 paid an invoice of its company: without the branch, 700 of nothing are open."""
        account = self.make_account(self.company, "R8")
        self.customer.property_account_receivable_id = account
        invoice = self.invoice(self.customer, 700, "2026-01-01", "2026-05-01")
        self.pay_on(invoice, 700, "2026-05-02")
        [paid] = invoice.line_ids.filtered(lambda line: line.account_id == account)
        receipt = paid.matched_credit_ids.credit_move_id.move_id
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.env.user.company_ids -= branch
        self.env.flush_all()
        for table, column in (("account_move", "id"), ("account_move_line", "move_id")):
            query = SQL("UPDATE %s SET company_id = %s WHERE %s = %s", SQL.identifier(table), branch.id,
                        SQL.identifier(column), receipt.id)
            self.env.cr.execute(query)
        self.env.invalidate_all()
        [row] = [row for row in self.page("2026-06-30")["aging"]["tie"] if row["difference"]]
        self.assertEqual((row["open"], row["ledger"]), (0.0, 700.0))
        self.assertEqual(
            self.plain(row["reason"]),
            f"$ -700.00 is matched with items of a branch that is not chosen: {invoice.name}.",
        )

    def test_what_is_not_trade_stands_beside(self):
        account = self.make_account(self.company, "R6", non_trade=True)
        journal = self.journal_of(self.company)
        income = self.company_data["default_account_revenue"]
        self.env["account.move"].create(
            {
                "journal_id": journal.id, "date": "2026-05-01",
                "line_ids": [
                    (0, 0, {"account_id": account.id, "partner_id": self.customer.id, "debit": 60}),
                    (0, 0, {"account_id": self.company_data["default_account_receivable"].id, "debit": 5}),
                    (0, 0, {"account_id": income.id, "credit": 65}),
                ],
            }
        ).action_post()
        self.assertEqual(self.columns("2026-06-30", self.customer), {"beside": 60.0, "total": 60.0})
        beside = {row["label"] for row in self.page("2026-06-30")["aging"]["beside"]}
        self.assertLessEqual({"Not trade", "Without customer"}, beside)

    def test_advances_have_a_column_and_are_never_netted(self):
        account = self.make_account(self.company, "A5", "liability_current")
        self.company.credit_advance_account_ids = account
        self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        self.env["account.move"].create(
            {
                "journal_id": self.journal_of(self.company).id, "date": "2026-05-01",
                "line_ids": [
                    (0, 0, {"account_id": account.id, "partner_id": self.customer.id, "credit": 40}),
                    (0, 0, {"account_id": self.company_data["default_account_revenue"].id, "debit": 40}),
                ],
            }
        ).action_post()
        expected = {"31–60 days": 100.0, "advance": -40.0, "total": 60.0}
        self.assertEqual(self.columns("2026-06-30", self.customer), expected)
        self.assertEqual(self.columns("2026-06-30", self.customer, is_netted=True), expected)

    def test_a_day_that_is_none_is_refused(self):
        with self.assertRaisesRegex(UserError, "30.9.2026.*2026-09-30"):
            self.page("30.9.2026")

    def test_columns_of_elsewhere_are_refused(self):
        with self.assertRaisesRegex(UserError, "archived, or another company"):
            self.page("2026-06-30", set=0x7FFFFFFF)

    def test_it_is_said_from_which_day_is_counted(self):
        self.assertEqual(self.page("2026-06-30")["aging"]["basis_text"], "Due date")
        document = self.page("2026-06-30", basis="document")["aging"]
        self.assertEqual(document["basis_text"], "Document date")

    def test_nobody_is_offered_to_group_by_what_is_for_the_machine(self):
        fields = self.items_of("2026-06-30").fields_get()
        self.assertFalse(fields["part"]["groupable"])
        self.assertFalse(fields["shown_currency_id"]["groupable"])
        self.assertTrue(fields["partner_id"]["groupable"])

    def test_before_the_first_entry_there_is_a_sentence(self):
        self.invoice(self.customer, 100, "2000-01-15")
        aging = self.page("1999-06-30")["aging"]
        self.assertIn(
            "Nothing was open on 06/30/1999: the first entry is of 01/15/2000. Choose that day or a later one.",
            aging["notes"],
        )
        self.assertEqual((aging["count"], aging["totals"]["amount_total"]), (0, 0.0))

    def test_a_company_without_receivable_accounts_is_told_so(self):
        company = self.env["res.company"].create({"name": "Bare"})
        self.env.user.company_ids += company
        items = self.items_of("2026-06-30").with_context(allowed_company_ids=company.ids)
        aging = items.web_read_group([], ["partner_id"], [])["aging"]
        self.assertEqual((aging["count"], aging["tie"]), (0, []))
        self.assertIn("There are no receivable accounts: set up the chart of accounts first.", aging["notes"])

    def test_an_item_opens_its_document(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-05-01")
        item = self.items_of("2026-06-30").search([("partner_id", "=", self.customer.id)])
        self.assertEqual((item.move_id, item.days_late, item.amount_3), (invoice, 60, 100.0))
        self.assertEqual(item.action_open_document()["res_id"], invoice.id)
