"""What a day to come would bring: the same as its run, and nothing is written."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import SendingCommon


@tagged("post_install", "-at_install")
class TestForecast(SendingCommon):
    def ahead(self, days, user=None):
        """Return ``{customer: why it is left out}`` of a day to come, as the dialog shows it."""
        form = Form(self.env["credit.dunning.forecast"].with_user(user or self.controller))
        form.date = self.today + timedelta(days=days)
        return form, {row["partner_id"]: row["reason"] for row in form.line_ids._records}

    def test_it_says_what_a_run_of_that_day_would_say(self):
        soon = self.make_customer(name="Soon")
        self.bill_late(500.0)
        self.bill_late(300.0, soon, days=4)  # level 1 comes after 7 days
        form, rows = self.ahead(2)
        self.assertFalse(rows[self.customer.id])
        self.assertIn("Next level not reached", rows[soon.id])
        self.assertIn("Notices: 1, over $ 500.00. Others with something past due: 1.",
                      form.summary.replace("\xa0", " "))
        form, rows = self.ahead(3)
        self.assertEqual(set(rows.values()), {False})

    def test_where_there_is_much_to_decide_about_it_waits_until_it_is_asked_for(self):
        self.bill_late(days=8)
        with patch("odoo.addons.credit_management.wizard.credit_dunning_forecast.AT_ONCE", 0):
            form, rows = self.ahead(1)
            self.assertEqual((form.is_large, form.summary, rows), (True, False, {}))
            forecast = form.save()
            shown = self.env[forecast._name].with_user(self.controller).browse(forecast.action_show()["res_id"])
            self.assertEqual(shown.line_ids.partner_id, self.customer)
            self.assertIn("Notices: 1", shown.summary)

    def test_nothing_is_written(self):
        self.bill_late()
        self.ahead(1)
        self.assertFalse(self.env["credit.dunning.run"].search_count([("company_id", "=", self.company.id)]))
        self.assertFalse(self.env["credit.notice"].search_count([("company_id", "=", self.company.id)]))

    def test_a_day_that_is_over_is_today(self):
        self.bill_late(days=8)
        _form, rows = self.ahead(-5)
        self.assertEqual(rows, {self.customer.id: False})

    def test_whoever_sees_no_runs_sees_no_day_to_come(self):
        self.bill_late()
        with self.assertRaises(AccessError):
            self.env["credit.dunning.forecast"].with_user(self.make_user("sales")).create({}).mapped("line_ids")

    def test_nobody_looks_at_a_company_that_is_not_his(self):
        values = {"company_id": self.env["res.company"].sudo().create({"name": "Other"}).id}
        with self.assertRaises(AccessError):
            self.env["credit.dunning.forecast"].with_user(self.controller).create(values).mapped("summary")
