"""Figures over time: one name for one figure, up to what the head of the file says."""

from datetime import timedelta

from odoo.tests import HttpCase, tagged

from ..common import CreditCommon

DRAWN = """
const drawn = () => {
    const chart = Chart.getChart(document.querySelector(".o_graph_renderer canvas"));
    const texts = (series) => series.data.map((value) => value ?? "-");
    return chart.data.datasets.map((series) => `${series.label}: ${texts(series)}`).join("; ");
};
drawn() === "%s" ? console.log("test successful") : console.error(drawn());
"""


class TrendCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(1000, name="Trend Customer")
        cls.profile = cls.profile_of(cls.customer)

    def keep_past(self):
        """Have 400 invoiced two months ago, kept from the ledger; and now an order of 300."""
        day = self.today.replace(day=1) - timedelta(days=40)
        self.make_invoice(self.customer, 400, invoice_date=day, invoice_date_due=self.today + timedelta(days=9))
        self.env["credit.snapshot"].search([]).unlink()
        self.env["credit.snapshot"]._take_past(day)
        self.make_confirmed(self.customer, 300)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestTrend(TrendCommon):
    def series(self):
        return {one["name"]: (one["label"], one["data"]) for one in self.profile.exposure_trend["series"]}

    def test_the_trend_ends_with_what_the_file_says(self):
        self.keep_past()
        self.assertEqual(self.series()["exposure"], ("Exposure", [None, 700.0]))
        self.assertEqual(self.profile.amount_exposure, 700.0)

    def test_what_the_ledger_alone_tells_has_a_name_of_its_own(self):
        self.keep_past()
        self.assertEqual(self.series()["ledger"], ("Invoiced only", [400.0, None]))

    def test_a_figure_of_today_that_was_kept_is_not_drawn_twice(self):
        self.env["credit.snapshot"]._take(self.profile.ids, self.today)
        self.assertEqual(len(self.profile.exposure_trend["labels"]), 1)

    def test_without_a_limit_none_is_drawn(self):
        profile = self.profile_of(self.make_customer())
        self.assertEqual([one["name"] for one in profile.exposure_trend["series"]], ["exposure", "overdue"])


@tagged("post_install", "-at_install")
class TestOverTime(TrendCommon, HttpCase):
    def test_the_chart_draws_each_figure_by_its_name_and_no_zero_between(self):
        self.keep_past()
        self.env["credit.snapshot"]._take(self.profile.ids, self.today)
        self.make_user("manager", login="trend_manager")
        self.browser_js(
            "/odoo/credit-analysis",
            DRAWN % "Invoiced only: 400,-; Exposure: -,700; Overdue: 0,0; Limit: 1000,1000",
            ready="!!document.querySelector('.o_graph_renderer canvas') && !!Chart.getChart("
            "document.querySelector('.o_graph_renderer canvas'))",
            login="trend_manager",
            success_signal="test successful",
        )
