"""A due date does not move later unseen, and what was not received does not become money."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.ledger.account_move_due import get_postponed
from ..gate.adversary import AdversaryCommon


@tagged("post_install", "-at_install")
class TestPostponedByWhoBills(AdversaryCommon):
    """900 are 90 days late, so that an order of 50 is refused. A biller grants time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls.make_user("biller")
        cls.both = cls.make_user("controller", "biller", login="both")

    def setUp(self):
        super().setUp()
        self.due = self.today - timedelta(days=90)
        self.later = self.today + timedelta(days=60)
        self.invoice = self.make_invoice(self.poor, 900, days_overdue=90).with_user(self.biller)
        self.item = self.invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        self.assertOverdue(900)

    def assertOverdue(self, amount):  # noqa: N802
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.profile_of(self.poor).amount_overdue, amount)

    def noted(self):
        rows = self.env["credit.log"].search([("res_model", "=", "account.move"), ("verdict", "=", "looser")])
        return [(row.value_before, row.value_after, row.amount_most) for row in rows]

    def draft_until(self, day, user=None, amount=None):
        """Reset the invoice to draft, and give it another due date."""
        self.invoice = self.invoice.with_user(user or self.biller)
        self.invoice.button_draft()
        self.invoice.write({"invoice_date_due": day, "invoice_payment_term_id": False})
        if amount:
            self.invoice.invoice_line_ids.price_unit = amount

    def test_a_due_date_is_not_emptied(self):
        """The day of the entry would count, and that can be written."""
        self.assertRefused(self.item.write, {"date": self.later})
        self.item.sudo().date = self.later
        self.assertRefused(self.item.write, {"date_maturity": False})
        self.assertOverdue(900)

    def test_what_is_posted_again_is_not_due_later(self):
        self.draft_until(self.later)
        with self.assertRaisesRegex(UserError, "was due on .* when it was posted before: only a credit controller"):
            self.invoice.action_post()

    def test_nor_when_it_was_cancelled_between(self):
        self.invoice.button_cancel()
        self.draft_until(self.later)
        self.assertRefused(self.invoice.action_post)

    def test_nor_when_it_was_worth_nothing_between(self):
        self.draft_until(self.due, amount=0.01)
        self.invoice.action_post()
        self.draft_until(self.later, amount=900)
        self.assertRefused(self.invoice.action_post)

    def test_nor_when_a_job_posts_it(self):
        self.draft_until(self.later)
        self.assertRefused(self.invoice.sudo().action_post)
        self.assertRefused(self.invoice.with_user(self.env.ref("base.user_root")).action_post)

    def test_nobody_writes_when_it_was_due(self):
        self.draft_until(self.later)
        self.assertRefused(self.invoice.write, {"credit_due_before": False})

    def test_it_is_posted_again_as_it_was(self):
        for amount in (900, 800, 950):
            self.draft_until(self.due, amount=amount)
            self.invoice.action_post()
            self.assertOverdue(amount)

    def test_a_part_is_not_due_later(self):
        self.draft_until(self.due)
        half = [(0, 0, {"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 150)]
        terms = self.env["account.payment.term"].create({"name": "Half", "line_ids": half})
        self.invoice.invoice_payment_term_id = terms
        self.assertRefused(self.invoice.action_post)

    def test_a_controller_grants_time_and_the_log_says_so(self):
        self.draft_until(self.later, user=self.both)
        self.invoice.action_post()
        self.assertOverdue(0)
        self.assertEqual(self.noted(), [(str(self.due), str(self.later), 900.0)])

    def test_a_controller_moves_the_date_of_what_is_posted_and_the_log_says_so(self):
        self.item.with_user(self.both).date_maturity = self.later
        self.assertOverdue(0)
        self.assertEqual(self.noted(), [(str(self.due), str(self.later), 900.0)])

    def test_the_day_that_a_posted_invoice_shows_is_not_later_than_what_it_owes(self):
        self.assertRefused(self.invoice.write, {"invoice_date_due": self.later})
        self.invoice.write({"invoice_date_due": self.due - timedelta(days=1)})
        self.assertEqual(self.noted(), [])
        self.invoice.with_user(self.both).write({"invoice_date_due": self.later})
        self.assertEqual(self.noted(), [(str(self.due - timedelta(days=1)), str(self.later), 900.0)])
        self.assertOverdue(900)

    def test_what_replaces_a_reversed_invoice_is_not_due_later(self):
        wizard = self.env["account.move.reversal"].with_user(self.biller).with_context(
            active_model="account.move", active_ids=self.invoice.ids
        ).create({"journal_id": self.invoice.journal_id.id})
        new = self.env["account.move"].with_user(self.biller).browse(wizard.modify_moves()["res_id"])
        self.assertOverdue(0)
        new.write({"invoice_date": self.today, "invoice_date_due": self.later, "invoice_payment_term_id": False})
        self.assertRefused(new.action_post)
        new.write({"invoice_date_due": self.due})
        new.action_post()
        self.assertOverdue(900)

    def test_while_nothing_is_checked_nothing_is_refused(self):
        self.env["credit.policy"].search([("state", "=", "on")]).action_deactivate()
        self.draft_until(self.later)
        self.assertTrue(self.attempt(self.invoice.action_post))

    def test_what_is_posted_stays(self):
        """Core accepts all of these. What an invoice was paid is worked out with its rate."""
        bank = self.company_data["default_journal_bank"]
        other = self.make_invoice(self.rich, 5)
        for values in ({"journal_id": bank.id}, {"currency_id": self.env.ref("base.CHF").id}, {"date": self.later}):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "is posted: '.*' stays as it is"):
                self.item.write(values)
        for values in ({"invoice_currency_rate": 0.01}, {"reversed_entry_id": other.id}):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "is posted: '.*' stays as it is"):
                self.invoice.write(values)


@tagged("post_install", "-at_install")
class TestWhatIsDueLater(AdversaryCommon):
    def test_it_is_the_most_on_a_day(self):
        for before, after, later in (
            ([["2026-01-01", 900]], [["2026-01-01", 900]], 0),
            ([["2026-01-01", 900]], [["2026-03-01", 900]], 900),
            ([["2026-01-01", 900]], [["2025-03-01", 900]], 0),
            ([["2026-01-01", 900]], [["2026-03-01", 300]], 300),
            ([["2026-01-01", 900]], [["2026-01-01", 450], ["2026-03-01", 450]], 450),
            ([["2026-01-01", 450], ["2026-03-01", 450]], [["2026-01-01", 400], ["2026-03-01", 400]], 0),
            ([["2026-01-01", 450], ["2026-03-01", 450]], [["2026-03-01", 900]], 450),
            ([["2026-01-01", 900]], [["2026-01-01", 900], ["2026-03-01", 900]], 0),
            ([["2026-01-01", 900]], [], 0),
            ([], [["2026-01-01", 900]], 0),
        ):
            with self.subTest(before=before, after=after):
                self.assertEqual(get_postponed(before, after), later)


@tagged("post_install", "-at_install")
class TestMoneyThatIsNone(AdversaryCommon):
    def test_an_entry_does_not_become_money_by_the_journal_of_its_item(self):
        """Poor promised 900; an entry of 900 settles the invoice by an income account."""
        invoice = self.make_invoice(self.poor, 900)
        account = invoice.line_ids.account_id.filtered(lambda account: account.account_type == "asset_receivable")
        promise = self.env["credit.promise"].create({
            "profile_id": self.profile_of(self.poor).id, "amount": 900, "date_promised": self.today,
            "currency_id": self.company.currency_id.id,
        })
        entry = self.env["account.move"].create({
            "journal_id": self.env["account.journal"].search([("type", "=", "general")], limit=1).id,
            "line_ids": [
                Command.create({"account_id": account.id, "partner_id": self.poor.id, "credit": 900}),
                Command.create({"account_id": self.company_data["default_account_revenue"].id, "debit": 900}),
            ],
        })
        credit = entry.line_ids.filtered("credit")
        credit.journal_id = self.company_data["default_journal_bank"]  # of a draft anybody may
        entry.action_post()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((credit.journal_id.type, promise.state), ("bank", "open"))
