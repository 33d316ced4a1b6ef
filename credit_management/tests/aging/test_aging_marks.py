"""What was said of open items on a day: disputes, promises and covers, each while it held."""

from datetime import date

from freezegun import freeze_time
from odoo.tests import new_test_user, tagged

from ...hooks import date_old_disputes
from .common import AgingCommon


@tagged("post_install", "-at_install")
class TestAgingMarks(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(name="Marked")
        cls.profile = cls.profile_of(cls.customer)

    def marks(self, day, user=None):
        items = self.items_of(day, user).search([("partner_id", "=", self.customer.id)], order="date_due")
        return [item.marks and item.marks.replace("\N{NO-BREAK SPACE}", " ") for item in items]

    def test_a_dispute_is_shown_while_it_held(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        with freeze_time("2026-03-10"):
            dispute = self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 30, "reason": "Broken"})
        with freeze_time("2026-04-20"):
            dispute.action_settle()
        self.assertEqual((dispute.date_from, dispute.date_to), (date(2026, 3, 10), date(2026, 4, 20)))
        days = ("2026-03-09", "2026-03-10", "2026-04-19", "2026-04-20")
        self.assertEqual([self.marks(day)[0] for day in days], [False, "Disputed $ 30.00", "Disputed $ 30.00", False])
        dispute.state = "open"
        self.assertFalse(dispute.date_to)

    def test_a_dispute_is_shared_by_what_was_open_of_the_invoice(self):
        """60 of 100 are disputed; 50 were paid since: of the 50 that were open on 1 June all are."""
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        with freeze_time("2026-03-10"):
            self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 60, "reason": "Broken"})
        self.pay_on(invoice, 50, "2026-05-10")
        self.assertEqual(self.marks("2026-05-09"), ["Disputed $ 60.00"])
        self.assertEqual(self.marks("2026-06-01"), ["Disputed $ 50.00"])

    def test_a_promise_marks_the_oldest_items_until_its_day_or_its_withdrawal(self):
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.invoice(self.customer, 100, "2026-01-01", "2026-03-01")
        promise = self.env["credit.promise"].create(
            {"profile_id": self.profile.id, "amount": 130, "date_noted": "2026-03-10", "date_promised": "2026-04-10"}
        )
        self.assertEqual(self.marks("2026-03-09"), [False, False])
        self.assertEqual(self.marks("2026-04-10"), ["Promised $ 100.00", "Promised $ 30.00"])
        self.assertEqual(self.marks("2026-04-11"), [False, False])
        with freeze_time("2026-03-20"):
            promise._withdraw("Noted twice")
        self.assertEqual(promise.date_withdrawn, date(2026, 3, 20))
        self.assertEqual(self.marks("2026-03-19"), ["Promised $ 100.00", "Promised $ 30.00"])
        self.assertEqual(self.marks("2026-03-20"), [False, False])

    def test_a_cover_covers_its_share_of_the_oldest_up_to_its_amount(self):
        """90 % of 100 and of 200 are 90 and 180; the cover ends at 150."""
        self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        self.invoice(self.customer, 200, "2026-01-01", "2026-03-01")
        self.env["credit.cover"].sudo().create(
            {
                "profile_id": self.profile.id, "amount": 150, "percent_share": 90, "date_from": "2026-01-01",
                "date_to": "2026-06-30",
            }
        )
        self.assertEqual(self.marks("2026-06-30"), ["Covered $ 90.00", "Covered $ 60.00"])
        self.assertEqual(self.marks("2026-07-01"), [False, False])

    def test_who_may_not_read_a_mark_is_not_told(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        with freeze_time("2026-03-10"):
            self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 30, "reason": "Broken"})
        reader = new_test_user(self.env, "auditor", groups="base.group_user,account.group_account_readonly")
        self.assertEqual(self.marks("2026-03-10", reader), [False])

    def test_disputes_of_before_get_days_that_are_estimated(self):
        invoice = self.invoice(self.customer, 100, "2026-01-01", "2026-02-01")
        dispute = self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 30, "reason": "Broken"})
        dispute.action_settle()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE credit_dispute SET create_date = '2025-03-01 12:00', write_date = '2025-04-01 12:00', "
            "date_to = NULL WHERE id = %s",
            [dispute.id],
        )
        date_old_disputes(self.env)
        self.env.invalidate_all()
        self.assertEqual((dispute.date_from, dispute.date_to), (date(2025, 3, 1), date(2025, 4, 1)))
        self.assertTrue(dispute.is_date_estimated)
