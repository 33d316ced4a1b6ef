"""Reference rates of central banks (基准利率) by their dates, and until when they are known."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import format_date


class CreditReferenceRate(models.Model):
    _name = "credit.reference.rate"
    _description = "Reference Rate"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="The bank that sets it, and what it is called.")
    active = fields.Boolean(default=True, help="Archived reference rates are not offered.")
    sequence = fields.Integer(default=10)
    period = fields.Selection(
        [("half", "Each half-year"), ("month", "Each month"), ("open", "Whenever it changes")],
        "Set", required=True, default="half",
        help="For how long one rate is known: until the end of its half-year or month, or until it is changed.",
    )
    date_checked = fields.Date(
        "Looked Up Until",
        help="Somebody has looked, and nothing has changed up to this day. After it the rate is asked for again.",
    )
    value_ids = fields.One2many("credit.reference.value", "reference_id", "Rates", copy=True)
    percent = fields.Float("Rate Today (%)", digits=(16, 6), compute="_compute_percent", help="The rate of today.")
    alert = fields.Char(compute="_compute_percent", help="What has to be looked up.")

    @api.depends("period", "date_checked", "value_ids.date_from", "value_ids.percent")
    @api.depends_context("lang", "company")
    def _compute_percent(self):
        today = self.env.company._credit_today()
        for reference in self:
            known = reference.value_ids.filtered(lambda value: value.date_from and value.date_from <= today)
            reference.percent = known.sorted("date_from")[-1:].percent
            reference.alert = reference._get_alert(today)

    def _get_alert(self, day):
        """Return in words that the rate of a day has not been looked up; nothing where it is known."""
        self.ensure_one()
        known = self._get_known_until()
        if known is None or (known and day <= known):
            return ""
        if not known:
            return self.env._("“%(rate)s” has no rate yet: enter the present one, with its source.", rate=self.name)
        return self.env._(
            "“%(rate)s” is known until %(date)s. Look up the rate of %(day)s, and enter it, or say until when nothing "
            "has changed.", rate=self.name, date=format_date(self.env, known), day=format_date(self.env, day),
        )

    def _get_known_until(self):
        """Return the last day whose rate is known; None for a rate without end, False without any."""
        first = max(filter(None, self.value_ids.mapped("date_from")), default=None)
        if not first:
            return False
        if self.period == "open" and not self.date_checked:
            return None
        return max(get_end(first, self.period), self.date_checked or first)


class CreditReferenceValue(models.Model):
    _name = "credit.reference.value"
    _description = "Reference Rate from a Day On"
    _order = "date_from desc"

    reference_id = fields.Many2one("credit.reference.rate", required=True, index=True, ondelete="cascade")
    date_from = fields.Date("Valid From", required=True, help="The first day of the rate.")
    percent = fields.Float("Rate (%)", digits=(16, 6), required=True, help="Percent per year; it may be negative.")
    source = fields.Char(required=True, help="Where it was published.")

    _one_per_day = models.UniqueIndex("(reference_id, date_from)", "There is a rate from this day already: change it.")


def get_end(first, period):
    """Return the last day of the half-year or month of a day; the day itself where a rate has no period.

    >>> get_end(date(2026, 1, 1), "half"), get_end(date(2026, 7, 1), "half"), get_end(date(2026, 2, 20), "month")
    (datetime.date(2026, 6, 30), datetime.date(2026, 12, 31), datetime.date(2026, 2, 28))
    """
    if period == "half":
        return date(first.year, 6, 30) if first.month <= 6 else date(first.year, 12, 31)
    return first + relativedelta(months=1, day=1) - timedelta(days=1) if period == "month" else first
