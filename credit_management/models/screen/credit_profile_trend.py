"""The trend of a credit file: limit, exposure and overdue over time, up to now."""

from odoo import api, fields, models

TREND_POINTS = 60  # more cannot be told apart at the width of the form


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    exposure_trend = fields.Json(compute="_compute_exposure_trend", help="Limit, exposure and overdue over time.")

    @api.depends_context("lang")
    def _compute_exposure_trend(self):
        for profile in self:
            profile.exposure_trend = profile._prepare_exposure_trend()

    def _prepare_exposure_trend(self):
        """Return the series of at most `TREND_POINTS` daily figures, evenly spread, and of now: the last one is what
        the head of the file says. What the ledger alone tells of a past day is a series of its own."""
        self.ensure_one()
        today = self.company_id._credit_today()
        before = [("profile_id", "=", self.id), ("date", "<", today)]
        # figures of a profile are for whoever may see it
        days = self.env["credit.snapshot"].sudo().search(before, order="date")
        step = max(1, -(-len(days) // TREND_POINTS))
        days = days[::-1][::step][::-1]  # the last day is always shown
        now = {
            "exposure": self.amount_exposure,
            "overdue": self.amount_overdue,
            "limit": self.amount_limit_effective if self.limit_state == "amount" else None,
        }
        points = [*(day._prepare_point() for day in days), now]
        return {
            "labels": [self._write_day(day) for day in [*days.mapped("date"), today]],
            "series": self.env["credit.snapshot"]._prepare_series(points),
            "currency_id": self.currency_id.id,
            "label": self.env._("Limit, exposure and overdue over time"),
            "empty": self.env._("The figures are kept once a day: the trend appears tomorrow."),
        }


class CreditSnapshot(models.Model):
    _inherit = "credit.snapshot"

    def _prepare_point(self):
        """Return the figures of the day by series, None where it has none."""
        self.ensure_one()
        return {
            "exposure": None if self.is_from_ledger else self.amount_exposure,
            "ledger": self.amount_exposure if self.is_from_ledger else None,
            "overdue": self.amount_overdue,
            "limit": self.amount_limit if self.limit_state == "amount" else None,
        }

    @api.model
    def _prepare_series(self, points):
        """Return the series of a chart that say something, each with a name that tells how it is drawn.

        :param points: figures by series, in the order of their days
        """
        labels = {
            "limit": self.env._("Limit"),
            "ledger": self.env._("Invoiced only"),
            "exposure": self.env._("Exposure"),
            "overdue": self.env._("Overdue"),
        }
        found = [
            {"name": name, "label": label, "data": [point.get(name) for point in points]}
            for name, label in labels.items()
        ]
        return [series for series in found if any(value is not None for value in series["data"])]
