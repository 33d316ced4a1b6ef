"""Reference rates: known until the end of their period, with factor and margin, and a clause for the customer."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestReference(CreditCommon):
    def make_reference(self, *rates, **values):
        commands = [Command.create({"date_from": day, "percent": rate, "source": "Test"}) for day, rate in rates]
        return self.env["credit.reference.rate"].create({"name": "The bank", "value_ids": commands, **values})

    def make_interest(self, reference, **values):
        return self.env["credit.interest"].create({"name": "By law", "reference_id": reference.id, **values})

    def test_the_rate_is_reference_times_factor_and_margin(self):
        interest = self.make_interest(self.make_reference(("2026-01-01", 2.0)), factor=1.5, percent_margin=8.0)
        self.assertEqual(interest._make_terms().rate_of(date(2026, 3, 1)).percent, 11.0)
        self.on("2026-03-01")
        self.assertEqual(interest.rate_text, "11 % a year")

    def test_a_half_year_that_nobody_has_entered_is_asked_for(self):
        reference = self.make_reference(("2026-01-01", 2.15))
        self.assertEqual(reference._get_alert(date(2026, 6, 30)), "")
        self.assertIn("known until 06/30/2026", reference._get_alert(date(2026, 7, 1)))
        interest = self.make_interest(reference)
        self.on("2026-07-01")
        self.assertIn("Look up the rate of 07/01/2026", interest.alert)
        reference.value_ids = [Command.create({"date_from": "2026-07-01", "percent": 2.40, "source": "Test"})]
        self.assertFalse(interest.alert)

    def test_somebody_has_looked_and_nothing_has_changed(self):
        reference = self.make_reference(("2025-05-20", 3.0), period="month")
        self.assertTrue(reference._get_alert(date(2025, 6, 1)))
        reference.date_checked = "2025-12-31"
        self.assertEqual(reference._get_alert(date(2025, 12, 31)), "")
        self.assertTrue(reference._get_alert(date(2026, 1, 1)))

    def test_a_rate_that_holds_until_it_changes_is_not_asked_for(self):
        self.assertEqual(self.make_reference(("2020-01-01", 3.0), period="open")._get_alert(date(2026, 1, 1)), "")

    def test_a_reference_without_rates_says_so(self):
        self.assertIn("has no rate yet", self.make_reference()._get_alert(date(2026, 1, 1)))

    def test_a_day_has_one_reference_rate(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.make_reference(("2026-01-01", 2.0), ("2026-01-01", 3.0))

    def test_a_factor_of_zero_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "above 0"):
            self.make_interest(self.make_reference(("2026-01-01", 2.0)), factor=0.0)

    def test_a_rate_beyond_what_courts_grant_is_marked(self):
        self.on("2026-03-01")
        reference = self.make_reference(("2026-01-01", 3.0))
        interest = self.make_interest(reference, factor=4.0, percent_ceiling=12.0)
        self.assertFalse(interest.alert)
        interest.percent_margin = 0.1
        self.assertIn("is 12.1 % a year; courts grant at most 12 %", interest.alert)

    def test_the_clause_is_printed_in_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        interest = self.make_interest(self.make_reference(("2026-01-01", 2.0)), clause="You pay interest.")
        interest.with_context(lang="fr_FR").clause = "Vous payez des intérêts."
        customer = self.make_customer()
        order = self.make_order(customer, 100)
        invoice = self.make_invoice(customer, 100)
        self.assertFalse(order.credit_late_clause)
        self.company.credit_interest_id = interest
        for document in (order, invoice):
            document.invalidate_recordset()
            self.assertEqual(document.credit_late_clause, "You pay interest.")
            self.assertEqual(document.with_context(lang="fr_FR").credit_late_clause, "Vous payez des intérêts.")
            self.assertFalse(self.make_refund(customer, 10).credit_late_clause)
        self.profile_of(customer).legal_class = "consumer"
        order.invalidate_recordset()
        self.assertFalse(order.credit_late_clause)

    def test_a_salesperson_prints_the_clause(self):
        self.company.credit_interest_id = self.make_interest(self.make_reference(), clause="You pay interest.")
        order = self.make_order(self.make_customer(), 100)
        self.assertEqual(order.with_user(self.make_user("sales")).credit_late_clause, "You pay interest.")
