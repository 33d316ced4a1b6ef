"""What the methods read of customers: of all that are asked for at once."""

from dataclasses import dataclass
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, models

from ...engine.financials import Financials
from ..behaviour.credit_profile_trade import DAYS_OF_YEAR

YEARS_VALID = 2  # older financial statements say nothing of today


@dataclass(frozen=True)
class Inputs:
    """What is known of a customer, in company currency; None where nothing is."""

    financials: object  # the record that was read, or an empty one
    equity: float | None
    working_capital: float | None
    sales: float | None
    month_max: float | None
    days_terms: int | None
    index: float | None
    daily: float | None
    references: tuple
    bands: tuple | None
    years: float | None


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _read_proposal_inputs(self):
        """Return ``{id: Inputs}`` of today, with a handful of statements for all of them."""
        profiles = self.sudo()  # totals of the profile, whoever may see the documents
        sales, months = profiles._get_sales(), profiles._get_highest_months()
        found = {}
        for company, group in profiles.grouped("company_id").items():
            today = company._credit_today()
            indexes, days = group._get_payment_indexes(today), group._get_days_customer(today)
            bands = {rating: tuple(rating.band_ids._to_engine(company)) for rating in group.rating_id}
            for profile in group:
                key = profile.id
                found[key] = profile._prepare_inputs(
                    sales[key], months[key], indexes[key], days.get(key), bands.get(profile.rating_id)
                )
        return found

    @api.model
    def _prepare_inputs(self, sales, month_max, index, days, bands):
        company, statements = self.company_id, self._get_latest_financials()
        amounts = statements._get_financials() if statements else Financials()
        terms = self.partner_id.with_company(company).property_payment_term_id
        return Inputs(
            financials=statements,
            equity=self._to_company(amounts.equity, statements),
            working_capital=self._to_company(amounts.working_capital, statements),
            sales=sales or None,  # nothing sold is no answer: a new customer would get nothing by it
            month_max=month_max,
            days_terms=terms._credit_get_days() if terms else None,
            index=None if index is None else round(index, 1),  # as it is shown: 80.0 is not below 80.0
            daily=self.amount_planned / DAYS_OF_YEAR if self.amount_planned else None,
            references=tuple(self.trade_reference_ids._get_amounts(company)),
            bands=bands,
            years=None if days is None else self._count_years(days),
        )

    def _count_years(self, days):
        """Return how many years some days up to today are, to the tenth: by anniversaries, none before its day."""
        today = self.company_id._credit_today()
        passed = relativedelta(today, today - timedelta(days=days))
        return passed.years + passed.months * 10 // 12 / 10

    def _get_latest_financials(self):
        """Return the newest financial statements of the last years that balance, the audited ones of a year first."""
        since = self.company_id._credit_today() - relativedelta(years=YEARS_VALID)
        return self.financials_ids.filtered(
            lambda financials: financials.date_end >= since and not financials._get_difference()
        )[:1]

    def _to_company(self, amount, found):
        if amount is None:
            return None
        company = self.company_id
        return found.currency_id._convert(amount, company.currency_id, company, company._credit_today())

    def _get_days_customer(self, today):
        """Return ``{id: days}`` since the first invoice, of those that were ever invoiced."""
        return dict(self._start_reading(today).rows("_get_days_customer_sql"))
