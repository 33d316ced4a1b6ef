"""Available credit now and in the weeks to come."""

from datetime import timedelta

from odoo import api, fields, models

WEEKS = 8  # two months: usual terms, and as far as somebody plans a delivery by hand


class CreditProfileForecast(models.TransientModel):
    _name = "credit.profile.forecast"
    _description = "Credit Forecast"

    profile_id = fields.Many2one("credit.profile", "Customer", required=True, readonly=True)
    currency_id = fields.Many2one(related="profile_id.currency_id")
    date = fields.Date(
        "Day", required=True, default=lambda self: self.env.company._credit_today() + timedelta(days=30),
        help="The day for which the available credit is foreseen.",
    )
    days_late = fields.Integer(
        "Usual Days Overdue",
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
        help="Effective limit on that day less the exposure that is left. Open items are paid at their due date plus "
        "the usual lateness, what is later already within a week. Drafts and deliveries are invoiced within a week, "
        "orders on their delivery date, and paid by their terms plus the usual lateness. New orders are not foreseen.",
    )
    limit_state_now = fields.Selection(related="profile_id.limit_state", string="Limit Type Now")
    has_limit_then = fields.Boolean(compute="_compute_lines", store=True, help="Whether an amount limits that day.")
    line_ids = fields.One2many(
        "credit.profile.forecast.line",
        "forecast_id",
        compute="_compute_lines",
        store=True,
        readonly=False,
        string="Weeks",
    )
    chart = fields.Json(compute="_compute_chart", help="The exposure foreseen against the limit.")

    @api.depends("profile_id")
    def _compute_days_late(self):
        for forecast in self:
            today = forecast.profile_id.company_id._credit_today()
            # a total, not documents
            forecast.days_late = forecast.profile_id.sudo()._get_usual_lateness(today)

    @api.depends("profile_id", "date", "days_late")
    def _compute_lines(self):
        for forecast in self:
            today = forecast.profile_id.company_id._credit_today()
            days = [today + timedelta(weeks=week) for week in range(WEEKS + 1)]
            # totals are for whoever may see the profile
            profile = forecast.profile_id.sudo()
            foreseen = profile._get_forecast(today, [*days, forecast.date], forecast.days_late)
            then = foreseen[forecast.date]["available"]
            forecast.has_limit_then = then is not None
            forecast.amount_available_then = then or 0.0
            lines = [fields.Command.create(self._prepare_line(day, foreseen[day])) for day in days]
            forecast.line_ids = [fields.Command.clear(), *lines]

    @api.depends("line_ids")
    @api.depends_context("lang")
    def _compute_chart(self):
        for forecast in self:
            lines = forecast.line_ids
            points = [
                {
                    "exposure": line.amount_exposure,
                    "limit": line.amount_exposure + line.amount_available if line.has_limit else None,
                }
                for line in lines
            ]
            forecast.chart = {
                "labels": [forecast.profile_id._write_day(line.date) for line in lines],
                "series": self.env["credit.snapshot"]._prepare_series(points),
                "currency_id": forecast.currency_id.id,
            }

    @api.model
    def _prepare_line(self, day, foreseen):
        return {
            "date": day,
            "amount_invoiced": foreseen["invoiced"],
            "amount_paid": foreseen["paid"],
            "amount_exposure": foreseen["exposure"],
            "has_limit": foreseen["available"] is not None,
            "amount_available": foreseen["available"] or 0.0,
        }


class CreditProfileForecastLine(models.TransientModel):
    _name = "credit.profile.forecast.line"
    _description = "Credit Forecast of a Day"
    _order = "date"

    forecast_id = fields.Many2one("credit.profile.forecast", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="forecast_id.currency_id")
    date = fields.Date(help="The day of the forecast.")
    amount_invoiced = fields.Monetary(
        "Invoiced by Then", help="What counts today as draft, delivery or order, and is expected to be invoiced."
    )
    amount_paid = fields.Monetary(
        "Paid by Then", help="What is expected to be paid of open items and of what is invoiced until then."
    )
    amount_exposure = fields.Monetary("Exposure", help="What is left of today's exposure.")
    has_limit = fields.Boolean(help="Whether an amount limits that day.")
    amount_available = fields.Monetary("Available", help="Effective limit on that day less the exposure.")
