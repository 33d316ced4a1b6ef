"""What late payment costs (逾期利息): the rates of a company by their dates, and how days are counted."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...engine import interest as engine

EXAMPLE = 10000.0  # what the example beside the rates is worked out for
EXAMPLE_DAYS = 30


class CreditInterest(models.Model):
    _name = "credit.interest"
    _description = "Late-Payment Interest"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="What the rates are called where they are chosen.")
    active = fields.Boolean(default=True, help="Archived rates are not offered.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    basis = fields.Selection(
        [("365", "365 days"), ("360", "360 days"), ("actual", "Days of the year")],
        "Days of a Year",
        required=True,
        default="365",
        help="By how many days a yearly rate is divided. A daily rate never goes through a year.",
    )
    method = fields.Selection(
        [("split", "Each day at its own rate"), ("first", "Rate of the first day of interest"),
         ("last", "Rate of the day of payment")],
        "When the Rate Changes",
        required=True,
        default="split",
        help="Most countries split interest where the rate changes. Some fix it on the day on which interest begins, "
        "some take the rate of the day on which is paid; until then, that of today.",
    )
    days_free = fields.Integer(
        "Days Without Interest",
        help="So many days after the due date are free of interest. 0: interest runs from the day after the due date.",
    )
    rate_ids = fields.One2many("credit.interest.rate", "interest_id", "Rates", copy=True)
    example = fields.Char(
        compute="_compute_example", help="What is due today of an invoice that is 30 days late, as these rates say."
    )

    _days_free_not_negative = models.Constraint("CHECK (days_free >= 0)", "Days without interest are 0 or more.")

    def _make_terms(self):
        """Return the rates as the engine reckons with them."""
        self.ensure_one()
        return engine.Terms(
            tuple(engine.Rate(rate.date_from, rate.percent, rate.is_daily) for rate in self.rate_ids if rate.date_from),
            self.basis, self.method, self.days_free,
        )

    @api.depends("basis", "method", "days_free", "company_id", "rate_ids", "rate_ids.date_from", "rate_ids.percent",
                 "rate_ids.is_daily")
    @api.depends_context("lang", "company")
    def _compute_example(self):
        for interest in self:
            company = interest.company_id or self.env.company
            today = company._credit_today()
            debt = engine.Debt(EXAMPLE, today - timedelta(days=EXAMPLE_DAYS))
            currency = company.currency_id
            amount = engine.interest(interest._make_terms(), debt, today, currency.rounding)
            interest.example = self.env._(
                "%(amount)s, due on %(date)s and open today: %(interest)s.", amount=currency.format(EXAMPLE),
                date=format_date(self.env, debt.date_due), interest=currency.format(amount),
            )

    def _get_defect(self, day):
        """Return in words why nothing can be reckoned on a day; nothing when it can."""
        self.ensure_one()
        if self._make_terms().rate_of(day):
            return ""
        return self.env._(
            "“%(interest)s” has no rate for %(date)s. Enter one that is valid from that day or before.",
            interest=self.name, date=format_date(self.env, day),
        )


class CreditInterestRate(models.Model):
    _name = "credit.interest.rate"
    _description = "Rate of Late-Payment Interest"
    _order = "date_from desc"

    interest_id = fields.Many2one("credit.interest", required=True, index=True, ondelete="cascade")
    date_from = fields.Date(
        "Valid From", required=True, default=lambda self: self._get_first_day(),
        help="The first day of the rate; it is valid until the day before the next one.",
    )
    percent = fields.Float(
        "Rate (%)", digits=(16, 6), required=True,
        help="Percent of what is open: for a year, or for each day. 5 in 10,000 for each day is 0.05.",
    )
    is_daily = fields.Boolean("For Each Day", help="The rate is for each day, not for a year.")
    source = fields.Char(help="Where it comes from: a law, a central bank's notice, the contract.")

    _one_per_day = models.UniqueIndex("(interest_id, date_from)", "There is a rate from this day already: change it.")
    _percent_not_negative = models.Constraint("CHECK (percent >= 0)", "A rate of interest is 0 or more.")

    @api.model
    def _get_first_day(self):
        return date(self.env.company._credit_today().year, 1, 1)

    @api.constrains("percent", "is_daily")
    def _check_percent(self):
        for rate in self:
            if rate.is_daily and rate.percent > 1:  # 365 % a year: a yearly rate that was marked by mistake
                raise ValidationError(
                    self.env._(
                        "%(percent)s %% for each day is more than the amount itself within 100 days. Enter a rate of "
                        "at most 1 %% for each day, or take it as a yearly rate.",
                        percent=f"{rate.percent:g}",
                    )
                )
