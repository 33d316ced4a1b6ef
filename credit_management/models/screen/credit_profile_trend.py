"""The trend of a credit file: limit, exposure and overdue over time."""

from odoo import api, fields, models
from odoo.tools import format_date

TREND_POINTS = 60  # more cannot be told apart at the width of the form


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    exposure_trend = fields.Json(compute="_compute_exposure_trend", help="Limit, exposure and overdue over time.")

    @api.depends_context("lang")
    def _compute_exposure_trend(self):
        for profile in self:
            profile.exposure_trend = profile._prepare_exposure_trend()

    def _prepare_exposure_trend(self):
        """Return at most `TREND_POINTS` daily figures, evenly spread from the first day to the last."""
        self.ensure_one()
        # figures of a profile are for whoever may see it
        days = self.env["credit.snapshot"].sudo().search([("profile_id", "=", self.id)], order="date")
        step = max(1, -(-len(days) // TREND_POINTS))
        days = days[::-1][::step][::-1]  # the last day is always shown
        return {
            "labels": [format_date(self.env, day.date) for day in days],
            "exposure": days.mapped(lambda day: day.amount_exposure),
            "overdue": days.mapped(lambda day: day.amount_overdue),
            "limit": [day.amount_limit if day.limit_state == "amount" else None for day in days],
            "currency_id": self.currency_id.id,
        }
