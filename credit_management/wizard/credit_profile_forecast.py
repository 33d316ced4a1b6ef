"""What can I still sell? Available credit now and in the weeks to come."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

WEEKS = 8


class CreditProfileForecast(models.TransientModel):
    _name = "credit.profile.forecast"
    _description = "Credit Forecast"

    profile_id = fields.Many2one("credit.profile", "Customer", required=True, readonly=True)
    currency_id = fields.Many2one(related="profile_id.currency_id")
    date = fields.Date(
        "Day", required=True, default=lambda self: fields.Date.context_today(self) + timedelta(days=30),
        help="The day for which the available credit is foreseen.",
    )  # fmt: skip
    days_late = fields.Integer(
        "Usual Lateness (days)",
        compute="_compute_days_late",
        store=True,
        readonly=False,
        help="How many days after the due date the customer usually pays: the amount-weighted mean of what it "
        "settled in the last 12 months. Change it to see what a delay does.",
    )
    amount_available_now = fields.Monetary(
        "Available Now", related="profile_id.amount_available", help="Effective limit less exposure today."
    )
    amount_available_then = fields.Monetary(
        "Available Then",
        compute="_compute_lines",
        store=True,
        help="Effective limit on that day less the exposure that is left when open items are paid at their due "
        "date plus the usual lateness, and what is later already within a week. Orders are expected to stay open.",
    )
    line_ids = fields.One2many(
        "credit.profile.forecast.line",
        "forecast_id",
        compute="_compute_lines",
        store=True,
        readonly=False,
        string="Weeks",
    )

    @api.depends("profile_id")
    def _compute_days_late(self):
        for forecast in self:
            forecast.days_late = forecast.profile_id.sudo()._get_usual_lateness()  # a total, not documents

    @api.depends("profile_id", "date", "days_late")
    def _compute_lines(self):
        for forecast in self:
            today = fields.Date.context_today(forecast)
            days = [today + timedelta(weeks=week) for week in range(WEEKS + 1)]
            # totals are for whoever may see the profile
            values = forecast.profile_id.sudo()._get_forecast([*days, forecast.date], forecast.days_late)
            forecast.amount_available_then = values[forecast.date]["available"]
            lines = [fields.Command.create(self._prepare_line(day, values[day])) for day in days]
            forecast.line_ids = [fields.Command.clear(), *lines]

    @api.model
    def _prepare_line(self, day, value):
        return {
            "date": day,
            "amount_paid": value["paid"],
            "amount_exposure": value["exposure"],
            "amount_available": value["available"],
        }


class CreditProfileForecastLine(models.TransientModel):
    _name = "credit.profile.forecast.line"
    _description = "Credit Forecast of a Day"
    _order = "date"

    forecast_id = fields.Many2one("credit.profile.forecast", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="forecast_id.currency_id")
    date = fields.Date(help="The day of the forecast.")
    amount_paid = fields.Monetary("Paid by Then", help="Open items whose due date plus lateness has passed.")
    amount_exposure = fields.Monetary("Exposure", help="What is left of today's exposure.")
    amount_available = fields.Monetary("Available", help="Effective limit on that day less the exposure.")


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def action_open_forecast(self):
        """Open the forecast of what can still be sold to the customer."""
        self.ensure_one()
        self.check_access("read")
        forecast = self.env["credit.profile.forecast"].create({"profile_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What can I still sell?"),
            "res_model": "credit.profile.forecast",
            "res_id": forecast.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _get_forecast(self, days, days_late):
        """Return what is foreseen for some days.

        :param days: list of dates
        :param int days_late: days after its due date at which an open item is expected to be paid
        :return: ``{day: {"paid", "exposure", "limit", "available"}}`` in company currency
        """
        self.ensure_one()
        exposure = self.amount_exposure
        due = [(self._get_expected_day(day, days_late), amount) for day, amount in self._get_due_by_day()]
        result = {}
        for day in set(days):
            paid = sum(amount for expected, amount in due if expected <= day)
            later = self._get_orders_entering(day)
            limit = self._get_limit_on(day)
            left = exposure - paid + later
            result[day] = {"paid": paid, "exposure": left, "limit": limit, "available": limit - left}
        return result

    def _get_expected_day(self, date_due, days_late):
        """Return when an open item is expected to be paid: at its usual lateness; what is later than
        that already, not before a week from today."""
        today = fields.Date.context_today(self)
        usual = date_due + timedelta(days=days_late)
        return usual if usual > today else today + timedelta(weeks=1)

    def _get_due_by_day(self):
        """Return the open items of the customer by due date, disputed ones left out."""
        self.env.flush_all()
        scope = self.env["credit.exposure"]._make_scope(self.partner_id.ids)
        return self.env.execute_query(
            SQL(
                """
                SELECT date_due, SUM(debit)::float FROM (%s) due
                 WHERE company_id = %s AND date_due < 'infinity' GROUP BY date_due
                """,
                self.env["credit.exposure"]._get_due_days_sql(scope),
                self.company_id.id,
            )
        )

    def _get_orders_entering(self, day):
        """Return the orders that are beyond the horizon today and inside it on a later day."""
        horizon = self.company_id.credit_days_horizon
        if not horizon or not self.amount_orders_later:
            return 0.0
        orders = self.env["sale.order"].search(
            [
                ("partner_invoice_id", "child_of", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "sale"),
                ("commitment_date", "<=", day + timedelta(days=horizon)),
            ]
        )
        later = orders.filtered(lambda order: order._credit_is_beyond_horizon())
        return sum(order._credit_get_amount() for order in later)

    def _get_limit_on(self, day):
        """Return the effective limit of the customer on a day, in company currency; 0.0 without an amount."""
        rows = self.env.execute_query(
            SQL(
                "SELECT effective_amount::float FROM (%s) l WHERE profile_id = %s AND effective_kind = 'amount'",
                self.env["credit.limit.source"]._get_limits_sql(day),
                self.id,
            )
        )
        return rows[0][0] if rows else 0.0

    def _get_usual_lateness(self):
        """Return the amount-weighted mean lateness, in days, of what was settled in 12 months."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT SUM(r.amount * (r.max_date - COALESCE(l.date_maturity, l.date))) / NULLIF(SUM(r.amount), 0)
                  FROM account_partial_reconcile r
                  JOIN account_move_line l ON l.id = r.debit_move_id
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE p.commercial_partner_id = %(partner)s AND l.company_id = %(company)s
                   AND l.account_id IN %(accounts)s AND r.max_date >= %(since)s
                """,
                partner=self.partner_id.id,
                company=self.company_id.id,
                accounts=self.env["credit.exposure"]._get_receivable_account_ids(),
                since=fields.Date.context_today(self) - timedelta(days=365),
            )
        )
        return max(round(rows[0][0] or 0), 0)
