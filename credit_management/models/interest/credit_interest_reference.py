"""Rates that follow a reference rate, their ceiling, and the fixed compensation beside them: data of a country."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import interest as engine

DAYS_OF_YEAR = 365


class CreditInterest(models.Model):
    _inherit = "credit.interest"

    reference_id = fields.Many2one(
        "credit.reference.rate", "Reference Rate",
        help="The rate is this one × the factor + the margin, and changes with it. Empty: the rates below.",
    )
    factor = fields.Float(default=1.0, digits=(16, 4), help="The reference rate is multiplied by it, for instance 1.5.")
    percent_margin = fields.Float(
        "Margin (points)", digits=(16, 4), help="Percentage points that are added, for instance 8."
    )
    country_id = fields.Many2one("res.country", "Country", help="The country whose law says so.")
    debtor = fields.Selection(
        [("all", "Everyone"), ("business", "Businesses"), ("consumer", "Consumers")], "Who Owes", required=True,
        default="all", help="Whom it may be claimed of. Businesses and consumers are under different laws.",
    )
    source = fields.Char(help="The law or contract that says so, with its article.")
    percent_ceiling = fields.Float(
        "Ceiling (%)", digits=(16, 4),
        help="The highest yearly rate that courts of the country grant. A rate **above** it is marked. 0: none.",
    )
    compensation_ids = fields.One2many("credit.interest.compensation", "interest_id", "Fixed Compensation", copy=True)
    compensation_currency_id = fields.Many2one(
        "res.currency", "Currency of Compensation", default=lambda self: self.env.company.currency_id,
        help="The currency of the amounts of the fixed compensation.",
    )
    rate_text = fields.Char("Rate Today", compute="_compute_rate_text", help="What is claimed for each year or day.")
    alert = fields.Text(compute="_compute_rate_text", help="What has to be looked up or mended.")

    def _make_terms(self):
        """Override: from the reference rate, where there is one."""
        terms = super()._make_terms()
        values = self.reference_id.value_ids.filtered("date_from")
        if not self.reference_id:
            return terms
        rates = (engine.Rate(v.date_from, engine.derive(v.percent, self.factor, self.percent_margin)) for v in values)
        return engine.Terms(tuple(rates), terms.basis, terms.method, terms.days_free)

    @api.depends("reference_id.value_ids.percent", "factor", "percent_margin", "percent_ceiling", "rate_ids.percent",
                 "rate_ids.date_from", "rate_ids.is_daily", "name")
    @api.depends_context("lang", "company")
    def _compute_rate_text(self):
        today = self.env.company._credit_today()
        for interest in self:
            rate = interest._make_terms().rate_of(today)
            percent = rate and f"{rate.percent:g}"
            interest.alert = "\n".join(interest._get_alerts(today))
            if not rate:
                interest.rate_text = False
            elif rate.is_daily:
                interest.rate_text = self.env._("%(percent)s %% a day", percent=percent)
            else:
                interest.rate_text = self.env._("%(percent)s %% a year", percent=percent)

    @api.depends("reference_id", "factor", "percent_margin")
    def _compute_example(self):
        """Override: it follows the reference rate, too."""
        return super()._compute_example()

    def _get_alerts(self, day):
        """Return sentences on what has to be looked up or mended, as of a day."""
        self.ensure_one()
        rate = self._make_terms().rate_of(day)
        found = [self._get_defect(day), self.reference_id._get_alert(day) if self.reference_id else ""]
        yearly = rate and rate.percent * (DAYS_OF_YEAR if rate.is_daily else 1)
        if rate and self.percent_ceiling and yearly > self.percent_ceiling:
            found.append(
                self.env._(
                    "“%(interest)s” is %(percent)s %% a year; courts grant at most %(ceiling)s %%.", interest=self.name,
                    percent=f"{yearly:g}", ceiling=f"{self.percent_ceiling:g}",
                )
            )
        return [text for text in found if text]

    def _get_compensation(self, amount, currency, company, day):
        """Return the fixed compensation for a debt, in its currency; 0.0 where there is none, or for consumers."""
        bands = [(band.amount_from, band.amount) for band in self.compensation_ids]
        if not bands or self.debtor == "consumer":
            return 0.0
        own = self.compensation_currency_id or company.currency_id
        fixed = engine.compensation(bands, currency._convert(amount, own, company, day))
        return own._convert(fixed, currency, company, day)

    @api.constrains("factor", "reference_id")
    def _check_factor(self):
        for interest in self.filtered("reference_id"):
            if interest.factor <= 0:
                raise ValidationError(self.env._("The factor of a reference rate is above 0, for instance 1 or 1.5."))


class CreditInterestCompensation(models.Model):
    _name = "credit.interest.compensation"
    _description = "Fixed Compensation for Late Payment"
    _order = "amount_from"

    interest_id = fields.Many2one("credit.interest", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="interest_id.compensation_currency_id")
    amount_from = fields.Monetary("Debt of at Least", help="The invoice amounts to at least this.")
    amount = fields.Monetary("Compensation", required=True, help="What is claimed, once for each invoice.")

    _one_per_amount = models.UniqueIndex("(interest_id, amount_from)", "There is a compensation from this amount on.")
    _positive = models.Constraint(
        "CHECK (amount > 0 AND amount_from >= 0)", "A compensation is above 0, and so is no debt below it."
    )
