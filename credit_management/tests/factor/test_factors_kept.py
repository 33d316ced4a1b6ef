"""Factors of what we keep: promises, disputes, notices, month ends, financial statements."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import Command
from odoo.tests import tagged

from .common import FactorCommon


@tagged("post_install", "-at_install")
class TestFactorsKept(FactorCommon):
    def make_promise(self, amount, days_noted, days_promised, **values):
        return self.env["credit.promise"].sudo().create(
            {
                "profile_id": self.profile.id, "amount": amount, "date_noted": self.days_ago(days_noted),
                "date_promised": self.days_ago(days_promised), **values,
            }
        )

    def keep(self, months_ago, exposure, limit=100, **values):
        """Keep the figures of the first day of a month."""
        return self.env["credit.snapshot"].sudo().create(
            {
                "profile_id": self.profile.id, "company_id": self.company.id, "limit_state": "amount",
                "date": self.today + relativedelta(day=1, months=-months_ago), "amount_exposure": exposure,
                "amount_limit": limit, **values,
            }
        )

    # -- promises and disputes -----------------------------------------------------------------------

    def test_promises_that_were_broken_and_kept(self):
        self.make_old(500, 100)
        self.receive(self.customer, 100, date=self.days_ago(60))
        self.make_promise(100, 70, 60)
        self.make_promise(200, 50, 40)
        self.assertEqual(self.read("promises_broken", "share_promises_kept"), [1.0, 50.0])

    def test_a_promise_that_was_kept_too_late_was_broken_until_then(self):
        self.make_old(500, 100)
        self.make_promise(100, 70, 60)
        self.receive(self.customer, 100, date=self.days_ago(20))
        self.assertEqual(self.read("promises_broken", day=self.days_ago(21)), [1.0])
        self.assertEqual(self.read("promises_broken", day=self.days_ago(20)), [0.0])

    def test_a_promise_that_was_withdrawn_later_stood_on_the_day(self):
        self.make_old(500, 100)
        promise = self.make_promise(100, 70, 60)
        promise.write({"is_withdrawn": True, "withdrawn_reason": "Mistake", "date_withdrawn": self.days_ago(10)})
        self.assertEqual(self.read("promises_broken", day=self.days_ago(11)), [1.0])
        self.assertEqual(self.read("promises_broken"), [0.0])

    def test_a_dispute_is_lost_when_it_brings_no_credit_note(self):
        invoices = self.make_old(300, 100), self.make_old(300, 100)
        refund = self.make_refund(self.customer, 50)
        lines = (invoices[1] | refund).line_ids.filtered(lambda line: line.account_id.reconcile)
        for invoice in invoices:
            dispute = self.env["credit.dispute"].create({"move_id": invoice.id, "amount": 50, "reason": "Damaged"})
            dispute.date_from = self.days_ago(30)
            if invoice == invoices[1]:
                lines.reconcile()
            dispute.action_settle()
        self.assertEqual(self.read("disputes", "disputes_lost"), [2.0, 1.0])
        self.assertEqual(self.read("disputes", "disputes_lost", day=self.days_ago(31)), [0.0, 0.0])

    # -- month ends ----------------------------------------------------------------------------------

    def test_utilization_at_month_ends(self):
        """50 %, 120 % and 70 %."""
        for months_ago, exposure in enumerate((50, 120, 70)):
            self.keep(months_ago, exposure)
        self.assertEqual(
            self.read("utilization_mean", "utilization_max", "months_over_limit"), [80.0, 120.0, 1.0]
        )

    def test_who_pays_cash_only_and_owes_is_over_the_limit(self):
        """Two month ends at a limit of 0, one with 50 owed; one of 120 % at 100. A limit of 0 has no share in use."""
        for months_ago, (exposure, limit) in enumerate(((50, 0), (0, 0), (120, 100))):
            self.keep(months_ago, exposure, limit)
        self.assertEqual(self.read("utilization_mean", "utilization_max", "months_over_limit"), [120.0, 120.0, 2.0])

    def test_a_day_before_anything_was_kept_has_no_data_and_says_since_when(self):
        kept = self.keep(0, 50)
        self.env["credit.snapshot"].search([("company_id", "=", self.company.id), ("id", "!=", kept.id)]).unlink()
        self.assertEqual(self.reason_of("utilization_mean"), "")
        self.assertEqual(self.reason_of("utilization_mean", kept.date - timedelta(days=1)), f"not_kept:{kept.date}")

    def test_what_was_worked_out_afterwards_is_not_read(self):
        """Its limit is that of the day on which it was worked out."""
        self.keep(1, 50, is_from_ledger=True)
        self.assertEqual(self.read("utilization_mean"), [None])

    # -- dunning -------------------------------------------------------------------------------------

    def test_a_level_is_that_of_an_item_that_is_open_on_the_day(self):
        invoice = self.make_old(300, 60)
        line = invoice.line_ids.filtered(lambda line: line.account_id.reconcile)
        self.env["credit.notice"].sudo().create(
            {
                "company_id": self.company.id, "partner_id": self.customer.id, "state": "sent", "level": 2,
                "currency_id": self.company.currency_id.id, "date": self.days_ago(30),
                "line_ids": [Command.create({"item_id": line.id, "level": 2, "is_dunned": True})],
            }
        )
        self.settle(invoice, 10)
        self.assertEqual(self.read("dunning_level", "notices", day=self.days_ago(31)), [0.0, 0.0])
        self.assertEqual(self.read("dunning_level", "notices", day=self.days_ago(11)), [2.0, 1.0])
        self.assertEqual(self.read("dunning_level", "notices"), [0.0, 1.0])

    # -- the credit file -----------------------------------------------------------------------------

    def enter(self, **amounts):
        """Enter the financial statements of six months ago."""
        lines = [Command.create({"item": item, "amount": amount, "is_known": True}) for item, amount in amounts.items()]
        return self.env["credit.financials"].create(
            {"profile_id": self.profile.id, "date_end": self.today - relativedelta(months=6), "line_ids": lines}
        )

    def test_financial_statements_say_their_ratios(self):
        self.enter(
            assets=2000, assets_current=800, liabilities=1300, liabilities_current=500, equity=700,
            retained_earnings=300, ebit=160,
        )
        self.assertEqual(
            self.read("current", "equity_share", "altman", "net_worth", "statement_age", "audited"),
            [1.6, 35.0, 2.58, 700.0, 6, "no"],
        )
        self.assertEqual(self.reason_of("quick"), "statement:missing:inventories")

    def test_the_figure_that_is_shown_is_the_one_that_is_judged(self):
        """Z″ = 3.26 × 337 ÷ 1,000 = 1.09862 + … = 1.0986: shown as 1.10, where the grey zone begins."""
        self.enter(assets=1000, assets_current=500, liabilities=1000, liabilities_current=500, equity=0,
                   retained_earnings=337, ebit=0)
        found = self.env["credit.factor"]._read(self.profile, self.today, ["altman"])[self.profile.id]["altman"]
        self.assertEqual(found.value, 1.1)

    def test_who_owes_nothing_is_as_safe_as_can_be(self):
        self.enter(assets=1000, assets_current=500, liabilities=0, liabilities_current=0, equity=1000,
                   retained_earnings=300, ebit=-10)
        self.assertEqual(self.reason_of("altman"), "best:statement:no_liabilities:liabilities")

    def test_financial_statements_are_known_from_the_day_on_which_they_were_entered(self):
        self.enter(assets=1000, assets_current=300, liabilities=1100, liabilities_current=450, equity=-100)
        self.assertEqual(self.read("net_worth", day=self.days_ago(2)), [None])
        self.assertEqual(self.read("net_worth"), [-100.0])
        self.assertEqual(self.reason_of("debt_to_equity"), "statement:negative:equity")

    def test_what_people_classed_is_as_it_is_now(self):
        self.profile.legal_class = "sme"
        self.customer.country_id = self.env.ref("base.fr")
        self.assertEqual(self.read("legal_class", "country"), ["sme", "FR"])
        self.assertEqual(self.reason_of("legal_class", self.days_ago(1)), "not_kept:")
